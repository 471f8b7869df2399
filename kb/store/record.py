"""Writes extractions to the graph: one transaction a batch, the same graph whatever is written twice.

Every id is deterministic and every value either belongs to one version of one article or is a join over all of them
(a set of aliases, a smallest name), so writing again, in another order or from two processes, ends in the same graph.
Articles first, then the entities and events they share, are locked in the order of their ids before they are read and
changed: of two writers one waits, or starts again, and then sees what the other wrote.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kb.fold import MENTIONED, Event, ReportedClaim, event_of, fold_events
from kb.ids import digest, source_id, version_id
from kb.model import Article, Claim, Entity, EntityKind, Extraction, Span, Status
from kb.store import record_cypher as cypher

if TYPE_CHECKING:
    from kb.store.graph import Graph, Writer

Row = dict[str, Any]

_KIND_ORDER = tuple(EntityKind)
"""Where articles take one name for different kinds, the graph keeps the first in this order."""


class Outcome(StrEnum):
    """What writing an article came to."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Written:
    """One article's outcome, and the claims that now stand for it."""

    article: str
    outcome: Outcome
    claims: int


def known_versions(graph: Graph, versions: Sequence[str], *, extractor: str) -> frozenset[str]:
    """Those of `versions` that are current and were read by this `extractor`: extracting them again changes nothing."""
    rows = graph.read(cypher.CURRENT_VERSIONS, versions=list(versions), extractor=extractor)
    return frozenset(row["id"] for row in rows)


def version_of(article: Article) -> str:
    """Id of the version that `article` is."""
    return version_id(article.id, article.title, article.published, article.text)


def record(graph: Graph, batch: Sequence[Extraction], *, recorded_at: str, extractor: str) -> list[Written]:
    """Write a batch in one transaction, all of it or nothing.

    `recorded_at` is an ISO time in UTC, `extractor` names the version of the extraction. A batch holds an article once.
    Raises AbortRun when the store cannot take it.
    """
    return graph.write(lambda writer: _record(writer, batch, recorded_at, extractor))


def _record(writer: Writer, batch: Sequence[Extraction], recorded_at: str, extractor: str) -> list[Written]:
    articles = {extraction.article.id: extraction for extraction in batch}
    writer.run(cypher.LOCK_ARTICLES, ids=sorted(articles))
    stored = {
        row["article"]: (row["version"], row["extractor"])
        for row in writer.run(cypher.CURRENT_OF_ARTICLES, articles=sorted(articles))
    }
    outcomes = {id_: _outcome(extraction, stored.get(id_), extractor) for id_, extraction in articles.items()}
    changed = [extraction for id_, extraction in sorted(articles.items()) if outcomes[id_] is not Outcome.UNCHANGED]
    if changed:
        named_before = _entities_of(writer, changed)
        stale = _retire(writer, changed, recorded_at)
        _lock(writer, changed, stale, named_before)
        _write_articles(writer, changed, recorded_at, extractor)
        _write_entities(writer, changed)
        _write_claims(writer, changed, recorded_at)
        refold(writer, stale | {row["event"] for row in _dated(changed)})
        writer.run(cypher.DELETE_UNUSED_ENTITIES, ids=sorted(named_before))
    return [Written(e.article.id, outcomes[e.article.id], len(e.claims)) for e in articles.values()]


def _outcome(extraction: Extraction, stored: tuple[str, str] | None, extractor: str) -> Outcome:
    if stored is None:
        return Outcome.NEW
    return Outcome.UNCHANGED if stored == (version_of(extraction.article), extractor) else Outcome.UPDATED


def _entities_of(writer: Writer, changed: Iterable[Extraction]) -> set[str]:
    rows = writer.run(cypher.ENTITIES_OF_ARTICLES, ids=[extraction.article.id for extraction in changed])
    return {row["entity"] for row in rows}


def _retire(writer: Writer, changed: Iterable[Extraction], recorded_at: str) -> set[str]:
    """Take the current claims of these articles out of the current view. Returns the events they were about.

    Claims of an older version stay in the history; claims of the same version, read by an older extractor, go.
    """
    rows = [
        {"article": e.article.id, "version": version_of(e.article), "claims": [claim.id for claim in e.claims]}
        for e in changed
    ]
    events = {row["event"] for row in writer.run(cypher.EVENTS_OF_ARTICLES, rows=rows)}
    writer.run(cypher.DETACH_CLAIMS, rows=rows)
    writer.run(cypher.DROP_MENTIONS, rows=rows)
    writer.run(cypher.DROP_SOURCES, rows=rows)
    writer.run(cypher.DROP_CLAIMS, rows=rows)
    writer.run(cypher.DROP_CLAIM_ACTORS, rows=rows)
    writer.run(cypher.SUPERSEDE, rows=rows, at=recorded_at)
    return events


def _lock(writer: Writer, changed: Sequence[Extraction], stale: set[str], named_before: set[str]) -> None:
    """Take the nodes that articles share, in one order, so that two writers wait for each other and do not deadlock."""
    entities = named_before | {entity.id for e in changed for entity in e.entities}
    events = stale | {row["event"] for row in _dated(changed)}
    writer.run(cypher.LOCK_ENTITIES, ids=sorted(entities))
    writer.run(cypher.LOCK_EVENTS, ids=sorted(events))


def _write_articles(writer: Writer, changed: Sequence[Extraction], recorded_at: str, extractor: str) -> None:
    rows = [_article_row(extraction.article) for extraction in changed]
    writer.run(cypher.WRITE_ARTICLES, rows=rows)
    writer.run(cypher.WRITE_SOURCES, rows=[row for row in rows if row["source"]])
    writer.run(cypher.WRITE_VERSIONS, rows=rows, at=recorded_at, extractor=extractor)


def _article_row(article: Article) -> Row:
    source = source_name(article)
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "source": source_id(source) if source else None,
        "source_name": source,
        "version": version_of(article),
        "hash": digest("", article.text),
        "text": article.text,
    }


def source_name(article: Article) -> str | None:
    """The outlet: as the article names it, else the host of its URL."""
    return article.source or (urlsplit(article.url).hostname if article.url else None)


def _write_entities(writer: Writer, changed: Sequence[Extraction]) -> None:
    found = _merged_entities(entity for extraction in changed for entity in extraction.entities)
    stored = {row["id"]: row for row in writer.run(cypher.READ_ENTITIES, ids=sorted(found))}
    rows = [_join(row, stored.get(id_)) for id_, row in sorted(found.items())]
    writer.run(cypher.WRITE_ENTITIES, rows=rows)
    writer.run(
        cypher.WRITE_MENTIONS,
        rows=[
            {"article": extraction.article.id, "entity": entity.id, "count": len(entity.mentions)}
            for extraction in changed
            for entity in extraction.entities
        ],
    )


def _merged_entities(entities: Iterable[Entity]) -> dict[str, Row]:
    merged: dict[str, Row] = {}
    for entity in entities:
        names = {entity.name, *(" ".join(mention.text.split()) for mention in entity.mentions)}
        row = {"id": entity.id, "name": entity.name, "kind": entity.kind.value, "aliases": sorted(names)}
        merged[entity.id] = _join(row, merged.get(entity.id))
    return merged


def _join(new: Row, old: Row | None) -> Row:
    """Both rows as one; the order of joining changes nothing."""
    if old is None or old["name"] is None:
        return new
    return {
        "id": new["id"],
        "name": min(new["name"], old["name"], key=lambda name: (len(name), name)),
        "kind": min(new["kind"], old["kind"], key=lambda kind: _KIND_ORDER.index(EntityKind(kind))),
        "aliases": sorted({*new["aliases"], *old["aliases"]}),
    }


def _write_claims(writer: Writer, changed: Sequence[Extraction], recorded_at: str) -> None:
    rows = [_claim_row(claim, extraction.article) for extraction in changed for claim in extraction.claims]
    writer.run(cypher.WRITE_CLAIMS, rows=rows, at=recorded_at)
    writer.run(
        cypher.WRITE_CLAIM_ACTORS,
        rows=[
            {"claim": claim.id, "entity": entity, "role": role}
            for extraction in changed
            for claim in extraction.claims
            for role, entity in roles_of(claim, extraction.entities)
        ],
    )
    writer.run(cypher.WRITE_ABOUT, rows=_dated(changed))


def roles_of(claim: Claim, entities: Iterable[Entity]) -> tuple[tuple[str, str], ...]:
    """Who has a part in a claim: its actors, and the other entities its sentence names, as `MENTIONED`."""
    acting = dict.fromkeys((actor.role, actor.entity) for actor in claim.actors)
    known = {entity for _, entity in acting}
    named = (entity.id for entity in entities if entity.id not in known and _stands_in(entity, claim.sentence))
    return (*acting, *((MENTIONED, entity) for entity in named))


def _stands_in(entity: Entity, sentence: Span) -> bool:
    """True if a mention begins in `sentence`; mentions are in text order."""
    at = bisect_left(entity.mentions, sentence.start, key=attrgetter("start"))
    return at < len(entity.mentions) and entity.mentions[at].start < sentence.end


def _claim_row(claim: Claim, article: Article) -> Row:
    when = claim.when
    return {
        "version": version_of(article),
        "id": claim.id,
        "type": claim.type,
        "status": claim.status.value,
        "title": claim.title,
        "first_day": when.interval.first_day if when else None,
        "last_day": when.interval.last_day if when else None,
        "precision": when.precision.value if when else None,
        "basis": when.basis.value if when else None,
        "time_text": when.span.text if when else None,
        "time_start": when.span.start if when else None,
        "quote": claim.sentence.text,
        "start": claim.sentence.start,
        "end": claim.sentence.end,
        "trigger": claim.trigger.text,
        "trigger_start": claim.trigger.start,
        "attributed_to": claim.attributed_to,
        "cues": list(claim.cues),
        "confidence": claim.confidence,
        "published": article.published.isoformat() if article.published else None,
    }


def _dated(changed: Iterable[Extraction]) -> list[Row]:
    return [
        {"claim": claim.id, "event": event_of(reported)}
        for extraction in changed
        for claim in extraction.claims
        if (reported := _reported(claim, extraction.article)) is not None
    ]


def _reported(claim: Claim, article: Article) -> ReportedClaim | None:
    if claim.when is None:
        return None
    return ReportedClaim(
        id=claim.id,
        type=claim.type,
        status=claim.status,
        title=claim.title,
        first_day=claim.when.interval.first_day,
        last_day=claim.when.interval.last_day,
        precision=claim.when.precision.value,
        actors=tuple((actor.role, actor.entity) for actor in claim.actors),
        source=source_name(article),
        published=article.published.isoformat() if article.published else None,
        confidence=claim.confidence,
    )


def refold(writer: Writer, events: set[str]) -> None:
    """Compute these events anew from the claims about them; those that no claim is about any more go."""
    claims = [reported_claim(row) for row in writer.run(cypher.CLAIMS_OF_EVENTS, ids=sorted(events))]
    folded = fold_events(claims)
    writer.run(cypher.CLEAR_EVENTS, ids=sorted(events))
    writer.run(cypher.DELETE_EVENTS, ids=sorted(events - {event.id for event in folded}))
    writer.run(cypher.WRITE_EVENTS, rows=[_event_row(event) for event in folded])
    writer.run(
        cypher.WRITE_EVENT_ACTORS,
        rows=[{"event": e.id, "entity": entity, "role": role} for e in folded for role, entity in e.actors],
    )
    writer.run(cypher.WRITE_REVISIONS, rows=[row for event in folded for row in _revision_rows(event)])


def reported_claim(row: Row) -> ReportedClaim:
    """The fold's view of a claim, from a row with its properties, `actors` ([role, entity id]) and `source`."""
    return ReportedClaim(
        id=row["id"],
        type=row["type"],
        status=Status(row["status"]),
        title=row["title"],
        first_day=row["first_day"],
        last_day=row["last_day"],
        precision=row["precision"],
        actors=tuple(sorted((role, entity) for role, entity in row["actors"])),
        source=row["source"],
        published=row["published"],
        confidence=row["confidence"],
    )


def _event_row(event: Event) -> Row:
    return {
        "id": event.id,
        "type": event.type,
        "status": event.status.value,
        "title": event.title,
        "first_day": event.first_day,
        "last_day": event.last_day,
        "precision": event.precision,
        "claims": len(event.claims),
        "sources": event.sources,
        "first_reported": event.first_reported,
        "last_reported": event.last_reported,
    }


def _revision_rows(event: Event) -> list[Row]:
    return [
        {
            "event": event.id,
            "claim": revision.claim,
            "id": digest("r", event.id, revision.seq),
            "seq": revision.seq,
            "first_day": revision.first_day,
            "last_day": revision.last_day,
            "status": revision.status.value,
            "known_on": revision.known_on,
        }
        for revision in event.revisions
    ]
