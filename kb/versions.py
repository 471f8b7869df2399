"""What a changed article now says otherwise: two sets of claims compared, event by event. Pure functions.

Wording may change without any event changing; then there is no difference. A claim of the old version is found again in
the new one by its kind, its trigger and its sentence; what is found with another day or status has moved or changed,
and what is not found was removed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

_WORD = re.compile(r"\w+")
_ALIKE = 0.4
"""Share of the words of two sentences that must be common for them to be versions of one another."""
_MOST_COMPARED = 200


class ChangeKind(StrEnum):
    """What happened to an event between two versions of an article."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    """Its day is another one."""
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """What the comparison needs to know of a claim. Days are ISO text, null for an undated claim."""

    id: str
    type: str
    status: str
    title: str
    first_day: str | None
    last_day: str | None
    trigger: str
    quote: str

    @property
    def days(self) -> str:
        """The day or days, for people."""
        if self.first_day is None:
            return "no day"
        return self.first_day if self.first_day == self.last_day else f"{self.first_day} to {self.last_day}"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `text` says it in a few words."""

    kind: ChangeKind
    text: str
    title: str
    before: StatedClaim | None
    after: StatedClaim | None


def changes(before: Iterable[StatedClaim], after: Iterable[StatedClaim]) -> tuple[Change, ...]:
    """The differences between the claims of two versions, in the order of their days.

    "The hearing is on May 3" -> "The hearing is on May 10": moved, "date moved from 2025-05-03 to 2025-05-10"
    """
    found = [change for pair in _pairs(list(before), list(after)) for change in _changes_of(*pair)]
    return tuple(sorted(found, key=lambda change: (_day(change), change.kind, change.title, change.text)))


def _changes_of(old: StatedClaim | None, new: StatedClaim | None) -> list[Change]:
    if old is None or new is None:
        one = old or new
        assert one is not None  # noqa: S101 - a pair has a claim
        kind = ChangeKind.REMOVED if old else ChangeKind.ADDED
        return [Change(kind, f"event {kind.value}: {one.days}, {one.status}", one.title, old, new)]
    found = []
    if (old.first_day, old.last_day) != (new.first_day, new.last_day):
        text = f"date moved from {old.days} to {new.days}"
        found.append(Change(ChangeKind.MOVED, text, new.title, old, new))
    if old.status != new.status:
        text = f"status changed from {old.status} to {new.status}"
        found.append(Change(ChangeKind.STATUS, text, new.title, old, new))
    return found


def _pairs(
    before: Sequence[StatedClaim], after: Sequence[StatedClaim]
) -> list[tuple[StatedClaim | None, StatedClaim | None]]:
    """Each claim once: with the one it is a version of, or alone."""
    kinds = {(claim.type, claim.trigger.casefold()) for claim in (*before, *after)}
    old, new = _grouped(before), _grouped(after)
    pairs: list[tuple[StatedClaim | None, StatedClaim | None]] = []
    for kind in sorted(kinds):
        pairs += _pairs_of_kind(old[kind], new[kind])
    return pairs


def _grouped(claims: Iterable[StatedClaim]) -> defaultdict[tuple[str, str], list[StatedClaim]]:
    groups: defaultdict[tuple[str, str], list[StatedClaim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: (claim.first_day or "", claim.quote, claim.id)):
        groups[claim.type, claim.trigger.casefold()].append(claim)
    return groups


def _pairs_of_kind(
    old: list[StatedClaim], new: list[StatedClaim]
) -> list[tuple[StatedClaim | None, StatedClaim | None]]:
    """Claims in the same words first, the likest of the others then; what is left is alone."""
    pairs: list[tuple[StatedClaim | None, StatedClaim | None]] = []
    left_old = _take_equal(old, new, pairs)
    compared = [
        (_likeness(one.quote, other.quote) + (one.first_day == other.first_day) / 10, one, other)
        for one in left_old[:_MOST_COMPARED]
        for other in new[:_MOST_COMPARED]
    ]
    for score, one, other in sorted(compared, key=lambda entry: (-entry[0], entry[1].id, entry[2].id)):
        if score >= _ALIKE and one in left_old and other in new:
            left_old.remove(one)
            new.remove(other)
            pairs.append((one, other))
    pairs += [(one, None) for one in left_old]
    pairs += [(None, other) for other in new]
    return pairs


def _take_equal(
    old: list[StatedClaim],
    new: list[StatedClaim],
    pairs: list[tuple[StatedClaim | None, StatedClaim | None]],
) -> list[StatedClaim]:
    """Pair the claims in the same words on the same days, taking them from `new`. Returns what is left of `old`."""
    by_words: defaultdict[tuple[str, str | None, str | None], list[StatedClaim]] = defaultdict(list)
    for claim in new:
        by_words[claim.quote, claim.first_day, claim.last_day].append(claim)
    left = []
    for claim in old:
        equal = by_words[claim.quote, claim.first_day, claim.last_day]
        if equal:
            pairs.append((claim, equal.pop(0)))
        else:
            left.append(claim)
    new[:] = [claim for rest in by_words.values() for claim in rest]
    return left


def _likeness(one: str, other: str) -> float:
    """Share of the words of both that are common to both."""
    ours, theirs = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def _day(change: Change) -> str:
    claim = change.after or change.before
    return (claim.first_day if claim else None) or ""
