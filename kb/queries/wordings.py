"""The wordings of an article: the texts of its versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.store import Graph


@dataclass(frozen=True, slots=True)
class Wording:
    """One state of an article's text. Times are ISO, UTC; `superseded_at` is None for the current one."""

    id: str
    fetched_at: str
    superseded_at: str | None
    text: str
    claims: int


def wordings(graph: Graph, article: str) -> tuple[Wording, ...]:
    """The texts of all versions, oldest first."""
    rows = graph.read(
        """
        MATCH (:Article {id: $id})-[:HAS_VERSION]->(v:Version)
        RETURN v.id AS id, v.fetched_at AS fetched_at, v.superseded_at AS superseded_at, v.text AS text,
               COUNT { MATCH (v)-[:STATES]->(:Claim) } AS claims
        """,
        id=article,
    )
    views = [Wording(**row) for row in rows]
    return tuple(sorted(views, key=lambda view: (view.superseded_at is None, view.superseded_at or "", view.id)))
