"""What a title calls whom or what a pronoun or an ordinal stands for: "Google", "Ada Brown's", "vote", "second order".

A wrong name is worse than a pronoun, so only what leaves no doubt is named.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import islice

from ingest.extract.grammar import PASSIVE_SUBJECTS, SUBJECTS, Reading, is_verb, own_subject
from ingest.nlp.words import Token
from kb.model import Entity, EntityKind

_LINKED = frozenset(("he", "she", "it", "his", "her", "its", "their"))
"""Pronouns that are named where it is known whom they mean; "they" would take another verb."""
ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth".split())
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
    return again and pronoun.dep_ in SUBJECTS | PASSIVE_SUBJECTS


def short_name(reading: Reading, noun: Token) -> str:
    """The noun with the words that stand right before it: "annual meeting"."""
    parts = [t for t in noun.lefts if t.dep_ in ("amod", "compound", "nmod") and t.i not in reading.times]
    return " ".join(t.text for t in (*parts, noun))
