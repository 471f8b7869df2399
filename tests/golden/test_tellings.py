"""Short texts about two similar events: what they tell with and without a day is joined, and kept apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.linking import Pairs
from tools.quality.tellings import (
    GROUPS,
    Telling,
    count,
    events_of_mentions,
    extract_tellings,
    group_of,
    read_tellings,
    without_days,
)

FLOORS = {
    "open": (0.96, 0.6, 0.43),
    "read late": (0.7, 0.38, 0.2),
    "held apart": (0.97, 0.62, 0.43),
    "never read": (0.75, 0.41, 0.21),
    "written last": (0.96, 0.57, 0.28),
    "judged by": (0.9, 0.32, 0.14),
    "real, read": (0.92, 0.31, 0.16),
    "real, counted": (0.61, 0.48, 0.32),
    "open, without days": (0.96, 0.43, 0.3),
    "read late, without days": (0.68, 0.56, 0.23),
    "held apart, without days": (0.92, 0.51, 0.36),
    "never read, without days": (0.81, 0.25, 0.11),
    "written last, without days": (0.9, 0.35, 0.16),
    "judged by, without days": (0.95, 0.25, 0.1),
    "real, read, without days": (0.85, 0.07, 0.03),
    "real, counted, without days": (0.92, 0.32, 0.2),
}
"""Of open texts, of those read late, held apart and never read, of the last ones, read and not, and of those on real
events; published on days or on none: precision of pairs of mentions, recall of those with claims, and of all."""


@pytest.fixture(scope="module")
def counted() -> dict[str, Pairs]:
    dated = list(read_tellings())
    return {**_count(dated, ""), **_count(without_days(dated), ", without days")}


def _count(tellings: list[Telling], which: str) -> dict[str, Pairs]:
    found = extract_tellings(tellings)
    events = events_of_mentions(found.values())
    parts = {name: [telling for telling in tellings if group_of(telling) == name] for name in GROUPS}
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
