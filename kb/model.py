"""The domain: what an article says, and what the graph makes of it. Frozen values, no behaviour beyond checks.

Offsets count characters of `Article.text`; `text[span.start:span.end] == span.text`, always.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.timevalue import Basis, Interval, Offset, Precision, TimeValue


class Status(StrEnum):
    """What a claim says about its event, as the article tells it on its publication day."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    SCHEDULED = "scheduled"
    PROPOSED = "proposed"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"
    CANCELLED = "cancelled"


class EventStatus(StrEnum):
    """What became of an event, as far as is known: what its claims say, or that another event came in its way."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    SCHEDULED = "scheduled"
    PROPOSED = "proposed"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"
    CANCELLED = "cancelled"
    OVERTAKEN = "overtaken"
    """It was to come, and will not as it was told: put off, replaced, or settled otherwise. Said by no claim."""


RENAMED = " until "
"""Between a former name and its last day, as the graph keeps them: "Twitter until 2023-07-23"."""


class EntityKind(StrEnum):
    """What kind of thing an entity is. One kind per name per article."""

    PERSON = "person"
    COMPANY = "company"
    ORGANIZATION = "organization"
    AGENCY = "agency"
    COURT = "court"
    LEGISLATURE = "legislature"
    GOVERNMENT = "government"
    LAW = "law"
    CASE = "case"
    ORDER = "order"
    PLACE = "place"
    PRODUCT = "product"
    EVENT_NAME = "event-name"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the article's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one article, as read from an input."""

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    source: str | None = None
    url: str | None = None
    path: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    published_at: str | None = None
    """The moment of publication as ISO text, with its offset from UTC where that is known."""
    updated_at: str | None = None
    """The moment of the last change the article itself tells of, likewise."""
    dated_by: str | None = None
    """Where the day of publication was found: `given`, `feed`, `metadata`, `address`, `page` or `text`."""
    dated_with: float | None = None
    """How sure that place is, 0 to 1."""
    paywalled: bool = False
    """True if the article says that readers have to pay for the rest of it."""


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A temporal expression and what it means."""

    span: Span
    time: TimeValue


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing named in an article: one kind, one canonical name, and where the text speaks of it, in text order."""

    id: str
    name: str
    kind: EntityKind
    mentions: tuple[Span, ...]
    """Where it is named."""
    references: tuple[Span, ...] = ()
    """Where it is meant by a description ("the company", "its parent") or a pronoun: no names of it."""
    roles: tuple[str, ...] = ()
    """What the article says it is, in common nouns: "judge", "airline"; sorted."""

    @property
    def places(self) -> tuple[Span, ...]:
        """Mentions and references in text order; one may lie inside another ("its" in "its parent")."""
        return tuple(sorted((*self.mentions, *self.references)))


@dataclass(frozen=True, slots=True)
class When:
    """The day or days a claim puts its event on. Always has a calendar interval."""

    span: Span
    interval: Interval
    precision: Precision
    basis: Basis
    offset: Offset | None = None
    """For a legal clock ("within 60 days of this order"): what it counts from, so that it can be counted again."""


@dataclass(frozen=True, slots=True)
class Actor:
    """An entity in a role of an event (court, plaintiff, issuer, target …)."""

    role: str
    entity: str
    name: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What an article says about one event: the fact everything else is folded from."""

    id: str
    type: str
    status: Status
    title: str
    trigger: Span
    sentence: Span
    when: When | None
    actors: tuple[Actor, ...]
    attributed_to: str | None
    confidence: float
    cues: tuple[str, ...] = ()
    """The words that gave the status, so that a reader can see why."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one article, in text order."""

    article: Article
    times: tuple[TimeMention, ...]
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
