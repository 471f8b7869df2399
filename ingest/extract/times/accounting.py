"""Grammar of the periods of business news: "the year-ago quarter", "the 1988 period", "the quarter ended Sept. 30"."""

from __future__ import annotations

from ingest.extract.times.dates import Match, read_date
from ingest.extract.times.expressions import Expression, Partial, Period, SamePeriod
from ingest.extract.times.reader import Reader, read_ordinal, read_year

_PLAIN_UNITS = frozenset({"D", "W", "M", "Q", "Y"})
_NEVER_BEFORE = frozenset("by carry win save won saved than let is was be quite".split())
_NEVER_BEHIND = frozenset(
    "that when of he she they we i it before after - in who the a an his her their its our my this".split()
)
"""Words behind "the day" that tell which one, as a name does: "the day the rule was adopted", "the day Roe left"."""
_ENDS = frozenset({"ended", "ending", "ends", "to", "through"})
_SAME = frozenset({"same", "comparable", "corresponding", "equivalent"})
_PERIODS = frozenset({"quarter", "period", "half"})


def read_plain_period(r: Reader, i: int) -> Match | None:
    """ "the quarter", "the year", "the day" as a date, with the day it ends on: "the quarter ended Sept. 30"."""
    fiscal = r.at(i + 1).low in {"fiscal", "financial"}
    k = i + 2 if fiscal else i + 1
    unit = r.name(k, "unit") if r.says(i, "the") else None
    if unit is None or r.at(k).capital or r.at(k).low.endswith("s"):
        return None
    if unit == "WE":
        return Period(unit, "the"), k + 1
    if unit not in _PLAIN_UNITS:
        return None
    if unit == "W" and r.says(k + 1, "of") and (day := read_date(r, k + 2)):
        return Period(unit, "the", holding=day[0]), day[1]
    holding = _ending(r, k + 1)
    on_which = r.at(k + 1).low in {"on", "at", "from"} and r.says(k + 2, "which")
    told = r.at(k + 1).low in _NEVER_BEHIND or (r.at(k + 1).capital and unit == "D")
    plain = r.at(i - 1).low not in _NEVER_BEFORE and not told and not on_which
    return (Period(unit, "the", fiscal=fiscal, holding=holding), k + 1) if holding or plain else None


def read_same_period(r: Reader, i: int) -> Match | None:
    """the same quarter last year · the year-earlier quarter · the year-ago period · the 1988 quarter."""
    j = r.skip(i, "the")
    if r.at(j).low in _SAME and (r.name(j + 1, "unit") in {"Q", "M", "W"} or r.at(j + 1).low in {"period", "time"}):
        return _same_of(r, j + 2)
    if r.says(j, "year") and r.at(j + 1).text == "-" and r.at(j + 2).low in {"earlier", "ago"}:
        return _year_ago(r, j + 3)
    year = read_year(r, j)
    if year and r.at(year[1]).low in {"quarter", "period"} and (j > i or r.says(i - 1, "comparable")):
        return SamePeriod(0, year=year[0], quarter=r.says(year[1], "quarter")), year[1] + 1
    return None


def read_divided_year(r: Reader, i: int) -> Match | None:
    """the 1988 third quarter · 1988's first half · last year's fourth quarter · the year-ago first quarter."""
    j = r.skip(i, "the")
    whole = _year_before(r, j)
    if not whole:
        return None
    year, k = whole
    ordinal = read_ordinal(r, r.skip(k, "fiscal"))
    at = r.skip_dash(ordinal[1]) if ordinal else k
    if not ordinal or r.at(at).low not in {"quarter", "half"}:
        return None
    if r.says(at, "half"):
        return (Partial(half=ordinal[0], of=year), at + 1) if ordinal[0] <= 2 else None
    return (Partial(quarter=ordinal[0], of=year), at + 1) if ordinal[0] <= 4 else None


def _same_of(r: Reader, j: int) -> Match | None:
    """ "… of last year", "… a year earlier", "… in 1988" behind "the same period"."""
    k = r.skip(r.skip(j, "in", "of"), "the")
    if r.at(k).low in {"last", "next", "previous"} and r.says(k + 1, "year"):
        return SamePeriod(1 if r.says(k, "next") else -1), k + 2
    if r.says(k, "the", "previous", "year") or r.says(k, "the", "year", "before"):
        return SamePeriod(-1), k + 3
    if r.says(k, "a", "year") and r.at(k + 2).low in {"earlier", "ago"}:
        return SamePeriod(-1), k + 3
    year = read_year(r, k) if k > j else None
    return (SamePeriod(0, year=year[0]), year[1]) if year else None


def _year_ago(r: Reader, j: int) -> Match:
    """Behind "year-ago": the period it stands before."""
    if r.at(j).low in _PERIODS | {"month", "week"}:
        return SamePeriod(-1, quarter=r.says(j, "quarter")), j + 1
    return SamePeriod(-1), j


def _year_before(r: Reader, j: int) -> tuple[Expression, int] | None:
    """The year that stands before its quarter or half."""
    if year := read_year(r, j):
        return Partial(year=year[0]), _behind_possessive(r, year[1])
    if r.says(j, "year") and r.at(j + 1).text == "-" and r.at(j + 2).low in {"earlier", "ago"}:
        return Period("Y", "last"), j + 3
    which = r.name(j, "which")
    if which in {"last", "this", "next"} and r.says(j + 1, "year") and (k := _behind_possessive(r, j + 2)) > j + 2:
        return Period("Y", which), k
    return None


def _behind_possessive(r: Reader, j: int) -> int:
    return j + 2 if r.at(j).text in {"'", "’"} and r.says(j + 1, "s") else j


def _ending(r: Reader, j: int) -> Expression | None:
    """The day behind "ended", "that ended", "ending"."""
    j = r.skip(r.skip(j, ","), "that", "which")
    if r.at(j).low not in _ENDS:
        return None
    date = read_date(r, r.skip(j + 1, "on"))
    return date[0] if date and isinstance(date[0], Partial) and (date[0].day or date[0].month) else None
