"""Times that belong to a noun nearer than the verb that the parser hangs them on.

"Has been charged over the attacks three months ago" tells when the attacks were: what has been done has no past day of
its own in English. "Expects a verdict by the end of May" tells when the verdict is to come.
"""

from __future__ import annotations

from ingest.extract.dating import Dating, root_of
from ingest.extract.grammar import OBJECTS, PERFECT, SUBJECTS, Reading, auxiliaries, is_passive, is_verb
from ingest.extract.triggers import is_event_noun, lemma
from ingest.nlp.words import Token
from kb.ontology.model import Ontology

_PRESENT = frozenset(("is", "are", "am", "'s", "’s", "'re", "’re", "do", "does"))
_AT = frozenset(("in", "on", "at"))
"""Prepositions of a time at which something was."""
_LASTING = frozenset(("last", "past"))
"""Behind "the", words of a time that goes on till now: "in the last week"."""


def nearer_noun(reading: Reading, ontology: Ontology, dating: Dating, found: Token) -> Token | None:
    """The noun that the expression tells of in place of `found`, an event or not; None if there is none."""
    return (
        _what_is_followed(dating, found)
        or _what_is_foreseen(reading, ontology, dating, found)
        or _what_is_to_come(reading, ontology, dating, found)
        or _what_it_is_of(ontology, dating, found)
        or _what_was_then(reading, ontology, dating, found)
        or _what_it_is_since(dating, found)
    )


def _what_is_followed(dating: Dating, found: Token) -> Token | None:
    """The complaints of "the inquiry follows complaints last month", if `found` is the inquiry or what it does.

    And the vote of "met following last week's vote".
    """
    verb = found if is_verb(found) else found.head
    if verb.lemma_ != "follow" or is_passive(verb):
        return None
    if verb.dep_ == "prep":
        return next((t for t in verb.children if t.dep_ in ("pobj", "dobj")), None)
    if not dating.past or found.i > verb.i:
        return None
    return next((t for t in verb.children if t.dep_ in OBJECTS and verb.i < t.i < dating.start), None)


def _what_is_foreseen(reading: Reading, ontology: Ontology, dating: Dating, found: Token) -> Token | None:
    """The verdict of "expects a verdict by the end of May", the growth of "forecasts growth of 4% for next year".

    What was forecast on a day that is over ("predicted on Monday") is told of that day.
    """
    foreseeing = ontology.words.foreseeing
    if not is_verb(found) or is_passive(found) or lemma(found, foreseeing) not in foreseeing:
        return None
    if found.tag_ == "VBD" and dating.past and dating.interval.length == 1:
        return None
    thing = next((t for t in found.rights if t.dep_ in OBJECTS and not dating.holds(t)), None)
    if thing is None or thing.pos_ not in ("NOUN", "PROPN") or not found.i < thing.i < dating.start:
        return None
    if is_event_noun(reading, ontology, thing):
        return thing
    return _event_between(reading, ontology, thing, dating) or thing


def _what_is_to_come(reading: Reading, ontology: Ontology, dating: Dating, found: Token) -> Token | None:
    """The vote of "called for a vote in May" and "did not rule out a vote in May", told before that May.

    What was done has no day that is to come; what is moved or granted has, behind "to" or "until".
    """
    if not dating.future or dating.limit or dating.word_before not in _AT or not is_verb(found) or not _is_told(found):
        return None
    behind = [t for t in found.rights if t.dep_ in OBJECTS or t.lower_ == "for"]
    things = (t for host in behind for t in (host, *(c for c in host.rights if host.dep_ == "prep")))
    between = (t for t in things if found.i < t.i < dating.start and t.dep_ in ("dobj", "pobj"))
    return next((t for t in between if is_event_noun(reading, ontology, t)), None)


def _is_told(verb: Token) -> bool:
    """True for "called", "has called" and "did not call"."""
    words = {t.lower_ for t in auxiliaries(verb)}
    return verb.tag_ == "VBD" or not words.isdisjoint(PERFECT | {"had", "did"})


def _what_was_then(reading: Reading, ontology: Ontology, dating: Dating, found: Token) -> Token | None:
    """The attacks of "has been charged over the attacks three months ago", "is a response to the attacks last May"."""
    if not _is_over(dating) or not is_verb(found) or dating.start < found.i or not _reaches_now(found):
        return None
    if found.sent.start in reading.times:  # "3 May 2021: the court declares it void on 4 May" tells a story
        return None
    return _event_between(reading, ontology, found, dating)


def _what_it_is_of(ontology: Ontology, dating: Dating, found: Token) -> Token | None:
    """The target of "meets this year's target", and the crowd of "Sunday's crowd hopes"; not what tells something."""
    owner, words = root_of(dating.expression).head, ontology.words
    if root_of(dating.expression).dep_ != "poss" or owner.head.i != found.i or not is_verb(found):
        return None
    tells = lemma(found, words.happening) in words.happening  # "Sunday's assault came after …"
    tells = tells or owner.lemma_.lower() in words.documents | words.reports | words.telling
    subject = owner.dep_ in SUBJECTS and not tells
    return owner if subject or owner.dep_ in OBJECTS else None


def _what_it_is_since(dating: Dating, found: Token) -> Token | None:
    """The blast of "has been grounded since a blast in September", if `found` is what has been so since."""
    preposition = root_of(dating.expression).head
    noun = preposition.head
    if preposition.lower_ not in _AT or noun.dep_ != "pobj" or noun.head.lower_ != "since" or not is_verb(found):
        return None
    return noun if found.i != noun.i and dating.start > noun.i else None


def _is_over(dating: Dating) -> bool:
    """True for a time that ended before publication, told as such: "in May", "last week"; not "over the last week"."""
    first = dating.expression[0]
    lasting = first.lower_ == "the" and len(dating.expression) > 1 and dating.expression[1].lower_ in _LASTING
    if not dating.past or dating.since or lasting:
        return False
    before = dating.expression.doc[dating.start - 1] if dating.start else None
    return before is None or before.pos_ not in ("ADP", "SCONJ") or before.lower_ in _AT


def _reaches_now(verb: Token) -> bool:
    """True for "has been charged", "is being sold" and "shows"."""
    words = [t.lower_ for t in auxiliaries(verb)]
    if not words:
        return verb.tag_ in ("VBZ", "VBP")
    return words[0] in PERFECT or (words[0] in _PRESENT and verb.tag_ != "VBN")


def _event_between(reading: Reading, ontology: Ontology, first: Token, dating: Dating) -> Token | None:
    """The last event noun behind `first` and before the time."""
    between = reversed(first.doc[first.i + 1 : dating.start])
    return next((t for t in between if is_event_noun(reading, ontology, t)), None)
