"""The hand-made gold of the fixture articles: one YAML file of `fixtures/expected` per article.

A quote is a unique stretch of the article's text that holds the event's trigger and its calendar expression.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kb.model import Article, EntityKind, Span, Status
from kb.timevalue import Interval, Precision
from tests.sheets import read_sheet

FIXTURES = Path(__file__).parents[2] / "fixtures"
ARTICLES = FIXTURES / "articles"
EXPECTED = FIXTURES / "expected"

STORIES = FIXTURES / "stories"

DeadlineChange = Literal["set", "extended", "stayed", "moved-up", "met", "missed", "lapsed", "waived"]
ConflictKind = Literal["date", "status", "actor", "number", "outcome", "weekday", "arithmetic", "office"]
Words = Annotated[str, Field(min_length=1)]
Kinds = Annotated[tuple[EntityKind, ...], BeforeValidator(lambda value: value if isinstance(value, list) else [value])]


Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldEvent(_Form):
    """One event that the text itself puts in time."""

    quote: Words
    trigger: Words
    time: Words
    first_day: date
    last_day: date
    precision: Precision
    type: Words
    status: Status
    must: bool = False
    """The backbone of the story: it has to come out with these days, this type and this status."""
    event: Slug | None = None
    """Which event of its story this tells of: the same slug in every article that tells of it."""

    @property
    def interval(self) -> Interval:
        """The days, half-open."""
        return Interval.days(self.first_day, self.last_day)


class GoldEntity(_Form):
    """A thing that has to be found, with the kind (or one of the kinds) that it is."""

    name: Words
    kind: Kinds
    id: Slug | None = None
    """Which thing of its story this is: the same slug in every article that names it."""
    names: tuple[Words, ...] = ()
    """What else the article calls it: acronyms, short forms, definite descriptions."""


class Expected(_Form):
    """What a careful reader finds in one article."""

    file: Words
    title: Words
    published: date
    events: tuple[GoldEvent, ...]
    entities: tuple[GoldEntity, ...]
    none: tuple[Words, ...]
    """Quotes of sentences that hold no dated event, however much they look like one."""
    held_back: bool = False
    """Whoever works on the extraction does not open this article: it measures what nobody tuned for."""


class Quoted(_Form):
    """A stretch of one article of a story, named by the stem of its gold file."""

    article: Words
    quote: Words


class Change(Quoted):
    """One step in the history of a deadline, as the first article of the story that tells it has it."""

    change: DeadlineChange
    due: date
    known_on: date
    by: Words | None = None


class Ledger(_Form):
    """A deadline and what became of it."""

    event: Slug
    chain: Annotated[tuple[Change, ...], Field(min_length=1)]


class Conflict(_Form):
    """Two claims that cannot both hold, and on what they differ."""

    on: ConflictKind
    one: Quoted
    other: Quoted


class Story(_Form):
    """What several articles say of one story together: identity across them stands in their own gold, as slugs."""

    story: Slug
    title: Words
    articles: tuple[Words, ...]
    deadlines: tuple[Ledger, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    copies: tuple[tuple[Words, ...], ...] = ()
    """Articles that are one wire text."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event stands in its article."""

    trigger: int
    """Offset of the trigger's first character."""
    quote: Span


def place(article: Article, event: GoldEvent) -> Place:
    """Offsets of `event`; ValueError if its quote is not a unique part of the text."""
    start = find_unique(article, event.quote)
    return Place(
        trigger=start + event.quote.index(event.trigger),
        quote=Span(start, start + len(event.quote), event.quote),
    )


def find_unique(article: Article, quote: str) -> int:
    """Where `quote` starts, or ValueError if it does not stand in the text exactly once."""
    count = article.text.count(quote)
    if count != 1:
        raise ValueError(f"{article.title!r}: {quote!r} stands {count} times in the text")
    return article.text.index(quote)


def expected_paths() -> list[Path]:
    """The gold files, in order of their names."""
    return sorted(EXPECTED.glob("*.yaml"))


@cache
def load_expected(path: Path) -> Expected:
    """One gold file; a pydantic ValidationError names what is wrong in it."""
    return Expected.model_validate(read_sheet(path))


def load_stories() -> list[Story]:
    """All stories, in order of their names."""
    paths = sorted(STORIES.glob("*.yaml"))
    return [Story.model_validate(read_sheet(path)) for path in paths]


def every_event() -> Iterator[tuple[Path, GoldEvent]]:
    """All events of all gold files."""
    for path in expected_paths():
        for event in load_expected(path).events:
            yield path, event
