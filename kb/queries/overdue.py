"""Did it happen? Events that were fixed for a day that has passed, and of which nobody told what became of them.

Not all of them are worth the question. Nobody asks whether something was said, nor what came of a year that was only
spoken of; and what was told after its day, or with hardly any confidence, was mostly no plan but misread.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kb.fold import Event
from kb.fold.evidence import SPEECH
from kb.fold.identity import DEADLINES, rules
from kb.fold.ledger import Step
from kb.queries.events import past_views, rows_of, with_actors
from kb.queries.known import Horizon, World
from kb.queries.past import Past, past
from kb.queries.table import UntilWrittenAside
from kb.queries.views import EventFilter, OverdueView
from kb.timevalue import parse_day

if TYPE_CHECKING:
    from kb.store import Graph

UNSETTLED = ("set", "extended", "moved-up")
"""Last steps of a deadline of which nobody has told what became of it."""
_YEARS = ("year", "decade")
_LEAST = 0.2
"""Confidence of a claim that says of an event that it is to come: of those below, four in five were misread."""
_AT_ONCE = 1000
_COLUMNS = ("last_day", "id", "type", "precision")

# Events of which is known what became of them: {id}.
_SETTLED = "MATCH (e:Event) WHERE e.outcome IS NOT NULL AND NOT e.outcome IN $unsettled RETURN e.id AS id"

_BEFOREHAND = """
WHERE c.first_day IS NOT NULL AND c.confidence >= $least AND (c.published IS NULL OR c.published <= c.last_day)
"""
"""Condition on a claim `c` of an event: it was told beforehand, and with some confidence."""

# Events that are fixed for a day, somebody told of beforehand, and nobody told what became of them, the one with the
# latest day first, a column each; one row.
_PLANS = f"""
MATCH (e:Event)
WHERE e.status = 'scheduled' AND e.last_day IS NOT NULL AND (e.outcome IS NULL OR e.outcome IN $unsettled)
MATCH (e)<-[:ABOUT]-(c:Claim)
{_BEFOREHAND}
WITH DISTINCT e ORDER BY e.last_day DESC, e.id
RETURN collect(e.last_day) AS last_day, collect(e.id) AS id, collect(e.type) AS type, collect(e.precision) AS precision
"""

# Those of these events that somebody told of beforehand: {id}.
_FORETOLD = f"""
UNWIND $ids AS id
MATCH (:Event {{id: id}})<-[:ABOUT]-(c:Claim)
{_BEFOREHAND}
RETURN DISTINCT id
"""


def overdue(
    graph: Graph, *, today: str, as_of: str | None = None, recorded_by: str | None = None, limit: int = 500
) -> tuple[OverdueView, ...]:
    """Did it happen? Events that were fixed for a day before `today` and of which nobody reported, the latest first.

    A later report takes an event off the list: of the event itself, that it was put off to another day, or of what
    became of a deadline, by its ledger.
    """
    horizon = Horizon(as_of, recorded_by)
    ids = _overdue(graph, horizon, today)[:limit]
    views = (
        with_actors(graph, rows_of(graph, ids))
        if horizon.open
        else past_views(graph, past(graph, horizon), ids, horizon)
    )
    return tuple(OverdueView(view, (parse_day(today) - parse_day(view.last_day)).days) for view in views)


def overdue_ids(graph: Graph, *, today: str, as_of: str | None = None) -> tuple[str, ...]:
    """The ids of all events that `overdue` finds without a limit, in the same order."""
    return tuple(_overdue(graph, Horizon(as_of), today))


def _overdue(graph: Graph, horizon: Horizon, today: str) -> list[str]:
    if not horizon.open:
        return _overdue_then(graph, past(graph, horizon), today)
    return [id_ for day, id_, type_, precision in _plans(graph) if day < today and _is_asked(type_, precision)]


def _overdue_then(graph: Graph, known: Past, today: str) -> list[str]:
    settled = {row["id"] for row in graph.read(_SETTLED, unsettled=UNSETTLED)} - known.again.keys()
    settled |= {id_ for id_ in known.again if not _is_unsettled(known.world.ledgers.get(id_))}
    rows = known.table.rows(known.table.places(EventFilter(statuses=("scheduled",))))
    late = [
        (day, id_)
        for day, id_, type_, precision in zip(*(rows[name] for name in _COLUMNS), strict=True)
        if day < today and id_ not in settled and _is_asked(type_, precision)
    ]
    foretold = _foretold(graph, [id_ for _, id_ in late if id_ not in known.again])
    foretold |= {id_ for _, id_ in late if id_ in known.again and _is_foretold(known.again[id_], known.world)}
    asked = sorted((day, id_) for day, id_ in late if id_ in foretold)
    return [id_ for _, group in groupby(reversed(asked), key=itemgetter(0)) for _, id_ in sorted(group)]


def _read_plans(graph: Graph) -> dict[str, Any]:
    return graph.read(_PLANS, unsettled=UNSETTLED, least=_LEAST)[0]


def _make_plans(columns: dict[str, Any]) -> list[tuple[str, ...]]:
    return list(zip(*(columns[name] for name in _COLUMNS), strict=True))


_plans = UntilWrittenAside("plans", _read_plans, _make_plans, form=1)
"""Whose day has passed is another question every day; what was foretold is not."""


def _is_asked(type_: str, precision: str) -> bool:
    """False for what is only said, and for what is told of a year, unless there are few of the kind or it was due."""
    few = type_ in rules().rare or rules().family(type_) == DEADLINES
    return type_ != SPEECH and (few or precision not in _YEARS)


def _foretold(graph: Graph, ids: Sequence[str]) -> set[str]:
    parts = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
    return {row["id"] for part in parts for row in graph.read(_FORETOLD, ids=part, least=_LEAST)}


def _is_foretold(event: Event, known: World) -> bool:
    claims = (known.claims[id_] for id_ in event.claims)
    return any(claim.confidence >= _LEAST and (claim.published or "") <= claim.last_day for claim in claims)


def _is_unsettled(steps: Sequence[Step] | None) -> bool:
    return not steps or steps[-1].change in UNSETTLED
