"""Backups: all that a store holds in one file, written and read as a stream.

The file is gzipped JSON Lines, the same for the same content:

    {"chronograph": "backup", "version": 1, "schema": 2, "withdrawn": null}
    {"n": "Article", "p": {"id": "a1", …}}                               nodes, by label and id
    {"r": ["Article", "HAS_VERSION", "Version"], "a": "a1", "b": "v1", "p": {}}   relationships
    {"j": "run", "p": {…}}                                               rows of the journal of ingestion
    {"end": {"n": 120, "r": 340, "j": 7}, "sha256": "…"}                 counts and digest of the lines before

A file without its last line, or with another digest, is not a backup. It is written under another name and gets its own
when it is whole.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import AbortRun, UsageError
from kb.store import backup_cypher as cypher
from kb.store.journal import FILE, Journal, open_journal
from kb.store.schema import BROUGHT_OVER, VERSION

if TYPE_CHECKING:
    from kb.store.claim_rows import Row
    from kb.store.graph import Graph, Writer

FORMAT = 1
_AT_ONCE = 500
_TEXTS_AT_ONCE = 20
"""Nodes read at once of a label whose nodes hold whole texts."""
JOURNALLED = tuple("source pending page page_part queue gone run run_item note outbox delivered deadline".split())
"""Tables of the journal that are kept; when a host may be asked next and its robots.txt are of no use later."""
_KINDS = ("n", "r", "j")

Counts = dict[str, int]
Progress = Callable[[str, int], None]


def write_backup(graph: Graph, data: Path, path: Path, *, on_progress: Progress, overwrite: bool = False) -> Counts:
    """Write all that `graph` and the journal under `data` hold to `path`; others wait to write meanwhile.

    Returns how many nodes (`n`), relationships (`r`) and rows of the journal (`j`) it has. Raises UsageError if there
    is such a file already or it cannot be written, AbortRun if the graph holds what is not the program's own.
    """
    if path.exists() and not overwrite:
        raise UsageError(f"{path} already exists: name another file, or give --force")
    draft = path.with_name(f".{path.name}.part")
    try:
        counts = graph.write(lambda writer: _write(writer, data, draft, on_progress))
        draft.replace(path)
    except OSError as err:
        raise UsageError(
            f"{path}: {err.strerror}: name a file in a folder that you can write to and that has room"
        ) from err
    finally:
        draft.unlink(missing_ok=True)
    return counts


def read_backup(path: Path) -> Iterator[Row]:
    """The lines of a backup but the first and the last, as objects. UsageError if it is none, or is not whole."""
    with _opened(path) as file:
        digest, counts = hashlib.sha256(), Counter[str]()
        line = b""
        for number, line in enumerate(_lines(file, path)):
            row = _parsed(line, path)
            if number and "end" in row:
                if row != {"end": {kind: counts[kind] for kind in _KINDS}, "sha256": digest.hexdigest()}:
                    raise UsageError(
                        f"{path} is damaged: its content has changed since it was written; use another backup"
                    )
                return
            digest.update(line)
            if number:
                counts[next((kind for kind in _KINDS if kind in row), "")] += 1
                yield row
    raise UsageError(f"{path} is incomplete: it ends too early; use another backup")


def check_backup(path: Path) -> Row:
    """The first line of a whole backup of a version that this program reads; UsageError for any other file."""
    with _opened(path) as file:
        first = _parsed(next(_lines(file, path), b""), path)
    if first.get("chronograph") != "backup":
        raise UsageError(f"{path} is not a backup: make one with 'chronograph backup FILE'")
    if first.get("version") != FORMAT or first.get("schema") not in (VERSION, *BROUGHT_OVER):
        raise UsageError(
            f"{path} holds version {first.get('version')} of the format and {first.get('schema')} of the schema, but "
            f"this program reads {FORMAT} and {VERSION}: restore it with the program that made it"
        )
    for _ in read_backup(path):
        pass
    return first


def _write(writer: Writer, data: Path, draft: Path, on_progress: Progress) -> Counts:
    (meta,) = writer.run(cypher.WITHDRAWN)
    head = {"chronograph": "backup", "version": FORMAT, "schema": VERSION, "withdrawn": meta["withdrawn"]}
    counts: Counter[str] = Counter()
    digest = hashlib.sha256()
    with draft.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
        file.write(_line(head, digest))
        for row in _rows(writer, data):
            file.write(_line(row, digest))
            counts[next(iter(row))] += 1
            if (total := counts.total()) % 5000 == 0:
                on_progress("lines written", total)
        found = {kind: counts[kind] for kind in _KINDS}
        _check_complete(writer, found)
        file.write(json.dumps({"end": found, "sha256": digest.hexdigest()}).encode() + b"\n")
        file.close()
        raw.flush()
        os.fsync(raw.fileno())
    return found


def _rows(writer: Writer, data: Path) -> Iterator[Row]:
    for label in cypher.LABELS:
        for rows in _pages(writer, label):
            yield from ({"n": label, "p": _kept(row["p"])} for row in rows)
    for label in cypher.LABELS:
        for ids in _id_pages(writer, label):
            yield from _edges(writer, label, ids)
    yield from journal_rows(data)


def _kept(properties: Row) -> Row:
    """What a node holds, but for the transaction that filed it last: a graph that is restored counts its own."""
    return {name: value for name, value in sorted(properties.items()) if name != "filed"}


def _edges(writer: Writer, label: str, ids: list[str]) -> Iterator[Row]:
    for kind in cypher.EDGES:
        if kind[0] == label:
            yield from _sorted({"r": list(kind), **row} for row in writer.run(cypher.OUTGOING[kind], ids=ids))


def _sorted(rows: Iterable[Row]) -> list[Row]:
    """In an order of their own, whatever order a server gives them in."""
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


def _pages(writer: Writer, label: str) -> Iterator[list[Row]]:
    size = _TEXTS_AT_ONCE if label == "Version" else _AT_ONCE
    after = ""
    while rows := writer.run(cypher.NODES[label], after=after, limit=size):
        yield rows
        after = rows[-1]["p"]["id"]


def _id_pages(writer: Writer, label: str) -> Iterator[list[str]]:
    after = ""
    while rows := writer.run(cypher.IDS[label], after=after, limit=_AT_ONCE):
        yield [row["id"] for row in rows]
        after = rows[-1]["id"]


def _check_complete(writer: Writer, found: Counts) -> None:
    """AbortRun if the graph holds more than was written: somebody else's nodes must not get lost in silence."""
    (nodes,), (edges,) = writer.run(cypher.COUNT_NODES), writer.run(cypher.COUNT_EDGES)
    more = (nodes["count"] - found["n"], edges["count"] - found["r"])
    if any(more):
        raise AbortRun(
            f"the graph holds {more[0]} nodes and {more[1]} relationships that Chronograph did not create and a "
            "backup would lose: move them to another database first"
        )


def journal_rows(data: Path) -> Iterator[Row]:
    """All rows of the journal in a fixed order; none if nothing was ever ingested by way of sources."""
    if not (data / FILE).exists():
        return
    with open_journal(data) as journal:
        for table in JOURNALLED:
            yield from ({"j": table, "p": row} for row in rows_of(journal, table))


def rows_of(journal: Journal, table: str) -> Iterable[Row]:
    """The rows of one table of the journal, by all that they hold."""
    rows = journal.rows(f"SELECT * FROM {table}")  # noqa: S608 - one of JOURNALLED
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


def _line(row: Row, digest: Any) -> bytes:  # noqa: ANN401 - hashlib gives its objects no public type
    line = json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
    digest.update(line)
    return line


def _opened(path: Path) -> closing[gzip.GzipFile]:
    try:
        return closing(gzip.open(path, "rb"))
    except OSError as err:
        raise UsageError(f"{path}: {err.strerror or err}") from err


def _lines(file: Iterable[bytes], path: Path) -> Iterator[bytes]:
    try:
        yield from file
    except (OSError, EOFError, zlib.error) as err:
        what = "is not a backup" if isinstance(err, gzip.BadGzipFile) else "is incomplete"
        raise UsageError(f"{path} {what} ({err}): use another backup") from err


def _parsed(line: bytes, path: Path) -> Row:
    try:
        row = json.loads(line)
    except ValueError as err:
        raise UsageError(f"{path} is not a backup: make one with 'chronograph backup FILE'") from err
    if not isinstance(row, dict):
        raise UsageError(f"{path} is not a backup: make one with 'chronograph backup FILE'")
    return row
