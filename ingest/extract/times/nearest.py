"""Choosing the year of a date without one: the nearest that fits the direction of its clause."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ingest.extract.times.clause import Direction
from ingest.extract.times.expressions import Partial
from ingest.extract.times.spans import date_value, in_year
from ingest.extract.times.unresolved import Unresolved
from kb.errors import TimeValueError
from kb.timevalue import Basis, Interval, Precision, TimeValue, add_months, make_day


def nearest(
    p: Partial, now: date, direction: Direction, *, against: float = 4, strict: bool = False, far: bool = False
) -> TimeValue:
    """The fitting date nearest to `now`; one that lies against `direction` counts as `against` times as far away.

    With `far` none against it counts, with `strict` also none that holds `now`. Unresolved if nothing fits.
    """
    fitting = [c for c in candidates(p, now) if c.interval and not (strict and c.interval.contains(now))]
    if strict or far:
        fitting = [c for c in fitting if c.interval and distance(c.interval, now) * direction >= 0]
    if not fitting:
        raise Unresolved("there is no such day in the years around it")

    def cost(value: TimeValue) -> float:
        days = distance(value.interval, now) if value.interval else 0
        mismatch = 4 if value.flags else 1
        return abs(days) * mismatch * (against if days * direction < 0 else 1)

    return min(fitting, key=cost)


def distance(interval: Interval, now: date) -> int:
    """Days from `now` to the interval: negative before, 0 inside."""
    if interval.contains(now):
        return 0
    return (interval.start - now).days if interval.start > now else (interval.last - now).days


def candidates(p: Partial, now: date) -> list[TimeValue]:
    """The dates that fit, in the years (for a weekday the weeks, for a day of the month the months) around `now`."""
    if p.weekday and not p.month and not p.day:
        monday = Interval.week(now).start
        return [date_value(day, Precision.DAY) for k in (-1, 0, 1) if (day := _shifted(monday, 7 * k + p.weekday - 1))]
    if p.day and not p.month:
        days = (_month_day(now, k, p.day) for k in range(-3, 4))
        fitting = (day for day in days if day and p.weekday in {None, day.isoweekday()})
        return [date_value(Interval.day(day), Precision.DAY) for day in fitting]
    step = 4 if p.holiday == "inauguration day" else 1
    return list(_in_years(p, (now.year + k for k in range(-step, step + 1))))


def _in_years(p: Partial, years: Iterable[int]) -> Iterable[TimeValue]:
    for year in years:
        try:
            yield in_year(p, year, Basis.RELATIVE)
        except TimeValueError:
            continue


def _shifted(day: date, days: int) -> Interval | None:
    try:
        return Interval.day(day).shift(days)
    except TimeValueError:
        return None


def _month_day(now: date, months: int, day: int) -> date | None:
    try:
        month = add_months(now.replace(day=1), months)
        return make_day(month.year, month.month, day)
    except TimeValueError:
        return None
