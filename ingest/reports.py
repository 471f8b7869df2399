"""What `ingest` does with named inputs, and what it says about it."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from ingest.clock import iso_now, utc_now
from ingest.fingerprint import extractor_version
from ingest.progress import run_progress
from ingest.runner import RunReport, Submit, ingest_articles
from kb.config import Settings
from kb.counted import counted
from kb.errors import AbortRun, ChronographError
from kb.model import Article
from kb.store import open_graph
from kb.store.journal import Journal, open_journal
from kb.store.queue import reported_as
from kb.store.record import Outcome, Written
from kb.store.runs import INPUTS, Item, ItemOutcome, RunStatus, begin_run, count, end_run, note

if TYPE_CHECKING:
    from ingest.cli import Reading

_ITEMS = 200
_AHEAD = 16
"""Batches that worker processes have before them while this one writes."""


def ingest_inputs(settings: Settings, reading: Reading, *, pipeline: str, submit: Submit | None, as_json: bool) -> bool:
    """One run over inputs; prints its report. True if an input was left out.

    `submit` hands batches to the processes that extract. There is none if all inputs are missing: they are named, and
    no run is recorded, as a mistyped path should start no store.
    """
    began = time.monotonic()
    run: str | None = None
    report = RunReport()
    if submit is None:
        deque(reading.articles(), maxlen=0)
    else:
        run, report = _recorded(settings, reading, pipeline=pipeline, submit=submit, began=began)
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


def _recorded(
    settings: Settings, reading: Reading, *, pipeline: str, submit: Submit, began: float
) -> tuple[str, RunReport]:
    """The run, recorded in the journal however it ends: its id and what it came to."""
    with open_journal(settings.data, create=True) as journal:
        run = begin_run(journal, INPUTS, utc_now())
        record = _InputRun(journal, run)
        try:
            report = _over_inputs(settings, reading, record, pipeline=pipeline, submit=submit)
        except BaseException as err:
            status = RunStatus.FAILED if isinstance(err, ChronographError) else RunStatus.STOPPED
            _close(record, reading, status, str(err) or type(err).__name__, began)
            raise
        count(journal, run, claims=report.claims)
        _close(record, reading, RunStatus.DONE, None, began)
    return run, report


def _over_inputs(
    settings: Settings, reading: Reading, record: _InputRun, *, pipeline: str, submit: Submit
) -> RunReport:
    with open_graph(settings, create=True) as graph, run_progress(reading.inputs) as progress:

        def wrote(written: Written) -> None:
            record.wrote(written)
            progress.wrote(written)

        return ingest_articles(
            graph,
            record.watch(progress.watch(reading.articles(progress.read))),
            submit=submit,
            ahead=_AHEAD,
            extractor=extractor_version(pipeline, settings.gazetteer),
            now=iso_now,
            on_article=wrote,
            on_failure=reading.failed,
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


def _sentence(summary: dict[str, Any]) -> str:
    outcome = "{new} new, {updated} updated, {unchanged} unchanged, {failed} left out".format(**summary)
    return f"{outcome}; {counted(summary['claims'], 'claim')}; {summary['seconds']} s"
