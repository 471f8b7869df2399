"""Runs of ingestion and the health of its sources, read from the journal beside the graph.

These work when the graph is down. They take an open `kb.store.journal.Journal`; `now` is passed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from kb.store.journal import Journal, Row
from kb.store.runs import Item, ItemOutcome, RunStatus, is_alive


@dataclass(frozen=True, slots=True)
class RunView:
    """One run. Times are ISO, UTC. `skipped` and `failed` are counted by reason, most frequent first."""

    id: str
    source: str
    status: str
    started: str
    ended: str | None
    seconds: float | None
    error: str | None
    fetched: int
    unchanged: int
    new: int
    updated: int
    waiting: int
    """Articles that are fetched and not yet in the graph."""
    claims: int
    skipped: tuple[tuple[str, int], ...] = ()
    failed: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class RunDetail:
    """A run with the articles it touched, in order of their addresses."""

    run: RunView
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How a source is. Times are ISO, UTC; None where there was none yet."""

    name: str
    state: str
    """ok, failing, paused, new (never run), or off (`kb.switched_off`)."""
    last_run: str | None
    last_success: str | None
    next_due: str | None
    interval: float | None
    """Seconds between two runs, as adapted to how often the source publishes."""
    failures: int
    """Runs in a row that failed."""
    error: str | None
    """Why the last run failed, or why the source is paused."""
    pending: int
    """Pages found and not yet fetched."""
    waiting: int
    """Articles fetched and not yet in the graph."""
    articles: int
    """Pages that were ever fetched."""


def runs(journal: Journal, *, source: str | None = None, limit: int = 50) -> tuple[RunView, ...]:
    """The latest runs, newest first."""
    rows = journal.rows(
        "SELECT * FROM run WHERE :source IS NULL OR source = :source ORDER BY started DESC, id LIMIT :limit",
        source=source,
        limit=limit,
    )
    return tuple(_view(journal, row) for row in rows)


def run(journal: Journal, id_: str) -> RunDetail | None:
    """One run, by its id or the start of it, with the articles it touched."""
    rows = journal.rows(
        "SELECT * FROM run WHERE substr(id, 1, length(:id)) = :id ORDER BY started DESC LIMIT 1", id=id_
    )
    if not rows:
        return None
    items = journal.rows(
        "SELECT name, outcome, article, title, reason, detail FROM run_item WHERE run = :run ORDER BY name",
        run=rows[0]["id"],
    )
    return RunDetail(
        _view(journal, rows[0]), tuple(Item(**{**item, "outcome": ItemOutcome(item["outcome"])}) for item in items)
    )


def source_health(journal: Journal) -> tuple[SourceHealth, ...]:
    """Every source that ever ran, was paused, or was met by a `watch`, by name."""
    rows = journal.rows(
        """
        SELECT s.name, s.paused, s.last_run, s.last_success, s.next_due, s.interval, s.failures, s.last_error,
               (SELECT count(*) FROM pending p WHERE p.source = s.name) AS pending,
               (SELECT count(*) FROM queue q JOIN run r ON r.id = q.run WHERE r.source = s.name) AS waiting,
               (SELECT count(*) FROM page p WHERE p.source = s.name) AS articles
        FROM source s ORDER BY s.name
        """
    )
    return tuple(_health(row) for row in rows)


def queue_length(journal: Journal) -> int:
    """Articles that are fetched and not yet in the graph."""
    return int(journal.rows("SELECT count(*) AS waiting FROM queue")[0]["waiting"])


def _view(journal: Journal, row: Row) -> RunView:
    counts = journal.rows(
        "SELECT outcome, reason, count(*) AS n FROM run_item WHERE run = :run GROUP BY outcome, reason "
        "ORDER BY n DESC, reason",
        run=row["id"],
    )
    by_outcome = {
        outcome: tuple((str(c["reason"] or ""), int(c["n"])) for c in counts if c["outcome"] == outcome)
        for outcome in ItemOutcome
    }
    total = {outcome: sum(n for _, n in reasons) for outcome, reasons in by_outcome.items()}
    return RunView(
        id=row["id"],
        source=row["source"],
        status=_status(row),
        started=row["started"],
        ended=row["ended"],
        seconds=row["seconds"],
        error=row["error"],
        fetched=row["fetched"],
        unchanged=row["unchanged"] + total[ItemOutcome.UNCHANGED],
        new=total[ItemOutcome.NEW],
        updated=total[ItemOutcome.UPDATED],
        waiting=total[ItemOutcome.WAITING],
        claims=row["claims"],
        skipped=by_outcome[ItemOutcome.SKIPPED],
        failed=by_outcome[ItemOutcome.FAILED],
    )


def _status(row: Row) -> str:
    """As it was written down; a run whose process is gone and wrote no end, as on a full disk, was cut short."""
    cut_short = row["status"] == RunStatus.RUNNING and not is_alive(row["pid"])
    return (RunStatus.INTERRUPTED if cut_short else RunStatus(row["status"])).value


def _health(row: Row) -> SourceHealth:
    state = "paused" if row["paused"] else "failing" if row["failures"] else "ok" if row["last_run"] else "new"
    return SourceHealth(
        name=row["name"],
        state=state,
        last_run=row["last_run"],
        last_success=row["last_success"],
        next_due=_iso(row["next_due"]),
        interval=row["interval"],
        failures=row["failures"],
        error=row["paused"] or (row["last_error"] if row["failures"] else None),
        pending=row["pending"],
        waiting=row["waiting"],
        articles=row["articles"],
    )


def _iso(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
