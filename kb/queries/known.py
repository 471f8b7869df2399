"""What was known: the claims published and recorded by some day, folded as if nothing else had ever come.

Whatever a read model shows for a day in the past comes from here, so nothing of later can show: no date, status, count,
title or name. A world is kept until the graph is written to again, as people ask many questions about one day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from kb.fold import (
    Event,
    Linked,
    ReportedClaim,
    Rulings,
    Thread,
    UndatedEvent,
    events_of,
    thread_claims,
    undated_events_of,
)
from kb.fold.conflicts import Clash, find_clashes
from kb.fold.ledger import Articles, Step, with_ledgers
from kb.fold.likeness import Link
from kb.store.claim_rows import FOLD_FIELDS, Row, reported_claims_of
from kb.store.copies import first_of_each
from kb.store.judgements import all_rulings
from kb.timevalue import parse_day

if TYPE_CHECKING:
    from kb.store import Graph

_KEPT = 6
"""Worlds kept for a graph."""
_AT_ONCE = 100
"""Versions or threads of one answer of the store: a thousand real articles tell more than it has room for."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """Up to when to know: published by `as_of`, recorded by `recorded_by`; ISO days, inclusive, None for no limit."""

    as_of: str | None = None
    recorded_by: str | None = None

    @property
    def open(self) -> bool:
        """True if it limits nothing."""
        return self.as_of is None and self.recorded_by is None

    @property
    def parameters(self) -> dict[str, Any]:
        """For statements with `VISIBLE`."""
        return {
            "as_of": self.as_of,
            "after_as_of": _day_after(self.as_of),
            "recorded_before": _day_after(self.recorded_by),
        }


def _day_after(day: str | None) -> str | None:
    """None after the last day of the calendar, too: nothing lies beyond it."""
    known = parse_day(day) if day else date.max
    return None if known == date.max else (known + timedelta(days=1)).isoformat()


NOW = Horizon()

VISIBLE = """
($as_of IS NULL OR v.published <= $as_of)
AND ($recorded_before IS NULL OR v.fetched_at < $recorded_before)
AND (v.superseded_at IS NULL OR v.superseded_at >= $recorded_before
     OR (v.withdrawn_by IS NOT NULL AND v.superseded_at >= $after_as_of))
"""
"""Condition on a version `v`: it was the current one within the horizon, whose parameters the statement gets.

What was withdrawn later than the day of `as_of` was still there on that day.
"""

# Versions that were current within a horizon: {id}.
_VERSIONS = f"MATCH (v:Version) WHERE {VISIBLE} RETURN v.id AS id"

# Their dated claims, for the fold. Patterns are searched from their left end, so that is the end which is known.
_CLAIMS_OF_VERSIONS = f"""
UNWIND $ids AS id
MATCH (v:Version {{id: id}})<-[:HAS_VERSION]-(a:Article)
MATCH (v)-[:STATES]->(c:Claim)
WHERE c.first_day IS NOT NULL OR c.mention = true
{FOLD_FIELDS}
"""

_CLAIMS_OF_THREADS = f"""
UNWIND $threads AS thread
MATCH (c:Claim {{thread: thread}})<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
WHERE (c.first_day IS NOT NULL OR c.mention = true) AND {VISIBLE}
{FOLD_FIELDS}
"""

_CLAIMS_BESIDE = f"""
UNWIND $articles AS id
MATCH (a:Article {{id: id}})-[:HAS_VERSION]->(v:Version)-[:STATES]->(c:Claim)
WHERE c.of_deadlines = true AND c.first_day IS NOT NULL AND {VISIBLE}
{FOLD_FIELDS}
"""

COPIES = """
MATCH (one:Article)-[:COPY_OF]->(other:Article)
RETURN one.id AS one, other.id AS other, one.published AS published, other.published AS other_published
"""


@dataclass(frozen=True)
class World:
    """Claims within a horizon, and what they come to."""

    claims: Mapping[str, ReportedClaim]
    threads: tuple[Thread, ...]
    beside: tuple[ReportedClaim, ...] = ()
    """What else bears on the deadlines of these threads, in the articles that tell of them."""

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """By first day, then id."""
        return tuple(sorted((event for event, _ in self._kept), key=lambda e: (e.first_day, e.last_day, e.id)))

    @cached_property
    def undated(self) -> Mapping[str, UndatedEvent]:
        """Events of which no source gives the day, by id."""
        return {event.id: event for event in undated_events_of(self.threads)}

    @cached_property
    def ledgers(self) -> Mapping[str, tuple[Step, ...]]:
        """The steps of each deadline, by its event."""
        return {event.id: steps for event, steps in self._kept if steps}

    def claim(self, id_: str) -> ReportedClaim:
        """One of the claims, or of those beside."""
        return self.claims.get(id_) or self._beside[id_]

    @cached_property
    def _beside(self) -> Mapping[str, ReportedClaim]:
        return {claim.id: claim for claim in self.beside}

    @cached_property
    def _kept(self) -> list[tuple[Event, tuple[Step, ...]]]:
        articles = Articles.of({**self._beside, **self.claims}.values())
        return with_ledgers(events_of(self.threads), self.claims, articles)

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        """Claims that cannot both hold."""
        return tuple(sorted(clash for thread in self.threads for clash in find_clashes(thread)))

    @cached_property
    def event_of(self) -> Mapping[str, str]:
        """The event of each claim."""
        of_dated = {claim: event.id for event in self.events for claim in (*event.claims, *event.mentions)}
        return of_dated | {claim: event.id for event in self.undated.values() for claim in event.mentions}

    def event(self, id_: str) -> Event | None:
        """One event."""
        return self._by_id.get(id_)

    @cached_property
    def _by_id(self) -> Mapping[str, Event]:
        return {event.id: event for event in self.events}


_Key = tuple[int | None, Horizon, tuple[str, ...] | None]
"""How often the graph had been written to, the horizon, and the threads, if not all."""
_worlds: WeakKeyDictionary[Graph, dict[_Key, World]] = WeakKeyDictionary()
_linked: WeakKeyDictionary[Graph, Linked] = WeakKeyDictionary()
_linking = Lock()


def world(graph: Graph, horizon: Horizon, *, threads: Collection[str] | None = None) -> World:
    """The world within `horizon`; with `threads`, only what hangs together in these (as the graph is now)."""
    writes, withdrawn = state(graph)
    if horizon.recorded_by is not None or (horizon.as_of is not None and withdrawn > horizon.as_of):
        threads = None  # claims that were superseded or withdrawn are in no thread
    wanted = None if threads is None else tuple(sorted(threads))
    key = (writes, horizon, wanted)
    kept = _worlds.setdefault(graph, {})
    if wider := _wider(kept, key):
        return wider
    if key not in kept:
        fresh = {known: world for known, world in kept.items() if known[0] == key[0]}
        while len(fresh) >= _KEPT:
            del fresh[next(iter(fresh))]
        _worlds[graph] = kept = fresh
        kept[key] = _load(graph, horizon, wanted)
    return kept[key]


def _wider(kept: Mapping[_Key, World], key: _Key) -> World | None:
    """A world of the same horizon that holds these threads among others."""
    *now, wanted = key
    for (*then, threads), known in kept.items():
        if then == now and (threads is None or (wanted is not None and set(wanted) <= set(threads))):
            return known
    return None


def state(graph: Graph) -> tuple[int | None, str]:
    """How often the graph was written to, and when an article was last withdrawn ('' for never)."""
    rows = graph.read("MATCH (m:Meta {id: 'schema'}) RETURN m.writes AS writes, m.withdrawn AS withdrawn")
    return (rows[0]["writes"], rows[0]["withdrawn"] or "") if rows else (None, "")


def _load(graph: Graph, horizon: Horizon, threads: tuple[str, ...] | None) -> World:
    rows = _all_rows(graph, horizon) if threads is None else _rows_of(graph, horizon, threads)
    copies = graph.read(COPIES)
    claims = _traced(reported_claims_of(graph.read, rows), copies)
    rulings = all_rulings(graph.read)
    beside: list[ReportedClaim] = []
    if threads is not None:
        telling = sorted(Articles.wanted(claims))
        found = [row for some in _batches(telling) for row in _rows_beside(graph, horizon, some)]
        beside = rulings.correct(_traced(reported_claims_of(graph.read, found), copies))
    return World(
        {claim.id: claim for claim in rulings.correct(claims)},
        tuple(thread_claims(claims, rulings, links=None if threads is None else _links(graph, rows, claims, rulings))),
        tuple(beside),
    )


def _links(graph: Graph, rows: Iterable[Row], claims: Collection[ReportedClaim], rulings: Rulings) -> list[Link]:
    """What links these claims: kept from one day to the next, as a story that is much in the news takes longest."""
    thread_of = {row["id"]: row["thread"] for row in rows}
    told: dict[str, list[ReportedClaim]] = defaultdict(list)
    for claim in rulings.correct(claims):
        told[thread_of[claim.id]].append(claim)
    with _linking:
        linked = _linked.setdefault(graph, Linked())
        return [link for thread, some in told.items() for link in linked.among(thread, some)]


def _rows_beside(graph: Graph, horizon: Horizon, articles: Collection[str]) -> list[Row]:
    return graph.read(_CLAIMS_BESIDE, articles=articles, **horizon.parameters)


def _all_rows(graph: Graph, horizon: Horizon) -> list[Row]:
    """Read version by version: all claims in one answer are more than a store has room for."""
    versions = [row["id"] for row in graph.read(_VERSIONS, **horizon.parameters)]
    return [row for some in _batches(versions) for row in graph.read(_CLAIMS_OF_VERSIONS, ids=some)]


def _rows_of(graph: Graph, horizon: Horizon, threads: tuple[str, ...]) -> list[Row]:
    return [
        row for some in _batches(threads) for row in graph.read(_CLAIMS_OF_THREADS, threads=some, **horizon.parameters)
    ]


def _batches(ids: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield list(ids[start : start + _AT_ONCE])


def _traced(claims: list[ReportedClaim], copies: Iterable[Row]) -> list[ReportedClaim]:
    """The claims with the origins that were known: among the articles that there were."""
    articles = {claim.article: claim.published for claim in claims}
    rows = [{"id": id_, "published": published} for id_, published in articles.items()]
    origins = first_of_each(rows, [(row["one"], row["other"]) for row in copies])
    return [replace(claim, origin=origins.get(claim.article, claim.article)) for claim in claims]
