"""Rebuilds all that is computed from what articles claim and people judged: events, revisions, conflicts, copies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from kb.store import copies_cypher as copies
from kb.store import folding_cypher as folding
from kb.store import identities_cypher as identities
from kb.store import rebuilding_cypher as cypher
from kb.store.schema import note_schema

if TYPE_CHECKING:
    from typing import LiteralString

    from kb.store.graph import Graph, Writer

_AT_ONCE = 400
"""Claims taken up in one transaction."""
_TEXTS_AT_ONCE = 50


def rebuild(graph: Graph, *, on_progress: Callable[[str, int], None]) -> None:
    """Compute everything anew. Claims, articles and judgements stay as they are; killed on the way, run it again.

    A graph with an older version of the schema that can be brought over (`kb.store.schema`) has this one then.
    `on_progress` hears what was done, and how many of them so far. Others may write meanwhile.
    """
    from kb.store.copies import file_texts
    from kb.store.filing import renew_places
    from kb.store.folding import refold
    from kb.store.identities import link_likely, note_articles
    from kb.store.judgements import resolve_all, resolve_entities

    for count, ids in _pages(graph, identities.SOME_ENTITIES, _AT_ONCE):
        graph.write(partial(note_articles, entities=ids))
        on_progress("entities looked up", count)
    graph.write(partial(renew_places, on_filed=partial(on_progress, "articles filed")))
    for count, ids in _pages(graph, identities.SOME_ENTITIES, _AT_ONCE):
        graph.write(partial(link_likely, touched=ids))
        graph.write(partial(resolve_entities, touched=ids))
        on_progress("entities compared", count)
    graph.write(resolve_all)
    for count, ids in _pages(graph, cypher.SOME_ARTICLES, _TEXTS_AT_ONCE):
        texts = {row["id"]: row["text"] for row in graph.read(copies.TEXTS, ids=ids)}
        graph.write(partial(file_texts, texts=texts))
        on_progress("articles compared", count)
    for count, ids in _pages(graph, cypher.SOME_EVENTS, _AT_ONCE):
        graph.write(partial(_run, (*folding.CLEAR_EVENTS, folding.DELETE_EVENTS), ids))
        on_progress("events cleared", count)
    for _, ids in _pages(graph, cypher.SOME_FILED_CLAIMS, _AT_ONCE):
        graph.write(partial(_run, (folding.DETACH_CLAIMS,), ids))
    for count, ids in _pages(graph, cypher.SOME_ARTICLES, _TEXTS_AT_ONCE):
        graph.write(partial(refold, articles=ids))
        on_progress("articles folded", count)
    graph.write(note_schema)


def _run(statements: Sequence[LiteralString], ids: list[str], writer: Writer) -> None:
    for statement in statements:
        writer.run(statement, ids=ids)


def _pages(graph: Graph, statement: LiteralString, size: int) -> Iterator[tuple[int, list[str]]]:
    """Ids page by page, with how many there were so far."""
    after, count = "", 0
    while rows := graph.read(statement, after=after, limit=size):
        ids = [row["id"] for row in rows]
        count += len(ids)
        yield count, ids
        after = ids[-1]
