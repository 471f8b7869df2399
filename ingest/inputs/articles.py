"""Records checked and made into articles: a text in English, a title, a day of publication if there is one."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import BinaryIO

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from ingest.aside import Call, here
from ingest.boilerplate import find_boilerplate
from ingest.inputs.dating import as_addressed
from ingest.inputs.head import find_published, find_title, parse_date
from ingest.inputs.language import ENGLISH, detect_language
from ingest.inputs.live import in_order
from ingest.inputs.page import Hints, WebPage, own_address, read_page
from ingest.inputs.problem import Problem, Report
from ingest.inputs.records import Record, Told, read_records
from ingest.inputs.walk import is_address, walk
from ingest.limit import TookTooLongError, limited
from kb.errors import SkipInput, TimeValueError
from kb.ids import article_id, digest
from kb.model import Article
from kb.weburl import canonical_url

_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters, and halves of surrogate pairs that no encoding can write."""
_FEED_SURE, _ENTRY_SURE, _TEXT_SURE = 0.9, 0.95, 0.8
"""How sure a day of publication is that a feed, a live blog's entry, or a byline gives."""
_MOST_PAGES = 12
_SECONDS_A_PAGE = 30.0
"""Of CPU; a usual page takes a hundredth of a second."""
_LONGEST_ID = 1000
"""Characters of an id: stores find nothing by a longer one."""
_LONGEST_LINE = 500
"""Characters of a title or the name of an outlet."""
_WITHOUT_DAY = "relative dates ('on Monday') stay unresolved; give it as published: 2025-01-15"


ReadWeb = Callable[[str, Report], Iterator[Article]]
"""Gives the articles at a web address; what cannot be read goes to the report."""


def read_articles(
    inputs: Iterable[str],
    *,
    today: date,
    limit: int,
    stdin: BinaryIO,
    report: Report,
    read_web: ReadWeb | None = None,
    on_read: Callable[[int], None] = lambda _: None,
    call: Call = here,
) -> Iterator[Article]:
    """The articles of files, folders, addresses and '-' (`stdin`), in order, each as soon as it is read.

    What cannot be read goes to `report` and never stops the rest. `limit` is the most bytes one article may have.
    A publication day after tomorrow of `today` is reported and left out; today is never taken for one. `on_read` hears
    how many bytes of the files were read, as they are. Pages and feeds are read by a `call`.
    """
    for path in walk(inputs, report):
        if is_address(path):
            if read_web is None:
                report(Problem(path, "pages are not fetched here: save the page as an .html file and name that file"))
            else:
                yield from read_web(path, report)
            continue
        for record in read_records(path, limit=limit, stdin=stdin, report=report, on_read=on_read, call=call):
            try:
                yield from make_articles(record, today=today, report=report, call=call)
            except SkipInput as error:
                report(Problem.of(error))


def make_articles(record: Record, *, today: date, report: Report, call: Call = here) -> list[Article]:
    """The article of a record; of a live blog, one for each entry. Raises SkipInput naming what is missing or wrong.

    Pages are read by a `call`.
    """
    given = _read_fields(record)
    told = record.told or Told()
    if given.text is not None or given.html is None:
        return [_make(record, given, WebPage(given.text or ""), today=today, report=report)]
    page = call(record.name, _read, record.name, given.html, today=today, base=told.base, hints=told.hints)
    if page.text is None:
        raise SkipInput(record.name, "no article text found in the page; save its text as .txt", kind="no text")
    if page.stub:
        reason = "only the first lines of the story are shown; the rest is behind a paywall"
        raise SkipInput(record.name, reason, kind="paywall")
    if page.stand_in:
        reason = "an error, a notice or a request for consent in place of the article"
        raise SkipInput(record.name, reason, kind="no article")
    if page.first_page:
        raise SkipInput(record.name, f"it is a later page of {page.first_page}", kind="later page")
    page = _with_later_pages(page, record, told, today, call)
    article = _make(record, given, page, today=today, report=report)
    article = replace(article, text=_story(article.text))
    return _entries(article, page, today=today) or [article]


def _story(text: str) -> str:
    """The text of a page without the lines that are no part of its story, such as the time of its last update."""
    parts, at = [], 0
    for start, end in find_boilerplate(text):
        parts.append(text[at:start])
        at = end
    return ("".join(parts) + text[at:]).strip() or text


def _read(name: str, html: str, *, today: date, base: str | None, hints: Hints) -> WebPage:
    """What is in a page. Raises SkipInput for one that was made so that it takes for ever to read."""
    try:
        with limited(_SECONDS_A_PAGE):
            return read_page(html, today=today, base=base, hints=hints)
    except TookTooLongError as err:
        raise SkipInput(name, f"the page is too intricate: reading it {err}", kind="too intricate") from err


def _with_later_pages(page: WebPage, record: Record, told: Told, today: date, call: Call) -> WebPage:
    """The page with the text and the entries of those that the article goes on to, as far as they can be had."""
    texts, entries, seen, at = [page.text or ""], page.entries, {told.base}, page
    while told.more and at.next_page and at.next_page not in seen and len(texts) < _MOST_PAGES:
        seen.add(at.next_page)
        html = told.more(at.next_page)
        if html is None:
            break
        at = call(record.name, _read, record.name, html, today=today, base=at.next_page, hints=told.hints)
        if at.text:
            texts.append(at.text)
        entries += at.entries
    return replace(page, text="\n".join(texts), entries=in_order(entries))


def _line(text: str | None) -> str | None:
    """A title or an outlet, cut where no real one goes on."""
    return text[:_LONGEST_LINE].rstrip() if text else None


def _make(record: Record, given: _Given, page: WebPage, *, today: date, report: Report) -> Article:
    told = record.told or Told()
    text = _printable(page.text or "", record, report)
    language = _language(text, record)
    title = _line(given.title or page.title or told.title or find_title(text))
    dated = _dated(given, record, page, text, latest=today + timedelta(days=1))
    by_entry = bool(page.entries) and dated.day is None  # those of a live blog have their own days
    published = None if by_entry else _not_in_future(dated.day, record, today, report)
    source = _line(given.source or told.outlet or page.site)
    own = page.url or own_address(told.canonical, told.base)
    url = given.url or own or (canonical_url(told.base) if told.base else None)
    return Article(
        id=given.id or article_id(url=_identity(url), source=source, title=title, published=published, text=text),
        text=text,
        title=title,
        published=published,
        source=source,
        url=url,
        path=None if is_address(record.path) else _path(record.path),
        language=language,
        authors=page.authors or told.authors,
        section=page.section or told.section,
        published_at=dated.at if published else None,
        updated_at=page.updated_at or (told.updated.at if told.updated else None),
        dated_by=dated.by if published else None,
        dated_with=dated.sure if published else None,
        paywalled=page.paywalled,
    )


def _identity(url: str | None) -> str | None:
    """The address that decides which article it is: without tracking, but with the entry of a page that it names."""
    if not url:
        return None
    whole, mark, part = url.partition("#")
    return (canonical_url(whole) or whole) + mark + part


def _entries(article: Article, page: WebPage, *, today: date) -> list[Article]:
    """The entries of a live blog as articles of their own: each has its day, so that "today" is the right one."""
    made = []
    for entry in page.entries:
        text = _UNPRINTABLE.sub(" ", entry.text)
        day = entry.moment.day if entry.moment.day <= today + timedelta(days=1) else None
        url = f"{article.url}#{entry.anchor}" if article.url else None
        id_ = digest("a", "entry", article.id, entry.anchor)
        made.append(
            replace(
                article,
                id=id_,
                text=text,
                title=entry.title or article.title,
                published=day,
                url=url,
                published_at=entry.moment.at if day else None,
                updated_at=None,
                dated_by="metadata" if day else None,
                dated_with=_ENTRY_SURE if day else None,
            )
        )
    return made


@dataclass(frozen=True, slots=True)
class _Dated:
    day: date | None = None
    at: str | None = None
    by: str | None = None
    sure: float | None = None


def _dated(given: _Given, record: Record, page: WebPage, text: str, *, latest: date) -> _Dated:
    """The day of publication from the best place that has one: given, stated by the page or feed, found in the page.

    A day after `latest` gives way to that of any other place.
    """
    if (day := _published(given, record)) is not None:
        return _Dated(day, None, "given", 1.0)
    found = sorted(_all_dated(record, page, text), key=lambda dated: dated.day is not None and dated.day > latest)
    return next(iter(found), _Dated())


def _all_dated(record: Record, page: WebPage, text: str) -> Iterator[_Dated]:
    """What every place says, the best first."""
    of_page = _Dated(page.published, page.published_at, page.dated_by, page.dated_with) if page.published else None
    if of_page and of_page.by == "metadata":
        yield of_page
    if record.told and (moment := record.told.published):
        moment = moment if record.told.hints.zone else as_addressed(moment, record.told.base)
        yield _Dated(moment.day, moment.at, "feed", _FEED_SURE)
    if of_page and (of_page.sure or 0) >= _TEXT_SURE:
        yield of_page
    if day := find_published(text):
        yield _Dated(day, None, "text", _TEXT_SURE)
    if of_page:
        yield of_page


class _Given(BaseModel):
    """The fields of an article that people write; other keys are left alone."""

    model_config = ConfigDict(extra="ignore")

    id: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    date: str | None = None
    source: str | None = None
    text: str | None = None
    html: str | None = None

    @field_validator("id", mode="before")
    @classmethod
    def _number_is_id(cls, value: object) -> object:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator("id", "url", "title", "published", "date", "source", mode="after")
    @classmethod
    def _blank_is_none(cls, value: str | None) -> str | None:
        value = _UNPRINTABLE.sub(" ", value).strip() if value else None
        return value if value not in ("", "null", "~") else None


def _read_fields(record: Record) -> _Given:
    try:
        given = _Given.model_validate({**record.fields, "text": record.text, "html": record.html}, strict=True)
    except ValidationError as err:
        first = err.errors()[0]
        raise SkipInput(record.name, f"{first['loc'][0]!r} must be text, not {_kind(first['input'])}") from err
    if given.text is None and given.html is None:
        raise SkipInput(record.name, "it has neither 'text' nor 'html'; give the article in one of them")
    if given.id and len(given.id) > _LONGEST_ID:
        raise SkipInput(record.name, f"its 'id' has {len(given.id)} characters; give one of at most {_LONGEST_ID}")
    return given


def _kind(value: object) -> str:
    names = {list: "a list", dict: "an object", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), type(value).__name__)


def _printable(text: str, record: Record, report: Report) -> str:
    """The text with a space for each control character, so that offsets stay as they were."""
    clean, count = _UNPRINTABLE.subn(" ", text)
    if count:
        report(Problem(record.name, f"{count} control characters are read as spaces", skipped=False))
    return clean


def _language(text: str, record: Record) -> str | None:
    if not any(char.isalnum() for char in text):
        raise SkipInput(record.name, "it is empty; give an article with text", kind="no text")
    language = detect_language(text)
    if language not in (None, ENGLISH):
        reason = f"the text is not English ({language}); only English articles can be read"
        raise SkipInput(record.name, reason, kind="language")
    return "en" if language else None


def _published(given: _Given, record: Record) -> date | None:
    field, value = ("published", given.published) if given.published else ("date", given.date)
    if value is None:
        return None
    try:
        day = parse_date(value)
    except TimeValueError as err:
        raise SkipInput(record.name, f"{field}: {err}; correct it or leave it out") from err
    if day is None:
        raise SkipInput(record.name, f"{field}: {value[:60]!r} is not a full date; write it as 2025-01-15")
    return day


def _not_in_future(published: date | None, record: Record, today: date, report: Report) -> date | None:
    """The day, or None with a note: relative dates counted from a wrong day would be wrong."""
    if published is None:
        report(Problem(record.name, f"no publication date found: {_WITHOUT_DAY}", skipped=False))
    elif published > today + timedelta(days=1):
        problem = f"the publication date {published} is in the future and is not used: {_WITHOUT_DAY}"
        report(Problem(record.name, problem, skipped=False))
        return None
    return published


def _path(path: str) -> str:
    """The path as given, with a mark for bytes of a file name that are no text."""
    return os.fsencode(path).decode("utf-8", "replace")
