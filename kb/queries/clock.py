"""How far the graph is: when it was last written, and which days its articles were published on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.store import Graph


def writes(graph: Graph) -> int:
    """A number that goes up with every writing transaction: as long as it stands, every answer stands."""
    rows = graph.read("MATCH (m:Meta {id: 'schema'}) RETURN coalesce(m.writes, 0) AS writes")
    return int(rows[0]["writes"]) if rows else 0


def published_days(graph: Graph) -> tuple[str | None, str | None]:
    """The days on which the first and the last article was published; None where no article has a day."""
    row = graph.read("MATCH (a:Article) RETURN min(a.published) AS first, max(a.published) AS last")[0]
    return row["first"], row["last"]
