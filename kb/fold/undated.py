"""Claims told without a day: when their events may lie, and which of them may be one with another.

"The jury that convicted him" has no day of its own. Its event lies somewhere between days that the article's own day
gives, wide apart; these help to find a dated report of it and are never shown, nor do they date anything.
"""

from __future__ import annotations

import re
from datetime import timedelta

from kb.fold.claim import ReportedClaim, once
from kb.fold.identity import DEADLINES, rules
from kb.model import Status
from kb.timevalue import parse_day

RECENT = 14
"""Days before its publication within which an article tells of events without saying when."""
_SOON = 30
"""Days after it within which lies what it says will come."""
NEAR = 3000
"""Characters of one text within which it speaks of an event again."""
NEWS = 7
"""Days within which one article tells as done by a noun, which has no tense, what another says will come."""
_AUXILIARY = 3
"""Words before a verb among which its auxiliary stands."""
_RECORD = re.compile(r"\b(?:first|only|worst|most|least|\w+est)\b[^.;]*\bsince (?P<past>[^.,;]*)", re.IGNORECASE)
"""What a record is measured from."""
_POINTING = r"\b(?:the|this|that|these|those|his|her|its|their|[^\W_]+['’]s)\s+"
"""Words right before a noun that names what is known: one word on, it may be a verb, "the robber fled"."""
_PLANNED = (Status.SCHEDULED, Status.PROPOSED)
_TOLD = (Status.OCCURRED, Status.ONGOING)
MOST_VAGUE = 31
"""Days of the longest time that a report without a day may be put down to."""


def may_lie(status: Status, published: str | None) -> tuple[str, str]:
    """The first and last day on which the event may lie; two empty texts if the day of the article is not known."""
    if published is None:
        return ("", "")
    day = parse_day(published)
    try:
        if status in _PLANNED:
            return (published, (day + timedelta(days=_SOON)).isoformat())
        return ((day - timedelta(days=RECENT)).isoformat(), published)
    except OverflowError:
        return (published, published)


def points_at_an_event(claim: ReportedClaim) -> bool:
    """True for a claim without a day that says enough to be told from others: what happened, and to whom or where.

    What was denied or is only thought of points at nothing that happened, and a deadline is nothing without its day.
    """
    due = rules().family(claim.type) == DEADLINES
    told = claim.status in (*_TOLD, *_PLANNED) and bool(claim.actors or claim.topics)
    return claim.undated and not due and told and not _is_long_past(claim)


def _is_long_past(claim: ReportedClaim) -> bool:
    """True for the bombings of "the worst attack since the bombings"."""
    found = _RECORD.search(claim.quote[:2000])
    return bool(found and claim.trigger in found["past"])


def may_be_one(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if two claims, of which one at least has no day, may tell of one event as far as days and statuses go.

    Of two articles without a day nobody knows that they were written at two times.
    """
    if one.article == other.article:
        near = abs(one.at - other.at) <= NEAR
        return near and may_be_told_again(one) and may_be_told_again(other) and _in_order(one, other)
    if bool(one.first_day) != bool(other.first_day):
        return False
    apart = one.first_day > other.last_day or other.first_day > one.last_day
    if apart and not (_is_yet_to_come(one, other) or _is_yet_to_come(other, one)):
        return False
    return may_be_told_again(one) and may_be_told_again(other)


def _is_yet_to_come(told: ReportedClaim, plan: ReportedClaim) -> bool:
    """True for "the purchase" or "agreed to buy" in one article, and "will buy" in another of those days."""
    if not (told.undated and plan.undated and told.published and plan.published):
        return False
    near = abs((parse_day(told.published) - parse_day(plan.published)).days) <= NEWS
    decided = told.type == plan.type and told.type in rules().decided
    return near and told.status in _TOLD and plan.status in _PLANNED and (decided or points_back(told))


@once
def points_back(claim: ReportedClaim) -> bool:
    """True if its word is a noun that names something known: "the escape", "this trial", "Roe's arrest"."""
    return bool(re.search(_POINTING + re.escape(claim.trigger) + r"\b", claim.quote[:2000], re.IGNORECASE))


@once
def looks_back(claim: ReportedClaim) -> bool:
    """True for "the court had ordered": it came before what the article tells, nobody knows how long."""
    before = claim.quote[:2000].partition(claim.trigger)[0].split()[-_AUXILIARY:]
    return claim.undated and "had" in (word.casefold() for word in before)


@once
def may_be_told_again(claim: ReportedClaim) -> bool:
    """True for what another report, one of them without a day, may tell again."""
    return points_at_an_event(claim) or _is_exact(claim)


def _is_exact(claim: ReportedClaim) -> bool:
    """True for a dated report that one without a day may be put down to."""
    if claim.undated or claim.status not in (*_TOLD, *_PLANNED):
        return False
    return (parse_day(claim.last_day) - parse_day(claim.first_day)).days <= MOST_VAGUE


def _in_order(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if what an article tells as past lies before its day, and what it tells as to come after."""
    for loose, dated in ((one, other), (other, one)):
        if loose.undated and not dated.undated and loose.published:
            ahead = dated.last_day > loose.published
            if ahead and loose.status in _TOLD:
                return False
            if dated.last_day < loose.published and loose.status in _PLANNED:
                return False
    return True
