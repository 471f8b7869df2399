"""Claims: what an article says happened, is due, may happen or did not happen, and when.

Nearly every calendar expression dates an event, so each is followed to the predicates it belongs to (`attach`,
`sharing`, but see `guards`), which are typed and weighed (`deadlines`, `verdict`). Words that name an event by
themselves become claims without a date (`undated`), or with one that the text around lends them (`context`, `retold`).
What a later sentence moves or calls off is no longer due (`supersession`); what one answers was met or missed
(`replies`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from ingest.extract.attribution import Voices, hear
from ingest.extract.confidence import Calibration, evidence_of, shipped_calibration
from ingest.extract.context import context_of
from ingest.extract.counted import counted_events
from ingest.extract.dating import Dating, preposition_of
from ingest.extract.deadlines import clock_start, duty_cue, duty_verb, limit_of
from ingest.extract.echoes import echoing_words
from ingest.extract.ellipsis import Gap, gap_before
from ingest.extract.grammar import Reading, Typing, is_verb, read, tokens_of
from ingest.extract.guards import dates_nothing, is_mere_state, outermost, repeated
from ingest.extract.headword import trigger_of
from ingest.extract.modality import Reality
from ingest.extract.moves import moved_thing, without_moves
from ingest.extract.replies import with_replies
from ingest.extract.retold import told_elsewhere
from ingest.extract.roles import actors_of
from ingest.extract.salient import SURE, salient_words
from ingest.extract.second import SecondOpinion
from ingest.extract.settings import without_settings
from ingest.extract.sharing import dated_by, told_when
from ingest.extract.supersession import Told, take_back
from ingest.extract.titles import phrase_title, said_by, title_of
from ingest.extract.triggers import noun_type, own_type, type_of
from ingest.extract.undated import listed_nouns, told_nouns, undated_triggers
from ingest.extract.verdict import Event, Verdict, reconsidered, told_by_rules
from ingest.nlp.words import Token, Words
from kb import ids
from kb.model import Article, Claim, Entity, Span, Status, TimeMention, When
from kb.ontology.model import OTHER, Ontology
from kb.timevalue import Basis, Precision

_LONGEST_QUOTE = 4000
"""Characters of a sentence that are kept as quote."""
_FACTS = (Status.OCCURRED, Status.ONGOING, Status.SCHEDULED)


def find_claims(
    doc: Doc,
    article: Article,
    times: Sequence[TimeMention],
    entities: Sequence[Entity],
    ontology: Ontology,
    *,
    calibration: Calibration | None = None,
    opinion: SecondOpinion | None = None,
    words: Words | None = None,
) -> tuple[Claim, ...]:
    """Every claim of the article, in text order.

    `doc` is the annotated text of `article` (`ingest.nlp.pipeline.annotate`); `times` and `entities` are its own.
    `calibration` turns evidence into confidence; the shipped one if None. `opinion` is asked about
    types and statuses of what has a date. `words` are those of `doc`, if somebody has made them already.
    """
    version = ids.version_id(article.id, article.title, article.published, article.text)
    reading = read(words or Words(doc), times, entities)
    desk = _Desk(
        reading, article, version, ontology, hear(reading, ontology), calibration or shipped_calibration(), opinion
    )
    dated = desk.dated(times)
    told: dict[str, Told] = {}
    taken = frozenset(one.claim.trigger.start for one in dated)
    for one in (*without_settings(ontology, dated), *desk.undated(times, taken)):
        told.setdefault(one.claim.id, one)
    standing = take_back(ontology, sorted(told.values(), key=lambda one: _place(one.claim)))
    known = with_replies(told_elsewhere(standing, article, version), article, version)
    beside = [*desk.salient(taken | {claim.trigger.start for claim in known})]
    again = desk.echoes((*known, *beside))
    return tuple(sorted((*known, *beside, *again), key=_place))


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
        counted = [*self._counted(times)]
        starts = {dating.start for _, dating, _ in counted}
        plain = [(m, d, self._triggers(d)) for m, d in self._datings(times) if d.start not in starts]
        found = sorted((*plain, *counted), key=lambda one: one[1].start)
        spare = repeated([(dating, triggers) for _, dating, triggers in plain])
        for mention, dating, triggers in found:
            for trigger in triggers:
                key = (trigger.i, dating.interval.first_day, dating.interval.last_day)
                if key not in seen and (dating.start, trigger.i) not in spare and not self._is_state(trigger, dating):
                    seen.add(key)
                    chosen.append((mention, dating, trigger))
        events = [Event(trigger, dating, self._duty(trigger, dating)) for _, dating, trigger in chosen]
        return [
            Told(self._claim(event, _when(mention), verdict), event.trigger, event.dating)
            for (mention, _, _), event, verdict in zip(chosen, events, self._verdicts(events), strict=True)
        ]

    def _counted(self, times: Sequence[TimeMention]) -> Iterator[tuple[TimeMention, Dating, tuple[Token, ...]]]:
        for one in counted_events(self.reading, self.ontology, times):
            dating = self._dating(one.mention)
            if dating is not None:
                yield one.mention, dating, (trigger_of(self.reading, self.ontology, one.event),)

    def _duty(self, trigger: Token, dating: Dating) -> str | None:
        return duty_cue(self.ontology.status, trigger, dating.expression, self._limit(dating))

    def _verdicts(self, events: Sequence[Event]) -> list[Verdict]:
        told = [told_by_rules(self.reading, self.ontology, event) for event in events]
        if self.opinion is None:
            return told
        return reconsidered(self.reading, self.article, self.ontology, events, told, second=self.opinion)

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
            event = Event(trigger, dating, None)
            verdict = told_by_rules(self.reading, self.ontology, event)
            if answer is None and mention is not None:
                verdict = self._on_day(verdict, mention)
            yield Told(self._claim(event, when, verdict), trigger, None)
        for noun in listed_nouns(self.reading, self.ontology, taken) if context.headings else ():
            heading = context.listed_under(noun.idx)
            if heading is not None:
                event = Event(noun, None, None)
                verdict = self._on_day(told_by_rules(self.reading, self.ontology, event), heading)
                yield Told(self._claim(event, _when(heading, basis=Basis.CONTEXT), verdict), noun, None)
        for noun in told_nouns(self.reading, self.ontology, taken):
            event = Event(noun, None, None)
            yield Told(self._claim(event, None, told_by_rules(self.reading, self.ontology, event)), noun, None)

    def _on_day(self, verdict: Verdict, heading: TimeMention) -> Verdict:
        """What is told under a day that is to come is to come itself: "March 14: the ban takes effect"."""
        interval, published = heading.time.interval, self.article.published
        ahead = interval is not None and published is not None and interval.start > published
        if not ahead or verdict.reality.status not in (Status.OCCURRED, Status.ONGOING):
            return verdict
        return replace(verdict, reality=Reality(Status.SCHEDULED))

    def salient(self, taken: frozenset[int]) -> Iterator[Claim]:
        """Claims of words that name a happening of no certain type, at other places than `taken`; they have no day.

        Only facts: what may be, or was not, is nothing that another report could tell of in like words.
        """
        yield from self._loose(salient_words(self.reading, taken), _FACTS)

    def echoes(self, told: Sequence[Claim]) -> Iterator[Claim]:
        """Claims of words that say again what a short text tells in `told`; they have no day.

        Of verbs only those of what is meant to be done: "agreed to buy".
        """
        taken = frozenset(claim.trigger.start for claim in told)
        words = [*echoing_words(self.reading, self.ontology, told, taken)]
        yield from self._loose(filter(is_verb, words), (Status.PROPOSED,))
        yield from self._loose((word for word in words if not is_verb(word)), (*_FACTS, Status.PROPOSED))

    def _loose(self, words: Iterable[Token], statuses: Collection[Status]) -> Iterator[Claim]:
        """Claims without a day of those words that are told with one of these statuses."""
        for word in words:
            event = Event(word, None, None)
            typing = (own_type if is_verb(word) else noun_type)(self.reading, self.ontology, word)
            known = typing is not None and typing.weight >= SURE
            verdict = told_by_rules(self.reading, self.ontology, event)
            verdict = replace(verdict, typing=typing if typing and known else Typing(OTHER, 0))
            if verdict.reality.status in statuses:
                yield self._claim(event, None, verdict, alone=not is_verb(word))

    def _dating(self, mention: TimeMention) -> Dating | None:
        expression = tokens_of(self.reading.doc, mention.span.start, mention.span.end)
        interval = mention.time.interval
        if interval is None or len(expression) == 0 or not expression[0].has_dep():
            return None
        return Dating(expression, interval, self.article.published)

    def _datings(self, times: Sequence[TimeMention]) -> Iterator[tuple[TimeMention, Dating]]:
        for mention in outermost(without_moves(self.reading, self.ontology, times)):
            dating = self._dating(mention)
            if dating is not None:
                yield mention, dating

    def _triggers(self, dating: Dating) -> tuple[Token, ...]:
        if dates_nothing(self.reading, self.ontology, dating):
            return told_when(self.reading, self.ontology, dating)
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

    def _is_state(self, trigger: Token, dating: Dating) -> bool:
        state = is_mere_state(self.reading, self.ontology, trigger, dating)
        return state and type_of(self.reading, self.ontology, trigger).type == OTHER

    def _claim(self, event: Event, when: When | None, verdict: Verdict, *, alone: bool = False) -> Claim:
        trigger, type_, status = event.trigger, verdict.typing.type, verdict.reality.status
        start = when.span.start if when else None
        gap = None if event.dating is None else gap_before(self.reading, event.dating.expression)
        source = self.voices.source_of(trigger)
        evidence = evidence_of(verdict.typing, event.dating, status, share=verdict.share)
        return Claim(
            id=ids.claim_id(self.version, trigger.idx, start),
            type=type_,
            status=status,
            title=said_by(self._title(event, gap, alone=alone), source, trigger.sent.text),
            trigger=Span(trigger.idx, trigger.idx + len(trigger), trigger.text),
            sentence=_sentence(trigger, when, self.article.text),
            when=when,
            actors=actors_of(self.reading, self.ontology, type_, trigger, gap),
            attributed_to=source,
            confidence=self.calibration.share_right(evidence),
            cues=(*((event.duty,) if event.duty else ()), *verdict.reality.cues),
        )

    def _title(self, event: Event, gap: Gap | None, *, alone: bool) -> str:
        saying = self.ontology.speech.verbs
        if alone:
            return phrase_title(self.reading, event.trigger, saying=saying)
        return title_of(self.reading, event.trigger, saying=saying, gap=gap)


def _place(claim: Claim) -> tuple[int, int, str]:
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
