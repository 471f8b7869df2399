"""The driver's errors as one line each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

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
    name = "Neo4j at bolt://host" if server == "neo4j" else "the store in /data"
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
        (
            ServiceUnavailable("gone:\nbecause"),
            "neo4j",
            StoreUnavailable,
            "check that it is running and that NEO4J_URI is right (gone)",
        ),
        (ServiceUnavailable("gone"), "embedded", StoreUnavailable, "does not answer: run 'chronograph db stop'"),
        (SessionExpired("gone"), "neo4j", StoreUnavailable, "does not answer"),
        (IncompleteCommit("gone"), "neo4j", StoreUnavailable, "stopped while storing: run the command again"),
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
            "is too busy: run the command again (locked)",
        ),
        (said("DatabaseError.Transaction.CommitFailed", "no"), "neo4j", AbortRun, "no; see the server's log: its disk"),
        (
            said("DatabaseError.General.UnknownError", "No space left on device"),
            "neo4j",
            StoreFull,
            "the disk that holds Neo4j at bolt://host is full",
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


WRAPPED = "Error executing Cypher command: \nUNWIND $rows AS row\nCREATE (:Claim {id: row.id})\n"
LOG = f"""\
2026-11-27 00:16:10.100 WARNI [BoltNetworkExecutor] BOLT query error
com.arcadedb.exception.CommandExecutionException: {WRAPPED}
\tat com.arcadedb.query.opencypher.query.OpenCypherQueryEngine.command(OpenCypherQueryEngine.java:379)
Caused by: java.lang.RuntimeException: something around it
\tat com.arcadedb.index.lsm.LSMTreeIndex.put(LSMTreeIndex.java:706)
Caused by: com.arcadedb.exception.DuplicatedKeyException: Duplicated key [a] found
\t... 6 more

2026-11-27 00:16:11.000 WARNI [BoltNetworkExecutor] BOLT query error
com.arcadedb.exception.CommandExecutionException: Error executing Cypher command: another one
Caused by: com.arcadedb.exception.TimeoutException: too slow
"""


def test_what_the_embedded_store_only_logs_is_told(tmp_path: Path) -> None:
    log = tmp_path / "server.0.log"
    log.write_text(LOG, encoding="utf-8")
    err = said("DatabaseError.General.UnknownError", WRAPPED)
    store = replace(address("embedded"), log=log)
    assert str(failure(err, store)) == "the store in /data failed: Duplicated key [a] found"


def test_a_full_disk_that_the_embedded_store_only_logs_is_one(tmp_path: Path) -> None:
    log = tmp_path / "server.0.log"
    cause = "java.io.IOException: No space left on device"
    log.write_text(
        LOG.replace("com.arcadedb.exception.DuplicatedKeyException: Duplicated key [a] found", cause), "utf-8"
    )
    raised = failure(said("DatabaseError.General.UnknownError", WRAPPED), replace(address("embedded"), log=log))
    assert type(raised) is StoreFull


@pytest.mark.parametrize("text", ["", "nothing of it\n", LOG.replace("Caused by: ", "")])
def test_a_log_that_tells_no_cause_leaves_the_words_of_the_error(tmp_path: Path, text: str) -> None:
    log = tmp_path / "server.0.log"
    store = replace(address("embedded"), log=log)
    err = said("DatabaseError.General.UnknownError", WRAPPED)
    for _ in range(2):
        assert "failed: Error executing Cypher command; see" in str(failure(err, store))
        log.write_text(text, encoding="utf-8")
