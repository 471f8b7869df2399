"""Folds claims into events in the graph: just those that a change concerns.

Claims that come are filed under their keys; whoever stands where they look, and links to one of them, brings its
thread. Threads touched are folded anew, whole, and what comes out replaces what was there (`kb.fold.threads` says why
that is enough). All articles of a batch are folded together: a thread that many of them touch is folded once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, LiteralString

from kb.fold import Linked, ReportedClaim, Thread, events_of, thread_claims, undated_events_of
from kb.fold.conflicts import find_clashes
from kb.fold.ledger import Articles, bears_on_deadlines, with_ledgers
from kb.fold.likeness import Link
from kb.fold.threads import find_links
from kb.store import folding_cypher as cypher
from kb.store.claim_rows import Row, reported_claims_of, with_canonical
from kb.store.event_rows import clash_row, told_events
from kb.store.filing import as_filed, file_claims, related_near
from kb.store.judgements import Rule, ruler

if TYPE_CHECKING:
    from kb.store.graph import Writer

_LOADED_AT_ONCE = 128
"""Claims, threads or articles that one statement asks for: a server gathers what it finds of them in its memory."""


_LINKED = Linked()
"""Threads of the last transactions: in a run, those that its stories are in come again and again."""


def refold(
    writer: Writer,
    *,
    articles: Iterable[str] = (),
    new: Iterable[ReportedClaim] = (),
    threads: Iterable[str] = (),
    gone: Iterable[str] = (),
) -> None:
    """Bring events up to date.

    Claims of `articles` are read anew; `new` ones were just written, all of their articles, those with a day each in a
    thread of its own; `threads` lost claims; `gone` are events that the caller took all claims from.
    """
    rule = ruler(writer.run)
    new = list(new)
    fresh = _corrected(with_canonical(writer.run, new), rule)
    alone = {claim.id for claim in new if not claim.undated}
    unthreaded = {claim.id for claim in fresh}
    own = {claim.article for claim in fresh}
    again = sorted(set(articles) - own)
    fresh += _corrected(reported_claims_of(writer.run, _rows(writer, cypher.CLAIMS_OF_ARTICLES, again)), rule)
    file_claims(writer, fresh, [*again, *own])
    linked, links = _linked(writer, fresh, rule)
    touched = {*threads, *_threads_of(writer, {claim.id for claim in chain(linked, fresh)} - unthreaded)}
    standing = _standing(writer, touched, rule)
    together = {claim.id: claim for claim in chain(*standing.values(), linked, fresh)}
    corrected = {id_ for id_, *_ in rule(fresh).corrections}
    bearing = [claim.id for claim in fresh if claim.id in corrected and bears_on_deadlines(claim)]
    writer.run(cypher.BEARING, ids=bearing)
    known = {*again, *own}
    beside = Articles.wanted(together.values()) - known
    others = _filed(writer, _rows(writer, cypher.FILED_ON_DEADLINES, beside), rule)
    telling = Articles.of({claim.id: claim for claim in (*together.values(), *others)}.values())
    links = [link for link in (*links, *_links_among(fresh, standing)) if {link.one, link.other} <= together.keys()]
    folded = thread_claims(together.values(), rule(together.values()), links=links)
    _LINKED.note(folded, links)
    _write(writer, list(together.values()), folded, telling, unthreaded=unthreaded, alone=alone, stale=set(gone))


def threads_of_articles(writer: Writer, articles: Collection[str]) -> set[str]:
    """The threads that claims of these articles are in."""
    return {row["thread"] for row in writer.run(cypher.THREADS_OF_ARTICLES, ids=sorted(articles))}


def _rows(writer: Writer, statement: LiteralString, ids: Iterable[str]) -> list[Row]:
    return writer.run_in_parts(statement, ids=set(ids), at_once=_LOADED_AT_ONCE)


def _filed(writer: Writer, rows: Sequence[Row], rule: Rule) -> list[ReportedClaim]:
    """The claims of these rows, each once, as they are filed; what is not is read from the graph."""
    found = as_filed(writer, rows)
    missing = {row["id"] for row in rows} - found.keys()
    read = reported_claims_of(writer.run, _rows(writer, cypher.CLAIMS, missing))
    return [*found.values(), *_corrected(read, rule)]


def _corrected(claims: list[ReportedClaim], rule: Rule) -> list[ReportedClaim]:
    return rule(claims).correct(claims)


def _linked(writer: Writer, fresh: Collection[ReportedClaim], rule: Rule) -> tuple[list[ReportedClaim], list[Link]]:
    """Claims that `fresh` ones link to, or were judged together with; one without a day may be in no thread yet.

    Beside them what links them to fresh ones.
    """
    own = {claim.id for claim in fresh}
    judged = {id_ for pair in rule(fresh).joined for id_ in pair} - own
    linked, links = related_near(writer, fresh, apart_from=own)
    return _filed(writer, _rows(writer, cypher.FILED, linked | judged), rule), links


def _standing(writer: Writer, threads: Iterable[str], rule: Rule) -> dict[str, list[ReportedClaim]]:
    """The claims of these threads as they stand, by thread."""
    rows = _rows(writer, cypher.FILED_OF_THREADS, threads)
    thread_of = {row["id"]: row["thread"] for row in rows}
    found: defaultdict[str, list[ReportedClaim]] = defaultdict(list)
    for claim in _filed(writer, rows, rule):
        found[thread_of[claim.id]].append(claim)
    return found


def _links_among(fresh: Collection[ReportedClaim], standing: Mapping[str, list[ReportedClaim]]) -> Iterator[Link]:
    """What links fresh claims to each other, and those that stood to others of their thread: nothing else does."""
    own = {claim.id for claim in fresh}
    yield from find_links(fresh)
    for thread, claims in standing.items():
        yield from _LINKED.among(thread, [claim for claim in claims if claim.id not in own])


def _threads_of(writer: Writer, claims: Collection[str]) -> set[str]:
    return {row["thread"] for row in writer.run(cypher.THREADS_OF, ids=sorted(claims))}


def _write(
    writer: Writer,
    claims: list[ReportedClaim],
    threads: list[Thread],
    telling: Articles,
    *,
    unthreaded: Collection[str],
    alone: Collection[str],
    stale: set[str],
) -> None:
    """Put what these claims come to in place of what was there; what stays as it was is not touched.

    Of `unthreaded` claims nothing was there, but for the threads of those that stand `alone`.
    """
    kept = with_ledgers(events_of(threads), {claim.id: claim for claim in claims}, telling)
    clashes = [clash for thread in threads for clash in find_clashes(thread)]
    told = told_events(threads, kept, undated_events_of(threads), clashes)
    stored = _stored(writer, [claim.id for claim in claims if claim.id not in unthreaded])
    same = {one.id for one in told if stored.get(one.id) == one.digest} - stale
    changed = [one for one in told if one.id not in same]
    settled = {id_ for one in told if one.id in same for id_ in one.claims}
    before = (stale | stored.keys()) - same
    writer.run(cypher.DETACH_CLAIMS, ids=sorted({claim.id for claim in claims} - settled - set(unthreaded)))
    _clear(writer, before, standing={one.id for one in told})
    for row in writer.run(cypher.CREATE_EVENTS, rows=[one.row for one in changed if one.id not in before]):
        writer.nodes.note("Event", row["nodes"])
    writer.run(cypher.UPDATE_EVENTS, rows=[one.row for one in changed if one.id in before])
    placed = partial(writer.nodes.placed, writer)
    parts = [row for one in changed for row in one.parts]
    writer.run(cypher.WRITE_EVENT_ACTORS, rows=placed(parts, event="Event", entity="Entity"))
    about = [row for one in changed for row in one.about]
    writer.run(cypher.WRITE_ABOUT, rows=placed(about, claim="Claim", event="Event"))
    threaded = [row for one in changed for row in one.threads]
    threaded += _waiting_rows(threads, {id_ for one in told for id_ in one.claims})
    threaded = [row for row in threaded if not _stands_alone(row, alone)]
    writer.run(cypher.WRITE_THREADS, rows=placed(threaded, claim="Claim"))
    revisions = [row for one in changed for row in one.revisions]
    writer.run(cypher.WRITE_REVISIONS, rows=placed(revisions, event="Event", claim="Claim"))
    writer.run(cypher.WRITE_STEPS, rows=[row for one in changed for row in one.steps])
    fresh = (clash for clash in clashes if not settled.issuperset((clash.one, clash.other)))
    writer.run(cypher.WRITE_CONFLICTS, rows=[clash_row(clash) for clash in fresh])


def _stands_alone(row: Row, alone: Collection[str]) -> bool:
    """True for a claim that was written with the thread that it is in."""
    return row["thread"] == row["claim"] and row["claim"] in alone


def _stored(writer: Writer, claims: list[str]) -> dict[str, str | None]:
    """The events that claims are about, each with the digest of all that was written of it."""
    return {row["event"]: row["digest"] for row in writer.run(cypher.EVENTS_OF, ids=sorted(claims))}


def _clear(writer: Writer, events: Collection[str], *, standing: Collection[str]) -> None:
    for statement in cypher.CLEAR_EVENTS:
        writer.run(statement, ids=sorted(events))
    writer.run(cypher.DELETE_EVENTS, ids=sorted(set(events).difference(standing)))


def _waiting_rows(threads: Iterable[Thread], placed: Collection[str]) -> list[Row]:
    """Claims that something links to their thread, and that are about no event: they may be, once more is told."""
    return [
        {"claim": claim.id, "thread": thread.id}
        for thread in threads
        if len(thread.claims) + len(thread.undated) > 1
        for claim in thread.undated
        if claim.id not in placed
    ]
