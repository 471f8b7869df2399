"""Events in full, many at once: what exports are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kb.queries.deadlines import LEDGERED, ledgers_of
from kb.queries.events import in_full, timeline
from kb.queries.known import Horizon
from kb.queries.past import past
from kb.queries.standing import claims_about, revisions_of
from kb.queries.views import EventDetail, EventFilter, EventView

if TYPE_CHECKING:
    from kb.store import Graph

_AT_ONCE = 500


def details(
    graph: Graph, wanted: EventFilter, *, limit: int = 100_000, today: str | None = None
) -> Iterator[EventDetail]:
    """The events that pass the filter, each with its claims and revisions, in order of time.

    With a day (ISO) that is `today`, deadlines come with their ledgers, in which more may have moved them than the
    claims about themselves.
    """
    events = timeline(graph, wanted, limit=limit)
    found = _each(graph, wanted, events)
    if today is None:
        return found
    due = [view.id for view in events if view.type in LEDGERED]
    ledger = ledgers_of(graph, due, today=today, as_of=wanted.as_of, recorded_by=wanted.recorded_by)
    return (replace(detail, deadline=ledger.get(detail.event.id)) for detail in found)


def _each(graph: Graph, wanted: EventFilter, events: Sequence[EventView]) -> Iterator[EventDetail]:
    if wanted.as_of is not None or wanted.recorded_by is not None:
        yield from _each_then(graph, wanted, events)
        return
    for start in range(0, len(events), _AT_ONCE):
        yield from _in_full(graph, events[start : start + _AT_ONCE])


def _each_then(graph: Graph, wanted: EventFilter, events: Sequence[EventView]) -> Iterator[EventDetail]:
    """The same as it was known: what stands since then, and what was folded again."""
    horizon = Horizon(wanted.as_of, wanted.recorded_by)
    known = past(graph, horizon)
    for start in range(0, len(events), _AT_ONCE):
        some = events[start : start + _AT_ONCE]
        again = in_full(graph, known.world, [known.again[one.id] for one in some if one.id in known.again], horizon)
        standing = _in_full(graph, [one for one in some if one.id not in known.again])
        found = {detail.event.id: detail for detail in (*again, *standing)}
        yield from (found[one.id] for one in some)


def _in_full(graph: Graph, events: Sequence[EventView]) -> Iterator[EventDetail]:
    ids = [view.id for view in events]
    claims, revisions = claims_about(graph, ids), revisions_of(graph, ids)
    for view in events:
        yield EventDetail(view, claims.get(view.id, ()), revisions.get(view.id, ()))
