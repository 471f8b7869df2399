"""What a text speaks of, and how much each thing is on its mind at a place: recent, and as a subject, weighs most.

After Lappin and Leass (1994), An Algorithm for Pronominal Anaphora Resolution: every mention adds weight by its
grammatical role, and the weight halves with each sentence. Things without a name take part, because a pronoun that
means one of them must not be given to a name.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from ingest.extract.entities.references.nouns import Sex
from kb.model import Entity, EntityKind

_REMEMBERED = 40
"""Referents that are looked at for one word: the latest ones. Keeps the cost linear in the length of a text."""
_SIGHTINGS = 24


@dataclass(frozen=True, slots=True)
class Sighting:
    """One mention of a referent."""

    sentence: int
    token: int
    weight: float
    subject: bool = False


@dataclass(slots=True, eq=False)
class Referent:
    """A thing that the text speaks of."""

    kinds: frozenset[EntityKind]
    entity: Entity | None = None
    """None for a thing without a name."""
    plural: bool = False
    sex: Sex | None = None
    nouns: set[str] = field(default_factory=set)
    """What the text has said it is: "judge", "company"."""
    words: frozenset[str] = frozenset()
    """Words of its names."""
    heads: frozenset[str] = frozenset()
    """The words of its names that say what it is: "commission" in "Federal Trade Commission"."""
    country: str | None = None
    """ISO 3166 code of the country it belongs to, if known."""
    seen: deque[Sighting] = field(default_factory=lambda: deque(maxlen=_SIGHTINGS))

    @property
    def is_person(self) -> bool:
        """True for what "he" or "she" may mean."""
        return EntityKind.PERSON in self.kinds

    def salience(self, sentence: int, *, fading: float = 0.4) -> float:
        """Its weight at `sentence`: the heaviest mention of each sentence, `fading` times lighter a sentence back."""
        heaviest: dict[int, float] = {}
        for one in self.seen:
            heaviest[one.sentence] = max(heaviest.get(one.sentence, 0.0), one.weight)
        return sum(weight * fading ** (sentence - at) for at, weight in heaviest.items())

    def distance(self, sentence: int) -> int:
        """Sentences since it was last mentioned."""
        return sentence - self.seen[-1].sentence if self.seen else 1_000


class Discourse:
    """The referents of a text in the order in which they were last mentioned."""

    def __init__(self) -> None:
        self._latest: dict[int, Referent] = {}
        self._by_key: defaultdict[str, dict[int, Referent]] = defaultdict(dict)
        self.at: dict[int, Referent] = {}
        """Token -> the referent that its phrase means."""

    def sight(self, referent: Referent, sighting: Sighting) -> None:
        """Note a mention."""
        referent.seen.append(sighting)
        self._latest.pop(id(referent), None)
        self._latest[id(referent)] = referent
        self.at[sighting.token] = referent
        if referent.entity is not None:
            for word in (*referent.kinds, *referent.heads, *referent.nouns):
                shelf = self._by_key[word]
                shelf.pop(id(referent), None)
                shelf[id(referent)] = referent
        if len(self._latest) > 2 * _REMEMBERED:
            for key in list(self._latest)[:_REMEMBERED]:
                if self._latest[key].entity is None:
                    del self._latest[key]

    def recent(self, sentence: int, *, within: int) -> Iterator[Referent]:
        """Referents mentioned at most `within` sentences back, the latest first."""
        for referent in reversed(self._latest.values()):
            if sentence - referent.seen[-1].sentence > within:
                return
            yield referent

    def named(self, kinds: Iterable[EntityKind], *words: str) -> list[Referent]:
        """Named referents of one of `kinds`, or called one of `words`, the latest first."""
        found = {
            id(one): one
            for key in (*kinds, *words)
            for one in islice(reversed(self._by_key[key].values()), _REMEMBERED)
        }
        return sorted(found.values(), key=lambda one: -one.seen[-1].token)

    def unnamed(self, noun: str) -> Referent | None:
        """The nameless thing that was last called `noun`, if it is still remembered."""
        found = (one for one in reversed(self._latest.values()) if one.entity is None and noun in one.nouns)
        return next(found, None)
