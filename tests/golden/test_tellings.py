"""Short texts about two similar events: what they tell with and without a day is joined, and kept apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.linking import Pairs
from tools.quality.tellings import HELD_APART, count, events_of_mentions, extract_tellings, read_tellings

FLOORS = {False: (0.95, 0.65), True: (0.95, 0.55)}
"""Precision and recall of pairs of mentions, of the open texts and of those held apart."""


@pytest.fixture(scope="module")
def counted():
    tellings = list(read_tellings())
    found = extract_tellings(tellings)
    events = events_of_mentions(found.values())
    return {
        held: count([one for one in tellings if (one.pair in HELD_APART) is held], found, events)
        for held in (False, True)
    }


@pytest.mark.parametrize("held", [False, True], ids=["open", "held apart"])
def test_mentions_of_one_event_are_joined_and_those_of_a_like_one_are_not(counted: dict[bool, Pairs], held: bool):
    precision, recall = FLOORS[held]
    told = counted[held]
    assert told.both / told.said >= precision, str(told)
    assert told.both / told.right >= recall, str(told)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("## yesterday | Wire | Quake\nIt {hit|a}.", "no 'DAY", id="no day"),
        pytest.param("## 2020-01-02 | Wire | Quake\nIt {hit}.", "a mark that is no", id="a mark without a slug"),
    ],
)
def test_a_text_out_of_form_is_named(tmp_path: Path, text: str, complaint: str):
    (tmp_path / "pair.txt").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        list(read_tellings(tmp_path))
