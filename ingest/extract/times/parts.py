"""Grammar of parts: of a period ("early 2009", "the first week of January") and of a day ("Friday night", "5pm")."""

from __future__ import annotations

from dataclasses import replace

from ingest.extract.times.clock import read_clock
from ingest.extract.times.dates import Match, read_date, read_day_of_month
from ingest.extract.times.expressions import (
    Century,
    Decade,
    Edge,
    Expression,
    Impossible,
    Nth,
    Partial,
    Period,
    Timed,
)
from ingest.extract.times.reader import Reader, read_ordinal, read_whole, read_year
from ingest.extract.times.relative import read_day_word, read_period

_WHOLES = frozenset({"D", "W", "M", "Q", "Y", "DE", "CE"})
_BEHIND_SOME_DAY = frozenset("and or but when that which as for with at to on is was by he she it they".split())
"""Words behind "a Tuesday" that leave it some Tuesday; a noun makes it a certain one: "a Tuesday meeting"."""
_WITH_ENDS = frozenset({"week", "month", "quarter", "year", "decade", "century"})
_EARLY = {"early": "early", "earlier": "early", "late": "late", "later": "late"}
_WITHIN_DAY = frozenset("in during by until till throughout through for late early at before after since".split())
_OWNING = frozenset({"'s", "’s", "'", "’"})
_LONE_PARTS = frozenset({"dawn", "daybreak", "sunrise", "dusk", "nightfall", "sunset", "lunchtime", "midday"})
"""Parts of the day that need no article: "before dawn", "at dusk on Friday"."""


def read_dated(r: Reader, i: int) -> Match | None:
    """A date with `last`, `next`, `that` before it, and with the year, week or part of day that follows it."""
    if day := read_day_of_month(r, i):
        return _with_period(r, *day)
    if r.says(i, "the", "year") and (year := read_year(r, i + 2)):
        return Partial(year=year[0]), year[1]
    j = r.skip(i, "the")
    which = r.name(j, "which")
    j = j + 1 if which == "this" and r.at(j + 1).low in {"past", "coming"} else j
    if j > i and r.at(j).low in {"past", "coming"}:
        which = "last" if r.says(j, "past") else "coming"
    elif which and (r.at(j).low in {"past", "latest"}):
        return None
    match = read_date(r, j + 1 if which else j)
    if match is None:
        return None
    expression, end = match
    if which:
        if not isinstance(expression, Partial):
            return None
        if expression.year:
            return (expression, end) if which == "this" and expression.day else None
        if r.says(i, "following") and r.at(end).low in _OWNING:  # "following Sunday's protests", which came before
            return None
        expression = replace(expression, which=which)
    elif j > i and (r.word(j, "month") or not _takes_article(expression)):
        return None
    return _with_time(r, *_with_period(r, expression, end))


def read_owned(r: Reader, i: int) -> Match | None:
    """last year's June vote · next week's Tuesday session."""
    period = read_period(r, i)
    if not period or not isinstance(period[0], Period) or period[0].open or r.at(period[1]).text not in _OWNING:
        return None
    date = read_date(r, r.skip(period[1] + 1, "s"))
    if not date or not isinstance(date[0], Partial) or date[0].year:
        return None
    fits = {"Y": date[0].month, "W": date[0].weekday}.get(period[0].unit)
    return (replace(date[0], of=period[0]), date[1]) if fits else None


def read_edge(r: Reader, i: int) -> Match | None:
    """early 2009 · mid-March · the end of the month · late last year · end-June · year-end."""
    j = r.skip(r.skip(i, "the"), "very")
    if compound := _compound_edge(r, j):
        return compound
    if (early := _EARLY.get(r.at(j).low)) and (day := _read_day(r, j + 1)):
        return Edge(early, day[0]), day[1]
    name = r.name(j, "edge")
    if name is None:
        return None
    k = r.skip_dash(j + 1)
    k = k + 1 if r.at(k).low in {"part", "portion"} and r.says(k + 1, "of") else k
    if name in {"start", "end", "rest", "middle"} and not (r.says(k, "of") or k > j + 1):
        return None
    inner = read_whole_period(r, r.skip(k, "of", "in"))
    if inner is None or (j > i and name in {"early", "mid", "late"} and not _takes_article(inner[0])):
        return None
    return Edge(name, inner[0]), inner[1]


def _compound_edge(r: Reader, j: int) -> Match | None:
    """year-end · year-end 1997 · month's end · midyear · mid-year 1999 · midsummer · the first part of 1990."""
    unit = r.name(j, "unit") if r.at(j).low in _WITH_ENDS else None
    possessive = r.at(j + 1).text in {"'", "’"} and r.says(j + 2, "s", "end")
    if unit and (possessive or (r.at(j + 1).text == "-" and r.says(j + 2, "end"))):
        return _of_year(r, "end", unit, j + (4 if possessive else 3))
    if r.says(j, "midyear") or (r.says(j, "mid") and r.at(j + 1).text == "-" and r.says(j + 2, "year")):
        return _of_year(r, "mid", "Y", j + (1 if r.says(j, "midyear") else 3))
    if r.at(j).low.startswith("mid") and (season := r.at(j).low[3:]) in {"summer", "winter"}:
        return Edge("mid", Partial(season=6 if season == "summer" else 12)), j + 1
    if r.at(j).low in {"first", "last"} and r.says(j + 1, "part", "of") and (inner := read_whole_period(r, j + 3)):
        return Edge("early" if r.says(j, "first") else "late", inner[0]), inner[1]
    return None


def _of_year(r: Reader, name: str, unit: str, end: int) -> Match:
    """An edge of the year that follows it, or of the present one."""
    year = read_year(r, end) if unit == "Y" else None
    return (Edge(name, Partial(year=year[0])), year[1]) if year else (Edge(name, Period(unit, "the")), end)


def read_nth(r: Reader, i: int) -> Match | None:
    """the first week of January · the last day of that month · the third quarter of 2009 · the first nine months."""
    j = r.skip(i, "the")
    if r.at(j).low in {"last", "final"}:
        number, k = -1, j + 1
    elif ordinal := read_ordinal(r, j):
        number, k = ordinal
    else:
        return None
    k, count = r.skip_dash(k), None
    if amount := read_whole(r, k):
        count, k = amount
    k = r.skip(k, "fiscal", "financial")
    weekday = r.whole(k, "weekday")
    unit = "D" if weekday else "HALF" if r.at(k).low == "half" else r.name(k, "unit")
    if unit is None or (count or 0) > 400:
        return None
    plural = r.at(k).low.endswith("s") and not weekday
    inner, end = _whole_behind(r, k + 1)
    if unit in {"Q", "HALF"} and not count and not plural and number > 0:
        return _division(number, unit, inner, end)
    if unit == "Q" and not count and not plural and inner is None and r.says(j, "final"):
        return _division(4, unit, None, end)
    if inner is None and not (count and j > i and number > 0):
        return None
    return Nth(number, unit, inner, count or (None if plural else 1), weekday), end


def read_weekday_in(r: Reader, i: int) -> Match | None:
    """a Sunday in early May · Tuesday of last week is read as a date with its week."""
    weekday = r.whole(i + 1, "weekday") if r.word(i, "article") else None
    if not weekday:
        return None
    if r.at(i + 2).low not in {"in", "of"}:
        attribute = r.at(i + 2).text.isalpha() and r.at(i + 2).low not in _BEHIND_SOME_DAY
        return None if attribute else (Partial(weekday=weekday, which="a"), i + 2)
    inner = read_edge(r, i + 3) or read_whole_period(r, i + 3)
    return (Nth(0, "D", inner[0], weekday=weekday), inner[1]) if inner else None


def read_part_of_day(r: Reader, i: int) -> Match | None:
    """this morning · last night · tonight · tomorrow morning · the next morning · that night."""
    if r.says(i, "tonight"):
        return Timed(Period("D", "this"), "NI"), i + 1
    if day := read_day_word(r, i):
        return _with_time(r, *day)
    j = r.skip(i, "the")
    which = r.name(j, "which")
    j = j + 1 if which == "that" and r.says(j + 1, "same") else j
    part = r.name(j + 1, "part")
    if not which or not part:
        return None
    if which == "last":
        return Timed(Period("D", "this", -1), part), j + 2
    return Timed(Period("D", "following" if which == "next" else which), part), j + 2


def read_clock_time(r: Reader, i: int) -> Match | None:
    """10 a.m. Friday · 18:00 UTC · 10:30 p.m. on Jan. 5 · noon."""
    clock = read_clock(r, i)
    if not clock:
        return None
    date = _read_day(r, r.skip(r.skip(clock[1], ","), "on"))
    if date is None:
        return Timed(None, clock[0]), clock[1]
    return Timed(date[0].date if isinstance(date[0], Timed) else date[0], clock[0]), date[1]


def read_plain_part(r: Reader, i: int) -> Match | None:
    """overnight · midafternoon · in the morning · the night of Oct. 3."""
    if r.says(i, "overnight"):
        return Timed(None, "NI"), i + 1
    start = r.skip(i, "the")
    j = r.skip(r.skip(start, "early", "late"), "mid")
    j = r.skip_dash(j) if j > start else j
    part = r.name(j, "part")
    if part is None or part[0].isdigit():
        return None
    lone = r.at(j).low in _LONE_PARTS
    behind = r.skip(j + 1, "of", *(("on",) if lone or j > i else ()))
    if (lone or behind > j + 1) and (day := _read_day(r, behind)) and not isinstance(day[0], Timed):
        return Timed(day[0], part), day[1]
    if start > i and lone and r.says(j + 1, "of"):  # "the dawn of history"
        return None
    named = j > start or ((start > i or lone) and r.at(i - 1).low in _WITHIN_DAY)
    return (Timed(None, part), j + 1) if named else None


def _read_day(r: Reader, i: int) -> Match | None:
    """A day, or a part of one that tells the day: "Friday", "today", "tonight", "Friday night"."""
    match = read_dated(r, i) or read_part_of_day(r, i)
    return match if match and (isinstance(match[0], Timed) or is_day(match[0])) else None


def read_whole_period(r: Reader, k: int) -> Match | None:
    """The longer period that a part belongs to: a date, "last year", "the month"."""
    match = read_dated(r, k) or read_period(r, k) or _read_ordinal_division(r, k)
    if match:
        return None if isinstance(match[0], Timed | Impossible) else match
    unit = r.name(k + 1, "unit") if r.says(k, "the") else None
    if unit in _WHOLES and unit:
        return Period(unit, "the"), k + 2
    fiscal = r.says(k, "the") and r.at(k + 1).low in {"fiscal", "financial"} and r.says(k + 2, "year")
    return (Period("Y", "the", fiscal=True), k + 3) if fiscal else None


def is_day(expression: Expression) -> bool:
    """True if it names a day, to which a time of the clock can be added."""
    if isinstance(expression, Partial):
        return bool(expression.day or expression.weekday or expression.holiday)
    return isinstance(expression, Period) and expression.unit == "D"


def _takes_article(expression: Expression) -> bool:
    if isinstance(expression, Partial):
        return bool(expression.season or expression.quarter or expression.half or expression.day or expression.fiscal)
    return isinstance(expression, Decade | Century)


def _with_period(r: Reader, expression: Expression, end: int) -> Match:
    """ "… of last year", "… this year", "… of last week"."""
    if not isinstance(expression, Partial) or expression.year or expression.which:
        return expression, end
    behind = r.skip(r.skip(end, ","), "of", "in")
    period = read_period(r, behind)
    if not period or not isinstance(period[0], Period) or period[0].open or period[0].unit not in {"Y", "W", "M"}:
        return expression, end
    if (r.says(behind, "the") or r.says(behind - 1, ",")) and r.at(behind - 1).low not in {"of", "in"}:
        return expression, end
    if not expression.weekday and period[0].unit != "Y" and not (expression.day and not expression.month):
        return expression, end
    return replace(expression, of=period[0]), period[1]


def _with_time(r: Reader, expression: Expression, end: int) -> Match:
    """ "Friday night", "Jan. 5, 2021 10:30 EST", "Friday at 10 a.m."."""
    if not is_day(expression):
        return expression, end
    if part := r.name(end, "part"):
        return Timed(expression, part), end + 1
    behind = r.skip(r.skip(end, ","), "at", "t")
    clock = read_clock(r, behind)
    return (Timed(expression, clock[0]), clock[1]) if clock else (expression, end)


def _whole_behind(r: Reader, end: int) -> tuple[Expression | None, int]:
    """The period that a counted unit lies in: "of January", "of last year", "2009"."""
    if (r.at(end).low in {"of", "in"} and r.at(end).text.islower()) or r.word(end, "which"):
        inner = read_whole_period(r, r.skip(end, "of", "in"))
        if inner:
            return inner
    year = read_year(r, r.skip(end, ","))
    return (Partial(year=year[0]), year[1]) if year else (None, end)


def _read_ordinal_division(r: Reader, k: int) -> Match | None:
    """the first quarter · the second half of 2024"""
    ordinal = read_ordinal(r, r.skip(k, "the"))
    at = r.skip_dash(ordinal[1]) if ordinal else k
    unit = "HALF" if r.says(at, "half") else r.name(at, "unit")
    if not ordinal or unit not in {"Q", "HALF"} or r.at(at).low.endswith("s"):
        return None
    year = read_year(r, r.skip(at + 1, "of", ","))
    inner, end = (Partial(year=year[0]), year[1]) if year else (None, at + 1)
    return _division(ordinal[0], unit, inner, end)


def _division(number: int, unit: str, inner: Expression | None, end: int) -> Match | None:
    """A quarter or a half."""
    if unit == "HALF":
        if number > 2:
            return None
        name = "first half" if number == 1 else "second half"
        return (Edge(name, inner) if inner else Partial(half=number)), end
    if number > 4 or isinstance(inner, Decade | Century):
        return None
    if isinstance(inner, Partial):
        return (Partial(quarter=number, year=inner.year, fiscal=inner.fiscal), end) if inner.year else None
    return Partial(quarter=number, of=inner), end
