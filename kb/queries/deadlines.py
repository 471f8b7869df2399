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

# Threads of claims that speak of deadlines: {thread}.
_THREADS = """
MATCH (c:Claim {of_deadlines: true})
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


def overdue(
    graph: Graph, *, today: str, as_of: str | None = None, recorded_by: str | None = None, limit: int = 500
) -> tuple[OverdueView, ...]:
    """Did it happen? Events that were fixed for a day before `today` and of which nobody reported, the latest first.

    A later report takes an event off the list: of the event itself, or that it was put off to another day.
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
    return tuple(OverdueView(view, (parse_day(today) - parse_day(view.last_day)).days) for view in views)


def _threads(graph: Graph) -> list[str]:
    """Threads that tell of deadlines, and what their articles tell besides: who moved one, and whether it was met."""
    own = [row["thread"] for row in graph.read(_THREADS)]
    return sorted({*own, *(row["thread"] for row in graph.read(_THREADS_BESIDE, threads=own))})


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
