"""From what an expression says to what it means: a TIMEX3 value and an interval of the calendar.

A `Resolver` goes through one article in text order. It knows the publication day and the dates that the text has given
so far, and never takes any other day: what cannot be resolved keeps its reason.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ingest.extract.times.clause import Clause, Direction
from ingest.extract.times.composed import edge_value, nth_value, range_value, whole_of
from ingest.extract.times.expressions import (
    Between,
    Century,
    Decade,
    Edge,
    Expression,
    Focus,
    Grant,
    Impossible,
    Length,
    Now,
    Nth,
    Numeric,
    Partial,
    Period,
    RangeEnd,
    Recurrence,
    Reference,
    Run,
    SamePeriod,
    Shift,
    Stretch,
    Timed,
)
from ingest.extract.times.history import History, Place
from ingest.extract.times.lengths import length_value
from ingest.extract.times.lexicon import lexicon
from ingest.extract.times.nearest import nearest
from ingest.extract.times.periods import Periods
from ingest.extract.times.reckoning import Reckoning
from ingest.extract.times.recurring import only_year
from ingest.extract.times.spans import (
    containing,
    date_value,
    in_year,
)
from ingest.extract.times.story import Story
from ingest.extract.times.unresolved import NO_FOCUS, NO_PUBLICATION, Unresolved, unresolved_value
from kb.errors import TimeValueError
from kb.timevalue import Basis, Interval, Precision, TimeValue, TimexType, make_day

_YEAR = 366
"""Days that a range without years may last."""
_APART = 3
"""Days that two weekdays named together lie apart, at most."""
_LOOSE = 6
"""How many times farther away a day counts that lies ahead of a past that may not be its own."""


class Resolver:
    """Resolves the expressions of one article, in text order."""

    def __init__(self, published: date | None, *, day_first: bool | None = None) -> None:
        """`day_first` says how the article writes dates in figures; None if it shows both orders."""
        self._published = published
        self._day_first = day_first
        self.history = History()
        self._story = False

    def resolve(self, expression: Expression, place: Place, *, again: bool = False) -> TimeValue:
        """The meaning of `expression` at its place; dates are remembered for those that follow, unless read `again`."""
        self._story = False
        try:
            value = self._value(expression, place)
        except (Unresolved, TimeValueError) as err:
            return unresolved_value(expression, str(err))
        except OverflowError:
            return unresolved_value(expression, "out of range of the calendar")
        if value.type in {TimexType.DATE, TimexType.TIME} and not again:
            self.history.add(value, place, story=self._story, comparison=_is_comparison(expression))
        if isinstance(expression, Run) and not again:
            self.resolve(expression.last, place)
        return value

    def _value(self, expression: Expression, place: Place) -> TimeValue:
        match expression:
            case Partial():
                return self._partial(expression, place)
            case Period():
                value, self._story = self._periods().period(expression, place)
                return value
            case Shift() | Grant() | Stretch() | Run():
                value, self._story = Reckoning(self._published, self.history, self._value).reckon(expression, place)
                return value
            case Edge():
                return edge_value(expression.name, self._value(expression.of, place))
            case Nth(of=None, unit=unit, count=count) if unit not in {"M", "Q"}:  # "the first 100 days", of whatever
                return TimeValue(TimexType.DURATION, length_value(((count, unit),)))
            case Nth():
                return nth_value(expression, self._value(expression.of or Period("Y", "this"), place))
            case Between():
                return range_value(*self._ends(expression, place))
            case RangeEnd(whole, last):
                return self._ends(whole, place)[last]
            case Timed():
                return self._timed(expression, place)
            case SamePeriod():
                return self._periods().same_period(expression, place)
            case Numeric():
                return self._numeric(expression)
            case _:
                return _fixed(expression)

    def _periods(self) -> Periods:
        return Periods(self._published, self.history, self._value)

    def _now(self) -> date:
        if self._published is None:
            raise Unresolved(NO_PUBLICATION)
        return self._published

    def _partial(self, p: Partial, place: Place) -> TimeValue:
        year = p.year or (only_year(p.holiday) if p.holiday else None)
        if year:
            return in_year(p, year, Basis.EXPLICIT)
        if p.of:
            return self._partial_of(p, self._value(p.of, place))
        match p.which:
            case "that" | "following" | "previous":
                return self._from_focus(p, place)
            case "a":
                raise Unresolved("does not say which of those days")
            case "last" | "coming" as way:
                towards = Direction.PAST if way == "last" else Direction.FUTURE
                return nearest(p, self._now(), towards, strict=True)
            case "next":
                return self._next(p)
            case "this":
                return self._this(p)
        if second := self._joined(p, place):
            return second
        beside = self.history.near(place, {Precision.QUARTER, Precision.RANGE}) if p.quarter or p.half else None
        if beside and beside.place.sentence == place.sentence and not place.clause.sure:
            return nearest(p, beside.interval.start, Direction.OPEN)
        story = Story(self._published, self.history)
        if sooner := story.moved_up(p, place):
            return sooner
        if told := story.date(p, place):
            self._story = True
            return told
        return nearest(p, self._now(), place.clause.leaning, against=_against(p, place.clause))

    def _joined(self, p: Partial, place: Place) -> TimeValue | None:
        """The second of two days named together: of "on Tuesday or Wednesday" the one right after that Tuesday."""
        pair = self.history.joined(place)
        if pair is None or pair.value.precision is not Precision.DAY:
            return None
        if p.month and p.day:
            self._story = pair.story
            return nearest(p, pair.interval.start, Direction.OPEN)
        if p != Partial(weekday=p.weekday):
            return None
        value = nearest(p, pair.interval.start, Direction.FUTURE, strict=True)
        near = value.interval is not None and (value.interval.start - pair.interval.start).days <= _APART
        return value if near else None

    def _partial_of(self, p: Partial, outer: TimeValue) -> TimeValue:
        day = whole_of(outer).start
        if p.weekday and not p.month:
            return date_value(Interval.day(Interval.week(day).start + timedelta(days=p.weekday - 1)), Precision.DAY)
        if p.day and not p.month:
            return date_value(Interval.day(make_day(day.year, day.month, p.day)), Precision.DAY)
        return in_year(p, day.year, Basis.RELATIVE)

    def _from_focus(self, p: Partial, place: Place) -> TimeValue:
        """ "that October", "the following Monday"."""
        seen = self.history.focus("Y", place)
        if seen is None:
            raise Unresolved(NO_FOCUS)
        self._story, focus = seen.story, seen.interval
        if p.which == "that" and not p.weekday:
            return in_year(p, focus.start.year, Basis.RELATIVE)
        if p.which == "that":
            return nearest(p, focus.start, Direction.OPEN)
        way = Direction.PAST if p.which == "previous" else Direction.FUTURE
        return nearest(p, focus.start, way, strict=True)

    def _this(self, p: Partial) -> TimeValue:
        now = self._now()
        if p.weekday and not p.month:
            return date_value(Interval.day(Interval.week(now).start + timedelta(days=p.weekday - 1)), Precision.DAY)
        if p.season and p.season == containing(now, Precision.SEASON).start.month:
            return date_value(containing(now, Precision.SEASON), Precision.SEASON)
        return in_year(p, now.year, Basis.RELATIVE)

    def _next(self, p: Partial) -> TimeValue:
        """The next Friday is the one of the following week; the next March the first that is still to come."""
        now = self._now()
        if p.weekday and not p.month:
            return date_value(Interval.day(Interval.week(now).end).shift(p.weekday - 1), Precision.DAY)
        return nearest(p, now, Direction.FUTURE, strict=True)

    def _ends(self, b: Between, place: Place) -> tuple[TimeValue, TimeValue]:
        """The two dates of a range; the one that has no year takes it from the other."""
        if place.clause.verb in lexicon().cues.moving and not place.clause.pluperfect:
            place = replace(place, clause=replace(place.clause, onward=True))
        back, on = (Direction.FUTURE, Direction.PAST) if place.clause.sooner else (Direction.PAST, Direction.FUTURE)
        if _yearless(b.last):
            first = self._value(b.first, place)
            last = self._beside(b.last, first, on, place)
            if not (_yearless(b.first) and self._too_late(last, place)):
                return self._under_way(b, place, last) or (first, last)
        last = self._value(b.last, place)
        return self._beside(b.first, last, back, place), last

    def _under_way(self, b: Between, place: Place, last: TimeValue) -> tuple[TimeValue, TimeValue] | None:
        """The range that holds publication, for what is told in the present: "the permit runs from June to May"."""
        if not (place.clause.present and isinstance(b.first, Partial) and isinstance(b.last, Partial)):
            return None
        now, end = self._now(), last.interval
        if end is None or not _yearless(b.first) or end.start <= now:
            return None
        before = nearest(b.first, now, Direction.PAST, far=True)
        soon = nearest(b.last, now, Direction.FUTURE, far=True)
        held = before.interval and soon.interval and (soon.interval.start - before.interval.start).days < _YEAR
        return (before, soon) if held and soon.interval != last.interval else None

    def _too_late(self, last: TimeValue, place: Place) -> bool:
        """True if a range told as past would end after publication; what was moved to a day may lie ahead."""
        told = place.clause.direction is Direction.PAST and place.clause.verb not in lexicon().cues.moving
        return bool(told and last.interval and self._published and last.interval.start > self._published)

    def _beside(self, expression: Expression, other: TimeValue, way: Direction, place: Place) -> TimeValue:
        """One end of a range, on its side of the other one."""
        if other.interval and isinstance(expression, Partial) and _yearless(expression):
            return nearest(expression, other.interval.start, way, far=True)
        return self._value(expression, place)

    def _timed(self, t: Timed, place: Place) -> TimeValue:
        day = self._value(t.date, place) if t.date else self._day_of_clock(place)
        return replace(day, type=TimexType.TIME, value=f"{day.value}T{t.clock}")

    def _day_of_clock(self, place: Place) -> TimeValue:
        """The day of a mere time of the clock: the one that the paragraph speaks of, else publication."""
        seen = self.history.focus("D", place) if not place.clause.comes else None
        if seen and 0 <= place.sentence - seen.place.sentence <= 1 and seen.value.precision is Precision.DAY:
            return replace(date_value(Interval.day(seen.interval.start), Precision.DAY), basis=Basis.CONTEXT)
        maybe = place.clause.direction is Direction.FUTURE and (place.clause.maybe or not place.clause.sure)
        if maybe or place.clause.verb is None:
            raise Unresolved("a time of the clock, of a day that the text does not give")
        return replace(date_value(Interval.day(self._now()), Precision.DAY), basis=Basis.CONTEXT)

    def _numeric(self, n: Numeric) -> TimeValue:
        if self._day_first is None and n.first != n.second:
            raise Unresolved("day and month cannot be told apart: the article writes dates in both orders")
        month, day = (n.second, n.first) if self._day_first else (n.first, n.second)
        return in_year(Partial(year=n.year, month=month, day=day), n.year, Basis.EXPLICIT)


def _against(p: Partial, clause: Clause) -> float:
    """How many times farther away a date counts against its clause; less for a day that the verb may not have."""
    told = clause.sure and clause.leaning is Direction.PAST
    return _LOOSE if p.day and told and clause.of_prospect else clause.against


def _fixed(expression: Expression) -> TimeValue:
    """What needs neither publication nor other dates."""
    match expression:
        case Decade(first_year):
            return date_value(Interval.decade(first_year), Precision.DECADE, Basis.EXPLICIT)
        case Century(number):
            interval = Interval(make_day(max(number * 100 - 100, 1), 1, 1), make_day(number * 100, 1, 1))
            return TimeValue(TimexType.DATE, f"{number - 1:02d}", interval, Precision.RANGE, Basis.EXPLICIT)
        case Length(parts, mod):
            return TimeValue(TimexType.DURATION, length_value(parts), mod=mod)
        case Recurrence(value, freq, quant):
            return TimeValue(TimexType.SET, value, quant=quant, freq=freq)
        case Reference(value):
            undated = "some day that the text does not give" if value.startswith("X") else None
            return TimeValue(TimexType.DATE, value, unresolved=undated)
        case Impossible(reason):
            raise Unresolved(reason)
    raise Unresolved("not understood")


def _is_comparison(expression: Expression) -> bool:
    if isinstance(expression, Shift):
        back = expression.sign < 0 and isinstance(expression.anchor, Focus | Now)
        return back and expression.length.parts[0][1] == "Y"
    return isinstance(expression, SamePeriod)


def _yearless(expression: Expression) -> bool:
    return isinstance(expression, Partial) and not (expression.year or expression.of or expression.which)
