"""How two names of one thing may differ: a surname alone, initials, an acronym, a legal form, "of India"."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from kb.model import EntityKind
from kb.resolve.given import go_together

_TAILS = frozenset(
    "group holdings holding international global technologies technology systems industries enterprises airlines "
    "airways motors electronics pharmaceuticals entertainment platforms labs media energy".split()
)
_SMALL = frozenset("of the for and on in de la du del di von van der".split())
_OF = re.compile(r" (?:of|for) (?:the )?(?P<where>\w+(?: \w+){0,2})\Z")
_PARTICLES = frozenset("da das de del della den der di dos du la le ten ter van von bin ibn".split())
"""Words that a surname may begin with."""
_INITIALS = 2
"""Letters: a first name as short as this may be initials, which lose their full stops in a key."""
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_AT_HAND = 16_384
"""Names that are kept in mind: those of a few batches and of whom they are compared with."""


class Likeness(StrEnum):
    """What two names have in common."""

    SAME = "one goes by the name of the other"
    ALIAS = "they share another name"
    SURNAME = "one is called by the surname of the other"
    INITIALS = "their first names are compatible and their surnames are the same"
    NICKNAME = "one first name is short for the other and their surnames are the same"
    ACRONYM = "one is the initials of the other"
    TAIL = "one leaves out what kind of company it is"
    WHERE = "one leaves out where it is"


def plainness(name: str) -> tuple[int, bool, str]:
    """What a thing is called by is the least of its names by this: the shortest, one in capitals last."""
    return len(name), name.isupper(), name


@lru_cache(maxsize=_AT_HAND)
def surname_of(name: str) -> str:
    """The last word of a person's name key that is not "jr"."""
    words = name.split()
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return words[-1]


def is_surname(name: str) -> bool:
    """True for a person's name key without a first name: "lima", "de lima"."""
    return " " not in name or _PARTICLES.issuperset(name.split()[:-1])


@lru_cache(maxsize=_AT_HAND)
def is_person_name(name: str) -> bool:
    """False for what is too long to be anybody's name."""
    return 0 < len(name.split()) <= 6 and len(name) <= 60


def initials_of(name: str) -> str | None:
    """ "sbi" for "state bank of india"; None for a name of one word."""
    words = [word for word in name.split() if word not in _SMALL]
    return "".join(word[0] for word in words) if 2 <= len(words) <= 10 else None


@lru_cache(maxsize=_AT_HAND)
def stem_of(name: str) -> str:
    """The name without a trailing "of India" or "Group"."""
    name = _OF.sub("", name) if len(name.split()) > 3 else name
    words = name.split()
    while len(words) > 1 and words[-1] in _TAILS:
        words.pop()
    return " ".join(words)


def likeness(one: str, other: str, kind: EntityKind, *, acronyms: frozenset[str] = frozenset()) -> Likeness | None:
    """What the keys of two names of things of one kind have in common; None if they are no names of one thing.

    `acronyms` are those keys that are written in capitals.
    """
    if one == other:
        return Likeness.SAME
    if kind is EntityKind.PERSON:
        return _of_persons(one, other)
    short, long = sorted((one, other), key=len)
    if short in acronyms and initials_of(long) == short:
        return Likeness.ACRONYM
    return _of_longer(short, long) if long.startswith(short) else None


def _of_longer(short: str, long: str) -> Likeness | None:
    """What a name says that goes on where the other ends."""
    if (where := _OF.search(long)) and long[: where.start()] == short and " " in short:
        return Likeness.WHERE
    if stem_of(long) == short and long.startswith(short + " ") and long.rsplit(maxsplit=1)[-1] in _TAILS:
        return Likeness.TAIL
    return None


def _of_persons(one: str, other: str) -> Likeness | None:
    if not (is_person_name(one) and is_person_name(other)) or surname_of(one) != surname_of(other):
        return None
    if is_surname(one) or is_surname(other):
        return Likeness.SURNAME
    if _middles_differ(one.split(), other.split()):
        return None
    first, second = sorted((one.split(maxsplit=1)[0], other.split(maxsplit=1)[0]), key=len)
    if first == second:
        return Likeness.INITIALS
    if go_together(first, second):
        return Likeness.NICKNAME
    return Likeness.INITIALS if first[0] == second[0] and len(first) <= _INITIALS else None


def _middles_differ(one: list[str], other: list[str]) -> bool:
    """True for two of whom each has another middle name, told in full: "kim jong il" and "kim uk il"."""
    ours, theirs = one[1:-1], other[1:-1]
    if len(ours) != 1 or len(theirs) != 1 or one[0] != other[0]:
        return False
    short, long = sorted((ours[0], theirs[0]), key=len)
    return short != long and (len(short) > 1 or short != long[0])
