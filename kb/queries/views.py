"""What the read models return: frozen values fit for a page, a table or JSON. Days are ISO text, both inclusive."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_QUOTATION_MARKS = '"\u201c\u201d\u201e\u00ab\u00bb'
_EVERYWHERE = frozenset("a an and at by for from in is of on or the to was with".split())
_WORD = re.compile(rf"[{_QUOTATION_MARKS}][^{_QUOTATION_MARKS}]+[{_QUOTATION_MARKS}]|\S+")


@dataclass(frozen=True, slots=True)
class ActorView:
    """An entity in a role."""

    role: str
    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of a timeline."""

    id: str
    type: str
    status: str
    title: str
    first_day: str
    last_day: str
    precision: str
    claims: int
    sources: int
    first_reported: str | None
    last_reported: str | None
    actors: tuple[ActorView, ...] = ()
    outlets: int = 0
    """Outlets that report it; `sources` counts those that print one text once."""
    because: tuple[str, ...] = ()
    """Why its claims are taken for one event."""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its quote and where it was published. Undated claims have no days."""

    id: str
    type: str
    status: str
    title: str
    first_day: str | None
    last_day: str | None
    precision: str | None
    basis: str | None
    time_text: str | None
    time_start: int | None
    trigger: str
    quote: str
    start: int
    end: int
    trigger_start: int
    attributed_to: str | None
    cues: tuple[str, ...]
    confidence: float
    published: str | None
    recorded_at: str
    article: str
    article_title: str | None
    url: str | None
    source: str | None
    event: str | None
    origin: str | None = None
    """The article whose text this one's is a copy of; None for one with a text of its own."""


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One step in an event's history."""

    seq: int
    first_day: str
    last_day: str
    status: str
    known_on: str | None
    claim: str
    because: str | None = None
    """What another event did to this one ("counted again: 60 days from 2026-05-01"): `claim` is of that one then."""


@dataclass(frozen=True, slots=True)
class EventDetail:
    """An event with everything it rests on, claims by publication day."""

    event: EventView
    claims: tuple[ClaimView, ...]
    revisions: tuple[RevisionView, ...]
    conflicts: tuple[ConflictView, ...] = ()
    """Claims about it that cannot both hold, or clash with claims about another event."""
    elsewhere: tuple[ClaimView, ...] = ()
    """Claims about other events that its history rests on: what overtook it, or moved what its clock counts from."""
    deadline: DeadlineView | None = None
    """Its ledger, if it is a deadline and that was asked for."""
    mentions: tuple[ClaimView, ...] = ()
    """Claims that speak of it without telling a day: they count as no report."""


@dataclass(frozen=True, slots=True)
class UndatedDetail:
    """An event of which no source gives the day, with the claims that speak of it."""

    id: str
    type: str
    status: str
    title: str
    mentions: tuple[ClaimView, ...]
    sources: int
    outlets: int
    first_reported: str | None
    last_reported: str | None
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Two claims that cannot both hold; where one claim cannot be right as it stands, `other` is None."""

    on: str
    """date, status, actor, number, outcome, weekday, arithmetic or office."""
    says: str
    one: ClaimView
    other: ClaimView | None


@dataclass(frozen=True, slots=True)
class StepView:
    """One step in the history of a deadline."""

    change: str
    """set, extended, moved-up, stayed, waived, lapsed, met, missed or in-effect."""
    due: str
    known_on: str | None
    by: str | None
    """Name of who changed it, where an article says so."""
    slippage: int
    """Days from the first due day to this one."""
    claim: ClaimView


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """A deadline and what became of it; or a day on which a law takes effect, if that was moved."""

    event: str
    type: str
    """Of the event: 'deadline' of most, else what it is that has a day, as 'law_effective'."""
    title: str
    due: str
    state: str
    """open, passed (and nothing reported), stayed, waived, lapsed, met, missed or in-effect."""
    slippage: int
    """Days from the first due day to the last."""
    actors: tuple[ActorView, ...]
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A `DeadlineView` in one line: where it stands, and what became of it."""

    event: str
    type: str
    title: str
    first_day: str
    """The first day of the span in which it is due, as exactly as articles put it; the last is `due`."""
    due: str
    precision: str
    state: str
    slippage: int
    moves: int
    """How many other days it stood on before."""
    steps: int


@dataclass(frozen=True, slots=True)
class OverdueView:
    """An event that should have happened by now, and of which nobody reported whether it did."""

    event: EventView
    days: int
    """Since its last day."""


@dataclass(frozen=True, slots=True)
class StoryView:
    """Events that hang together by the actors and things they share."""

    id: str
    """The id of its first event."""
    title: str
    """The names that most of its events share."""
    events: tuple[EventView, ...]
    actors: tuple[ConnectedView, ...]
    """Those with most connections first."""


@dataclass(frozen=True, slots=True)
class ConnectedView:
    """An entity of a story, and how much it holds the story together."""

    id: str
    name: str
    kind: str
    events: int
    centrality: float
    """Share of the shortest paths between other entities that lead over it, 0 to 1."""


@dataclass(frozen=True, slots=True)
class PathView:
    """The shortest way between two entities: entities, and between each two of them the events they share."""

    entities: tuple[ActorView, ...]
    events: tuple[tuple[EventView, ...], ...]


@dataclass(frozen=True, slots=True)
class EntityView:
    """An entity as a search hit."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    events: int
    articles: int
    roles: tuple[str, ...] = field(default=(), compare=False)
    """What articles say it is, as far as it tells it from namesakes: "mayor of Leeds". Empty on a day of the past, as
    nobody keeps who said it when; so it makes no difference between two views.
    """


@dataclass(frozen=True, slots=True)
class NeighbourView:
    """Another entity and the number of events both act in."""

    id: str
    name: str
    kind: str
    shared: int


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article in a list."""

    id: str
    title: str | None
    source: str | None
    url: str | None
    published: str | None
    language: str | None
    claims: int


@dataclass(frozen=True, slots=True)
class NameView:
    """A name, in how many articles it stands, and the days of the first and the last of these."""

    name: str
    articles: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class EntityDetail:
    """An entity with its timeline, those it acts with, and the articles that name it."""

    entity: EntityView
    events: tuple[EventView, ...]
    undated: tuple[ClaimView, ...]
    neighbours: tuple[NeighbourView, ...]
    articles: tuple[ArticleView, ...]
    names: tuple[NameView, ...] = ()
    """What it was called when, the name that most articles use first."""
    namesakes: tuple[EntityView, ...] = ()
    """Others that are called exactly so."""


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    """The current version of an article, its claims in text order and the entities it names."""

    article: ArticleView
    text: str
    claims: tuple[ClaimView, ...]
    entities: tuple[EntityView, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What the graph holds."""

    articles: int
    claims: int
    undated: int
    events: int
    entities: int
    sources: int
    first_day: str | None
    last_day: str | None
    types: tuple[tuple[str, int], ...] = field(default=())
    """Event types with their number of events, most frequent first."""
    statuses: tuple[tuple[str, int], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events to show. Empty fields do not filter.

    `first`, `last`: ISO days, inclusive; an event that overlaps the window is in it. `entity`: an entity's id. `text`:
    words, and phrases in quotation marks, that all stand in the title, in the names of who is in the event or in what
    is quoted of it, in whatever order and case. `as_of`: only what was published by that day is taken into account;
    `recorded_by`: only what this graph had been given by then. `main`: of all that pass the rest, only so many, those
    that weigh most with a reader (`kb.queries.weight`).
    """

    entity: str | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    text: str | None = None
    as_of: str | None = None
    recorded_by: str | None = None
    events: frozenset[str] | None = None
    """Only events of these ids, such as those of a story."""
    main: int | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words and phrases of `text`, in small letters."""
        return words_of(self.text or "")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a search and, of what stands in quotation marks, the phrases; in small letters.

    Words that stand nearly everywhere are left out where there are others.

    >>> words_of('the Ferry “within  60 days”')
    ('ferry', 'within 60 days')
    """
    told = (" ".join(found[0].strip(_QUOTATION_MARKS).split()) for found in _WORD.finditer(text.lower()))
    words = tuple(dict.fromkeys(word for word in told if word))
    return tuple(word for word in words if word not in _EVERYWHERE) or words
