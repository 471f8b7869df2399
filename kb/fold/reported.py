"""From an extraction to the claims that the fold takes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

from kb.fold.claim import MENTIONED, UNDATED, ReportedClaim
from kb.fold.identity import rules
from kb.fold.undated import may_lie, points_at_an_event
from kb.fold.words import stem
from kb.ids import source_id
from kb.model import Article, Claim, Entity, EntityKind, Extraction, Span

_TOPICS = 3
"""How many entities an article is about."""
_TOPICAL = 2
"""Mentions an entity needs to be what an article is about, unless it stands in the headline."""
WORD = "word:"
"""Marks a topic that is a word, not an entity."""
_WORD = re.compile(r"[^\W\d_]+")
_READ = 20_000
"""Characters of a text that are read for its topics."""
_RECURRING, _TELLING = 3, 5
"""How often a word recurs in a text, and its least length, to say what that is about."""
_SHORT, _TINY = 1500, 900
"""Characters below which once less is enough, and a single time to tell the story."""
_PROFILE = 25
"""Most things, and most words, of a profile."""

_VAGUE = frozenset((EntityKind.PLACE, EntityKind.GOVERNMENT))
"""Kinds that too many events share to tell them apart."""
_OF_MANY_STORIES = _VAGUE | {EntityKind.COURT}
"""Kinds that too many stories share: one supreme court hears them all."""


def reported_claims(extraction: Extraction) -> Iterator[ReportedClaim]:
    """The claims of one article that tell of an event: those with a day, and those that point at one without."""
    yield from filter(_tells, _reported(extraction))


def _tells(claim: ReportedClaim) -> bool:
    return not claim.undated or points_at_an_event(claim)


def _reported(extraction: Extraction) -> Iterator[ReportedClaim]:
    published = published_day(extraction.article)
    topics, profile = topics_of(extraction), profile_of(extraction)
    telling = {entity.id for entity in extraction.entities if entity.kind not in _VAGUE}
    doubts = {mention.span: mention.time.flags for mention in extraction.times if mention.time.flags}
    named = Named(extraction.entities)
    outlet = source_name(extraction.article)
    source = source_id(outlet) if outlet else None
    for claim in extraction.claims:
        when = claim.when
        days = (when.interval.first_day, when.interval.last_day) if when else may_lie(claim.status, published)
        roles = named.roles_of(claim)
        yield ReportedClaim(
            id=claim.id,
            type=claim.type,
            status=claim.status,
            title=claim.title,
            first_day=days[0],
            last_day=days[1],
            precision=when.precision.value if when else UNDATED,
            actors=tuple(sorted(roles)),
            source=source,
            published=published,
            confidence=claim.confidence,
            article=extraction.article.id,
            origin=extraction.article.id,
            trigger=claim.trigger.text,
            quote=claim.sentence.text,
            time_text=when.span.text if when else "",
            names=tuple(sorted({entity for _, entity in roles if entity in telling})),
            topics=topics,
            profile=profile,
            doubts=doubts.get(when.span, ()) if when else (),
            clock=when.offset if when else None,
            at=claim.trigger.start,
        )


def topics_of(extraction: Extraction) -> tuple[str, ...]:
    """What the article is about, fit for filing: the things it names most, those of the headline first, and words."""
    title = extraction.article.title or ""
    counted = sorted(
        (not any(mention.text in title for mention in entity.mentions), -len(entity.mentions), entity.id)
        for entity in extraction.entities
        if entity.kind not in _VAGUE
    )
    topical = [id_ for unheaded, count, id_ in counted if not unheaded or -count >= _TOPICAL]
    return (
        *sorted(topical[:_TOPICS]),
        *sorted(_recurring_in(extraction.article, _enough(extraction.article))[:_TOPICS]),
    )


def profile_of(extraction: Extraction) -> tuple[str, ...]:
    """All that tells what story an article belongs to: the things it names, and words it keeps coming back to.

    Of a short text also the places, as it hardly names anything else; of one of a few sentences all its words.
    """
    short = len(extraction.article.text) < _SHORT
    enough = 1 if len(extraction.article.text) < _TINY else _enough(extraction.article)
    telling = sorted(
        (-len(entity.mentions), entity.id)
        for entity in extraction.entities
        if entity.kind not in _OF_MANY_STORIES or (short and entity.kind is EntityKind.PLACE)
    )
    return (
        *sorted(id_ for _, id_ in telling[:_PROFILE]),
        *sorted(_recurring_in(extraction.article, enough)[:_PROFILE]),
    )


def _enough(article: Article) -> int:
    return _RECURRING - (len(article.text) < _SHORT)


def _recurring_in(article: Article, enough: int) -> tuple[str, ...]:
    return _recurring(article.text, article.title or "", enough)


@lru_cache(maxsize=256)
def _recurring(text: str, title: str, enough: int) -> tuple[str, ...]:
    """Words that a text and its title keep coming back to, marked as words, the most frequent first."""
    words = (word.casefold() for word in _WORD.findall(text[:_READ]))
    common, senses = _common(), rules().senses
    stemmed = (stem(word) for word in words if len(word) >= _TELLING and word not in common)
    counts = Counter(senses.get(word, word) for word in stemmed)
    headed = rules().meant(stem(word.casefold()) for word in _WORD.findall(title[:_READ]))
    often = sorted((-count, word) for word, count in counts.items() if count + (word in headed) >= enough)
    return tuple(f"{WORD}{word}" for _, word in often[:_PROFILE])


@cache
def _common() -> frozenset[str]:
    """Words that any article may keep coming back to."""
    return frozenset(files("kb.fold").joinpath("common_words.txt").read_text(encoding="utf-8").split())


class Named:
    """The entities of an article, by where it names them."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        entities = tuple(entities)
        self._ids = [entity.id for entity in entities]
        told = sorted((span.start, number) for number, entity in enumerate(entities) for span in entity.mentions)
        self._starts = [start for start, _ in told]
        self._numbers = [number for _, number in told]

    def roles_of(self, claim: Claim) -> tuple[tuple[str, str], ...]:
        """Who has a part in a claim: its actors, and the others whom its sentence names, as `MENTIONED`."""
        acting = dict.fromkeys((actor.role, actor.entity) for actor in claim.actors)
        known = {entity for _, entity in acting}
        named = (id_ for id_ in self._in(claim.sentence) if id_ not in known)
        return (*acting, *((MENTIONED, entity) for entity in named))

    def _in(self, sentence: Span) -> Iterator[str]:
        """Those of whom a mention begins in `sentence`, in their own order."""
        first, last = (bisect_left(self._starts, at) for at in (sentence.start, sentence.end))
        return (self._ids[number] for number in sorted(set(self._numbers[first:last])))


def source_name(article: Article) -> str | None:
    """The outlet: as the article names it, else the host of its URL."""
    return article.source or (urlsplit(article.url).hostname if article.url else None)


def published_day(article: Article) -> str | None:
    """The day of publication, ISO."""
    return article.published.isoformat() if article.published else None
