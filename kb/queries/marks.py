"""Events as the columns a picture needs: twenty thousand of them are one row of the store, not twenty thousand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from kb.fold import MENTIONED, Event
from kb.queries.events import events_of_any, is_stated, past_views, places_of, rows_of, with_actors
from kb.queries.known import Horizon
from kb.queries.names import named
from kb.queries.past import Past, events_within, past
from kb.queries.table import Days, event_table, events_of
from kb.queries.views import EventFilter, EventView

if TYPE_CHECKING:
    from kb.store import Graph


# Who acts in which events now: {id, ids}.
_ACTING = """
MATCH (x:Entity)<-[i:INVOLVES]-(e:Event) WHERE i.role <> $mentioned
RETURN x.id AS id, collect(DISTINCT e.id) AS ids
"""

# Who reports which events now: {id, ids}.
_REPORTING = """
MATCH (s:Source)-[:PUBLISHED]->(:Article)-[:HAS_VERSION]->(:Version)-[:STATES]->(c:Claim)-[:ABOUT]->(e:Event)
WHERE c.first_day IS NOT NULL
RETURN s.id AS id, collect(DISTINCT e.id) AS ids
"""


@dataclass(frozen=True, eq=False)
class Marks:
    """Events by first day, last day and id, one place a column. Compared by identity: it may be large.

    `weight` is how much each weighs with a reader, by which the picture chooses whose names to show.
    `slips` holds, by event id, the days an event stood on before it was moved, oldest first.
    """

    id: tuple[str, ...]
    first_day: tuple[str, ...]
    last_day: tuple[str, ...]
    precision: tuple[str, ...]
    status: tuple[str, ...]
    type: tuple[str, ...]
    title: tuple[str, ...]
    weight: tuple[int, ...] = ()
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
    horizon = Horizon(wanted.as_of, wanted.recorded_by)
    if horizon.open and wanted.entity and is_stated(wanted) and event_table.kept(graph) is None:
        table = events_of(graph, wanted.entity)
        places = table.places(wanted)
    else:
        table = events_within(graph, horizon)
        places = places_of(graph, table, wanted)
    places = places[-limit:]
    rows = table.rows(places)
    slips = tuple((id_, table.slips[id_]) for id_ in rows["id"] if id_ in table.slips)
    return Marks(**rows, weight=tuple(table.weights[place] for place in places.tolist()), slips=slips)


def event_rows(
    graph: Graph, ids: Sequence[str], *, as_of: str | None = None, recorded_by: str | None = None
) -> list[EventView]:
    """The events of those ids, in that order, as they are or were known on a day; ids of no event are left out."""
    horizon = Horizon(as_of, recorded_by)
    if horizon.open:
        return with_actors(graph, rows_of(graph, ids))
    return past_views(graph, past(graph, horizon), ids, horizon)


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
        MATCH (x)<-[i:INVOLVES]-(e:Event) WHERE i.role <> $mentioned
        RETURN x.id AS id, x.name AS name, collect(DISTINCT e.id) AS ids
        """
        if by is LaneBy.ACTOR
        else """
        MATCH (s:Source)-[:PUBLISHED]->(:Article)-[:HAS_VERSION]->(:Version)-[:STATES]->(c:Claim)-[:ABOUT]->(e:Event)
        WHERE c.first_day IS NOT NULL AND (
            $entity IS NULL OR EXISTS { MATCH (e)-[:INVOLVES]->(:Entity {id: $entity}) })
        WITH s, collect(DISTINCT e.id) AS ids ORDER BY size(ids) DESC, s.id LIMIT $most
        RETURN s.id AS id, s.name AS name, ids
        """,
        entity=entity,
        mentioned=MENTIONED,
        most=most,
    )
    names = {row["id"]: str(row["name"]) for row in rows}
    if by is LaneBy.ACTOR:
        names |= {id_: view.name for id_, view in named(graph, names, horizon).items()}
    found = [Lane(names[row["id"]], frozenset(row["ids"])) for row in rows]
    return tuple(sorted(found, key=lambda lane: (-len(lane.events), lane.name)))


def _known_lanes(graph: Graph, by: LaneBy, horizon: Horizon, entity: str | None, most: int) -> tuple[Lane, ...]:
    """The same as it was known: who acts, or who reports, in the events of that day."""
    known = past(graph, horizon)
    within = events_of_any(graph, {entity}, horizon) if entity else None
    standing = known.standing if within is None else known.standing & within
    asked = _ACTING if by is LaneBy.ACTOR else _REPORTING
    belonging = {
        row["id"]: frozenset(standing.intersection(row["ids"])) for row in graph.read(asked, mentioned=MENTIONED)
    }
    for event in known.again.values():
        if within is None or event.id in within:
            for id_ in _belonging(event, by, known):
                belonging[id_] = belonging.get(id_, frozenset[str]()) | {event.id}
    belonging = {id_: events for id_, events in belonging.items() if events and id_ != entity}
    first = sorted(belonging, key=lambda id_: (-len(belonging[id_]), id_))[:most]
    if by is LaneBy.ACTOR:
        names = {id_: view.name for id_, view in named(graph, first, horizon).items()}
    else:
        rows = graph.read("UNWIND $ids AS id MATCH (s:Source {id: id}) RETURN s.id AS id, s.name AS name", ids=first)
        names = {row["id"]: row["name"] for row in rows}
    found = [Lane(names[id_], belonging[id_]) for id_ in first if id_ in names]
    return tuple(sorted(found, key=lambda lane: (-len(lane.events), lane.name)))


def _belonging(event: Event, by: LaneBy, known: Past) -> set[str]:
    """Ids of those who act in an event that was folded again, or report it."""
    if by is LaneBy.ACTOR:
        return {id_ for role, id_ in event.actors if role != MENTIONED}
    return {source for claim in event.claims if (source := known.world.claims[claim].source)}
