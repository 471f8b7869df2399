"""What the graph tells of entities by themselves, as who is who is found out by (`kb.resolve`)."""

from __future__ import annotations

from collections.abc import Iterable

from kb.gazetteer import load_gazetteer
from kb.model import EntityKind
from kb.resolve import Profile
from kb.resolve.profile import names_of
from kb.store import identities_cypher as cypher
from kb.store.claim_rows import Reader, Row


def read_profiles(read: Reader, entities: Iterable[str]) -> dict[str, Profile]:
    """What the graph holds of those of these entities that an article names, but for who stands beside them."""
    return profiles_of(read(cypher.ENTITIES, ids=sorted(entities)))


def profiles_of(rows: Iterable[Row]) -> dict[str, Profile]:
    """The same of entities as the graph has them, by id."""
    known = load_gazetteer()
    profiles = {}
    for row in rows:
        names, shouted = names_of({row["name"], *row["aliases"]}, known)
        profiles[row["id"]] = Profile(
            id=row["id"],
            kinds=((EntityKind(row["kind"]), 1),),
            names=names,
            shouted=shouted,
            roles=frozenset(row["roles"] or ()),
            listed=known.get(row["name"]),
        )
    return profiles
