"""What the articles say of one entity, as far as it helps to tell who it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kb.gazetteer import Gazetteer, Listed, Use, load_gazetteer
from kb.ids import name_key
from kb.model import Entity, EntityKind, Extraction
from kb.resolve.kinds import ranked

LONGEST_KEY = 120
"""Characters of a name that are looked at: a longer one is a mistake, and is like no other."""
_NEIGHBOURS, _NAMES = 64, 40
"""How many of each are kept: the closest, and the shortest."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One entity over all articles that name it. A join of what each says: order and repetition change nothing."""

    id: str
    kinds: tuple[tuple[EntityKind, int], ...]
    """Kinds it was taken for, each with the number of articles, most first."""
    names: frozenset[str]
    """Keys of its names."""
    shouted: frozenset[str] = frozenset()
    """Keys of the names that are written in capitals throughout: acronyms."""
    roles: frozenset[str] = frozenset()
    """What it was said to be: "striker", "senator"."""
    neighbours: frozenset[str] = frozenset()
    """Entities that are named in the same articles, those it shares most articles with."""
    first: date | None = None
    last: date | None = None
    """Days of publication of the first and the last article that names it."""
    listed: Listed | None = None
    """What the gazetteer says it is."""

    @property
    def kind(self) -> EntityKind:
        """What most articles take it for."""
        return self.kinds[0][0]


def profiles_of(extractions: Iterable[Extraction], *, gazetteer: Gazetteer | None = None) -> list[Profile]:
    """The profiles of all entities of these articles, in the order of their ids."""
    known = gazetteer or load_gazetteer()
    together: defaultdict[str, Counter[str]] = defaultdict(Counter)
    named: defaultdict[str, list[tuple[Entity, date | None]]] = defaultdict(list)
    for extraction in extractions:
        ids = sorted(entity.id for entity in extraction.entities)
        for entity in extraction.entities:
            named[entity.id].append((entity, extraction.article.published))
            together[entity.id].update(id_ for id_ in ids if id_ != entity.id)
    return [merge_profiles(id_, named[id_], together[id_], known) for id_ in sorted(named)]


def merge_profiles(
    id_: str, named: Iterable[tuple[Entity, date | None]], together: Counter[str], gazetteer: Gazetteer
) -> Profile:
    """One profile from what each article says, with the day it was published; `together` counts the neighbours."""
    kinds: Counter[EntityKind] = Counter()
    names: set[str] = set()
    roles: set[str] = set()
    days: list[date] = []
    listed: list[Listed] = []
    for entity, published in named:
        kinds[entity.kind] += 1
        names.update((entity.name, *(mention.text for mention in entity.mentions)))
        roles.update(entity.roles)
        days += [published] if published else []
        listed += [one] if (one := gazetteer.get(entity.name)) else []
    closest = sorted(together, key=lambda one: (-together[one], one))[:_NEIGHBOURS]
    return Profile(
        id_,
        ranked(kinds),
        *names_of(names, gazetteer),
        frozenset(roles),
        frozenset(closest),
        min(days, default=None),
        max(days, default=None),
        min(listed, key=lambda one: one.name, default=None),
    )


def names_of(names: Iterable[str], gazetteer: Gazetteer) -> tuple[frozenset[str], frozenset[str]]:
    """Keys of the names that tell who somebody is, and of those among them that are written in capitals."""
    own = {name for name in names if not _is_shared(name, gazetteer)}
    keys = sorted({name_key(name[:LONGEST_KEY]) for name in own}, key=lambda key: (len(key), key))
    shouted = {name_key(name) for name in own if name.isupper() and 2 <= len(name) <= 10}
    return frozenset(keys[:_NAMES]), frozenset(shouted)


def _is_shared(name: str, gazetteer: Gazetteer) -> bool:
    """True for what means another thing in another country: "Supreme Court", "Treasury"."""
    form = gazetteer.forms.get(name)
    return form is not None and form.use is Use.SHORT
