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


def writes(graph: Graph) -> int:
    """A number that goes up with every writing transaction: as long as it stands, every answer stands."""
    rows = graph.read("MATCH (m:Meta {id: 'schema'}) RETURN coalesce(m.writes, 0) AS writes")
    return int(rows[0]["writes"]) if rows else 0


def published_days(graph: Graph) -> tuple[str | None, str | None]:
    """The days on which the first and the last article was published; None where no article has a day."""
    row = graph.read("MATCH (a:Article) RETURN min(a.published) AS first, max(a.published) AS last")[0]
    return row["first"], row["last"]
