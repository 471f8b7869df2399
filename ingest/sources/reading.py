"""One page of a source, fetched and read: its articles as they go to the graph, or the reason why there are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from ingest.aside import Call, here
from ingest.fetch import Fetched, Fetcher, FetchFailed, Validators
from ingest.inputs.articles import make_articles
from ingest.inputs.decode import decode_page
from ingest.inputs.entry import Entry
from ingest.inputs.page import amp_original, as_page, forwarded_to
from ingest.inputs.problem import Problem, Report
from ingest.inputs.records import Record, Told, read_records
from ingest.sources.source import Kind, Source
from kb.errors import SkipInput
from kb.model import Article
from kb.weburl import same_site

_PLAIN = frozenset({"text/plain", "text/markdown"})
_HTML = re.compile(r"\s*<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_NO_PAGE = (b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")


@dataclass(frozen=True, slots=True)
class Page:
    """What came of reading one page."""

    articles: tuple[Article, ...] = ()
    validators: Validators = field(default=Validators())
    unchanged: bool = False


class Reader:
    """Reads what sources name: pages through the fetcher, files from disk."""

    def __init__(self, fetcher: Fetcher, *, today: date, limit: int, call: Call = here) -> None:
        """`limit` is the most bytes of one article; pages are read by a `call`."""
        self._fetcher = fetcher
        self._call = call
        self._today = today
        self._limit = limit

    def page(self, source: Source, entry: Entry, validators: Validators | None, report: Report) -> Page:
        """The articles of a page on the web. Raises FetchFailed or SkipInput saying why there are none."""
        if entry.html:
            page, _, part = entry.url.partition("#")
            record = self._record(source, entry, as_page(entry.html), page)
            if part:  # one of several articles at this address
                record = replace(record, fields={"url": entry.url})
            return Page(tuple(make_articles(record, today=self._today, report=report, call=self._call)))
        got = self._fetcher.get(entry.url, validators, delay=source.delay)
        if got.not_modified:
            return Page(validators=got.validators, unchanged=True)
        return Page(tuple(self.fetched(source, got, report, entry=entry)), got.validators)

    def fetched(self, source: Source, got: Fetched, report: Report, *, entry: Entry | None = None) -> list[Article]:
        """The articles of a page that was fetched. Raises SkipInput saying why there are none."""
        entry = entry or Entry(got.url)
        if _is_home(got.url) and not _is_home(entry.url) and same_site(got.url, entry.url):
            raise SkipInput(entry.url, f"it redirects to the front page, {got.url}", kind="no article")
        text = _text(got)
        if got.content_type.endswith("json") and not _HTML.match(text):
            raise SkipInput(got.url, f"not a page but data ({got.content_type})", kind="not a page")
        if got.content_type in _PLAIN and not _HTML.match(text):
            record = Record(entry.url, entry.url, text=text, told=self._told(source, entry, got.url, got.canonical))
        else:
            text, got = self._meant(source, text, got)
            record = self._record(source, entry, text, got.url, got.canonical)
        return make_articles(record, today=self._today, report=report, call=self._call)

    def files(self, source: Source, path: Path, report: Report) -> Iterator[Article]:
        """The articles of a file, one by one."""
        told = Told(hints=source.hints, outlet=source.outlet)
        dropped = source.kind is Kind.DROP
        records = read_records(
            str(path), limit=self._limit, stdin=BytesIO(), report=report, any_mail=dropped, call=self._call
        )
        for record in records:
            try:
                yield from make_articles(_with(record, told), today=self._today, report=report, call=self._call)
            except SkipInput as error:
                report(Problem.of(error))

    def _meant(self, source: Source, html: str, got: Fetched) -> tuple[str, Fetched]:
        """The page that is to be read, as text too: the one that this one leads on to or is the AMP twin of.

        A twin that cannot be had is no loss. Raises FetchFailed for a page that is led on to and cannot be had.
        """
        if target := forwarded_to(html, base=got.url):
            got = self._fetcher.get(target, delay=source.delay)
            html = _text(got)
        own = amp_original(html, base=got.url)
        if own is None:
            return html, got
        try:
            twin = self._fetcher.get(own, delay=source.delay)
            return _text(twin), twin
        except FetchFailed:
            return html, got

    def _record(self, source: Source, entry: Entry, html: str, at: str, canonical: str | None = None) -> Record:
        return Record(entry.url, entry.url, html=html, told=self._told(source, entry, at, canonical))

    def _told(self, source: Source, entry: Entry, at: str, canonical: str | None) -> Told:
        return Told(
            base=at,
            hints=source.hints,
            published=entry.published,
            updated=entry.updated,
            title=entry.title,
            outlet=source.outlet,
            authors=entry.authors,
            section=next(iter(entry.sections), None),
            more=self._more(source),
            canonical=canonical,
        )

    def _more(self, source: Source) -> Callable[[str], str | None]:
        def more(url: str) -> str | None:
            try:
                return _text(self._fetcher.get(url, delay=source.delay))
            except SkipInput:
                return None

        return more


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _text(got: Fetched) -> str:
    if got.body.startswith(_NO_PAGE) or (b"\x00" in got.body[:1000] and not _is_utf16(got)):
        raise SkipInput(got.url, f"not a page but binary data ({got.content_type or 'no type'})", kind="not a page")
    if not got.body.strip():
        raise SkipInput(got.url, "the page is empty", kind="no text")
    return decode_page(got.body, got.charset)


def _is_utf16(got: Fetched) -> bool:
    return got.body[:2] in (b"\xff\xfe", b"\xfe\xff") or (got.charset or "").startswith("utf-16")


def _with(record: Record, told: Told) -> Record:
    """The record with what is known of its source, which goes before what the record says of itself."""
    own = record.told
    return replace(record, told=replace(own, hints=told.hints, outlet=told.outlet or own.outlet) if own else told)
