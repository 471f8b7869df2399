"""Namesakes: a person whose calling an article tells is kept apart from bearers of the same name with another one.

An entity's id comes from its name, so that "John Smith" is one thing in all articles. Where an article says that its
own is a striker, the id comes from name and field; where it says when he was born, from name and year. Links
(`kb.resolve.links`) then bring together the striker and a John Smith of whom nothing is told, unless there is a
senator as well. Where it says that he is mayor of Leeds, the id comes from name and office; only a namesake who holds
such an office elsewhere at that time keeps the two apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kb.gazetteer import Gazetteer, load_gazetteer
from kb.ids import entity_id, name_key
from kb.model import Claim, Entity, EntityKind, Extraction
from kb.resolve.lives import birth_of, births
from kb.resolve.offices import OfficeReader, offices_of
from kb.resolve.roles import fields_of

_APART = frozenset(("sport", "arts", "faith"))
"""Fields that hardly anybody shares with those in the other news: politics, law, business."""


def with_senses(extraction: Extraction, *, gazetteer: Gazetteer | None = None) -> Extraction:
    """The extraction with an id of their own for persons of a field that tells them from their namesakes."""
    known = gazetteer or load_gazetteer()
    offices = OfficeReader(extraction, known)
    told = [_with_roles(entity, extraction.article.text, offices, known) for entity in extraction.entities]
    ids = {entity.id: id_ for entity in told if (id_ := sense_id(entity, known)) != entity.id}
    if not ids:
        return extraction
    entities = tuple(replace(entity, id=ids.get(entity.id, entity.id)) for entity in told)
    return replace(extraction, entities=entities, claims=tuple(_renamed(claim, ids) for claim in extraction.claims))


def sense_id(entity: Entity, known: Gazetteer) -> str:
    """The id of an entity: by its name, and by what tells it from namesakes nobody knows."""
    if not _may_have_namesakes(entity, known):
        return entity.id
    if born := births(entity.roles):
        return entity_id(entity.name, min(born))
    fields = fields_of(entity.roles)
    if len(fields) == 1 and fields <= _APART:
        return entity_id(entity.name, min(fields))
    offices = offices_of(entity.roles)
    return entity_id(entity.name, min(offices)) if offices else entity.id


def _may_have_namesakes(entity: Entity, known: Gazetteer) -> bool:
    """True for a person of a whole name that is not known for one."""
    return (
        entity.kind is EntityKind.PERSON
        and " " in name_key(entity.name)
        and entity.id == entity_id(entity.name)
        and not known.get(entity.name)
    )


def _with_roles(entity: Entity, text: str, offices: OfficeReader, known: Gazetteer) -> Entity:
    """The entity with its year of birth and its offices among what it is said to be, as far as the text tells them."""
    if not _may_have_namesakes(entity, known):
        return entity
    born = birth_of(text, entity.mentions)
    told = {*entity.roles, *offices.roles_of(entity), *([born] if born else [])}
    return replace(entity, roles=tuple(sorted(told))) if len(told) > len(entity.roles) else entity


def _renamed(claim: Claim, ids: Mapping[str, str]) -> Claim:
    if not any(actor.entity in ids for actor in claim.actors):
        return claim
    actors = (replace(actor, entity=ids.get(actor.entity, actor.entity)) for actor in claim.actors)
    return replace(claim, actors=tuple(actors))
