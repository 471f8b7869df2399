"""What the encoder reads: the sentence around the trigger, and the title."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.second.opinion import TITLE, TITLE_PLACE, TOLD, WINDOW, Place, inputs, shipped_opinion
from kb.model import EntityKind

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "rome", "voted", "sunday", "early", "count", "court", "agency")
VOCABULARY = {word: number for number, word in enumerate(WORDS)}
CLS, SEP = VOCABULARY["[CLS]"], VOCABULARY["[SEP]"]


def words(ids: tuple[int, ...]) -> str:
    return " ".join(WORDS[i] for i in ids)


def test_sentence_and_title_are_told_apart() -> None:
    (one,) = inputs("Count", [Place("Rome voted Sunday", 5, 11)], VOCABULARY)
    assert (words(one.ids), words(one.title)) == ("[CLS] rome voted sunday [SEP]", "count [SEP]")
    assert (WORDS[one.ids[one.at]], WORDS[one.ids[one.time]]) == ("voted", "sunday")


def test_a_time_that_is_unknown_or_far_away_stands_at_the_trigger() -> None:
    far = "Rome voted " + "early " * 200 + "Sunday"
    unknown, away = inputs("", [Place("Rome voted", 5), Place(far, 5, far.index("Sunday"))], VOCABULARY)
    assert unknown.time == unknown.at
    assert away.time == away.at


def test_kinds_of_things_are_told_before_their_names_and_move_no_trigger() -> None:
    names = ((0, "court"), (5, "agency"), (11, "place"))
    (one,) = inputs("", [Place("Rome voted Sunday", 5, 11, names=names)], VOCABULARY)
    assert words(one.ids) == "[CLS] court rome agency voted sunday [SEP]"
    assert (WORDS[one.ids[one.at]], WORDS[one.ids[one.time]]) == ("voted", "sunday")


def test_every_kind_that_is_told_is_a_piece_and_a_kind() -> None:
    vocabulary = shipped_opinion().vocabulary
    assert set(vocabulary) >= TOLD
    assert {kind.value for kind in EntityKind} > TOLD


@given(st.integers(0, 300), st.integers(0, 300), st.text(max_size=300))
def test_what_is_read_is_bounded_and_its_places_are_inside(left: int, right: int, title: str) -> None:
    sentence = "early " * left + "voted" + " count" * right + " sunday"
    (one,) = inputs(title, [Place(sentence, 6 * left, len(sentence) - 6)], VOCABULARY)
    assert len(one.ids) <= TITLE_PLACE == WINDOW + 2
    assert len(one.title) <= TITLE + 1
    assert WORDS[one.ids[one.at]] == "voted"
    assert 0 < one.time < one.ids.index(SEP)
