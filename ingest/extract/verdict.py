"""What type and status an event has: by patterns and rules, then by a second opinion that is told what those say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp
from typing import NamedTuple

from ingest.extract.dating import Dating, is_replaced
from ingest.extract.deadlines import DEADLINE
from ingest.extract.grammar import ANY_SUBJECT, Reading, Typing, tokens_of
from ingest.extract.headword import mood_bearer
from ingest.extract.modality import Reality
from ingest.extract.moves import moved_thing, mover_to, reality_of_move
from ingest.extract.overtaken import moving_verb
from ingest.extract.second import TYPES, Opinion, Place, SecondOpinion, facts_of, likeliest_type, settled_status
from ingest.extract.status import status_of
from ingest.extract.triggers import type_of
from ingest.nlp.words import Token
from kb.model import Article, Status
from kb.ontology.model import Ontology

_DUE = Typing(DEADLINE, 3)
_BEGUN = (Status.OCCURRED, Status.ONGOING)
_AHEAD = (Status.SCHEDULED,)
_OF_NONE = frozenset(("no", "any"))
"""Before a noun, they leave open whether there is such a thing: "no bill that passed"."""
_SAID = (Status.OCCURRED, Status.SCHEDULED, Status.PROPOSED)
_REACH = 1000
"""Characters on either side of a trigger that are read of an endless sentence."""


class Event(NamedTuple):
    """A trigger, what dates it (if anything), and the word that makes it a duty (if any)."""

    trigger: Token
    dating: Dating | None
    duty: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Type and status of an event; `share` says how likely both are right, None if only the rules were asked."""

    typing: Typing
    reality: Reality
    share: float | None = None


def told_by_rules(reading: Reading, ontology: Ontology, event: Event) -> Verdict:
    """What patterns and rules say by themselves."""
    typing = _DUE if event.duty else type_of(reading, ontology, event.trigger)
    if event.dating is not None and moved_thing(ontology, event.dating) == event.trigger:
        return Verdict(typing, reality_of_move(event.dating))
    if event.dating is not None and (moved := _moved_to(ontology, event.trigger, event.dating)) is not None:
        return Verdict(typing, moved)
    bearer = mood_bearer(ontology, event.trigger)
    reality = status_of(ontology, bearer, event.dating, deadline=typing.type == DEADLINE)
    replaced = event.dating is not None and (event.dating.replaced or _is_left(event.trigger))
    if replaced and reality.status in _SAID:
        reality = Reality(Status.CANCELLED, ("instead",), settled=True)
    return Verdict(typing, reality)


def _is_left(trigger: Token) -> bool:
    """True for the "removed" of "will stay instead of being removed"."""
    return trigger.dep_ == "pcomp" and is_replaced(trigger.doc, trigger.left_edge.i)


def _moved_to(ontology: Ontology, trigger: Token, dating: Dating) -> Reality | None:
    """What holds on the new day of a thing: "the trial was postponed to June" has a trial in June, if that is told."""
    mover = mover_to(ontology, dating)
    if mover is None or mover.i == trigger.i or moving_verb(ontology.status, trigger) != mover:
        return None
    told = status_of(ontology, mover, dating)
    return reality_of_move(dating) if told.status in (Status.OCCURRED, Status.SCHEDULED) else told


def reconsidered(
    reading: Reading,
    article: Article,
    ontology: Ontology,
    events: Sequence[Event],
    told: Sequence[Verdict],
    *,
    second: SecondOpinion,
) -> list[Verdict]:
    """What rules and second opinion make together. A type that the encoder was never taught is left as it is."""
    asked = [i for i, verdict in enumerate(told) if verdict.typing.type in TYPES]
    places = [_place(reading, article, events[i], told[i]) for i in asked]
    found = list(told)
    for i, opinion in zip(asked, second.on(article.title or "", places), strict=True):
        dating = events[i].dating
        asked_again = _as_deadline(ontology, events[i], told[i], opinion)
        type_ = DEADLINE if told[i].typing.type == DEADLINE and _does_a_deadline(events[i].trigger) else None
        found[i] = _joined(
            asked_again, opinion, without=(*_impossible(dating), *_undeniable(events[i], told[i])), type_=type_
        )
    return found


def _place(reading: Reading, article: Article, event: Event, told: Verdict) -> Place:
    trigger, dating = event.trigger, event.dating
    first, last = _sight(trigger)
    time = dating.expression.start_char if dating is not None else -1
    facts = facts_of(told.typing, told.reality.status, dating.interval if dating else None, article.published)
    at = time - first if first <= time < last else None
    return Place(article.text[first:last], trigger.idx - first, at, facts, names_in(reading, first, last))


def names_in(reading: Reading, first: int, last: int) -> tuple[tuple[int, str], ...]:
    """Where each name between the characters `first` and `last` starts, counted from `first`, and its kind."""
    found = []
    before = None
    for token in tokens_of(reading.doc, first, last):
        name = reading.entities.get(token.i)
        if name is not None and name is not before and token.idx >= first:
            found.append((token.idx - first, name.kind.value))
        before = name
    return tuple(found)


def _sight(trigger: Token) -> tuple[int, int]:
    """The sentence; of one without end, the part around `trigger`, so that work does not grow with its square."""
    start, end = trigger.sent.start_char, trigger.sent.end_char
    if end - start <= 2 * _REACH:
        return start, end
    return max(start, trigger.idx - _REACH), min(end, trigger.idx + _REACH)


def _as_deadline(ontology: Ontology, event: Event, told: Verdict, opinion: Opinion) -> Verdict:
    """`told` with the status of a deadline, if only the opinion takes it for one: "requests should reach us by May"."""
    settled = told.typing.type == DEADLINE or told.reality.status is Status.DENIED or told.reality.settled
    if settled or likeliest_type(opinion) != DEADLINE:
        return told
    reality = status_of(ontology, mood_bearer(ontology, event.trigger), event.dating, deadline=True)
    return replace(told, reality=reality)


def _does_a_deadline(trigger: Token) -> bool:
    """True for the "lapsed" of "the deadline for comments lapsed", whatever else may lapse."""
    return any(t.dep_ in ANY_SUBJECT and t.lemma_.lower() == DEADLINE for t in trigger.children)


def _impossible(dating: Dating | None) -> tuple[Status, ...]:
    """What is told of a day to come has not occurred, and what is told of one that is over is not scheduled."""
    if dating is None:
        return ()
    return _BEGUN if dating.future else _AHEAD if dating.past else ()


def _undeniable(event: Event, told: Verdict) -> tuple[Status, ...]:
    """What a clause tells of something as done is not denied with it: "never signed the treaty that it ratified"."""
    verb = event.trigger
    plain = verb.tag_ == "VBD" and verb.dep_ == "relcl" and told.reality == Reality(Status.OCCURRED)
    if not plain or event.dating is None or not event.dating.past:
        return ()
    open_ = any(t.dep_ == "det" and t.lower_ in _OF_NONE for t in verb.head.children)
    return () if open_ else (Status.DENIED,)


def _joined(told: Verdict, opinion: Opinion, *, without: tuple[Status, ...], type_: str | None) -> Verdict:
    """Rules and opinion as one verdict. What is asked is never told, and what was moved has the day it was moved to.

    What shall not be done until a day is no deadline, unless the rules find a duty in it. `without` are statuses that
    the day rules out, `type_` is the type where that is certain.
    """
    settled = told.reality.status
    if not told.reality.settled:
        settled = settled_status(settled, opinion, without=without)
    denied = told.reality.status is Status.DENIED and told.typing.type != DEADLINE
    type_, status = type_ or likeliest_type(opinion, without=DEADLINE if denied else None), settled
    reality = told.reality if status is told.reality.status else Reality(status, ())
    typing = told.typing if type_ == told.typing.type else Typing(type_, 0)
    return Verdict(typing, reality, exp(opinion.types[type_] + opinion.statuses[status]))
