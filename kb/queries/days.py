"""The days on which the articles of the graph were published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kb.queries.clock import span_of_most
from kb.queries.table import UntilWrittenAside

if TYPE_CHECKING:
    from kb.store import Graph

# How many articles were published on each day, a column each; one row.
_PUBLISHED = """
MATCH (a:Article) WHERE a.published IS NOT NULL
WITH a.published AS day, count(a) AS articles
RETURN collect(day) AS day, collect(articles) AS articles
"""


def published_days(graph: Graph) -> tuple[str | None, str | None]:
    """The days on which the first and the last article was published; None where no article has a day."""
    days = _days(graph)
    return min(days, default=None), max(days, default=None)


def usual_days(graph: Graph) -> tuple[str | None, str | None]:
    """The same without the few articles that lie far from all others: those of 1789, or of 2090 by mistake.

    Far is more than a year, and more than all others span.
    """
    return span_of_most(_days(graph))


def _read(graph: Graph) -> dict[str, Any]:
    return graph.read(_PUBLISHED)[0]


def _make(columns: Mapping[str, Any]) -> dict[str, int]:
    return dict(zip(columns["day"], columns["articles"], strict=True))


_days = UntilWrittenAside("days", _read, _make, form=1, long=0.1)
