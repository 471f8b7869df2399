"""A site, a data folder with its journal, and runs of sources over them, with a clock that passes when told to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.aside import Call, here
from ingest.fetch import Fetcher, Policy
from ingest.sources.collect import Collected, Collector
from ingest.sources.registry import find_source
from kb.model import Article
from kb.queries.runs import RunDetail, SourceHealth, source_health
from kb.queries.runs import run as run_detail
from kb.store import queue
from kb.store.health import JournalTurns
from kb.store.journal import Journal, open_journal
from kb.store.runs import Item, ItemOutcome
from tests.loopback import Answer, Site, site

STORY = "The Supreme Court ruled on Friday that ByteDance must sell TikTok, and the company said that it would appeal."


def story(number: object, text: str = STORY, head: str = "") -> str:
    """A page with an article of its own."""
    body = f"<p>{text} It was case number {number} before the justices.</p><p>More about case {number} is to come.</p>"
    return (
        f"<!doctype html><html lang=en><head><title>Ruling {number}</title>{head}</head>"
        f"<body><article><h1>Ruling {number}</h1>{body}</article></body></html>"
    )


def rss(site: Site, numbers: list[int], *, day: int = 10, **changes: str) -> str:
    """A feed of these stories."""
    items = "".join(
        f"<item><title>{changes.get(f'title{n}', f'Ruling {n}')}</title><link>{site.url}/a/{n}</link>"
        f"<pubDate>Fri, {day + n % 15} Jan 2025 10:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><title>Court</title>{items}</channel></rss>"


class Desk:
    """One data folder, one folder of sources, one clock."""

    def __init__(self, home: Path, web: Site) -> None:
        self.home = home
        self.web = web
        self.sources = home / "sources"
        self.sources.mkdir()
        self.now = datetime(2025, 2, 1, 12, 0, tzinfo=UTC)
        self.journal: Journal = open_journal(home / "data", create=True)
        self.stop_after: int | None = None
        self.call: Call = here
        self.policy = replace(Policy(frozenset({"127.0.0.1"})), timeout=2.0, tries=1)

    def source(self, name: str = "court", text: str | None = None) -> None:
        text = text or f"kind: feed\nurl: {self.web.url}/feed\ndelay: 0\n"
        (self.sources / f"{name}.yml").write_text(text, encoding="utf-8")

    def run(self, name: str = "court", **options: bool) -> Collected:
        with self.fetcher() as fetcher:
            collector = Collector(
                self.journal,
                fetcher,
                sources=self.sources,
                now=lambda: self.now,
                stopping=self._stopping,
                call=self.call,
            )
            return collector.collect(find_source(self.sources, name), **options)

    def fetcher(self) -> Fetcher:
        return Fetcher(
            self.policy,
            turns=JournalTurns(self.journal),
            clock=self._seconds,
            sleep=lambda seconds: self.later(seconds=seconds),
        )

    def _seconds(self) -> float:
        return self.now.timestamp()

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def detail(self, collected: Collected) -> RunDetail:
        assert collected.run
        found = run_detail(self.journal, collected.run)
        assert found
        return found

    def health(self, name: str = "court") -> SourceHealth:
        return next(state for state in source_health(self.journal) if state.name == name)

    def waiting(self) -> list[Article]:
        return [one.article for one in queue.first(self.journal, limit=1000, characters=10**9)]

    def write_all(self) -> list[Article]:
        """Take everything off the queue as if it were in the graph now."""
        taken: list[Article] = []
        while batch := queue.first(self.journal, limit=1000, characters=10**9):
            done = [(one, Item(one.name, ItemOutcome.NEW, one.article.id, one.article.title), 1) for one in batch]
            queue.done(self.journal, done, at=self.now.isoformat())
            taken += [one.article for one in batch]
        return taken

    def _stopping(self) -> bool:
        if self.stop_after is None:
            return False
        self.stop_after -= 1
        return self.stop_after < 0


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, web: Site) -> Iterator[Desk]:
    made = Desk(tmp_path, web)
    yield made
    made.journal.close()


@pytest.fixture
def court(desk: Desk, web: Site) -> Callable[[list[int]], None]:
    """Publishes these stories in the court's feed."""
    desk.source()

    def publish(numbers: list[int]) -> None:
        web["/feed"] = Answer(rss(web, numbers), type="application/rss+xml")
        for number in numbers:
            web.routes.setdefault(f"/a/{number}", story(number))

    return publish
