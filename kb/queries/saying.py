"""What articles say in so many words: the claims whose quotes have the words of a search, and the events behind them.

One scan of all quotes finds every word of a search; what it found is kept until somebody writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.queries.finding import VARIANTS, has
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
    """A claim whose quote has a word."""

    claim: str
    event: str
    """What it is about now; '' for nothing."""
    published: str
    """ISO day; '' where nobody knows it."""
    sentence: int
    """The same for the same sentence, whoever prints it."""


_Found = tuple[tuple[Said, ...], ...]
"""For each word of a search, the claims that have it."""


def events_saying(graph: Graph, words: tuple[str, ...], horizon: Horizon) -> list[frozenset[str]]:
    """For each word or phrase, in small letters, the ids of the events of which a quote had it within the horizon."""
    return [frozenset(_events(graph, said, horizon).values()) for said in _search(graph, words)]


def claims_saying(graph: Graph, words: tuple[str, ...], horizon: Horizon) -> Mapping[Said, str]:
    """The claims whose quote has all of the words, as far as was known, each with the id of its event."""
    every = _search(graph, words)
    having = set.intersection(*(set(said) for said in every)) if every else set()
    events = _events(graph, having, horizon)
    return {one: events[one.claim] for one in having if one.claim in events}


def _events(graph: Graph, said: Iterable[Said], horizon: Horizon) -> Mapping[str, str]:
    """The event that each of these claims is about, or was known to be about; of others nothing was known."""
    if horizon.open:
        return {one.claim: one.event for one in said if one.event}
    known = past(graph, horizon)
    again, standing = known.world.event_of, known.standing
    until = horizon.as_of or "~"
    then = {one.claim: one.event for one in said if one.event in standing and "" < one.published <= until}
    return then | {one.claim: again[one.claim] for one in said if one.claim in again}


def _read(graph: Graph, words: tuple[str, ...]) -> _Found:
    if not words:
        return ()
    row = graph.read(_SAYING, words=[VARIANTS.split(word) for word in words])[0]
    columns = (row["claim"], row["event"], row["published"], map(hash, row["quote"]))
    told = list(zip(map(Said, *columns), row["quote"], strict=True))
    return tuple(tuple(one for one, quote in told if has(quote, word)) for word in words)


_search = LastUntilWritten(_read, most=_KEPT)
