"""Who takes part: entities that stand where the ontology looks for the roles of an event type."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.extract.grammar import (
    PASSIVE_SUBJECTS,
    SUBJECTS,
    Reading,
    antecedents,
    filling,
    is_passive,
    is_verb,
    object_of,
)
from ingest.extract.triggers import lemma
from ingest.nlp.words import Token
from kb.model import Actor, Entity
from kb.ontology.model import Ontology, Role

_ALONE = "alone"
"""The subject of a verb without an object: who resigned, but not who dismissed somebody."""


def actors_of(reading: Reading, ontology: Ontology, type_: str, trigger: Token) -> tuple[Actor, ...]:
    """One actor per entity, in the order of the type's roles; an entity keeps the first role it fits."""
    actors: dict[str, Actor] = {}
    for role in ontology.types[type_].roles:
        for entity in _fillers(reading, ontology, trigger, role):
            actors.setdefault(entity.id, Actor(role.name, entity.id, entity.name))
    return tuple(actors.values())


def _fillers(reading: Reading, ontology: Ontology, trigger: Token, role: Role) -> Iterator[Entity]:
    carrier = _carrier(ontology, trigger)
    for place in role.places:
        found = [e for t in _at(trigger, carrier, place) for e in _meant(reading, t) if e.kind in role.kinds]
        if found:
            return iter(found)
    return iter(())


def _meant(reading: Reading, token: Token) -> Iterator[Entity]:
    """The entity that `token` names; for a pronoun in the subject, the only one it can stand for."""
    named = reading.entities.get(token.i)
    if named is not None:
        yield named
    elif token.dep_ in SUBJECTS | PASSIVE_SUBJECTS:
        possible = {e.id: e for t in antecedents(token) if (e := reading.entities.get(t.i)) is not None}
        if len(possible) == 1:
            yield from possible.values()


def _has_no_object(trigger: Token) -> bool:
    return is_verb(trigger) and not is_passive(trigger) and object_of(trigger) is None


def _carrier(ontology: Ontology, trigger: Token) -> Token | None:
    """The verb of little meaning whose prepositions belong to the event noun: "held talks in May with the union"."""
    head = trigger.head
    if is_verb(trigger) or not is_verb(head):
        return None
    words, name = ontology.words, lemma(head, ontology.verbs)
    return head if name in words.support | words.happening | words.arranging | words.light else None


def _at(trigger: Token, carrier: Token | None, place: str) -> Iterator[Token]:
    if place == _ALONE:
        yield from filling(trigger, "subject", guess=False) if _has_no_object(trigger) else ()
    elif is_verb(trigger):
        yield from filling(trigger, place, guess=False)
    elif place == "possessor":
        yield from (t for t in trigger.children if t.dep_ in ("poss", "compound", "nmod"))
    elif place in ("subject", "object"):
        if is_verb(trigger.head):
            yield from filling(trigger.head, place, guess=False)
    else:
        yield from filling(trigger, place)
        if carrier is not None:
            yield from filling(carrier, place)
