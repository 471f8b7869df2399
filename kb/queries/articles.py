"""Articles, and one of them in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.queries.claims import CLAIM_FIELDS, claim_views
from kb.queries.events import members_of
from kb.queries.finding import in_store
from kb.queries.known import VISIBLE, Horizon, world
from kb.queries.views import ArticleDetail, ArticleView, ClaimView, EntityView, words_of

if TYPE_CHECKING:
    from kb.store import Graph

ARTICLE_FIELDS = """
a.id AS id, v.title AS title, s.name AS source, a.url AS url, v.published AS published, a.language AS language,
COUNT { MATCH (v)-[:STATES]->(:Claim) } AS claims
"""
"""What an `ArticleView` needs of an article `a`, its version `v` and its source `s`."""


def _has(text: str) -> str:
    """The condition that `text` of a statement, in small letters, has the `word` as `finding.in_store` puts it."""
    starts = f"{text} STARTS WITH word.word OR any(start IN word.starts WHERE {text} CONTAINS start)"
    return f"({text} CONTAINS word.word AND ({starts}))"


_TITLED = "WITH v, toLower(coalesce(v.title, '')) AS titled"
_IN_TITLE = f"{_TITLED} WHERE all(word IN $words WHERE {_has('titled')})"
_IN_TEXT = f"{_TITLED}, toLower(v.text) AS said WHERE all(word IN $words WHERE {_has('said')} OR {_has('titled')})"
# Sources with one of some words in their name, each with all of these, by place: {source, said}.
_SAYING = f"""
UNWIND range(0, size($words) - 1) AS at
WITH at, $words[at] AS word
MATCH (s:Source) WHERE {_has("toLower(s.name)")}
RETURN s.id AS source, collect(at) AS said
"""


def article_views(
    graph: Graph,
    *,
    entity: str | None = None,
    text: str = "",
    in_texts: bool = False,
    as_of: str | None = None,
    recorded_by: str | None = None,
    limit: int = 500,
) -> tuple[ArticleView, ...]:
    """Articles, newest first; with `entity`, those that name it, with `text`, those whose title or source has it all.

    Words of `text`, and phrases in quotation marks, may stand anywhere, in whatever order and case, and are found as
    `kb.queries.finding` has it; `in_texts`: in the text or the title.
    """
    words = [in_store(word) for word in words_of(text)]
    own = members_of(graph, entity) if entity is not None else None
    horizon = Horizon(as_of, recorded_by)
    found = _newest(graph, horizon, limit, words, entities=own, in_texts=in_texts)
    if words and not in_texts:
        for said, sources in _saying(graph, words).items():
            others = [word for at, word in enumerate(words) if at not in said]
            found |= _newest(graph, horizon, limit, others, entities=own, sources=sources)
    by_id = sorted(found.values(), key=lambda view: view.id)
    return tuple(sorted(by_id, key=lambda view: view.published or "", reverse=True)[:limit])


def _saying(graph: Graph, words: list[dict[str, object]]) -> dict[frozenset[int], list[str]]:
    """Sources by which of the words are in their names, those that have any: few, and the way from them is short."""
    sources: dict[frozenset[int], list[str]] = {}
    for row in graph.read(_SAYING, words=words):
        sources.setdefault(frozenset(row["said"]), []).append(row["source"])
    return sources


def _newest(
    graph: Graph,
    horizon: Horizon,
    limit: int,
    words: list[dict[str, object]],
    *,
    entities: list[str] | None,
    sources: list[str] | None = None,
    in_texts: bool = False,
) -> dict[str, ArticleView]:
    """The newest articles with all of the words in the title or, `in_texts`, in the text, by id: of `sources`, and of
    those that name one of `entities`, where such are given.
    """
    match = "MATCH (v:Version)"
    if entities is not None:
        match = (
            "UNWIND $entities AS entity MATCH (:Entity {id: entity})<-[:MENTIONS|MENTIONED]-(found:Article) "
            "WITH DISTINCT found AS a MATCH (a)-[:HAS_VERSION]->(v:Version)"
        )
    if sources is not None:
        within = "" if entities is None else f"{match} WITH DISTINCT a "
        match = (
            f"{within}MATCH (from:Source)-[:PUBLISHED]->(a:Article) WHERE from.id IN $sources "
            "MATCH (a)-[:HAS_VERSION]->(v:Version)"
        )
    rows = graph.read(
        f"""
        {match}
        WHERE {VISIBLE} {(_IN_TEXT if in_texts else _IN_TITLE) if words else ""}
        WITH v ORDER BY coalesce(v.published, '') DESC, v.id LIMIT $limit
        MATCH (v)<-[:HAS_VERSION]-(a:Article)
        OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
        RETURN {ARTICLE_FIELDS}
        """,
        entities=entities,
        sources=sources,
        words=words,
        limit=limit,
        **horizon.parameters,
    )
    return {row["id"]: ArticleView(**row) for row in rows}


def article(
    graph: Graph, id_: str, *, as_of: str | None = None, recorded_by: str | None = None
) -> ArticleDetail | None:
    """The version of an article that was current, or None."""
    horizon = Horizon(as_of, recorded_by)
    rows = graph.read(
        f"""
        MATCH (a:Article {{id: $id}})-[:HAS_VERSION]->(v:Version)
        WHERE {VISIBLE}
        OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
        RETURN {ARTICLE_FIELDS}, v.text AS text
        """,
        id=id_,
        **horizon.parameters,
    )
    if not rows:
        return None
    text = str(rows[0].pop("text"))
    return ArticleDetail(ArticleView(**rows[0]), text, _claims(graph, id_, horizon), _entities(graph, id_, horizon))


def _claims(graph: Graph, id_: str, horizon: Horizon) -> tuple[ClaimView, ...]:
    rows = graph.read(
        f"""
        MATCH (a:Article {{id: $id}})-[:HAS_VERSION]->(v:Version)-[:STATES]->(c:Claim)
        WHERE {VISIBLE}
        OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
        OPTIONAL MATCH (c)-[:ABOUT]->(e:Event)
        RETURN {CLAIM_FIELDS}, s.name AS source, e.id AS event, c.thread AS thread
        """,
        id=id_,
        **horizon.parameters,
    )
    threads = {row.pop("thread") for row in rows} - {None}
    if not horizon.open:
        event_of = world(graph, horizon, threads=threads).event_of
        for row in rows:
            row["event"] = event_of.get(row["id"])
    return tuple(sorted(claim_views(rows), key=lambda claim: (claim.trigger_start, claim.id)))


def _entities(graph: Graph, id_: str, horizon: Horizon) -> tuple[EntityView, ...]:
    from kb.queries.entities import entity_views

    rows = graph.read(
        """
        MATCH (:Article {id: $id})-[m:MENTIONS|MENTIONED]->(e:Entity)
        RETURN coalesce(e.canonical, e.id) AS id, m.count AS count
        """,
        id=id_,
    )
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["id"]] = counts.get(row["id"], 0) + row["count"]
    views = entity_views(graph, counts, horizon)
    return tuple(sorted(views, key=lambda view: (-counts[view.id], view.name, view.id)))
