"""Events in full, many at once: what exports are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kb.queries.claims import CLAIM_FIELDS, claim_views
from kb.queries.deadlines import LEDGERED, ledgers_of
from kb.queries.events import in_full, timeline
from kb.queries.known import Horizon
from kb.queries.past import past
from kb.queries.views import ClaimView, EventDetail, EventFilter, EventView, RevisionView

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
    claims, revisions = _claims(graph, ids), _revisions(graph, ids)
    for view in events:
        yield EventDetail(view, claims.get(view.id, ()), revisions.get(view.id, ()))


def _claims(graph: Graph, ids: list[str]) -> dict[str, tuple[ClaimView, ...]]:
    rows = graph.read(
        f"""
        UNWIND $ids AS id
        MATCH (e:Event {{id: id}})<-[:ABOUT]-(c:Claim)<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
        WHERE c.first_day IS NOT NULL
        OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
        RETURN {CLAIM_FIELDS}, s.name AS source, id AS event
        """,
        ids=ids,
    )
    return {id_: claim_views(some) for id_, some in _by_event(rows).items()}


def _revisions(graph: Graph, ids: list[str]) -> dict[str, tuple[RevisionView, ...]]:
    rows = graph.read(
        """
        UNWIND $ids AS id
        MATCH (:Event {id: id})-[:HAS_REVISION]->(r:Revision)-[:BECAUSE_OF]->(c:Claim)
        RETURN id AS event, r.seq AS seq, r.first_day AS first_day, r.last_day AS last_day, r.status AS status,
               r.known_on AS known_on, c.id AS claim, r.because AS because
        """,
        ids=ids,
    )
    ordered = sorted(rows, key=lambda row: row["seq"])
    return {
        id_: tuple(RevisionView(**{name: value for name, value in row.items() if name != "event"}) for row in some)
        for id_, some in _by_event(ordered).items()
    }


def _by_event(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["event"], []).append(row)
    return found
