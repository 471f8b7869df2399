"""What articles say in so many words: the claims whose quotes have the words of a search, and the events behind them.

One scan of all quotes finds every word of a search; what it found is kept until somebody writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from heapq import nlargest
from itertools import compress
from typing import TYPE_CHECKING

from kb.queries.finding import VARIANTS, those_having
from kb.queries.known import Horizon
from kb.queries.past import past
from kb.queries.table import LastUntilWritten

if TYPE_CHECKING:
    from kb.store import Graph

_KEPT = 4
"""Searches kept: a page asks several questions about one, and people go back to the one before."""

# Claims whose quote has all parts of any word, with what they are about now ('' for nothing), a column each; one row.
_SAYING = """
MATCH (c:Claim)
WITH c, toLower(c.quote) AS said
WHERE any(parts IN $words WHERE all(part IN parts WHERE said CONTAINS part))
OPTIONAL MATCH (c)-[:ABOUT]->(e:Event)
RETURN collect(c.id) AS claim, collect(coalesce(e.id, '')) AS event, collect(coalesce(c.published, '')) AS published,
       collect(c.quote) AS quote
"""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that has the words of a search, as it was first published."""

    published: str
    """ISO day; '' where nobody knows it."""
    claim: str
    event: str


@dataclass(frozen=True, eq=False)
class _Found:
    """Claims whose quotes have any word of a search, a column each: a word may stand in every quote there is."""

    claim: Sequence[str]
    event: Sequence[str]
    """What it is about now; '' for nothing."""
    published: Sequence[str]
    sentence: Sequence[int]
    """The same for the same sentence, whoever prints it."""
    having: tuple[Sequence[int], ...]
    """For each word, the places of the claims that have it."""


def events_saying(graph: Graph, words: tuple[str, ...], horizon: Horizon) -> list[frozenset[str]]:
    """For each word or phrase, in small letters, the ids of the events of which a quote had it within the horizon."""
    found = _search(graph, words)
    event = _events(graph, found, horizon)
    return [frozenset(event[at] for at in having) - {""} for having in found.having]


def sentences_saying(
    graph: Graph, words: tuple[str, ...], horizon: Horizon, *, among: Set[str], most: int
) -> tuple[int, list[Said]]:
    """How many sentences have all of the words, as far as was known, on the events `among`; and the `most` newest."""
    found = _search(graph, words)
    event, when = _events(graph, found, horizon), list(zip(found.published, found.claim, strict=True))
    first: dict[int, int] = {}
    for at in _having_all(found):
        if event[at] in among:
            before = first.setdefault(found.sentence[at], at)
            if when[at] < when[before]:
                first[found.sentence[at]] = at
    newest = nlargest(most, first.values(), key=when.__getitem__)
    return len(first), [Said(*when[at], event[at]) for at in newest]


def _having_all(found: _Found) -> Iterable[int]:
    few, *others = sorted(found.having, key=len) or [()]
    return few if not others else set(few).intersection(*others)


def _events(graph: Graph, found: _Found, horizon: Horizon) -> Sequence[str]:
    """The event that each of the claims is about, or was known to be about; '' where nothing was known."""
    if horizon.open:
        return found.event
    known = past(graph, horizon)
    again, standing = known.world.event_of, known.standing
    until = horizon.as_of or "~"
    return [
        again.get(claim) or (event if event in standing and "" < published <= until else "")
        for claim, event, published in zip(found.claim, found.event, found.published, strict=True)
    ]


def _read(graph: Graph, words: tuple[str, ...]) -> _Found:
    if not words:
        return _Found((), (), (), (), ())
    row = graph.read(_SAYING, words=[VARIANTS.split(word) for word in words])[0]
    quotes = row["quote"]
    having = tuple(list(compress(range(len(quotes)), those_having(quotes, word))) for word in words)
    return _Found(row["claim"], row["event"], row["published"], list(map(hash, quotes)), having)


_search = LastUntilWritten(_read, most=_KEPT)
