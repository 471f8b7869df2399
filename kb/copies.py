"""Syndicated copies: texts that are one wire text with another headline, a trimmed ending, a paragraph more or less.

A text is its runs of five words. Of two texts one is a copy of the other when the shorter one has most of its runs in
common with the longer. Candidates are found without comparing all texts: the smallest hash in each of 64 bins is likely
to be the same where texts overlap, and two such minima together make a key that copies share. Texts that tell of like
things in one paper's manner share a pair now and then, but few minima.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

_RUN = 5
_BINS = 64
_SHORTEST = 40
"""Runs a text needs to be compared: short notices repeat each other without being copies."""
IN_COMMON = 8
"""Minima that copies have in common: 11 of 64 may be expected where a third of a long text is most of a short one."""
ENOUGH = 0.6
"""Share of the shorter text's runs that makes it a copy."""
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=512)
def runs(text: str) -> frozenset[int]:
    """Hashes of all runs of five words."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return frozenset(
        crc32(" ".join(words[i : i + _RUN]).encode("utf-8", "surrogatepass")) for i in range(len(words) - _RUN + 1)
    )


class Sketch(NamedTuple):
    """What is filed of a text: copies share one of its `keys` with near certainty, and several of its `minima`."""

    keys: tuple[str, ...]
    minima: tuple[str, ...]
    """The least hash of each bin."""


def sketch(text: str) -> Sketch:
    """Where to file a text and what to know it by; nothing of one that is too short to be compared."""
    found = runs(text)
    if len(found) < _SHORTEST:
        return Sketch((), ())
    least: dict[int, int] = {}
    for value in found:
        number = value % _BINS
        least[number] = min(least.get(number, value), value)
    pairs = ((first, first + 1) for first in range(0, _BINS, 2))
    keys = tuple(f"copy|{a}|{least[a]:x}.{least[b]:x}" for a, b in pairs if a in least and b in least)
    return Sketch(keys, tuple(f"{number}|{value:x}" for number, value in least.items()))


def overlap(one: str, other: str) -> float:
    """Share of the shorter text's runs that the longer one has; 0 for texts too short to say."""
    ours, theirs = runs(one), runs(other)
    if min(len(ours), len(theirs)) < _SHORTEST:
        return 0.0
    return len(ours & theirs) / min(len(ours), len(theirs))


def are_copies(one: str, other: str) -> bool:
    """True if one of the texts is a copy of the other.

    >>> are_copies("a b c", "a b c")
    False
    """
    return overlap(one, other) >= ENOUGH
