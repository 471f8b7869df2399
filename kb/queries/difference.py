"""What changed about the world between two days of knowing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.ids import first_claim_of
from kb.queries.events import event_views
from kb.queries.known import Horizon, world
from kb.queries.views import ChangeView, EventView

if TYPE_CHECKING:
    from kb.store import Graph


def difference(
    graph: Graph,
    before: str,
    after: str,
    *,
    entity: str | None = None,
    recorded: bool = False,
) -> tuple[ChangeView, ...]:
    """Events that were new, gone or different on day `after`, against day `before`, by first day.

    Both are days by which it was published, with `recorded` days by which this graph had been given it. An event that
    got another id, since an earlier report of it came, is still the same one.
    """
    then, now = (Horizon(recorded_by=day) if recorded else Horizon(as_of=day) for day in (before, after))
    old, new = (_events(graph, horizon, entity) for horizon in (then, now))
    event_of = world(graph, now).event_of
    followed = {event_of.get(first_claim_of(id_), id_): view for id_, view in old.items()}
    changes = [
        ChangeView(followed.get(id_), new.get(id_), what)
        for id_ in {*followed, *new}
        if (what := _what(followed.get(id_), new.get(id_)))
    ]
    return tuple(sorted(changes, key=_when))


def _events(graph: Graph, horizon: Horizon, entity: str | None) -> dict[str, EventView]:
    events = world(graph, horizon).events
    wanted = [e for e in events if entity is None or any(id_ == entity for _, id_ in e.actors)]
    return {view.id: view for view in event_views(graph, wanted, horizon)}


def _what(before: EventView | None, after: EventView | None) -> tuple[str, ...]:
    if before is None or after is None:
        return ("new",) if before is None else ("gone",)
    found = {
        "status": before.status != after.status,
        "days": (before.first_day, before.last_day) != (after.first_day, after.last_day),
        "title": before.title != after.title,
        "sources": before.sources != after.sources,
    }
    return tuple(name for name, changed in found.items() if changed)


def _when(change: ChangeView) -> tuple[str, str]:
    view = change.after or change.before
    return (view.first_day, view.id) if view else ("", "")
