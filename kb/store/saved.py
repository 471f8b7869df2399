"""Statements that people keep in the graph, to run again and to share."""

from __future__ import annotations

from dataclasses import dataclass

from kb.errors import NotFound, UsageError
from kb.ids import digest
from kb.store.graph import Graph
from kb.store.statement import check_reading

_LONGEST_TITLE = 120
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A statement under a title. The id is made from the title: saving under it again replaces the statement."""

    id: str
    title: str
    cypher: str
    at: str
    """When it was saved: an ISO time, UTC."""


def save_query(graph: Graph, title: str, cypher: str, *, at: str) -> SavedQuery:
    """Keep a statement. UsageError if it has no title, is too long, or would do more than read."""
    name, text = " ".join(title.split()), cypher.strip()
    if not name or len(name) > _LONGEST_TITLE:
        raise UsageError(f"a saved query needs a title of 1 to {_LONGEST_TITLE} characters")
    if not text or len(text) > _LONGEST:
        raise UsageError(f"a saved query holds a statement of 1 to {_LONGEST:,} characters")
    check_reading(text)
    saved = SavedQuery(digest("q", name.casefold()), name, text, at)
    graph.write(
        lambda writer: writer.run(
            "MERGE (q:SavedQuery {id: $id}) SET q.title = $title, q.cypher = $cypher, q.at = $at",
            id=saved.id,
            title=saved.title,
            cypher=saved.cypher,
            at=saved.at,
        )
    )
    return saved


def saved_queries(graph: Graph) -> tuple[SavedQuery, ...]:
    """All of them, by title."""
    rows = graph.read("MATCH (q:SavedQuery) RETURN q.id AS id, q.title AS title, q.cypher AS cypher, q.at AS at")
    return tuple(sorted((SavedQuery(**row) for row in rows), key=lambda query: (query.title.casefold(), query.id)))


def forget_query(graph: Graph, id_: str) -> None:
    """Drop one. NotFound if there is none."""
    if not graph.read("MATCH (q:SavedQuery {id: $id}) RETURN q.id AS id", id=id_):
        raise NotFound(f"there is no saved query {id_!r}")
    graph.write(lambda writer: writer.run("MATCH (q:SavedQuery {id: $id}) DELETE q", id=id_))
