"""Events as the columns a picture needs: twenty thousand of them are one row of the store, not twenty thousand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from kb.fold import MENTIONED
from kb.queries.events import EVENT_FIELDS, _match, _parameters, _where, timeline, with_actors
from kb.queries.known import Horizon, world
from kb.queries.names import named
from kb.queries.views import EventFilter, EventView

if TYPE_CHECKING:
    from kb.store import Graph

_MOVABLE = ("deadline", "deadline_change")
"""Types of events that keep their identity when their day moves."""


@dataclass(frozen=True, eq=False)
class Marks:
    """Events by first day, last day and id, one place a column. Compared by identity: it may be large.

    `slips` holds, by event id, the days an event stood on before it was moved, oldest first.
    """

    id: tuple[str, ...]
    first_day: tuple[str, ...]
    last_day: tuple[str, ...]
    precision: tuple[str, ...]
    status: tuple[str, ...]
    type: tuple[str, ...]
    title: tuple[str, ...]
    slips: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    def __len__(self) -> int:
        return len(self.id)

    @cached_property
    def revision(self) -> str:
        """A digest of all of it: equal for equal events."""
        told = repr([getattr(self, field.name) for field in fields(self)])
        return sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


class LaneBy(StrEnum):
    """What the lanes of a timeline may stand for."""

    TYPE = "type"
    ACTOR = "actor"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Lane:
    """Events that belong together: those of one actor, say. An event may be in several."""

    name: str
    events: frozenset[str]


def marks(graph: Graph, wanted: EventFilter, *, limit: int = 20_000) -> Marks:
    """The events that pass the filter, about `limit` at most: of more, the months that come last."""
    if wanted.as_of is not None or wanted.recorded_by is not None:
        return marks_of(timeline(graph, wanted, limit=limit))
    columns = graph.read(
        f"""
        {_match(wanted)} {_where(wanted)} AND e.first_day >= $since
        RETURN collect(e.id) AS id, collect(e.first_day) AS first_day, collect(e.last_day) AS last_day,
               collect(e.precision) AS precision, collect(e.status) AS status, collect(e.type) AS type,
               collect(e.title) AS title
        """,
        since=_since(graph, wanted, limit),
        **_parameters(wanted),
    )[0]
    names = ("first_day", "last_day", "id", "precision", "status", "type", "title")
    rows = sorted(zip(*(columns[name] for name in names), strict=True))
    ordered = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(names, ())
    return Marks(**ordered, slips=_slips(graph, [row[2] for row in rows if row[5] in _MOVABLE]))


def marks_of(events: Iterable[EventView]) -> Marks:
    """Events that were read already, in their order."""
    found = tuple(events)
    names = [field.name for field in fields(Marks) if field.name != "slips"]
    return Marks(**{name: tuple(getattr(event, name) for event in found) for name in names})


def event_rows(graph: Graph, ids: Sequence[str]) -> list[EventView]:
    """The events of those ids, in that order; ids of no event are left out."""
    rows = graph.read(f"UNWIND $ids AS id MATCH (e:Event {{id: id}}) RETURN {EVENT_FIELDS}", ids=list(ids))
    found = {row["id"]: row for row in rows}
    return with_actors(graph, [found[id_] for id_ in ids if id_ in found])


def lanes(
    graph: Graph,
    by: LaneBy,
    *,
    entity: str | None = None,
    as_of: str | None = None,
    recorded_by: str | None = None,
    most: int = 8,
) -> tuple[Lane, ...]:
    """The actors or sources with most events (with `entity`, of those it is in), each with its events.

    Types need no question: every event knows its own.
    """
    horizon = Horizon(as_of, recorded_by)
    if not horizon.open:
        return _known_lanes(graph, by, horizon, entity, most)
    rows = graph.read(
        """
        MATCH (e:Event)-[i:INVOLVES]->(x:Entity)
        WHERE i.role <> $mentioned AND (
            $entity IS NULL OR (x.id <> $entity AND EXISTS { MATCH (e)-[:INVOLVES]->(:Entity {id: $entity}) }))
        WITH x, count(DISTINCT e) AS events ORDER BY events DESC, x.id LIMIT $most
        MATCH (e:Event)-[i:INVOLVES]->(x) WHERE i.role <> $mentioned
        RETURN x.name AS name, collect(DISTINCT e.id) AS ids
        """
        if by is LaneBy.ACTOR
        else """
        MATCH (s:Source)-[:PUBLISHED]->(:Article)-[:HAS_VERSION]->(:Version)-[:STATES]->(:Claim)-[:ABOUT]->(e:Event)
        WHERE $entity IS NULL OR EXISTS { MATCH (e)-[:INVOLVES]->(:Entity {id: $entity}) }
        WITH s, collect(DISTINCT e.id) AS ids ORDER BY size(ids) DESC, s.id LIMIT $most
        RETURN s.name AS name, ids
        """,
        entity=entity,
        mentioned=MENTIONED,
        most=most,
    )
    found = [Lane(str(row["name"]), frozenset(row["ids"])) for row in rows]
    return tuple(sorted(found, key=lambda lane: (-len(lane.events), lane.name)))


def _known_lanes(graph: Graph, by: LaneBy, horizon: Horizon, entity: str | None, most: int) -> tuple[Lane, ...]:
    """The same as it was known: who acts, or who reports, in the events of that world."""
    known = world(graph, horizon)
    events = [event for event in known.events if entity is None or entity in {id_ for _, id_ in event.actors}]
    belonging: dict[str, set[str]] = {}
    for event in events:
        if by is LaneBy.ACTOR:
            ids = {id_ for role, id_ in event.actors if role != MENTIONED and id_ != entity}
        else:
            ids = {source for claim in event.claims if (source := known.claims[claim].source)}
        for id_ in ids:
            belonging.setdefault(id_, set()).add(event.id)
    first = sorted(belonging, key=lambda id_: (-len(belonging[id_]), id_))[:most]
    if by is LaneBy.ACTOR:
        names = {id_: view.name for id_, view in named(graph, first, horizon).items()}
    else:
        rows = graph.read("UNWIND $ids AS id MATCH (s:Source {id: id}) RETURN s.id AS id, s.name AS name", ids=first)
        names = {row["id"]: row["name"] for row in rows}
    found = [Lane(names[id_], frozenset(belonging[id_])) for id_ in first if id_ in names]
    return tuple(sorted(found, key=lambda lane: (-len(lane.events), lane.name)))


def _since(graph: Graph, wanted: EventFilter, limit: int) -> str:
    """The month from which on `limit` events or fewer begin; sorting a hundred thousand would take seconds."""
    rows = graph.read(
        f"{_match(wanted)} {_where(wanted)} RETURN left(e.first_day, 7) AS month, count(e) AS events",
        **_parameters(wanted),
    )
    since = ""
    for row in sorted(rows, key=lambda row: str(row["month"]), reverse=True):
        limit -= row["events"]
        if limit < 0:
            return since or f"{row['month']}"
        since = row["month"]
    return ""


def _slips(graph: Graph, ids: list[str]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    rows = graph.read(
        """
        UNWIND $ids AS id
        MATCH (e:Event {id: id})-[:HAS_REVISION]->(r:Revision)
        WHERE r.first_day <> e.first_day
        RETURN id, r.seq AS seq, r.first_day AS first_day, r.last_day AS last_day
        """,
        ids=ids,
    )
    steps: dict[str, dict[tuple[str, str], int]] = {}
    for row in sorted(rows, key=lambda row: (row["id"], row["seq"])):
        steps.setdefault(row["id"], {}).setdefault((row["first_day"], row["last_day"]), row["seq"])
    return tuple((id_, tuple(days)) for id_, days in steps.items())
