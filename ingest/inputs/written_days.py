"""The full days that stand in a line, as people write them: in numbers, or with the month's name in many languages.

A day without its month or year is none, and one that could be two (03/04/2024) is read only where the order is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from kb.shipped import read_yaml

_LONGEST = 400
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?P<day>[0-3]?\d)"
_WORD = r"(?P<word>[^\W\d_]{3,14})\.?"
_OF = r"(?:(?:(?:of|de|del)[ \u00a0]+|d['’][ \u00a0]*))?"
_GAP = r"[\s\-–./,·]{0,3}"
_NAMED = (
    re.compile(rf"(?<!\d){_DAY}(?:st|nd|rd|th|er|º|°|ª|\.)?{_GAP}{_OF}{_WORD}{_GAP}{_OF}{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_WORD}{_GAP}{_DAY}(?:st|nd|rd|th)?{_GAP}{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<!\d){_YEAR}{_GAP}{_WORD}{_GAP}{_DAY}(?!\d)", re.IGNORECASE),
)
_YEAR_FIRST = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-./])(?P<month>[01]?\d)(?P=mark)(?P<day>[0-3]?\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<month>[01]?\d)\s?[月월]\s?(?P<day>[0-3]?\d)\s?[日일]"),
)
_NUMBERS = re.compile(
    r"(?<![\d./-])(?P<first>[0-3]?\d)\s?(?P<mark>[-./|])\s?(?P<second>[0-3]?\d)\s?(?P=mark)\s?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_ON = r"\W*(?:(?:on|am|vom|le|du|el|del|il|den|op|em|de)\W+)?"
_SHORT_YEAR = re.compile(
    rf"{_ON}(?P<first>[0-3]?\d)(?P<mark>[./-])(?P<second>[0-3]?\d)(?P=mark)(?P<year>\d\d)\W*\Z", re.IGNORECASE
)
_SHORT_NAMED = re.compile(rf"{_ON}{_DAY}{_GAP}{_WORD}{_GAP}['’]?(?P<year>\d\d)\W*\Z", re.IGNORECASE)
"""Two digits are a year only in a line with nothing else."""
_DAY_FIRST_MARKS = ".|"


def days_in(line: str, *, day_first: bool | None = None) -> set[date]:
    """The full days that stand in `line`. `day_first` is how numbers are a day there (03/04/2024), if that is known.

    >>> days_in("Veröffentlicht am 5. März 2024"), days_in("03/04/2024"), days_in("March 2024")
    ({datetime.date(2024, 3, 5)}, set(), set())
    """
    return {day for _, _, day in _found(line[:_LONGEST], day_first)}


def with_iso_day(text: str) -> str | None:
    """A date of another tongue with its day in ISO form, what stands before it left out; None if no month is named.

    >>> with_iso_day("Κυρ, 11 Ιούλ 2004 12:00:00 EST")
    '2004-07-11 12:00:00 EST'
    """
    first = next(iter(sorted(_found(text[:_LONGEST], None), key=lambda one: one[0])), None)
    return None if first is None else f"{first[2].isoformat()}{text[first[1] :]}"


def is_month(word: str) -> bool:
    """Whether it is the name of a month, short or in full, and nothing else."""
    return word.strip(" .,").casefold() in _months()


def _found(line: str, day_first: bool | None) -> Iterator[tuple[int, int, date]]:
    """Where each day begins and ends, and which it is."""
    for form in (*_NAMED, *_YEAR_FIRST):
        for match in form.finditer(line):
            groups = match.groupdict()
            month = int(groups["month"]) if "month" in groups else _months().get(groups["word"].casefold(), 0)
            yield from _dated(match, int(match["year"]), month, int(match["day"]))
    for match in _NUMBERS.finditer(line):
        yield from _numbered(match, int(match["year"]), day_first)
    if short := _SHORT_YEAR.match(line):
        yield from _numbered(short, _century(short), day_first)
    if (short := _SHORT_NAMED.match(line)) and (month := _months().get(short["word"].casefold(), 0)):
        yield from _dated(short, _century(short), month, int(short["day"]))


def _century(short: re.Match[str]) -> int:
    """The year that two digits mean: no day of the web is older than 1990."""
    year = int(short["year"])
    return year + (1900 if year >= 90 else 2000)


def _numbered(match: re.Match[str], year: int, day_first: bool | None) -> Iterator[tuple[int, int, date]]:
    """5.3.2024 is a day of March; 15/3/2024, too; 5/3/2024 where days come first."""
    first, second = int(match["first"]), int(match["second"])
    if match["mark"] in _DAY_FIRST_MARKS or first > 12 or first == second:
        yield from _dated(match, year, second, first)
    elif second > 12:
        yield from _dated(match, year, first, second)
    elif day_first is not None:
        yield from _dated(match, year, *((second, first) if day_first else (first, second)))


def _dated(match: re.Match[str], year: int, month: int, day: int) -> Iterator[tuple[int, int, date]]:
    try:
        yield *match.span(), date(year, month, day)
    except ValueError:
        return


@cache
def _months() -> dict[str, int]:
    sheet = read_yaml("ingest.inputs", "months.yaml")
    return {name: number for number, names in sheet.items() for name in names.split()}
