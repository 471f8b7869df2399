"""Folds claims into events in the graph: just those that a change concerns.

Claims that come are filed under their keys; whoever stands where they look, and links to one of them, brings its
thread. Threads touched are folded anew, whole, and what comes out replaces what was there (`kb.fold.threads` says why
that is enough). All articles of a batch are folded together: a thread that many of them touch is folded once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from kb.fold import (
    Event,
    Files,
    ReportedClaim,
    Revision,
    Thread,
    UndatedEvent,
    events_of,
    related,
    thread_claims,
    undated_events_of,
)
from kb.fold.conflicts import Clash, find_clashes
from kb.fold.ledger import Articles, Step, bears_on_deadlines, due_of, with_ledgers
from kb.ids import digest
from kb.store import folding_cypher as cypher
from kb.store.claim_rows import Row, reported_claims_of, with_canonical
from kb.store.filing import claims_near, file_claims
from kb.store.judgements import Rule, ruler

if TYPE_CHECKING:
    from kb.store.graph import Writer


def refold(
    writer: Writer,
    *,
    articles: Iterable[str] = (),
    new: Iterable[ReportedClaim] = (),
    threads: Iterable[str] = (),
    gone: Iterable[str] = (),
) -> None:
    """Bring events up to date.

    Claims of `articles` are read anew; `new` ones were just written, all of their articles, and are in no thread yet;
    `threads` lost claims; `gone` are events that the caller took all claims from.
    """
    rule = ruler(writer.run)
    fresh = _corrected(with_canonical(writer.run, list(new)), rule)
    unthreaded = {claim.id for claim in fresh}
    own = {claim.article for claim in fresh}
    again = sorted(set(articles) - own)
    fresh += _load(writer, cypher.CLAIMS_OF_ARTICLES, again, rule)
    file_claims(writer, fresh, [*again, *own])
    linked = _linked(writer, fresh, rule)
    touched = {*threads, *_threads_of(writer, {claim.id for claim in chain(linked, fresh)} - unthreaded)}
    found = _load(writer, cypher.CLAIMS_OF_THREADS, touched, rule)
    together = {claim.id: claim for claim in chain(found, linked, fresh)}
    corrected = {id_ for id_, *_ in rule(fresh).corrections}
    bearing = [claim.id for claim in fresh if claim.id in corrected and bears_on_deadlines(claim)]
    writer.run(cypher.BEARING, ids=bearing)
    known = {*again, *own}
    beside = Articles.wanted(together.values()) - known
    others = _load(writer, cypher.CLAIMS_ON_DEADLINES, beside, rule)
    telling = Articles.of({claim.id: claim for claim in (*together.values(), *others)}.values())
    _write(writer, list(together.values()), rule, telling, unthreaded=unthreaded, stale=set(gone))


def threads_of_articles(writer: Writer, articles: Collection[str]) -> set[str]:
    """The threads that claims of these articles are in."""
    return {row["thread"] for row in writer.run(cypher.THREADS_OF_ARTICLES, ids=sorted(articles))}


def _load(writer: Writer, statement: str, ids: Iterable[str], rule: Rule) -> list[ReportedClaim]:
    return _corrected(reported_claims_of(writer.run, writer.run(statement, ids=sorted(set(ids)))), rule)


def _corrected(claims: list[ReportedClaim], rule: Rule) -> list[ReportedClaim]:
    return rule(claims).correct(claims)


def _linked(writer: Writer, fresh: Collection[ReportedClaim], rule: Rule) -> list[ReportedClaim]:
    """Claims that `fresh` ones link to, or were judged together with; one without a day may be in no thread yet."""
    own = {claim.id for claim in fresh}
    judged = {id_ for pair in rule(fresh).joined for id_ in pair} - own
    beside = _load(writer, cypher.CLAIMS, (claims_near(writer, fresh) | judged) - own, rule)
    found = Files.of(beside)
    linked = {other.id for claim in fresh for other in found.near(claim) if related(claim, other)} | judged
    return [claim for claim in beside if claim.id in linked]


def _threads_of(writer: Writer, claims: Collection[str]) -> set[str]:
    return {row["thread"] for row in writer.run(cypher.THREADS_OF, ids=sorted(claims))}


def _write(
    writer: Writer,
    claims: list[ReportedClaim],
    rule: Rule,
    telling: Articles,
    *,
    unthreaded: Collection[str],
    stale: set[str],
) -> None:
    threads = thread_claims(claims, rule(claims))
    kept = with_ledgers(events_of(threads), {claim.id: claim for claim in claims}, telling)
    events = [event for event, _ in kept]
    undated = undated_events_of(threads)
    before = stale | _detach(writer, [claim.id for claim in claims if claim.id not in unthreaded])
    for statement in cypher.CLEAR_EVENTS:
        writer.run(statement, ids=sorted(before))
    standing = {event.id for event in events} | {event.id for event in undated}
    writer.run(cypher.DELETE_EVENTS, ids=sorted(before - standing))
    rows = [_event_row(event) | _ledger_row(steps) for event, steps in kept]
    rows += [_undated_row(event) for event in undated]
    writer.run(cypher.CREATE_EVENTS, rows=[row for row in rows if row["id"] not in before])
    writer.run(cypher.UPDATE_EVENTS, rows=[row for row in rows if row["id"] in before])
    writer.run(
        cypher.WRITE_EVENT_ACTORS,
        rows=[{"event": e.id, "entity": entity, "role": role} for e in events for role, entity in e.actors],
    )
    about = _about_rows(threads, events, undated)
    writer.run(cypher.WRITE_ABOUT, rows=about)
    writer.run(cypher.WRITE_THREADS, rows=_waiting_rows(threads, {row["claim"] for row in about}))
    writer.run(cypher.WRITE_REVISIONS, rows=[row for event in events for row in _revision_rows(event)])
    writer.run(cypher.WRITE_STEPS, rows=[row for event, steps in kept for row in _step_rows(event.id, steps)])
    clashes = (clash for thread in threads for clash in find_clashes(thread))
    writer.run(cypher.WRITE_CONFLICTS, rows=[_clash_row(clash) for clash in clashes])


def _detach(writer: Writer, claims: list[str]) -> set[str]:
    """Take claims off their threads and events. Returns those events."""
    ids = sorted(claims)
    events = {row["event"] for row in writer.run(cypher.EVENTS_OF, ids=ids)}
    writer.run(cypher.DETACH_CLAIMS, ids=ids)
    return events


def _about_rows(threads: Iterable[Thread], events: Iterable[Event], undated: Iterable[UndatedEvent]) -> list[Row]:
    thread_of = {claim.id: thread.id for thread in threads for claim in (*thread.claims, *thread.undated)}
    told = [(id_, event.id) for event in events for id_ in (*event.claims, *event.mentions)]
    told += [(id_, event.id) for event in undated for id_ in event.mentions]
    return [{"claim": claim, "event": event, "thread": thread_of[claim]} for claim, event in told]


def _waiting_rows(threads: Iterable[Thread], placed: Collection[str]) -> list[Row]:
    """Claims that something links to their thread, and that are about no event: they may be, once more is told."""
    return [
        {"claim": claim.id, "thread": thread.id}
        for thread in threads
        if len(thread.claims) + len(thread.undated) > 1
        for claim in thread.undated
        if claim.id not in placed
    ]


def _event_row(event: Event) -> Row:
    return _told_row(event) | {
        "first_day": event.first_day,
        "last_day": event.last_day,
        "precision": event.precision,
        "claims": len(event.claims),
    }


def _undated_row(event: UndatedEvent) -> Row:
    return _told_row(event) | {"claims": 0}


def _told_row(event: Event | UndatedEvent) -> Row:
    """What stands on an event, whether anybody tells its day or not."""
    row = {
        "id": event.id,
        "type": event.type,
        "status": event.status.value,
        "title": event.title,
        "mentions": len(event.mentions) or None,
        "sources": event.sources,
        "outlets": event.outlets,
        "first_reported": event.first_reported,
        "last_reported": event.last_reported,
        "because": list(event.because),
    }
    return {name: value for name, value in row.items() if value is not None}


def _revision_rows(event: Event) -> list[Row]:
    return [
        {"event": event.id, "claim": revision.claim, "revision": _revision(event, revision)}
        for revision in event.revisions
    ]


def _revision(event: Event, revision: Revision) -> Row:
    row = {
        "id": digest("r", event.id, revision.seq),
        "seq": revision.seq,
        "first_day": revision.first_day,
        "last_day": revision.last_day,
        "status": revision.status.value,
        "known_on": revision.known_on,
        "because": revision.because,
    }
    return {name: value for name, value in row.items() if value is not None}


def _ledger_row(steps: Sequence[Step]) -> Row:
    """What of a deadline's ledger stands on its event, so that it is found and sorted by it."""
    if not steps:
        return {}
    return {"due": due_of(steps), "outcome": steps[-1].change.value, "slippage": steps[-1].slippage}


def _step_rows(event: str, steps: Sequence[Step]) -> list[Row]:
    return [
        {"event": event, "claim": step.claim, "step": _step_row(event, seq, step)} for seq, step in enumerate(steps, 1)
    ]


def _step_row(event: str, seq: int, step: Step) -> Row:
    row = {
        "id": digest("s", event, seq),
        "seq": seq,
        "change": step.change.value,
        "due": step.due,
        "known_on": step.known_on,
        "by": step.by,
        "slippage": step.slippage,
    }
    return {name: value for name, value in row.items() if value is not None}


def _clash_row(clash: Clash) -> Row:
    return {"one": clash.one, "other": clash.other, "on": clash.on, "says": clash.says}
