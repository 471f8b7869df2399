"""Timelines and events."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kb.fold import Event
from kb.fold.conflicts import Clash
from kb.ids import first_claim_of
from kb.queries.claims import claims_by_id, claims_now
from kb.queries.conflicts import conflict_views
from kb.queries.known import NOW, Horizon, World, world
from kb.queries.names import actor_views, called, named
from kb.queries.past import Past, past
from kb.queries.saying import events_saying
from kb.queries.standing import claims_about, clashes_of, in_order, revisions_of
from kb.queries.table import EventTable, LastUntilWritten, event_table
from kb.queries.views import ActorView, EventDetail, EventFilter, EventView, RevisionView, UndatedDetail

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from kb.store import Graph

EVENT_FIELDS = """
e.id AS id, e.type AS type, e.status AS status, e.title AS title, e.first_day AS first_day, e.last_day AS last_day,
e.precision AS precision, e.claims AS claims, e.sources AS sources, e.outlets AS outlets,
e.first_reported AS first_reported, e.last_reported AS last_reported, e.because AS because
"""

# The event that a claim is about now: {event, thread}.
_EVENT_OF_CLAIM = "MATCH (c:Claim {id: $id})-[:ABOUT]->(e:Event) RETURN e.id AS event, c.thread AS thread"

# Events that any of these entities is in: {ids}.
_EVENTS_OF = """
UNWIND $ids AS id
MATCH (:Entity {id: id})<-[:INVOLVES]-(e:Event)
RETURN collect(DISTINCT e.id) AS ids
"""

# Threads of the claims about an event: {thread}.
_THREADS_OF_EVENT = "MATCH (:Event {id: $id})<-[:ABOUT]-(c:Claim) RETURN DISTINCT c.thread AS thread"


def timeline(graph: Graph, wanted: EventFilter, *, limit: int = 500, latest: bool = False) -> list[EventView]:
    """Events that pass the filter by first day, last day and id, at most `limit` of them: the first or the `latest`."""
    horizon = _horizon(wanted)
    table = _at_hand(graph, wanted)
    if table:
        places = places_of(graph, table, wanted)
        ids = table.rows(places[-limit:] if latest else places[:limit])["id"]
        if horizon.open:
            return with_actors(graph, rows_of(graph, ids))
        return past_views(graph, past(graph, horizon), ids, horizon)
    back = " DESC" if latest else ""
    order = f"e.first_day{back}, e.last_day{back}, e.id{back}"
    rows = graph.read(
        f"{_match(wanted)} {_where(wanted)} WITH e ORDER BY {order} LIMIT $limit "
        f"RETURN {EVENT_FIELDS} ORDER BY e.first_day, e.last_day, e.id",
        limit=limit,
        **_parameters(wanted),
    )
    return with_actors(graph, rows)


def count_events(graph: Graph, wanted: EventFilter) -> int:
    """How many events pass the filter."""
    table = _at_hand(graph, wanted)
    if table:
        return len(places_of(graph, table, wanted))
    rows = graph.read(f"{_match(wanted)} {_where(wanted)} RETURN count(e) AS events", **_parameters(wanted))
    return int(rows[0]["events"])


def ids_of(graph: Graph, wanted: EventFilter) -> frozenset[str]:
    """The ids of all events that pass the filter."""
    horizon = _horizon(wanted)
    table = event_table(graph) if horizon.open else past(graph, horizon).table
    return frozenset(table.rows(places_of(graph, table, wanted))["id"])


def count_by_status(graph: Graph, wanted: EventFilter) -> dict[str, int]:
    """How many events of each status pass the rest of the filter, be they main ones or not."""
    anyhow = replace(wanted, statuses=(), main=None)
    table = _at_hand(graph, wanted)
    if table:
        return table.counts("status", places_of(graph, table, anyhow))
    rows = graph.read(
        f"{_match(anyhow)} {_where(anyhow)} RETURN e.status AS status, count(e) AS events", **_parameters(anyhow)
    )
    return {row["status"]: int(row["events"]) for row in rows}


def event(graph: Graph, id_: str, *, as_of: str | None = None, recorded_by: str | None = None) -> EventDetail | None:
    """An event with all claims about it, or None if there is no such event (or was none by that day).

    An id stays good when claims come that tell of the event earlier: it leads to the event its claim is about now. It
    stays good, too, when that claim's article is withdrawn or corrected, while others tell of the event.
    """
    horizon = Horizon(as_of, recorded_by)
    if horizon.open:
        return _standing(graph, id_)
    known = _world_around(graph, id_, horizon)
    found = known.event(id_) or known.event(known.event_of.get(first_claim_of(id_), ""))
    if found is None and (on := successor(graph, id_)):
        known = _world_around(graph, on, horizon)
        found = known.event(on)
    return in_full(graph, known, [found], horizon)[0] if found else None


def _standing(graph: Graph, id_: str) -> EventDetail | None:
    """The same as it is now, without folding anything: the thread of an event that is much in the news is long."""
    row = next((row for row in _led_to(graph, id_) if row["first_day"]), None)
    if row is None:
        return None
    (view,) = with_actors(graph, [row])
    told = claims_about(graph, [view.id]).get(view.id, ())
    revisions = revisions_of(graph, [view.id]).get(view.id, ())
    elsewhere = {step.claim for step in revisions if step.because}
    clashes = clashes_of(graph, [claim.id for claim in told])
    beside = claims_now(graph, elsewhere | {claim for clash in clashes for claim in (clash.one, clash.other)})
    return EventDetail(
        view,
        told,
        revisions,
        conflict_views(clashes, beside),
        tuple(beside[claim] for claim in sorted(elsewhere)),
        mentions=claims_about(graph, [view.id], undated=True).get(view.id, ()),
    )


def _led_to(graph: Graph, id_: str) -> Iterator[dict[str, Any]]:
    """The event of that id, that which its claim is about now, and that which it leads to, as far as there is one."""
    yield from rows_of(graph, [id_])
    yield from rows_of(graph, [row["event"] for row in graph.read(_EVENT_OF_CLAIM, id=first_claim_of(id_))])
    yield from rows_of(graph, [on] if (on := successor(graph, id_)) else [])


def in_full(graph: Graph, known: World, events: Sequence[Event], horizon: Horizon) -> list[EventDetail]:
    """Events of a world with all claims about them, in that order."""
    elsewhere = {event.id: sorted({step.claim for step in event.revisions if step.because}) for event in events}
    clashing = _clashing(known, events)
    wanted = {id_ for event in events for id_ in (*event.claims, *event.mentions, *elsewhere[event.id])}
    wanted |= {id_ for clashes in clashing.values() for clash in clashes for id_ in (clash.one, clash.other)}
    origins = {claim.id: claim.origin for claim in known.claims.values()}
    claims = claims_by_id(graph, wanted, event_of=known.event_of, origin_of=origins)
    return [
        EventDetail(
            view,
            in_order(claims[id_] for id_ in event.claims),
            tuple(
                RevisionView(r.seq, r.first_day, r.last_day, r.status.value, r.known_on, r.claim, r.because)
                for r in event.revisions
            ),
            conflict_views(clashing[event.id], claims),
            tuple(claims[id_] for id_ in elsewhere[event.id]),
            mentions=in_order(claims[id_] for id_ in event.mentions),
        )
        for event, view in zip(events, event_views(graph, events, horizon), strict=True)
    ]


def _clashing(known: World, events: Sequence[Event]) -> dict[str, list[Clash]]:
    """The clashes of each of these events' claims with whatever else, by event."""
    of = {claim: event.id for event in events for claim in event.claims}
    found: dict[str, list[Clash]] = {event.id: [] for event in events}
    for clash in known.clashes:
        for id_ in {of[claim] for claim in (clash.one, clash.other) if claim in of}:
            found[id_].append(clash)
    return found


def undated_event(
    graph: Graph, id_: str, *, as_of: str | None = None, recorded_by: str | None = None
) -> UndatedDetail | None:
    """An event of which no source gives the day, or None if there is no such event (or was none by that day)."""
    known = _world_around(graph, id_, Horizon(as_of, recorded_by))
    found = known.undated.get(id_) or known.undated.get(known.event_of.get(first_claim_of(id_), ""))
    if found is None:
        return None
    origins = {claim.id: claim.origin for claim in known.claims.values()}
    claims = claims_by_id(graph, set(found.mentions), event_of=known.event_of, origin_of=origins)
    return UndatedDetail(
        id=found.id,
        type=found.type,
        status=found.status.value,
        title=found.title,
        mentions=tuple(claims[mention] for mention in found.mentions),
        sources=found.sources,
        outlets=found.outlets,
        first_reported=found.first_reported,
        last_reported=found.last_reported,
        because=found.because,
    )


def successor(graph: Graph, id_: str) -> str | None:
    """The event that an id leads to now that no event has; None if what it told of is told no more."""
    from kb.store.successors import successor_of

    return successor_of(graph, id_)


def fate(graph: Graph, id_: str) -> str | None:
    """Why there is no event of that id any more, in words; None if there never was one."""
    from kb.store.judgements import fate_of

    return fate_of(graph.read, id_)


def event_views(graph: Graph, events: Collection[Event], horizon: Horizon) -> list[EventView]:
    """Folded events as views, in the same order, with names as they were known."""
    names = named(graph, {entity for event in events for _, entity in event.actors}, horizon)
    return [
        EventView(
            id=event.id,
            type=event.type,
            status=event.status.value,
            title=event.title,
            first_day=event.first_day,
            last_day=event.last_day,
            precision=event.precision,
            claims=len(event.claims),
            sources=event.sources,
            outlets=event.outlets,
            first_reported=event.first_reported,
            last_reported=event.last_reported,
            actors=actor_views(event.actors, names),
            because=event.because,
        )
        for event in events
    ]


def past_views(graph: Graph, known: Past, ids: Collection[str], horizon: Horizon) -> list[EventView]:
    """The events of these ids as they were known, in that order."""
    again = [known.again[id_] for id_ in ids if id_ in known.again]
    standing = rows_of(graph, [id_ for id_ in ids if id_ not in known.again])
    views = [*event_views(graph, again, horizon), *with_actors(graph, standing, horizon)]
    found = {view.id: view for view in views}
    return [found[id_] for id_ in ids if id_ in found]


def rows_of(graph: Graph, ids: Collection[str]) -> list[dict[str, Any]]:
    """`EVENT_FIELDS` of the events of these ids, in that order; ids of no event are left out."""
    told = graph.read(f"UNWIND $ids AS id MATCH (e:Event {{id: id}}) RETURN {EVENT_FIELDS}", ids=list(ids))
    found = {row["id"]: row for row in told}
    return [found[id_] for id_ in ids if id_ in found]


def with_actors(graph: Graph, rows: list[dict[str, Any]], horizon: Horizon = NOW) -> list[EventView]:
    """Rows with `EVENT_FIELDS` as views, in the same order, each with its actors as they were called."""
    found = graph.read(
        """
        UNWIND $ids AS id
        MATCH (e:Event {id: id})-[i:INVOLVES]->(x:Entity)
        RETURN id AS event, i.role AS role, x.id AS id
        """,
        ids=[row["id"] for row in rows],
    )
    names = named(graph, {row["id"] for row in found}, horizon)
    actors: dict[str, list[tuple[str, str]]] = {}
    for row in found:
        actors.setdefault(row["event"], []).append((row["role"], row["id"]))
    return [_view(row, actor_views(actors.get(row["id"], ()), names)) for row in rows]


def threads_of_entity(graph: Graph, entity: str) -> tuple[str, ...]:
    """Threads of the claims that name an entity, by its canonical id."""
    rows = graph.read(
        """
        UNWIND $ids AS id
        MATCH (:Entity {id: id})<-[:INVOLVES]-(c:Claim)
        WHERE c.thread IS NOT NULL
        RETURN DISTINCT c.thread AS thread
        """,
        ids=members_of(graph, entity),
    )
    return tuple(sorted({row["thread"] for row in rows}))


def members_of(graph: Graph, entity: str) -> list[str]:
    """Ids that are one with this canonical one, itself included."""
    return [
        entity,
        *(row["id"] for row in graph.read("MATCH (e:Entity {canonical: $id}) RETURN e.id AS id", id=entity)),
    ]


def places_of(graph: Graph, table: EventTable, wanted: EventFilter) -> npt.NDArray[np.intp]:
    """Which rows of the table, which is as of the filter's horizon, pass the filter."""
    horizon = _horizon(wanted)
    among = wanted.events
    if wanted.entity:
        involving = events_of_any(graph, {wanted.entity}, horizon)
        among = involving if among is None else among & involving
    having = _having(graph, (wanted.words, horizon)) if wanted.words else ()
    return table.places(wanted, among, having)


def _find_having(graph: Graph, asked: tuple[tuple[str, ...], Horizon]) -> list[frozenset[str]]:
    """For each word the ids of the events with it in a name or in a quote, as far as was known."""
    words, horizon = asked
    naming = [events_of_any(graph, called(graph, word, horizon), horizon) for word in words]
    return [named | said for named, said in zip(naming, events_saying(graph, words, horizon), strict=True)]


_having = LastUntilWritten(_find_having, most=4)


def events_of_any(graph: Graph, entities: Set[str], horizon: Horizon) -> frozenset[str]:
    """Ids of the events that any of these canonical entities is in, or was known to be in."""
    rows = graph.read(_EVENTS_OF, ids=sorted(entities)) if entities else []
    now = frozenset(id_ for row in rows for id_ in row["ids"])
    if horizon.open:
        return now
    again = past(graph, horizon).again
    return (now - again.keys()) | {
        event.id for event in again.values() if not entities.isdisjoint(entity for _, entity in event.actors)
    }


def _view(row: dict[str, Any], actors: tuple[ActorView, ...]) -> EventView:
    because, outlets = tuple(row["because"] or ()), row["outlets"] or 0
    return EventView(**{**row, "because": because, "outlets": outlets}, actors=actors)


def threads_of_event(graph: Graph, id_: str) -> list[str]:
    """The event's thread, as far as is known which one that is."""
    rows = graph.read(_THREADS_OF_EVENT, id=id_) or graph.read(_EVENT_OF_CLAIM, id=first_claim_of(id_))
    return [row["thread"] for row in rows]


def _world_around(graph: Graph, id_: str, horizon: Horizon) -> World:
    return world(graph, horizon, threads=threads_of_event(graph, id_))


def _horizon(wanted: EventFilter) -> Horizon:
    return Horizon(wanted.as_of, wanted.recorded_by)


def _at_hand(graph: Graph, wanted: EventFilter) -> EventTable | None:
    """The events as columns, if they were read already or have to be for what is asked."""
    horizon = _horizon(wanted)
    if not horizon.open:
        return past(graph, horizon).table
    return event_table.kept(graph) if is_stated(wanted) else event_table(graph)


def is_stated(wanted: EventFilter) -> bool:
    """Whether a statement can find what passes the filter, without the table of all events."""
    return wanted.events is None and wanted.main is None and not wanted.words


def _match(wanted: EventFilter) -> str:
    """Finds events `e`, from the entity's side if there is one: patterns are searched from their left end."""
    if wanted.entity:
        return "MATCH (:Entity {id: $entity})<-[:INVOLVES]-(found:Event) WITH DISTINCT found AS e"
    return "MATCH (e:Event)"


def _where(wanted: EventFilter) -> str:
    conditions = ["e.first_day IS NOT NULL"]
    if wanted.first:
        conditions.append("e.last_day >= $first")
    if wanted.last:
        conditions.append("e.first_day <= $last")
    if wanted.types:
        conditions.append("e.type IN $types")
    if wanted.statuses:
        conditions.append("e.status IN $statuses")
    return "WHERE " + " AND ".join(conditions)


def _parameters(wanted: EventFilter) -> dict[str, Any]:
    return {
        "first": wanted.first,
        "last": wanted.last,
        "types": list(wanted.types),
        "statuses": list(wanted.statuses),
        "entity": wanted.entity,
    }
