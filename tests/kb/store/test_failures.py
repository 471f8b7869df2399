"""The driver's errors as one line each."""

from __future__ import annotations

import pytest
from neo4j.exceptions import (
    AuthError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from kb.errors import AbortRun, StoreFull, StoreUnavailable
from kb.store.address import Address, Kind, Login
from kb.store.failures import failure


def address(server: Kind) -> Address:
    name = "Neo4j at bolt://host" if server == "neo4j" else "the store of /data"
    return Address(server, "bolt://host", "news", Login("writer", "secret"), Login("reader", "secret"), name)


def said(code: str, message: str) -> Neo4jError:
    """An error as the driver makes it of what a server says."""
    return Neo4jError._hydrate_neo4j(code=f"Neo.{code}", message=message)


@pytest.mark.parametrize(
    ("error", "server", "kind", "words"),
    [
        (AuthError("no"), "neo4j", StoreUnavailable, "refuses user 'writer': check NEO4J_USER and NEO4J_PASSWORD"),
        (
            AuthError("no"),
            "embedded",
            StoreUnavailable,
            "refuses user 'writer': run 'chronograph db stop' and try again",
        ),
        (ServiceUnavailable("gone:\nbecause"), "neo4j", StoreUnavailable, "is it running, and NEO4J_URI right? (gone)"),
        (ServiceUnavailable("gone"), "embedded", StoreUnavailable, "does not answer: run 'chronograph db stop'"),
        (SessionExpired("gone"), "neo4j", StoreUnavailable, "does not answer"),
        (IncompleteCommit("gone"), "neo4j", StoreUnavailable, "went away while storing: run it again"),
        (
            said("ClientError.Database.DatabaseNotFound", "none"),
            "neo4j",
            StoreUnavailable,
            "has no database 'news': check NEO4J_DATABASE",
        ),
        (
            said("TransientError.Transaction.DeadlockDetected", "locked"),
            "neo4j",
            StoreUnavailable,
            "is too busy, run it again (locked)",
        ),
        (said("DatabaseError.Transaction.CommitFailed", "no"), "neo4j", AbortRun, "no; see the server's log, its disk"),
        (
            said("DatabaseError.General.UnknownError", "No space left on device"),
            "neo4j",
            StoreFull,
            "the disk under Neo4j at bolt://host is full",
        ),
        (
            said("ClientError.Statement.SyntaxError", "Bad thing\n  ^"),
            "neo4j",
            AbortRun,
            "Neo4j at bolt://host failed: Bad thing",
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_an_error_of_the_driver_becomes_one_line_that_names_the_fix(
    error: Neo4jError | DriverError, server: Kind, kind: type[AbortRun], words: str
) -> None:
    raised = failure(error, address(server))
    assert type(raised) is kind
    assert words in str(raised)
    assert "\n" not in str(raised)
    assert "secret" not in str(raised)


def test_an_address_keeps_its_passwords_to_itself() -> None:
    assert "secret" not in repr(address("neo4j"))
