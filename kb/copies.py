"""Syndicated copies: texts that are one wire text with another headline, a trimmed ending, a paragraph more or less.

A text is its runs of five words. Of two texts one is a copy of the other when the shorter one has most of its runs in
common with the longer. Candidates are found without comparing all texts: the smallest hash in each of 64 bins is likely
to be the same where texts overlap, and two such minima together make a key that copies share. Texts that tell of like
things in one paper's manner share a pair now and then, but fewer of 128 minima than copies of their lengths would.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import exp, sqrt
from typing import NamedTuple
from zlib import crc32

_RUN = 5
_BINS, _FILED_BINS = 128, 64
_SHORTEST = 40
"""Runs a text needs to be compared: short notices repeat each other without being copies."""
ENOUGH = 0.6
"""Share of the shorter text's runs that makes it a copy."""
_LEAST, _DEVIATIONS = 8, 3.0
"""Minima that copies share at least, and how far below what may be expected of them."""
_NONE = 2**32
_TEXTS_AT_HAND = 128
"""Texts whose runs are kept: those that are written at once, at 50 KB each."""
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=_TEXTS_AT_HAND)
def runs(text: str) -> frozenset[int]:
    """Hashes of all runs of five words."""
    words = [word.casefold() for word in _WORD.findall(text)]
    found = map(" ".join, zip(*(words[start:] for start in range(_RUN)), strict=False))
    return frozenset(crc32(run.encode("utf-8", "surrogatepass")) for run in found)


class Sketch(NamedTuple):
    """What is filed of a text: copies share one of its `keys` with near certainty, and several of its `minima`."""

    keys: tuple[str, ...]
    minima: tuple[int, ...]
    """The least hash of each bin."""
    size: int
    """How many runs there are."""


def sketch(text: str) -> Sketch:
    """Where to file a text and what to know it by; nothing of one that is too short to be compared."""
    found = runs(text)
    if len(found) < _SHORTEST:
        return Sketch((), (), 0)
    least: dict[int, int] = {}
    for value in found:
        number = value % _BINS
        if value < least.get(number, _NONE):
            least[number] = value
    filed = {n: min(least.get(n, _NONE), least.get(n + _FILED_BINS, _NONE)) for n in range(_FILED_BINS)}
    pairs = ((first, first + 1) for first in range(0, _FILED_BINS, 2))
    keys = tuple(f"copy|{a}|{filed[a]:x}.{filed[b]:x}" for a, b in pairs if max(filed[a], filed[b]) < _NONE)
    return Sketch(keys, tuple(least.values()), len(found))


@lru_cache(maxsize=16_384)
def in_common(size: int, other: int) -> int:
    """How many minima two texts of so many runs share if one is a copy of the other: hardly ever fewer."""
    short, long = sorted((size, other))
    shared, together = ENOUGH * short, long + (1 - ENOUGH) * short
    bins = _BINS * (1 - exp(-together / _BINS))
    likely = shared / together
    return max(_LEAST, round(bins * likely - _DEVIATIONS * sqrt(bins * likely * (1 - likely))))


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
