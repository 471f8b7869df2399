"""A stretch of text that may be a name, and the choice between those that overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from operator import attrgetter

from kb.gazetteer import Listed
from kb.model import EntityKind


class Evidence(IntEnum):
    """What made us take a stretch for a name, weakest first."""

    REPEATED = 0
    TAGGED = 1
    HONORIFIC = 2
    PATTERN = 3
    LISTED = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that may be a name."""

    start: int
    end: int
    text: str
    evidence: Evidence
    kind: EntityKind | None = None
    """What the evidence takes it for; None if it cannot tell."""
    name: str | None = None
    """Official form, if a rule knows it."""
    listed: Listed | None = None
    """What the gazetteer says it is."""


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The longest, then best founded candidates that do not overlap, in text order."""
    taken: list[Candidate] = []
    used: set[int] = set()
    for candidate in sorted(candidates, key=lambda c: (c.start - c.end, -c.evidence, c.start)):
        if used.isdisjoint(stretch := range(candidate.start, candidate.end)):
            used.update(stretch)
            taken.append(candidate)
    return sorted(taken, key=attrgetter("start"))
