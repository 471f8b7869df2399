"""Syndicated copies in the graph: which articles print one text, and which of them was first.

`(:Article)-[:COPY_OF]->(:Article)` stands between any two copies; `Article.origin` names the first published of
all that hang together, and is null for an article that is no copy and has none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kb.copies import Sketch, are_copies, sketch
from kb.store import copies_cypher as cypher
from kb.store import filing
from kb.store.claim_rows import Row

if TYPE_CHECKING:
    from kb.store.graph import Writer


def file_texts(writer: Writer, texts: Mapping[str, str]) -> set[str]:
    """Take up these articles' texts and find their copies. Returns the articles that have another origin now."""
    ids = sorted(texts)
    sketches = {id_: sketch(texts[id_]) for id_ in ids}
    near = {row["id"] for row in writer.run(cypher.NEIGHBOURS, ids=ids)}
    writer.run(cypher.DROP_COPIES, ids=ids)
    filing.file_texts(writer, sketches)
    pairs = sorted(_copies(writer, texts, sketches))
    writer.run(cypher.WRITE_COPIES, rows=[{"one": one, "other": other} for one, other in pairs])
    if not (near or pairs):
        return set()
    return _trace(writer, near | set(ids) | {id_ for pair in pairs for id_ in pair})


def _copies(writer: Writer, texts: Mapping[str, str], sketches: Mapping[str, Sketch]) -> Iterator[tuple[str, str]]:
    """Pairs of copies, each once, of which one is of `texts`, filed by now."""
    beside = {id_: near - {id_} for id_, near in filing.texts_near(writer, sketches).items()}
    others = {id_ for ids in beside.values() for id_ in ids} - texts.keys()
    known = {**texts, **{row["id"]: row["text"] for row in writer.run(cypher.TEXTS, ids=sorted(others))}}
    pairs = {(min(id_, other), max(id_, other)) for id_, ids in beside.items() for other in ids if other in known}
    return ((one, other) for one, other in pairs if are_copies(known[one], known[other]))


def trace_again(writer: Writer, articles: Collection[str]) -> set[str]:
    """Find out anew where the texts of these articles' copies come from. Returns those that have another origin now."""
    return _trace(writer, articles)


def first_of_each(articles: Collection[Row], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The origin of every article that has copies, from rows with `id` and `published` and the pairs of copies."""
    groups: dict[str, set[str]] = {}
    order = {row["id"]: (row["published"] is None, row["published"] or "", row["id"]) for row in articles}
    for one, other in pairs:
        if one in order and other in order:
            both = groups.get(one, {one}) | groups.get(other, {other})
            groups.update(dict.fromkeys(both, both))
    return {id_: min(group, key=order.__getitem__) for id_, group in groups.items()}


def _trace(writer: Writer, seeds: Collection[str]) -> set[str]:
    """Find out anew where the texts of `seeds`, and all they hang together with, come from."""
    known: set[str] = set()
    frontier = set(seeds)
    pairs: set[tuple[str, str]] = set()
    while frontier:
        known |= frontier
        rows = writer.run(cypher.NEIGHBOURS, ids=sorted(frontier))
        pairs |= {(row["of"], row["id"]) for row in rows}
        frontier = {row["id"] for row in rows} - known
    articles = writer.run(cypher.ORIGINS, ids=sorted(known))
    origins = first_of_each(articles, sorted(pairs))
    changed = [row["id"] for row in articles if row["origin"] != origins.get(row["id"])]
    writer.run(cypher.SET_ORIGINS, rows=[{"id": id_, "origin": origins.get(id_)} for id_ in changed])
    return set(changed)
