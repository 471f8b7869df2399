"""What a source is: the form of its YAML file, checked."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cssselect import HTMLTranslator, SelectorError
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from ingest.inputs.dating import DatePlace
from ingest.inputs.page import Hints
from kb.weburl import canonical_url

LONGEST_NAME = 61
NAME = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{LONGEST_NAME - 1}}}\Z")
SHORTEST, LONGEST = 300.0, 86400.0
"""Seconds between two runs of a source: never more often than every five minutes, never less than daily."""
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_ANY_DAY = date(2024, 3, 15)
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*\Z")
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])?\Z")


class Kind(StrEnum):
    """How a source tells of its articles."""

    FEED = "feed"
    """RSS, Atom or JSON Feed at `url`."""
    PAGES = "pages"
    """Pages that link to articles: `url`, or several `urls`; `selector` says which links."""
    SITEMAP = "sitemap"
    """A sitemap, or an index of some, at `url`."""
    URLS = "urls"
    """The articles themselves: `urls`, or a file with one a line (`list`)."""
    FOLDER = "folder"
    """Files below `path`: what is new or changed is read, and nothing is moved."""
    DROP = "drop"
    """Files put into `path`: each is read once and moved to `done` or `failed` in it. Mail (.eml) too."""


WEB = frozenset({Kind.FEED, Kind.PAGES, Kind.SITEMAP, Kind.URLS})


_PLACES = {
    "url": (Kind.FEED, Kind.PAGES, Kind.SITEMAP),
    "urls": (Kind.PAGES, Kind.URLS),
    "list": (Kind.URLS,),
    "path": (Kind.FOLDER, Kind.DROP),
}
"""Which kinds start from which key."""


def seconds(value: object) -> object:
    """`15m`, `2h`, `1d` or a number of seconds, in seconds."""
    match = _SPAN.match(value.strip()) if isinstance(value, str) else None
    if match is None:
        if isinstance(value, str):
            raise ValueError(f"{value!r} is not a length of time: write 15m, 2h or 1d")
        return value
    return float(match[1]) * _UNITS[match[2] or "s"]


Seconds = Annotated[float, BeforeValidator(seconds)]


def _words(value: object) -> object:
    """A word alone, or a list of them; none of them blank."""
    listed = [value] if isinstance(value, str) else value
    if isinstance(listed, list | tuple) and any(isinstance(one, str) and not one.strip() for one in listed):
        raise ValueError("an empty word would match nothing; leave it out")
    return listed


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Filters(_Form):
    """Which articles are wanted. Empty filters want all."""

    keywords: Words = ()
    """One of these words or phrases stands in the title or the text, whatever the case."""
    exclude: Words = ()
    """None of these does."""
    sections: Words = ()
    """The article is in one of these sections (or has one of these categories), whatever the case."""
    addresses: Words = ()
    """The article's address is like one of these: `*/news/*`."""

    def wants_address(self, url: str) -> bool:
        """True unless addresses are filtered and this one is like none of them."""
        return not self.addresses or any(fnmatchcase(url, like) for like in self.addresses)

    def objection(self, title: str | None, text: str, sections: tuple[str, ...]) -> str | None:
        """Why an article is not wanted, in a few words, or None."""
        words = f"{title or ''}\n{text}".casefold()
        if self.sections and not {name.casefold() for name in self.sections} & {name.casefold() for name in sections}:
            return "section"
        if self.keywords and not any(_has(words, keyword) for keyword in self.keywords):
            return "no keyword"
        return "excluded word" if any(_has(words, word) for word in self.exclude) else None


class DateHint(_Form):
    """Where the day of publication stands in a page, and how it is written."""

    selector: str
    pattern: str
    """As strptime knows it: `%d %B %Y`."""

    @field_validator("pattern")
    @classmethod
    def _names_a_day(cls, value: str) -> str:
        try:
            read = datetime.strptime(_ANY_DAY.strftime(value), value).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            read = None
        if read != _ANY_DAY:
            raise ValueError(f"{value!r} does not say day, month and year: write them like '%d %B %Y'")
        return value


class Source(_Form):
    """One source. Its name is its file's."""

    name: str = Field(exclude=True)
    kind: Kind
    title: str | None = None
    """For people."""
    url: str | None = None
    urls: Words = ()
    list: Path | None = None
    path: Path | None = None
    outlet: str | None = None
    """Who publishes it; else what the pages say of themselves."""
    language: str = "en"
    timezone: ZoneInfo | None = None
    """Where the outlet is: a moment becomes a day there."""
    interval: Seconds | None = None
    """Time between two runs; without one it is adapted to how often the source publishes."""
    filters: Filters = Filters()
    content: Literal["page", "feed"] = "page"
    """Where the text is: in the pages a feed links to, or in the feed itself."""
    selector: str | None = None
    """CSS: the links to articles, in a page list."""
    text: str | None = None
    """CSS: the elements of a page that hold the story."""
    date: DateHint | None = None
    newer_than: Seconds | None = None
    """Leave out what the sitemap or feed dates earlier than this: `30d`."""
    delay: Seconds = Field(default=1.0, ge=0, le=600)
    """Seconds between two requests to its host."""
    limit: int = Field(default=200, ge=1, le=10_000)
    """Pages to fetch in one run at most; the rest is for the next."""
    disabled: bool = False

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @field_validator("timezone", mode="before")
    @classmethod
    def _zone(cls, value: object) -> object:
        if value is None or isinstance(value, ZoneInfo):
            return value
        try:
            return ZoneInfo(str(value))
        except (ZoneInfoNotFoundError, ValueError, OSError) as err:
            raise ValueError(f"{value!r} is not a time zone: write one such as Europe/Berlin") from err

    @field_validator("interval")
    @classmethod
    def _within_a_day(cls, value: float | None) -> float | None:
        if value is not None and not SHORTEST <= value <= LONGEST:
            raise ValueError(
                f"a source can be checked from every 5 minutes to once a day, not every {value:g} s: write 5m to 1d"
            )
        return value

    @field_validator("language")
    @classmethod
    def _tongue(cls, value: str) -> str:
        if not _LANGUAGE.match(value):
            raise ValueError(f"{value!r} is not a language: write its short name, such as en or en-GB")
        return value

    @field_validator("url", "urls")
    @classmethod
    def _web(cls, value: str | tuple[str, ...] | None) -> object:
        for url in [value] if isinstance(value, str) else value or ():
            if not canonical_url(url):
                raise ValueError(f"{url!r} is not a web address: write one that begins with https:// or http://")
        return value

    @field_validator("selector", "text")
    @classmethod
    def _css(cls, value: str | None) -> str | None:
        if value is not None:
            check_selector(value)
        return value

    @model_validator(mode="after")
    def _has_place(self) -> Self:
        for place, kinds in _PLACES.items():
            if getattr(self, place) and self.kind not in kinds:
                raise ValueError(f"a source of kind {self.kind} does not use {place}: leave it out, or change the kind")
        if self.kind in (Kind.FEED, Kind.SITEMAP) and not self.url:
            raise ValueError(f"a source of kind {self.kind} needs a url")
        if self.kind is Kind.PAGES and not (self.url or self.urls):
            raise ValueError("a source of kind pages needs a url, or urls")
        if self.kind is Kind.URLS and not (self.urls or self.list):
            raise ValueError("a source of kind urls needs urls, or the path of a list of them")
        if self.kind in (Kind.FOLDER, Kind.DROP) and not self.path:
            raise ValueError(f"a source of kind {self.kind} needs a path")
        if self.date is not None:
            check_selector(self.date.selector)
        return self

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses it starts from."""
        return ((self.url,) if self.url else ()) + self.urls

    @property
    def hints(self) -> Hints:
        """What is known about its pages."""
        place = DatePlace(self.date.selector, self.date.pattern) if self.date else None
        return Hints(self.timezone, self.text, place)


def check_selector(selector: str) -> None:
    """Raise ValueError unless `selector` is CSS."""
    try:
        HTMLTranslator().css_to_xpath(selector)
    except SelectorError as err:
        raise ValueError(f"{selector!r} is not a CSS selector: {err}") from err


def _has(words: str, phrase: str) -> bool:
    """True if `phrase` stands in `words` as whole words."""
    phrase = phrase.casefold()
    at = words.find(phrase)
    while at >= 0:
        before, after = words[at - 1 : at] if at else "", words[at + len(phrase) : at + len(phrase) + 1]
        if not (before.isalnum() or after.isalnum()):
            return True
        at = words.find(phrase, at + 1)
    return False
