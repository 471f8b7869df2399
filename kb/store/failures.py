"""What went wrong in a server, as one line that names the store and the fix."""

from __future__ import annotations

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


def failure(err: Neo4jError | DriverError, address: Address) -> AbortRun:
    """The error to raise for one of the driver's."""
    name, cause = address.name, reason(err)
    if isinstance(err, IncompleteCommit):
        return StoreUnavailable(f"{name} went away while storing: run it again, what is stored is not stored twice")
    if isinstance(err, AuthError | ServiceUnavailable | SessionExpired):
        return StoreUnavailable(_closed(err, address))
    if getattr(err, "code", None) == "Neo.ClientError.Database.DatabaseNotFound":
        return StoreUnavailable(f"{name} has no database {address.database!r}: check NEO4J_DATABASE")
    if "no space left" in str(err).casefold():
        return StoreFull(f"the disk under {name} is full: make room and run it again")
    if err.is_retryable():
        return StoreUnavailable(f"{name} is too busy, run it again ({cause})")
    hint = "; see the server's log, its disk may be full" if isinstance(err, DatabaseError) else ""
    return AbortRun(f"{name} failed: {cause}{hint}")


def _closed(err: Neo4jError | DriverError, address: Address) -> str:
    """Why nobody gets in, and what to do about it."""
    refused = isinstance(err, AuthError)
    what = f"{address.name} refuses user {address.writer.user!r}" if refused else f"{address.name} does not answer"
    if address.server == "embedded":
        return f"{what}: run 'chronograph db stop' and try again ({reason(err)})"
    if refused:
        return f"{what}: check NEO4J_USER and NEO4J_PASSWORD"
    return f"{what}: is it running, and NEO4J_URI right? ({reason(err)})"


def reason(err: Neo4jError | DriverError) -> str:
    """The server's or driver's own words, their first line."""
    text = (err.message if isinstance(err, Neo4jError) else None) or str(err) or type(err).__name__
    return text.strip().splitlines()[0].rstrip(":. ")
