"""Claims with their quotes, as read models show them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from kb.queries.views import ClaimView

if TYPE_CHECKING:
    from kb.store import Graph

CLAIM_FIELDS = """
c.id AS id, c.type AS type, c.status AS status, c.title AS title, c.first_day AS first_day, c.last_day AS last_day,
c.precision AS precision, c.basis AS basis, c.time_text AS time_text, c.time_start AS time_start, c.trigger AS trigger,
c.quote AS quote, c.start AS start, c.end AS end, c.trigger_start AS trigger_start, c.attributed_to AS attributed_to,
c.cues AS cues, c.confidence AS confidence, c.published AS published, c.recorded_at AS recorded_at, a.id AS article,
v.title AS article_title, a.url AS url
"""
"""What a `ClaimView` needs of a claim `c`, its version `v` and its article `a`; `source` and `event` come beside it."""

# Claims by id, with what they are about now.
_CLAIMS_NOW = f"""
UNWIND $ids AS id
MATCH (c:Claim {{id: id}})<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
OPTIONAL MATCH (c)-[:ABOUT]->(e:Event)
RETURN {CLAIM_FIELDS}, s.name AS source, e.id AS event,
       CASE WHEN a.origin = a.id THEN null ELSE a.origin END AS origin
"""

# Claims by id.
_CLAIMS = f"""
UNWIND $ids AS id
MATCH (c:Claim {{id: id}})<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
RETURN {CLAIM_FIELDS}, s.name AS source, null AS event
"""


def claims_now(graph: Graph, ids: Collection[str]) -> dict[str, ClaimView]:
    """The claims of these ids with the events they are about now, and the articles they are copied from."""
    return {claim.id: claim for claim in claim_views(graph.read(_CLAIMS_NOW, ids=sorted(ids)))}


def claims_by_id(
    graph: Graph, ids: Collection[str], *, event_of: Mapping[str, str], origin_of: Mapping[str, str]
) -> dict[str, ClaimView]:
    """The claims of these ids; `event_of` and `origin_of` give their events and the articles they are copied from."""
    rows = graph.read(_CLAIMS, ids=sorted(ids))
    for row in rows:
        origin = origin_of.get(row["id"])
        row["event"] = event_of.get(row["id"])
        row["origin"] = None if origin == row["article"] else origin
    return {claim.id: claim for claim in claim_views(rows)}


def claim_views(rows: list[dict[str, Any]]) -> tuple[ClaimView, ...]:
    """Rows with `CLAIM_FIELDS`, `source` and `event`, by publication day and id."""
    views = [ClaimView(**{**row, "cues": tuple(row["cues"] or ())}) for row in rows]
    return tuple(sorted(views, key=lambda claim: (claim.published or "", claim.id)))
