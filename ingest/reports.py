"""What `ingest` does, and what it says about it: a run over named inputs, or over sources."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from ingest.drain import Drained
from ingest.fingerprint import extractor_version
from ingest.lazily import lazy_extractor
from ingest.notices import Notices
from ingest.progress import run_progress
from ingest.runner import RunReport, Submit, at_once, ingest_articles
from ingest.service import Ingestion, iso_now, open_ingestion, utc_now
from ingest.sources.collect import Collected
from ingest.sources.registry import find_source, load_sources
from ingest.sources.source import Source
from ingest.workers import workers as worker_processes
from kb.config import Settings
from kb.counted import counted
from kb.errors import AbortRun, ChronographError, UsageError
from kb.model import Article
from kb.queries.runs import RunView, queue_length
from kb.queries.runs import run as run_detail
from kb.store import health, open_graph
from kb.store.journal import Journal, open_journal
from kb.store.queue import reported_as
from kb.store.record import Outcome, Written
from kb.store.runs import INPUTS, Item, ItemOutcome, RunStatus, begin_run, count, end_run, note

if TYPE_CHECKING:
    from ingest.cli import Reading

_ITEMS = 200
_AHEAD = 16
"""Batches that worker processes have before them while this one writes."""


def ingest_inputs(settings: Settings, reading: Reading, *, pipeline: str, workers: int, as_json: bool) -> bool:
    """One run over inputs; prints its report. True if an input was left out."""
    began = time.monotonic()
    with open_journal(settings.data, create=True) as journal:
        run = begin_run(journal, INPUTS, utc_now())
        record = _InputRun(journal, run)
        try:
            report = _over_inputs(settings, reading, record, pipeline=pipeline, workers=workers)
        except BaseException as err:
            status = RunStatus.FAILED if isinstance(err, ChronographError) else RunStatus.STOPPED
            _close(record, reading, status, str(err) or type(err).__name__, began)
            raise
        count(journal, run, claims=report.claims)
        _close(record, reading, RunStatus.DONE, None, began)
    summary = {
        **{outcome.value: report.outcomes[outcome] for outcome in Outcome},
        "failed": reading.skipped,
        "claims": report.claims,
        "seconds": round(time.monotonic() - began, 1),
        "run": run,
        "problems": [{"name": problem.name, "reason": problem.reason} for problem in reading.problems],
    }
    click.echo(json.dumps(summary, ensure_ascii=False) if as_json else _sentence(summary))
    return reading.skipped > 0


def _over_inputs(settings: Settings, reading: Reading, record: _InputRun, *, pipeline: str, workers: int) -> RunReport:
    with ExitStack() as stack:
        graph = stack.enter_context(open_graph(settings, create=True))
        submit: Submit = at_once(lazy_extractor(pipeline, reading.failed, gazetteer=settings.gazetteer))
        if workers > 1:
            submit = stack.enter_context(
                worker_processes(workers, pipeline, reading.failed, gazetteer=settings.gazetteer)
            )
        progress = stack.enter_context(run_progress(reading.inputs))

        def wrote(written: Written) -> None:
            record.wrote(written)
            progress.wrote(written)

        return ingest_articles(
            graph,
            record.watch(reading.articles(progress.read)),
            submit=submit,
            ahead=_AHEAD if workers > 1 else 0,
            extractor=extractor_version(pipeline, settings.gazetteer),
            now=iso_now,
            on_article=wrote,
        )


class _InputRun:
    """The record of a run over inputs, written some articles at a time."""

    def __init__(self, journal: Journal, run: str) -> None:
        self.journal = journal
        self.run = run
        self._names: dict[str, tuple[str, str | None]] = {}
        self._items: list[Item] = []
        self._unchanged = 0
        self._fetched = 0

    def watch(self, articles: Iterable[Article]) -> Iterable[Article]:
        """The same articles, each remembered until it is written."""
        for article in articles:
            self._fetched += 1
            self._names[article.id] = (reported_as(article), article.title)
            yield article

    def wrote(self, written: Written) -> None:
        """One article is in the graph; of those that were there already only the number is kept."""
        name, title = self._names.pop(written.article, (written.article, None))
        if written.outcome is Outcome.UNCHANGED:
            self._unchanged += 1
        else:
            self._items.append(Item(name, ItemOutcome(written.outcome.value), written.article, title))
        if len(self._items) + self._unchanged >= _ITEMS:
            self.flush()

    def flush(self, items: Iterable[Item] = ()) -> None:
        """Write down what is known so far."""
        note(self.journal, self.run, [*self._items, *items], utc_now())
        count(self.journal, self.run, fetched=self._fetched, unchanged=self._unchanged)
        self._items, self._unchanged, self._fetched = [], 0, 0


def _close(record: _InputRun, reading: Reading, status: RunStatus, error: str | None, began: float) -> None:
    problems = [
        Item(problem.name, ItemOutcome.SKIPPED, reason=problem.kind, detail=problem.reason)
        for problem in reading.problems
    ]
    try:
        record.flush(problems)
        seconds = time.monotonic() - began
        end_run(record.journal, record.run, status, utc_now(), error=error, seconds=seconds)
    except AbortRun:
        if status is RunStatus.DONE:
            raise


def ingest_sources(
    settings: Settings, names: tuple[str, ...], *, pipeline: str, max_mb: float, due: bool, as_json: bool
) -> bool:
    """Collect from sources and write what waits; prints a report. True if something failed."""

    def tell(article: Article, error: Exception) -> None:
        click.echo(f"{article.url or article.id}: its extraction failed ({error}); please report it", err=True)

    sources = _chosen(settings, names)
    with open_ingestion(settings, pipeline=pipeline, on_failure=tell, max_mb=max_mb) as ingestion:
        waited = queue_length(ingestion.journal)
        results = [(source, _collect(ingestion, source, due=due, named=bool(names))) for source in sources]
        trouble: AbortRun | None = None
        try:
            drained = ingestion.drain()
        except AbortRun as err:
            trouble, drained = err, Drained()
        _tell(Notices(ingestion), results, deadlines=bool(drained.changed or drained.withdrawn))
        reports = [_report(ingestion.journal, source, result) for source, result in results]
        waiting = queue_length(ingestion.journal)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "sources": reports,
                    "waiting": waiting,
                    "withdrawn": list(drained.withdrawn),
                    "error": str(trouble) if trouble else None,
                }
            )
        )
    else:
        for report in reports:
            click.echo(_line(report))
        if earlier := min(waited, drained.articles):  # what came first is written first
            click.echo(f"{counted(earlier, 'article')} of earlier runs written, which had waited for the graph")
        if number := len(drained.withdrawn):
            click.echo(f"{counted(number, 'article is', 'articles are')} withdrawn: the pages are gone")
    if trouble:
        wait = counted(waiting, "article waits", "articles wait")
        click.echo(f"chronograph: {trouble}; {wait} on disk for the next run", err=True)
    return trouble is not None or any(report["error"] for report in reports)


def _tell(notices: Notices, results: list[tuple[Source, Collected | str]], *, deadlines: bool) -> None:
    """Alerts of this run; that they cannot be sent is said, and no reason to fail."""
    try:
        for source, result in results:
            if isinstance(result, Collected):
                notices.of_run(source.name, result)
        if deadlines:
            notices.of_deadlines()
        for trouble in notices.deliver():
            click.echo(f"chronograph: {trouble}", err=True)
    except ChronographError as err:
        click.echo(f"chronograph: {err}", err=True)


def _chosen(settings: Settings, names: tuple[str, ...]) -> list[Source]:
    if names:
        return [find_source(settings.sources, name) for name in names]
    sources, errors = load_sources(settings.sources)
    for error in errors:
        click.echo(f"chronograph: {error}", err=True)
    chosen = [source for source in sources if not source.disabled]
    if not chosen:
        raise UsageError(f"no source in {settings.sources} is switched on: 'chronograph sources add' makes one")
    return chosen


def _collect(ingestion: Ingestion, source: Source, *, due: bool, named: bool) -> Collected | str:
    """How the run went, or why there was none."""
    if source.disabled:
        raise UsageError(f"the source {source.name!r} is disabled: 'chronograph sources enable {source.name}' first")
    state = health.state(ingestion.journal, source.name)
    if state.paused:
        what = f"{state.paused}; 'chronograph sources enable {source.name}' tries it again"
        if named:
            return Collected(None, RunStatus.FAILED, what, paused=True)
        return what
    if due and state.next_due and state.next_due > utc_now().timestamp():
        return "not due yet"
    collected = ingestion.collector.collect(source)
    for problem in collected.notes:
        click.echo(str(problem) if problem.name == source.name else f"{source.name}: {problem}", err=True)
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


def _sentence(summary: dict[str, Any]) -> str:
    outcome = "{new} new, {updated} updated, {unchanged} unchanged, {failed} left out".format(**summary)
    return f"{outcome}; {counted(summary['claims'], 'claim')}; {summary['seconds']} s"
