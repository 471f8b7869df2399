"""Whom "he", "she" or "it" means in a title, where there is no doubt: a wrong name is worse than a pronoun."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from ingest.extract.entities.references.nouns import BODIES, Sex, load_nouns
from ingest.extract.grammar import ANY_SUBJECT, OBJECTS, Reading, is_passive, is_verb, object_of, own_subject
from ingest.extract.naming import kinds_of
from ingest.nlp.words import Token
from kb.model import Entity, EntityKind

_SEXES = {"he": Sex.MALE, "his": Sex.MALE, "she": Sex.FEMALE, "her": Sex.FEMALE}
_ACTING = frozenset(("he", "she"))
_PRONOUNS = frozenset(("he", "she", "him", "her", "his"))
_OWNERS = frozenset(("his", "her", "its"))
_QUOTES = ('"', "“", "”", "``", "''")
_CLIMB = 4
_BESIDE = ("compound", "appos", "nmod")


def person_meant(reading: Reading, pronoun: Token) -> Entity | None:
    """The one person named before "he" or "she" in its sentence, or the subject of the main clause behind its own.

    "The fund was founded by Ada Roe when she led the bank", "When she left the bank, Ada Roe was ill". None in what
    somebody says: who speaks may speak of another.
    """
    if pronoun.lower_ not in _ACTING or pronoun.dep_ not in ANY_SUBJECT or pronoun.head.dep_ == "ccomp":
        return None
    before = pronoun.doc[pronoun.sent.start : pronoun.i]
    if any(t.text in _QUOTES for t in before):
        return None
    found = _only(reading, before) if any(_is_person(reading, t) for t in before) else _named_behind(reading, pronoun)
    linked = reading.entities.get(pronoun.i)
    if found is None or (linked is not None and linked.id != found.id):
        return None
    return found if may_be_called(reading, pronoun, found) else None


def person_linked(reading: Reading, pronoun: Token) -> Entity | None:
    """Whom "he" or "she" is linked to: a claim names who acts by these links, and its title should name the same.

    None if its sentence names somebody else before it, or if the name is of the other sex.
    """
    linked = reading.entities.get(pronoun.i) if pronoun.lower_ in _ACTING else None
    if linked is None or linked.kind is not EntityKind.PERSON:
        return None
    before = (t for t in pronoun.doc[pronoun.sent.start : pronoun.i] if _is_person(reading, t))
    alone = all(reading.entities[t.i] is linked for t in before)
    return linked if alone and may_be_called(reading, pronoun, linked) else None


def owner_behind(reading: Reading, whose: Token) -> Entity | None:
    """Ada Roe of "In his first speech in May, Ada Roe said": named behind the phrase that the sentence begins with.

    None if somebody else, or something that may own it as well, is named between.
    """
    led = next((t for t in islice(whose.ancestors, _CLIMB) if t.dep_ == "prep" and is_verb(t.head)), None)
    subject = own_subject(led.head) if led is not None else None
    if led is None or subject is None or not led.left_edge.i <= whose.i < subject.i or whose.lower_ not in _OWNERS:
        return None
    owner, linked = reading.entities.get(subject.i), reading.entities.get(whose.i)
    if owner is None or (owner.kind is EntityKind.PERSON) != (whose.lower_ in _PRONOUNS):
        return None
    before = {e.id for t in whose.doc[whose.sent.start : subject.left_edge.i] if (e := reading.entities.get(t.i))}
    sure = before <= {owner.id} and (linked is None or linked.id == owner.id)
    return owner if sure and _may_be_of_sex(whose, owner) else None


def may_be_called(reading: Reading, pronoun: Token, entity: Entity) -> bool:
    """False where `entity` is in doubt for a pronoun linked to it.

    That is: the name of the other sex, a quotation that begins or ends between them, a place that does nothing to
    anything ("it closed"), or a thing that may be meant as well ("ruled the colony until it became free").
    """
    if pronoun.lower_ in _ACTING:
        return _may_be_of_sex(pronoun, entity) and not _is_quoted(pronoun, entity)
    if pronoun.lower_ != "it" or _does(pronoun.head):
        return True
    says = own_subject(pronoun.head.head) if pronoun.head.dep_ == "ccomp" else None
    if says is not None and reading.entities.get(says.i) is entity:
        return True
    return entity.kind is not EntityKind.PLACE and not (entity.kind in BODIES and has_rival(reading, pronoun))


def _may_be_of_sex(pronoun: Token, entity: Entity) -> bool:
    """False for a first name of the other sex."""
    sex = _SEXES.get(pronoun.lower_)
    return sex is None or load_nouns().sexes.get(entity.name.split()[0].casefold(), sex) is sex


def _only(reading: Reading, before: Iterable[Token]) -> Entity | None:
    """The one person of these words; None if there are more, or somebody without a name."""
    persons: dict[str, Entity] = {}
    for token in before:
        entity = reading.entities.get(token.i)
        if entity is None and (token.lower_ in _PRONOUNS or _is_somebody(reading, token)):
            return None
        if entity is not None and entity.kind is EntityKind.PERSON and not _is_owner_of_person(reading, token):
            persons[entity.id] = entity
    return persons.popitem()[1] if len(persons) == 1 else None


def _named_behind(reading: Reading, pronoun: Token) -> Entity | None:
    """Ada Roe of "When she left the bank, Ada Roe was ill"."""
    clause = pronoun.head
    main = clause.head
    if clause.dep_ != "advcl" or clause.i > main.i or not is_verb(main):
        return None
    subject = own_subject(main)
    behind = subject is not None and clause.i < subject.i < main.i and _is_person(reading, subject)
    quoted = behind and any(t.text in _QUOTES for t in pronoun.doc[pronoun.i : main.i])
    return reading.entities[subject.i] if behind and not quoted and subject is not None else None


def _is_person(reading: Reading, token: Token) -> bool:
    return reading.kind(token) is EntityKind.PERSON


def _is_somebody(reading: Reading, noun: Token) -> bool:
    """True for a minister without a name, not for that of "minister Ada Roe", nor for ministers."""
    if noun.tag_ != "NN" or EntityKind.PERSON not in kinds_of(noun):
        return False
    named = any(t.dep_ in _BESIDE and _is_person(reading, t) for t in noun.subtree)
    return not named and not (noun.dep_ in _BESIDE and _is_person(reading, noun.head))


def _is_owner_of_person(reading: Reading, token: Token) -> bool:
    """True for the Roe of "Roe's aide Joan Moe"."""
    named = (token.head, token.head.head, *(t for t in token.head.children if t.dep_ in _BESIDE))
    return token.dep_ == "poss" and any(_is_person(reading, t) for t in named)


def _is_quoted(pronoun: Token, entity: Entity) -> bool:
    """True if one of both stands in a quotation and the other does not: '"She left," Ada Roe said.'"""
    named = max((m.end for m in entity.mentions if m.end <= pronoun.idx), default=pronoun.idx)
    between = pronoun.doc.text[named : pronoun.idx]
    return sum(between.count(mark) for mark in '"“”') % 2 == 1


def _does(verb: Token) -> bool:
    """True if it is done to something, or says something."""
    if not is_verb(verb) or is_passive(verb):
        return False
    return object_of(verb) is not None or any(t.dep_ in ("ccomp", "xcomp") for t in verb.rights)


def has_rival(reading: Reading, pronoun: Token) -> bool:
    """True for an "it" that suffers or is something, behind a thing that may be meant: the colony."""
    if not (is_passive(pronoun.head) or pronoun.head.lemma_ in ("be", "become")):
        return False
    above = next((t for t in islice(pronoun.head.ancestors, _CLIMB) if is_verb(t)), pronoun.head)
    told = (t for t in above.children if t.dep_ in OBJECTS and above.i < t.i < pronoun.i)
    return any(t.tag_ == "NN" and t.i not in reading.times and t.i != pronoun.head.head.i for t in told)
