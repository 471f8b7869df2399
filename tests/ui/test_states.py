import pytest

from kb.fold.ledger import Change
from ui.states import STATES, state_look


@pytest.mark.parametrize(
    "state", ["open", "passed", *sorted(set(Change) - {Change.SET, Change.EXTENDED, Change.MOVED_UP})]
)
def test_everything_a_ledger_can_say_has_a_look(state):
    assert state_look(state) is STATES[state]


def test_two_looks_of_one_shape_have_different_words():
    told = {(look.glyph, look.label) for look in STATES.values()}
    assert len(told) == len(STATES)


def test_a_state_of_a_later_version_is_shown_by_its_name():
    assert state_look("paused").label == "Paused"
