"""Text cut into the pieces of words that the encoder knows (WordPiece, BERT's vocabulary)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_WORD = re.compile(r"\w+|[^\w\s]")
_ODD = "[UNK]"
_LONGEST = 40
"""Characters of a word; a longer one is odd."""


class Piece(NamedTuple):
    """Number of a piece in the vocabulary, and where its word starts and ends in the text."""

    id: int
    start: int
    end: int


def cut(text: str, vocabulary: Mapping[str, int]) -> list[Piece]:
    """The pieces of `text`, in order. A word that cannot be made up of known pieces is one odd piece."""
    found: list[Piece] = []
    for word in _WORD.finditer(text):
        start, end = word.span()
        plain = _plain(word[0])
        if plain in vocabulary:
            found.append(Piece(vocabulary[plain], start, end))
        else:
            found += [Piece(number, start, end) for number in _numbers(plain, vocabulary)]
    return found


def _plain(word: str) -> str:
    """Lower case, without accents."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")


def _numbers(word: str, vocabulary: Mapping[str, int]) -> Sequence[int]:
    """The longest known beginning, then the longest known continuation, to the end of the word."""
    found: list[int] = []
    at = 0
    while at < len(word) <= _LONGEST:
        end = len(word)
        while end > at and (("##" if at else "") + word[at:end]) not in vocabulary:
            end -= 1
        if end == at:
            break
        found.append(vocabulary[("##" if at else "") + word[at:end]])
        at = end
    return found if word and at == len(word) else [vocabulary[_ODD]]
