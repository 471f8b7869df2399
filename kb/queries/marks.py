"""Events as the columns a picture needs: twenty thousand of them are one row of the store, not twenty thousand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING

from kb.fold import MENTIONED
from kb.queries.events import EVENT_FIELDS, events_of_entity, timeline, with_actors
from kb.queries.known import Horizon, world
from kb.queries.names import named
from kb.queries.table import Days, event_table
from kb.queries.views import EventFilter, EventView

if TYPE_CHECKING:
    from kb.store import Graph


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
    slips: tuple[tuple[str, Days], ...] = ()

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
    """The events that pass the filter, at most `limit`: of more, those that begin last."""
    if wanted.as_of is not None or wanted.recorded_by is not None:
        return marks_of(timeline(graph, wanted, limit=limit))
    table = event_table(graph)
    places = table.places(wanted, events_of_entity(graph, wanted.entity) if wanted.entity else None)[-limit:]
    rows = table.rows(places)
    slips = tuple((id_, table.slips[id_]) for id_ in rows["id"] if id_ in table.slips)
    return Marks(**rows, slips=slips)


def marks_of(events: Iterable[EventView], slips: Mapping[str, Days] = MappingProxyType({})) -> Marks:
    """Events that were read already, in their order; `slips` as `kb.queries.slips_of` gives them."""
    found = tuple(events)
    names = [field.name for field in fields(Marks) if field.name != "slips"]
    columns = {name: tuple(getattr(event, name) for event in found) for name in names}
    return Marks(**columns, slips=tuple((id_, slips[id_]) for id_ in columns["id"] if id_ in slips))


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
        MATCH (s:Source)-[:PUBLISHED]->(:Article)-[:HAS_VERSION]->(:Version)-[:STATES]->(c:Claim)-[:ABOUT]->(e:Event)
        WHERE c.first_day IS NOT NULL AND (
            $entity IS NULL OR EXISTS { MATCH (e)-[:INVOLVES]->(:Entity {id: $entity}) })
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
