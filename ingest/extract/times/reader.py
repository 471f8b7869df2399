"""Reading pieces from left to right, and the numbers among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import TypeVar

from ingest.extract.times.expressions import Amount
from ingest.extract.times.lexicon import Word
from ingest.extract.times.pieces import END, Piece

_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
DASHES = frozenset("-–—‐‑−")
_AHEAD_OR_BEHIND = frozenset({"coming", "recent"})
"""Vague amounts that may have an article: "the coming weeks".  "The few days" would be a known number of days."""

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Reader:
    """The pieces of one paragraph, with an `END` or more behind them; reading past either end gives `END`.

    The `skip_…` methods take the place of an optional word and return the place behind it, or the same place.
    """

    pieces: Sequence[Piece]
    known: dict[tuple[object, int], object] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What rules that are `remembered` found, by rule and place."""

    def at(self, i: int) -> Piece:
        """The piece at place `i`."""
        try:
            return self.pieces[i]
        except IndexError:
            return END

    def word(self, i: int, category: str) -> Word | None:
        """The value that the piece at `i` has in `category`, or None."""
        try:
            return self.pieces[i].words.get(category)
        except IndexError:
            return None

    def whole(self, i: int, category: str) -> int | None:
        """Like `word`, for categories whose values are whole numbers."""
        value = self.word(i, category)
        return value if isinstance(value, int) else None

    def name(self, i: int, category: str) -> str | None:
        """Like `word`, for categories whose values are text."""
        value = self.word(i, category)
        return value if isinstance(value, str) else None

    def says(self, i: int, *words: str) -> bool:
        """True if the pieces from `i` on are these words."""
        for word in words:
            if self.at(i).low != word:
                return False
            i += 1
        return True

    def skip(self, i: int, *words: str) -> int:
        """Behind one optional piece, any of `words`."""
        return i + 1 if self.at(i).low in words else i

    def skip_dot(self, i: int) -> int:
        """Behind the full stop of an abbreviation that ends at `i`."""
        return i + 1 if self.at(i).text == "." and self.at(i).glued else i

    def skip_dash(self, i: int) -> int:
        """Behind a hyphen that joins two pieces."""
        return i + 1 if self.at(i).text in DASHES and self.at(i).glued and self.at(i + 1).glued else i


def remembered(rule: Callable[[Reader, int], Found]) -> Callable[[Reader, int], Found]:
    """The same rule, tried once at each place: several others begin with it."""

    @wraps(rule)
    def read(r: Reader, i: int) -> Found:
        asked = rule, i
        if asked not in r.known:
            r.known[asked] = rule(r, i)
        return r.known[asked]  # type: ignore[return-value]

    return read


def read_whole(r: Reader, i: int) -> tuple[int, int] | None:
    """A whole number in digits or words ("1,500", "two thousand twenty-five") and the place behind it."""
    piece = r.at(i)
    if piece.number is None:
        return _spelled(r, i)
    number, i = piece.number, i + 1
    while r.at(i).text == "," and r.at(i).glued and r.at(i + 1).glued and len(r.at(i + 1).text) == 3:
        following = r.at(i + 1).number
        if following is None or number > 10**6:
            break
        number, i = number * 1000 + following, i + 2
    return number, i


def read_amount(r: Reader, i: int) -> tuple[Amount, int] | None:
    """An amount of units, None for a vague one: "90", "two and a half", "a", "several", "half a", "a couple of"."""
    if vague := _vague(r, i):
        return None, vague
    if r.says(i, "half") or r.says(i, "a", "half"):
        return _half(r, r.skip(r.skip(i, "a") + 1, "a", "an"))
    if r.word(i, "article"):
        return r.whole(i + 1, "scale") or 1, i + 2 if r.word(i + 1, "scale") else i + 1
    if not (read := read_whole(r, i)):
        return None
    number, i = read
    if fraction := _fraction(r, i):
        return number + fraction[0], fraction[1]
    if r.at(i).text == "." and r.at(i).glued and r.at(i + 1).glued and r.at(i + 1).number is not None:
        return float(f"{number}.{r.at(i + 1).text}"), i + 2
    if half := and_a_half(r, i):
        return number + 0.5, half
    return number, i


@remembered
def read_ordinal(r: Reader, i: int) -> tuple[int, int] | None:
    """An ordinal ("19th", "third", "twenty-first") and the place behind it."""
    number = r.at(i).number
    if number is not None:
        return (number, i + 2) if r.word(i + 1, "suffix") and r.at(i + 1).glued else None
    if (value := r.whole(i, "ordinal")) is not None:
        return value, i + 1
    tens = r.whole(i, "number")
    units = r.whole(r.skip_dash(i + 1), "ordinal")
    if tens and tens >= 20 and units and units < 10:
        return tens + units, r.skip_dash(i + 1) + 1
    return None


def read_day(r: Reader, i: int) -> tuple[int, int] | None:
    """A day of the month ("19", "19th", "twentieth"); too large a number is read too, and refused later."""
    if ordinal := read_ordinal(r, i):
        return ordinal
    piece = r.at(i)
    if piece.number is None or len(piece.text) > 2 or _part_of_number(r, i):
        return None
    return piece.number, i + 1


def read_year(r: Reader, i: int) -> tuple[int, int] | None:
    """A year in digits ("2024", "'98") and the place behind it."""
    piece = r.at(i)
    if piece.number is not None and len(piece.text) == 4 and piece.number >= 1000 and not _part_of_number(r, i):
        return piece.number, i + 1
    short = r.at(i + 1)
    if piece.text in "'’‘" and piece.text and short.glued and short.number is not None and len(short.text) == 2:
        return full_year(short.number), i + 2
    return None


def read_spelled_year(r: Reader, i: int) -> tuple[int, int] | None:
    """A year in words ("two thousand twenty-five", "nineteen eighty-four") and the place behind it."""
    first = _spelled(r, i)
    if not first:
        return None
    if 10 <= first[0] <= 21 and (second := _spelled(r, r.skip_dash(first[1]))) and 10 <= second[0] <= 99:
        return first[0] * 100 + second[0], second[1]
    return first if 1000 <= first[0] <= 2199 else None


def full_year(number: int) -> int:
    """The year that two digits mean: 1970 to 2069."""
    return number + (1900 if number >= 70 else 2000)


def _part_of_number(r: Reader, i: int) -> bool:
    """True if the digits at `i` go on: a thousands group, a fraction, a percentage, a time of the clock."""
    sign, behind = r.at(i + 1), r.at(i + 2)
    if not sign.glued:
        return False
    if sign.text in "%°":
        return True
    return (
        sign.text in ",.:"
        and behind.glued
        and behind.number is not None
        and (sign.text != "," or len(behind.text) == 3)
    )


def and_a_half(r: Reader, i: int) -> int | None:
    """The place behind "and a half", if that stands at `i`."""
    j = r.skip_dash(i)
    if not r.says(j, "and"):
        return None
    half = r.skip_dash(r.skip(r.skip_dash(j + 1), "a"))
    return half + 1 if r.says(half, "half") else None


def _fraction(r: Reader, i: int) -> tuple[float, int] | None:
    """The fraction of a mixed number: "2 1/2 years", "2½ years"."""
    if sign := _FRACTIONS.get(r.at(i).text):
        return sign, i + 1
    above, below = r.at(i).number, r.at(i + 2).number
    if not above or not below or above >= below or r.at(i + 1).text not in {"/", "⁄"} or not r.at(i + 1).glued:
        return None
    return above / below, i + 3


def _half(r: Reader, j: int) -> tuple[Amount, int]:
    """A half, or half of the scale word at `j`: "half a dozen"."""
    scale = r.whole(j, "scale")
    return (scale / 2, j + 1) if scale else (0.5, j)


def _vague(r: Reader, i: int) -> int | None:
    if r.says(i - 1, "as"):  # "their third meeting in as many days"
        return None
    j = r.skip(i, "a", "the")
    if r.at(j).low in {"couple", "number", "matter"} and j > i:
        return r.skip(j + 1, "of")
    if r.at(j).low in {"dozens", "hundreds", "thousands"} and r.says(j + 1, "of"):
        return j + 2
    if r.word(j, "vague") and not (j > i and r.at(i).low == "the" and r.at(j).low not in _AHEAD_OR_BEHIND):
        return r.skip(j + 1, "more", "dozen", "hundred")
    return None


def _spelled(r: Reader, i: int) -> tuple[int, int] | None:
    """Number words: hundreds and thousands multiply what stands before them."""
    total = current = 0
    start = i
    while True:
        at = r.skip_dash(i) if i > start else i
        if r.says(at, "and") and current >= 100 and r.whole(at + 1, "number") is not None:
            at += 1
        if (value := r.whole(at, "number")) is not None and _fits(current, value):
            current += value
        elif (scale := r.whole(at, "scale")) is not None and (i > start):
            if scale == 1000 and total:
                return total + current, i
            if scale == 1000:
                total, current = total + current * scale, 0
            else:
                current *= scale
        else:
            return (total + current, i) if i > start else None
        i = at + 1
        if total > 10**6 or current > 10**6:
            return None


def _fits(current: int, value: int) -> bool:
    """True if `value` may follow `current` inside one number: "twenty five", not "five twenty"."""
    if current % 100 == 0:
        return True
    return current % 10 == 0 and current % 100 >= 20 and value < 10
