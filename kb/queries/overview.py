"""Counts over the whole graph."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kb.queries.clock import span_of_most
from kb.queries.known import VISIBLE, Horizon
from kb.queries.past import events_within
from kb.queries.table import event_table
from kb.queries.views import Overview

if TYPE_CHECKING:
    from kb.store import Graph


@dataclass(frozen=True, slots=True)
class EventDays:
    """When events begin: ISO days, None where there is no event."""

    first: str | None
    last: str | None
    apart: int
    """How many lie far from all others: of another century, or of a year that is a slip of the pen."""
    first_apart: str | None
    last_apart: str | None


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


# What there is now, each counted by itself. Entities that nothing names are not in the graph.
_ARTICLES_NOW = "MATCH (v:Version) WHERE v.superseded_at IS NULL RETURN count(v) AS n"
_ANY_ARTICLE = "MATCH (v:Version) WHERE v.superseded_at IS NULL RETURN v.id AS id LIMIT 1"
_SOURCES_NOW = "MATCH (s:Source) WHERE EXISTS { MATCH (s)-[:PUBLISHED]->(:Article) } RETURN count(s) AS n"
_CLAIMS_EVER = "MATCH (c:Claim) RETURN count(c) AS claims"
_UNDATED_EVER = "MATCH (c:Claim) WHERE c.first_day IS NULL RETURN count(c) AS undated"
_CLAIMS_BEFORE = """
MATCH (v:Version) WHERE v.superseded_at IS NOT NULL
MATCH (v)-[:STATES]->(c:Claim)
RETURN count(c) AS claims, sum(CASE WHEN c.first_day IS NULL THEN 1 ELSE 0 END) AS undated
"""
_ENTITIES_NOW = "MATCH (e:Entity) WHERE e.canonical IS NULL RETURN count(e) AS n"
_EVENTS_NOW = """
MATCH (e:Event) WHERE e.first_day IS NOT NULL
RETURN e.type AS type, e.status AS status, count(e) AS events, min(e.first_day) AS first_day,
       max(e.last_day) AS last_day
"""


def holds_articles(graph: Graph) -> bool:
    """True where there is any article now."""
    return bool(graph.read(_ANY_ARTICLE))


def count_articles(graph: Graph) -> int:
    """How many articles there are now."""
    return int(graph.read(_ARTICLES_NOW)[0]["n"])


def event_types(graph: Graph, *, as_of: str | None = None) -> tuple[tuple[str, int], ...]:
    """The types of the events there are, the most frequent first; with how many there are, or were known, of each."""
    counts = Counter(event_table(graph).columns["type"])
    ranked = _ranked(counts)
    if as_of is None:
        return ranked
    then = Counter(events_within(graph, Horizon(as_of)).columns["type"])
    return tuple((type_, then[type_]) for type_, _ in ranked)


def event_days(graph: Graph) -> EventDays:
    """When events begin, without the few that lie far from all others, and those few."""
    days = Counter(event_table(graph).columns["first_day"])
    first, last = span_of_most(days)
    apart = [day for day in days.elements() if first and last and not first <= day <= last]
    return EventDays(first, last, len(apart), min(apart, default=None), max(apart, default=None))


def overview(graph: Graph, *, as_of: str | None = None, recorded_by: str | None = None) -> Overview:
    """What the graph holds, or held: current articles with their claims, and events counted by type and by status."""
    horizon = Horizon(as_of, recorded_by)
    return Overview(**(_now(graph) if horizon.open else _then(graph, horizon)))


def _now(graph: Graph) -> dict[str, Any]:
    before = graph.read(_CLAIMS_BEFORE)[0]
    return {
        "articles": count_articles(graph),
        "sources": graph.read(_SOURCES_NOW)[0]["n"],
        "claims": graph.read(_CLAIMS_EVER)[0]["claims"] - before["claims"],
        "undated": graph.read(_UNDATED_EVER)[0]["undated"] - (before["undated"] or 0),
        "entities": graph.read(_ENTITIES_NOW)[0]["n"],
        **_events_now(graph),
    }


def _events_now(graph: Graph) -> dict[str, Any]:
    rows = graph.read(_EVENTS_NOW)
    types: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    for row in rows:
        types[row["type"]] += row["events"]
        statuses[row["status"]] += row["events"]
    return {
        "events": types.total(),
        "first_day": min((row["first_day"] for row in rows), default=None),
        "last_day": max((row["last_day"] for row in rows), default=None),
        "types": _ranked(types),
        "statuses": _ranked(statuses),
    }


def _then(graph: Graph, horizon: Horizon) -> dict[str, Any]:
    counts = graph.read(_COUNTS, **horizon.parameters)[0]
    claims = graph.read(_CLAIMS, versions=counts.pop("versions"))[0]
    columns = events_within(graph, horizon).columns
    return {
        **counts,
        **graph.read(_NAMED, **horizon.parameters)[0],
        "claims": claims["claims"],
        "undated": claims["undated"] or 0,
        "events": len(columns["id"]),
        "first_day": min(columns["first_day"], default=None),
        "last_day": max(columns["last_day"], default=None),
        "types": _ranked(Counter(columns["type"])),
        "statuses": _ranked(Counter(columns["status"])),
    }


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
