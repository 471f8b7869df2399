"""Places: an index beside the graph, in which what may belong together is found by keys.

It is a file of this machine and holds nothing that the graph does not: `kb.store.filing` makes it from the graph, lets
it follow by the number of the last transaction that it has seen, and makes it anew where it does not fit. So it may be
lost at any time. Keys are kept as hashes: two that share one only find a little more than they looked for.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from kb.errors import StoreUnavailable
from kb.store.journal import connect_to, failure_of
from kb.timevalue import parse_day

_VERSION = 1
_TABLES: Final = """
CREATE TABLE seen (graph TEXT NOT NULL, number INTEGER NOT NULL, dead INTEGER NOT NULL);
CREATE TABLE owner (id TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE thing (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, owner TEXT NOT NULL);
CREATE INDEX thing_owner ON thing (owner);
CREATE TABLE place (key INTEGER NOT NULL, day INTEGER NOT NULL, thing INTEGER NOT NULL,
    PRIMARY KEY (key, day, thing)) WITHOUT ROWID;
"""
_DROP: Final = "".join(f"DROP TABLE IF EXISTS {table};" for table in ("seen", "owner", "thing", "place"))
_MOST_DEAD = 50_000
"""Things taken away, from which on their places are swept as soon as they are more than half of all."""
_NO_DAY = 0


class Place(NamedTuple):
    """Where a thing is filed: under a key, there on a day if it is looked for in spans of days."""

    key: str
    day: str | None = None


class Span(NamedTuple):
    """Where to look: under a key, there from one day to another if what is filed there has days."""

    key: str
    first: str | None = None
    last: str | None = None


class Places:
    """The index at `path`, for one piece of work: kept as a whole at the end of the block, forgotten if that raises.

    The file is opened, and made where it is missing, when it is first asked for something.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._opened is None:
            return
        try:
            with self._errors():
                self._opened.rollback() if error else self._opened.commit()
        finally:
            self._opened.close()
            self._opened = None

    @property
    def seen(self) -> tuple[str, int] | None:
        """The graph it was made from, and the number of the last transaction that it has seen of it; None if new."""
        with self._errors():
            found = self._connection.execute("SELECT graph, number FROM seen").fetchone()
        return tuple(found) if found else None

    def note(self, graph: str, number: int) -> None:
        """Note what was seen."""
        with self._errors():
            if not self._connection.execute("UPDATE seen SET graph = ?, number = ?", (graph, number)).rowcount:
                self._connection.execute("INSERT INTO seen VALUES (?, ?, 0)", (graph, number))

    def clear(self) -> None:
        """Forget everything."""
        with self._errors():
            for statement in filter(None, f"{_DROP}{_TABLES}".split(";")):
                self._connection.execute(statement)

    def file(self, owner: str, things: Mapping[str, Collection[Place]]) -> None:
        """File all that belongs to `owner` anew: things by id, with their places."""
        at = {id_: sorted({(_hashed(place.key), _ordinal(place.day)) for place in own}) for id_, own in things.items()}
        digest = blake2b(repr(sorted(at.items())).encode(), digest_size=16).digest()
        with self._errors():
            known = self._connection.execute("SELECT digest FROM owner WHERE id = ?", (owner,)).fetchone()
            if known and known["digest"] == digest:
                return
            if known:
                self._remove(owner)
            self._connection.execute("INSERT INTO owner VALUES (?, ?)", (owner, digest))
            for id_, rows in at.items():
                number = self._connection.execute("INSERT INTO thing (id, owner) VALUES (?, ?)", (id_, owner)).lastrowid
                placed = ((key, day, number) for key, day in rows)
                self._connection.executemany("INSERT INTO place VALUES (?, ?, ?)", placed)

    def remove(self, owners: Iterable[str]) -> None:
        """Take away all that belongs to these."""
        with self._errors():
            for owner in owners:
                self._remove(owner)

    def find(self, spans: Iterable[Span]) -> set[str]:
        """The things filed where one of `spans` looks."""
        found: set[int] = set()
        with self._errors():
            ask = self._connection.execute
            for span in spans:
                key, first, last = _hashed(span.key), _ordinal(span.first), _ordinal(span.last)
                rows = ask("SELECT thing FROM place WHERE key = ? AND day BETWEEN ? AND ?", (key, first, last))
                found.update(number for (number,) in rows)
            wanted = json.dumps(sorted(found))
            return {
                id_ for (id_,) in ask("SELECT id FROM thing WHERE n IN (SELECT value FROM json_each(?))", (wanted,))
            }

    def _remove(self, owner: str) -> None:
        """What is filed of its things stays behind, and finds nothing; it is swept once it is the greater part."""
        gone = self._connection.execute("DELETE FROM thing WHERE owner = ?", (owner,)).rowcount
        self._connection.execute("DELETE FROM owner WHERE id = ?", (owner,))
        self._connection.execute("UPDATE seen SET dead = dead + ?", (gone,))
        dead = self._connection.execute("SELECT dead FROM seen WHERE dead > ?", (_MOST_DEAD,)).fetchone()
        if dead and dead[0] > self._connection.execute("SELECT count(*) FROM thing").fetchone()[0]:
            self._connection.execute("DELETE FROM place WHERE thing NOT IN (SELECT n FROM thing)")
            self._connection.execute("UPDATE seen SET dead = 0")

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            self._opened = self._begun()
        return self._opened

    def _begun(self) -> sqlite3.Connection:
        """A connection within a transaction; a file that is damaged or of another program's time is made anew."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return _begun(self._path)
        except OSError as err:
            raise StoreUnavailable(f"{self._path} cannot be made ({err.strerror}): set CHRONOGRAPH_DATA") from err
        except sqlite3.DatabaseError as err:
            if isinstance(err, sqlite3.OperationalError):
                raise
            for suffix in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
            return _begun(self._path)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as err:
            raise failure_of(err, self._path) from err


def _begun(path: Path) -> sqlite3.Connection:
    connection = connect_to(path)
    try:
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            for statement in filter(None, f"{_DROP}{_TABLES}PRAGMA user_version = {_VERSION};".split(";")):
                connection.execute(statement)
    except BaseException:
        connection.close()
        raise
    return connection


def _hashed(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(errors="replace"), digest_size=8).digest(), "big", signed=True)


def _ordinal(day: str | None) -> int:
    return parse_day(day).toordinal() if day else _NO_DAY
