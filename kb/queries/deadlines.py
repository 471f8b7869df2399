"""The deadline ledger: every deadline with its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kb.fold.ledger import Change, Step, due_of, state_of
from kb.queries.claims import claims_by_id, claims_now
from kb.queries.events import threads_of_event
from kb.queries.known import Horizon, World, world
from kb.queries.names import actor_views, named
from kb.queries.past import past
from kb.queries.views import ClaimView, DeadlineView, StepView

if TYPE_CHECKING:
    from kb.store import Graph

LEDGERED = ("deadline", "law_effective")
"""Types of the events that have a ledger: all deadlines, and what takes effect on a day that was moved."""
_AT_ONCE = 1000

_STEPS = """
MATCH (e)-[:HAS_STEP]->(s:DeadlineStep)-[:BECAUSE_OF]->(c:Claim)
RETURN e.id AS event, e.type AS type, e.title AS title, s.seq AS seq, s.change AS change, s.due AS due,
       s.known_on AS known_on, s.by AS by, s.slippage AS slippage, c.id AS claim
"""
"""Ends a statement that has matched events `e`: the steps of their ledgers."""

# Those of all deadlines that run out on a day or later, {…}.
_STEPS_SINCE = f"MATCH (e:Event) WHERE e.due >= $since {_STEPS}"

# Those of these events, {…}.
_STEPS_OF = f"UNWIND $ids AS id MATCH (e:Event {{id: id}}) {_STEPS}"

# Events that an entity, of one of these ids, is in: {id}.
_EVENTS_OF = "UNWIND $ids AS id MATCH (:Entity {id: id})<-[:INVOLVES]-(e:Event) RETURN DISTINCT e.id AS id"

# Who takes part in these events: {event, role, entity}.
_ACTORS = """
UNWIND $ids AS id
MATCH (:Event {id: id})-[i:INVOLVES]->(x:Entity)
RETURN id AS event, i.role AS role, x.id AS entity
"""

# What these claims are about, and the articles they are copied from: {claim, event, origin}.
_ABOUT = """
UNWIND $ids AS id
MATCH (c:Claim {id: id})<-[:STATES]-(:Version)<-[:HAS_VERSION]-(a:Article)
OPTIONAL MATCH (c)-[:ABOUT]->(e:Event)
RETURN id AS claim, e.id AS event, coalesce(a.origin, a.id) AS origin
"""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A ledger as the fold kept it."""

    event: str
    type: str
    title: str
    actors: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """Ledgers: those that stand in the graph, and those that were folded again, with the world of these."""

    stands: Collection[_Kept]
    again: Collection[_Kept] = ()
    world: World | None = None


def deadlines(
    graph: Graph,
    *,
    today: str,
    entity: str | None = None,
    since: str | None = None,
    events: frozenset[str] | None = None,
    as_of: str | None = None,
    recorded_by: str | None = None,
) -> tuple[DeadlineView, ...]:
    """All deadlines with their histories, by due day: what was set, moved, met or let pass, and who said so when.

    Days on which laws take effect are among them, as far as somebody moved them or would.

    `today` (ISO) decides which open ones have passed; the earlier of it and `as_of` counts. `entity`: only those that
    involve it (a canonical id). `since`: only those that run out on that day (ISO) or later. `events`: only those of
    these ids.
    """
    horizon = Horizon(as_of, recorded_by)
    first = since or "0001-01-01"
    if not horizon.open:
        found = _within(graph, horizon, first, events)
    elif events is not None:
        found = _Found(_read(graph, _rows_of(graph, events)))
    elif entity:
        ids = [row["id"] for row in graph.read(_EVENTS_OF, ids=[entity])]
        found = _Found(_read(graph, _rows_of(graph, ids)))
    else:
        found = _Found(_read(graph, graph.read(_STEPS_SINCE, since=first)))
    views = _views(graph, found, horizon, today=min(today, as_of or today), entity=entity)
    return tuple(view for view in views if view.due >= first)


def ledgers_of(
    graph: Graph, events: Collection[str], *, today: str, as_of: str | None = None, recorded_by: str | None = None
) -> dict[str, DeadlineView]:
    """The ledgers of those of these events that are deadlines."""
    horizon = Horizon(as_of, recorded_by)
    if horizon.open:
        found = _Found(_read(graph, _rows_of(graph, events)))
    else:
        threads = {thread for event in events for thread in threads_of_event(graph, event)}
        known = world(graph, horizon, threads=sorted(threads))
        found = _Found((), _again(known), known)
    views = _views(graph, found, horizon, today=min(today, as_of or today))
    return {view.event: view for view in views if view.event in events}


def deadline_of(
    graph: Graph, event: str, *, today: str, as_of: str | None = None, recorded_by: str | None = None
) -> DeadlineView | None:
    """The ledger of one event, or None if it is no deadline."""
    return ledgers_of(graph, [event], today=today, as_of=as_of, recorded_by=recorded_by).get(event)


def _rows_of(graph: Graph, events: Iterable[str]) -> list[dict[str, Any]]:
    ids = sorted(events)
    some = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
    return [row for batch in some for row in graph.read(_STEPS_OF, ids=batch)]


def _read(graph: Graph, rows: Iterable[dict[str, Any]]) -> list[_Kept]:
    """The ledgers of these rows, as they stand in the graph."""
    steps: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        steps[row["event"], row["type"], row["title"]].append(row)
    actors: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in graph.read(_ACTORS, ids=sorted(event for event, *_ in steps)):
        actors[row["event"]].add((row["role"], row["entity"]))
    return [
        _Kept(event, type_, title, tuple(sorted(actors[event])), _steps(told))
        for (event, type_, title), told in steps.items()
    ]


def _steps(rows: Iterable[dict[str, Any]]) -> tuple[Step, ...]:
    return tuple(
        Step(Change(row["change"]), row["due"], row["known_on"], row["by"], row["slippage"], row["claim"])
        for row in sorted(rows, key=lambda row: row["seq"])
    )


def _within(graph: Graph, horizon: Horizon, since: str, events: frozenset[str] | None) -> _Found:
    """All ledgers, or those of some events, as they were known; of those that stand since then, the ones that run out
    on a day or later.
    """
    known = past(graph, horizon)
    standing, again = known.standing, _again(known.world)
    if events is not None:
        rows = _rows_of(graph, standing & events)
        again = [one for one in again if one.event in events]
    else:
        rows = graph.read(_STEPS_SINCE, since=since) if standing else []
    return _Found(_read(graph, [row for row in rows if row["event"] in standing]), again, known.world)


def _again(known: World) -> list[_Kept]:
    """The ledgers of what was folded again."""
    return [
        _Kept(event.id, event.type, event.title, event.actors, known.ledgers[event.id])
        for event in known.events
        if event.id in known.ledgers
    ]


def _views(
    graph: Graph, found: _Found, horizon: Horizon, *, today: str, entity: str | None = None
) -> tuple[DeadlineView, ...]:
    stands, again = (
        [one for one in some if entity is None or any(id_ == entity for _, id_ in one.actors)]
        for some in (found.stands, found.again)
    )
    kept = [*stands, *again]
    named_in = {id_ for one in kept for _, id_ in one.actors} | {s.by for one in kept for s in one.steps if s.by}
    names = named(graph, named_in, horizon)
    claims = claims_now(graph, _claims_of(stands)) if stands else {}
    if found.world:
        origins = {id_: found.world.claim(id_).origin for id_ in _claims_of(again)}
        claims |= claims_by_id(graph, origins, event_of=found.world.event_of, origin_of=origins)
    return tuple(
        DeadlineView(
            event=one.event,
            type=one.type,
            title=one.title,
            due=due_of(one.steps),
            state=state_of(one.steps, today=today),
            slippage=one.steps[-1].slippage,
            actors=actor_views(one.actors, names),
            steps=tuple(_step(step, names[step.by].name if step.by in names else None, claims) for step in one.steps),
        )
        for one in sorted(kept, key=lambda one: (due_of(one.steps), one.event))
    )


def _claims_of(kept: Iterable[_Kept]) -> set[str]:
    return {step.claim for one in kept for step in one.steps}


def _step(step: Step, by: str | None, claims: Mapping[str, ClaimView]) -> StepView:
    return StepView(step.change.value, step.due, step.known_on, by, step.slippage, claims[step.claim])
