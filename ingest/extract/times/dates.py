"""Grammar of calendar dates: "Friday, Jan. 19, 2025", "Q3 2009", "2025-01-19", "the 1990s", "Christmas"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ingest.extract.times.expressions import Between, Century, Decade, Expression, Impossible, Partial
from ingest.extract.times.figures import read_numeric, read_plain_year, read_quarter
from ingest.extract.times.reader import (
    DASHES,
    Reader,
    read_day,
    read_ordinal,
    read_spelled_year,
    read_year,
)
from ingest.extract.times.recurring import read_holiday_name
from ingest.extract.times.remembered import remembered_year

Match = tuple[Expression, int]
"""An expression and the place behind its last piece."""
Rule = Callable[[Reader, int], Match | None]


def longest(r: Reader, i: int, rules: tuple[Rule, ...]) -> Match | None:
    """The longest match of any of `rules` at `i`; the earlier rule wins a tie."""
    best: Match | None = None
    for rule in rules:
        match = rule(r, i)
        if match and (best is None or match[1] > best[1]):
            best = match
    return best


def read_date(r: Reader, i: int) -> Match | None:
    """The longest calendar date that starts at `i`."""
    piece = r.at(i)
    if piece.number is not None:
        return longest(r, i, _FIGURES)
    return longest(r, i, _WORDS)


def read_month_first(r: Reader, i: int) -> Match | None:
    """January 19, 2025 · Jan. 19 · January the 19th · Sept. 5-7 · March 2021 · March."""
    month = r.whole(i, "month")
    if month is None:
        return None
    j = r.skip_dash(r.skip_dot(i + 1))
    stopped = r.at(i + 1).text == "."
    if day := read_day(r, j if stopped else r.skip(j, "the")):
        return _month_day(r, month, *day)
    behind = r.skip(j, ",", "of")
    if year := read_year(r, behind):
        return Partial(year=year[0], month=month), year[1]
    return Partial(month=month), _name_end(r, i)


def read_day_first(r: Reader, i: int) -> Match | None:
    """19 January 2025 · the 19th of January · 14 and 28 September · this twentieth day of January, in the year …"""
    first = read_day(r, i)
    if not first:
        return None
    second = _second_day(r, first[1], ("to", "through", "until", "/", *(("and",) if r.says(i - 1, "between") else ())))
    j = r.skip((second or first)[1], "day")
    month_at = r.skip_dash(r.skip(j, "of"))
    month = r.whole(month_at, "month")
    plain = r.at(first[1] - 1).number is not None
    spelled = r.at(i).number is None and r.at(i).text.isalpha() and not r.says(j, "of")
    if month is None or spelled or (plain and r.says(j, "of")):  # "its first December vote", "Order 2 of February 4"
        return None
    end = _name_end(r, month_at)
    year, end = year_behind(r, r.skip_dot(month_at + 1)) or (None, end)
    if second:
        return Between(day_of(year, month, first[0]), day_of(year, month, second[0])), end
    return day_of(year, month, first[0]), end


def read_weekday(r: Reader, i: int) -> Match | None:
    """Friday · Friday, Jan. 19, 2025 · Thursday 12 December · Friday the 13th."""
    weekday = r.whole(i, "weekday")
    if weekday is None:
        return None
    end = r.skip_dot(i + 1) if len(r.at(i).text) <= 5 else i + 1
    j = r.skip(r.skip(end, ","), "the")
    for rule in (read_month_first, read_day_first, read_numeric):
        match = rule(r, j)
        if match and isinstance(match[0], Partial) and match[0].day:
            return _on(weekday, match[0]), match[1]
    if r.says(j - 1, "the") and r.at(j).number is not None and (day := read_ordinal(r, j)):
        return _on(weekday, day_of(None, None, day[0])), day[1]
    return Partial(weekday=weekday), i + 1


def read_decade(r: Reader, i: int) -> Match | None:
    """the 1990s · the '90s · 1990's · the eighties."""
    if (spelled := r.whole(i, "tens")) is not None:
        return (Decade(spelled), i + 1) if r.at(i - 1).low in {"the", "early", "mid", "late", "-"} else None
    j = i + 1 if r.at(i).text in {"'", "’", "‘"} else i
    number, letter = r.at(j).number, r.skip(j + 1, "'", "’")
    if number is None or number % 10 or not r.says(letter, "s") or not r.at(letter).glued:
        return None
    if len(r.at(j).text) == 4 and 1000 < number < 2200:
        return Decade(number), letter + 1
    if len(r.at(j).text) == 2 and (j > i or r.says(i - 1, "the")):
        return Decade(1900 + number if number >= 20 else 2000 + number), letter + 1
    return None


def read_season(r: Reader, i: int) -> Match | None:
    """summer · spring 2024 · the winter of 1998."""
    season = r.whole(i, "season")
    if season is None:
        return None
    year = read_year(r, r.skip(i + 1, "of", ","))
    if year:
        return Partial(season=season, year=year[0]), year[1]
    return Partial(season=season), i + 1


def read_fiscal(r: Reader, i: int) -> Match | None:
    """fiscal 2024 · fiscal year 2024 · FY2024 · the financial year 2007-08."""
    if r.at(i).low == "fy":
        year = read_year(r, i + 1) or read_plain_year(r, i + 1)
        return (Partial(year=year[0], fiscal="fiscal"), _behind_second_year(r, year[1])) if year else None
    if r.at(i).low not in {"fiscal", "financial"}:
        return None
    year = read_year(r, r.skip(i + 1, "year", "years"))
    if not year:
        return None
    end = _behind_second_year(r, year[1])
    kind = "federal" if r.at(i - 1).low in {"federal", "government"} else "fiscal"
    return Partial(year=year[0], fiscal=kind), end


def _behind_second_year(r: Reader, end: int) -> int:
    """Behind the second year of "fiscal 2007-08", "FY 2024/25"."""
    second = r.at(end + 1).number is not None and len(r.at(end + 1).text) in {2, 4} and r.at(end + 1).glued
    return end + 2 if second and (r.at(end).text in DASHES or r.at(end).text == "/") else end


def read_day_of_month(r: Reader, i: int) -> Match | None:
    """the 25th, behind "on", "by", "until" …, where no noun follows that it would count."""
    day = read_ordinal(r, i + 1) if r.says(i, "the") and r.at(i + 1).number is not None else None
    if not day or not 1 <= day[0] <= 31 or r.at(i - 1).low not in _BEFORE_DAY:
        return None
    if r.says(day[1], "of") and r.whole(day[1] + 1, "month"):
        return None  # "the 9th of November" is one date, read from its number on
    return (
        None if r.at(day[1]).text.isalpha() and r.at(day[1]).low not in _BEHIND_DAY else (Partial(day=day[0]), day[1])
    )


def read_century(r: Reader, i: int) -> Match | None:
    """the 20th century."""
    number = read_ordinal(r, i)
    at = r.skip_dash(number[1]) if number else i
    return (Century(number[0]), at + 1) if number and r.says(at, "century") and 0 < number[0] <= 30 else None


_JOINTS = DASHES | {"/"}


def read_bare_year(r: Reader, i: int) -> Match | None:
    """2009 · 2010-11 · 1998-2001 · 2030 or 2031."""
    year = read_year(r, i)
    if not year or (r.at(i).glued and r.at(i - 1).text in _JOINTS and r.at(i - 2).number is not None):
        return None
    end = year[1]
    sign, behind = r.at(end), r.at(end + 1)
    if (
        behind.number is not None
        and sign.text == "/"
        and sign.glued
        and behind.glued
        and len(behind.text) not in {2, 4}
    ):
        return None  # "Directive 2019/790"
    if behind.number is None or len(behind.text) not in {2, 4}:
        return Partial(year=year[0]), end
    last = behind.number if len(behind.text) == 4 else year[0] // 100 * 100 + behind.number
    joined = sign.glued and behind.glued and (sign.text in DASHES or (sign.text == "/" and last == year[0] + 1))
    either = sign.low == "or" and len(behind.text) == 4 and last == year[0] + 1
    if (joined or either) and year[0] < last <= year[0] + 200:
        return Between(Partial(year=year[0]), Partial(year=last)), end + 2
    if sign.glued and behind.glued and sign.text in _JOINTS:  # "docket 2024-1234", "Regulation (EU) 2024/1689"
        return None
    return Partial(year=year[0]), end


def read_holiday(r: Reader, i: int) -> Match | None:
    """Christmas · New Year's Day · Election Day 2024."""
    holiday = read_holiday_name(r, i)
    if not holiday:
        return None
    name, end = holiday
    year = read_year(r, r.skip(r.skip(end, ","), "of", "in"))
    return (Partial(holiday=name, year=year[0]), year[1]) if year else (Partial(holiday=name), end)


def day_of(year: int | None, month: int | None, day: int) -> Partial | Impossible:
    """A day of a month, if a month can have so many."""
    if not 1 <= day <= 31:
        return Impossible(f"there is no day {day} in a month")
    return Partial(year=year, month=month, day=day)


def _on(weekday: int, date: Partial | Impossible) -> Partial | Impossible:
    return replace(date, weekday=weekday) if isinstance(date, Partial) else date


def _month_day(r: Reader, month: int, day: int, j: int) -> Match:
    """A month and a day, with a second day ("Sept. 5-7") and a year where they follow."""
    second = _second_day(r, j, ("to", "through"))
    end = second[1] if second else j
    year, end = year_behind(r, end) or (None, end)
    if second:
        return Between(day_of(year, month, day), day_of(year, month, second[0])), end
    year = year or remembered_year(month, day, r.at(end).low)
    return day_of(year, month, day), end


def _second_day(r: Reader, j: int, joints: tuple[str, ...]) -> tuple[int, int] | None:
    """The second day of "5-7" or "5 to 7"."""
    if r.at(j).text in DASHES or r.at(j).low in joints:
        return read_day(r, j + 1)
    return None


def year_behind(r: Reader, j: int) -> tuple[int, int] | None:
    """The year behind a day and month: ", 2025", "2025", "'98", "in the year of our Lord two thousand twenty-five"."""
    at = r.skip(r.skip(j, ","), "of")
    if r.says(at, "in", "the", "year"):
        at = at + 6 if r.says(at + 3, "of", "our", "lord") else at + 3
        return read_year(r, at) or read_spelled_year(r, at)
    year = read_year(r, r.skip_dash(at))
    counted = year and r.at(j).text == "," and r.word(year[1], "unit")
    return None if counted else year


def _name_end(r: Reader, i: int) -> int:
    """Behind a month's name, and behind its full stop if it is an abbreviation and not the end of a sentence."""
    if len(r.at(i).text) > 4 or r.at(i).low in {"may", "june", "july"}:
        return i + 1
    after = r.at(i + 2)
    stop = r.at(i + 1).text == "." and r.at(i + 1).glued and after.text and not after.capital
    return i + 2 if stop else i + 1


_BEFORE_DAY = frozenset("on by until till since before after from between and".split())
_BEHIND_DAY = frozenset("of and or to in at for when but with that as was were until after before".split())
_FIGURES: tuple[Rule, ...] = (
    read_numeric,
    read_day_first,
    read_bare_year,
    read_decade,
    read_century,
    read_quarter,
    read_holiday,
)
_WORDS: tuple[Rule, ...] = (
    read_weekday,
    read_month_first,
    read_day_first,
    read_season,
    read_holiday,
    read_fiscal,
    read_quarter,
    read_century,
    read_decade,
)
