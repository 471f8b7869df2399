"""Runs as records: what each came to, article by article. Written as it happens, so that a killed run is told too."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kb.ids import digest
from kb.store.journal import Journal, legible

INPUTS = "(inputs)"
"""Stands for the source of a run over files and addresses that a person named."""
_KEEP_DAYS = 400
_KEEP_QUIET_DAYS = 7
"""Days that runs are kept: those in which nothing happened go sooner."""


class RunStatus(StrEnum):
    """How a run ended, or that it has not."""

    RUNNING = "running"
    DONE = "done"
    WAITING = "waiting"
    """Fetched, but the graph was down: the articles wait in the queue."""
    FAILED = "failed"
    STOPPED = "stopped"
    """Asked to stop: the rest is for the next run."""
    INTERRUPTED = "interrupted"
    """Killed: what it had fetched is kept."""


class ItemOutcome(StrEnum):
    """What became of one article in a run."""

    WAITING = "waiting"
    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Item:
    """One article (or address) of a run. `name` is its address or path; `reason` is what it is counted under."""

    name: str
    outcome: ItemOutcome
    article: str | None = None
    title: str | None = None
    reason: str | None = None
    detail: str | None = None


def begin_run(journal: Journal, source: str, at: datetime) -> str:
    """Start a run of `source`; returns its id. Open runs whose process is gone were killed, and are marked so.

    The caller holds the source's lock, so that an open run of the source is such a one, too.
    """
    started = at.isoformat(timespec="milliseconds")
    id_ = digest("run", source, started, os.getpid())[:15]
    with journal.transaction() as connection:
        open_runs = connection.execute("SELECT id, source, pid FROM run WHERE status = ?", (RunStatus.RUNNING,))
        killed = [
            row["id"] for row in open_runs.fetchall() if row["source"] == source != INPUTS or not is_alive(row["pid"])
        ]
        connection.executemany(
            "UPDATE run SET status = ?, ended = ? WHERE id = ?",
            [(RunStatus.INTERRUPTED, started, one) for one in killed],
        )
        connection.execute(
            "INSERT OR REPLACE INTO run (id, source, started, status, pid) VALUES (?, ?, ?, ?, ?)",
            (id_, source, started, RunStatus.RUNNING, os.getpid()),
        )
        _forget_old(connection, at)
    return id_


def end_run(
    journal: Journal, run: str, status: RunStatus, at: datetime, *, error: str | None = None, seconds: float
) -> None:
    """Close a run; one that waits for the graph is closed again when its last article is written."""
    with journal.transaction() as connection:
        waits = connection.execute("SELECT 1 FROM queue WHERE run = ? LIMIT 1", (run,)).fetchone()
        if status is RunStatus.DONE and waits:
            status = RunStatus.WAITING
        connection.execute(
            "UPDATE run SET status = ?, ended = ?, error = ?, seconds = ? WHERE id = ?",
            (status, at.isoformat(timespec="milliseconds"), error, round(seconds, 3), run),
        )


def count(journal: Journal, run: str, *, fetched: int = 0, unchanged: int = 0, claims: int = 0) -> None:
    """Add to the numbers of a run."""
    with journal.transaction() as connection:
        add_counts(connection, run, fetched=fetched, unchanged=unchanged, claims=claims)


def add_counts(
    connection: sqlite3.Connection, run: str, *, fetched: int = 0, unchanged: int = 0, claims: int = 0
) -> None:
    """`count` within an open transaction."""
    connection.execute(
        "UPDATE run SET fetched = fetched + ?, unchanged = unchanged + ?, claims = claims + ? WHERE id = ?",
        (fetched, unchanged, claims, run),
    )


def note(journal: Journal, run: str, items: Iterable[Item], at: datetime) -> None:
    """Record what became of these articles; a later word on one replaces the earlier."""
    with journal.transaction() as connection:
        add_items(connection, run, items, at)


def add_items(connection: sqlite3.Connection, run: str, items: Iterable[Item], at: datetime) -> None:
    """`note` within an open transaction."""
    connection.executemany(
        "INSERT OR REPLACE INTO run_item (run, name, article, title, outcome, reason, detail, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(run, *_columns(item), at.isoformat()) for item in items],
    )


def _columns(item: Item) -> tuple[str | None, ...]:
    values = (item.name, item.article, item.title, item.outcome.value, item.reason, item.detail)
    return tuple(value and legible(value) for value in values)


def is_alive(pid: int | None) -> bool:
    """True if there is a process of that number on this machine."""
    if not pid:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _forget_old(connection: sqlite3.Connection, at: datetime) -> None:
    old = (at - timedelta(days=_KEEP_DAYS)).isoformat()
    quiet = (at - timedelta(days=_KEEP_QUIET_DAYS)).isoformat()
    connection.execute(
        "DELETE FROM run WHERE started < ? OR (started < ? AND status = ? "
        "AND NOT EXISTS (SELECT 1 FROM run_item WHERE run = run.id))",
        (old, quiet, RunStatus.DONE),
    )
    connection.execute("DELETE FROM run_item WHERE at < ? AND run NOT IN (SELECT id FROM run)", (quiet,))
