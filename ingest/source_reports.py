"""What `ingest` does with sources, and what it says about it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

import click

from ingest.clock import utc_now
from ingest.drain import Drained
from ingest.notices import Notices
from ingest.service import Ingestion, open_ingestion
from ingest.sources.collect import Collected
from ingest.sources.registry import find_source, load_sources
from ingest.sources.source import Source
from ingest.stopping import stop_on_signals
from kb.config import Settings
from kb.counted import counted
from kb.errors import AbortRun, ChronographError, UsageError
from kb.model import Article
from kb.queries.runs import RunView, queue_length
from kb.queries.runs import run as run_detail
from kb.store import health
from kb.store.journal import Journal
from kb.store.notes import is_new
from kb.store.runs import RunStatus


def ingest_sources(
    settings: Settings, names: tuple[str, ...], *, pipeline: str, max_mb: float, due: bool, as_json: bool
) -> bool:
    """Collect from sources and write what waits; prints a report. True if something failed.

    SIGTERM and Ctrl-C end the page and the batch under way, and then the command with their exit code.
    """

    def tell(article: Article, error: Exception) -> None:
        click.echo(
            f"{article.url or article.id}: a bug in Chronograph kept it out ({error}); please report it", err=True
        )

    sources, mistakes = _chosen(settings, names)
    with (
        stop_on_signals() as stop,
        open_ingestion(
            settings, pipeline=pipeline, on_failure=tell, max_mb=max_mb, stopping=stop.is_set, sleep=stop.wait
        ) as ingestion,
    ):
        waited = queue_length(ingestion.journal)
        results = [(source, _collect(ingestion, source, due=due, named=bool(names))) for source in sources]
        trouble: AbortRun | None = None
        try:
            drained = ingestion.drain()
        except AbortRun as err:
            trouble, drained = err, Drained()
        _tell(Notices(ingestion), results, trouble, deadlines=bool(drained.changed or drained.withdrawn))
        reports = [_report(ingestion.journal, source, result) for source, result in results]
        waiting = queue_length(ingestion.journal)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "sources": reports,
                    "mistakes": mistakes,
                    "waiting": waiting,
                    "withdrawn": list(drained.withdrawn),
                    "error": str(trouble) if trouble else None,
                    "stopped": stop.is_set(),
                }
            )
        )
    else:
        for report in reports:
            click.echo(_line(report))
        if earlier := min(waited, drained.articles):  # what came first is written first
            click.echo(f"{counted(earlier, 'article')} from earlier runs written, which were waiting for the graph")
        if number := len(drained.withdrawn):
            click.echo(f"{counted(number, 'article is', 'articles are')} withdrawn: the pages are gone")
    if trouble:
        click.echo(f"chronograph: {trouble}; {_waiting(waiting)}", err=True)
    elif stop.is_set():
        click.echo(f"chronograph: stopped; {_waiting(waiting)}", err=True)
    if stop.is_set():
        sys.exit(stop.exit_code)
    return trouble is not None or bool(mistakes) or any(report["error"] for report in reports)


def _waiting(articles: int) -> str:
    return f"{counted(articles, 'article waits', 'articles wait')} on disk for the next run"


def _tell(
    notices: Notices, results: list[tuple[Source, Collected | str]], graph: AbortRun | None, *, deadlines: bool
) -> None:
    """Alerts of this run; that they cannot be sent is said, and no reason to fail."""
    try:
        for source, result in results:
            if isinstance(result, Collected):
                notices.of_run(source.name, result)
        if graph:
            notices.of_graph(graph)
        if deadlines:
            for note in notices.of_deadlines():
                click.echo(f"note: {note}", err=True)
        for trouble in notices.deliver():
            click.echo(f"chronograph: {trouble}", err=True)
    except ChronographError as err:
        click.echo(f"chronograph: {err}", err=True)


def _chosen(settings: Settings, names: tuple[str, ...]) -> tuple[list[Source], list[str]]:
    """The sources to collect from, and what is wrong with the files of others."""
    if names:
        return [find_source(settings.sources, name) for name in names], []
    sources, errors = load_sources(settings.sources)
    for error in errors:
        click.echo(f"chronograph: {error}", err=True)
    chosen = [source for source in sources if not source.disabled]
    if not chosen and not errors:
        raise UsageError(f"no source in {settings.sources} is enabled: add one with 'chronograph sources add'")
    return chosen, [str(error) for error in errors]


def _collect(ingestion: Ingestion, source: Source, *, due: bool, named: bool) -> Collected | str:
    """How the run went, or why there was none."""
    if source.disabled:
        raise UsageError(
            f"the source {source.name!r} is disabled: run 'chronograph sources enable {source.name}' first"
        )
    if ingestion.stopping():
        return "not checked: the run was stopped first"
    state = health.state(ingestion.journal, source.name)
    if state.paused:
        what = f"{state.paused}; 'chronograph sources enable {source.name}' tries it again"
        if named:
            return Collected(None, RunStatus.FAILED, what, paused=True)
        return what
    if due and state.next_due and state.next_due > utc_now().timestamp():
        return "not due yet"
    collected = ingestion.collector.collect(source)
    for note in collected.notes:
        if is_new(ingestion.journal, source.name, note.name, note.reason, utc_now()):
            click.echo(str(note) if note.name == source.name else f"{source.name}: {note}", err=True)
    return collected


def _report(journal: Journal, source: Source, result: Collected | str) -> dict[str, Any]:
    if isinstance(result, str):
        return {"source": source.name, "status": result, "error": None, "run": None}
    detail = run_detail(journal, result.run) if result.run else None
    return {
        "source": source.name,
        "status": detail.run.status if detail else result.status.value,
        "error": result.error if result.run or result.paused else None,
        "note": None if result.run else result.error,
        "paused": result.paused,
        "run": asdict(detail.run) if detail else None,
    }


def _line(report: dict[str, Any]) -> str:
    run = report["run"]
    if run is None:
        return f"{report['source']}: {report['error'] or report.get('note') or report['status']}"
    view = RunView(**run)
    line = f"{report['source']}: {counts(view)}"
    return f"{line}; failed: {report['error']}" if report["error"] else line


def counts(view: RunView) -> str:
    """The numbers of a run, those that are not 0."""
    numbers = [(view.new, "new"), (view.updated, "updated"), (view.unchanged, "unchanged"), (view.waiting, "waiting")]
    parts = [f"{number} {name}" for number, name in numbers if number]
    parts += [f"{number} skipped ({reason})" for reason, number in view.skipped]
    parts += [f"{number} failed ({reason})" for reason, number in view.failed]
    return ", ".join(parts) or "nothing new"
