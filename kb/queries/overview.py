"""Counts over the whole graph."""

from __future__ import annotations

from kb.queries.views import Overview
from kb.store import Graph


def overview(graph: Graph) -> Overview:
    """What the graph holds, with the events counted by type and by status."""
    counts = graph.read(
        """
        RETURN COUNT { MATCH (:Article) } AS articles, COUNT { MATCH (:Entity) } AS entities,
               COUNT { MATCH (:Source) } AS sources, COUNT { MATCH (:Event) } AS events,
               COUNT { MATCH (:Claim) } AS claims, COUNT { MATCH (c:Claim) WHERE c.first_day IS NULL } AS undated
        """
    )[0]
    span = graph.read("MATCH (e:Event) RETURN min(e.first_day) AS first_day, max(e.last_day) AS last_day")[0]
    types = graph.read("MATCH (e:Event) RETURN e.type AS name, count(e) AS events ORDER BY events DESC, name")
    statuses = graph.read("MATCH (e:Event) RETURN e.status AS name, count(e) AS events ORDER BY events DESC, name")
    return Overview(
        **counts,
        **span,
        types=tuple((row["name"], row["events"]) for row in types),
        statuses=tuple((row["name"], row["events"]) for row in statuses),
    )
