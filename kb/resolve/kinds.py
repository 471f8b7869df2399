"""Of which kind a thing is where articles take it for several: the gazetteer's, else the one that most take it for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kb.gazetteer import Listed
from kb.model import EntityKind

_ORDER = {kind: at for at, kind in enumerate(EntityKind)}


def ranked(votes: Mapping[EntityKind, int]) -> tuple[tuple[EntityKind, int], ...]:
    """Kinds with how many articles take a thing for each, most first; as many, in the order of `EntityKind`.

    >>> ranked({EntityKind.PERSON: 1, EntityKind.COMPANY: 3})
    ((<EntityKind.COMPANY: 'company'>, 3), (<EntityKind.PERSON: 'person'>, 1))
    """
    return tuple(sorted(votes.items(), key=lambda one: (-one[1], _ORDER[one[0]])))


def kind_of(votes: Mapping[EntityKind, int], listed: Iterable[Listed | None] = ()) -> EntityKind:
    """The kind of what `votes` are about; `listed` is what the gazetteer says of its names.

    Where names of several kinds are listed, which somebody judged to be one, the votes decide among these. `votes` must
    not be empty.
    """
    known = {one.kind for one in listed if one}
    counted = Counter({kind: votes.get(kind, 0) for kind in known}) if known else votes
    return ranked(counted)[0][0]
