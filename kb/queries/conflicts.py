"""Claims that cannot both hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kb.fold.conflicts import Clash
from kb.queries.claims import claims_by_id
from kb.queries.known import Horizon, world
from kb.queries.views import ClaimView, ConflictView

if TYPE_CHECKING:
    from kb.store import Graph

# Clashes as the graph keeps them, those on what happened last first: {one, other, on, says}.
_STORED = """
MATCH (a:Claim {clashes: true})-[x:CONFLICTS_WITH]->(b:Claim)
WHERE $on IS NULL OR x.on = $on
WITH a, b, x ORDER BY coalesce(a.first_day, '') DESC, a.id, b.id, x.on LIMIT $limit
RETURN a.id AS one, b.id AS other, x.on AS on, x.says AS says
"""

_ALL = 1_000_000

# The events that claims are about: {id, event, origin}.
_EVENTS = """
UNWIND $ids AS id
MATCH (c:Claim {id: id})-[:ABOUT]->(e:Event)
MATCH (c)<-[:STATES]-(:Version)<-[:HAS_VERSION]-(a:Article)
RETURN c.id AS id, e.id AS event, coalesce(a.origin, a.id) AS origin
"""


def conflicts(
    graph: Graph,
    *,
    entity: str | None = None,
    among: frozenset[str] | None = None,
    on: str | None = None,
    as_of: str | None = None,
    recorded_by: str | None = None,
    limit: int = 500,
) -> tuple[ConflictView, ...]:
    """Claims that cannot both hold, those on what happened last first; with both quotes.

    `entity`: only about events that involve it (a canonical id). `among`: only about these events. `on`: only of this
    kind.
    """
    from kb.queries.events import threads_of_entity

    horizon = Horizon(as_of, recorded_by)
    if horizon.open and entity is None:
        clashes = [Clash(**row) for row in graph.read(_STORED, on=on, limit=limit if among is None else _ALL)]
        ids = {id_ for clash in clashes for id_ in (clash.one, clash.other)}
        rows = graph.read(_EVENTS, ids=sorted(ids))
        event_of = {row["id"]: row["event"] for row in rows}
        origin_of = {row["id"]: row["origin"] for row in rows}
    else:
        known = world(graph, horizon, threads=threads_of_entity(graph, entity) if entity else None)
        clashes = sorted(known.clashes, key=lambda clash: known.claims[clash.one].first_day, reverse=True)
        event_of = dict(known.event_of)
        origin_of = {claim.id: claim.origin for claim in known.claims.values()}
    wanted = [
        clash
        for clash in clashes
        if (on is None or clash.on == on) and (among is None or event_of.get(clash.one) in among)
    ][:limit]
    ids = {id_ for clash in wanted for id_ in (clash.one, clash.other)}
    return conflict_views(wanted, claims_by_id(graph, ids, event_of=event_of, origin_of=origin_of))


def conflict_views(clashes: Iterable[Clash], claims: Mapping[str, ClaimView]) -> tuple[ConflictView, ...]:
    """Clashes with their claims, in the same order."""
    return tuple(
        ConflictView(clash.on, clash.says, claims[clash.one], None if clash.other == clash.one else claims[clash.other])
        for clash in clashes
    )
