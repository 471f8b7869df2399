"""What a person should look at: claims of low confidence, and events that may be one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import TYPE_CHECKING

from kb.ids import first_claim_of
from kb.queries.claims import CLAIM_FIELDS, claim_views, claims_by_id
from kb.queries.marks import event_rows
from kb.queries.table import event_table
from kb.queries.views import ClaimView, EventView

if TYPE_CHECKING:
    from kb.store import Graph

_WORD = re.compile(r"[^\W\d_]{4,}")
_ALIKE = 0.5
_MOST_OF_A_DAY = 60
"""Events of one type and day that are compared with each other: on a busier day, the first so many."""


@dataclass(frozen=True, slots=True)
class Twins:
    """Two events of one type on one day whose titles share words, and how large a share of them."""

    one: EventView
    other: EventView
    alike: float
    claims: tuple[ClaimView, ClaimView]
    """The claim that told of each first."""


def doubtful_claims(graph: Graph, *, below: float = 0.75, limit: int = 200) -> tuple[ClaimView, ...]:
    """Dated claims of the current versions with a confidence under `below`, the least sure first."""
    rows = graph.read(
        f"""
        MATCH (c:Claim)
        WHERE c.confidence < $below AND c.thread IS NOT NULL
        WITH c ORDER BY c.confidence, c.id LIMIT $limit
        MATCH (c)-[:ABOUT]->(e:Event)
        MATCH (c)<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
        WHERE v.superseded_at IS NULL
        OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
        RETURN {CLAIM_FIELDS}, s.name AS source, e.id AS event
        """,
        below=below,
        limit=limit,
    )
    return tuple(sorted(claim_views(rows), key=lambda claim: (claim.confidence, claim.id)))


def possible_twins(graph: Graph, *, limit: int = 100) -> tuple[Twins, ...]:
    """Events that may be one and were not taken for one, the most alike first."""
    columns = event_table(graph).columns
    rows = sorted(zip(*(columns[name] for name in ("type", "first_day", "id", "title")), strict=True))
    found = sorted(
        (pair for _, day in groupby(rows, key=lambda row: row[:2]) for pair in _pairs(list(day))),
        reverse=True,
    )[:limit]
    views = {view.id: view for view in event_rows(graph, sorted({id_ for _, *ids in found for id_ in ids}))}
    claims = claims_by_id(
        graph,
        {first_claim_of(id_) for id_ in views},
        event_of={first_claim_of(id_): id_ for id_ in views},
        origin_of={},
    )
    return tuple(
        Twins(views[one], views[other], alike, (claims[first_claim_of(one)], claims[first_claim_of(other)]))
        for alike, one, other in found
        if {one, other} <= views.keys()
    )


def _pairs(day: list[tuple[str, ...]]) -> Iterator[tuple[float, str, str]]:
    if len(day) < 2:
        return
    words = [(id_, frozenset(_WORD.findall(title.casefold()))) for *_, id_, title in day[:_MOST_OF_A_DAY]]
    for (one, ours), (other, theirs) in combinations(words, 2):
        shared = len(ours & theirs) / max(len(ours | theirs), 1)
        if shared >= _ALIKE:
            yield round(shared, 3), one, other
