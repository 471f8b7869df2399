"""Syndicated copies in the graph: which articles print one text, and which of them was first.

`(:Article)-[:COPY_OF]->(:Article)` stands between any two copies; `Article.origin` names the first published of
all that hang together, and is null for an article that is no copy and has none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from kb.copies import are_copies, copy_keys
from kb.store import copies_cypher as cypher
from kb.store.claim_rows import Reader, Row

if TYPE_CHECKING:
    from kb.store.graph import Writer


def copies_of(read: Reader, text: str, *, but: str = "") -> list[str]:
    """Ids of the articles in the graph that `text` is a copy of, or that are copies of it; `but` is not asked for."""
    keys = copy_keys(text)
    rows = read(cypher.FILED_UNDER, keys=list(keys)) if keys else []
    return sorted(row["id"] for row in rows if row["id"] != but and are_copies(text, row["text"]))


def file_texts(writer: Writer, texts: Mapping[str, str]) -> set[str]:
    """Take up these articles' texts and find their copies. Returns the articles that have another origin now."""
    ids = sorted(texts)
    near = {row["id"] for row in writer.run(cypher.NEIGHBOURS, ids=ids)}
    keys = {row["key"] for row in writer.run(cypher.UNFILE, ids=ids)}
    writer.run(cypher.DROP_COPIES, ids=ids)
    rows = [{"article": id_, "key": key} for id_ in ids for key in copy_keys(texts[id_])]
    writer.run(cypher.FILE, rows=rows)
    writer.run(cypher.DELETE_UNUSED_BLOCKS, keys=sorted(keys - {row["key"] for row in rows}))
    pairs = {(min(id_, other), max(id_, other)) for id_ in ids for other in copies_of(writer.run, texts[id_], but=id_)}
    writer.run(cypher.WRITE_COPIES, rows=[{"one": one, "other": other} for one, other in sorted(pairs)])
    return _trace(writer, near | set(ids) | {id_ for pair in pairs for id_ in pair})


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
