"""Two days side by side: what the articles published between them changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from kb.queries.events import timeline
from kb.queries.views import EventFilter, EventView

if TYPE_CHECKING:
    from kb.store import Graph


class Change(StrEnum):
    """What became of an event from one day to another."""

    ADDED = "added"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Difference:
    """One event that is not as it was. An added one has no `before`, one that is gone no `after`."""

    change: Change
    before: EventView | None
    after: EventView | None

    @property
    def event(self) -> EventView:
        """The event as it is or, if it is gone, as it was."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of them is there, as `compare` makes them
        return found


def changes(graph: Graph, wanted: EventFilter, *, since: str, limit: int = 20_000) -> tuple[Difference, ...]:
    """What of the events that pass the filter is new on its day `as_of` (else today) against what was known on `since`.

    A status that is asked for may be that before or that after.
    """
    anyhow = replace(wanted, statuses=())
    found = compare(timeline(graph, replace(anyhow, as_of=since), limit=limit), timeline(graph, anyhow, limit=limit))
    asked = set(wanted.statuses)
    return tuple(one for one in found if not asked or asked & {view.status for view in (one.before, one.after) if view})


def compare(before: Iterable[EventView], after: Iterable[EventView]) -> tuple[Difference, ...]:
    """The events that differ in days or status, in order of time. New sources alone are no change."""
    old = {event.id: event for event in before}
    new = {event.id: event for event in after}
    found = [
        Difference(change, old.get(id_), new.get(id_))
        for id_ in old.keys() | new.keys()
        if (change := _change(old.get(id_), new.get(id_)))
    ]
    return tuple(sorted(found, key=lambda one: (one.event.first_day, one.event.last_day, one.event.id)))


def _change(before: EventView | None, after: EventView | None) -> Change | None:
    if before is None:
        return Change.ADDED
    if after is None:
        return Change.GONE
    if (before.first_day, before.last_day) != (after.first_day, after.last_day):
        return Change.MOVED
    return Change.CHANGED if before.status != after.status else None
