"""The articles that print one text: which of them was first, and who else has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.queries.articles import ARTICLE_FIELDS
from kb.queries.views import ArticleView

if TYPE_CHECKING:
    from kb.store import Graph

_MOST = 500

# Articles that are copies of these: {id}.
_BESIDE = "UNWIND $ids AS id MATCH (:Article {id: id})-[:COPY_OF]-(b:Article) RETURN DISTINCT b.id AS id"

# The current versions of these articles.
_ARTICLES = f"""
UNWIND $ids AS id
MATCH (a:Article {{id: id}})-[:HAS_VERSION]->(v:Version)
WHERE v.superseded_at IS NULL
OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
RETURN {ARTICLE_FIELDS}
"""


def same_text(graph: Graph, article: str) -> tuple[ArticleView, ...]:
    """The articles that print the text of this one, the first published first, itself included; () for no copy.

    Of a text that more than five hundred print, about as many.
    """
    known = {article}
    fresh = {article}
    while fresh and len(known) < _MOST:
        fresh = {row["id"] for row in graph.read(_BESIDE, ids=sorted(fresh))} - known
        known |= fresh
    if len(known) == 1:
        return ()
    views = [ArticleView(**row) for row in graph.read(_ARTICLES, ids=sorted(known))]
    return tuple(sorted(views, key=lambda view: (view.published is None, view.published or "", view.id)))
