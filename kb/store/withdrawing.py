"""Withdrawing articles: what they claim leaves the current view and stays in the history.

A withdrawn article's last version is marked as replaced by nothing (`withdrawn_by`, `withdrawn_because`), and whom it
named stays known for days before (`MENTIONED` in place of `MENTIONS`). A person's withdrawal stands until it is taken
back or the article comes with another text; that of a page that was gone, until the page is there again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.errors import NotFound, UsageError, quoted
from kb.store import record_cypher as record
from kb.store import withdrawing_cypher as cypher

if TYPE_CHECKING:
    from kb.store.claim_rows import Row
    from kb.store.graph import Graph, Writer

BY_INGESTION = "ingestion"
"""Who withdraws an article whose page is gone for good."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What the withdrawal of one article, or taking it back, came to."""

    article: str
    title: str | None
    claims: int
    """Claims that left the current view, or came back to it."""
    fewer: tuple[str, ...]
    """Events that other articles still tell of; taken back, those that it tells of again."""
    gone: tuple[str, ...]
    """Events that nothing else told of."""
    already: bool = False
    """True if nothing was to be done: it was withdrawn before, or is not."""


def withdraw(graph: Graph, names: Sequence[str], *, at: str, by: str, because: str) -> list[Withdrawn]:
    """Withdraw articles, by id or address, all in one transaction. `at` is an ISO time in UTC.

    NotFound, and nothing done, if one of them is not in the graph; UsageError if nobody stands for it or no reason is
    given.
    """
    if not by.strip() or not because.strip():
        raise UsageError("a withdrawal needs the name of whoever makes it, and a reason")
    return graph.write(lambda writer: [_withdraw(writer, row, at, by, because) for row in _found(writer, names)])


def reinstate(graph: Graph, names: Sequence[str]) -> list[Withdrawn]:
    """Take the withdrawal of articles back. NotFound if one of them is not in the graph."""
    return graph.write(lambda writer: [_reinstate(writer, row) for row in _found(writer, names)])


def _found(writer: Writer, names: Sequence[str]) -> list[Row]:
    rows = {}
    for name in names:
        found = writer.run(cypher.ARTICLE, name=name)
        if not found:
            raise NotFound(f"there is no article {quoted(name)}: give its id or its address")
        rows[found[0]["id"]] = found[0]
    return list(rows.values())


def _withdraw(writer: Writer, found: Row, at: str, by: str, because: str) -> Withdrawn:
    from kb.store.filing import unfile_claims
    from kb.store.folding import threads_of_articles

    id_ = found["id"]
    if not found["current"]:
        writer.run(cypher.EXPLAIN, ids=[id_], by=by, because=because)
        return Withdrawn(id_, found["title"], 0, (), (), already=True)
    events = {row["event"] for row in writer.run(record.EVENTS_OF_ARTICLES, rows=[{"article": id_}])}
    (told,) = writer.run(cypher.STANDING, ids=[id_])
    threads = threads_of_articles(writer, [id_])
    unfile_claims(writer, [id_])
    writer.run(record.DETACH_CLAIMS, rows=[{"article": id_}])
    writer.run(cypher.WITHDRAW, ids=[id_], at=at, by=by, because=because)
    writer.run(cypher.NOTE, at=at)
    writer.run(cypher.HIDE_MENTIONS, ids=[id_])
    _refold(writer, id_, again=(), threads=threads, gone=events)
    fewer, gone = _fates(writer, events)
    return Withdrawn(id_, found["title"], told["claims"], tuple(sorted(fewer)), tuple(sorted(gone)))


def _fates(writer: Writer, events: Collection[str]) -> tuple[set[str], set[str]]:
    """Of these events those that go on, under the ids that they have now, and those that are told no more."""
    from kb.store.successors import successor_of

    standing = {row["id"] for row in writer.run(cypher.EXISTING, ids=sorted(events))}
    led = {id_: successor_of(writer, id_) for id_ in sorted(events) if id_ not in standing}
    return standing | {on for on in led.values() if on}, {id_ for id_, on in led.items() if not on}


def _reinstate(writer: Writer, found: Row) -> Withdrawn:
    from kb.store.filing import note_naming_again, unfile_claims

    id_ = found["id"]
    if found["current"]:
        return Withdrawn(id_, found["title"], 0, (), (), already=True)
    unfile_claims(writer, [id_])
    writer.run(cypher.REINSTATE, ids=[id_])
    writer.run(cypher.SHOW_MENTIONS, ids=[id_])
    note_naming_again(writer, [id_])
    _refold(writer, id_, again=[id_], threads=(), gone=())
    (told,) = writer.run(cypher.STANDING, ids=[id_])
    events = {row["event"] for row in writer.run(record.EVENTS_OF_ARTICLES, rows=[{"article": id_}])}
    return Withdrawn(id_, found["title"], told["claims"], tuple(sorted(events)), ())


def _refold(
    writer: Writer, article: str, *, again: Collection[str], threads: Collection[str], gone: Collection[str]
) -> None:
    """Bring names, origins and events up to date, as when an article is written; `again` are read anew."""
    from kb.store.copies import trace_again
    from kb.store.folding import refold, threads_of_articles
    from kb.store.identities import note_articles
    from kb.store.judgements import resolve_named

    named = sorted(row["entity"] for row in writer.run(cypher.NAMED, ids=[article]))
    _rejoin(writer, named)
    reclassified = note_articles(writer, named)
    moved = trace_again(writer, [article])
    renamed = resolve_named(writer, named, reclassified=reclassified, redated=named)
    refold(
        writer,
        articles={*again, *renamed},
        threads={*threads, *threads_of_articles(writer, moved)},
        gone=gone,
    )


def _rejoin(writer: Writer, entities: Sequence[str]) -> None:
    """Call entities what the articles that stand call them; those that none names keep what they were called."""
    from kb.store.record import join_names

    rows = [join_names(row) for row in writer.run(cypher.CALLED, ids=list(entities))]
    were = {row["id"]: row["names"] for row in writer.run(cypher.WERE_CALLED, ids=list(entities))}
    for row in rows:
        former = {name for names in were.get(row["id"], ()) for name in names or ()} - set(row["aliases"])
        row["former"] = sorted(former) or None
    writer.run(cypher.CALL, rows=rows)
