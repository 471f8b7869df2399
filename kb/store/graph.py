"""One client for both graph servers: Bolt, explicit transactions, retries, and one writer at a time.

Writing transactions run one after another, on both servers, whatever process they come from: each first takes the
schema's node for itself. So what a transaction reads before it writes (all claims of an event, say) is still true when
it is stored, and `MERGE` of a relationship makes one, which ArcadeDB does not promise to two at once.

What to know when writing Cypher that runs well on both:

- `MERGE (article)<-[:PUBLISHED]-(source)`: start at the end with fewer relationships; ArcadeDB walks all of the first.
- Look nodes up by parameters or by columns of an `UNWIND`; ArcadeDB scans for `{id: 'a' + $b}` in a lone `MATCH`.
- A list stored in a property holds no null and no list: ArcadeDB would take it, Neo4j refuses it.
"""

from __future__ import annotations

import marshal
import random
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, LiteralString, Self, TypeVar

from kb.errors import AbortRun
from kb.store.address import Address, Kind, connect
from kb.store.asking import QueryResult, ask
from kb.store.driver import (
    AuthError,
    ConstraintError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    neo4j,
)
from kb.store.failures import failure
from kb.store.nodes import Nodes
from kb.store.places import Opened, Places

__all__ = ["Graph", "QueryResult", "Writer"]

T = TypeVar("T")

_RETRY_FOR = 60.0
"""Seconds a transaction is tried again while the server says that another one was in its way."""
_RECONNECT_FOR = 15.0
"""Seconds a transaction is tried again while the server is away; an embedded one is started meanwhile."""
_RACES = 5
"""Times a transaction runs again that wanted to make what is there: a race is over then, an error stays one."""
_MADE_MEANWHILE = frozenset(
    f"Neo.ClientError.Schema.{what}"
    for what in ("EquivalentSchemaRuleAlreadyExists", "IndexAlreadyExists", "ConstraintAlreadyExists")
)
"""What Neo4j says to `CREATE … IF NOT EXISTS` when another does the same at this moment."""
_PLAIN = frozenset({str, int, float, bool, type(None)})
_LISTED = ("rows", "ids", "keys")
_LONGEST_PAUSE = 0.5
_LARGEST_PARAMETERS = 32 * 2**20

_TAKE_TURN: LiteralString = """
MERGE (m:Meta {id: 'schema'})
SET m.writes = coalesce(m.writes, 0) + 1
RETURN m.graph AS graph, m.writes AS number, coalesce(m.filed, 0) AS filed
"""
"""Returns the `Turn`. Neo4j makes the second of two wait here, ArcadeDB makes it fail and run again."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A transaction's turn to write."""

    graph: str
    """Which graph it is: another one after a restore. Empty while the schema is made."""
    number: int
    """One more than that of the transaction before."""
    filed: int
    """The number of the last one that changed what the index of places follows."""


class Writer:
    """The open transaction a piece of work writes in."""

    def __init__(self, transaction: neo4j.Transaction, places: Places) -> None:
        self._transaction = transaction
        self.places = places
        """The index beside the graph, which keeps what is filed when the transaction is stored."""
        self.turn = Turn("", 0, 0)
        self.nodes = Nodes()
        """Where the nodes stand that this transaction has met."""
        self.filed: set[str] = set()
        """Articles of which the graph has noted that this transaction filed them."""

    def run(self, cypher: LiteralString, /, **params: Any) -> list[dict[str, Any]]:
        """The rows of one statement, as dicts by column; nodes are dicts of their properties.

        Statements go through what `rows`, `ids` or `keys` list: one over an empty list is not sent. Raises AbortRun for
        parameters of more than 32 MB: an embedded store would never answer.
        """
        if any(params.get(name) == [] for name in _LISTED):
            return []
        size = _bytes_in(params)
        if size > _LARGEST_PARAMETERS:
            raise AbortRun(
                f"{size / 2**20:.0f} MB is too much to write at once ({_LARGEST_PARAMETERS / 2**20:.0f} MB at most): "
                "write fewer or shorter articles together"
            )
        result = self._transaction.run(cypher, {name: _unprinted(value) for name, value in params.items()})
        names = result.keys()
        return [_row(names, record) for record in result]

    def run_in_parts(
        self, cypher: LiteralString, /, *, ids: Collection[str], at_once: int, **params: Any
    ) -> list[dict[str, Any]]:
        """The rows of one statement run for some of `ids` at a time: a server gathers those of one in its memory."""
        wanted = sorted(ids)
        parts = (wanted[at : at + at_once] for at in range(0, len(wanted), at_once))
        return [row for part in parts for row in self.run(cypher, ids=part, **params)]


class Graph:
    """An open graph, fit for use by several threads; a context manager."""

    def __init__(
        self,
        locate: Callable[[], Address],
        places: Path,
        turn: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        """`locate` finds the server, again when it has gone: an embedded store may come back on another port.

        `places` is the file of the index beside the graph (`kb.store.places`). `turn` waits for this process's turn to
        write, where a server does not do that itself.
        """
        self._locate = locate
        self._places = places
        self._index = Opened()
        self._turn = turn
        self._moving = threading.Lock()
        self._reached = False
        self._address = locate()
        self._drivers = [connect(self._address, self._address.writer)]
        """The last one is in use; those before it were, until the server moved."""

    @property
    def server(self) -> Kind:
        """Which kind of server it is."""
        return self._address.server

    def describe(self) -> str:
        """The store in a few words, for status lines."""
        return self._address.name

    def close(self) -> None:
        """Hang up. An embedded store's daemon goes on, for the next one."""
        self._index.close()
        for driver in self._drivers:
            driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, cypher: LiteralString, /, **params: Any) -> list[dict[str, Any]]:
        """The rows of one reading statement, as dicts by column; nodes are dicts of their properties.

        Raises StoreUnavailable when the server is gone and does not come back, AbortRun when it fails.
        """
        return self._persist(lambda: self._transact(neo4j.READ_ACCESS, lambda reader: reader.run(cypher, **params)))

    def write(self, work: Callable[[Writer], T]) -> T:
        """What `work` returns, all it wrote being one transaction: stored whole, or not at all.

        `work` runs again from its start when another transaction was in its way, so it must do nothing but read and
        write through its Writer; `write` within it would wait for itself. Whatever it raises rolls the transaction
        back. Raises StoreUnavailable when the server is gone, StoreFull when its disk is full, AbortRun when it fails.
        """

        def taking_turns(writer: Writer) -> T:
            (turn,) = writer.run(_TAKE_TURN)
            writer.turn = Turn(turn["graph"] or "", turn["number"], turn["filed"])
            return work(writer)

        return self._persist(lambda: self._alone(taking_turns))

    def places(self) -> Places:
        """The index beside the graph, for one piece of work."""
        return Places(self._places, self._index)

    def beside(self, name: str) -> Path:
        """The file beside the graph for what was read of all of it (`kb.store.aside`)."""
        return self._places.with_suffix(f".{name}.json")

    def define(self, statement: LiteralString) -> None:
        """Run one statement that makes a constraint or an index, in a transaction of its own as Neo4j wants it."""

        self._persist(lambda: self._alone(lambda writer: writer.run(statement)))

    def query(
        self, cypher: str, params: Mapping[str, Any], *, row_limit: int = 1000, timeout: float = 10.0
    ) -> QueryResult:
        """What a statement that a person wrote returns: reading only, at most `row_limit` rows, `timeout` seconds.

        Raises QueryRejected when it is not allowed, fails or takes too long, with the server's reason in one line.
        """
        return self._persist(lambda: ask(self._address, cypher, params, row_limit=row_limit, timeout=timeout))

    def _alone(self, work: Callable[[Writer], T]) -> T:
        with self._turn():
            return self._transact(neo4j.WRITE_ACCESS, work)

    def _transact(self, mode: str, work: Callable[[Writer], T]) -> T:
        with (
            self._drivers[-1].session(database=self._address.database, default_access_mode=mode) as session,
            self.places() as places,
            session.begin_transaction() as transaction,
        ):
            result = work(Writer(transaction, places))
            transaction.commit()
            return result

    def _persist(self, attempt: Callable[[], T]) -> T:
        """What `attempt` returns, tried again as long as there is hope."""
        failing_since = None
        for tries in count(1):
            try:
                result = attempt()
            except (Neo4jError, DriverError) as err:
                failing_since = failing_since or time.monotonic()
                if not self._worth_another(err, tries, time.monotonic() - failing_since):
                    raise failure(err, self._address) from err
            else:
                self._reached = True
                break
            time.sleep(random.uniform(0, min(_LONGEST_PAUSE, 0.005 * 2**tries)))  # noqa: S311
        return result

    def _worth_another(self, err: Neo4jError | DriverError, tries: int, elapsed: float) -> bool:
        if isinstance(err, IncompleteCommit):
            return False
        if isinstance(err, ServiceUnavailable | SessionExpired):
            return elapsed < _RECONNECT_FOR and (self._moved() or self._reached or self.server == "embedded")
        if isinstance(err, AuthError):
            return self._moved()
        if isinstance(err, ConstraintError) or (isinstance(err, Neo4jError) and err.code in _MADE_MEANWHILE):
            return tries < _RACES
        return elapsed < _RETRY_FOR and err.is_retryable()

    def _moved(self) -> bool:
        """Look where the server is now; True if that is elsewhere than before."""
        address = self._locate()
        with self._moving:
            if address == self._address:
                return False
            self._drivers.append(connect(address, address.writer))
            self._address = address
        return True


class _Unprinted(list[Any]):
    """A list on its way to the server.

    The driver prints all that it sends for a log that nobody keeps (6.4 asks no one before it does): a fiftieth of the
    writing process's time.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"[{len(self)} items]"


def _unprinted(value: object) -> object:
    return _Unprinted(value) if type(value) is list else value


def _row(names: Iterable[str], record: neo4j.Record) -> dict[str, Any]:
    """A record by column. The driver's own `data` looks into every item; most rows hold nothing to look into."""
    values = tuple.__iter__(record)  # its own looks whether each could be read: what could not is not plain
    row = dict(zip(names, values, strict=True))
    return row if all(map(_is_plain, row.values())) else record.data()


def _is_plain(value: object) -> bool:
    """True for what stays as it is: no node, relationship or path in it."""
    if type(value) is list:
        return _PLAIN.issuperset(map(type, value)) or all(map(_is_plain, value))
    return type(value) in _PLAIN


def _bytes_in(value: Any) -> int:  # noqa: ANN401 - whatever a statement takes
    """About as many bytes as `value` takes on the wire."""
    try:
        return len(marshal.dumps(value))
    except ValueError:
        return _counted(value)


def _counted(value: object) -> int:
    """The same for what holds other things than plain ones, one by one."""
    if isinstance(value, str):
        return len(value) if value.isascii() else len(value.encode(errors="replace"))
    if isinstance(value, Mapping):
        return sum(_counted(item) for item in value.values())
    if isinstance(value, list | tuple):
        return sum(map(_counted, value))
    return 8
