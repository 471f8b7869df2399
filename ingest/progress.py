"""A progress bar on standard error, when that is a terminal: files done, articles written, time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kb.model import Article
from kb.store.record import Written


class FileProgress:
    """Counts files as their articles come by, and articles as they are written."""

    def __init__(self, bar: Progress, files: int) -> None:
        self._bar = bar
        self._files = files
        self._task = bar.add_task("reading", total=files, articles=0)
        self._path: str | None = None
        self._written = 0

    def watch(self, articles: Iterable[Article]) -> Iterator[Article]:
        """The same articles; a file is done when the next one begins."""
        for article in articles:
            if article.path != self._path:
                if self._path is not None:
                    self._bar.advance(self._task)
                self._path = article.path
            yield article
        self._bar.update(self._task, completed=self._files)

    def wrote(self, _: Written) -> None:
        """One article is in the graph."""
        self._written += 1
        self._bar.update(self._task, articles=self._written)


@contextmanager
def file_progress(files: int) -> Iterator[FileProgress]:
    """A bar over so many files, gone when the work is done."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files, {task.fields[articles]} articles in the graph"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        yield FileProgress(bar, files)
