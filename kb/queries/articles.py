"""Articles, and one of them in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.queries.events import CLAIM_FIELDS, claim_views
from kb.queries.views import ArticleDetail, ArticleView, ClaimView, EntityView

if TYPE_CHECKING:
    from kb.store import Graph

_ARTICLE_FIELDS = """
a.id AS id, a.title AS title, s.name AS source, a.url AS url, a.published AS published, a.language AS language,
COUNT { MATCH (a)-[:HAS_VERSION]->(v:Version)-[:STATES]->(:Claim) WHERE v.superseded_at IS NULL } AS claims
"""


def article_views(
    graph: Graph, *, entity: str | None = None, as_of: str | None = None, limit: int = 500
) -> tuple[ArticleView, ...]:
    """Articles, newest first; with `entity`, those that name it."""
    rows = graph.read(
        f"""
        MATCH (a:Article)
        WHERE ($as_of IS NULL OR a.published <= $as_of)
          AND ($entity IS NULL OR EXISTS {{ MATCH (a)-[:MENTIONS]->(:Entity {{id: $entity}}) }})
        OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
        RETURN {_ARTICLE_FIELDS}
        ORDER BY coalesce(a.published, '') DESC, a.id LIMIT $limit
        """,
        entity=entity,
        as_of=as_of,
        limit=limit,
    )
    return tuple(ArticleView(**row) for row in rows)


def article(graph: Graph, id_: str) -> ArticleDetail | None:
    """The current version of an article, or None."""
    rows = graph.read(
        f"""
        MATCH (a:Article {{id: $id}})-[:HAS_VERSION]->(version:Version)
        WHERE version.superseded_at IS NULL
        OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
        RETURN {_ARTICLE_FIELDS}, version.text AS text
        """,
        id=id_,
    )
    if not rows:
        return None
    text = str(rows[0].pop("text"))
    return ArticleDetail(ArticleView(**rows[0]), text, _claims(graph, id_), _entities(graph, id_))


def _claims(graph: Graph, id_: str) -> tuple[ClaimView, ...]:
    rows = graph.read(
        f"""
        MATCH (a:Article {{id: $id}})-[:HAS_VERSION]->(v:Version)-[:STATES]->(c:Claim)
        WHERE v.superseded_at IS NULL
        OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
        OPTIONAL MATCH (c)-[:ABOUT]->(e:Event)
        RETURN {CLAIM_FIELDS}, s.name AS source, e.id AS event
        """,
        id=id_,
    )
    return tuple(sorted(claim_views(rows), key=lambda claim: (claim.trigger_start, claim.id)))


def _entities(graph: Graph, id_: str) -> tuple[EntityView, ...]:
    rows = graph.read(
        """
        MATCH (:Article {id: $id})-[m:MENTIONS]->(e:Entity)
        RETURN e.id AS id, e.name AS name, e.kind AS kind, e.aliases AS aliases,
               COUNT { MATCH (e)<-[:INVOLVES]-(:Event) } AS events, 1 AS articles
        ORDER BY m.count DESC, name
        """,
        id=id_,
    )
    return tuple(EntityView(**{**row, "aliases": tuple(row["aliases"] or ())}) for row in rows)
