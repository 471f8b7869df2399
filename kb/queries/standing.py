"""What stands in the graph beside an event: its claims, its history, its contradictions. Nothing is folded for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from kb.fold.conflicts import Clash
from kb.queries.claims import CLAIM_FIELDS, claim_views
from kb.queries.views import ClaimView, RevisionView

if TYPE_CHECKING:
    from kb.store import Graph

# The claims about these events, of those that speak of them without telling a day ($undated) or of the others.
_CLAIMS = f"""
UNWIND $ids AS id
MATCH (e:Event {{id: id}})<-[:ABOUT]-(c:Claim)<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
WHERE (c.first_day IS NULL) = $undated
OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
RETURN {CLAIM_FIELDS}, s.name AS source, id AS event, CASE WHEN a.origin = a.id THEN null ELSE a.origin END AS origin
"""

# The history of these events: {event, …}.
_REVISIONS = """
UNWIND $ids AS id
MATCH (:Event {id: id})-[:HAS_REVISION]->(r:Revision)-[:BECAUSE_OF]->(c:Claim)
RETURN id AS event, r.seq AS seq, r.first_day AS first_day, r.last_day AS last_day, r.status AS status,
       r.known_on AS known_on, c.id AS claim, r.because AS because
"""

# Clashes of these claims with others that come after them, and with others that come before: {one, other, on, says}.
_CLASHES = (
    """
    UNWIND $ids AS id
    MATCH (a:Claim {id: id})-[x:CONFLICTS_WITH]->(b:Claim)
    RETURN id AS one, b.id AS other, x.on AS on, x.says AS says
    """,
    """
    UNWIND $ids AS id
    MATCH (b:Claim {id: id})<-[x:CONFLICTS_WITH]-(a:Claim)
    RETURN a.id AS one, id AS other, x.on AS on, x.says AS says
    """,
)


def claims_about(graph: Graph, ids: Collection[str], *, undated: bool = False) -> dict[str, tuple[ClaimView, ...]]:
    """The claims that tell the day of these events, or those that tell none, by event and in order."""
    rows = graph.read(_CLAIMS, ids=list(ids), undated=undated)
    return {id_: in_order(claim_views(some)) for id_, some in _by_event(rows).items()}


def in_order(claims: Iterable[ClaimView]) -> tuple[ClaimView, ...]:
    """Claims in the order in which they became known."""
    return tuple(sorted(claims, key=lambda claim: (claim.published or "", claim.first_day or "", claim.id)))


def revisions_of(graph: Graph, ids: Collection[str]) -> dict[str, tuple[RevisionView, ...]]:
    """The histories of these events, by event."""
    ordered = sorted(graph.read(_REVISIONS, ids=list(ids)), key=lambda row: row["seq"])
    return {
        id_: tuple(RevisionView(**{name: value for name, value in row.items() if name != "event"}) for row in some)
        for id_, some in _by_event(ordered).items()
    }


def clashes_of(graph: Graph, claims: Collection[str]) -> list[Clash]:
    """The clashes of these claims, each once."""
    return sorted({Clash(**row) for asked in _CLASHES for row in graph.read(asked, ids=list(claims))})


def _by_event(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["event"]].append(row)
    return found
