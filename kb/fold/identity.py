"""The rules of `identity.yaml`: which types may tell of one event, and which parties decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from pydantic import BaseModel, ConfigDict

from kb.fold.phrases import Phrase
from kb.fold.words import stem
from kb.shipped import read_form

CHANGE = "deadline_change"
"""The type of what moves a deadline."""
DEADLINES = "deadlines"
"""The family whose events keep their identity when their day moves."""
EFFECTS = "effects"
"""The family whose events, days on which a law or a rule takes effect, have a ledger once their day was moved."""
ANY = "other"
"""The type that says nothing."""
_FILE = "identity.yaml"


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    enough: float
    weights: dict[str, float]
    families: dict[str, list[str]]
    akin: list[list[str]]
    awaited: list[str]
    decided: list[str]
    single: list[str]
    deciding: dict[str, list[str]]
    nested: list[str]
    retold: list[str]
    common: list[str]
    rare: list[str]
    recurring: list[str]
    repeated: list[str]
    opposites: list[tuple[list[str], list[str]]]
    moving: list[str]
    duties: dict[str, list[str]]
    senses: list[list[str]]
    alike: list[list[str]]
    light: list[str]
    saying: list[str]
    named_twice: list[str]
    of_parts: list[str]
    happenings: dict[str, list[str]]
    outcomes: dict[str, list[str]]
    done: list[str]
    proceedings: list[str]
    parts: dict[str, Phrase]


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides whether two claims are about one event."""

    enough: float
    """Points from which on two claims are taken for one event."""
    weights: Mapping[str, float]
    """Points of each kind of evidence."""
    families: Mapping[str, str]
    """The family of each type that has one."""
    pairs: frozenset[frozenset[str]]
    """Two types that one event may be told as."""
    awaited: frozenset[str]
    """Types of what is expected and then comes once."""
    decided: frozenset[str]
    """Types of what is told as done once it is decided, and as yet to come until it is done."""
    single: frozenset[str]
    """Types of what is done in a day, and hardly again some days later."""
    deciding: Mapping[str, tuple[str, ...]]
    nested: frozenset[str]
    retold: frozenset[str]
    common: frozenset[str]
    rare: frozenset[str]
    recurring: frozenset[str]
    """Types of which there are many in a month or a year, told by one word."""
    repeated: frozenset[str]
    """Types of which one body does many, each on its day."""
    opposites: tuple[tuple[frozenset[str], frozenset[str]], ...]
    """Stems of words that say the opposite of each other."""
    moving: frozenset[str]
    """Stems of words that say that a deadline moved."""
    duties: Mapping[str, frozenset[str]]
    """Duty by the stem of a word that names it."""
    senses: Mapping[str, str]
    """The first word of its row by the stem of a word; of two rows the first."""
    all_senses: Mapping[str, tuple[str, ...]]
    """The first word of each of its rows."""
    light: frozenset[str]
    """Stems of verbs that leave it to another word to say what happened."""
    saying: frozenset[str]
    """Stems of verbs that say only that something was said."""
    named_twice: frozenset[str]
    """Types of which one sentence may name one event in two words."""
    of_parts: frozenset[str]
    """Types of which one day has many, each a part of what happened."""
    happenings: Mapping[str, str]
    """Which of the happenings that are never one event a sense is of."""
    outcomes: Mapping[str, frozenset[str]]
    """What becomes of a deadline, with the stems of words that say so."""
    done: frozenset[str]
    """Stems of words that name a duty done."""
    proceedings: frozenset[str]
    """Types of what runs for days and has parts."""
    parts: Mapping[str, re.Pattern[str]]
    """What titles say that tell of one part of it."""

    def meant(self, words: Iterable[str]) -> frozenset[str]:
        """What stems mean, in the first sense of each: those for one thing are one."""
        return frozenset(self.senses.get(word, word) for word in words)

    def may_mean(self, words: Iterable[str]) -> frozenset[str]:
        """All that stems may mean: to clear is to approve, and to acquit."""
        return frozenset(sense for word in words for sense in self.all_senses.get(word, (word,)))

    def family(self, type_: str) -> str:
        """The family of a type: its own name where it has none."""
        return self.families.get(type_, type_)

    def akin(self, one: str, other: str) -> bool:
        """True for two types that one event may well be told as; a type that says nothing goes with most."""
        if ANY in (one, other):
            return not {one, other} & self.common - {ANY}
        return frozenset((one, other)) in self.pairs


@cache
def rules() -> Rules:
    """The rules as they stand in the package; OntologyError names what is wrong with them."""
    form = read_form("kb.fold", _FILE, _Form)
    duties: dict[str, set[str]] = {}
    for duty, words in form.duties.items():
        for word in words:
            duties.setdefault(stem(word), set()).add(duty)
    return Rules(
        enough=form.enough,
        weights=form.weights,
        pairs=frozenset(frozenset(pair) for row in form.akin for pair in combinations(row, 2)),
        awaited=frozenset(form.awaited),
        decided=frozenset(form.decided),
        single=frozenset(form.single),
        families={type_: family for family, types in form.families.items() for type_ in types},
        deciding={type_: tuple(roles) for type_, roles in form.deciding.items()},
        nested=frozenset(form.nested),
        retold=frozenset(form.retold),
        common=frozenset(form.common),
        rare=frozenset(form.rare),
        recurring=frozenset(form.recurring),
        repeated=frozenset(form.repeated),
        opposites=tuple((_stems(one), _stems(other)) for one, other in form.opposites),
        moving=_stems(form.moving),
        duties={word: frozenset(found) for word, found in duties.items()},
        senses={word: senses[0] for word, senses in _by_stem(form.senses).items()},
        all_senses=_by_stem([*form.senses, *form.alike]),
        light=_stems(form.light),
        saying=_stems(form.saying),
        named_twice=frozenset(form.named_twice),
        of_parts=frozenset(form.of_parts),
        happenings={f"={word}": name for name, words in form.happenings.items() for word in words},
        outcomes={outcome: _stems(words) for outcome, words in form.outcomes.items()},
        done=_stems(form.done),
        proceedings=frozenset(form.proceedings),
        parts=form.parts,
    )


def _by_stem(rows: Iterable[list[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for word in dict.fromkeys(map(_stem, row)):
            found[word] = (*found.get(word, ()), f"={row[0]}")
    return found


def _stem(word: str) -> str:
    """The stem of a word; of "fire at" as one is made of a verb and what stands behind it."""
    verb, space, behind = word.partition(" ")
    return stem(f"{stem(verb)} {behind}") if space else stem(word)


def _stems(words: list[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in words)
