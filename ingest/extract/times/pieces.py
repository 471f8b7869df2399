"""A text cut into pieces: runs of letters, runs of digits, single signs, each with the grammar categories it may have.

Finer than spaCy's tokens ("mid-2006" is three pieces), so that the grammar never looks inside a token, and free of any
analysis, so that cutting is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ingest.extract.times.lexicon import Word, lexicon

_PIECE = re.compile(r"[0-9]+|[^\W\d_]+|[^\w\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_FIGURE = (
    r"(?:[0-9]++[a-z]{0,2}+|(?>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*+)"
)
_FIGURES = re.compile(rf"{_FIGURE}(?:[^\w\n]{{0,4}}+{_FIGURE})*+", re.IGNORECASE)
"""Numbers and names of months and days with only signs between them."""
_LONGEST_FIGURES = 1500
"""Characters of such a run from which on it is a table, not prose, and is passed over."""
_LONG_LINE = re.compile(rf"[^\n]{{{_LONGEST_FIGURES + 1},}}+")
"""A line that may hold one."""
NO_WORD: Mapping[str, Word] = MappingProxyType({})
"""The grammar categories of an unknown word."""
_WRAPPED_LINE = 45
"""Characters from which on a line is taken to be wrapped: its end is a space. A shorter one is a heading or an item,
unless the next line goes on in lower case."""
_LONGEST_NUMBER = 9
"""Digits; a longer number is never a date, nor an amount of days."""


class Piece(NamedTuple):
    """One run of letters or digits, or one sign."""

    text: str
    low: str
    start: int
    end: int
    glued: bool
    """True if nothing stands between it and the piece before."""
    words: Mapping[str, Word]
    """Grammar category to value, as words.yaml has it."""
    number: int | None
    """Value of a run of digits."""

    @property
    def capital(self) -> bool:
        """True if it starts with a capital letter."""
        return self.text[:1].isupper()


END = Piece("", "", -1, -1, False, NO_WORD, None)
"""Stands before the first piece and behind the last."""


def cut_pieces(text: str, start: int, end: int) -> Iterator[list[Piece]]:
    """Lists of pieces of `text[start:end]`; no expression crosses from one list to the next."""
    for line in _LONG_LINE.finditer(text, start, end):
        for match in _FIGURES.finditer(text, *line.span()):
            if match.end() - match.start() > _LONGEST_FIGURES:
                yield from _cut_prose(text, start, match.start())
                start = match.end()
    yield from _cut_prose(text, start, end)


def _cut_prose(text: str, start: int, end: int) -> Iterator[list[Piece]]:
    known = lexicon().words
    run: list[Piece] = []
    before = line = start
    for match in _PIECE.finditer(text, start, end):
        first, last = match.span()
        if first > before and "\n" in (gap := text[before:first]):
            if gap.count("\n") > 1 or (before - line < _WRAPPED_LINE and not match[0][0].islower()):
                yield run
                run = []
            line = first
        word = match[0]
        low = word.lower()
        number = int(word) if word[0] in "0123456789" and len(word) <= _LONGEST_NUMBER else None
        run.append(Piece(word, low, first, last, first == before, known.get(low, NO_WORD), number))
        before = last
    yield run
