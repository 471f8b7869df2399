"""Places: an index beside the graph, in which what may belong together is found by keys.

It is a file of this machine and holds nothing that the graph does not: `kb.store.filing` makes it from the graph, lets
it follow by the number of the last transaction that it has seen, and makes it anew where it does not fit. So it may be
lost at any time. Keys are kept as hashes: two that share one only find a little more than they looked for.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Final, NamedTuple, Self

from kb.errors import StoreUnavailable
from kb.store.journal import connect_to, failure_of
from kb.timevalue import parse_day

_VERSION = 10
_TABLES: Final = """
CREATE TABLE seen (graph TEXT NOT NULL, number INTEGER NOT NULL, dead INTEGER NOT NULL);
CREATE TABLE owner (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, known BLOB,
    size INTEGER NOT NULL);
CREATE TABLE thing (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, owner INTEGER NOT NULL, about BLOB);
CREATE INDEX thing_owner ON thing (owner);
CREATE TABLE kept (owner INTEGER PRIMARY KEY, told BLOB NOT NULL);
CREATE TABLE place (key INTEGER NOT NULL, day INTEGER NOT NULL, thing INTEGER NOT NULL, owner INTEGER NOT NULL,
    PRIMARY KEY (key, day, thing)) WITHOUT ROWID;
CREATE TABLE name (key TEXT NOT NULL, entity TEXT NOT NULL, PRIMARY KEY (key, entity)) WITHOUT ROWID;
CREATE INDEX name_entity ON name (entity);
CREATE TABLE naming (article TEXT PRIMARY KEY, published TEXT, entities TEXT NOT NULL) WITHOUT ROWID;
"""
_DROP: Final = "".join(
    f"DROP TABLE IF EXISTS {table};" for table in ("seen", "owner", "thing", "kept", "place", "name", "naming")
)
_MOST_DEAD = 50_000
"""Things taken away, from which on their places are swept as soon as they are more than half of all."""
_NO_DAY = 0
_MIDDLE = 2**31
_AT_HAND = 16_384
"""Things, days and kinds whose hashes are kept in mind: those of some batches."""
_CACHE = 16_384
"""Kilobytes of the file that are kept at hand meanwhile: an archive's articles touch pages all over it."""
_CHECKPOINT = 10_000
"""Pages of changes that wait beside the file, 40 MB: one that several transactions change is written to it once."""
_OWNERS_AT_HAND = 50_000
"""Owners of which is kept in mind whom they know, 16 MB: an article is near hundreds, the next one near the same."""
_WAITING = 100_000
"""Places that wait at most to be written together, in their order: each page of the file is then written once."""


class Place(NamedTuple):
    """Where a thing is filed: under a key, there on a day if it is looked for in spans of days."""

    key: str
    day: str | None = None


class Span(NamedTuple):
    """Where to look for what is filed with a day: under a key, from one day to another."""

    key: str
    first: str
    last: str


class Search(NamedTuple):
    """Where to look, for what owners that know some of `known` filed; None for what anybody did."""

    keys: Iterable[str]
    spans: Iterable[Span] = ()
    known: Collection[str | int] | None = None
    size: int = 0


class Found(NamedTuple):
    """A thing that is filed, with its owner, and what was told about it."""

    id: str
    owner: str
    about: bytes


class Naming(NamedTuple):
    """Whom an article names, and the day it was published."""

    published: str | None
    entities: Collection[str]


InCommon = Callable[[int, int], int]
"""How much a search and an owner of two sizes must both know, to be no strangers."""


class _Known(NamedTuple):
    """What an owner knows, by hash. Most owners are compared once, which a set is not worth making for."""

    names: array[int]
    size: int


class Opened:
    """A connection to an index that stays open between pieces of work: what they read of the file is at hand then."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: tuple[sqlite3.Connection, tuple[int, int]] | None = None
        self._read: tuple[sqlite3.Connection, int] | None = None
        self._owners: dict[int, _Known | None] = {}

    def take(self, path: Path) -> sqlite3.Connection | None:
        """The connection, for whoever takes it until it is given back; None if it is in use, or of another file."""
        with self._lock:
            idle, self._idle = self._idle, None
        if idle and idle[1] == _file_at(path):
            return idle[0]
        if idle:
            idle[0].close()
        return None

    def give(self, connection: sqlite3.Connection, file: tuple[int, int]) -> None:
        """Keep a connection to this file, which is in no transaction; one is enough."""
        with self._lock:
            if self._idle is None:
                self._idle = (connection, file)
                return
        connection.close()

    def owners(self, connection: sqlite3.Connection) -> dict[int, _Known | None]:
        """What was read of owners by this connection; nothing, if somebody else has changed the file since."""
        read = (connection, connection.execute("PRAGMA data_version").fetchone()[0])
        with self._lock:
            if self._read != read or len(self._owners) > _OWNERS_AT_HAND:
                self._read, self._owners = read, {}
            return self._owners

    def close(self) -> None:
        """Hang up."""
        with self._lock:
            idle, self._idle = self._idle, None
            self._read = None
        if idle:
            idle[0].close()


def _file_at(path: Path) -> tuple[int, int]:
    """Which file that is; two noughts if there is none: whoever has it open has another one."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


class Places:
    """The index at `path`, for one piece of work: kept as a whole at the end of the block, forgotten if that raises.

    The file is opened, and made where it is missing, when it is first asked for something; `opened` may have it open
    already, and keeps it so.
    """

    def __init__(self, path: Path, opened: Opened | None = None) -> None:
        self._path = path
        self._between = opened
        self._opened: sqlite3.Connection | None = None
        self._file = (0, 0)
        self._waiting: list[tuple[int, int, int | None, int | None]] = []
        self._owners: dict[int, _Known | None] = {}
        """What owners know, by their numbers: none is given twice, but for what is rolled back or cleared."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._opened is None:
            return
        try:
            with self._errors():
                if error:
                    self._opened.rollback()
                else:
                    self._write_waiting()
                    self._opened.commit()
        except BaseException:
            self._owners.clear()
            self._opened.close()
            raise
        else:
            if error:
                self._owners.clear()
            if self._between:
                self._between.give(self._opened, self._file)
            else:
                self._opened.close()
        finally:
            self._opened = None
            self._waiting.clear()

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
        self._waiting.clear()
        with self._errors():
            for statement in filter(None, f"{_DROP}{_TABLES}".split(";")):
                self._connection.execute(statement)
        self._owners.clear()

    def file(
        self,
        owner: str,
        things: Mapping[str, Collection[tuple[str, str | None]]],
        *,
        known: Collection[str | int] | None = None,
        size: int = 0,
        about: Mapping[str, bytes] = MappingProxyType({}),
        kept: bytes = b"",
    ) -> None:
        """File all that belongs to `owner` anew: things by id, with their places.

        `known` is whom the owner knows, by names or as numbers of 32 bits, `size` how large it is: by that a search can
        leave out strangers. None for one that is no stranger to anybody. `about` tells something of each thing, which
        comes with it when it is found, and `kept` all that is to be had of the owner afterwards.
        """
        at = {id_: sorted({(_hashed(key), _ordinal(day)) for key, day in own}) for id_, own in sorted(things.items())}
        names = None if known is None else _packed(known)
        digest = blake2b(_plain(at, names, size, about) + kept, digest_size=16).digest()
        with self._errors():
            before = self._connection.execute("SELECT digest FROM owner WHERE id = ?", (owner,)).fetchone()
            if before and before["digest"] == digest:
                return
            if before:
                self._remove(owner)
            row = (owner, digest, names, size)
            write = "INSERT INTO owner (id, digest, known, size) VALUES (?, ?, ?, ?)"
            own = self._connection.execute(write, row).lastrowid
            if kept:
                self._connection.execute("INSERT INTO kept VALUES (?, ?)", (own, kept))
            for id_, rows in at.items():
                thing = (id_, own, about.get(id_))
                write = "INSERT INTO thing (id, owner, about) VALUES (?, ?, ?)"
                number = self._connection.execute(write, thing).lastrowid
                self._waiting += [(key, day, number, own) for key, day in rows]
            if len(self._waiting) > _WAITING:
                self._write_waiting()

    def remove(self, owners: Iterable[str]) -> None:
        """Take away all that belongs to these."""
        with self._errors():
            for owner in owners:
                self._remove(owner)

    def find(
        self, keys: Iterable[str] = (), spans: Iterable[Span] = (), *, known: Collection[str] | None = None
    ) -> set[str]:
        """The things filed under `keys` and within `spans`; with `known`, not those whose owners know none of these."""
        (found,) = self.find_each([Search(keys, spans, known)])
        return {thing.id for thing in found}

    def find_each(self, searches: Iterable[Search], *, in_common: InCommon = lambda *_: 1) -> list[set[Found]]:
        """What each of several searches finds; owners that know anybody must know so many of those that it knows.

        Whom owners know is read once.
        """
        with self._errors():
            numbers = [self._look(search, in_common) for search in searches]
            things = self._things({number for found in numbers for number in found})
        return [{things[number] for number in found if number in things} for found in numbers]

    def kept_of(self, owners: Iterable[str]) -> dict[str, bytes]:
        """What is kept of each of these owners, where anything is."""
        asked = (
            "SELECT id, told FROM owner JOIN kept ON owner = n WHERE id IN (SELECT value FROM json_each(?)) ORDER BY n"
        )
        with self._errors():
            return dict(map(tuple, self._connection.execute(asked, (json.dumps(sorted(owners)),))))

    def name_keys(self, entities: Iterable[str]) -> set[tuple[str, str]]:
        """These entities, each with the keys that it is filed under by name."""
        asked = "SELECT entity, key FROM name WHERE entity IN (SELECT value FROM json_each(?))"
        with self._errors():
            return set(map(tuple, self._connection.execute(asked, (json.dumps(sorted(entities)),))))

    def file_names(self, pairs: Iterable[tuple[str, str]]) -> None:
        """File entities under keys of their names, where they are not filed yet."""
        with self._errors():
            self._connection.executemany("INSERT INTO name (entity, key) VALUES (?, ?)", sorted(pairs))

    def unfile_names(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take entities from keys of their names."""
        with self._errors():
            self._connection.executemany("DELETE FROM name WHERE entity = ? AND key = ?", sorted(pairs))

    def forget_names(self) -> None:
        """Take all entities from all keys."""
        with self._errors():
            self._connection.execute("DELETE FROM name")

    def note_naming(self, named: Mapping[str, Naming]) -> None:
        """Note whom these articles name, in place of whom they named; nothing of one that names nobody."""
        self.forget_naming(named)
        rows = [(id_, published, json.dumps(sorted(own))) for id_, (published, own) in sorted(named.items()) if own]
        with self._errors():
            self._connection.executemany("INSERT INTO naming VALUES (?, ?, ?)", rows)

    def forget_naming(self, articles: Iterable[str]) -> None:
        """Forget whom these articles name."""
        with self._errors():
            self._connection.executemany("DELETE FROM naming WHERE article = ?", [(one,) for one in sorted(articles)])

    def naming_of(self, articles: Iterable[str]) -> dict[str, Naming]:
        """Whom each of these articles names, as far as it was noted."""
        asked = "SELECT article, published, entities FROM naming WHERE article IN (SELECT value FROM json_each(?))"
        with self._errors():
            rows = self._connection.execute(asked, (json.dumps(sorted(articles)),)).fetchall()
        return {article: Naming(published, json.loads(entities)) for article, published, entities in rows}

    def named(self, keys: Iterable[str], *, most: int) -> dict[str, list[str]]:
        """The entities filed by name under each of these keys, by id, `most` of each; without keys of nobody."""
        asked = "SELECT entity FROM name WHERE key = ? ORDER BY entity LIMIT ?"
        with self._errors():
            found = {key: [row[0] for row in self._connection.execute(asked, (key, most))] for key in keys}
        return {key: ids for key, ids in found.items() if ids}

    def _look(self, search: Search, in_common: InCommon) -> set[int]:
        found, owners = self._filed(search.keys, search.spans), self._owners
        if search.known is None:
            return {thing for thing, _ in found}
        mine, theirs = frozenset(map(_short, search.known)), {owner for _, owner in found}
        self._introduce([owner for owner in theirs if owner not in owners])  # `-` goes through all owners at hand
        near = {
            owner
            for owner in theirs
            if (one := owners.get(owner)) is None
            or len(mine.intersection(one.names)) >= in_common(search.size, one.size)
        }
        return {thing for thing, owner in found if owner in near}

    def _filed(self, keys: Iterable[str], spans: Iterable[Span]) -> set[tuple[int, int]]:
        """Things filed under `keys` and within `spans`, each with its owner."""
        self._write_waiting()
        read = self._connection.cursor()
        read.row_factory = None
        wanted = json.dumps(sorted(map(_hashed, keys)))
        at_keys = "SELECT thing, owner FROM place WHERE key IN (SELECT value FROM json_each(?)) AND day = ?"
        found = set(read.execute(at_keys, (wanted, _NO_DAY)))
        windows: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for key, first, last in spans:
            windows[first, last].append(_hashed(key))
        in_days = "SELECT thing, owner FROM place WHERE key IN (SELECT value FROM json_each(?)) AND day BETWEEN ? AND ?"
        for (first, last), own in windows.items():
            found.update(read.execute(in_days, (json.dumps(own), _ordinal(first), _ordinal(last))))
        return found

    def _introduce(self, numbers: Collection[int]) -> None:
        """Read whom these owners know."""
        asked = "SELECT n, known, size FROM owner WHERE n IN (SELECT value FROM json_each(?))"
        for number, known, size in self._connection.execute(asked, (json.dumps(sorted(numbers)),)):
            self._owners[number] = None if known is None else _Known(array("I", known), size)

    def _things(self, numbers: Collection[int]) -> dict[int, Found]:
        asked = (
            "SELECT thing.n, thing.id, owner.id, about FROM thing JOIN owner ON owner.n = thing.owner "
            "WHERE thing.n IN (SELECT value FROM json_each(?))"
        )
        rows = self._connection.execute(asked, (json.dumps(sorted(numbers)),))
        return {number: Found(id_, owner, about or b"") for number, id_, owner, about in rows}

    def _write_waiting(self) -> None:
        if self._waiting:
            self._connection.executemany("INSERT INTO place VALUES (?, ?, ?, ?)", sorted(self._waiting))
            self._waiting.clear()

    def _remove(self, owner: str) -> None:
        """What is filed of its things stays behind, and finds nothing; it is swept once it is the greater part."""
        self._connection.execute("DELETE FROM kept WHERE owner = (SELECT n FROM owner WHERE id = ?)", (owner,))
        own = "DELETE FROM thing WHERE owner = (SELECT n FROM owner WHERE id = ?)"
        gone = self._connection.execute(own, (owner,)).rowcount
        self._connection.execute("DELETE FROM owner WHERE id = ?", (owner,))
        self._connection.execute("UPDATE seen SET dead = dead + ?", (gone,))
        dead = self._connection.execute("SELECT dead FROM seen WHERE dead > ?", (_MOST_DEAD,)).fetchone()
        if dead and dead[0] > self._connection.execute("SELECT count(*) FROM thing").fetchone()[0]:
            self._write_waiting()
            self._connection.execute("DELETE FROM place WHERE thing NOT IN (SELECT n FROM thing)")
            self._connection.execute("UPDATE seen SET dead = 0")

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            self._opened = self._begun()
            self._file = _file_at(self._path)
            self._owners = self._between.owners(self._opened) if self._between else {}
        return self._opened

    def _begun(self) -> sqlite3.Connection:
        """A connection within a transaction; a file that is damaged or of another program's time is made anew."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return _begun((self._between and self._between.take(self._path)) or _connection_to(self._path))
        except OSError as err:
            raise StoreUnavailable(
                f"{self._path} cannot be created ({err.strerror}): set CHRONOGRAPH_DATA to another folder"
            ) from err
        except sqlite3.DatabaseError as err:
            if isinstance(err, sqlite3.OperationalError):
                raise
            for suffix in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
            return _begun(_connection_to(self._path))

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as err:
            raise failure_of(err, self._path) from err


def _connection_to(path: Path) -> sqlite3.Connection:
    connection = connect_to(path)
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT}")
    return connection


def _begun(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The connection in a transaction, with tables of this program's time."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            for statement in filter(None, f"{_DROP}{_TABLES}PRAGMA user_version = {_VERSION};".split(";")):
                connection.execute(statement)
    except BaseException:
        connection.close()
        raise
    return connection


def _plain(
    at: Mapping[str, list[tuple[int, int]]], names: bytes | None, size: int, about: Mapping[str, bytes]
) -> bytes:
    """The same bytes for the same places: those of numbers, which take less to make than their digits."""
    places = array("q", chain.from_iterable(chain.from_iterable(at.values())))
    ends = [(id_, len(own)) for id_, own in at.items()]
    told = [about.get(id_, b"") for id_ in at]
    return b"".join((places.tobytes(), repr((ends, names is None, size)).encode(), names or b"", *told))


def _hashed(key: str) -> int:
    """What is filed of one thing lies together: an article knows few things, and touches few pages of the file."""
    thing, _, rest = key.partition("|")
    return (_half(thing) - _MIDDLE << 32) + _half(rest)


@lru_cache(maxsize=_AT_HAND)
def _half(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(errors="replace"), digest_size=4).digest(), "big")


def _short(name: str | int) -> int:
    """Half of a hash: two names that share it only keep a stranger in."""
    return name if isinstance(name, int) else _half(name)


def _packed(names: Iterable[str | int]) -> bytes:
    return array("I", sorted(set(map(_short, names)))).tobytes()


@lru_cache(maxsize=_AT_HAND)
def _ordinal(day: str | None) -> int:
    return parse_day(day).toordinal() if day else _NO_DAY
