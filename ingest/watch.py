"""The service that keeps the timeline current: every source on its own clock, the queue drained, people told.

All that has to outlast it is in the journal: what is due when, what waits, what was told. So it can be killed at any
moment, started twice, or be away for days: what was missed is made up once.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

from ingest.clock import utc_now
from ingest.log import fact
from ingest.notices import Notices
from ingest.service import Ingestion
from ingest.sources.collect import Collected
from ingest.sources.lock import locked_source
from ingest.sources.registry import find_source, load_sources
from ingest.sources.source import Source
from kb.errors import AbortRun, ChronographError, NotFound, SourceError, StoreFull, StoreUnavailable
from kb.ids import digest
from kb.queries.runs import queue_length
from kb.queries.runs import run as run_detail
from kb.store import health

_AT_ONCE = 8
"""Sources that are collected from at the same time; each waits for its host most of the while."""
_REREAD = 30.0
_BUSY = 60.0
_DRAIN_EVERY = 30.0
_DRAIN_LATEST = 300.0
_DRAIN_AWAY = 5.0
_TOLD_AFTER = 300.0
"""Seconds: how often files are looked at, a source that another process runs, the queue; a graph that fails to write
what it is given, at the latest; one that does not answer, which costs no more than to ask; and how long it fails before
people are told, as it may only be starting again."""


class Watch:
    """A running service; `run` returns once `stop` is set and all is in order."""

    def __init__(self, ingestion: Ingestion, stop: threading.Event, logger: logging.Logger) -> None:
        self._ingestion = ingestion
        self._stop = stop
        self._log = logger
        self._work = threading.Event()
        self._notices = Notices(ingestion)
        self._scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(_AT_ONCE)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )
        self._told: dict[str, str] = {}
        """What was last logged of each thing that stays as it is, so that it is logged once."""
        self._sources: dict[str, Source] = {}
        """The sources as their files said when they were last looked at."""
        self._running: set[str] = set()
        self._failed: StoreFull | None = None
        self._planned = 0

    def run(self) -> None:
        """Serve until `stop` is set. Raises StoreFull if the disk is full: nothing can be kept then."""
        self._guard(self._reread, "files")
        self._scheduler.add_job(
            self._guard, "interval", args=[self._reread, "files"], seconds=_REREAD, id="(files)", executor="default"
        )
        self._scheduler.start()
        drainer = threading.Thread(target=self._drain_until_stopped, name="drain")
        drainer.start()
        fact(self._log, logging.INFO, "started", sources=self._planned)
        if not self._planned:
            fact(self._log, logging.WARNING, "no-sources", folder=self._folder, add="chronograph sources add NAME URL")
        self._stop.wait()
        fact(self._log, logging.INFO, "stopping")
        self._work.set()
        self._scheduler.pause()  # it would go on handing out work that nobody takes any more
        self._scheduler.shutdown(wait=True)
        drainer.join()
        fact(self._log, logging.INFO, "stopped", waiting=queue_length(self._ingestion.journal))
        if self._failed:
            self._guard(partial(self._tell_full_disk, self._failed), "alerts")
            raise self._failed

    def _reread(self) -> None:
        """Take up sources that are new, switched on or resumed, and drop those that are gone, off or paused.

        One whose file has changed is tried at once, by one process: who mended it wants to see whether it is well.
        """
        try:
            sources, errors = load_sources(self._folder)
        except SourceError as err:
            sources, errors = [], [err]
        self._once("sources", "; ".join(map(str, errors)), logging.ERROR)
        wanted = {source.name: source for source in sources if not source.disabled and not self._paused(source.name)}
        planned = {job.id for job in self._scheduler.get_jobs()} - {"(files)"}
        for name in planned - set(wanted):
            with suppress(JobLookupError):  # it has begun to run meanwhile
                self._scheduler.remove_job(name)
        self._planned = len(wanted)
        changed = {name for name, source in wanted.items() if self._sources.get(name) != source and self._note(source)}
        self._sources = {
            name: source for name, source in wanted.items() if name in changed or self._sources.get(name) == source
        }
        for name in (set(wanted) - planned | changed) - self._running:
            self._plan(name, health.state(self._ingestion.journal, name).next_due)

    def _note(self, source: Source) -> bool:
        """Let a source that has changed be asked at once; False while it is being asked, which does not count."""
        with locked_source(self._ingestion.journal.path.parent, source.name) as ours:
            if ours:
                health.make_due_if_changed(self._ingestion.journal, source.name, digest("", repr(source)))
            return ours

    def _plan(self, name: str, due: float | None, *, at_least: float = 0.0) -> None:
        earliest = utc_now() + timedelta(seconds=at_least)
        at = max(earliest, datetime.fromtimestamp(due, UTC)) if due else earliest
        self._scheduler.add_job(self._run_source, "date", run_date=at, args=[name], id=name, replace_existing=True)

    def _run_source(self, name: str) -> None:
        """One run, and the plan for the next."""
        pause = 0.0
        self._running.add(name)
        try:
            source = find_source(self._folder, name)
            if self._stop.is_set() or source.disabled or self._paused(name):
                return
            collected = self._ingestion.collector.collect(source, only_if_due=True)
            pause = _BUSY if collected.run is None else 0.0
            self._tell_run(source, collected)
            self._once(f"source {name}", "", logging.INFO)
        except StoreFull as err:
            self._give_up(err)
        except (NotFound, SourceError):
            return  # gone or broken since; the files are looked at again soon
        except AbortRun as err:
            self._once(f"source {name}", str(err), logging.ERROR)
            pause = _BUSY
        except Exception as err:  # noqa: BLE001 - a mistake of ours with one source must not stop the others
            self._log.error("mistake", exc_info=err, extra={"fields": {"source": name}})
            pause = _DRAIN_LATEST
        finally:
            self._running.discard(name)
            self._work.set()
        if not self._stop.is_set() and not self._paused(name):
            self._plan(name, health.state(self._ingestion.journal, name).next_due, at_least=pause or 1.0)

    def _tell_run(self, source: Source, collected: Collected) -> None:
        detail = run_detail(self._ingestion.journal, collected.run) if collected.run else None
        if detail is None:
            return
        view = detail.run
        news = bool(view.new or view.updated or view.waiting or view.failed or collected.error)
        fact(
            self._log,
            logging.WARNING if collected.error else logging.INFO if news else logging.DEBUG,
            "run",
            source=source.name,
            status=view.status,
            articles=view.waiting or None,
            unchanged=view.unchanged or None,
            skipped=sum(number for _, number in view.skipped) or None,
            failed=sum(number for _, number in view.failed) or None,
            seconds=view.seconds,
            error=collected.error,
            run=view.id,
        )
        for problem in collected.notes:
            fact(self._log, logging.DEBUG, "note", source=source.name, note=str(problem))
        if collected.paused:
            fact(
                self._log, logging.ERROR, "paused", source=source.name, fix=f"chronograph sources enable {source.name}"
            )
        self._guard(lambda: self._notices.of_run(source.name, collected), "alerts")

    def _drain_until_stopped(self) -> None:
        pause = 0.0
        failing_since: float | None = None
        self._guard(self._tell_deadlines, "deadlines")
        while not self._stop.is_set():
            if pause:
                self._stop.wait(pause)
            else:
                self._work.wait(_DRAIN_EVERY)
            self._work.clear()
            if self._stop.is_set():
                return
            trouble = self._guard(self._drain, "graph")
            pause = _pause_after(trouble, pause)
            failing_since = (failing_since or time.monotonic()) if trouble else None
            if trouble and failing_since and time.monotonic() - failing_since >= _TOLD_AFTER:
                self._guard(partial(self._notices.of_graph, trouble), "alerts")
            self._guard(self._deliver, "alerts")

    def _drain(self) -> None:
        drained = self._ingestion.drain(wait=False)
        if drained.articles:
            fact(self._log, logging.INFO, "written", articles=drained.articles, changed=len(drained.changed))
        if drained.withdrawn:
            fact(self._log, logging.INFO, "withdrawn", articles=len(drained.withdrawn))
        if drained.changed or drained.withdrawn:
            self._guard(self._tell_deadlines, "deadlines")

    def _guard(self, step: Callable[[], None], what: str) -> Exception | None:
        """What went wrong with `step`, if anything did; it is logged once, however long it lasts."""
        try:
            step()
        except StoreFull as err:
            self._give_up(err)
            return err
        except ChronographError as err:
            waiting = queue_length(self._ingestion.journal)
            self._once(what, f"{err}", logging.ERROR, waiting=waiting)
            return err
        except Exception as err:  # noqa: BLE001 - a mistake of ours must not stop the service
            self._log.error("mistake", exc_info=err, extra={"fields": {"step": what}})
            return err
        self._once(what, "", logging.INFO)
        return None

    def _tell_deadlines(self) -> None:
        for note in self._notices.of_deadlines():
            fact(self._log, logging.WARNING, "alerts", note=note)

    def _deliver(self) -> None:
        for trouble in self._notices.deliver():
            fact(self._log, logging.WARNING, "alert", error=trouble)

    def _tell_full_disk(self, err: StoreFull) -> None:
        for trouble in self._notices.of_full_disk(err):
            fact(self._log, logging.WARNING, "alert", error=trouble)

    def _once(self, what: str, error: str, level: int, **fields: object) -> None:
        """Log that something is wrong when it begins to be, and that it is right again when it is."""
        if self._told.get(what, "") != error:
            self._told[what] = error
            if error:
                fact(self._log, level, "trouble", error=error, **fields)
            else:
                fact(self._log, logging.INFO, "well again", what=what)

    def _give_up(self, err: StoreFull) -> None:
        self._failed = err
        self._stop.set()

    def _paused(self, name: str) -> bool:
        return health.state(self._ingestion.journal, name).paused is not None

    @property
    def _folder(self) -> Path:
        return self._ingestion.settings.sources


def _pause_after(trouble: Exception | None, pause: float) -> float:
    """Seconds until the graph is tried again, after a try that followed `pause`; 0 if it went well."""
    if trouble is None:
        return 0.0
    if isinstance(trouble, StoreUnavailable):
        return _DRAIN_AWAY
    return min(max(2 * pause, _DRAIN_EVERY / 2), _DRAIN_LATEST)
