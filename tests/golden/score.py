"""Scores of an extraction against the gold: matched one to one by sentence and days.

Four nested counts. dated: an event of the gold and a claim share sentence, first and last day; trigger: and their
trigger words overlap; typed: dated, and of one type; full: typed, and of one status.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.model import Claim, Extraction
from tests.golden.gold import Expected, GoldEvent, find_unique, place

LEVELS = ("dated", "trigger", "typed", "full")


@dataclass(frozen=True, slots=True)
class Pair:
    """An event of the gold and the claim that stands for it."""

    event: GoldEvent
    claim: Claim

    @property
    def levels(self) -> Iterator[str]:
        """The levels on which both agree."""
        yield "dated"
        if triggers_overlap(self.event, self.claim):
            yield "trigger"
        if self.event.type == self.claim.type:
            yield "typed"
            if self.event.status == self.claim.status:
                yield "full"


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over one article, or the sum of several."""

    gold: int
    system: int
    hits: Counter[str]

    def __add__(self, other: Score) -> Score:
        return Score(self.gold + other.gold, self.system + other.system, self.hits + other.hits)

    def f1(self, level: str) -> float:
        """Harmonic mean of precision and recall: twice the hits over all events of both sides."""
        return 2 * self.hits[level] / (self.gold + self.system) if self.gold + self.system else 1.0


NOTHING = Score(0, 0, Counter())


def score(expected: Expected, extraction: Extraction) -> Score:
    """Counts of one article."""
    hits = Counter(level for pair in pair_up(expected, extraction) for level in pair.levels)
    return Score(len(expected.events), len(dated_claims(extraction)), hits)


def dated_claims(extraction: Extraction) -> list[Claim]:
    """Claims whose calendar expression stands in their own sentence."""
    return [
        claim
        for claim in extraction.claims
        if claim.when is not None and claim.sentence.start <= claim.when.span.start < claim.sentence.end
    ]


def dated_in(extraction: Extraction, quote: str) -> list[str]:
    """Titles of the dated claims whose trigger stands in `quote`, a unique part of the text."""
    start = find_unique(extraction.article, quote)
    return [claim.title for claim in dated_claims(extraction) if start <= claim.trigger.start < start + len(quote)]


def pair_up(expected: Expected, extraction: Extraction) -> list[Pair]:
    """Pairs of one sentence and one interval, the most alike first; nothing is used twice."""
    claims = dated_claims(extraction)
    candidates = sorted(
        (-_likeness(event, claim), i, j)
        for i, event in enumerate(expected.events)
        for j, claim in enumerate(claims)
        if same_day_and_sentence(extraction, event, claim)
    )
    used_events: set[int] = set()
    used_claims: set[int] = set()
    pairs = []
    for _, i, j in candidates:
        if i not in used_events and j not in used_claims:
            used_events.add(i)
            used_claims.add(j)
            pairs.append(Pair(expected.events[i], claims[j]))
    return pairs


def same_day_and_sentence(extraction: Extraction, event: GoldEvent, claim: Claim) -> bool:
    """True if both speak of the same days in the same sentence."""
    trigger = place(extraction.article, event).trigger
    return (
        claim.when is not None
        and claim.when.interval == event.interval
        and claim.sentence.start <= trigger < claim.sentence.end
    )


def triggers_overlap(event: GoldEvent, claim: Claim) -> bool:
    """True if one trigger contains the other."""
    ours, theirs = event.trigger.casefold(), claim.trigger.text.casefold()
    return ours in theirs or theirs in ours


def comes_out(event: GoldEvent, extraction: Extraction) -> bool:
    """True if some claim gives `event` its days, its type and its status."""
    return any(
        (claim.type, claim.status) == (event.type, event.status) and same_day_and_sentence(extraction, event, claim)
        for claim in dated_claims(extraction)
    )


def near_misses(event: GoldEvent, extraction: Extraction) -> Sequence[str]:
    """What the extraction has in the sentence of `event` instead, for the message of a failed test."""
    trigger = place(extraction.article, event).trigger
    return [
        f"{claim.trigger.text!r} {claim.type} {claim.status} "
        + (f"{claim.when.interval.first_day}..{claim.when.interval.last_day}" if claim.when else "undated")
        for claim in extraction.claims
        if claim.sentence.start <= trigger < claim.sentence.end
    ]


def _likeness(event: GoldEvent, claim: Claim) -> float:
    return 2 * triggers_overlap(event, claim) + (event.type == claim.type) + 0.5 * (event.status == claim.status)
