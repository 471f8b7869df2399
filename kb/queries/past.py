"""The events as they were known on a day: most of them as they stand now, the others folded again.

What comes of a thread never reaches over it (`kb.fold.threads`). So a thread of which everything was published by a day
had come to the same events on that day, and one of which nothing was published to none. Only what was told of both
before and after is folded again: a small part of an archive, whatever the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from kb.fold import Event
from kb.ids import first_claim_of
from kb.queries.known import COPIES, Horizon, World, state, world
from kb.queries.table import COLUMNS, EventTable, Row, UntilWrittenAside, event_table, stretches
from kb.queries.weight import weight_of
from kb.store.copies import first_of_each

if TYPE_CHECKING:
    from kb.store import Graph

_KEPT = 4
"""Days kept for a graph: each takes about as much room as the table of all events."""
_CLAIMS_EACH = 25
"""Claims of an article, about."""
_NEVER = "~"
"""After every day: when a claim without a day of publication is published."""

# How many articles were published in each month: {month, count}.
_MONTHS = """
MATCH (v:Version) WHERE v.superseded_at IS NULL AND v.published IS NOT NULL
RETURN left(v.published, 7) AS month, count(v) AS count
"""

# Claims published in some months, a column each; one row.
_CLAIMS = """
MATCH (c:Claim) WHERE c.published >= $since AND c.published < $until AND c.thread IS NOT NULL
RETURN collect(c.id) AS id, collect(c.thread) AS thread, collect(c.published) AS published
"""

# The same of claims whose day of publication nobody knows.
_UNDATED = """
MATCH (v:Version) WHERE v.published IS NULL
MATCH (v)-[:STATES]->(c:Claim) WHERE c.thread IS NOT NULL
RETURN collect(c.id) AS id, collect(c.thread) AS thread
"""

# Threads of what these articles tell now: {thread}.
_THREADS_OF = """
UNWIND $ids AS id
MATCH (:Article {id: id})-[:HAS_VERSION]->(:Version)-[:STATES]->(c:Claim)
WHERE c.thread IS NOT NULL
RETURN DISTINCT c.thread AS thread
"""


@dataclass(frozen=True, eq=False)
class Past:
    """The events within a horizon."""

    table: EventTable
    again: Mapping[str, Event]
    """Those that were folded again, by id; the others are as they stand in the graph."""
    world: World
    """What the fold was made of."""

    @property
    def standing(self) -> frozenset[str]:
        """Ids of the events that are as they stand."""
        return frozenset(self.table.columns["id"]) - self.again.keys()


@dataclass(frozen=True, eq=False)
class _Threads:
    """The thread of each claim, and the days on which the first and the last claim of each thread were published."""

    of: dict[str, str] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)

    def add(self, claims: Iterable[str], threads: Iterable[str], published: Iterable[str]) -> None:
        """Take these up; by day, so that the first of a thread comes first."""
        for claim, thread, day in zip(claims, threads, published, strict=True):
            self.of[claim] = thread
            self.first[thread] = min(self.first.get(thread, day), day)
            self.last[thread] = max(self.last.get(thread, day), day)


_pasts: WeakKeyDictionary[Graph, dict[tuple[object, ...], Past]] = WeakKeyDictionary()


def past(graph: Graph, horizon: Horizon) -> Past:
    """The events within `horizon`, which is not open."""
    writes, withdrawn = state(graph)
    key = (writes, horizon)
    kept = _pasts.setdefault(graph, {})
    if key not in kept:
        fresh = {known: one for known, one in kept.items() if known[0] == writes}
        while len(fresh) >= _KEPT:
            del fresh[next(iter(fresh))]
        _pasts[graph] = kept = fresh
        told = horizon.recorded_by is None and horizon.as_of is not None and withdrawn <= horizon.as_of
        kept[key] = _published_by(graph, horizon) if told else _of_world(world(graph, horizon))
    return kept[key]


def events_within(graph: Graph, horizon: Horizon) -> EventTable:
    """All events as columns: as they are now or, within a horizon, as they were known."""
    return event_table(graph) if horizon.open else past(graph, horizon).table


def _of_world(known: World) -> Past:
    return Past(_table(_rows(known.events)), {event.id: event for event in known.events}, known)


def _published_by(graph: Graph, horizon: Horizon) -> Past:
    day = horizon.as_of or _NEVER
    threads, now = _threads(graph), event_table(graph)
    retraced = _retraced(graph, day)
    before = {id_ for id_, first in threads.first.items() if first <= day}
    whole = {id_ for id_ in before if threads.last[id_] <= day} - retraced
    known = world(graph, horizon, threads=before - whole)
    again = {event.id: event for event in known.events}  # more than was asked for, if it was at hand
    stands = [id_ not in again and threads.of.get(first_claim_of(id_)) in whole for id_ in now.columns["id"]]
    standing = compress(now.each(), stands)
    return Past(_table([*standing, *_rows(again.values())]), again, known)


def _table(rows: list[Row]) -> EventTable:
    return EventTable.of(rows, {})


def _rows(events: Iterable[Event]) -> list[Row]:
    return [(*(str(getattr(event, name)) for name in COLUMNS), _weight(event)) for event in events]


def _weight(event: Event) -> int:
    return weight_of(event.type, event.status, event.precision, event.sources, len(event.claims))


def _retraced(graph: Graph, day: str) -> set[str]:
    """Threads of the articles whose text was another's copy only by way of one that came after `day`."""
    pairs = graph.read(COPIES)
    published = {row["one"]: row["published"] for row in pairs} | {
        row["other"]: row["other_published"] for row in pairs
    }
    now = _origins(published, pairs)
    then = _origins({id_: told for id_, told in published.items() if told and told <= day}, pairs)
    changed = sorted(id_ for id_, told in published.items() if told and told <= day and now[id_] != then.get(id_, id_))
    return {row["thread"] for row in graph.read(_THREADS_OF, ids=changed)} if changed else set()


def _origins(published: Mapping[str, str | None], pairs: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    rows = [{"id": id_, "published": told} for id_, told in published.items()]
    return first_of_each(rows, [(row["one"], row["other"]) for row in pairs])


def _read(graph: Graph) -> list[dict[str, Any]]:
    months = {row["month"]: row["count"] * _CLAIMS_EACH for row in graph.read(_MONTHS)}
    found = [graph.read(_CLAIMS, since=since, until=until)[0] for since, until in stretches(months)]
    return [*found, graph.read(_UNDATED)[0]]


def _make(told: list[dict[str, Any]]) -> _Threads:
    found = _Threads()
    for columns in told:
        never = [_NEVER] * len(columns["id"])
        found.add(columns["id"], columns["thread"], columns.get("published", never))
    return found


_threads = UntilWrittenAside("threads", _read, _make, form=1)
