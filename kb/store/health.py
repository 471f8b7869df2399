"""How each source is: due when, failing since when, paused why. The clock of every source, over all processes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kb.store.journal import Journal

PAUSE_AFTER = 12
"""Runs in a row that fail before a source is paused."""
_SLOWEST = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class State:
    """What the last runs of a source left behind."""

    url: str | None = None
    """Where the source has moved to for good, if its file could not be changed."""
    etag: str | None = None
    last_modified: str | None = None
    next_due: float | None = None
    failures: int = 0
    paused: str | None = None
    told: Mapping[str, Any] = field(default_factory=dict)
    """What else it said about asking it again, as JSON knows it."""


def state(journal: Journal, source: str) -> State:
    """The state of a source; a fresh one if it never ran."""
    row = journal.row(
        "SELECT url, etag, last_modified, next_due, failures, paused, told FROM source WHERE name = :name", name=source
    )
    return State(**{**row, "told": json.loads(row["told"] or "{}")}) if row else State()


def interval(journal: Journal, source: str) -> float | None:
    """Seconds between the last two runs as they were planned, or None before the first."""
    row = journal.row("SELECT interval FROM source WHERE name = :name", name=source)
    return row["interval"] if row else None


def remember(
    journal: Journal,
    source: str,
    *,
    etag: str | None,
    last_modified: str | None,
    url: str | None,
    told: Mapping[str, Any] | None = None,
) -> None:
    """What to ask with next time: called once everything that this answer named is in the journal."""
    with journal.transaction() as connection:
        connection.execute(
            "INSERT INTO source (name, etag, last_modified, url, told) VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) "
            "DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified, url = excluded.url, "
            "told = excluded.told",
            (source, etag, last_modified, url, json.dumps(told) if told else None),
        )


def succeeded(journal: Journal, source: str, *, at: str, next_due: float, interval: float) -> None:
    """A run went well."""
    with journal.transaction() as connection:
        connection.execute(
            "INSERT INTO source (name, last_run, last_success, next_due, interval) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (name) DO UPDATE SET last_run = excluded.last_run, last_success = excluded.last_success, "
            "next_due = excluded.next_due, interval = excluded.interval, failures = 0, last_error = NULL",
            (source, at, at, next_due, interval),
        )


def failed(
    journal: Journal, source: str, error: str, *, at: str, now: float, interval: float, wait: float | None
) -> bool:
    """A run failed: the next one comes later and later, and after `PAUSE_AFTER` the source is paused: then True."""
    failures = state(journal, source).failures + 1
    next_due = now + max(min(interval * 2**failures, _SLOWEST), wait or 0.0)
    paused = f"paused after {failures} failed runs in a row: {error}" if failures >= PAUSE_AFTER else None
    with journal.transaction() as connection:
        connection.execute(
            "INSERT INTO source (name, last_run, next_due, interval, failures, last_error, paused) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET last_run = excluded.last_run, "
            "next_due = excluded.next_due, interval = excluded.interval, failures = excluded.failures, "
            "last_error = excluded.last_error, paused = excluded.paused",
            (source, at, next_due, interval, failures, error, paused),
        )
    return paused is not None


def resume(journal: Journal, source: str) -> None:
    """Try a paused or failing source anew, at once."""
    with journal.transaction() as connection:
        connection.execute(
            "UPDATE source SET paused = NULL, failures = 0, next_due = NULL, last_error = NULL WHERE name = ?",
            (source,),
        )


def make_due_if_changed(journal: Journal, source: str, form: str) -> None:
    """Let a source be asked at once if it had another `form` before, a digest of its file; a paused one stays so.

    Of several processes that see the change, the first makes it due, and the others leave it as that one has it.
    """
    with journal.transaction() as connection:
        connection.execute(
            "INSERT INTO source (name, form) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET form = excluded.form, "
            "next_due = CASE WHEN coalesce(source.form, excluded.form) = excluded.form THEN source.next_due END",
            (source, form),
        )


class JournalTurns:
    """Turns at each host for all processes that share a journal (`ingest.fetch.pace.Turns`)."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def reserve(self, host: str, now: float, delay: float) -> float:
        """The moment from which one request may be sent; the one after it not before `delay` seconds later."""
        with self._journal.transaction() as connection:
            row = connection.execute("SELECT next_at FROM host WHERE name = ?", (host,)).fetchone()
            at = max(now, float(row["next_at"]) if row else 0.0)
            connection.execute("INSERT OR REPLACE INTO host (name, next_at) VALUES (?, ?)", (host, at + delay))
        return at

    def hold(self, host: str, until: float) -> None:
        """Nothing to this host before `until`."""
        with self._journal.transaction() as connection:
            connection.execute(
                "INSERT INTO host (name, next_at) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET next_at = max(next_at, excluded.next_at)",
                (host, until),
            )

    def held_until(self, host: str) -> float:
        """The moment before which nothing may be sent, which may be long ago."""
        row = self._journal.row("SELECT next_at FROM host WHERE name = :name", name=host)
        return float(row["next_at"]) if row else 0.0

    def robots(self, site: str) -> tuple[str, float] | None:
        """The robots.txt of a site as it was last had, and the moment until which it need not be asked for again."""
        row = self._journal.row("SELECT text, until FROM robots WHERE site = :site", site=site)
        return (row["text"], row["until"]) if row else None

    def keep_robots(self, site: str, text: str, *, now: float, until: float) -> None:
        """Keep one until that moment."""
        with self._journal.transaction() as connection:
            connection.execute("DELETE FROM robots WHERE until < ?", (now,))
            connection.execute(
                "INSERT OR REPLACE INTO robots (site, text, until) VALUES (?, ?, ?)", (site, text, until)
            )
