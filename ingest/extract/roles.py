"""Who takes part: entities that stand where the ontology looks for the roles of an event type."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from ingest.extract.grammar import Reading, filling, is_verb
from ingest.extract.triggers import lemma
from kb.model import Actor, Entity
from kb.ontology.model import Ontology, Role


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
        for token in _at(trigger, carrier, place):
            entity = reading.entities.get(token.i)
            if entity is not None and entity.kind in role.kinds:
                yield entity


def _carrier(ontology: Ontology, trigger: Token) -> Token | None:
    """The verb of little meaning whose prepositions belong to the event noun: "held talks in May with the union"."""
    head = trigger.head
    if is_verb(trigger) or not is_verb(head):
        return None
    words, name = ontology.words, lemma(head, ontology.verbs)
    return head if name in words.support | words.happening | words.arranging | words.light else None


def _at(trigger: Token, carrier: Token | None, place: str) -> Iterator[Token]:
    if is_verb(trigger):
        yield from filling(trigger, place)
    elif place == "possessor":
        yield from (t for t in trigger.children if t.dep_ in ("poss", "compound", "nmod"))
    elif place in ("subject", "object"):
        if is_verb(trigger.head):
            yield from filling(trigger.head, place)
    else:
        yield from filling(trigger, place)
        if carrier is not None:
            yield from filling(carrier, place)
