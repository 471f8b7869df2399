"""Where to look for entities that may be one: under the same name, surname, initials, or stem of a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

from kb.model import EntityKind
from kb.resolve.given import initials_for
from kb.resolve.names import initials_of, is_person_name, is_surname, stem_of, surname_of
from kb.resolve.profile import Profile

LARGEST_BLOCK = 16
"""Entities under one key: with more, the key tells nothing ("smith"), and comparing all pairs would be too dear."""

_FULL, _BARE = "full ", "bare "


def block_keys(profile: Profile) -> frozenset[str]:
    """The keys an entity is filed under; bounded by the number of its names."""
    return frozenset(own for own, _ in meetings(profile))


def meetings(profile: Profile) -> frozenset[tuple[str, str]]:
    """Pairs of keys: one that an entity is filed under, and one under which those are filed that it may be.

    What one finds by a pair, finds it by the same pair the other way round. A person of whom a full name is told meets
    those with a first name that goes with it, and those who go by a surname alone; these meet everybody who has it.
    """
    return frozenset(_of_a_person(profile) if profile.kind is EntityKind.PERSON else _of_a_thing(profile))


def is_full(names: Set[str]) -> bool:
    """True if a person's first name is told, so that another first name is another person's."""
    return not all(map(is_surname, names))


def _of_a_person(profile: Profile) -> Iterator[tuple[str, str]]:
    full = [name for name in profile.names if not is_surname(name)]
    bare = {surname_of(name) for name in profile.names if is_surname(name)}
    for name in full:
        yield from _alike(f"name {name}")
        if is_person_name(name):
            bare.add(surname_of(name))
            for letter in initials_for(name.split(maxsplit=1)[0]):
                yield from _alike(f"surname {surname_of(name)} {letter}")
    own = _FULL if full else _BARE
    yield from ((f"{own}{name}", opposite(f"{own}{name}")) for name in bare)


def opposite(key: str) -> str:
    """The key of those whom the ones filed under `key` meet there."""
    if key.startswith(_FULL):
        return f"{_BARE}{key.removeprefix(_FULL)}"
    return f"{_FULL}{key.removeprefix(_BARE)}" if key.startswith(_BARE) else key


def _of_a_thing(profile: Profile) -> Iterator[tuple[str, str]]:
    for name in profile.names:
        yield from _alike(f"name {name}")
        yield from _alike(f"stem {stem_of(name)}")
        if initials := initials_of(name):
            yield from _alike(f"initials {initials}")
    for name in profile.shouted:
        yield from _alike(f"initials {name}")


def _alike(key: str) -> Iterator[tuple[str, str]]:
    yield key, key


def candidates(
    profiles: Iterable[Profile], *, telling: Set[str] | None = None, near: Set[str] | None = None
) -> Iterator[tuple[Profile, Profile, Sequence[Profile]]]:
    """Pairs that meet, each once, in the order of their ids, with all that either of them meets.

    Keys of too many tell nothing. Where `profiles` are but a part of all, `telling` are the keys that do; with `near`,
    only pairs of which one is there.
    """
    blocks: defaultdict[str, dict[str, Profile]] = defaultdict(dict)
    met: dict[str, frozenset[tuple[str, str]]] = {}
    for profile in profiles:
        met[profile.id] = meetings(profile)
        for key, _ in met[profile.id]:
            blocks[key][profile.id] = profile
    small = telling if telling is not None else {key for key, own in blocks.items() if len(own) <= LARGEST_BLOCK}
    mates: defaultdict[str, dict[str, Profile]] = defaultdict(dict)
    for id_, keys in met.items():
        for own, other in keys:
            mates[id_] |= blocks.get(other, {}) if own in small and other in small else {}
    pairs = {(min(id_, mate), max(id_, mate)) for id_, own in mates.items() for mate in own if mate != id_}
    if near is not None:
        pairs = {pair for pair in pairs if not near.isdisjoint(pair)}
    for one, other in sorted(pairs):
        around = mates[one] | mates[other]
        yield around[one], around[other], [around[id_] for id_ in sorted(around)]
