"""What a changed article says otherwise, event by event."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from kb.versions import ChangeKind, StatedClaim, changes

HEARING = StatedClaim(
    *("1", "court_hearing", "scheduled", "Hearing on the ban", "2025-05-03", "2025-05-03"),
    trigger="hearing",
    quote="The court will hold a hearing on the ban on May 3.",
)
DEADLINE = StatedClaim(
    *("2", "deadline", "scheduled", "ByteDance must sell TikTok", "2025-01-19", "2025-01-19"),
    trigger="sell",
    quote="ByteDance must sell TikTok by January 19.",
)


def test_the_same_claims_are_no_difference() -> None:
    again = [replace(claim, id=claim.id + "x") for claim in (DEADLINE, HEARING)]
    assert changes([HEARING, DEADLINE], again) == ()


def test_other_words_about_the_same_event_are_no_difference() -> None:
    reworded = replace(HEARING, id="9", quote="A hearing on the ban will be held by the court on May 3.")
    assert changes([HEARING], [reworded]) == ()


def test_a_date_that_moved_is_told_with_both_days() -> None:
    later = replace(HEARING, id="9", first_day="2025-05-10", last_day="2025-05-10",
                    quote="The court will hold a hearing on the ban on May 10.")  # fmt: skip
    (change,) = changes([HEARING, DEADLINE], [DEADLINE, later])
    assert (change.kind, change.text) == (ChangeKind.MOVED, "date moved from 2025-05-03 to 2025-05-10")
    assert (change.before, change.after) == (HEARING, later)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (None, None, "date moved from 2025-05-03 to no day"),
        ("2025-05-01", "2025-05-31", "date moved from 2025-05-03 to 2025-05-01 to 2025-05-31"),
    ],
)
def test_a_date_may_become_a_month_or_none(first: str | None, last: str | None, text: str) -> None:
    (change,) = changes([HEARING], [replace(HEARING, first_day=first, last_day=last)])
    assert change.text == text


def test_a_status_that_changed_is_told() -> None:
    (change,) = changes([HEARING], [replace(HEARING, status="cancelled")])
    assert change.text == "status changed from scheduled to cancelled"


def test_an_event_that_is_gone_or_new_is_told() -> None:
    gone, new = changes([HEARING], []), changes([], [HEARING])
    assert [change.text for change in gone] == ["event removed: 2025-05-03, scheduled"]
    assert [change.text for change in new] == ["event added: 2025-05-03, scheduled"]


def test_unlike_sentences_are_not_taken_for_versions_of_one_another() -> None:
    other = replace(HEARING, id="9", quote="Senators plan their own hearing in autumn.", first_day="2025-09-01")
    assert [change.kind for change in changes([HEARING], [other])] == [ChangeKind.REMOVED, ChangeKind.ADDED]


def test_the_order_of_claims_changes_nothing() -> None:
    before = [replace(HEARING, id=str(n), quote=f"{HEARING.quote} Room {n}.") for n in range(30)]
    after = [replace(claim, id=claim.id + "x", first_day="2025-05-04") for claim in before]
    expected = changes(before, after)
    assert len(expected) == 30
    for seed in range(5):
        random.Random(seed).shuffle(before)
        random.Random(seed + 1).shuffle(after)
        assert changes(before, after) == expected
