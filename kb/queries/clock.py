"""How far the graph is: how often it was written, and what most of its days span."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from kb.timevalue import parse_day

if TYPE_CHECKING:
    from kb.store import Graph

_FEW = 50
"""Of so many articles one may lie far from the others."""
_ENOUGH = 20
"""Articles from which on one may."""
_NEAR = timedelta(days=366)
"""What is never far."""


def writes(graph: Graph) -> int:
    """A number that goes up with every writing transaction: as long as it stands, every answer stands."""
    rows = graph.read("MATCH (m:Meta {id: 'schema'}) RETURN coalesce(m.writes, 0) AS writes")
    return int(rows[0]["writes"]) if rows else 0


def span_of_most(articles: Mapping[str, int]) -> tuple[str | None, str | None]:
    """The first and the last of these days (ISO) without outlying ones, by how many articles each has.

    >>> span_of_most({"1789-07-14": 1, "2025-01-10": 30, "2025-02-01": 30})
    ('2025-01-10', '2025-02-01')
    """
    days = sorted(articles)
    if not days:
        return None, None
    until = list(accumulate(articles[day] for day in days))
    few = max(until[-1] // _FEW, int(until[-1] >= _ENOUGH))
    first = parse_day(next(day for day, count in zip(days, until, strict=True) if count > few))
    last = parse_day(next(day for day, count in zip(days, until, strict=True) if count >= until[-1] - few))
    far = max(last - first, _NEAR)
    earliest, latest = (max(first, date.min + far) - far).isoformat(), (min(last, date.max - far) + far).isoformat()
    return next(day for day in days if day >= earliest), next(day for day in reversed(days) if day <= latest)
