"""Claims as the fold takes them, read from the graph: the one place that names the fields it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kb.fold import ReportedClaim
from kb.fold.claim import UNDATED
from kb.fold.reported import WORD
from kb.fold.resolution import resolved
from kb.fold.undated import may_lie
from kb.model import Status
from kb.timevalue import Offset, parse_day

Row = dict[str, Any]


Reader = Callable[..., list[Row]]
"""Runs a statement with parameters: an open transaction's `run`, a graph's `read`."""

FOLD_FIELDS = """
OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
OPTIONAL MATCH (c)-[i:INVOLVES]->(x:Entity)
WITH c, v, a, s, collect(CASE WHEN x IS NULL THEN null ELSE [i.role, x.id] END) AS actors
RETURN c.id AS id, c.type AS type, c.status AS status, c.title AS title, c.first_day AS first_day,
       c.last_day AS last_day, c.precision AS precision, c.confidence AS confidence, c.published AS published,
       c.trigger AS trigger, c.quote AS quote, c.time_text AS time_text, c.names AS names, c.topics AS topics,
       c.doubts AS doubts, v.profile AS profile, a.id AS article, coalesce(a.origin, a.id) AS origin, s.id AS source,
       c.clock_amount AS clock_amount, c.clock_unit AS clock_unit, c.clock_anchor AS clock_anchor,
       c.clock_from AS clock_from, c.trigger_start AS at, c.thread AS thread, actors
"""
"""Ends a statement that has matched a claim `c`, its version `v` and its article `a`: rows for `reported_claims_of`."""

# Canonical ids of those of $ids that are not canonical themselves: {id, canonical}.
CANONICAL = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE e.canonical IS NOT NULL
RETURN e.id AS id, e.canonical AS canonical
"""


def reported_claims_of(read: Reader, rows: Iterable[Row]) -> list[ReportedClaim]:
    """The claims of these rows, with canonical entities."""
    return with_canonical(read, [_reported(row) for row in rows])


def with_canonical(read: Reader, claims: Iterable[ReportedClaim]) -> list[ReportedClaim]:
    """These claims with canonical entities."""
    claims = list(claims)
    named = {id_ for claim in claims for id_ in (*(e for _, e in claim.actors), *claim.topics, *claim.profile)}
    canonical = canonical_ids(read, named)
    return [resolved(claim, canonical) for claim in claims]


def canonical_ids(read: Reader, ids: Iterable[str]) -> Mapping[str, str]:
    """The canonical entity of each of `ids` that has another."""
    entities = sorted(id_ for id_ in ids if not id_.startswith(WORD))
    return {row["id"]: row["canonical"] for row in read(CANONICAL, ids=entities)}


def _reported(row: Row) -> ReportedClaim:
    undated = row["first_day"] is None
    first, last = may_lie(Status(row["status"]), row["published"]) if undated else (row["first_day"], row["last_day"])
    return ReportedClaim(
        id=row["id"],
        type=row["type"],
        status=Status(row["status"]),
        title=row["title"],
        first_day=first,
        last_day=last,
        precision=UNDATED if undated else row["precision"],
        actors=tuple(sorted((role, entity) for role, entity in row["actors"])),
        source=row["source"],
        published=row["published"],
        confidence=row["confidence"],
        article=row["article"],
        origin=row["origin"],
        trigger=row["trigger"],
        quote=row["quote"],
        time_text=row["time_text"] or "",
        names=tuple(row["names"] or ()),
        topics=tuple(row["topics"] or ()),
        profile=tuple(row["profile"] or ()),
        doubts=tuple(row["doubts"] or ()),
        clock=_clock(row),
        at=row["at"],
    )


def _clock(row: Row) -> Offset | None:
    if row["clock_amount"] is None:
        return None
    counted_from = parse_day(row["clock_from"]) if row["clock_from"] else None
    return Offset(row["clock_amount"], row["clock_unit"], row["clock_anchor"], counted_from)
