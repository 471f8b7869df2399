"""Where claims are filed, and where to look for those that one may be linked to: never among all.

A claim is filed under what it names and what its article is about, together with its family of types and its exact
days. Whoever may be linked to it by another day (a month that holds the day, a report three days off) looks there too:
looking costs little where nothing is filed, and what is filed under one day stays few however many articles there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from kb.fold.claim import ReportedClaim
from kb.fold.identity import rules
from kb.fold.likeness import COARSE, SLIP, moves
from kb.fold.ties import filed_keys, sought_keys
from kb.model import Status
from kb.timevalue import parse_day

_LONG = 62
"""Days from which on a span is met by the same span only."""
_MOST_NAMES = 6
_MOST_YEARS = 4
_AT_HAND = 8192
"""Claims whose places are kept in mind: those of a batch, and all that it touches."""


class Posting(NamedTuple):
    """A place to file a claim at: under a key, and for one of a day, in the month that may be spoken of as a whole."""

    key: str
    day: str | None = None
    month: str | None = None


class Search(NamedTuple):
    """Where to look: at all that is filed under some keys, and at the days of a month from the first to the last."""

    keys: frozenset[str]
    months: frozenset[str]
    first: str
    last: str


@lru_cache(maxsize=_AT_HAND)
def postings(claim: ReportedClaim) -> tuple[Posting, ...]:
    """Where a claim is filed: nowhere twice."""
    return (*_linked_postings(claim), *(Posting(key) for key in filed_keys(claim)))


def _linked_postings(claim: ReportedClaim) -> tuple[Posting, ...]:
    """Where those look that may be about the same event."""
    family, about = rules().family(claim.type), _about(claim)
    if moves(claim):
        return tuple(Posting(f"{entity}|{family}|{year}") for entity in about for year in _years(claim))
    if claim.first_day == claim.last_day:
        day, month = claim.first_day, claim.first_day[:7]
        named = (Posting(f"{entity}|{day}") for entity in _named(claim))
        return (*(Posting(f"{id_}|{family}|{day}", day, f"{id_}|{family}|in {month}") for id_ in about), *named)
    spans = _months(claim) or [f"{claim.first_day}/{claim.last_day}"]
    return tuple(Posting(f"{entity}|{family}|{span}") for entity in about for span in spans)


@lru_cache(maxsize=_AT_HAND)
def search_for(claim: ReportedClaim) -> Search:
    """Where all are filed that a claim could be linked or tied to.

    Besides where it is filed itself: spans that hold its day, days that its span holds, and days close by.
    """
    family = rules().family(claim.type)
    keys = {*(posting.key for posting in _linked_postings(claim)), *sought_keys(claim)}
    months: set[str] = set()
    if not moves(claim):
        keys.update(f"{entity}|{family}|{month}" for entity in _about(claim) for month in _months(claim))
        if claim.precision in COARSE:
            months.update(f"{entity}|{family}|in {month}" for entity in _about(claim) for month in _months(claim))
        if claim.type in rules().rare and claim.status is Status.OCCURRED and claim.first_day == claim.last_day:
            keys.update(f"{entity}|{family}|{day}" for entity in _named(claim) for day in _close_days(claim))
    return Search(frozenset(keys), frozenset(months), claim.first_day, claim.last_day)


@dataclass(slots=True)
class Files:
    """Claims in memory, filed and found as the store files and finds them."""

    _by_key: defaultdict[str, list[ReportedClaim]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, claims: Iterable[ReportedClaim]) -> Files:
        """Files that hold these claims."""
        files = cls()
        for claim in claims:
            for key in {key for posting in postings(claim) for key in (posting.key, posting.month) if key}:
                files._by_key[key].append(claim)
        return files

    def near(self, claim: ReportedClaim) -> Iterator[ReportedClaim]:
        """Those that `claim` could be linked or tied to, each once; not itself."""
        search = search_for(claim)
        seen = {claim.id}
        for key in (*search.keys, *search.months):
            for other in self._by_key.get(key, ()):
                if other.id not in seen:
                    seen.add(other.id)
                    yield other


def _named(claim: ReportedClaim) -> set[str]:
    return {*claim.acting, *claim.names[:_MOST_NAMES]}


def _about(claim: ReportedClaim) -> set[str]:
    return {*_named(claim), *claim.topics}


def _years(claim: ReportedClaim) -> list[int]:
    """Those that a deadline may have been told of in, as long as it was due."""
    told = int((claim.published or claim.first_day)[:4])
    return list(range(min(told, int(claim.first_day[:4])), int(claim.last_day[:4]) + 1))[:_MOST_YEARS]


def _months(claim: ReportedClaim) -> list[str]:
    """Those that its days lie in; none for a span that is met by the same span only."""
    first, last = claim.first_day[:7], claim.last_day[:7]
    if first == last:
        return [first]
    start, end = parse_day(claim.first_day), parse_day(claim.last_day)
    if (end - start).days > _LONG:
        return []
    return sorted({date.fromordinal(day).isoformat()[:7] for day in range(start.toordinal(), end.toordinal() + 1)})


def _close_days(claim: ReportedClaim) -> list[str]:
    """The day of a claim, and those by which another article may be off."""
    day = parse_day(claim.first_day).toordinal()
    around = range(max(1, day - SLIP), min(date.max.toordinal(), day + SLIP) + 1)
    return [date.fromordinal(number).isoformat() for number in around]
