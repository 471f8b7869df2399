"""What the encoder reads: the sentence around the trigger, and the title."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.second.opinion import (
    MARGIN,
    TITLE,
    TITLE_PLACE,
    TOLD,
    WINDOW,
    Place,
    inputs,
    shipped_opinion,
    windows,
)
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


def test_words_far_from_trigger_and_time_are_not_read() -> None:
    sentence = "count " * 30 + "voted early sunday" + " count" * 30
    at = sentence.index("voted")
    (one,) = inputs("", [Place(sentence, at, sentence.index("sunday"))], VOCABULARY)
    around = "count " * MARGIN
    assert words(one.ids) == f"[CLS] {around}voted early sunday {around}[SEP]"
    assert (WORDS[one.ids[one.at]], WORDS[one.ids[one.time]]) == ("voted", "sunday")


def test_triggers_near_each_other_share_what_is_read_and_others_do_not() -> None:
    sentence = "voted " + "early " * MARGIN + "voted " + "count " * WINDOW + "voted"
    first, second, last = (Place(sentence, at) for at in (0, sentence.index("voted", 1), sentence.rindex("voted")))
    near, too, far = inputs("", [first, second, last], VOCABULARY)
    assert near.ids == too.ids != far.ids
    assert (near.at, too.at) == (1, 2 + MARGIN)
    assert all(WORDS[one.ids[one.at]] == "voted" for one in (near, too, far))


@given(st.lists(st.tuples(st.integers(0, 199), st.integers(-WINDOW + 1, WINDOW - 1)), max_size=12))
def test_what_is_read_for_each_holds_trigger_and_time_and_is_bounded(asked: list[tuple[int, int]]) -> None:
    pairs = [(trigger, min(max(trigger + step, 0), 199)) for trigger, step in asked]
    read = windows(pairs, 200)
    assert all(trigger in one and time in one for (trigger, time), one in zip(pairs, read, strict=True))
    assert all(len(one) <= WINDOW and one.start >= 0 and one.stop <= 200 for one in read)


@given(st.integers(0, 300), st.integers(0, 300), st.text(max_size=300))
def test_what_is_read_is_bounded_and_its_places_are_inside(left: int, right: int, title: str) -> None:
    sentence = "early " * left + "voted" + " count" * right + " sunday"
    (one,) = inputs(title, [Place(sentence, 6 * left, len(sentence) - 6)], VOCABULARY)
    assert len(one.ids) <= TITLE_PLACE == WINDOW + 2
    assert len(one.title) <= TITLE + 1
    assert WORDS[one.ids[one.at]] == "voted"
    assert 0 < one.time < one.ids.index(SEP)
