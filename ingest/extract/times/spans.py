"""Calendar arithmetic of the resolver: whole dates and calendar units. Pure, and knows no text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ingest.extract.times.expressions import Partial, Period
from ingest.extract.times.recurring import holiday_in
from kb.errors import TimeValueError
from kb.timevalue import (
    Basis,
    Interval,
    Precision,
    TimeValue,
    TimexType,
    add_months,
    make_day,
    timex_value,
)

PRECISIONS = {
    "D": Precision.DAY,
    "NI": Precision.DAY,
    "W": Precision.WEEK,
    "FN": Precision.WEEK,
    "WE": Precision.RANGE,
    "M": Precision.MONTH,
    "Q": Precision.QUARTER,
    "Y": Precision.YEAR,
    "DE": Precision.DECADE,
    "CE": Precision.RANGE,
}
"""Unit of the grammar to the precision of a date in it."""
_FEDERAL_START = 10
"""First month of the fiscal year of the United States government, in the year before the one it is named for."""


def date_value(interval: Interval, precision: Precision, basis: Basis = Basis.RELATIVE) -> TimeValue:
    """A DATE whose TIMEX3 value follows from its interval."""
    return TimeValue(TimexType.DATE, timex_value(interval, precision), interval, precision, basis)


def in_year(p: Partial, year: int, basis: Basis) -> TimeValue:
    """The date with its year filled in; TimeValueError if that year has no such day."""
    if p.holiday:
        day = holiday_in(p.holiday, year)
        if day is None:
            raise TimeValueError(f"{year} has no {p.holiday}")
        return date_value(Interval.day(day), Precision.DAY, basis)
    if p.month and p.day:
        day = make_day(year, p.month, p.day)
        flags = ("weekday-mismatch",) if p.weekday and day.isoweekday() != p.weekday else ()
        return replace(date_value(Interval.day(day), Precision.DAY, basis), flags=flags)
    if p.month:
        return date_value(Interval.month(year, p.month), Precision.MONTH, basis)
    if p.quarter:
        return date_value(Interval.quarter(year, p.quarter), Precision.QUARTER, basis)
    if p.season:
        return date_value(Interval.months(year, p.season, 3), Precision.SEASON, basis)
    if p.half:
        interval = Interval.months(year, 6 * p.half - 5, 6)
        return TimeValue(TimexType.DATE, f"{year:04d}-H{p.half}", interval, Precision.RANGE, basis)
    return _whole_year(p, year, basis)


def unit_interval(day: date, unit: str, steps: int) -> Interval:
    """The day, week, month … that `day` lies in, or the one `steps` later."""
    match unit:
        case "D" | "NI":
            return Interval.day(day).shift(steps)
        case "W" | "FN":
            return Interval.week(day).shift(7 * steps)
        case "WE":
            week = Interval.week(day).shift(7 * steps)
            return Interval(week.start + timedelta(days=5), week.end)
        case "DE":
            return Interval.decade(day.year // 10 * 10 + 10 * steps)
        case "CE":
            first = max((day.year // 100 + steps) * 100, 1)
            return Interval(make_day(first, 1, 1), make_day(first + 100, 1, 1))
        case _:
            months = {"M": 1, "Q": 3, "Y": 12}[unit] * steps
            return containing(add_months(day.replace(day=1), months), PRECISIONS[unit])


def containing(day: date, precision: Precision) -> Interval:
    """The week, month, quarter, season or year that `day` lies in; the day itself for any other precision."""
    match precision:
        case Precision.WEEK:
            return Interval.week(day)
        case Precision.MONTH:
            return Interval.month(day.year, day.month)
        case Precision.QUARTER:
            return Interval.quarter(day.year, (day.month + 2) // 3)
        case Precision.SEASON:
            first = day.month // 3 * 3
            return Interval.months(day.year if first else day.year - 1, first or 12, 3)
        case Precision.YEAR:
            return Interval.year(day.year)
        case Precision.DECADE:
            return Interval.decade(day.year // 10 * 10)
        case _:
            return Interval.day(day)


def whole_steps(amount: float, unit: str, *, business: bool = False) -> tuple[int, str]:
    """An amount of a grammar unit in whole steps of a unit that `add_units` knows: 2.5 years are 30 months."""
    if unit == "D" and business:
        return int(amount), "B"
    factor, name = {"DE": (10, "Y"), "CE": (100, "Y"), "FN": (2, "W"), "NI": (1, "D"), "WE": (1, "W")}.get(
        unit, (1, unit)
    )
    if amount * factor == int(amount * factor):
        return int(amount * factor), name
    times, finer = {"Y": (12, "M"), "Q": (3, "M"), "M": (30, "D"), "W": (7, "D")}.get(name, (1, "D"))
    return round(amount * factor * times), finer


def period_value(p: Period, interval: Interval, precision: Precision) -> str:
    """The TIMEX3 value of a calendar unit, a weekend, a century or a fiscal year."""
    if p.unit == "WE":
        return f"{timex_value(interval, Precision.WEEK)}-WE"
    if p.unit == "CE":
        return f"{interval.start.year // 100:02d}"
    value = timex_value(interval, precision)
    return f"FY{value}" if p.fiscal and p.unit == "Y" else value


def open_period(side: str, interval: Interval, value: str, now: date) -> TimeValue:
    """ "earlier this month" runs to publication, "later this year" from the day after."""
    if side == "earlier":
        part, mod = Interval.days(interval.start, now), "START"
    else:
        part, mod = Interval(min(now + timedelta(days=1), interval.last), interval.end), "END"
    return TimeValue(TimexType.DATE, value, part, Precision.RANGE, Basis.RELATIVE, mod=mod)


def _whole_year(p: Partial, year: int, basis: Basis) -> TimeValue:
    if not p.fiscal:
        return date_value(Interval.year(year), Precision.YEAR, basis)
    interval = Interval.months(year - 1, _FEDERAL_START, 12) if p.fiscal == "federal" else Interval.year(year)
    return TimeValue(TimexType.DATE, f"FY{year:04d}", interval, Precision.YEAR, basis)
