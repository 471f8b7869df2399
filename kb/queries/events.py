"""Timelines and events."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kb.fold import Event, fold_events
from kb.queries.views import ActorView, ClaimView, EventDetail, EventFilter, EventView, RevisionView
from kb.store.record import reported_claim

if TYPE_CHECKING:
    from kb.store import Graph

CLAIM_FIELDS = """
c.id AS id, c.type AS type, c.status AS status, c.title AS title, c.first_day AS first_day, c.last_day AS last_day,
c.precision AS precision, c.basis AS basis, c.time_text AS time_text, c.time_start AS time_start, c.trigger AS trigger,
c.quote AS quote, c.start AS start, c.end AS end, c.trigger_start AS trigger_start, c.attributed_to AS attributed_to,
c.cues AS cues, c.confidence AS confidence, c.published AS published, c.recorded_at AS recorded_at, a.id AS article,
a.title AS article_title, a.url AS url
"""
"""What a `ClaimView` needs of a claim `c` and its article `a`; `source` and `event` come beside it."""

EVENT_FIELDS = """
e.id AS id, e.type AS type, e.status AS status, e.title AS title, e.first_day AS first_day, e.last_day AS last_day,
e.precision AS precision, e.claims AS claims, e.sources AS sources, e.first_reported AS first_reported,
e.last_reported AS last_reported
"""


def timeline(graph: Graph, wanted: EventFilter, *, limit: int = 500) -> list[EventView]:
    """Events that pass the filter by first day, last day and id, at most `limit` of them."""
    if wanted.as_of is not None:
        return _timeline_as_of(graph, wanted)[:limit]
    rows = graph.read(
        f"{_match(wanted)} {_where(wanted)} WITH e ORDER BY e.first_day, e.last_day, e.id LIMIT $limit "
        f"RETURN {EVENT_FIELDS} ORDER BY e.first_day, e.last_day, e.id",
        limit=limit,
        **_parameters(wanted),
    )
    return with_actors(graph, rows)


def count_events(graph: Graph, wanted: EventFilter) -> int:
    """How many events pass the filter."""
    if wanted.as_of is not None:
        return len(_timeline_as_of(graph, wanted))
    rows = graph.read(f"{_match(wanted)} {_where(wanted)} RETURN count(e) AS events", **_parameters(wanted))
    return int(rows[0]["events"])


def count_by_status(graph: Graph, wanted: EventFilter) -> dict[str, int]:
    """How many events of each status pass the rest of the filter: what choosing that status would show."""
    anyhow = replace(wanted, statuses=())
    if wanted.as_of is not None:
        return dict(Counter(event.status for event in _timeline_as_of(graph, anyhow)))
    rows = graph.read(
        f"{_match(anyhow)} {_where(anyhow)} RETURN e.status AS status, count(e) AS events", **_parameters(anyhow)
    )
    return {row["status"]: int(row["events"]) for row in rows}


def event(graph: Graph, id_: str, *, as_of: str | None = None) -> EventDetail | None:
    """An event with all claims about it, or None if there is no such event (or was none on day `as_of`)."""
    claims = claims_about(graph, id_, as_of=as_of)
    if not claims:
        return None
    if as_of is not None:
        folded = _fold_as_of(graph, EventFilter(as_of=as_of), tuple(claim.id for claim in claims))[0]
        return EventDetail(_views(graph, [folded])[0], claims, _revision_views(folded))
    rows = graph.read(f"MATCH (e:Event {{id: $id}}) RETURN {EVENT_FIELDS}", id=id_)
    return EventDetail(with_actors(graph, rows)[0], claims, _revisions(graph, id_))


def claims_about(graph: Graph, event_id: str, *, as_of: str | None = None) -> tuple[ClaimView, ...]:
    """The claims about an event by publication day, then id."""
    rows = graph.read(
        f"""
        MATCH (a:Article)-[:HAS_VERSION]->(:Version)-[:STATES]->(c:Claim)-[:ABOUT]->(e:Event {{id: $id}})
        WHERE $as_of IS NULL OR c.published <= $as_of
        OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
        RETURN {CLAIM_FIELDS}, s.name AS source, e.id AS event
        """,
        id=event_id,
        as_of=as_of,
    )
    return claim_views(rows)


def claim_views(rows: list[dict[str, Any]]) -> tuple[ClaimView, ...]:
    """Rows with `CLAIM_FIELDS`, `source` and `event`, by publication day and id."""
    views = [ClaimView(**{**row, "cues": tuple(row["cues"] or ())}) for row in rows]
    return tuple(sorted(views, key=lambda claim: (claim.published or "", claim.id)))


def with_actors(graph: Graph, rows: list[dict[str, Any]]) -> list[EventView]:
    """Rows with `EVENT_FIELDS` as views, in the same order, each with its actors."""
    found = graph.read(
        """
        UNWIND $ids AS id
        MATCH (e:Event {id: id})-[i:INVOLVES]->(x:Entity)
        RETURN id AS event, i.role AS role, x.id AS id, x.name AS name, x.kind AS kind
        """,
        ids=[row["id"] for row in rows],
    )
    actors: dict[str, list[ActorView]] = {}
    for row in found:
        actors.setdefault(row["event"], []).append(ActorView(row["role"], row["id"], row["name"], row["kind"]))
    return [EventView(**row, actors=_ordered(actors.get(row["id"], []))) for row in rows]


def _ordered(actors: list[ActorView]) -> tuple[ActorView, ...]:
    return tuple(sorted(actors, key=lambda actor: (actor.role, actor.name, actor.id)))


def _match(wanted: EventFilter) -> str:
    """Finds events `e`, from the entity's side if there is one: patterns are searched from their left end."""
    if wanted.entity:
        return "MATCH (:Entity {id: $entity})<-[:INVOLVES]-(found:Event) WITH DISTINCT found AS e"
    return "MATCH (e:Event)"


def _where(wanted: EventFilter) -> str:
    conditions = ["e.first_day IS NOT NULL"]
    if wanted.first:
        conditions.append("e.last_day >= $first")
    if wanted.last:
        conditions.append("e.first_day <= $last")
    if wanted.types:
        conditions.append("e.type IN $types")
    if wanted.statuses:
        conditions.append("e.status IN $statuses")
    if wanted.text:
        conditions.append("toLower(e.title) CONTAINS toLower($text)")
    return "WHERE " + " AND ".join(conditions)


def _parameters(wanted: EventFilter) -> dict[str, Any]:
    return {
        "first": wanted.first,
        "last": wanted.last,
        "types": list(wanted.types),
        "statuses": list(wanted.statuses),
        "text": wanted.text,
        "entity": wanted.entity,
    }


def _timeline_as_of(graph: Graph, wanted: EventFilter) -> list[EventView]:
    events = [
        event
        for event in _fold_as_of(graph, wanted)
        if (not wanted.statuses or event.status in wanted.statuses)
        and (not wanted.text or wanted.text.casefold() in event.title.casefold())
    ]
    return _views(graph, events)


def _fold_as_of(graph: Graph, wanted: EventFilter, claims: tuple[str, ...] | None = None) -> list[Event]:
    """Events as folded from what was published by `wanted.as_of`.

    Type, days and entities are the same for all claims on an event, so that filtering claims by them loses none.
    """
    rows = graph.read(
        f"""
        {_match_claims(wanted, claims)}
        MATCH (c)<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
        WHERE c.published <= $as_of AND v.superseded_at IS NULL AND c.first_day IS NOT NULL
          AND ($first IS NULL OR c.last_day >= $first) AND ($last IS NULL OR c.first_day <= $last)
          AND ($types IS NULL OR c.type IN $types)
        OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
        OPTIONAL MATCH (c)-[i:INVOLVES]->(e:Entity)
        WITH c, s, collect(CASE WHEN e IS NULL THEN null ELSE [i.role, e.id] END) AS actors
        RETURN c.id AS id, c.type AS type, c.status AS status, c.title AS title, c.first_day AS first_day,
               c.last_day AS last_day, c.precision AS precision, c.confidence AS confidence, c.published AS published,
               s.id AS source, actors
        """,
        as_of=wanted.as_of,
        claims=list(claims or ()),
        first=wanted.first,
        last=wanted.last,
        types=list(wanted.types) or None,
        entity=wanted.entity,
    )
    return fold_events(reported_claim(row) for row in rows)


def _match_claims(wanted: EventFilter, claims: tuple[str, ...] | None) -> str:
    """Finds the claims `c` to look at, from the side that has fewest: patterns are searched from their left end."""
    if claims is not None:
        return "UNWIND $claims AS id MATCH (c:Claim {id: id})"
    if wanted.entity:
        return "MATCH (:Entity {id: $entity})<-[:INVOLVES]-(found:Claim) WITH DISTINCT found AS c"
    return "MATCH (c:Claim)"


def _views(graph: Graph, events: list[Event]) -> list[EventView]:
    ids = sorted({entity for event in events for _, entity in event.actors})
    found = graph.read(
        "UNWIND $ids AS id MATCH (x:Entity {id: id}) RETURN x.id AS id, x.name AS name, x.kind AS kind", ids=ids
    )
    known = {row["id"]: row for row in found}
    return [
        EventView(
            id=event.id,
            type=event.type,
            status=event.status.value,
            title=event.title,
            first_day=event.first_day,
            last_day=event.last_day,
            precision=event.precision,
            claims=len(event.claims),
            sources=event.sources,
            first_reported=event.first_reported,
            last_reported=event.last_reported,
            actors=_ordered(
                [ActorView(role, id_, known[id_]["name"], known[id_]["kind"]) for role, id_ in event.actors]
            ),
        )
        for event in events
    ]


def _revision_views(event: Event) -> tuple[RevisionView, ...]:
    return tuple(
        RevisionView(r.seq, r.first_day, r.last_day, r.status.value, r.known_on, r.claim) for r in event.revisions
    )


def _revisions(graph: Graph, id_: str) -> tuple[RevisionView, ...]:
    rows = graph.read(
        """
        MATCH (:Event {id: $id})-[:HAS_REVISION]->(r:Revision)-[:BECAUSE_OF]->(c:Claim)
        RETURN r.seq AS seq, r.first_day AS first_day, r.last_day AS last_day, r.status AS status,
               r.known_on AS known_on, c.id AS claim
        ORDER BY seq
        """,
        id=id_,
    )
    return tuple(RevisionView(**row) for row in rows)
