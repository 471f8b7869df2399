"""The grammar as a whole: from pieces to the expressions found among them.

The first piece says which rules can apply; all of those are tried and the longest match wins. A rule looks ahead a
bounded number of pieces, so the time is linear in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ingest.extract.times.accounting import read_divided_year, read_plain_period, read_same_period
from ingest.extract.times.dates import Match, Rule, longest
from ingest.extract.times.expressions import Between, Found
from ingest.extract.times.frequencies import read_rate, read_set
from ingest.extract.times.lengths import (
    approximations,
    read_bare_length,
    read_grant,
    read_length,
    read_span,
    read_the_length,
    read_the_years,
)
from ingest.extract.times.lexicon import lexicon
from ingest.extract.times.listed import read_days
from ingest.extract.times.parts import (
    read_clock_time,
    read_dated,
    read_edge,
    read_nth,
    read_owned,
    read_part_of_day,
    read_plain_part,
    read_weekday_in,
)
from ingest.extract.times.pieces import END, Piece
from ingest.extract.times.reader import DASHES, Reader
from ingest.extract.times.recurring import holiday_starts
from ingest.extract.times.relative import (
    read_day_word,
    read_neighbour,
    read_period,
    read_reference,
    read_shift,
    read_stretch,
    read_week_after,
)
from ingest.extract.times.runs import read_month_quarter, read_months, read_run

_LOOK_BACK = 4
"""Pieces that a rule looks back at most: so many places before the first piece must be empty."""


def find_expressions(pieces: Sequence[Piece]) -> list[Found]:
    """The expressions among the pieces of one paragraph, in text order; only the ends of a range lie inside another."""
    r = Reader([*pieces, *(END,) * _LOOK_BACK])
    found: list[Found] = []
    i = 0
    while i < len(pieces):
        piece = pieces[i]
        rules = _NUMBER_RULES if piece.number is not None else _rules_of(piece.low)
        if not rules:
            i += 1
        elif days := read_days(r, i):
            found.extend(days[0])
            i = days[1]
        elif following := _read(r, i, rules):
            found.append(following[0])
            i = following[1]
        else:
            i += 1
    return found


def read_range(r: Reader, i: int) -> tuple[Found, int] | None:
    """from 2009 to 2011 · between 14 and 28 September · from the second week of September until 14 October."""
    low = r.at(i).low
    if low not in {"from", "between"}:
        return None
    first = longest(r, i + 1, _ENDPOINTS)
    if not first:
        return None
    if isinstance(first[0], Between):
        return (_found(r, i, first), first[1]) if low == "between" or r.at(first[1] - 1).number else None
    joint = r.at(first[1])
    joints = {"and"} if low == "between" else {"to", "until", "through", "till"}
    if joint.low not in joints and joint.text not in DASHES:
        return None
    last = longest(r, first[1] + 1, _ENDPOINTS)
    if not last or isinstance(last[0], Between):
        return None
    nested = _found(r, i + 1, first), _found(r, first[1] + 1, last)
    return Found(Between(first[0], last[0]), r.at(i).start, nested[1].end, nested), last[1]


def _read(r: Reader, i: int, rules: tuple[Rule, ...]) -> tuple[Found, int] | None:
    """The expression that starts at `i`, and the place behind it."""
    if whole := read_range(r, i) or read_months(r, i):
        return whole
    match = longest(r, i, rules)
    return (_found(r, i, match), match[1]) if match else None


def _found(r: Reader, i: int, match: Match) -> Found:
    return Found(match[0], r.at(i).start, r.at(match[1] - 1).end)


def _rules_of(word: str) -> tuple[Rule, ...]:
    """The rules for an expression that starts with a word."""
    return _rules_of_words().get(word, ())


@cache
def _rules_of_words() -> dict[str, tuple[Rule, ...]]:
    words = lexicon()
    rules: dict[str, set[Rule]] = {word: set(_BY_WORD.get(word, ())) for word in {*words.words, *_BY_WORD}}
    for word, categories in words.words.items():
        for category in categories:
            rules[word].update(_BY_CATEGORY.get(category, ()))
    for word in words.phrases:
        rules.setdefault(word, set()).add(read_reference)
    for word in holiday_starts():
        rules.setdefault(word, set()).add(read_dated)
    for word in approximations():
        rules.setdefault(word, set()).update(_LENGTHS)
    return {word: tuple(rule for rule in _RULES if rule in of_word) for word, of_word in rules.items()}


_ENDPOINTS: tuple[Rule, ...] = (read_dated, read_nth, read_edge, read_period, read_day_word)
_RULES: tuple[Rule, ...] = (
    read_dated,
    read_month_quarter,
    read_same_period,
    read_divided_year,
    read_part_of_day,
    read_plain_part,
    read_clock_time,
    read_edge,
    read_nth,
    read_weekday_in,
    read_day_word,
    read_reference,
    read_stretch,
    read_owned,
    read_period,
    read_run,
    read_plain_period,
    read_shift,
    read_week_after,
    read_neighbour,
    read_rate,
    read_grant,
    read_length,
    read_bare_length,
    read_the_length,
    read_the_years,
    read_span,
    read_set,
)
"""All rules; of two matches of the same length the earlier rule wins."""
_LENGTHS: tuple[Rule, ...] = (read_run, read_shift, read_grant, read_length)
_NUMBER_RULES: tuple[Rule, ...] = (read_dated, read_divided_year, read_clock_time, read_nth, *_LENGTHS, read_set)
_BY_CATEGORY: dict[str, tuple[Rule, ...]] = {
    "month": (read_dated, read_month_quarter, read_set),
    "weekday": (read_dated, read_week_after, read_set),
    "weekdays": (read_set,),
    "season": (read_dated,),
    "tens": (read_dated,),
    "number": (read_dated, read_clock_time, *_LENGTHS, read_set),
    "ordinal": (read_dated, read_nth),
    "article": (*_LENGTHS, read_weekday_in, read_rate, read_span),
    "vague": _LENGTHS,
    "unit": (read_span, read_shift, read_bare_length, read_edge, read_same_period, read_divided_year),
    "part": (read_clock_time, read_plain_part),
    "day": (read_part_of_day, read_day_word),
    "which": (
        read_dated,
        read_same_period,
        read_divided_year,
        read_part_of_day,
        read_nth,
        read_stretch,
        read_owned,
        read_period,
    ),
    "edge": (read_edge, read_plain_part),
    "reference": (read_reference,),
    "span": (read_span,),
    "set": (read_set,),
    "every": (read_set,),
    "times": (read_set,),
}
_BY_WORD: dict[str, tuple[Rule, ...]] = {
    "the": (
        read_dated,
        read_month_quarter,
        read_run,
        read_same_period,
        read_divided_year,
        read_part_of_day,
        read_plain_part,
        read_edge,
        read_nth,
        read_day_word,
        read_stretch,
        read_period,
        read_plain_period,
        read_neighbour,
        read_the_length,
        read_the_years,
        read_set,
    ),
    "from": (read_dated,),
    "between": (read_dated,),
    "within": (read_shift,),
    "no": _LENGTHS,
    "not": _LENGTHS,
    "half": _LENGTHS,
    "dozens": _LENGTHS,
    "hundreds": _LENGTHS,
    "thousands": _LENGTHS,
    "earlier": (read_period, read_edge),
    "later": (read_period, read_edge),
    "tonight": (read_part_of_day,),
    "final": (read_nth,),
    "midyear": (read_edge,),
    "midsummer": (read_edge,),
    "midwinter": (read_edge,),
    "fiscal": (read_dated,),
    "financial": (read_dated,),
    "fy": (read_dated,),
    "q": (read_dated,),
    "h": (read_dated,),
    "'": (read_dated,),
    "’": (read_dated,),
    "‘": (read_dated,),
}
