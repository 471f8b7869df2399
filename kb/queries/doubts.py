"""What a person should look at: claims of low confidence, and events that may be one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import combinations, islice
from typing import TYPE_CHECKING, Any

from kb.ids import first_claim_of
from kb.queries.claims import CLAIM_FIELDS, claim_views, claims_by_id, claims_now
from kb.queries.events import past_views
from kb.queries.known import Horizon, world
from kb.queries.marks import event_rows
from kb.queries.past import events_within, past
from kb.queries.views import ClaimView, EventView

if TYPE_CHECKING:
    from kb.store import Graph

# Titles of all events: {type, day, id, title}.
_TITLES = """
MATCH (e:Event) WHERE e.first_day IS NOT NULL
RETURN e.type AS type, e.first_day AS day, e.id AS id, e.title AS title
"""

# Claims on the timeline with a confidence under $below, the least sure first.
_DOUBTFUL = f"""
MATCH (c:Claim)
WHERE c.confidence < $below AND c.thread IS NOT NULL AND c.first_day IS NOT NULL
WITH c ORDER BY c.confidence, c.id LIMIT $limit
MATCH (c)-[:ABOUT]->(e:Event)
MATCH (c)<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
WHERE v.superseded_at IS NULL
OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
RETURN {CLAIM_FIELDS}, s.name AS source, e.id AS event, a.origin AS origin
"""

# The same claims and their events, the least sure first: {id, event}.
_DOUBTFUL_OF = """
MATCH (c:Claim)
WHERE c.confidence < $below AND c.thread IS NOT NULL AND c.first_day IS NOT NULL
WITH c ORDER BY c.confidence, c.id
MATCH (c)-[:ABOUT]->(e:Event)
RETURN c.id AS id, e.id AS event
"""

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


def doubtful_claims(
    graph: Graph,
    *,
    below: float = 0.5,
    limit: int = 200,
    among: frozenset[str] | None = None,
    as_of: str | None = None,
    recorded_by: str | None = None,
) -> tuple[ClaimView, ...]:
    """Dated claims of the current versions with a confidence under `below`, the least sure first.

    With `among`, only those that are about these events.

    Under 0.5 a claim is rather wrong than right. The least sure are asked for in a narrower band first: sorting all
    that are doubtful takes a store longer than everything else.
    """
    horizon = Horizon(as_of, recorded_by)
    if not horizon.open:
        known = world(graph, horizon)
        dated = (claim for claim in known.claims.values() if not claim.undated)
        unsure = sorted(
            (claim.confidence, claim.id)
            for claim in dated
            if claim.confidence < below and (among is None or known.event_of.get(claim.id) in among)
        )
        ids = [id_ for _, id_ in unsure[:limit]]
        origins = {id_: known.claims[id_].origin for id_ in ids}
        found = claims_by_id(graph, ids, event_of=known.event_of, origin_of=origins)
        return tuple(found[id_] for id_ in ids)
    if among is not None:
        unsure_of = (row["id"] for row in graph.read(_DOUBTFUL_OF, below=below) if row["event"] in among)
        views = claims_now(graph, tuple(islice(dict.fromkeys(unsure_of), limit)))
        return tuple(sorted(views.values(), key=_least_sure))
    rows: list[dict[str, Any]] = []
    for most in (below * 0.4, below * 0.7, below):
        rows = graph.read(_DOUBTFUL, below=most, limit=limit)
        if len(rows) >= limit:
            break
    return tuple(sorted(claim_views(rows), key=_least_sure))


def _least_sure(claim: ClaimView) -> tuple[float, str]:
    return claim.confidence, claim.id


def possible_twins(
    graph: Graph,
    *,
    limit: int = 100,
    among: frozenset[str] | None = None,
    as_of: str | None = None,
    recorded_by: str | None = None,
) -> tuple[Twins, ...]:
    """Events that may be one and were not taken for one, the most alike first.

    With `among`, only pairs of which one is among these events.
    """
    horizon = Horizon(as_of, recorded_by)
    columns = events_within(graph, horizon).columns
    days = _by_day(*(columns[name] for name in ("type", "first_day", "id", "title")))
    if among is not None:
        days = [day for day in days if not among.isdisjoint(id_ for id_, _ in day)]
    pairs = (pair for day in days for pair in _pairs(sorted(day)))
    found = nlargest(limit, (pair for pair in pairs if among is None or not among.isdisjoint(pair[1:])))
    wanted = sorted({id_ for _, *ids in found for id_ in ids})
    rows = event_rows(graph, wanted) if horizon.open else past_views(graph, past(graph, horizon), wanted, horizon)
    views = {view.id: view for view in rows}
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


def _by_day(
    types: Sequence[str], firsts: Sequence[str], ids: Sequence[str], titles: Sequence[str]
) -> list[list[tuple[str, str]]]:
    """Id and title of the events of each type and day that has more than one."""
    on = list(zip(types, firsts, strict=True))
    counted = Counter(on)
    days: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for day, id_, title in zip(on, ids, titles, strict=True):
        if counted[day] > 1:
            days[day].append((id_, title))
    return list(days.values())


def _pairs(day: list[tuple[str, str]]) -> Iterator[tuple[float, str, str]]:
    words = [(id_, frozenset(_WORD.findall(title.casefold()))) for id_, title in day[:_MOST_OF_A_DAY]]
    for (one, ours), (other, theirs) in combinations(words, 2):
        both = len(ours & theirs)
        shared = both / (len(ours) + len(theirs) - both or 1)
        if shared >= _ALIKE:
            yield round(shared, 3), one, other
