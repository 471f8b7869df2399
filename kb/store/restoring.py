"""Restoring a backup into an empty store, of either kind.

What is half restored does not count: until all is there the store says that it is being restored, and nothing but
another restore opens it, which starts over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kb.errors import AbortRun, UsageError
from kb.store import backup_cypher as cypher
from kb.store.backup import JOURNALLED, Counts, Progress, check_backup, journal_rows, read_backup
from kb.store.journal import FILE, open_journal
from kb.store.schema import is_being_restored, note_schema

if TYPE_CHECKING:
    from typing import LiteralString

    from kb.store.claim_rows import Row
    from kb.store.graph import Graph, Writer

K = TypeVar("K")

_AT_ONCE = 1000
_TELL_EVERY = 5000
_CHARACTERS = 4_000_000
"""Characters of what is written in one transaction."""


def restore(graph: Graph, data: Path, path: Path, *, on_progress: Progress) -> Counts:
    """Put all that a backup holds into `graph` and the journal under `data`, both of which must be empty.

    Returns how many nodes (`n`), relationships (`r`) and rows of the journal (`j`) there are now. UsageError if the
    file is no whole backup that this program reads, or something is there already; nothing was changed then.
    """
    head = check_backup(path)
    broken_off = is_being_restored(graph)
    if not broken_off:
        _check_empty(graph, data)
    graph.write(lambda writer: writer.run(cypher.BEGIN))
    if broken_off:
        _wipe(graph, data)
    counts = {"n": 0, "r": 0, "j": 0}
    for rows in _batches(read_backup(path)):
        before = sum(counts.values()) // _TELL_EVERY
        counts[next(iter(rows[0]))] += len(rows)
        _write(graph, data, rows)
        if sum(counts.values()) // _TELL_EVERY > before:
            on_progress("lines restored", sum(counts.values()))
    graph.write(partial(_finish, counts=counts, withdrawn=head.get("withdrawn"), schema=head["schema"]))
    return counts


def _check_empty(graph: Graph, data: Path) -> None:
    if graph.read(cypher.ANYTHING):
        raise UsageError(
            f"{graph.describe()} is not empty, but a backup can only be restored into an empty store: name one with "
            "CHRONOGRAPH_DATA, or an empty database"
        )
    if next(iter(journal_rows(data)), None):
        raise UsageError(
            f"{data / FILE} already holds a journal: move it away, or set CHRONOGRAPH_DATA to a new folder"
        )


def _wipe(graph: Graph, data: Path) -> None:
    """Take away what a restore that was broken off has left."""
    while graph.write(lambda writer: writer.run(cypher.WIPE_SOME, limit=_AT_ONCE))[0]["gone"]:
        pass
    if (data / FILE).exists():
        with open_journal(data) as journal, journal.transaction() as connection:
            for table in JOURNALLED:
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - one of JOURNALLED


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Rows of one kind together, as many as go into one transaction."""
    for _, group in groupby(rows, key=_kind):
        batch: list[Row] = []
        size = 0
        for row in group:
            batch.append(row)
            size += len(json.dumps(row["p"]))
            if len(batch) >= _AT_ONCE or size > _CHARACTERS:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch


def _kind(row: Mapping[str, object]) -> tuple[str, str]:
    name = next(iter(row))
    return name, json.dumps(row[name])


def _write(graph: Graph, data: Path, rows: list[Row]) -> None:
    """One batch, of one kind."""
    first = rows[0]
    if "j" in first:
        _write_journal(data, first["j"], [row["p"] for row in rows])
    elif "n" in first:
        nodes = [row["p"] for row in rows]
        graph.write(lambda writer: writer.run(_known(cypher.CREATE_NODES, first["n"]), rows=nodes))
    else:
        edges = [{"a": row["a"], "b": row["b"], "p": row["p"]} for row in rows]
        graph.write(lambda writer: writer.run(_known(cypher.CREATE_EDGES, tuple(first["r"])), rows=edges))


def _known(statements: Mapping[K, LiteralString], kind: K) -> LiteralString:
    if kind not in statements:
        raise AbortRun(f"the backup holds {kind!r}, which this program does not know: use the version that made it")
    return statements[kind]


def _write_journal(data: Path, table: str, rows: list[Row]) -> None:
    if table not in JOURNALLED:
        raise AbortRun(f"the backup holds a journal of {table!r}, which this program does not know")
    with open_journal(data, create=True) as journal, journal.transaction() as connection:
        known = {column["name"] for column in connection.execute(f"PRAGMA table_info({table})")}
        columns = [column for column in rows[0] if column in known]
        places = ", ".join("?" for _ in columns)
        connection.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})",  # noqa: S608 - names of the schema
            [[row[column] for column in columns] for row in rows],
        )


def _finish(writer: Writer, *, counts: Counts, withdrawn: str | None, schema: int) -> None:
    """Nothing counts before this; AbortRun if what is there is not what was written.

    The graph has the schema that the backup was written with: an older one has to be brought over then.
    """
    (nodes,), (edges,) = writer.run(cypher.COUNT_NODES), writer.run(cypher.COUNT_EDGES)
    if (nodes["count"], edges["count"]) != (counts["n"], counts["r"]):
        raise AbortRun(
            f"the store holds {nodes['count']} nodes and {edges['count']} relationships, but the backup "
            f"{counts['n']} and {counts['r']}: another program wrote to the store meanwhile; restore again"
        )
    writer.run(cypher.END, withdrawn=withdrawn)
    note_schema(writer, schema)
