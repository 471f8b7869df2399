"""How far a run is, on standard error: a bar on a terminal, else a line now and then for a log."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from kb.store.record import Written

_LINE_EVERY = 30.0
"""Seconds between two lines of a run that is not watched."""


class RunProgress:
    """Counts bytes of the inputs as they are read, and articles as they are written."""

    def __init__(self, show: Callable[[int, int, float], None]) -> None:
        self._show = show
        self._bytes = 0
        self._articles = 0
        self._began = time.monotonic()

    def read(self, size: int) -> None:
        """So many more bytes of the inputs were read."""
        self._bytes += size

    def wrote(self, _: Written) -> None:
        """One article is in the graph."""
        self._articles += 1
        self._show(self._bytes, self._articles, time.monotonic() - self._began)


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
        TextColumn("{task.fields[articles]:,} articles in the graph, {task.fields[rate]:.1f} a second"),
        TimeElapsedColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=total or None, articles=0, rate=0.0)

        def show(read: int, articles: int, seconds: float) -> None:
            bar.update(task, completed=read, articles=articles, rate=articles / max(seconds, 0.001))

        yield RunProgress(show)


class _Lines:
    """A line every so often, and none for a run that is soon over."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._next = _LINE_EVERY

    def __call__(self, read: int, articles: int, seconds: float) -> None:
        if seconds < self._next:
            return
        self._next = seconds + _LINE_EVERY
        line = f"{articles:,} articles in the graph, {articles / seconds:.1f} a second"
        if self._total and read:
            share = min(read / self._total, 1.0)
            line += f", {share:.0%} of the input, about {duration(seconds / share * (1 - share))} left"
        click.echo(line, err=True)


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
