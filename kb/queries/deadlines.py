"""The deadline ledger, and what should have happened by now."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kb.fold.ledger import Entry, keep_ledgers
from kb.queries.claims import claims_by_id
from kb.queries.events import EVENT_FIELDS, event_views, with_actors
from kb.queries.known import Horizon, World, world
from kb.queries.names import Named, actor_views, named
from kb.queries.views import ClaimView, DeadlineView, OverdueView, StepView
from kb.timevalue import parse_day

if TYPE_CHECKING:
    from kb.store import Graph

_DEADLINE = "deadline"
_OPEN = ("open", "passed")
"""States of a deadline of which nobody has told what became of it."""

# Threads of claims that speak of deadlines: {thread}.
_THREADS = """
MATCH (c:Claim {of_deadlines: true})
WHERE c.thread IS NOT NULL
RETURN DISTINCT c.thread AS thread
"""

# Threads of claims about these events: {thread}.
_THREADS_OF = """
UNWIND $ids AS id
MATCH (:Event {id: id})<-[:ABOUT]-(c:Claim)
WHERE c.thread IS NOT NULL
RETURN DISTINCT c.thread AS thread
"""

# Threads of claims of the articles that tell of these threads: {thread}.
_THREADS_BESIDE = """
UNWIND $threads AS thread
MATCH (:Claim {thread: thread})<-[:STATES]-(:Version)-[:STATES]->(c:Claim)
WHERE c.thread IS NOT NULL
RETURN DISTINCT c.thread AS thread
"""


def deadlines(
    graph: Graph,
    *,
    today: str,
    entity: str | None = None,
    as_of: str | None = None,
    recorded_by: str | None = None,
) -> tuple[DeadlineView, ...]:
    """All deadlines with their histories, by due day: what was set, moved, met or let pass, and who said so when.

    `today` (ISO) decides which open ones have passed; the earlier of it and `as_of` counts. `entity`: only those that
    involve it (a canonical id).
    """
    horizon = Horizon(as_of, recorded_by)
    known = world(graph, horizon, threads=_threads(graph))
    entries = keep_ledgers(known.claims.values(), known.events, today=min(today, as_of or today))
    if entity is not None:
        entries = [entry for entry in entries if any(id_ == entity for _, id_ in entry.actors)]
    return _views(graph, entries, known, horizon)


def deadline_of(
    graph: Graph, event: str, *, today: str, as_of: str | None = None, recorded_by: str | None = None
) -> DeadlineView | None:
    """The ledger of one event, or None if it is no deadline.

    Read with what its articles tell, and the articles beside them that tell of the same: a story, not the whole graph.
    """
    horizon = Horizon(as_of, recorded_by)
    known, entries = _ledgers_of(graph, [event], horizon, min(today, as_of or today))
    return next(iter(_views(graph, [entry for entry in entries if entry.event == event], known, horizon)), None)


def _ledgers_of(graph: Graph, events: Collection[str], horizon: Horizon, today: str) -> tuple[World, list[Entry]]:
    own = [row["thread"] for row in graph.read(_THREADS_OF, ids=sorted(events))]
    known = world(graph, horizon, threads=_with_those_beside(graph, _with_those_beside(graph, own)))
    return known, list(keep_ledgers(known.claims.values(), known.events, today=today))


def overdue(
    graph: Graph, *, today: str, as_of: str | None = None, recorded_by: str | None = None, limit: int = 500
) -> tuple[OverdueView, ...]:
    """Did it happen? Events that were fixed for a day before `today` and of which nobody reported, the latest first.

    A later report takes an event off the list: of the event itself, that it was put off to another day, or of what
    became of a deadline, by its ledger.
    """
    horizon = Horizon(as_of, recorded_by)
    if horizon.open:
        rows = graph.read(
            f"""
            MATCH (e:Event)
            WHERE e.status = 'scheduled' AND e.last_day < $today
            WITH e ORDER BY e.last_day DESC, e.id LIMIT $limit
            RETURN {EVENT_FIELDS} ORDER BY e.last_day DESC, e.id
            """,
            today=today,
            limit=limit,
        )
        views = with_actors(graph, rows)
    else:
        known = world(graph, horizon)
        late = [event for event in known.events if event.status == "scheduled" and event.last_day < today]
        late = sorted(late, key=lambda event: event.id)
        views = event_views(graph, sorted(late, key=lambda event: event.last_day, reverse=True)[:limit], horizon)
    due = [view.id for view in views if view.type == _DEADLINE]
    _, entries = _ledgers_of(graph, due, horizon, min(today, as_of or today))
    settled = {entry.event for entry in entries if entry.state not in _OPEN}
    late_by = ((view, (parse_day(today) - parse_day(view.last_day)).days) for view in views)
    return tuple(OverdueView(view, days) for view, days in late_by if view.id not in settled)


def _threads(graph: Graph) -> list[str]:
    """Threads that tell of deadlines, and what their articles tell besides: who moved one, and whether it was met."""
    return _with_those_beside(graph, [row["thread"] for row in graph.read(_THREADS)])


def _with_those_beside(graph: Graph, threads: list[str]) -> list[str]:
    return sorted({*threads, *(row["thread"] for row in graph.read(_THREADS_BESIDE, threads=threads))})


def _views(graph: Graph, entries: Collection[Entry], known: World, horizon: Horizon) -> tuple[DeadlineView, ...]:
    names = named(graph, {id_ for entry in entries for id_ in _named_in(entry)}, horizon)
    claims = claims_by_id(
        graph,
        {step.claim for entry in entries for step in entry.steps},
        event_of=known.event_of,
        origin_of={claim.id: claim.origin for claim in known.claims.values()},
    )
    return tuple(_view(entry, names, claims) for entry in entries)


def _named_in(entry: Entry) -> set[str]:
    return {*(id_ for _, id_ in entry.actors), *(step.by for step in entry.steps if step.by)}


def _view(entry: Entry, names: dict[str, Named], claims: dict[str, ClaimView]) -> DeadlineView:
    return DeadlineView(
        event=entry.event,
        title=entry.title,
        due=entry.due,
        state=entry.state,
        slippage=entry.steps[-1].slippage,
        actors=actor_views(entry.actors, names),
        steps=tuple(
            StepView(
                step.change.value,
                step.due,
                step.known_on,
                names[step.by].name if step.by in names else None,
                step.slippage,
                claims[step.claim],
            )
            for step in entry.steps
        ),
    )
