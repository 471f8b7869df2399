"""Web addresses named on the command line: a page is an article, a feed is its entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ingest.aside import Call, here
from ingest.fetch import Fetcher
from ingest.inputs.articles import ReadWeb
from ingest.inputs.feed import looks_like_feed, read_feed
from ingest.inputs.problem import Problem, Report
from ingest.sources.reading import Reader
from ingest.sources.source import Kind, Source
from kb.errors import SkipInput
from kb.model import Article


def web_reader(fetcher: Fetcher, *, today: date, limit: int, call: Call = here) -> ReadWeb:
    """A function that gives the articles at an address, each as soon as it is read; problems go to its report.

    Pages and feeds are read by a `call`.
    """
    reader = Reader(fetcher, today=today, limit=limit, call=call)

    def read(url: str, report: Report) -> Iterator[Article]:
        source = Source(name="address", kind=Kind.FEED, url=url)
        try:
            got = fetcher.get(url)
            if not looks_like_feed(got.body, got.content_type):
                yield from reader.fetched(source, got, report)
                return
            feed = call(url, read_feed, got.body, url=got.url, content_type=got.content_type, charset=got.charset)
        except SkipInput as error:
            report(Problem.of(error))
            return
        for note in feed.notes:
            report(Problem(url, note, skipped=False))
        for entry in feed.entries:
            try:
                yield from reader.page(source, entry, None, report).articles
            except SkipInput as error:
                report(Problem.of(error))

    return read
