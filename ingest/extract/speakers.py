"""The name of a speaker: the entity that a noun or pronoun stands for, else the phrase as the text has it."""

from __future__ import annotations

from ingest.extract.entities.references.nouns import BODIES
from ingest.extract.grammar import ANY_SUBJECT, Reading
from ingest.nlp.words import Token
from kb.model import Entity, EntityKind
from kb.ontology.model import Ontology

_PERSONS = frozenset(("he", "she"))
_THINGS = frozenset(("it",))
_SPEAKING = BODIES | {EntityKind.PERSON, EntityKind.PLACE}
_LOOK_BACK = 120
"""Tokens that a pronoun may stand away from its name."""
_LEFT = frozenset(("det", "amod", "compound", "nmod", "poss", "nummod", "quantmod"))
_RIGHT = frozenset(("amod", "acl", "prep", "relcl"))
_TAIL = 10
_AUTHORS = frozenset(("by", "from", "of"))


def name_of(reading: Reading, ontology: Ontology, token: Token) -> str:
    """Who speaks: "GAO" for "a report by the GAO", "Microsoft" for "it", "people familiar with the matter"."""
    entity = reading.entities.get(token.i)
    if entity is None and token.lower_ in _PERSONS | _THINGS:
        entity = _antecedent(reading, token)
    if entity is None:
        entity = _author(reading, ontology, token)
    return entity.name if entity is not None else _phrase(ontology, token)


def _antecedent(reading: Reading, pronoun: Token) -> Entity | None:
    """The last person, or body, named before the pronoun, subjects first."""
    kinds = frozenset((EntityKind.PERSON,)) if pronoun.lower_ in _PERSONS else BODIES
    nearest: Entity | None = None
    for i in range(pronoun.i - 1, max(pronoun.i - _LOOK_BACK, 0) - 1, -1):
        entity = reading.entities.get(i)
        if entity is None or entity.kind not in kinds:
            continue
        if reading.doc[i].dep_ in ANY_SUBJECT:
            return entity
        nearest = nearest or entity
    return nearest


def _author(reading: Reading, ontology: Ontology, noun: Token) -> Entity | None:
    """Whose document it is that speaks: "a report by the GAO", "the ministry's statement"."""
    if noun.lemma_.lower() not in ontology.words.documents | ontology.words.reports:
        return None
    owners = [t for t in noun.children if t.dep_ == "poss"]
    owners += [t for p in noun.children if p.lower_ in _AUTHORS for t in p.children if t.dep_ == "pobj"]
    owners += [t for t in noun.children if t.dep_ == "compound"]
    found = (reading.entities.get(t.i) for t in owners)
    return next((e for e in found if e is not None and e.kind in _SPEAKING), None)


def _phrase(ontology: Ontology, token: Token) -> str:
    left = [t for t in token.children if t.i < token.i and t.dep_ in _LEFT]
    start = min((t.left_edge.i for t in left), default=token.i)
    end = token.i + 1
    if token.lemma_.lower() in ontology.speech.unnamed:
        end = _end_of_description(token)
    return token.doc[start:end].text


def _end_of_description(noun: Token) -> int:
    """Behind what tells an unnamed source from others: "familiar with the matter", "briefed on the talks"."""
    end = noun.i + 1
    for child in noun.rights:
        last = child.right_edge.i + 1
        if child.dep_ not in _RIGHT or child.i != end or last - noun.i > _TAIL:
            break
        end = last
    return end
