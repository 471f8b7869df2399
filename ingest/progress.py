"""How far a run is, on standard error: a bar on a terminal, else a line now and then for a log."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from kb.model import Article
from kb.store.record import Outcome, Written

_LINE_EVERY = 30.0
"""Seconds between two lines of a run that is not watched."""
_TOGETHER = 0.5
"""Seconds from the first article that is written within which others were written together with it."""


class Pace(NamedTuple):
    """What was done since the first articles were written: bytes of input, articles, seconds; 0 while it is unknown."""

    done: int = 0
    articles: int = 0
    seconds: float = 0.0

    def told(self, left: int) -> str:
        """The rate, and the time that `left` bytes take: `, 3.1 a second, about 12 min left`; '' while unknown."""
        if not self.articles:
            return ""
        rate = f", {self.articles / max(self.seconds, 0.001):.1f} a second"
        return f"{rate}, about {duration(self.seconds / self.done * left)} left" if left and self.done else rate


class RunProgress:
    """Counts articles as they are written, and the bytes of the inputs up to them.

    `show` is told both, and the pace. Inputs are read far ahead of what is written, so that it is kept where each
    article ends. Two things would tell nothing of the time that is left: what a run before has written already, which
    is passed quickly, and what is written first and together, which had to wait for the models.
    """

    def __init__(self, show: Callable[[int, int, Pace], None]) -> None:
        self._show = show
        self._read = self._done = self._articles = 0
        self._ends: dict[str, int] = {}
        self._passed = (0, 0)
        self._first: float | None = None
        self._began = 0.0

    def read(self, size: int) -> None:
        """So many more bytes of the inputs were read."""
        self._read += size

    def watch(self, articles: Iterable[Article]) -> Iterator[Article]:
        """The same articles; where each ends is kept until it is written."""
        for article in articles:
            self._ends[article.id] = self._read
            yield article

    def wrote(self, written: Written) -> None:
        """One article is in the graph."""
        self._done = max(self._done, self._ends.pop(written.article, 0))
        self._articles += 1
        self._show(self._done, self._articles, self._pace(new=written.outcome is not Outcome.UNCHANGED))

    def _pace(self, *, new: bool) -> Pace:
        now = time.monotonic()
        if self._first is None and new:
            self._first = now
        if self._first is None or now - self._first < _TOGETHER:
            self._passed, self._began = (self._done, self._articles), now
            return Pace()
        done, articles = self._passed
        return Pace(self._done - done, self._articles - articles, now - self._began)


@contextmanager
def run_progress(inputs: Iterable[str]) -> Iterator[RunProgress]:
    """Progress over files and folders; gone from a terminal when the work is done."""
    total = sum(map(_size, inputs))
    console = Console(stderr=True)
    if console.is_terminal:
        yield from _bar(console, total)
    else:
        yield RunProgress(_Lines(total))


def _bar(console: Console, total: int) -> Iterator[RunProgress]:
    columns = (
        TextColumn("reading"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[articles]:,} articles in the graph{task.fields[pace]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=total or None, articles=0, pace="")

        def show(done: int, articles: int, pace: Pace) -> None:
            bar.update(task, completed=done, articles=articles, pace=pace.told(max(total - done, 0)))

        yield RunProgress(show)


class _Lines:
    """A line every so often, and none for a run that is soon over."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._told = time.monotonic()

    def __call__(self, done: int, articles: int, pace: Pace) -> None:
        if time.monotonic() - self._told < _LINE_EVERY:
            return
        self._told = time.monotonic()
        share = f", {min(done / self._total, 1.0):.0%} of the input" if self._total else ""
        line = f"{articles:,} {'article' if articles == 1 else 'articles'} in the graph{share}"
        click.echo(line + pace.told(max(self._total - done, 0)), err=True)


def duration(seconds: float) -> str:
    """A length of time for people: `40 s`, `12 min`, `3 h 05 min`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02} min"


def _size(name: str) -> int:
    """Bytes of a file, or of all files below a folder; 0 for what has no size."""
    path = Path(name)
    try:
        if path.is_dir():
            return sum((Path(above) / file).stat().st_size for above, _, files in os.walk(path) for file in files)
        return path.stat().st_size
    except (OSError, ValueError):
        return 0
