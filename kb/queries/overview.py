"""Counts over the whole graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kb.queries.known import VISIBLE, Horizon, world
from kb.queries.views import Overview

if TYPE_CHECKING:
    from kb.store import Graph

# Articles, sources and claims within a horizon.
_COUNTS = f"""
MATCH (a:Article)-[:HAS_VERSION]->(v:Version)
WHERE {VISIBLE}
OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
WITH count(DISTINCT a) AS articles, count(DISTINCT s) AS sources, collect(DISTINCT v.id) AS versions
RETURN articles, sources, versions
"""

_CLAIMS = """
UNWIND $versions AS id
MATCH (:Version {id: id})-[:STATES]->(c:Claim)
RETURN count(c) AS claims, sum(CASE WHEN c.first_day IS NULL THEN 1 ELSE 0 END) AS undated
"""

_NAMED = f"""
MATCH (e:Entity)<-[:MENTIONS|MENTIONED]-(:Article)-[:HAS_VERSION]->(v:Version)
WHERE {VISIBLE}
RETURN count(DISTINCT coalesce(e.canonical, e.id)) AS entities
"""


def overview(graph: Graph, *, as_of: str | None = None, recorded_by: str | None = None) -> Overview:
    """What the graph holds, or held: current articles with their claims, and events counted by type and by status."""
    horizon = Horizon(as_of, recorded_by)
    counts = graph.read(_COUNTS, **horizon.parameters)[0]
    claims = graph.read(_CLAIMS, versions=counts.pop("versions"))[0]
    entities = graph.read(_NAMED, **horizon.parameters)[0]
    events = _now(graph) if horizon.open else _then(graph, horizon)
    return Overview(**counts, claims=claims["claims"], undated=claims["undated"] or 0, **entities, **events)


def _now(graph: Graph) -> dict[str, Any]:
    span = graph.read(
        "MATCH (e:Event) RETURN count(e) AS events, min(e.first_day) AS first_day, max(e.last_day) AS last_day"
    )[0]
    types = graph.read("MATCH (e:Event) RETURN e.type AS name, count(e) AS events ORDER BY events DESC, name")
    statuses = graph.read("MATCH (e:Event) RETURN e.status AS name, count(e) AS events ORDER BY events DESC, name")
    return {
        **span,
        "types": tuple((row["name"], row["events"]) for row in types),
        "statuses": tuple((row["name"], row["events"]) for row in statuses),
    }


def _then(graph: Graph, horizon: Horizon) -> dict[str, Any]:
    events = world(graph, horizon).events
    return {
        "events": len(events),
        "first_day": min((event.first_day for event in events), default=None),
        "last_day": max((event.last_day for event in events), default=None),
        "types": _counted(event.type for event in events),
        "statuses": _counted(event.status.value for event in events),
    }


def _counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))
