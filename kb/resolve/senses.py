"""Namesakes: a person whose calling an article tells is kept apart from bearers of the same name with another one.

An entity's id comes from its name, so that "John Smith" is one thing in all articles. Where an article says that its
own is a striker, the id comes from name and field; where it says when he was born, from name and year. Links
(`kb.resolve.links`) then bring together the striker and a John Smith of whom nothing is told, unless there is a
senator as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kb.gazetteer import Gazetteer, load_gazetteer
from kb.ids import digest, entity_id, name_key
from kb.model import Claim, Entity, EntityKind, Extraction
from kb.resolve.lives import birth_of, births
from kb.resolve.roles import fields_of

_APART = frozenset(("sport", "arts", "faith"))
"""Fields that hardly anybody shares with those in the other news: politics, law, business."""


def with_senses(extraction: Extraction, *, gazetteer: Gazetteer | None = None) -> Extraction:
    """The extraction with an id of their own for persons of a field that tells them from their namesakes."""
    known = gazetteer or load_gazetteer()
    told = [_with_birth(entity, extraction.article.text) for entity in extraction.entities]
    ids = {entity.id: id_ for entity in told if (id_ := sense_id(entity, known)) != entity.id}
    if not ids:
        return extraction
    entities = tuple(replace(entity, id=ids.get(entity.id, entity.id)) for entity in told)
    return replace(extraction, entities=entities, claims=tuple(_renamed(claim, ids) for claim in extraction.claims))


def sense_id(entity: Entity, known: Gazetteer) -> str:
    """The id of an entity: by its name, and by its field where that tells it from namesakes nobody knows."""
    if entity.kind is not EntityKind.PERSON or known.get(entity.name):
        return entity.id
    if " " not in name_key(entity.name) or entity.id != entity_id(entity.name):
        return entity.id
    if born := births(entity.roles):
        return digest("e", name_key(entity.name), min(born))
    fields = fields_of(entity.roles)
    return digest("e", name_key(entity.name), min(fields)) if len(fields) == 1 and fields <= _APART else entity.id


def _with_birth(entity: Entity, text: str) -> Entity:
    """The entity with its year of birth among what it is said to be, if it is a person and the text tells it."""
    born = birth_of(text, entity.mentions) if entity.kind is EntityKind.PERSON else None
    return replace(entity, roles=tuple(sorted({*entity.roles, born}))) if born else entity


def _renamed(claim: Claim, ids: Mapping[str, str]) -> Claim:
    if not any(actor.entity in ids for actor in claim.actors):
        return claim
    actors = (replace(actor, entity=ids.get(actor.entity, actor.entity)) for actor in claim.actors)
    return replace(claim, actors=tuple(actors))
