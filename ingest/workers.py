"""Extraction in several processes: batches go out ahead, and come back in the order they went."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import fields
from functools import partial
from multiprocessing import forkserver
from multiprocessing.reduction import ForkingPickler
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import template
from ingest.garbage import collect_seldom
from ingest.lazily import OnFailure
from ingest.template import Answer, Answering
from kb.errors import AbortRun
from kb.model import Actor, Article, Claim, Entity, Extraction, Span, TimeMention, When
from kb.timevalue import Interval, Offset, TimeValue

if TYPE_CHECKING:  # a worker knows nothing of the graph, and need not load its driver
    from ingest.runner import Result, Submit

_BATCHES_PER_PROCESS = 60
"""Processes are replaced after so many batches each: they grow by 20 KB an article, and memory has to stay flat."""

_NICE = 5
"""Workers give way to the process that writes what they found, and to the store: it never has to catch up."""

_STARTING = "spawn" if sys.platform == "darwin" else "forkserver"
"""A fork of the process that writes, with its threads and driver, is not safe; on macOS no process can be forked that
has loaded the system's own libraries."""

_extract: Answering | None = None
"""In a worker: the extraction with its pipeline."""


class WorkerFailed(Exception):
    """What went wrong in a worker, as text: errors of libraries do not always travel between processes."""


@contextmanager
def workers(count: int, pipeline: str, on_failure: OnFailure, *, gazetteer: Path | None = None) -> Iterator[Submit]:
    """So many processes that extract, for the block.

    What they need is being loaded from now on, once, by a process that they are forked from when the first batch comes.
    """
    pools = _Pools(count, pipeline, gazetteer)

    def submit(batch: Sequence[Article]) -> Result:
        with _all_alive():
            waiting = pools.submit(batch)
        return lambda: _result(waiting, batch, on_failure)

    try:
        yield submit
    except BaseException:
        pools.give_up()
        raise
    pools.end()


class _Pools:
    """Pools of processes, one after the other.

    An executor that replaces single processes by itself (`max_tasks_per_child`) may wait for ever for one that it has
    not started: github.com/python/cpython/issues/115634.
    """

    def __init__(self, count: int, pipeline: str, gazetteer: Path | None) -> None:
        self._count, self._given = count, (pipeline, gazetteer)
        self._context = multiprocessing.get_context(_STARTING)
        self._context.set_forkserver_preload([template.__name__])
        self._pool: ProcessPoolExecutor | None = None
        self._left = 0
        if _STARTING == "forkserver":
            with template.asked_for(pipeline, gazetteer):
                forkserver.ensure_running()

    def submit(self, batch: Sequence[Article]) -> Future[Answer]:
        """Hand out a batch; now and then to new processes, once the old ones are done with theirs."""
        if self._pool is None or not self._left:
            self.end()
            self._pool = self._new()
        self._left -= 1
        return self._pool.submit(_work, tuple(batch))

    def end(self) -> None:
        """No more batches; those that are out are waited for."""
        if self._pool is not None:
            self._pool.shutdown(wait=True)

    def give_up(self) -> None:
        """End at once, whatever the processes are at: one may never come to an end of it."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            for process in list(self._processes.values()):
                process.kill()

    def _new(self) -> ProcessPoolExecutor:
        self._left = self._count * _BATCHES_PER_PROCESS
        pool = ProcessPoolExecutor(self._count, mp_context=self._context, initializer=_start, initargs=self._given)
        self._processes = pool._processes  # which it forgets as soon as it is told to end
        for _ in range(self._count):
            pool.submit(_nothing)  # a process is started when there is something to do
        return pool


def _result(waiting: Future[Answer], batch: Sequence[Article], on_failure: OnFailure) -> list[Extraction]:
    with _all_alive():
        found, failures = waiting.result()
    for at, what in failures:
        on_failure(batch[at], WorkerFailed(what))
    return found


@contextmanager
def _all_alive() -> Iterator[None]:
    try:
        yield
    except (BrokenProcessPool, EOFError, ConnectionError) as err:
        raise AbortRun(
            "a worker process ended unexpectedly, perhaps for lack of memory: use fewer --workers and run it again"
        ) from err


def _start(pipeline: str, gazetteer: Path | None) -> None:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.nice(_NICE)
    collect_seldom()
    _send_quickly()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    global _extract  # noqa: PLW0603 - a process has one
    _extract = template.answering(pipeline, gazetteer)


def _send_quickly() -> None:
    """Let what is found go to the parent as the values of its fields, one behind the other.

    Frozen dataclasses with slots look for their fields by name at each object, on both sides: twice the work.
    """
    for kind in (Extraction, Article, TimeMention, Entity, Claim, Span, When, Actor, TimeValue, Interval, Offset):
        values = attrgetter(*(field.name for field in fields(kind)))
        ForkingPickler.register(kind, partial(_by_values, values))


def _by_values(values: Callable[[object], tuple[object, ...]], one: object) -> tuple[type, tuple[object, ...]]:
    return type(one), values(one)


def _end_with_parent() -> None:
    """A parent that is killed tells nobody: without this its workers would wait for it for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _nothing() -> None:
    pass


def _work(batch: Sequence[Article]) -> Answer:
    assert _extract is not None  # noqa: S101 - _start has run
    return _extract(batch)
