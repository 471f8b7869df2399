"""Extraction in processes of its own: batches go out ahead, and come back in the order they went.

One call of a library that never returns holds up all threads of a process, and nothing in it can end that. So the
system ends the process, and another one takes its place.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import fields
from functools import partial
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import template
from ingest.garbage import collect_seldom
from ingest.lazily import OnFailure
from ingest.limit import OUT_OF_TIME, TookTooLongError, ended_after
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

_SECONDS, _SECONDS_A_CHARACTER = 120.0, 0.002
"""Of CPU that a batch may take: twice what the claims of one article may, which are given up in good order."""

_MOST_IN_A_ROW = 5
"""Processes that may end one after the other with nothing read in between: then it is not for what they read."""

_ENDING = "processes that extract keep ending, perhaps for lack of memory: free some and run it again"

_extract: Answering | None = None
"""In a worker: the extraction with its pipeline."""


class WorkerFailed(Exception):
    """What went wrong in a worker, as text: errors of libraries do not always travel between processes."""


@contextmanager
def workers(count: int, pipeline: str, on_failure: OnFailure, *, gazetteer: Path | None = None) -> Iterator[Submit]:
    """So many processes that extract, for the block.

    What they need is being loaded from now on, once, by a process that they are forked from when the first batch comes.
    An article that a process does not come to an end of, or that ends it, goes to `on_failure`; another process goes on
    with the rest. AbortRun is raised when one process after the other ends.
    """
    crew = _Crew(count, pipeline, on_failure, gazetteer)
    try:
        yield crew.submit
    except BaseException:
        crew.give_up()
        raise
    crew.end()


class _Crew:
    """The processes at work, each with batches of its own before it."""

    def __init__(self, count: int, pipeline: str, on_failure: OnFailure, gazetteer: Path | None) -> None:
        self._given = (pipeline, gazetteer)
        self._on_failure = on_failure
        self._context = multiprocessing.get_context(_STARTING)
        self._context.set_forkserver_preload([template.__name__])
        self._processes: list[_Process | None] = [None] * count
        self._ended = 0
        """How many processes ended by themselves since one last came to an end of a batch."""
        if _STARTING == "forkserver":
            with template.asked_for(pipeline, gazetteer):
                forkserver.ensure_running()

    def submit(self, batch: Sequence[Article]) -> Result:
        """Hand a batch to the process with the fewest before it."""
        return self._submit(batch, once_more=False)

    def _submit(self, batch: Sequence[Article], *, once_more: bool) -> Result:
        at = min(range(len(self._processes)), key=lambda at: _before(self._processes[at]))
        process, answer = self._hand(at, batch)
        return lambda: self._result(batch, process, answer, once_more=once_more)

    def end(self) -> None:
        """No more batches; those that are out are waited for."""
        for process in filter(None, self._processes):
            process.end()

    def give_up(self) -> None:
        """End at once, whatever the processes are at: one may never come to an end of it."""
        for process in filter(None, self._processes):
            process.kill()

    def _hand(self, at: int, batch: Sequence[Article]) -> tuple[_Process, Future[Answer]]:
        process = self._processes[at]
        if process is not None and process.left:
            try:
                return process, process.hand(batch)
            except BrokenProcessPool:  # it has ended meanwhile
                pass
        if process is not None:
            process.end()
        self._processes[at] = process = _Process(self._context, self._given)
        try:
            return process, process.hand(batch)
        except (EOFError, ConnectionError, BrokenProcessPool) as err:
            raise AbortRun(_ENDING) from err

    def _result(
        self, batch: Sequence[Article], process: _Process, answer: Future[Answer], *, once_more: bool
    ) -> list[Extraction]:
        try:
            found, failures = process.take(answer)
        except BrokenProcessPool:
            return self._of_ended(batch, process, answer, once_more=once_more)
        self._ended = 0
        for at, what in failures:
            self._on_failure(batch[at], WorkerFailed(what))
        return found

    def _of_ended(
        self, batch: Sequence[Article], process: _Process, answer: Future[Answer], *, once_more: bool
    ) -> list[Extraction]:
        """Others read what a process that has ended had before it: what it was at once more, article by article.

        An article that took too long, or that a second process has ended at, is given up.
        """
        if not process.was_at(answer):
            return self._submit(batch, once_more=once_more)()
        self._ended += 1
        if self._ended > _MOST_IN_A_ROW:
            raise AbortRun(_ENDING)
        why = process.why(batch)
        if len(batch) == 1 and (once_more or isinstance(why, TookTooLongError)):
            self._on_failure(batch[0], why)
            return []
        waiting = [self._submit([article], once_more=True) for article in batch]
        return [extraction for result in waiting for extraction in result()]


class _Process:
    """A process that extracts one batch after the other.

    Each has an executor of its own: what it was at when it ended is known, and nothing is lost that others are at. One
    executor that replaces its processes by itself (`max_tasks_per_child`) may wait for ever for one that it has not
    started: github.com/python/cpython/issues/115634.
    """

    def __init__(self, context: BaseContext, given: tuple[str, Path | None]) -> None:
        self._executor = ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=given)
        self._process: Mapping[int, BaseProcess] = self._executor._processes  # forgotten as soon as it is told to end
        self._out: list[Future[Answer]] = []
        self._last: Future[Answer] | None = None
        self.left = _BATCHES_PER_PROCESS

    @property
    def before(self) -> int:
        """How many batches it has before it."""
        return sum(not answer.done() for answer in self._out)

    def hand(self, batch: Sequence[Article]) -> Future[Answer]:
        """Give it a batch. Raises BrokenProcessPool when it has ended."""
        answer = self._executor.submit(_work, tuple(batch), _seconds(batch))
        self._out.append(answer)
        self.left -= 1
        return answer

    def take(self, answer: Future[Answer]) -> Answer:
        """Wait for what became of a batch. Raises BrokenProcessPool when the process ended before."""
        found = answer.result()
        self._out.remove(answer)
        return found

    def was_at(self, answer: Future[Answer]) -> bool:
        """True for the batch that it was at when it ended: the first of those that are lost."""
        if self._last is None:
            self._last = next(one for one in self._out if isinstance(one.exception(), BrokenProcessPool))
        return answer is self._last

    def why(self, batch: Sequence[Article]) -> Exception:
        """What to say of the batch that it was at when it ended."""
        self.end()  # which waits for its exit code
        if any(process.exitcode == -OUT_OF_TIME for process in self._process.values()):
            return TookTooLongError(f"took more than {_seconds(batch):.0f} seconds")
        return WorkerFailed("the process that read it ended, perhaps for lack of memory")

    def end(self) -> None:
        """No more batches; those that are out are waited for."""
        self._executor.shutdown(wait=True)

    def kill(self) -> None:
        """End it at once."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        for process in list(self._process.values()):
            process.kill()


def _before(process: _Process | None) -> int:
    return process.before if process else 0


def _seconds(batch: Sequence[Article]) -> float:
    return _SECONDS + _SECONDS_A_CHARACTER * sum(len(article.text) for article in batch)


def _begin(pipeline: str, gazetteer: Path | None) -> None:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.nice(_NICE)
    collect_seldom()
    _send_quickly()
    for number in (signal.SIGINT, signal.SIGTERM):  # told to all of a group, they are for the parent
        signal.signal(number, signal.SIG_IGN)
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


def _work(batch: Sequence[Article], seconds: float) -> Answer:
    assert _extract is not None  # noqa: S101 - _begin has run
    with ended_after(seconds):
        return _extract(batch)
