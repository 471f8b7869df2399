"""How the days of two claims go together, if one event can have both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from kb.fold.claim import ReportedClaim, once
from kb.fold.identity import DEADLINES, rules
from kb.fold.phrases import phrases
from kb.fold.strangers import is_brief
from kb.fold.undated import may_be_one
from kb.fold.words import any_of, stems
from kb.model import Status
from kb.timevalue import parse_day

SLIP = 1
"""Days by which two articles may differ about one event, each in good faith."""
AWAITED = 200
"""Days by which an event may miss the time it was expected at."""
_MONTH, _SEASON = 31, 100
_READ = 2000
"""Characters of a sentence that are looked at."""
_PUBLICATION = "publication"
"""Anchor of what counts from the day of its own article: no two of these are one."""
_PLANNED = (Status.SCHEDULED, Status.PROPOSED, Status.HYPOTHETICAL)


class Timing(StrEnum):
    """What the days of two claims have to do with each other."""

    SAME_DAY = "same_day"
    SAME_SPAN = "same_span"
    """A month, a quarter, told by both."""
    IN_MONTH = "in_month"
    """One lies within the other, which is no longer than a month."""
    IN_SEASON = "in_season"
    IN_YEAR = "in_year"
    MOVED = "moved"
    """Two days of a deadline of which one claim says that it moved."""
    FEW_DAYS = "few_days"
    """Both say that it happened, a few days apart."""
    AWAITED = "awaited"
    """One tells when it was expected, the other when it came."""
    EXPECTED = "expected"
    """Two expectations."""
    UNTOLD = "untold"
    """One of them is told without a day, and may lie where the other does."""


def timing(one: ReportedClaim, other: ReportedClaim) -> Timing | None:
    """How the days of both go together; None if no one event can have both."""
    if one.undated or other.undated:
        return Timing.UNTOLD if may_be_one(one, other) and _are_short_or_one(one, other) else None
    if (one.first_day, one.last_day) == (other.first_day, other.last_day):
        return Timing.SAME_DAY if is_day(one) else Timing.SAME_SPAN
    if moves(one) and moves(other):
        other_day = moved(one) or moved(other) or replaces(one, other) or of_one_clock(one, other)
        return Timing.MOVED if other_day else _nesting(one, other)
    return _nesting(one, other) or _expecting(one, other) or _slipping(one, other)


def _are_short_or_one(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True for claims of one article, or of two that each tell one piece of news.

    What a long article tells without a day ("the vote", "he said") is of any of the many things that it names.
    """
    return one.article == other.article or (is_brief(one) and is_brief(other))


def is_day(claim: ReportedClaim) -> bool:
    """True if it is told to the day."""
    return claim.first_day == claim.last_day and not claim.undated


def is_planned(claim: ReportedClaim) -> bool:
    """True for what lay ahead when it was told."""
    return claim.status in _PLANNED


def moves(claim: ReportedClaim) -> bool:
    """True if its event stays itself when its day changes: a deadline."""
    return _move(claim.type)


@lru_cache(maxsize=1024)
def _move(type_: str) -> bool:
    return rules().family(type_) == DEADLINES


@once
def moved(claim: ReportedClaim) -> bool:
    """True if the sentence says of a deadline that it is not what it was."""
    return any_of(claim.quote, rules().moving) or bool(phrases().another_day.search(claim.quote[:_READ]))


def may_move(claim: ReportedClaim) -> bool:
    """True for a deadline that may be one with another of some other day: it moved, or is counted from what may."""
    return moves(claim) and (moved(claim) or bool(_counted(claim)))


def of_one_clock(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True for "within 30 days of the order", told by two articles of which each gives the order another day."""
    ours, theirs = _counted(one), _counted(other)
    if one.article == other.article or not (ours and theirs) or ours[:2] != theirs[:2]:
        return False
    return not ours[2].isdisjoint(theirs[2])


@once
def _counted(claim: ReportedClaim) -> tuple[int, str, frozenset[str]] | tuple[()]:
    """How long the legal clock of a deadline runs, and the stems of what it counts from; () without one."""
    clock = claim.clock
    if clock is None or clock.counted_from is None or clock.anchor == _PUBLICATION:
        return ()
    return clock.amount, clock.unit, stems(clock.anchor)


def replaces(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True for two days of deadlines in one article of which the earlier no longer holds."""
    if one.article != other.article or one.last_day == other.last_day:
        return False
    old, new = sorted((one, other), key=lambda claim: claim.last_day)
    return old.status is Status.CANCELLED and new.status in (Status.SCHEDULED, Status.OCCURRED)


def without_missed_plans(told: Sequence[ReportedClaim]) -> list[ReportedClaim]:
    """The claims without the plans for days on which, by the reports of it, the event did not come."""
    came = [claim for claim in told if claim.status is Status.OCCURRED]
    return [claim for claim in told if not (came and is_planned(claim) and all(gap(claim, one) for one in came))]


def came_on(plan: ReportedClaim, told: Sequence[ReportedClaim]) -> ReportedClaim | None:
    """The first report that what was planned for a day came on another; None if one says that it came as planned."""
    came = [claim for claim in told if claim.status is Status.OCCURRED and is_day(claim)]
    if not (came and is_planned(plan) and is_day(plan)) or any(claim.first_day == plan.first_day for claim in came):
        return None
    votes = Counter(claim.first_day for claim in came)
    return min(came, key=lambda claim: (-votes[claim.first_day], claim.order))


def length(claim: ReportedClaim) -> int:
    """Days it may have happened on."""
    return (parse_day(claim.last_day) - parse_day(claim.first_day)).days + 1


def gap(one: ReportedClaim, other: ReportedClaim) -> int:
    """Days from the end of the earlier one to the start of the later; 0 where they overlap."""
    between = max(
        (parse_day(other.first_day) - parse_day(one.last_day)).days,
        (parse_day(one.first_day) - parse_day(other.last_day)).days,
    )
    return max(0, between)


def _nesting(one: ReportedClaim, other: ReportedClaim) -> Timing | None:
    if one.first_day > other.last_day or other.first_day > one.last_day:
        return None
    inner, outer = sorted((one, other), key=length)
    if not (outer.first_day <= inner.first_day and inner.last_day <= outer.last_day):
        return None
    days = length(outer)
    return Timing.IN_MONTH if days <= _MONTH else Timing.IN_SEASON if days <= _SEASON else Timing.IN_YEAR


def _expecting(one: ReportedClaim, other: ReportedClaim) -> Timing | None:
    """An expectation and what came of it, where that happens once."""
    if one.type not in rules().awaited or other.type not in rules().awaited:
        return None
    plans = [claim for claim in (one, other) if is_planned(claim)]
    if not plans or gap(one, other) > AWAITED:
        return None
    if len(plans) == 2:
        return Timing.EXPECTED if one.article != other.article else None
    (plan,), (fact,) = plans, [claim for claim in (one, other) if claim not in plans]
    foreseen = (plan.published or "") < (fact.published or "9999") and (plan.published or "") <= fact.last_day
    return Timing.AWAITED if foreseen and fact.status in (Status.OCCURRED, Status.ONGOING) else None


def _slipping(one: ReportedClaim, other: ReportedClaim) -> Timing | None:
    told = one.status == other.status == Status.OCCURRED and one.article != other.article
    told = told and one.type == other.type and one.type in rules().single
    return Timing.FEW_DAYS if told and is_day(one) and is_day(other) and gap(one, other) <= SLIP else None
