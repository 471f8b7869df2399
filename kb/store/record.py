"""Writes extractions to the graph: one transaction a batch, the same graph whatever is written twice.

Every id is deterministic and every value either belongs to one version of one article or is a join over all of them
(a set of aliases, a smallest name, how many take a thing for which kind), so writing again, in another order or from
two processes, ends in the same graph. Writers take turns (`kb.store.graph`), so what is read here is still true when it
is stored.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kb.fold import ReportedClaim
from kb.fold.claim import let_go
from kb.fold.ledger import bears_on_deadlines
from kb.fold.reported import Named, profile_of, published_day, reported_claims, source_name
from kb.gazetteer import load_gazetteer
from kb.ids import digest, source_id, version_id
from kb.model import RENAMED, Article, Claim, Entity, Extraction
from kb.resolve.names import plainness
from kb.resolve.senses import with_senses
from kb.store import record_cypher as cypher
from kb.store.copies_cypher import ORIGINS
from kb.store.identities import counted
from kb.store.identities_cypher import MOST_SEEN_IN
from kb.store.places import Naming
from kb.timevalue import Offset

if TYPE_CHECKING:
    from kb.store.graph import Graph, Writer

Row = dict[str, Any]

Told = Mapping[str, list[ReportedClaim]]
"""The claims of articles that tell of an event, by article."""

_LONGEST_NAME = 300
"""Characters of a name to call an entity by; Neo4j indexes no text of many thousands. The whole name is an alias."""


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
    with _uncollected():
        return graph.write(lambda writer: _record(writer, batch, recorded_at, extractor))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave garbage alone meanwhile: what a batch makes by the ten thousand is in use until its end, and then gone."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        let_go()
        if collecting:
            gc.enable()


def _record(writer: Writer, batch: Sequence[Extraction], recorded_at: str, extractor: str) -> list[Written]:
    batch = [with_senses(extraction) for extraction in batch]
    articles = {extraction.article.id: extraction for extraction in batch}
    stored = {
        row["article"]: (row["version"], row["extractor"])
        for row in writer.run(cypher.CURRENT_OF_ARTICLES, articles=sorted(articles))
    }
    for row in writer.run(cypher.WITHDRAWN, articles=sorted(articles)):
        stored.setdefault(row["article"], (row["version"], extractor if row["for_good"] else ""))
    outcomes = {id_: _outcome(extraction, stored.get(id_), extractor) for id_, extraction in articles.items()}
    changed = [extraction for id_, extraction in sorted(articles.items()) if outcomes[id_] is not Outcome.UNCHANGED]
    if changed:
        _replace(writer, changed, frozenset(stored), recorded_at, extractor)
    return [Written(e.article.id, outcomes[e.article.id], len(e.claims)) for e in articles.values()]


def _replace(
    writer: Writer, changed: Sequence[Extraction], stored: frozenset[str], recorded_at: str, extractor: str
) -> None:
    """Write these articles, some in place of what was known of them, and fold what that concerns."""
    from kb.store.copies import file_texts
    from kb.store.filing import note_naming, note_unnamed, unfile_claims
    from kb.store.folding import refold, threads_of_articles
    from kb.store.identities import note_articles
    from kb.store.judgements import resolve_named

    known = [extraction for extraction in changed if extraction.article.id in stored]
    ids = [extraction.article.id for extraction in known]
    named_before = _entities_of(writer, ids)
    threads = threads_of_articles(writer, ids)
    unfile_claims(writer, ids)
    events = _retire(writer, known, recorded_at)
    _write_articles(writer, changed, stored, recorded_at, extractor)
    written = _write_entities(writer, changed)
    note_naming(writer, {extraction.article.id: _naming(extraction) for extraction in changed})
    told = {extraction.article.id: list(reported_claims(extraction)) for extraction in changed}
    _create_claims(writer, [e for e in changed if e.article.id not in stored], told, recorded_at)
    _write_claims(writer, known, told, recorded_at)
    moved = file_texts(writer, {extraction.article.id: extraction.article.text for extraction in changed})
    named_now = {entity.id for extraction in known for entity in extraction.entities}
    if named_before - named_now:
        note_unnamed(writer)
    restated = named_before | named_now
    reclassified = written.reclassified | note_articles(writer, restated)
    renamed = resolve_named(
        writer,
        written.touched | restated,
        written=[row for row in written.rows if row["id"] not in restated],
        fresh=written.fresh,
        reclassified=reclassified,
        redated=written.redated | restated,
    )
    refold(
        writer,
        articles=renamed,
        new=_dated(writer, told),
        threads=threads | threads_of_articles(writer, moved),
        gone=events,
    )
    writer.run(cypher.DELETE_UNUSED_ENTITIES, ids=sorted(named_before))


def _outcome(extraction: Extraction, stored: tuple[str, str] | None, extractor: str) -> Outcome:
    if stored is None:
        return Outcome.NEW
    return Outcome.UNCHANGED if stored == (version_of(extraction.article), extractor) else Outcome.UPDATED


def _entities_of(writer: Writer, articles: Sequence[str]) -> set[str]:
    return {row["entity"] for row in writer.run(cypher.ENTITIES_OF_ARTICLES, ids=articles)}


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


def _write_articles(
    writer: Writer, changed: Sequence[Extraction], stored: frozenset[str], recorded_at: str, extractor: str
) -> None:
    from kb.store.filing import note_created

    rows = [{**_article_row(e.article), "profile": list(profile_of(e))} for e in changed]
    known = [row for row in rows if row["id"] in stored]
    new = [row for row in rows if row["id"] not in stored]
    number = writer.turn.number
    for row in writer.run(cypher.CREATE_ARTICLES, rows=new, at=recorded_at, extractor=extractor, filed=number):
        writer.nodes.note("Article", row["articles"])
        writer.nodes.note("Version", row["versions"])
    note_created(writer, [row["id"] for row in new])
    writer.run(cypher.WRITE_ARTICLES, rows=known)
    writer.run(cypher.WRITE_VERSIONS, rows=known, at=recorded_at, extractor=extractor)
    writer.run(cypher.WRITE_SOURCES, rows=[row for row in rows if row["source"]])


def _article_row(article: Article) -> Row:
    source = source_name(article)
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "published": published_day(article),
        "language": article.language,
        "authors": list(article.authors),
        "section": article.section,
        "published_at": article.published_at,
        "updated_at": article.updated_at,
        "dated_by": article.dated_by,
        "dated_with": article.dated_with,
        "paywalled": article.paywalled,
        "source": source_id(source) if source else None,
        "source_name": source,
        "version": version_of(article),
        "hash": digest("", article.text),
        "text": article.text,
    }


@dataclass(frozen=True, slots=True)
class _Entities:
    """Entities that were written because there is something new of them; of them the new ones, those of another kind
    by now, and those that are named since another day."""

    rows: Sequence[Row]
    touched: frozenset[str]
    fresh: frozenset[str]
    reclassified: frozenset[str]
    redated: frozenset[str]


def _write_entities(writer: Writer, changed: Sequence[Extraction]) -> _Entities:
    found = _merged_entities(changed)
    stored = {row["id"]: row for row in writer.run(cypher.READ_ENTITIES, ids=sorted(found))}
    writer.nodes.note("Entity", [(id_, row.pop("node")) for id_, row in stored.items()])
    joined = [_join(row, stored.get(id_)) for id_, row in sorted(found.items())]
    rows = [row for row in joined if _but_votes(row) != _but_votes(stored.get(row["id"], {}))]
    touched = frozenset(row["id"] for row in rows)
    new = [row for row in rows if row["id"] not in stored]
    for told in writer.run(cypher.CREATE_ENTITIES, rows=new):
        writer.nodes.note("Entity", told["nodes"])
    known = [row for row in rows if row["id"] in stored]
    writer.run(cypher.WRITE_ENTITIES, rows=writer.nodes.placed(writer, known, id="Entity"))
    recounted = [row for row in joined if row["id"] not in touched]
    writer.run(cypher.WRITE_VOTES, rows=writer.nodes.placed(writer, recounted, id="Entity"))
    _write_mentions(writer, changed)
    reclassified = frozenset(r["id"] for r in rows if stored.get(r["id"], r)["kind"] != r["kind"])
    redated = frozenset(r["id"] for r in rows if stored.get(r["id"], r)["since"] != r["since"])
    return _Entities(rows, touched, touched - stored.keys(), reclassified, redated)


def _but_votes(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in ("kinds", "votes")}


def _write_mentions(writer: Writer, changed: Sequence[Extraction]) -> None:
    rows = [_mention_row(entity, extraction.article) for extraction in changed for entity in extraction.entities]
    writer.run(cypher.WRITE_MENTIONS, rows=writer.nodes.placed(writer, rows, article="Article", entity="Entity"))


def _naming(extraction: Extraction) -> Naming:
    return Naming(published_day(extraction.article), {entity.id for entity in extraction.entities})


def _mention_row(entity: Entity, article: Article) -> Row:
    row = _entity_row(entity)
    told = {"count": len(entity.mentions), "name": row["name"], "kind": entity.kind.value, "names": _called(entity)}
    return {"article": article.id, "entity": entity.id, **told}


def _merged_entities(extractions: Iterable[Extraction]) -> dict[str, Row]:
    merged: dict[str, Row] = {}
    for extraction in extractions:
        for entity in extraction.entities:
            day = published_day(extraction.article)
            row = {**_entity_row(entity), "seen_in": [extraction.article.id], "since": day}
            merged[entity.id] = _join(row, merged.get(entity.id))
    return merged


def _entity_row(entity: Entity) -> Row:
    listed = load_gazetteer().get(entity.name)
    name = entity.name if len(entity.name) <= _LONGEST_NAME else entity.name[:_LONGEST_NAME] + "…"
    return {
        "id": entity.id,
        "name": name,
        **counted({entity.kind: 1}, name),
        "aliases": sorted({entity.name, *_called(entity)}),
        "roles": list(entity.roles),
        "renamed": [f"{one.name}{RENAMED}{one.until}" for one in listed.former] if listed and listed.former else None,
    }


def _called(entity: Entity) -> list[str]:
    """What the article calls it, word for word; its name where that is cut short in the graph."""
    called = {" ".join(mention.text.split()) for mention in entity.mentions}
    return sorted(called | {entity.name} if len(entity.name) > _LONGEST_NAME or not called else called)


def _join(new: Row, old: Row | None) -> Row:
    """Both rows as one; the order of joining changes nothing."""
    if old is None or old["name"] is None:
        return new
    name = min(new["name"], old["name"], key=plainness)
    return {
        "id": new["id"],
        "name": name,
        **counted(_votes(new) + _votes(old), name),
        "aliases": sorted({*new["aliases"], *old["aliases"]}),
        "roles": sorted({*new["roles"], *(old["roles"] or ())}),
        "seen_in": sorted({*new["seen_in"], *(old["seen_in"] or ())})[:MOST_SEEN_IN],
        "since": min(filter(None, (new["since"], old["since"])), default=None),
        "renamed": new["renamed"],
    }


def _votes(row: Row) -> Counter[str]:
    """How many articles take an entity for which kind."""
    return Counter(dict(zip(row["kinds"], row["votes"], strict=True)))


def join_names(called: Row) -> Row:
    """The name and aliases of an entity, from all that articles call it."""
    return {
        "id": called["id"],
        "name": min(called["called"], key=plainness),
        "aliases": sorted(
            {name for names in called["names"] for name in names or ()}
            | {name for name in called["called"] if len(name) <= _LONGEST_NAME}
        ),
    }


def _create_claims(writer: Writer, new: Sequence[Extraction], told: Told, recorded_at: str) -> None:
    """Write the claims of articles that were not there: nothing of them needs to be looked for."""
    rows = [_without_nothing(row) for extraction in new for row in _claim_rows(extraction, told[extraction.article.id])]
    rows = writer.nodes.placed(writer, rows, version="Version")
    for told_of in writer.run(cypher.CREATE_CLAIMS, rows=rows, at=recorded_at):
        writer.nodes.note("Claim", told_of["nodes"])
    _write_claim_actors(writer, new)


def _without_nothing(row: Row) -> Row:
    return {name: value for name, value in row.items() if value is not None}


def _dated(writer: Writer, told: Told) -> list[ReportedClaim]:
    """The claims of these articles that tell of an event, as the graph has them by now."""
    origins = {row["id"]: row["origin"] or row["id"] for row in writer.run(ORIGINS, ids=sorted(told))}
    return [
        claim if claim.origin == origins[claim.article] else replace(claim, origin=origins[claim.article])
        for claims in told.values()
        for claim in claims
    ]


def _write_claims(writer: Writer, changed: Sequence[Extraction], told: Told, recorded_at: str) -> None:
    rows = [row for extraction in changed for row in _claim_rows(extraction, told[extraction.article.id])]
    writer.run(cypher.WRITE_CLAIMS, rows=rows, at=recorded_at)
    _write_claim_actors(writer, changed)


def _write_claim_actors(writer: Writer, changed: Sequence[Extraction]) -> None:
    rows = [
        {"claim": claim.id, "entity": entity, "role": role}
        for extraction in changed
        for named in (Named(extraction.entities),)
        for claim in extraction.claims
        for role, entity in named.roles_of(claim)
    ]
    writer.run(cypher.WRITE_CLAIM_ACTORS, rows=writer.nodes.placed(writer, rows, claim="Claim", entity="Entity"))


def _claim_rows(extraction: Extraction, told: Iterable[ReportedClaim]) -> list[Row]:
    folded = {claim.id: claim for claim in told}
    version = version_of(extraction.article)
    rows = []
    for claim in extraction.claims:
        row = _claim_row(claim, extraction.article, version)
        telling = folded.get(claim.id)
        row["thread"] = claim.id if telling and not telling.undated else None
        row["names"] = list(telling.names) if telling else []
        row["topics"] = list(telling.topics) if telling else []
        row["of_deadlines"] = bool(telling and bears_on_deadlines(telling)) or None
        row["mention"] = bool(telling and telling.undated) or None
        row["doubts"] = list(telling.doubts) if telling else []
        rows.append(row)
    return rows


def _claim_row(claim: Claim, article: Article, version: str) -> Row:
    when = claim.when
    return {
        "version": version,
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
        "published": published_day(article),
        **_clock_row(when.offset if when else None),
    }


def _clock_row(clock: Offset | None) -> Row:
    """A legal clock as it was told: how long, from what, and from which day as far as the text tells it."""
    return {
        "clock_amount": clock.amount if clock else None,
        "clock_unit": clock.unit if clock else None,
        "clock_anchor": clock.anchor if clock else None,
        "clock_from": clock.counted_from.isoformat() if clock and clock.counted_from else None,
    }
