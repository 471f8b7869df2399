"""What a title calls whom or what a pronoun or an ordinal stands for: "Google", "Ada Brown's", "vote", "second order".

A wrong name is worse than a pronoun, so only what leaves no doubt is named.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice

from ingest.extract.entities.references.nouns import BODIES, load_nouns
from ingest.extract.grammar import (
    ANY_SUBJECT,
    ARGUMENTS,
    OBJECTS,
    SUBJECTS,
    Reading,
    is_passive,
    is_verb,
    object_of,
    own_subject,
    subject_of,
)
from ingest.nlp.words import Token
from kb.model import Entity, EntityKind

_LINKED = frozenset(("he", "she", "it", "his", "her", "its", "their"))
"""Pronouns that are named where it is known whom they mean; "they" would take another verb."""
ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth".split())
_PERSON = frozenset((EntityKind.PERSON,))
_CLIMB = 8
_LOOK_BACK = 80
"""Tokens before a pronoun in which whom it means must be named."""


def meant_alone(reading: Reading, pronoun: Token) -> Entity | None:
    """Whom or what `pronoun` means, if nothing else that it could mean is named since the sentence before.

    A wrong name is worse than a pronoun.
    """
    meant = reading.entities.get(pronoun.i)
    if meant is None or pronoun.lower_ not in _LINKED:
        return None
    verbs = islice(pronoun.ancestors, _CLIMB)
    above = (t for verb in verbs if is_verb(verb) and (t := own_subject(verb)) is not None)
    if any(t.i < pronoun.i and reading.entities.get(t.i) is meant for t in above):
        return meant
    start = pronoun.sent.start
    start = pronoun.doc[start - 1].sent.start if start else 0
    named = (reading.entities.get(i) for i in range(max(start, pronoun.i - _LOOK_BACK), pronoun.i))
    person = meant.kind is EntityKind.PERSON
    alike = {e.id for e in named if e is not None and (e.kind is EntityKind.PERSON) == person}
    return meant if alike == {meant.id} else None


def name_before(entity: Entity, pronoun: Token) -> str:
    """What the text calls `entity` last before `pronoun`; people have their full name."""
    at = bisect_right(entity.mentions, pronoun.idx, key=lambda mention: mention.end) - 1
    if entity.kind is EntityKind.PERSON or at < 0:
        return entity.name
    return entity.mentions[at].text.removeprefix("the ")


def genitive(name: str) -> str:
    """ "Google's", "the Philippines'"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def counted_before(reading: Reading, ordinal: Token) -> Token | None:
    """The extension of "the first extension ran to June; a second, signed in May, ran on"."""
    before = reversed(ordinal.doc[max(ordinal.i - _LOOK_BACK, 0) : ordinal.i])
    nouns = (t for t in before if t.tag_ == "NN" and t.i not in reading.times)
    return next((noun for noun in nouns if any(t.lower_ in ORDINALS for t in noun.lefts)), None)


def is_subject_again(noun: Token, pronoun: Token) -> bool:
    """True for the vote of "the vote had been set before it was brought forward": one subject goes on as another."""
    again = noun.i >= pronoun.sent.start and is_verb(noun.head) and pronoun.head.i != noun.head.head.i
    return again and pronoun.dep_ in ANY_SUBJECT


@dataclass(frozen=True, slots=True)
class _Number:
    tag: str
    actors: frozenset[EntityKind]
    """Kinds of those who might be meant as well as a thing."""


_SINGULAR, _PLURAL = _Number("NN", BODIES), _Number("NNS", BODIES | _PERSON)
IDLE = frozenset(("be", "seem", "appear", "take", "remain", "become", "cost", "rain"))
"""Verbs of which "it" often stands for nobody."""
_MEANING = frozenset(("plan", "intend", "want", "hope", "expect"))
"""Verbs of what somebody means to do himself."""
_QUOTES = frozenset(('"', "“", "”", "``", "''"))
_THINGS = {"it": _SINGULAR, "they": _PLURAL, "them": _PLURAL}


def thing_meant(reading: Reading, pronoun: Token) -> Token | None:
    """The noun that "it" or "they" stands for, where nothing else can be meant.

    A sentence that begins with it goes on with the subject of the one before, if that has no other noun of its number
    and nobody else who could act: "The petition is old. It was filed in May". As an object it is the one thing that the
    sentence told of before: "passed a ban, but the governor vetoed it".
    """
    number = _THINGS.get(pronoun.lower_)
    if number is None or reading.entities.get(pronoun.i) is not None:
        return None
    if pronoun.dep_ in ANY_SUBJECT:
        return _subject_before(reading, pronoun, number)
    return _object_before(reading, pronoun, number) if pronoun.dep_ == "dobj" else None


def sayer_meant(reading: Reading, pronoun: Token) -> Token | None:
    """Who says of himself what "they" or "it" will do or has done: the party of "the party said it would vote no"."""
    number = _THINGS.get(pronoun.lower_)
    clause = pronoun.head
    if number is None or clause.dep_ != "ccomp" or pronoun.dep_ not in SUBJECTS or clause.lemma_ in IDLE:
        return None
    above = clause.head
    sayer = own_subject(above) if is_verb(above) and above.i < pronoun.i else None
    if sayer is None or sayer.pos_ == "PRON" or any(t.dep_ in OBJECTS and t.i < pronoun.i for t in above.rights):
        return None
    acts = clause.lemma_ in _MEANING or any(t.tag_ == "MD" or t.lemma_ == "have" for t in clause.lefts)
    if sayer.i > above.i or not acts:
        return None
    if not _may_act(reading, sayer, number) and reading.kind(sayer) is not EntityKind.PLACE:
        return None
    return sayer if (sayer.tag_ in ("NNS", "NNPS")) == (number is _PLURAL) or sayer.i in reading.entities else None


def many_meant(reading: Reading, pronoun: Token) -> Token | None:
    """The one plural subject before "they" in its sentence, or the subject of the sentence before, if that may act.

    "The judges were wrong when they voted", "The ministers met in May. By June they had agreed". None where a
    quotation begins or ends between them, in what somebody says, or where a thing may be meant as well.
    """
    if pronoun.lower_ != "they" or pronoun.dep_ not in ANY_SUBJECT or pronoun.head.dep_ == "ccomp":
        return None
    if reading.entities.get(pronoun.i) is not None:
        return None
    start = pronoun.sent.start
    inside = [t for t in pronoun.doc[start : pronoun.i] if _is_plural(reading, t)]
    doers = [t for t in inside if t.dep_ in ANY_SUBJECT]
    if not doers and start and pronoun.head.i == pronoun.sent.root.i:
        before = pronoun.doc[start - 1].sent
        inside += [t for t in before if _is_plural(reading, t)]
        first = own_subject(before.root) if is_verb(before.root) else None
        doers = [t for t in inside if t is first and _may_act(reading, t, _PLURAL)]
        doers = doers if all(t is first or not _may_act(reading, t, _PLURAL) for t in inside) else []
    if len(doers) != 1 or any(t.dep_ == "conj" for t in doers[0].children):
        return None
    doer, between = doers[0], pronoun.doc[doers[0].i + 1 : pronoun.i]
    acts = not is_passive(pronoun.head) and (_may_act(reading, doer, _PLURAL) or object_of(pronoun.head) is not None)
    rivals = not acts and any(t.dep_ in OBJECTS and t.i not in reading.times for t in between)
    unsure = rivals or any(t.text in _QUOTES for t in between) or any(t is doer for t in pronoun.ancestors)
    return None if unsure else doer


def _is_plural(reading: Reading, token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS") and token.i not in reading.times and token.dep_ not in ("compound", "nmod")


def _subject_before(reading: Reading, pronoun: Token, number: _Number) -> Token | None:
    start = pronoun.sent.start
    if start == 0 or pronoun.i != start or pronoun.nbor().lower_ == "all":
        return None
    before = pronoun.doc[start - 1].sent
    subject = own_subject(before.root) if is_verb(before.root) else None
    if subject is None or subject.tag_ != number.tag or any(t.dep_ == "conj" for t in subject.children):
        return None
    others = (t for t in before if t.i != subject.i and t.i not in reading.times)
    if any(_may_be_meant(reading, t, number) for t in others) or not _can_be_subject(subject, pronoun, number):
        return None
    return subject


def _can_be_subject(noun: Token, pronoun: Token, number: _Number) -> bool:
    """False for a person whom "it" would stand for, and for a thing that would do something to another."""
    if number is _PLURAL:
        return True
    kinds = kinds_of(noun)
    transitive = any(t.dep_ in OBJECTS and t.lower_ != "effect" for t in pronoun.head.children)
    return not kinds.isdisjoint(BODIES) if transitive else kinds != _PERSON


def _object_before(reading: Reading, pronoun: Token, number: _Number) -> Token | None:
    doer = subject_of(pronoun.head)
    before = [t for t in pronoun.doc[pronoun.sent.start : pronoun.i] if t.i not in reading.times and t is not doer]
    nouns = [t for t in before if t.dep_ in ARGUMENTS and t.pos_ in ("NOUN", "PROPN", "PRON")]
    if len(nouns) != 1 or nouns[0].tag_ != number.tag or _may_act(reading, nouns[0], number):
        return None
    noun = nouns[0]
    given = any(t.dep_ in ("dobj", "npadvmod") and t.i > pronoun.i for t in pronoun.head.rights)
    if given and any(t.dep_ in ("poss", "pobj") and _may_act(reading, t, number) for t in before):
        return None  # "opened an inquiry into the bank's fees and fined it £3m"
    of_doer = doer is not None and any(t.i == doer.i for t in noun.ancestors)
    none = any(t.dep_ == "det" and t.lower_ == "no" for t in noun.lefts)
    return None if of_doer or none or any(t.i == noun.i for t in pronoun.ancestors) else noun


def _may_be_meant(reading: Reading, token: Token, number: _Number) -> bool:
    """True for another thing of that number, a pronoun for one, and whoever might act."""
    if _may_act(reading, token, number) or _THINGS.get(token.lower_) is number:
        return True
    parts = ARGUMENTS | {"pobj"} if number is _PLURAL else ARGUMENTS
    return token.tag_ == number.tag and token.dep_ in parts


def _may_act(reading: Reading, token: Token, number: _Number) -> bool:
    """True for somebody who is named, and for "agency" or "lawmakers"."""
    return reading.kind(token) in number.actors or not kinds_of(token).isdisjoint(number.actors)


def kinds_of(token: Token) -> frozenset[EntityKind]:
    """What a common noun may stand for: of "agency", a body; nothing for one that is not known."""
    noun = load_nouns().nouns.get(token.lemma_) if token.pos_ == "NOUN" else None
    return frozenset() if noun is None else noun.kinds


def short_name(reading: Reading, noun: Token) -> str:
    """The noun with the words that stand right before it: "annual meeting"."""
    parts = [t for t in noun.lefts if t.dep_ in ("amod", "compound", "nmod") and t.i not in reading.times]
    return " ".join(t.text for t in (*parts, noun))
