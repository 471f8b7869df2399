"""Grammar of what business news counts in months: "the three months to December", "the July-September quarter"."""

from __future__ import annotations

from dataclasses import replace

from ingest.extract.times.dates import Match, read_date
from ingest.extract.times.expressions import Between, Expression, Found, Length, Partial, Period, Run
from ingest.extract.times.lengths import simple_length
from ingest.extract.times.reader import Reader, read_day
from ingest.extract.times.relative import read_period

_ENDED = frozenset({"ended", "ending"})
_TO = frozenset({"to", "through"})
_DURING = frozenset({"in", "over", "during"})
"""Words before a length that make "to" and a date behind it its end, where it has no article."""
_UNITS = frozenset({"W", "M", "Q", "Y"})
_PERIODS = frozenset({"quarter", "period"})
_QUARTER, _DECEMBER = 3, 12


def read_run(r: Reader, i: int) -> Match | None:
    """The three months to December · the week to Friday; of "the nine months ended Sept. 30" the length alone."""
    article = r.says(i, "the")
    length = _length(r, i + 1 if article else i, article=article)
    if not length:
        return None
    joint = r.at(length[1]).low
    date = read_date(r, r.skip(length[1] + 1, "on")) if joint in _ENDED | _TO else None
    if not date or not isinstance(date[0], Partial):
        return None
    if not date[0].month and not (date[0].weekday and length[0].parts[0][1] == "W"):
        return None
    if joint in _ENDED:
        whole = length[0].parts == ((1, "Y"),) and date[0].month == _DECEMBER
        return None if whole else (Run(length[0], date[0]), length[1])
    return (Run(length[0], date[0]), date[1]) if article or r.at(i - 1).low in _DURING else None


def read_months(r: Reader, i: int) -> tuple[Found, int] | None:
    """The July-September quarter · April-June last year · the October-to-December period."""
    start = r.skip(i, "the")
    first = r.whole(start, "month")
    stop = r.skip_dot(start + 1)
    at, dashed = _behind_joint(r, stop)
    last = read_date(r, at) if first and r.word(at, "month") and r.at(start).capital and r.at(at).capital else None
    if not first or not last or not isinstance(last[0], Partial) or last[0].day or read_day(r, last[1]):
        return None
    named = r.at(last[1]).low in _PERIODS
    if not (named or dashed):
        return None
    ending, end = (last[0], last[1] + named) if last[0].year else _with_year(r, last[0], last[1] + named)
    first_month = Found(Partial(month=first), r.at(start).start, r.at(stop - 1).end)
    last_month = Found(ending, r.at(at).start, r.at((last[1] if named else end) - 1).end)
    whole = Between(first_month.expression, ending)
    return Found(whole, r.at(i).start, r.at(end - 1).end, (first_month, last_month)), end


def read_month_quarter(r: Reader, i: int) -> Match | None:
    """The September quarter · the June quarter of 2004: the three months that end with it."""
    j = r.skip(i, "the")
    month = r.whole(j, "month")
    at = r.skip_dot(j + 1)
    if not month or not r.at(j).capital or not r.says(at, "quarter") or r.skip_dash(at + 1) > at + 1:
        return None
    last, end = _with_year(r, Partial(month=month), at + 1)
    if month % _QUARTER:
        return Run(Length(((_QUARTER, "M"),)), last), end
    return Period("Q", "the", holding=last), end


def _length(r: Reader, i: int, *, article: bool) -> tuple[Length, int] | None:
    """A number of weeks or months, or the unit alone behind an article: "the year to March"."""
    unit = r.name(i, "unit")
    if article and unit in _UNITS and unit and not r.at(i).low.endswith("s"):
        return (Length(((1, unit),)), i + 1) if r.at(i + 1).low in _TO or unit == "Y" else None
    length = simple_length(r, i)
    amount, of = length[0].parts[0] if length else (None, "")
    return length if amount is not None and of in _UNITS and r.at(i).low not in {"a", "an"} else None


def _behind_joint(r: Reader, i: int) -> tuple[int, bool]:
    """Behind what joins two months, and whether that has a hyphen: "-", "to", "-to-"."""
    dash = r.skip_dash(i)
    return (r.skip_dash(r.skip(dash, "to")) if dash > i else r.skip(i, "to")), dash > i


def _with_year(r: Reader, last: Partial, j: int) -> tuple[Partial, int]:
    """The last month with the year behind it: "of 2004", "2004", "last year"."""
    behind = r.skip(j, "of", "in")
    year: tuple[Expression, int] | None = read_date(r, behind)
    if year and isinstance(year[0], Partial) and year[0] == Partial(year=year[0].year):
        return replace(last, year=year[0].year), year[1]
    period = read_period(r, behind)
    if period and isinstance(period[0], Period) and period[0].unit == "Y" and not period[0].open:
        return replace(last, of=period[0]), period[1]
    return last, j
