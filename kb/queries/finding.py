"""How the words of a search are found in a text: where a word of it begins with them, so that “60” is not in “360”.

A phrase in quotation marks is found where its words stand in that order, with apostrophes, hyphens and spaces of
whatever kind. Scripts without capitals write words together, or put what belongs to them in front: there a word is
found anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

_APOSTROPHES, _HYPHENS = "'\u2019", "-\u2010\u2011\u2013"
VARIANTS = re.compile(rf"[\s{re.escape(_APOSTROPHES + _HYPHENS)}]+")
"""What is written in more than one way, and parts a word or phrase into what is not."""
_WITHOUT_CAPITALS = "Lo"
_BEFORE = (
    " \n\t\u00a0\"'()[]{}<>/|\\.,;:!?*#@&+=~$%\u00a3\u20ac\u00a5\u2022\u00b7-\u2010\u2011\u2013\u2014\u2026"
    "\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb"
)
"""What stands before a word."""


def matches(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where words or phrases stand in a text: start and end, in characters; a word to its end, though less is asked."""
    return [found.span() for word in words for found in _pattern(word).finditer(text)]


def has(text: str, word: str) -> bool:
    """Whether a word or phrase stands in a text.

    >>> has("Within 360 days", "60"), has("Within 60 days", "60"), has("The Ferry-Act", "ferry act")
    (False, True, False)
    """
    return _pattern(word).search(text) is not None


def those_with(texts: Iterable[str], word: str) -> list[bool]:
    """For each text, in small letters, whether a word or phrase in small letters stands in it."""
    pattern = _pattern(word)
    first, *others = VARIANTS.split(word)
    return [
        first in text and all(part in text for part in others) and pattern.search(text) is not None for text in texts
    ]


def those_having(texts: Iterable[str], word: str) -> list[bool]:
    """`has` for each text: at once where the word stands behind a space in small letters, as nearly always."""
    pattern, spaced = _pattern(word), f" {word.lower()}"
    return [spaced in text or pattern.search(text) is not None for text in texts]


def in_store(word: str) -> dict[str, object]:
    """Much the same for a statement, over texts in small letters: one has the `word` that starts with it or contains
    any of `starts`. Regular expressions would say it shorter, but a store gives them up after a moment.
    """
    return {"word": word, "starts": [before + word for before in _BEFORE] if _is_sought_whole(word) else [word]}


@lru_cache(maxsize=256)
def _pattern(word: str) -> re.Pattern[str]:
    letters = (_letter(letter) for letter in word)
    start = r"(?<!\w)" if _is_sought_whole(word) else ""
    return re.compile(rf"{start}{''.join(letters)}\w*", re.IGNORECASE)


def _is_sought_whole(word: str) -> bool:
    """Whether a word of the text has to begin with it."""
    return word[:1].isalnum() and unicodedata.category(word[0]) != _WITHOUT_CAPITALS


def _letter(letter: str) -> str:
    for several in (_APOSTROPHES, _HYPHENS):
        if letter in several:
            return f"[{re.escape(several)}]"
    return r"\s+" if letter.isspace() else re.escape(letter)
