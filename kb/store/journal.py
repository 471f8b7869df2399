"""The journal of ingestion: a small SQLite file beside the graph, in which each step of a run is one transaction.

    source   how each source is: what its server said last, when it is due, how often it failed
    pending  pages that were found and are yet to be fetched
    page     pages that were fetched: how to ask for changes, and when
    queue    articles that were fetched and are yet to be written to the graph
    gone     articles whose pages are gone for good, and that are yet to be withdrawn
    run      every run, and run_item what became of each article it touched
    note     what was told of each source that is no failure
    host     when each host may be asked next, over all processes
    robots   the robots.txt of each site, while it need not be asked for again
    outbox   alerts that are yet to be delivered, delivered by which ways each has been, and deadline what was last told
             of each watched deadline

It is no part of the graph because it has to work when the graph is down, and because it belongs to this machine: its
locks, its files, its next times. A killed process loses nothing that was committed, and what was not is done again.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, LiteralString, Self

from kb.errors import AbortRun, StoreFull, StoreUnavailable

FILE: Final = "journal.sqlite"
_VERSION = 7
_ROOM = 2**20
_HALF = re.compile("[\ud800-\udfff]")
_TABLES: LiteralString = """
CREATE TABLE IF NOT EXISTS source (
    name TEXT PRIMARY KEY, url TEXT, etag TEXT, last_modified TEXT, next_due REAL, interval REAL,
    failures INTEGER NOT NULL DEFAULT 0, paused TEXT, last_run TEXT, last_success TEXT, last_error TEXT, told TEXT,
    form TEXT);
CREATE TABLE IF NOT EXISTS pending (
    source TEXT NOT NULL, url TEXT NOT NULL, entry TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    not_before REAL NOT NULL DEFAULT 0, PRIMARY KEY (source, url));
CREATE TABLE IF NOT EXISTS page (
    source TEXT NOT NULL, url TEXT NOT NULL, mark TEXT NOT NULL, entry TEXT NOT NULL, etag TEXT, last_modified TEXT,
    content TEXT, article TEXT, twin TEXT, fetched REAL NOT NULL, next_look REAL, doubted REAL,
    PRIMARY KEY (source, url));
CREATE INDEX IF NOT EXISTS page_content ON page (source, content);
CREATE INDEX IF NOT EXISTS page_article ON page (article);
CREATE INDEX IF NOT EXISTS page_next_look ON page (source, next_look);
CREATE TABLE IF NOT EXISTS page_part (
    source TEXT NOT NULL, url TEXT NOT NULL, article TEXT NOT NULL, PRIMARY KEY (source, url, article));
CREATE INDEX IF NOT EXISTS page_part_article ON page_part (article);
CREATE TABLE IF NOT EXISTS queue (
    id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, version TEXT NOT NULL UNIQUE, article TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS gone (article TEXT PRIMARY KEY, url TEXT NOT NULL, because TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS run (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, started TEXT NOT NULL, ended TEXT, seconds REAL,
    status TEXT NOT NULL, pid INTEGER, error TEXT, fetched INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0, claims INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS run_started ON run (started);
CREATE INDEX IF NOT EXISTS run_source ON run (source, started);
CREATE TABLE IF NOT EXISTS run_item (
    run TEXT NOT NULL, name TEXT NOT NULL, article TEXT, title TEXT, outcome TEXT NOT NULL, reason TEXT, detail TEXT,
    at TEXT NOT NULL, PRIMARY KEY (run, name));
CREATE INDEX IF NOT EXISTS run_item_article ON run_item (article);
CREATE TABLE IF NOT EXISTS note (
    source TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL, met REAL NOT NULL,
    PRIMARY KEY (source, name, reason));
CREATE TABLE IF NOT EXISTS host (name TEXT PRIMARY KEY, next_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS robots (site TEXT PRIMARY KEY, text TEXT NOT NULL, until REAL NOT NULL);
CREATE TABLE IF NOT EXISTS outbox (
    id TEXT PRIMARY KEY, alert TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, not_before REAL NOT NULL DEFAULT 0,
    added TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS delivered (
    alert TEXT NOT NULL, way TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (alert, way));
CREATE TABLE IF NOT EXISTS deadline (
    watch TEXT NOT NULL, event TEXT NOT NULL, told TEXT NOT NULL, PRIMARY KEY (watch, event));
"""
_ADDED: dict[int, LiteralString] = {
    4: "ALTER TABLE page ADD COLUMN doubted REAL;",
    5: "ALTER TABLE source ADD COLUMN told TEXT;",
    7: "ALTER TABLE source ADD COLUMN form TEXT;",
}
"""What a journal that was made before a version lacks, beside tables."""

Row = dict[str, Any]


class Journal:
    """The open journal of a data folder, fit for several threads and processes; a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connections = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._opening = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._opening:
            while self._opened:
                self._opened.pop().close()

    def rows(self, sql: LiteralString, **params: object) -> list[Row]:
        """The rows of one reading statement, as dicts by column."""
        with self._errors():
            return [dict(row) for row in self._connection().execute(sql, params)]

    def row(self, sql: LiteralString, **params: object) -> Row | None:
        """The first row of one reading statement, or None."""
        return next(iter(self.rows(sql, **params)), None)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is written in the block is stored, or nothing of it."""
        with self._errors():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def _connection(self) -> sqlite3.Connection:
        known: sqlite3.Connection | None = getattr(self._connections, "open", None)
        if known is None:
            known = connect_to(self.path)
            self._connections.open = known
            with self._opening:
                self._opened.append(known)
        return known

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as err:
            raise failure_of(err, self.path) from err


def legible(text: str) -> str:
    """The text with a mark for what cannot be written: bytes of a file name that are no text, half characters."""
    return _HALF.sub("\ufffd", text)


def open_journal(data: Path, *, create: bool = False) -> Journal:
    """The journal of the data folder. Raises StoreUnavailable where there is none and `create` is not given."""
    path = data / FILE
    if not create and not path.exists():
        raise StoreUnavailable(f"nothing has been ingested into {data} yet: run 'chronograph ingest …' first")
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise StoreUnavailable(
            f"{data} cannot be created ({err.strerror}): set CHRONOGRAPH_DATA to another folder"
        ) from err
    journal = Journal(path)
    with journal._errors():
        version = _version(journal._connection())
        if version > _VERSION:
            raise StoreUnavailable(f"{path} was written by a newer version of this program: use that version")
    if version < _VERSION:
        with journal.transaction() as connection:
            _bring_up(connection, _version(connection))  # another process may have been first
    return journal


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _bring_up(connection: sqlite3.Connection, version: int) -> None:
    """Give a journal of this version, within an open transaction, what it lacks; 0 is an empty file."""
    if version < _VERSION:
        added = [change for since, change in _ADDED.items() if 0 < version < since]
        for statement in (_TABLES + "".join(added)).split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_VERSION}")


def connect_to(path: Path) -> sqlite3.Connection:
    """A connection to a file that several threads and processes write to, its transactions begun by hand."""
    connection = sqlite3.connect(path, timeout=60.0, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")  # a killed process loses nothing; a power cut, the last moment
    return connection


def failure_of(err: sqlite3.Error, path: Path) -> AbortRun:
    """The error to raise for one of SQLite's."""
    if "full" in str(err) or ("disk I/O" in str(err) and shutil.disk_usage(path.parent).free < _ROOM):
        return StoreFull(
            f"the disk that holds {path.parent} is full: free some space and run it again; nothing fetched is lost"
        )
    if isinstance(err, sqlite3.DatabaseError) and "malformed" in str(err):
        return StoreUnavailable(f"{path} is damaged: move it away; the next run creates a new one and fetches again")
    return AbortRun(f"{path}: {err}")
