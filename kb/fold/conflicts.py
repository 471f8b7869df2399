"""Claims that cannot both hold: kept side by side, with what they differ in. Nothing is averaged or dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from kb.fold.claim import ReportedClaim
from kb.fold.identity import rules
from kb.fold.likeness import moves
from kb.fold.offices import misplaced
from kb.fold.quantities import disagree
from kb.fold.threads import Thread
from kb.fold.words import stem
from kb.model import Status

_HELD = (Status.OCCURRED, Status.ONGOING)
_NOT_HELD = (Status.DENIED, Status.CANCELLED)
_MOST = 40
"""Claims of one event that are compared with each other: the first of each outlet and status come first."""
_DOUBTS = {
    "weekday-mismatch": ("weekday", "the weekday does not fit the date"),
    "sum-mismatch": ("arithmetic", "the number of days does not fit the dates"),
}


@dataclass(frozen=True, slots=True, order=True)
class Clash:
    """Two claims that cannot both hold, or one that cannot be right as it stands (`other` is the same claim)."""

    one: str
    other: str
    on: str
    """date, status, actor, number, outcome, weekday, arithmetic or office."""
    says: str
    """The difference, in words for a reader."""


def find_clashes(thread: Thread) -> list[Clash]:
    """All clashes among the claims of a thread, each once, in a fixed order."""
    by_id = {claim.id: claim for claim in thread.claims}
    found = {clash for claim in thread.claims for clash in _alone(claim)}
    for group in thread.groups:
        found.update(_within(_compared(group)))
    told_apart = _told_apart(thread)
    for link in thread.clashes:
        one, other = sorted((by_id[link.one], by_id[link.other]), key=lambda claim: claim.order)
        if link.clash == "date" and frozenset((one.first_day, other.first_day)) not in told_apart:
            found.add(Clash(one.id, other.id, "date", f"{one.first_day} or {other.first_day}"))
        if link.clash == "actor":
            found.add(Clash(one.id, other.id, "actor", f"“{one.title}” or “{other.title}”"))
    return sorted(found)


def _alone(claim: ReportedClaim) -> Iterator[Clash]:
    for doubt in claim.doubts:
        if doubt in _DOUBTS:
            yield Clash(claim.id, claim.id, *_DOUBTS[doubt])
    if held := misplaced(claim):
        yield Clash(claim.id, claim.id, "office", held)


def _compared(group: Sequence[ReportedClaim]) -> list[ReportedClaim]:
    seen: set[tuple[str | None, Status]] = set()
    first: list[ReportedClaim] = []
    rest: list[ReportedClaim] = []
    for claim in group:
        (rest if (claim.source, claim.status) in seen else first).append(claim)
        seen.add((claim.source, claim.status))
    return (first + rest)[:_MOST]


def _within(group: Sequence[ReportedClaim]) -> Iterator[Clash]:
    """Clashes between claims on one event, two articles' each."""
    for one, other in combinations(sorted(group, key=lambda claim: claim.order), 2):
        if one.article == other.article or one.origin == other.origin:
            continue
        if says := _status(one, other):
            yield Clash(one.id, other.id, "status", says)
        if says := _outcome(one, other):
            yield Clash(one.id, other.id, "outcome", says)
        if not moves(one) and (says := disagree(one.quote, other.quote)):
            yield Clash(one.id, other.id, "number", says)


def _status(one: ReportedClaim, other: ReportedClaim) -> str | None:
    """Held according to one, not according to the other, both told when it was over."""
    statuses = (one.status, other.status)
    over = all(claim.published and claim.published >= claim.last_day for claim in (one, other))
    if moves(one) or not over or not (set(statuses) & set(_HELD) and set(statuses) & set(_NOT_HELD)):
        return None
    return f"{one.status} or {other.status}"


def _outcome(one: ReportedClaim, other: ReportedClaim) -> str | None:
    if one.type != other.type or {one.status, other.status} - set(_HELD):
        return None
    ours, theirs = stem(one.trigger), stem(other.trigger)
    for yes, no in rules().opposites:
        if (ours in yes and theirs in no) or (ours in no and theirs in yes):
            return f"“{one.trigger}” or “{other.trigger}”"
    return None


def _told_apart(thread: Thread) -> set[frozenset[str]]:
    """Pairs of days that one article tells of as two events: no other article's date is wrong then."""
    days: dict[str, set[str]] = {}
    for claim in thread.claims:
        days.setdefault(claim.article, set()).add(claim.first_day)
    return {frozenset(pair) for known in days.values() for pair in combinations(sorted(known), 2)}
