"""How real an event is, as the article tells it.

Readings (`modality`) are tried from the strongest to the weakest; the first that some word gives wins, and tense
decides when none does. Every answer comes with the words it rests on, so that a reader can see why.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from ingest.extract.dating import Dating
from ingest.extract.grammar import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS, auxiliaries, is_verb
from ingest.extract.modality import (
    Reality,
    carrier_of,
    chance,
    conditional,
    governed,
    modal,
    negated,
    planned,
    unfulfilled,
    unfulfilled_noun,
)
from kb.model import Status
from kb.ontology.model import Ontology, StatusLexicon

_ARGUMENTS = OBJECTS | PASSIVE_SUBJECTS | SUBJECTS
_CARRIED = _ARGUMENTS | {"attr", "acomp", "conj"}
"""Places in which a noun has the mood of its verb; a noun in an adverbial has not."""
_UNDONE = (Status.CANCELLED, Status.DENIED)
_AT_FIRST = ("originally", "initially", "previously")
_PRESENT = frozenset(("is", "are", "'s", "’s", "am"))


def status_of(ontology: Ontology, trigger: Token, dating: Dating | None, *, deadline: bool = False) -> Reality:
    """The status of the event that `trigger` names; `dating` is None for an event without a date."""
    past = dating is not None and dating.past
    if deadline:
        return _of_deadline(ontology.status, trigger, past=past)
    readings = _of_verb if is_verb(trigger) else _of_noun
    return next(readings(ontology, trigger, past=past), None) or _by_tense(trigger, dating)


def _of_deadline(lexicon: StatusLexicon, trigger: Token, *, past: bool) -> Reality:
    near = trigger.doc[max(trigger.i - 8, trigger.sent.start) : min(trigger.i + 8, trigger.sent.end)]
    superseded = next((t.lower_ for t in near if t.lower_ in _AT_FIRST or _is_at_first(t)), None)
    if past and superseded:
        return Reality(Status.CANCELLED, (superseded,))
    if not is_verb(trigger) and (ended := next(_ended(lexicon, trigger, past=past), None)):
        return ended
    return Reality(Status.OCCURRED if past else Status.SCHEDULED)


def _is_at_first(token: Token) -> bool:
    return token.lower_ == "first" and token.i > 0 and token.nbor(-1).lower_ == "at"


def _of_verb(ontology: Ontology, verb: Token, *, past: bool) -> Iterator[Reality]:
    lexicon = ontology.status
    yield from unfulfilled(lexicon, verb, past=past)
    yield from conditional(lexicon, verb)
    yield from chance(lexicon, verb)
    yield from negated(verb)
    yield from modal(lexicon, verb)
    if past and _is_reduced(verb):
        return
    yield from planned(ontology, verb)
    yield from governed(ontology, verb)


def _of_noun(ontology: Ontology, noun: Token, *, past: bool) -> Iterator[Reality]:
    lexicon = ontology.status
    yield from _ended(lexicon, noun, past=past)
    yield from _modified(lexicon, noun)
    carrier = carrier_of(noun)
    if carrier is not None:
        yield from unfulfilled_noun(lexicon, noun, carrier)
    if past:
        return
    yield from _wished(lexicon, noun)
    if carrier is not None and noun.dep_ in _CARRIED:
        yield from conditional(lexicon, carrier)
        yield from negated(carrier)
        yield from modal(lexicon, carrier)
        yield from planned(ontology, carrier)
        yield from governed(ontology, carrier)


def _is_reduced(verb: Token) -> bool:
    """True for a participle without auxiliary or subject: "the bill signed in July"."""
    bare = verb.tag_ in ("VBN", "VBG") and not auxiliaries(verb)
    return bare and not any(t.dep_ in SUBJECTS | PASSIVE_SUBJECTS for t in verb.children)


def _modified(lexicon: StatusLexicon, noun: Token) -> Iterator[Reality]:
    """An adjective or adverb on the noun: "the planned talks", "no hearing", "the delivery originally due in May"."""
    for child in noun.children:
        if child.dep_ in ("det", "amod", "advmod", "neg") and child.i < noun.i + 4:
            word = next((w for w in (child.lower_, child.lemma_.lower()) if w in lexicon.modifiers), None)
            if word is not None:
                yield Reality(lexicon.modifiers[word], (word,))
        if child.dep_ in ("acl", "amod", "relcl"):
            yield from (Reality(Status.CANCELLED, (t.lower_,)) for t in child.children if t.lower_ in _AT_FIRST)
    if noun.dep_ == "pobj" and noun.head.lower_ == "without":
        yield Reality(Status.DENIED, ("without",))


def _ended(lexicon: StatusLexicon, noun: Token, *, past: bool) -> Iterator[Reality]:
    """What a verb does to the event: "the strike was called off", "postponed the vote", "the trip is off"."""
    head = noun.head
    if is_verb(head) and (noun.dep_ in OBJECTS or noun.dep_ in PASSIVE_SUBJECTS):
        status = _ending(lexicon, head)
        if (status in _UNDONE and not _is_unreal(lexicon, head)) or (
            status is not None and status not in _UNDONE and not past
        ):
            yield Reality(status, (head.lower_,))
    if head.lemma_ == "be" and noun.dep_ == "nsubj" and any(t.lower_ == "off" for t in head.children):
        yield Reality(Status.CANCELLED, ("off",))
    for clause in noun.children:
        if clause.dep_ == "acl" and clause.tag_ == "VBN" and (status := _ending(lexicon, clause)):
            yield Reality(status, (clause.lower_,))


def _ending(lexicon: StatusLexicon, verb: Token) -> Status | None:
    base = verb.lemma_.lower()
    phrases = (f"{base} {t.lower_}" for t in verb.children if t.dep_ in ("prt", "advmod"))
    return next((lexicon.endings[p] for p in phrases if p in lexicon.endings), lexicon.endings.get(base))


def _is_unreal(lexicon: StatusLexicon, verb: Token) -> bool:
    return any(t.lower_ in lexicon.modals or t.dep_ == "neg" for t in verb.children)


def _wished(lexicon: StatusLexicon, noun: Token) -> Iterator[Reality]:
    """What is only asked for: "a proposal for a tariff", "sought a hearing"."""
    if noun.dep_ in ("pobj", "pcomp") and noun.head.lower_ in ("for", "of", "to", "on"):
        above = noun.head.head
        word = above.lemma_.lower()
        if word in lexicon.governors and (above.pos_ in ("NOUN", "ADJ") or noun.head.lower_ == "for"):
            yield Reality(lexicon.governors[word], (word,))
    if noun.dep_ in OBJECTS and is_verb(noun.head) and noun.head.lemma_.lower() in lexicon.governors:
        yield Reality(lexicon.governors[noun.head.lemma_.lower()], (noun.head.lower_,))


def _by_tense(trigger: Token, dating: Dating | None) -> Reality:
    verb = carrier_of(trigger)
    if dating is not None and dating.past:
        return Reality(Status.OCCURRED)
    if dating is not None and dating.future:
        return Reality(Status.OCCURRED if _is_done(trigger) else Status.SCHEDULED)
    if verb is not None and (is_verb(trigger) or trigger.pos_ == "ADJ"):
        return _now(verb, dated=dating is not None)
    return Reality(Status.OCCURRED)


def _now(verb: Token, *, dated: bool) -> Reality:
    """The status of a verb that is told without a date, or with one around the publication day."""
    present = verb.tag_ in ("VBZ", "VBP") or any(t.lower_ in _PRESENT for t in auxiliaries(verb))
    if present and verb.tag_ == "VBG":
        return Reality(Status.ONGOING, (verb.lower_,))
    if present and dated:
        lasting = verb.tag_ == "VBN" or verb.lemma_ in ("be", "remain")
        return Reality(Status.ONGOING if lasting else Status.SCHEDULED)
    return Reality(Status.PROPOSED if verb.tag_ == "VB" else Status.OCCURRED)


def _is_done(trigger: Token) -> bool:
    """True for a finite past: "extended the licence to April 1" has happened, though the day is to come."""
    if not is_verb(trigger):
        return False
    return trigger.tag_ == "VBD" or any(t.lower_ in ("has", "have", "'ve") for t in auxiliaries(trigger))
