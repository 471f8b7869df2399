"""What went wrong in a server, as one line that names the store and the fix."""

from __future__ import annotations

import re
from pathlib import Path

from kb.errors import AbortRun, StoreFull, StoreUnavailable
from kb.store.address import Address
from kb.store.driver import (
    AuthError,
    DatabaseError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

_WRAPPED = "Error executing Cypher command"
"""What the embedded store says of many a failure; what was wrong is in its log alone."""
_CAUSE = re.compile(r"^Caused by: ([\w.$]+)(?:: (.+))?$", re.MULTILINE)
_ENTRY = re.compile(r"^\d{4}-\d\d-\d\d ", re.MULTILINE)
"""How each entry of its log begins."""
_MEMORY = "heap budget exceeded"
"""What the embedded store says of a statement that would keep more at once than it has memory for."""
_TAIL = 256 * 2**10
"""Bytes at the end of a log in which the last failures are told."""


def failure(err: Neo4jError | DriverError, address: Address) -> AbortRun:
    """The error to raise for one of the driver's."""
    name, cause = address.name, reason(err, address.log)
    if isinstance(err, IncompleteCommit):
        return StoreUnavailable(f"{name} stopped while storing: run the command again, nothing is stored twice")
    if isinstance(err, AuthError | ServiceUnavailable | SessionExpired):
        return StoreUnavailable(_closed(err, address))
    if getattr(err, "code", None) == "Neo.ClientError.Database.DatabaseNotFound":
        return StoreUnavailable(f"{name} has no database {address.database!r}: check NEO4J_DATABASE")
    if "no space left" in f"{err} {cause}".casefold():
        return StoreFull(f"the disk that holds {name} is full: free some space and run the command again")
    if err.is_retryable():
        return StoreUnavailable(f"{name} is too busy: run the command again ({cause})")
    untold = isinstance(err, DatabaseError) and cause == reason(err) and not lacks_memory(err)
    hint = "; see the server's log: its disk may be full" if untold else ""
    return AbortRun(f"{name} failed: {cause}{hint}")


def lacks_memory(err: Neo4jError | DriverError) -> bool:
    """Whether a statement would keep more at once, to sort it say, than the embedded store has memory for."""
    return _MEMORY in str(err).casefold()


def _closed(err: Neo4jError | DriverError, address: Address) -> str:
    """Why nobody gets in, and what to do about it."""
    refused = isinstance(err, AuthError)
    what = f"{address.name} refuses user {address.writer.user!r}" if refused else f"{address.name} does not answer"
    if address.server == "embedded":
        return f"{what}: run 'chronograph db stop' and try again ({reason(err)})"
    if refused:
        return f"{what}: check NEO4J_USER and NEO4J_PASSWORD"
    return f"{what}: check that it is running and that NEO4J_URI is right ({reason(err)})"


def reason(err: Neo4jError | DriverError, log: Path | None = None) -> str:
    """The server's or driver's own words, their first line; with its `log`, what it keeps to itself too."""
    text = (err.message if isinstance(err, Neo4jError) else None) or str(err) or type(err).__name__
    logged = _logged(text, log) if log and text.startswith(_WRAPPED) else None
    return logged or text.strip().splitlines()[0].rstrip(":. ")


def _logged(text: str, log: Path) -> str | None:
    """The first cause of the last failure of these words in a log; None if it tells none."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - _TAIL))
            tail = file.read().decode(errors="replace")
    except OSError:
        return None
    entry, *_ = _ENTRY.split(tail.rpartition(text.strip())[2], maxsplit=1)
    causes = _CAUSE.findall(entry)
    return (causes[-1][1] or causes[-1][0]).strip() if causes else None
