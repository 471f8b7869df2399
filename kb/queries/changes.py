"""Two days side by side: what became known, or known otherwise, between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from kb.ids import first_claim_of
from kb.queries.events import places_of, successor, timeline
from kb.queries.known import Horizon
from kb.queries.marks import event_rows
from kb.queries.past import events_within, past
from kb.queries.views import EventFilter, EventView

if TYPE_CHECKING:
    from kb.store import Graph

_NEVER = "~"
"""After every day."""

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
    anyhow = replace(wanted, statuses=(), main=None)  # what is among the main ones changes with every report
    earlier = replace(anyhow, recorded_by=since) if recorded else replace(anyhow, as_of=since)
    old, new = _that_differ(graph, earlier, anyhow, limit)
    found = compare(_followed(graph, old, new, Horizon(wanted.as_of, wanted.recorded_by)), new)
    asked = set(wanted.statuses)
    return tuple(
        one
        for one in found
        if (retold or one.change is not Change.RETOLD)
        and (not asked or asked & {view.status for view in (one.before, one.after) if view})
    )


def _that_differ(
    graph: Graph, earlier: EventFilter, later: EventFilter, limit: int
) -> tuple[list[EventView], list[EventView]]:
    """The events before and after; those that stand since before are the same in both, and left out."""
    ending = later.as_of or _NEVER
    if earlier.as_of is None or earlier.recorded_by or later.recorded_by or earlier.as_of > ending:
        return timeline(graph, earlier, limit=limit), timeline(graph, later, limit=limit)
    before = past(graph, Horizon(earlier.as_of))
    return (
        _views(graph, earlier, frozenset(before.again), limit),
        _views(graph, later, before.standing, limit, without=True),
    )


def _views(
    graph: Graph, wanted: EventFilter, ids: frozenset[str], limit: int, *, without: bool = False
) -> list[EventView]:
    """The events that pass the filter and are among `ids`, or are none of them."""
    horizon = Horizon(wanted.as_of, wanted.recorded_by)
    table = events_within(graph, horizon)
    passing = table.rows(places_of(graph, table, wanted))["id"]
    found = [id_ for id_ in passing if (id_ in ids) != without][:limit]
    return event_rows(graph, found, as_of=wanted.as_of)


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
    rows = graph.read(_EVENTS_OF, ids=sorted(claims.values())) if lost else []
    event_of = {row["claim"]: row["event"] for row in rows}
    if now.open:
        event_of |= _led_on(graph, claims, event_of.keys())
    elif lost:
        event_of |= past(graph, now).world.event_of
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
