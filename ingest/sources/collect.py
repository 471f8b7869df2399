"""One run of one source: ask it what there is, fetch what is new or changed, and put the articles into the queue.

Each step is one transaction of the journal, so that a run that is killed goes on where it was: what was found is still
to be fetched, what was fetched is in the queue, and nothing is in either twice.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from ingest.aside import Call, here
from ingest.fetch import Fetcher, FetchFailed, Validators, Why
from ingest.inputs.entry import Entry, load_entry
from ingest.inputs.problem import Problem
from ingest.inputs.quiet import Quiet
from ingest.log import LOGGER
from ingest.sources.discover import Discovery, discover
from ingest.sources.files import is_settled, path_of, put_away
from ingest.sources.interval import jittered, next_interval
from ingest.sources.lock import locked_source
from ingest.sources.reading import Page, Reader
from ingest.sources.registry import move_address, source_path
from ingest.sources.source import LONGEST, SHORTEST, WEB, Kind, Source
from kb.errors import AbortRun, SkipInput
from kb.ids import digest
from kb.model import Article
from kb.store import health, pages
from kb.store.health import State
from kb.store.journal import Journal
from kb.store.pages import Gone, Pending
from kb.store.queue import Queued, put, reported_as
from kb.store.runs import Item, ItemOutcome, RunStatus, add_items, begin_run, count, end_run

_LONGEST_RUN = timedelta(minutes=15)
"""A run that takes longer, as hosts that want long pauses make it, leaves the rest to the next: others want a turn."""
_CHUNK = 200
"""Articles of one file that are queued at a time."""
_FEW = 3
_READ, _FAILED = "read", "failed"
_MAY_COME = frozenset({Why.GONE, Why.CLIENT_ERROR, Why.CERTIFICATE})
"""Reasons why a page is not had yet, beside those that pass: a feed may be ahead of its pages."""

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Collected:
    """How a run of a source went. `run` is None if another process was running it."""

    run: str | None
    status: RunStatus
    error: str | None = None
    paused: bool = False
    recovered: bool = False
    """True if the run before failed, and this one did not."""
    notes: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Run:
    """A run under way."""

    id: str
    source: Source
    reader: Reader
    ends: datetime
    """When no further page is fetched."""
    notes: list[Problem] = field(default_factory=list)
    cut: bool = False
    """True if pages are left that were due."""
    tried: int = 0
    failed: int = 0
    last: str = ""


class Collector:
    """Runs sources. Threads may share it, each with a source of its own."""

    def __init__(
        self,
        journal: Journal,
        fetcher: Fetcher,
        *,
        sources: Path,
        now: Now,
        limit: int = 20_000_000,
        stopping: Callable[[], bool] = lambda: False,
        call: Call = here,
    ) -> None:
        """`sources` is the folder of the sources' files, `limit` the most bytes of one article.

        `stopping` is asked between pages: once it is true the run ends, and the rest is for the next one. What comes
        from the web is read by a `call`.
        """
        self._journal = journal
        self._fetcher = fetcher
        self._sources = sources
        self._now = now
        self._limit = limit
        self._stopping = stopping
        self._call = call

    def collect(self, source: Source, *, only_if_due: bool = False) -> Collected:
        """One run. What goes wrong with the source is in the answer; AbortRun is raised for the journal's troubles.

        With `only_if_due` there is none if another process ran it meanwhile, and its next time is yet to come.
        """
        with locked_source(self._journal.path.parent, source.name) as ours:
            if not ours:
                return Collected(None, RunStatus.RUNNING, "another process is collecting from it now")
            due = health.state(self._journal, source.name).next_due
            if only_if_due and due and due > self._now().timestamp():
                return Collected(None, RunStatus.DONE, "it is not due yet")
            now = self._now()
            id_ = begin_run(self._journal, source.name, now)
            reader = Reader(self._fetcher, today=now.date(), limit=self._limit, call=self._call)
            run = _Run(id_, source, reader, now + _LONGEST_RUN)
            began = time.monotonic()
            try:
                collected = self._run(run)
            except AbortRun as err:
                self._end(run, RunStatus.FAILED, str(err), began)
                raise
            except Exception as err:  # noqa: BLE001 - a mistake of ours is no reason to ask on as if nothing were
                collected = self._failed(run, SkipInput(source.name, _mistaken(err, source.name)))
            except BaseException:
                self._end(run, RunStatus.STOPPED, None, began)
                raise
            self._end(run, collected.status, collected.error, began)
            return collected

    def _end(self, run: _Run, status: RunStatus, error: str | None, began: float) -> None:
        try:
            end_run(self._journal, run.id, status, self._now(), error=error, seconds=time.monotonic() - began)
        except AbortRun:
            if status is not RunStatus.FAILED:
                raise

    def _run(self, run: _Run) -> Collected:
        source = run.source
        before = health.state(self._journal, source.name)
        asked = Validators(before.etag, before.last_modified)
        try:
            parts = {url: Validators(*told) for url, told in before.told.get("parts", {}).items()}
            found = discover(
                source, self._fetcher, asked, url=before.url, now=self._now(), parts=parts, call=self._call
            )
        except SkipInput as failure:
            return self._failed(run, failure)
        run.notes += found.notes
        count(self._journal, run.id, unchanged=self._keep_found(run, found, before))
        if source.kind is Kind.DROP:
            self._put_away_known(run, found)
        self._fetch_due(run)
        if run.failed == run.tried >= _FEW:
            none = SkipInput(source.name, f"none of {run.tried} pages could be read; the last: {run.last}")
            return self._failed(run, none)
        self._succeeded(source, found, cut=run.cut)
        status = RunStatus.STOPPED if self._stopping() else RunStatus.DONE
        return Collected(run.id, status, recovered=before.failures > 0, notes=tuple(run.notes))

    def _keep_found(self, run: _Run, found: Discovery, before: State) -> int:
        """Journal what was found, and only then what to ask with next time. Returns how many are unchanged."""
        source = run.source
        unchanged = pages.add_found(
            self._journal, source.name, [entry.found() for entry in found.entries], now=self._now().timestamp()
        )
        moved = before.url
        if found.moved_to and found.moved_to != (before.url or source.url):
            moved = self._move(run, found.moved_to)
        old = before if found.not_modified else State()
        health.remember(
            self._journal,
            source.name,
            etag=found.validators.etag or old.etag,
            last_modified=found.validators.last_modified or old.last_modified,
            url=moved,
            told=_told(found) or old.told,
        )
        return unchanged

    def _put_away_known(self, run: _Run, found: Discovery) -> None:
        """Move the files that a killed run had read, and not yet moved."""
        for entry in found.entries:
            known = pages.known_page(self._journal, run.source.name, entry.url)
            if known and known.mark == entry.found().mark:
                self._put_away(run, path_of(entry.url), None if known.content == _READ else "see 'chronograph runs'")

    def _put_away(self, run: _Run, path: Path, reason: str | None) -> None:
        """Move a dropped file that was read; if that cannot be, it is told, and tried again by the next run."""
        try:
            put_away(path, reason=reason)
        except SkipInput as failure:
            run.notes.append(Problem(failure.name, failure.reason, skipped=False))

    def _move(self, run: _Run, target: str) -> str | None:
        """Change the source's address in its file; if that cannot be, the address to use instead of it."""
        source = run.source
        path = source_path(self._sources, source.name)
        changed = bool(path and source.url and move_address(path, source.url, target))
        what = f"{path} is changed" if changed else f"change its file {path or ''}".rstrip()
        run.notes.append(Problem(source.name, f"moved permanently to {target}: {what}", skipped=False))
        return None if changed else target

    def _fetch_due(self, run: _Run) -> None:
        """Fetch and read what is due, up to the source's limit. The pages of a host that says "later" are put off."""
        source = run.source
        read = self._fetch if source.kind in WEB else self._read_file
        for page in pages.due(self._journal, source.name, now=self._now().timestamp(), limit=source.limit):
            if self._stopping():
                return
            if self._now() >= run.ends:
                run.cut = True
                run.notes.append(
                    Problem(source.name, "it is taking long: the rest is left for the next run", skipped=False)
                )
                return
            try:
                read(run, page)
            except AbortRun:
                raise
            except Exception as err:  # noqa: BLE001 - a mistake of ours with one page must not keep the others
                self._trip(run, page, err)

    def _trip(self, run: _Run, page: Pending, err: Exception) -> None:
        """Put off a page that we made a mistake with."""
        run.failed, run.last = run.failed + 1, _mistaken(err, page.url)
        item = Item(page.url, ItemOutcome.FAILED, title=page.entry.get("title"), reason="mistake", detail=run.last)
        pages.put_off(self._journal, run.id, run.source.name, page, item, now=self._now())

    def _fetch(self, run: _Run, page: Pending) -> None:
        entry = load_entry(page.url, page.entry)
        run.tried += 1
        try:
            got = run.reader.page(run.source, entry, Validators(page.etag, page.last_modified), run.notes.append)
        except FetchFailed as failure:
            if page.tries and not failure.passing:
                run.tried -= 1  # a page that is never there says nothing of its source
            else:
                run.failed, run.last = run.failed + 1, failure.reason
            self._put_off(run, page, failure)
            return
        except SkipInput as skip:
            item = Item(page.url, ItemOutcome.SKIPPED, title=entry.title, reason=skip.kind, detail=skip.reason)
            self._keep(run, page, [], [item], content=None)
            return
        if got.unchanged:
            self._keep(run, page, [], [], content=None, validators=got.validators, unchanged=True)
        else:
            self._keep_articles(run, page, got, entry)

    def _keep_articles(self, run: _Run, page: Pending, got: Page, entry: Entry) -> None:
        """Queue a page's articles, unless nothing has changed, another page has them, or they are not wanted."""
        source = run.source
        content = digest("", *(part for article in got.articles for part in _parts(article)))
        known = pages.known_page(self._journal, source.name, page.url)
        if known and known.content == content:
            self._keep(run, page, [], [], content=content, validators=got.validators, unchanged=True)
            return
        article = got.articles[0].id if len(got.articles) == 1 else content
        twin = known.twin if known else None
        twin = twin or pages.twin(
            self._journal, source.name, page.url, article=article, content=content, now=self._now().timestamp()
        )
        queued, items = [], []
        for one in got.articles:
            name = (one.url or page.url) if len(got.articles) > 1 else page.url
            objection = source.filters.objection(one.title, one.text, (*entry.sections, *filter(None, [one.section])))
            if twin or objection:
                detail = f"the same article as {twin}" if twin else None
                reason = "twin" if twin else objection
                items.append(Item(name, ItemOutcome.SKIPPED, one.id, one.title, reason, detail))
            else:
                queued.append(Queued(name, one))
                items.append(Item(name, ItemOutcome.WAITING, one.id, one.title))
        self._keep(
            run,
            page,
            queued,
            items,
            content=content,
            article=article if queued or twin else None,
            twin=twin,
            validators=got.validators,
        )

    def _read_file(self, run: _Run, page: Pending) -> None:
        """Queue the articles of a file, some at a time; of a drop folder, move it away then."""
        source, path = run.source, path_of(page.url)
        problems: list[Problem] = []
        if source.kind is Kind.DROP and not is_settled(path, self._now().timestamp()):
            return
        run.tried += 1
        queued: list[Queued] = []
        found = 0
        try:
            for article in run.reader.files(source, path, problems.append):
                found += 1
                queued.append(Queued(reported_as(article), article))
                if len(queued) == _CHUNK:
                    with self._journal.transaction() as connection:
                        add_items(connection, run.id, put(connection, run.id, queued, _waiting(queued)), self._now())
                    queued = []
        except SkipInput as skip:
            problems.append(Problem.of(skip))
        run.notes += [problem for problem in problems if not problem.skipped]
        skipped = [problem for problem in problems if problem.skipped]
        items = _waiting(queued)
        items += [Item(one.name, ItemOutcome.SKIPPED, reason=one.kind, detail=one.reason) for one in skipped]
        failed = not found and bool(skipped)
        run.failed += failed
        run.last = skipped[-1].reason if skipped else run.last
        self._keep(run, page, queued, items, content=_FAILED if failed else _READ, fetched=found)
        if source.kind is Kind.DROP:
            self._put_away(run, path, skipped[-1].reason if failed else None)

    def _keep(
        self,
        run: _Run,
        page: Pending,
        articles: list[Queued],
        items: list[Item],
        *,
        content: str | None,
        article: str | None = None,
        twin: str | None = None,
        fetched: int = 1,
        validators: Validators | None = None,
        unchanged: bool = False,
    ) -> None:
        validators = validators or Validators()
        pages.keep(
            self._journal,
            run.id,
            run.source.name,
            page,
            articles=articles,
            items=items,
            content=content,
            article=article,
            twin=twin,
            fetched=fetched,
            etag=validators.etag,
            last_modified=validators.last_modified,
            unchanged=unchanged,
            look_again=run.source.kind in WEB and page.entry.get("html") is None,
            now=self._now(),
        )

    def _put_off(self, run: _Run, page: Pending, failure: FetchFailed) -> None:
        item = Item(
            page.url, ItemOutcome.FAILED, title=page.entry.get("title"), reason=failure.kind, detail=failure.reason
        )
        pages.put_off(
            self._journal,
            run.id,
            run.source.name,
            page,
            item,
            tries=_tries(failure),
            wait=failure.wait,
            counts=failure.why is not Why.WAIT,
            gone=_gone(failure),
            now=self._now(),
        )

    def _failed(self, run: _Run, failure: SkipInput) -> Collected:
        now = self._now()
        paused = health.failed(
            self._journal,
            run.source.name,
            failure.reason,
            at=now.isoformat(timespec="seconds"),
            now=now.timestamp(),
            interval=jittered(run.source.interval or SHORTEST),
            wait=getattr(failure, "wait", None),
        )
        return Collected(run.id, RunStatus.FAILED, str(failure), paused=paused, notes=tuple(run.notes))

    def _succeeded(self, source: Source, found: Discovery, *, cut: bool) -> None:
        now = self._now()
        quiet = Quiet.load(health.state(self._journal, source.name).told.get("quiet", ()))
        before = health.interval(self._journal, source.name)
        if found.not_modified and source.interval is None and before:
            interval = before
        else:
            interval = next_interval(source, found.entries, before=before, fresh_for=found.fresh_for, now=now)
        pause = SHORTEST if cut else min(max(jittered(interval), found.fresh_for or 0.0), LONGEST)
        health.succeeded(
            self._journal,
            source.name,
            at=now.isoformat(timespec="seconds"),
            next_due=quiet.end(now + timedelta(seconds=pause)).timestamp(),
            interval=interval,
        )


def _told(found: Discovery) -> dict[str, object]:
    """For the journal: what to ask its other addresses with, and when not to ask."""
    parts = {url: (said.etag, said.last_modified) for url, said in found.parts.items() if said != Validators()}
    told: dict[str, object] = {"parts": parts, "quiet": found.quiet.dump() if found.quiet != Quiet() else None}
    return {name: value for name, value in told.items() if value}


def _mistaken(err: Exception, what: str) -> str:
    """What to say of a mistake of ours with `what`; where it was goes to the log."""
    logging.getLogger(LOGGER).error("mistake", exc_info=err, extra={"fields": {"at": what}})
    return f"a bug in Chronograph stopped it ({type(err).__name__}: {err}); please report it"


def _tries(failure: FetchFailed) -> int:
    """How often a page that cannot be had is asked for in all."""
    if failure.passing:
        return pages.AWAY_TRIES
    return pages.TRIES if failure.why in _MAY_COME else 1


def _gone(failure: FetchFailed) -> Gone | None:
    if failure.why is not Why.GONE:
        return None
    return Gone.FOR_GOOD if failure.for_good else Gone.NOW


def _parts(article: Article) -> tuple[object, ...]:
    return (article.title, article.published, article.text)


def _waiting(queued: list[Queued]) -> list[Item]:
    return [Item(one.name, ItemOutcome.WAITING, one.article.id, one.article.title) for one in queued]
