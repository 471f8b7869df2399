"""Claims: what an article says happened, is due, may happen or did not happen, and when.

Nearly every calendar expression dates an event, so each is followed to the predicates it belongs to (`attach`,
`sharing`, but see `guards`), which are typed by the ontology (`triggers`) and weighed (`status`, `deadlines`). Words
that name an event by themselves become claims without a date (`undated`), or with one that the text around lends them
(`context`, `retold`). What a later sentence moves or calls off is no longer due (`supersession`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from ingest.extract.attribution import Voices, hear
from ingest.extract.confidence import Calibration, evidence_of, shipped_calibration
from ingest.extract.context import context_of
from ingest.extract.dating import Dating, preposition_of
from ingest.extract.deadlines import DEADLINE, clock_start, duty_cue, duty_verb, limit_of
from ingest.extract.grammar import Reading, Typing, read, tokens_of
from ingest.extract.guards import dates_nothing, is_mere_state, outermost, repeated
from ingest.extract.headword import mood_bearer
from ingest.extract.moves import moved_thing, reality_of_move, without_moves
from ingest.extract.retold import told_elsewhere
from ingest.extract.roles import actors_of
from ingest.extract.second import Place, SecondOpinion
from ingest.extract.sharing import dated_by
from ingest.extract.status import status_of
from ingest.extract.supersession import Told, take_back
from ingest.extract.titles import title_of
from ingest.extract.triggers import type_of
from ingest.extract.undated import undated_triggers
from kb import ids
from kb.model import Article, Claim, Entity, Span, TimeMention, When
from kb.ontology.model import OTHER, Ontology
from kb.timevalue import Basis, Precision

_DUE = Typing(DEADLINE, 3)
_LONGEST_QUOTE = 4000
"""Characters of a sentence that are kept as quote."""


def find_claims(
    doc: Doc,
    article: Article,
    times: Sequence[TimeMention],
    entities: Sequence[Entity],
    ontology: Ontology,
    *,
    calibration: Calibration | None = None,
    opinion: SecondOpinion | None = None,
) -> tuple[Claim, ...]:
    """Every claim of the article, in text order.

    `doc` is the annotated text of `article` (`ingest.nlp.pipeline.annotate`); `times` and `entities` are its own.
    `calibration` turns evidence into confidence; the shipped one if None. `opinion` is asked about
    types that the ontology is not sure of.
    """
    version = ids.version_id(article.id, article.title, article.published, article.text)
    reading = read(doc, times, entities)
    desk = _Desk(
        reading, article, version, ontology, hear(reading, ontology), calibration or shipped_calibration(), opinion
    )
    dated = desk.dated(times)
    told: dict[str, Told] = {}
    for one in (*dated, *desk.undated(times, frozenset(o.claim.trigger.start for o in dated))):
        told.setdefault(one.claim.id, one)
    return tuple(told_elsewhere(take_back(ontology, sorted(told.values(), key=_place)), article, version))


@dataclass(frozen=True, slots=True)
class _Desk:
    """One article being read."""

    reading: Reading
    article: Article
    version: str
    ontology: Ontology
    voices: Voices
    calibration: Calibration
    opinion: SecondOpinion | None

    def dated(self, times: Sequence[TimeMention]) -> list[Told]:
        """Claims that a calendar expression of their own sentence puts in time."""
        chosen: list[tuple[TimeMention, Dating, Token]] = []
        seen: set[tuple[int, str, str]] = set()
        found = [(mention, dating, self._triggers(dating)) for mention, dating in self._datings(times)]
        spare = repeated([(dating, triggers) for _, dating, triggers in found])
        for mention, dating, triggers in found:
            for trigger in triggers:
                key = (trigger.i, dating.interval.first_day, dating.interval.last_day)
                if key not in seen and (dating.start, trigger.i) not in spare and not self._is_state(trigger):
                    seen.add(key)
                    chosen.append((mention, dating, trigger))
        duties = [self._duty(trigger, dating) for _, dating, trigger in chosen]
        doubtful = [trigger for (_, _, trigger), duty in zip(chosen, duties, strict=True) if duty is None]
        typings = self._typings(doubtful)
        told: list[Told] = []
        for (mention, dating, trigger), duty in zip(chosen, duties, strict=True):
            typing = _DUE if duty else typings[trigger.i]
            told.append(Told(self._claim(trigger, dating, _when(mention), duty, typing), trigger, dating))
        return told

    def _duty(self, trigger: Token, dating: Dating) -> str | None:
        return duty_cue(self.ontology.status, trigger, dating.expression, self._limit(dating))

    def _typings(self, triggers: Sequence[Token]) -> dict[int, Typing]:
        """What the ontology says of each trigger and, where that is not sure, a second opinion."""
        found = {trigger.i: type_of(self.reading, self.ontology, trigger) for trigger in triggers}
        if (second := self.opinion) is None:
            return found
        doubted = [trigger for trigger in triggers if second.doubts(found[trigger.i])]
        places = [Place(t.sent.text, t.idx - t.sent.start_char) for t in doubted]
        for trigger, opinion in zip(doubted, second.on(self.article.title or "", places), strict=True):
            found[trigger.i] = second.weigh(found[trigger.i], opinion)
        return found

    def _limit(self, dating: Dating) -> str | None:
        return limit_of(dating.expression, preposition_of(self.reading, dating.expression))

    def undated(self, times: Sequence[TimeMention], taken: frozenset[int]) -> Iterator[Told]:
        """Claims of a definite type without a date of their own, other than those whose triggers start at `taken`.

        The text around may lend them its date.
        """
        context = context_of(self.reading, times)
        for trigger in undated_triggers(self.reading, self.ontology, taken):
            answer = context.answer_to(trigger)
            mention = answer or context.heading_above(trigger.idx)
            when = None if mention is None else _when(mention, basis=Basis.CONTEXT)
            dating = None if answer is None else self._dating(answer)
            typing = type_of(self.reading, self.ontology, trigger)
            yield Told(self._claim(trigger, dating, when, None, typing), trigger, None)

    def _dating(self, mention: TimeMention) -> Dating | None:
        expression = tokens_of(self.reading.doc, mention.span.start, mention.span.end)
        interval = mention.time.interval
        if interval is None or len(expression) == 0 or not expression[0].has_dep():
            return None
        return Dating(expression, interval, self.article.published)

    def _datings(self, times: Sequence[TimeMention]) -> Iterator[tuple[TimeMention, Dating]]:
        for mention in outermost(without_moves(self.reading, self.ontology, times)):
            dating = self._dating(mention)
            if dating is not None and not dates_nothing(self.reading, dating.expression):
                yield mention, dating

    def _triggers(self, dating: Dating) -> tuple[Token, ...]:
        moved = moved_thing(self.ontology, dating)
        if moved is not None:
            return (moved,)
        limit = self._limit(dating)
        duty = duty_verb(dating.expression, limit)
        if duty is not None:
            return (duty,)
        found = dated_by(self.reading, self.ontology, dating)
        start = None if found else clock_start(dating.expression, limit)
        return found if start is None else (start,)

    def _is_state(self, trigger: Token) -> bool:
        return is_mere_state(trigger) and type_of(self.reading, self.ontology, trigger).type == OTHER

    def _claim(
        self, trigger: Token, dating: Dating | None, when: When | None, duty: str | None, typing: Typing
    ) -> Claim:
        if dating is not None and moved_thing(self.ontology, dating) == trigger:
            reality = reality_of_move(dating)
        else:
            reality = status_of(
                self.ontology, mood_bearer(self.ontology, trigger), dating, deadline=typing.type == DEADLINE
            )
        start = when.span.start if when else None
        return Claim(
            id=ids.claim_id(self.version, trigger.idx, start),
            type=typing.type,
            status=reality.status,
            title=title_of(self.reading, trigger),
            trigger=Span(trigger.idx, trigger.idx + len(trigger), trigger.text),
            sentence=_sentence(trigger, when, self.article.text),
            when=when,
            actors=actors_of(self.reading, self.ontology, typing.type, trigger),
            attributed_to=self.voices.source_of(trigger),
            confidence=self.calibration.share_right(evidence_of(typing, trigger, dating, reality.status)),
            cues=(*((duty,) if duty else ()), *reality.cues),
        )


def _place(told: Told) -> tuple[int, int, str]:
    claim = told.claim
    return claim.trigger.start, claim.when.span.start if claim.when else -1, claim.id


def _when(mention: TimeMention, basis: Basis | None = None) -> When | None:
    time = mention.time
    if time.interval is None:
        return None
    precision = time.precision or (Precision.DAY if time.interval.length == 1 else Precision.RANGE)
    return When(mention.span, time.interval, precision, basis or time.basis or Basis.EXPLICIT, time.offset)


def _sentence(trigger: Token, when: When | None, text: str) -> Span:
    """The sentence of `trigger`, without the white space around it.

    Of a "sentence" that is none (a table, a list without full stops), the part around trigger and time: a claim's
    quote does not grow with the article.
    """
    start, end = trigger.sent.start_char, trigger.sent.end_char
    if end - start > _LONGEST_QUOTE:
        start, end = max(start, trigger.idx - _LONGEST_QUOTE // 2), min(end, trigger.idx + _LONGEST_QUOTE // 2)
        if when is not None and abs(when.span.start - trigger.idx) < _LONGEST_QUOTE:
            start, end = min(start, when.span.start), max(end, when.span.end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end, text[start:end])
