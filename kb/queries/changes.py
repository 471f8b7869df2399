"""Two days side by side: what became known, or known otherwise, between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from kb.ids import first_claim_of
from kb.queries.events import successor, timeline
from kb.queries.known import Horizon, world
from kb.queries.views import EventFilter, EventView

if TYPE_CHECKING:
    from kb.store import Graph

# The events that claims are about now: {claim, event}.
_EVENTS_OF = "UNWIND $ids AS id MATCH (:Claim {id: id})-[:ABOUT]->(e:Event) RETURN id AS claim, e.id AS event"


class Change(StrEnum):
    """What became of an event from one day to another."""

    ADDED = "added"
    MOVED = "moved"
    CHANGED = "changed"
    """Its status."""
    GONE = "gone"
    RETOLD = "retold"
    """Only its title, or how many sources report it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One event that is not as it was. An added one has no `before`, one that is gone no `after`."""

    change: Change
    before: EventView | None
    after: EventView | None
    what: tuple[str, ...]
    """new, gone; else which of status, days, title and sources differ."""

    @property
    def event(self) -> EventView:
        """The event as it is or, if it is gone, as it was."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of them is there, as `compare` makes them
        return found


def changes(
    graph: Graph, wanted: EventFilter, *, since: str, recorded: bool = False, retold: bool = False, limit: int = 20_000
) -> tuple[Difference, ...]:
    """What of the events that pass the filter is new, gone or different against what was known on the day `since`.

    The later day is `wanted.as_of` (with `recorded`, `wanted.recorded_by`), else today. A status that is asked for may
    be that before or that after. `retold`: also where only titles or sources differ. An event that got another id,
    since an earlier report of it came, is still the same one.
    """
    anyhow = replace(wanted, statuses=())
    earlier = replace(anyhow, recorded_by=since) if recorded else replace(anyhow, as_of=since)
    old, new = timeline(graph, earlier, limit=limit), timeline(graph, anyhow, limit=limit)
    found = compare(_followed(graph, old, new, Horizon(wanted.as_of, wanted.recorded_by)), new)
    asked = set(wanted.statuses)
    return tuple(
        one
        for one in found
        if (retold or one.change is not Change.RETOLD)
        and (not asked or asked & {view.status for view in (one.before, one.after) if view})
    )


def compare(before: Iterable[EventView], after: Iterable[EventView]) -> tuple[Difference, ...]:
    """The events that differ, in order of time."""
    old = {event.id: event for event in before}
    new = {event.id: event for event in after}
    found = [one for id_ in old.keys() | new.keys() if (one := _difference(old.get(id_), new.get(id_)))]
    return tuple(sorted(found, key=lambda one: (one.event.first_day, one.event.last_day, one.event.id)))


def _followed(graph: Graph, old: Iterable[EventView], new: Iterable[EventView], now: Horizon) -> list[EventView]:
    """The earlier events under the ids that they have now; their own where that leads to none."""
    known = {event.id for event in new}
    lost = [event for event in old if event.id not in known]
    claims = {event.id: first_claim_of(event.id) for event in lost}
    event_of: Mapping[str, str]
    if now.open:
        rows = graph.read(_EVENTS_OF, ids=sorted(claims.values()))
        event_of = {row["claim"]: row["event"] for row in rows} | _led_on(graph, claims, {row["claim"] for row in rows})
    else:
        event_of = world(graph, now).event_of if lost else {}
    taken = {event.id for event in old if event.id in known}
    followed = []
    for event in old:
        id_ = event_of.get(claims.get(event.id, ""), event.id)
        follow = id_ in known and id_ not in taken
        followed.append(replace(event, id=id_) if follow else event)
        taken.add(followed[-1].id)
    return followed


def _led_on(graph: Graph, claims: Mapping[str, str], standing: Collection[str]) -> dict[str, str]:
    """Where the ids of events lead whose first claim no longer stands, by that claim."""
    found = {claim: successor(graph, id_) for id_, claim in claims.items() if claim not in standing}
    return {claim: on for claim, on in found.items() if on}


def _difference(before: EventView | None, after: EventView | None) -> Difference | None:
    if before is None:
        return Difference(Change.ADDED, None, after, ("new",))
    if after is None:
        return Difference(Change.GONE, before, None, ("gone",))
    differs = {
        "status": before.status != after.status,
        "days": (before.first_day, before.last_day) != (after.first_day, after.last_day),
        "title": before.title != after.title,
        "sources": before.sources != after.sources,
    }
    what = tuple(name for name, differ in differs.items() if differ)
    change = Change.MOVED if differs["days"] else Change.CHANGED if differs["status"] else Change.RETOLD
    return Difference(change, before, after, what) if what else None
