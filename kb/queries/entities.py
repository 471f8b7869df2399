"""Entities: found by any of their names, shown with their events and the company they keep."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kb.ids import entity_id
from kb.queries.articles import article_views
from kb.queries.events import CLAIM_FIELDS, claim_views, timeline
from kb.queries.views import ClaimView, EntityDetail, EntityView, EventFilter, EventView, NeighbourView

if TYPE_CHECKING:
    import networkx as nx

    from kb.store import Graph

ENTITY_FIELDS = """
e.id AS id, e.name AS name, e.kind AS kind, e.aliases AS aliases,
COUNT { MATCH (e)<-[:INVOLVES]-(:Event) } AS events, COUNT { MATCH (e)<-[:MENTIONS]-(:Article) } AS articles
"""


def find_entities(graph: Graph, text: str, *, limit: int = 20) -> list[EntityView]:
    """Entities of which any name holds `text` (no case), those in most events first."""
    rows = graph.read(
        f"""
        MATCH (e:Entity)
        WHERE any(alias IN e.aliases WHERE toLower(alias) CONTAINS toLower($text))
        RETURN {ENTITY_FIELDS}
        ORDER BY events DESC, articles DESC, name LIMIT $limit
        """,
        text=text,
        limit=limit,
    )
    return [_view(row) for row in rows]


def resolve_entity(graph: Graph, name: str) -> EntityView | None:
    """The entity of that id or name: the name exactly, else the best of those that contain it."""
    rows = graph.read(
        f"UNWIND $ids AS id MATCH (e:Entity {{id: id}}) RETURN {ENTITY_FIELDS}", ids=[name, entity_id(name)]
    )
    if rows:
        return _view(rows[0])
    hits = find_entities(graph, name, limit=50) if name.strip() else []
    exact = [hit for hit in hits if name.casefold() in (alias.casefold() for alias in hit.aliases)]
    return next(iter(exact or hits), None)


def entity(graph: Graph, id_: str, *, as_of: str | None = None, limit: int = 1000) -> EntityDetail | None:
    """An entity in full, or None: at most `limit` events, and the articles that name it, newest first."""
    rows = graph.read(f"MATCH (e:Entity {{id: $id}}) RETURN {ENTITY_FIELDS}", id=id_)
    if not rows:
        return None
    events = timeline(graph, EventFilter(entity=id_, as_of=as_of), limit=limit)
    return EntityDetail(
        entity=_view(rows[0]),
        events=tuple(events),
        undated=_undated(graph, id_, as_of=as_of),
        neighbours=_neighbours(id_, events),
        articles=article_views(graph, entity=id_, as_of=as_of),
    )


def co_actors(events: list[EventView]) -> nx.Graph:
    """Who acts with whom: nodes are entity ids with `name` and `kind`, an edge's `weight` counts events."""
    import networkx as nx

    together = nx.Graph()
    pairs: Counter[tuple[str, str]] = Counter()
    for event in events:
        actors = sorted({actor.id: actor for actor in event.actors}.values(), key=lambda actor: actor.id)
        for actor in actors:
            together.add_node(actor.id, name=actor.name, kind=actor.kind)
        pairs.update((a.id, b.id) for i, a in enumerate(actors) for b in actors[i + 1 :])
    together.add_weighted_edges_from((a, b, count) for (a, b), count in pairs.items())
    return together


def _neighbours(id_: str, events: list[EventView]) -> tuple[NeighbourView, ...]:
    together = co_actors(events)
    if id_ not in together:
        return ()
    views = [
        NeighbourView(other, together.nodes[other]["name"], together.nodes[other]["kind"], edge["weight"])
        for other, edge in together[id_].items()
    ]
    return tuple(sorted(views, key=lambda view: (-view.shared, view.name)))


def _undated(graph: Graph, id_: str, *, as_of: str | None) -> tuple[ClaimView, ...]:
    rows = graph.read(
        f"""
        MATCH (:Entity {{id: $id}})<-[:INVOLVES]-(c:Claim)<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
        WHERE c.first_day IS NULL AND v.superseded_at IS NULL AND ($as_of IS NULL OR c.published <= $as_of)
        OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
        RETURN DISTINCT {CLAIM_FIELDS}, s.name AS source, null AS event
        LIMIT 500
        """,
        id=id_,
        as_of=as_of,
    )
    return claim_views(rows)


def _view(row: dict[str, object]) -> EntityView:
    return EntityView(**{**row, "aliases": tuple(row["aliases"] or ())})  # type: ignore[arg-type]
