"""Values made of other values: parts of a period ("early 2009", "the first week of January") and ranges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ingest.extract.times.expressions import Nth
from ingest.extract.times.lengths import length_value
from ingest.extract.times.lexicon import lexicon, precision_name
from ingest.extract.times.spans import PRECISIONS
from ingest.extract.times.unresolved import NO_WHOLE, Unresolved
from kb.errors import TimeValueError
from kb.timevalue import Interval, Precision, TimeValue, TimexType, add_units, timex_value

_MODS = {"early": "START", "start": "START", "late": "END", "end": "END", "mid": "MID", "middle": "MID"}
_HALVES = {"first half": "H1", "second half": "H2"}


def whole_of(outer: TimeValue) -> Interval:
    """The interval that a part is cut from, or Unresolved."""
    if outer.interval is None:
        raise Unresolved(NO_WHOLE)
    return outer.interval


def edge_value(name: str, outer: TimeValue) -> TimeValue:
    """The part of a period that a modifier names."""
    interval, precision = _part_of(name, outer, whole_of(outer))
    halved = outer.precision is Precision.YEAR and name in _HALVES
    value = f"{outer.value}-{_HALVES[name]}" if halved else outer.value
    if outer.type is TimexType.TIME:
        return replace(outer, mod=_MODS.get(name))
    return TimeValue(TimexType.DATE, value, interval, precision, outer.basis, mod=_MODS.get(name), flags=outer.flags)


def nth_value(n: Nth, outer: TimeValue) -> TimeValue:
    """The counted unit, or units, of a period."""
    whole = whole_of(outer)
    length = length_value(((n.count, n.unit),))
    if n.unit.startswith("T"):
        day = Interval.day(whole.start if n.number > 0 else whole.last)
        return replace(outer, type=TimexType.DURATION, value=length, interval=day, precision=Precision.DAY)
    if n.count is None:
        raise Unresolved("it does not say how many")
    interval = _nth_interval(n, whole)
    if n.count > 1:
        return TimeValue(TimexType.DURATION, length, interval, Precision.RANGE, outer.basis)
    precision = PRECISIONS.get(n.unit, Precision.DAY)
    return TimeValue(TimexType.DATE, timex_value(interval, precision), interval, precision, outer.basis)


def range_value(first: TimeValue, last: TimeValue) -> TimeValue:
    """From the start of one date to the end of another; TIMEX3 has it as a DURATION with a begin and an end."""
    if first.interval is None or last.interval is None:
        raise Unresolved("one end of it is not a calendar date")
    start, end = first.interval, last.interval
    if start.start >= end.end:
        raise Unresolved("it ends before it starts")
    value = f"P{(end.last - start.start).days}D"
    if first.precision is last.precision is Precision.YEAR:
        value = f"P{end.start.year - start.start.year}Y"
    elif first.precision is last.precision is Precision.MONTH:
        value = f"P{12 * (end.start.year - start.start.year) + end.start.month - start.start.month}M"
    return TimeValue(TimexType.DURATION, value, start.hull(end), Precision.RANGE, last.basis)


def _part_of(name: str, outer: TimeValue, whole: Interval) -> tuple[Interval, Precision]:
    """The part of a period that a modifier names, as modifiers.yaml has it."""
    if name == "end":
        return Interval.day(whole.last), Precision.DAY
    if name == "start":
        return Interval.day(whole.start), Precision.DAY
    if outer.precision is Precision.DAY or name == "rest":
        return whole, outer.precision or Precision.RANGE
    part = lexicon().modifiers[name].get(precision_name(outer.precision, whole.length))
    if part is None:
        return _third(name, whole), Precision.RANGE
    unit = {"day": "D", "month": "M", "year": "Y"}[part.unit]
    end = whole.end if part.last == -1 else add_units(whole.start, part.last, unit)
    return Interval(add_units(whole.start, part.first - 1, unit), end), Precision.RANGE


def _nth_interval(n: Nth, whole: Interval) -> Interval:
    """The counted unit inside a period; TimeValueError if the period has none such."""
    if n.weekday:
        return Interval.day(_nth_weekday(n, whole))
    unit = n.unit if n.unit in {"D", "W", "M", "Q", "Y"} else "D"
    if n.number < 0:
        return _last_units(n, whole, unit)
    start = add_units(whole.start, n.number - 1, unit)
    if unit == "W" and n.number > 1:
        start += timedelta(days=-start.weekday() % 7)
    found = Interval(start, add_units(start, n.count or 1, unit))
    if not found.overlaps(whole):
        raise TimeValueError("the period is too short for that")
    return found


def _third(name: str, whole: Interval) -> Interval:
    """A period that the table does not have is cut in thirds, or in halves."""
    length = whole.length
    third, half = max(length // 3, 1), max(length // 2, 1)
    cuts = {
        "early": (0, third),
        "late": (length - third, length),
        "first half": (0, half),
        "second half": (length - half, length),
    }
    first, last = cuts.get(name, (min(third, length - 1), max(length - third, third + 1)))
    return Interval(whole.start + timedelta(days=first), whole.start + timedelta(days=min(last, length)))


def _nth_weekday(n: Nth, whole: Interval) -> date:
    first = whole.start + timedelta(days=((n.weekday or 0) - whole.start.isoweekday()) % 7)
    count = ((whole.end - first).days + 6) // 7
    index = {0: 0 if count == 1 else count}.get(n.number, n.number - 1 if n.number > 0 else count + n.number)
    if not 0 <= index < count:
        raise TimeValueError(
            "the period has several such weekdays" if n.number == 0 else "the period has no such weekday"
        )
    return first + timedelta(days=7 * index)


def _last_units(n: Nth, whole: Interval, unit: str) -> Interval:
    if unit == "W" and n.count == 1:
        week = Interval.week(whole.last)
        return week if week.end <= whole.end else week.shift(-7)
    return Interval(add_units(whole.end, -(n.count or 1), unit), whole.end)
