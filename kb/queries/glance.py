"""The four questions that somebody who opens the desk has: what is due, what changed, who disagrees, what is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from kb.fold.identity import CHANGE
from kb.queries.days import usual_days
from kb.queries.ledger_lines import ledger_lines
from kb.queries.marks import event_rows, marks
from kb.queries.overdue import overdue_ids
from kb.queries.table import UntilWrittenAside, event_table
from kb.queries.upcoming import is_due
from kb.queries.views import EventFilter, EventView
from kb.timevalue import parse_day

if TYPE_CHECKING:
    from kb.store import Graph

SOON = 30
"""Days from today that count as soon."""
AHEAD = 90
"""Days from today within which what comes next is looked for."""
_VAGUE = 31
"""Days of a span that is too long to come next."""
LATELY = 7
"""Days before the newest article that count as lately."""

_ANY = EventFilter()

# Those of these events that are no deadlines of a day or later: {events}.
_FIXED = """
UNWIND $ids AS id
MATCH (e:Event {id: id}) WHERE e.due IS NULL OR e.due < $first
RETURN count(e) AS events
"""

# Events that articles of a day or later tell of: {events}.
_REPORTED = "MATCH (e:Event) WHERE e.last_reported >= $since AND e.first_day IS NOT NULL RETURN count(e) AS events"

# Pairs of claims that cannot both hold: {pairs}.
_DISAGREEING = """
MATCH (a:Claim {clashes: true})-[:CONFLICTS_WITH]->(b:Claim)
WHERE a.id <> b.id
RETURN count(*) AS pairs
"""


@dataclass(frozen=True, slots=True)
class Glance:
    """How many there are of each, and what comes next."""

    soon: int
    """What `upcoming` finds for the next thirty days."""
    lately: int
    """Events that articles of the last week told of."""
    since: str | None
    """The day on which that week begins: before the newest article, not before today."""
    disagreeing: int
    """Pairs of claims that cannot both hold."""
    unanswered: int
    """Events whose fixed day has passed without a report, as far as they are asked for."""
    coming: tuple[EventView, ...]
    """The weightiest events that are fixed for one of the days ahead, in order of time."""


def glance(graph: Graph, *, today: str, most: int = 5) -> Glance:
    """All of it as of now, seen from `today` (ISO)."""
    lately = _lately(graph)
    until = (parse_day(today) + timedelta(days=SOON)).isoformat()
    ahead = coming(graph, today=today, most=most)
    return Glance(
        soon=_count_due(graph, today, until),
        lately=lately["events"],
        since=lately["since"],
        disagreeing=lately["pairs"],
        unanswered=len(overdue_ids(graph, today=today)),
        coming=ahead,
    )


def _count_due(graph: Graph, today: str, until: str) -> int:
    """How many things are due from one day to another, without reading any of them in full."""
    lines = ledger_lines(graph, today=today, since=today)
    table = event_table(graph)
    fixed = table.rows(table.places(EventFilter(statuses=("scheduled",), first=today, last=until)))
    ids = [id_ for id_, type_ in zip(fixed["id"], fixed["type"], strict=True) if type_ != CHANGE]
    others = graph.read(_FIXED, ids=ids, first=today)[0]["events"] if ids else 0
    return sum(is_due(line, today) and line.first_day <= until for line in lines) + int(others)


def _read_lately(graph: Graph) -> dict[str, Any]:
    """What does not depend on today: {since, events, pairs}."""
    newest = usual_days(graph)[1]
    since = (parse_day(newest) - timedelta(days=LATELY)).isoformat() if newest else None
    events = graph.read(_REPORTED, since=since)[0]["events"] if since else 0
    return {"since": since, "events": events, "pairs": graph.read(_DISAGREEING)[0]["pairs"]}


_lately: UntilWrittenAside[dict[str, Any], dict[str, Any]] = UntilWrittenAside(
    "lately", _read_lately, lambda told: told, form=1
)


def coming(graph: Graph, *, today: str, wanted: EventFilter = _ANY, most: int = 5) -> tuple[EventView, ...]:
    """The weightiest events that are fixed for one of the days ahead of `today` (ISO), in order of time.

    They pass `wanted` but for its statuses and days; it says as of when, too.
    """
    until = (parse_day(today) + timedelta(days=AHEAD)).isoformat()
    fixed = replace(wanted, statuses=("scheduled",), first=today, last=until, main=None)
    found = marks(graph, fixed)
    near = [at for at in range(len(found)) if _is_near(found.first_day[at], found.last_day[at], until)]
    near.sort(key=lambda at: (-found.weight[at], found.last_day[at], found.id[at]))
    ids = [found.id[at] for at in near[:most]]
    weightiest = event_rows(graph, ids, as_of=wanted.as_of, recorded_by=wanted.recorded_by)
    return tuple(sorted(weightiest, key=lambda event: (event.last_day, event.first_day, event.id)))


def _is_near(first: str, last: str, until: str) -> bool:
    return last <= until and (parse_day(last) - parse_day(first)).days < _VAGUE
