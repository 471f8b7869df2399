"""Claims: what an article says happened, is due, may happen or did not happen, and when.

Nearly every calendar expression dates an event, so each is followed to the predicates it belongs to (`attach`,
`sharing`, but see `guards`), which are typed by the ontology (`triggers`) and weighed (`status`, `deadlines`). Words
that name an event by themselves become claims without a date, or with that of the heading they stand under (`undated`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from ingest.extract.attribution import source_of
from ingest.extract.confidence import confidence_of
from ingest.extract.dating import Dating, preposition_of
from ingest.extract.deadlines import DEADLINE, clock_start, duty_cue, duty_verb, limit_of
from ingest.extract.grammar import Reading, Typing, read, tokens_of
from ingest.extract.guards import dates_nothing, is_mere_state, outermost
from ingest.extract.roles import actors_of
from ingest.extract.sharing import dated_by
from ingest.extract.status import status_of
from ingest.extract.titles import title_of
from ingest.extract.triggers import type_of
from ingest.extract.undated import heading_above, headings, undated_triggers
from kb import ids
from kb.model import Article, Claim, Entity, Span, TimeMention, When
from kb.ontology.model import OTHER, Ontology
from kb.timevalue import Basis, Precision


def find_claims(
    doc: Doc, article: Article, times: Sequence[TimeMention], entities: Sequence[Entity], ontology: Ontology
) -> tuple[Claim, ...]:
    """Every claim of the article, in text order.

    `doc` is the annotated text of `article` (`ingest.nlp.pipeline.annotate`); `times` and `entities` are its own.
    """
    version = ids.version_id(article.id, article.title, article.published, article.text)
    desk = _Desk(read(doc, times, entities), article, version, ontology)
    dated = desk.dated(times)
    claims: dict[str, Claim] = {}
    for claim in (*dated, *desk.undated(times, frozenset(c.trigger.start for c in dated))):
        claims.setdefault(claim.id, claim)
    return tuple(sorted(claims.values(), key=lambda c: (c.trigger.start, c.when.span.start if c.when else -1, c.id)))


@dataclass(frozen=True, slots=True)
class _Desk:
    """One article being read."""

    reading: Reading
    article: Article
    version: str
    ontology: Ontology

    def dated(self, times: Sequence[TimeMention]) -> list[Claim]:
        """Claims that a calendar expression of their own sentence puts in time."""
        claims: list[Claim] = []
        seen: set[tuple[int, str, str]] = set()
        for mention, dating in self._datings(times):
            limit = limit_of(dating.expression, preposition_of(self.reading, dating.expression))
            for trigger in self._triggers(dating, limit):
                key = (trigger.i, dating.interval.first_day, dating.interval.last_day)
                if key not in seen and not self._is_state(trigger):
                    seen.add(key)
                    duty = duty_cue(self.ontology.status, trigger, dating.expression, limit)
                    claims.append(self._claim(trigger, dating, _when(mention), duty))
        return claims

    def undated(self, times: Sequence[TimeMention], taken: frozenset[int]) -> Iterator[Claim]:
        """Claims of a definite type without a date of their own, other than those whose triggers start at `taken`.

        A heading above may lend them its date.
        """
        found = headings(self.reading.doc, times)
        for trigger in undated_triggers(self.reading, self.ontology, taken):
            mention = heading_above(found, trigger.idx)
            when = None if mention is None else _when(mention, basis=Basis.CONTEXT)
            yield self._claim(trigger, None, when, None)

    def _datings(self, times: Sequence[TimeMention]) -> Iterator[tuple[TimeMention, Dating]]:
        published = self.article.published
        for mention in outermost(times):
            interval = mention.time.interval
            expression = tokens_of(self.reading.doc, mention.span.start, mention.span.end)
            if interval is None or len(expression) == 0 or not expression[0].has_dep():
                continue
            if not dates_nothing(self.reading, expression):
                yield mention, Dating(expression, interval, published)

    def _triggers(self, dating: Dating, limit: str | None) -> tuple[Token, ...]:
        duty = duty_verb(dating.expression, limit)
        if duty is not None:
            return (duty,)
        found = dated_by(self.reading, self.ontology, dating)
        start = None if found else clock_start(dating.expression, limit)
        return found if start is None else (start,)

    def _is_state(self, trigger: Token) -> bool:
        return is_mere_state(trigger) and type_of(self.reading, self.ontology, trigger).type == OTHER

    def _claim(self, trigger: Token, dating: Dating | None, when: When | None, duty: str | None) -> Claim:
        typing = Typing(DEADLINE, 3) if duty else type_of(self.reading, self.ontology, trigger)
        reality = status_of(self.ontology, trigger, dating, deadline=typing.type == DEADLINE)
        start = when.span.start if when else None
        return Claim(
            id=ids.claim_id(self.version, typing.type, trigger.idx, start),
            type=typing.type,
            status=reality.status,
            title=title_of(self.reading, trigger),
            trigger=Span(trigger.idx, trigger.idx + len(trigger), trigger.text),
            sentence=_sentence(trigger, self.article.text),
            when=when,
            actors=actors_of(self.reading, self.ontology, typing.type, trigger),
            attributed_to=source_of(self.reading, self.ontology, trigger),
            confidence=confidence_of(typing, trigger, dating),
            cues=(*((duty,) if duty else ()), *reality.cues),
        )


def _when(mention: TimeMention, basis: Basis | None = None) -> When | None:
    time = mention.time
    if time.interval is None:
        return None
    precision = time.precision or (Precision.DAY if time.interval.length == 1 else Precision.RANGE)
    return When(mention.span, time.interval, precision, basis or time.basis or Basis.EXPLICIT, time.offset)


def _sentence(trigger: Token, text: str) -> Span:
    """The sentence of `trigger`, without the white space around it."""
    start, end = trigger.sent.start_char, trigger.sent.end_char
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end, text[start:end])
