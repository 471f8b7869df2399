"""Where to look for entities that may be one: under the same name, surname, initials, or stem of a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import combinations

from kb.model import EntityKind
from kb.resolve.names import initials_of, is_person_name, stem_of, surname_of
from kb.resolve.profile import Profile

LARGEST_BLOCK = 40
"""Entities under one key: with more, the key tells nothing ("smith"), and comparing all pairs would be too dear."""


def block_keys(profile: Profile) -> frozenset[str]:
    """The keys an entity is filed under; bounded by the number of its names."""
    return frozenset(_keys(profile))


def _keys(profile: Profile) -> Iterator[str]:
    person = profile.kind is EntityKind.PERSON
    for name in profile.names:
        yield f"name {name}"
        if person and is_person_name(name):
            yield f"surname {surname_of(name)}"
        if not person:
            yield f"stem {stem_of(name)}"
            if initials := initials_of(name):
                yield f"initials {initials}"
    if not person:
        yield from (f"initials {name}" for name in profile.shouted)


def candidates(
    profiles: Iterable[Profile], *, telling: Set[str] | None = None
) -> Iterator[tuple[Profile, Profile, Sequence[Profile]]]:
    """Pairs that share a block, each once, in the order of their ids, with all that stand in a block with either.

    Keys of too many tell nothing. Where `profiles` are but a part of all, `telling` are the keys that do.
    """
    blocks: defaultdict[str, dict[str, Profile]] = defaultdict(dict)
    keys_of: dict[str, frozenset[str]] = {}
    for profile in profiles:
        keys_of[profile.id] = block_keys(profile) if telling is None else block_keys(profile) & telling
        for key in keys_of[profile.id]:
            blocks[key][profile.id] = profile
    small = {key: block for key, block in blocks.items() if 2 <= len(block) <= LARGEST_BLOCK}
    pairs = {pair for block in small.values() for pair in combinations(sorted(block), 2)}
    for one, other in sorted(pairs):
        around = {id_: p for key in keys_of[one] | keys_of[other] for id_, p in small.get(key, {}).items()}
        yield around[one], around[other], [around[id_] for id_ in sorted(around)]
