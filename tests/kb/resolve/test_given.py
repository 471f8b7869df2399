"""Short forms of given names: who goes together, and is looked for where the other is filed."""

from itertools import combinations

import pytest

from kb.resolve.given import full_forms, go_together, initials_for

NAMES = (
    "william bill will billy robert bob elizabeth liz betty joe joseph al albert alan samuel sam samantha xi".split()
)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        pytest.param("bill", "william", True, id="short and full"),
        pytest.param("liz", "betty", True, id="two short forms"),
        pytest.param("bob", "bill", False, id="short forms of two names"),
        pytest.param("albert", "alan", False, id="two names of one short form"),
        pytest.param("xi", "xi", True, id="a name that the sheet does not have"),
    ],
)
def test_names_go_together_by_what_they_are_short_for(one: str, other: str, together: bool) -> None:
    assert go_together(one, other) is go_together(other, one) is together


def test_those_who_go_together_are_looked_for_under_one_letter() -> None:
    for one, other in combinations(NAMES, 2):
        assert not go_together(one, other) or initials_for(one) & initials_for(other), (one, other)


def test_a_name_is_a_form_of_itself() -> None:
    assert all(name in full_forms(name) for name in NAMES)
