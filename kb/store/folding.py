"""Folds claims into events in the graph: just those that a change concerns.

A claim that comes is filed under its block keys; whoever stands there too and links to it brings its thread. Threads
touched are folded anew, whole, and what comes out replaces what was there (`kb.fold.threads` says why that is enough).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from kb.fold import Event, ReportedClaim, Thread, block_keys, events_of, related, sought_keys, thread_claims
from kb.fold.conflicts import Clash, find_clashes
from kb.ids import digest
from kb.store import folding_cypher as cypher
from kb.store.claim_rows import Row, reported_claims_of
from kb.store.judgements import Rule, ruler

if TYPE_CHECKING:
    from kb.store.graph import Writer


def refold(writer: Writer, *, changed: Collection[str], threads: Iterable[str] = (), gone: Iterable[str] = ()) -> None:
    """Bring events up to date: `changed` claims are new or read anew, `threads` lost claims, `gone` lost all claims.

    `gone` are ids of events that the caller took claims from.
    """
    rule = ruler(writer.run)
    fresh = _load(writer, cypher.CLAIMS, changed, rule)
    _file(writer, fresh)
    touched = {*threads, *_linked_threads(writer, fresh, rule)}
    together = {claim.id: claim for claim in chain(_load(writer, cypher.CLAIMS_OF_THREADS, touched, rule), fresh)}
    _write(writer, list(together.values()), rule, stale=set(gone))


def threads_of_articles(writer: Writer, articles: Collection[str]) -> set[str]:
    """The threads that claims of these articles are in."""
    return {row["thread"] for row in writer.run(cypher.THREADS_OF_ARTICLES, ids=sorted(articles))}


def claims_of_articles(writer: Writer, articles: Collection[str]) -> list[str]:
    """The dated claims of these articles as they are now."""
    return [row["id"] for row in writer.run(cypher.CLAIMS_OF_ARTICLES, ids=sorted(articles))]


def unfile(writer: Writer, claims: Collection[str]) -> None:
    """Take claims out of their blocks."""
    keys = sorted(row["key"] for row in writer.run(cypher.UNFILE, ids=sorted(claims)))
    writer.run(cypher.DELETE_UNUSED_BLOCKS, keys=keys)


def _load(writer: Writer, statement: str, ids: Iterable[str], rule: Rule) -> list[ReportedClaim]:
    claims = reported_claims_of(writer.run, writer.run(statement, ids=sorted(set(ids))))
    return rule(claims).correct(claims)


def _file(writer: Writer, claims: Collection[ReportedClaim]) -> None:
    keys = {row["key"] for row in writer.run(cypher.UNFILE, ids=sorted(claim.id for claim in claims))}
    rows = [{"claim": claim.id, "key": key} for claim in claims for key in block_keys(claim)]
    writer.run(cypher.FILE, rows=rows)
    writer.run(cypher.DELETE_UNUSED_BLOCKS, keys=sorted(keys - {row["key"] for row in rows}))


def _linked_threads(writer: Writer, fresh: Collection[ReportedClaim], rule: Rule) -> set[str]:
    """Threads of the claims that `fresh` ones link to, were in, or were judged together with."""
    own = {claim.id for claim in fresh}
    keys = {key for claim in fresh for key in sought_keys(claim)}
    near = {row["id"] for row in writer.run(cypher.FILED_UNDER, keys=sorted(keys))} - own
    found = _load(writer, cypher.CLAIMS, near, rule)
    by_key: dict[str, list[ReportedClaim]] = {}
    for claim in found:
        for key in block_keys(claim):
            by_key.setdefault(key, []).append(claim)
    linked = {other.id for claim in fresh for other in _neighbours(claim, by_key) if related(claim, other)}
    judged = {id_ for pair in rule(fresh).joined for id_ in pair}
    return {row["thread"] for row in writer.run(cypher.THREADS_OF, ids=sorted(own | linked | judged))}


def _neighbours(claim: ReportedClaim, by_key: dict[str, list[ReportedClaim]]) -> Iterator[ReportedClaim]:
    seen: set[str] = set()
    for key in sought_keys(claim):
        for other in by_key.get(key, ()):
            if other.id not in seen:
                seen.add(other.id)
                yield other


def _write(writer: Writer, claims: list[ReportedClaim], rule: Rule, *, stale: set[str]) -> None:
    threads = thread_claims(claims, rule(claims))
    events = events_of(threads)
    clashes = [clash for thread in threads for clash in find_clashes(thread)]
    ids = sorted(claim.id for claim in claims)
    before = stale | {row["event"] for row in writer.run(cypher.EVENTS_OF, ids=ids)}
    writer.run(cypher.DETACH_CLAIMS, ids=ids)
    now = {event.id for event in events}
    writer.run(cypher.CLEAR_EVENTS, ids=sorted(before | now))
    writer.run(cypher.DELETE_EVENTS, ids=sorted(before - now))
    writer.run(cypher.WRITE_EVENTS, rows=[_event_row(event) for event in events])
    writer.run(
        cypher.WRITE_EVENT_ACTORS,
        rows=[{"event": e.id, "entity": entity, "role": role} for e in events for role, entity in e.actors],
    )
    writer.run(cypher.WRITE_REVISIONS, rows=[row for event in events for row in _revision_rows(event)])
    writer.run(cypher.WRITE_ABOUT, rows=_about_rows(threads, events))
    writer.run(cypher.WRITE_CONFLICTS, rows=[_clash_row(clash) for clash in clashes])


def _about_rows(threads: Iterable[Thread], events: Iterable[Event]) -> list[Row]:
    thread_of = {claim.id: thread.id for thread in threads for claim in thread.claims}
    return [{"claim": id_, "event": event.id, "thread": thread_of[id_]} for event in events for id_ in event.claims]


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
        "outlets": event.outlets,
        "first_reported": event.first_reported,
        "last_reported": event.last_reported,
        "because": list(event.because),
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
            "because": revision.because,
        }
        for revision in event.revisions
    ]


def _clash_row(clash: Clash) -> Row:
    return {"one": clash.one, "other": clash.other, "on": clash.on, "says": clash.says}
