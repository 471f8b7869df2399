"""Asking the graph what a person wants to know, in Cypher of their own: reading only, and within limits."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from queue import Empty, SimpleQueue
from typing import Any

from kb.errors import QueryRejected
from kb.store.address import Address, connect
from kb.store.driver import DriverError, Neo4jError, ServiceUnavailable, SessionExpired, neo4j
from kb.store.failures import lacks_memory, reason
from kb.store.plain import plain
from kb.store.statement import check_reading

_AGAIN = 0.5
"""Seconds between two attempts to end an overdue statement."""
_GRACE = 2.0
"""Seconds a store gets to end an overdue statement, before we stop to wait for it."""
_FORBIDDEN = ("Neo.ClientError.Security.Forbidden", "Neo.ClientError.Statement.AccessMode")


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Columns and rows; values are what JSON knows, nodes and relationships being dicts."""

    columns: tuple[str, ...]
    """Empty when there are no rows: an embedded store does not name them then."""
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool
    """True if there were more rows than asked for."""


def ask(address: Address, cypher: str, params: Mapping[str, Any], *, row_limit: int, timeout: float) -> QueryResult:
    """The first `row_limit` rows of `cypher`, or QueryRejected; the driver's error when the server was gone before.

    The store itself refuses to write: Neo4j in a reading transaction, the embedded one to the user it runs as.
    """
    check_reading(cypher)
    return _within(timeout + _GRACE, timeout, lambda: _ask(address, cypher, params, row_limit, timeout))


def _within(seconds: float, timeout: float, work: Callable[[], QueryResult]) -> QueryResult:
    """What `work` returns or raises, or QueryRejected after `seconds`: a store may not hear that it should stop.

    ArcadeDB looks for that between rows, not inside one long expression. The thread then waits for it in our place.
    """
    answers: SimpleQueue[QueryResult | Exception] = SimpleQueue()

    def run() -> None:
        try:
            answers.put(work())
        except Exception as err:  # noqa: BLE001 - raised again by who waits
            answers.put(err)

    threading.Thread(target=run, name="asking", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise QueryRejected(_too_long(timeout)) from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _ask(address: Address, cypher: str, params: Mapping[str, Any], row_limit: int, timeout: float) -> QueryResult:
    with _transaction(address, row_limit, timeout) as transaction, _deadline(address, transaction, timeout):
        try:
            return _run(transaction, cypher, params, row_limit)
        except (Neo4jError, DriverError) as err:
            raise QueryRejected(_complaint(err, address, timeout)) from err


def _run(transaction: neo4j.Transaction, cypher: str, params: Mapping[str, Any], row_limit: int) -> QueryResult:
    """Run it to its end, or to the row after the last one wanted: only at its end a store may object to a write."""
    result = transaction.run(cypher, dict(params))
    rows = tuple(tuple(plain(value) for value in record.values()) for record in islice(result, row_limit))
    truncated = result.peek() is not None
    if not truncated:
        transaction.commit()
    return QueryResult(tuple(result.keys()) if rows else (), rows, truncated)


@contextmanager
def _transaction(address: Address, row_limit: int, timeout: float) -> Iterator[neo4j.Transaction]:
    """A transaction on a connection of its own, which hangs up in the end.

    Hanging up leaves the rest of a long result with the server. Any other end would fetch it first.
    """
    driver = connect(address, address.reader)
    session = driver.session(
        database=address.database, default_access_mode=neo4j.READ_ACCESS, fetch_size=min(row_limit + 1, 1000)
    )
    try:
        yield session.begin_transaction(timeout=timeout)
    finally:
        driver.close()
        session.close()


@contextmanager
def _deadline(address: Address, transaction: neo4j.Transaction, timeout: float) -> Iterator[None]:
    """End whatever runs in `transaction` after `timeout` seconds. Neo4j does so itself; ArcadeDB is told to."""
    if address.server == "neo4j":
        yield
        return
    connection = _connection_id(transaction)
    done = threading.Event()

    def watch() -> None:
        pause = timeout
        while not done.wait(pause):
            _end_statement(address, connection)
            pause = _AGAIN

    watcher = threading.Thread(target=watch, name="deadline", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _connection_id(transaction: neo4j.Transaction) -> str:
    """The server's name for the connection of `transaction`: that of the statement which bears our mark."""
    mark = secrets.token_hex(8)
    running = transaction.run(f"SHOW TRANSACTIONS /* {mark} */").data()
    return next(str(row["connectionId"]) for row in running if mark in row["currentQuery"])


def _end_statement(address: Address, connection: str) -> None:
    """Have the server end what runs on `connection`. If it cannot be reached, the statement's own connection tells."""
    try:
        with connect(address, address.reader) as driver, driver.session(database=address.database) as session:
            running = session.run("SHOW TRANSACTIONS").data()
            ids = [row["transactionId"] for row in running if row["connectionId"] == connection]
            session.run("TERMINATE TRANSACTIONS $ids", ids=ids).consume()
    except (Neo4jError, DriverError):
        return


def _complaint(err: Neo4jError | DriverError, address: Address, timeout: float) -> str:
    code = getattr(err, "code", None) or ""
    if isinstance(err, ServiceUnavailable | SessionExpired):
        return "the store stopped while it ran the statement, perhaps for lack of memory: narrow the statement down"
    if "TransactionTimedOut" in code or code.endswith("Transaction.Terminated"):
        return _too_long(timeout)
    if code in _FORBIDDEN:
        return "the statement does more than read, but only reading is allowed here"
    if lacks_memory(err):
        return "the statement needs more memory than the store has: narrow it down, or sort shorter rows"
    return f"the statement failed: {reason(err, address.log)}"


def _too_long(timeout: float) -> str:
    return f"the statement took longer than {timeout:g} seconds: narrow it down"
