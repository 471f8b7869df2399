"""Short texts about two similar events: what they tell with and without a day is joined, and kept apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.linking import Pairs
from tools.quality.tellings import (
    HELD_APART,
    Telling,
    count,
    events_of_mentions,
    extract_tellings,
    read_tellings,
    without_days,
)

FLOORS = {
    "open": (0.95, 0.61, 0.48),
    "held apart": (0.86, 0.49, 0.35),
    "open, without days": (0.94, 0.47, 0.36),
    "held apart, without days": (0.78, 0.46, 0.32),
}
"""Of open texts and of those held apart, published on days or on none: precision of pairs of mentions, recall of those
with claims, and of all."""


@pytest.fixture(scope="module")
def counted() -> dict[str, Pairs]:
    dated = list(read_tellings())
    return {**_count(dated, ""), **_count(without_days(dated), ", without days")}


def _count(tellings: list[Telling], which: str) -> dict[str, Pairs]:
    found = extract_tellings(tellings)
    events = events_of_mentions(found.values())
    parts = {
        name: [one for one in tellings if (one.pair in HELD_APART) is held]
        for name, held in (("open", False), ("held apart", True))
    }
    return {f"{name}{which}": count(some, found, events) for name, some in parts.items()}


@pytest.mark.parametrize("texts", FLOORS)
def test_mentions_of_one_event_are_joined_and_those_of_a_like_one_are_not(counted: dict[str, Pairs], texts: str):
    precision, recall, of_all = FLOORS[texts]
    told = counted[texts]
    assert told.both / told.said >= precision, str(told)
    assert told.both / told.right >= recall, str(told)
    assert told.both / told.whole >= of_all, str(told)


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
