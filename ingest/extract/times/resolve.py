"""From what an expression says to what it means: a TIMEX3 value and an interval of the calendar.

A `Resolver` goes through one article in text order. It knows the publication day and the dates that the text has given
so far, and never takes any other day: what cannot be resolved keeps its reason.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ingest.extract.times.clause import Direction
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
    SamePeriod,
    Shift,
    Stretch,
    Timed,
)
from ingest.extract.times.history import History, Place, Seen
from ingest.extract.times.lengths import length_value
from ingest.extract.times.lexicon import lexicon
from ingest.extract.times.nearest import candidates, distance, nearest
from ingest.extract.times.reckoning import Reckoning
from ingest.extract.times.recurring import only_year
from ingest.extract.times.spans import (
    PRECISIONS,
    containing,
    date_value,
    in_year,
    open_period,
    period_value,
    unit_interval,
)
from ingest.extract.times.unresolved import NO_FOCUS, NO_PUBLICATION, Unresolved, unresolved_value
from kb.errors import TimeValueError
from kb.timevalue import Basis, Interval, Precision, TimeValue, TimexType, make_day

_SPOKEN_OF = {
    "D": frozenset({Precision.DAY}),
    "W": frozenset({Precision.DAY, Precision.WEEK}),
    "M": frozenset({Precision.DAY, Precision.MONTH}),
    "Y": frozenset({Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.SEASON, Precision.YEAR}),
}
"""How precise the date must be that "the day", "the week" … are taken to belong to."""
_NO_DAY = frozenset({Precision.MONTH, Precision.QUARTER, Precision.SEASON, Precision.YEAR, Precision.DECADE})
_LONG = 150
"""Days from publication up to which a date needs no story to be placed."""
_NEWS = 8
"""Days before publication within which a date without a year is this year's."""
_STORY_REACH = 130
"""Days that a date without a year may lie behind the last one of a story told in other years."""


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
        return value

    def _value(self, expression: Expression, place: Place) -> TimeValue:
        match expression:
            case Partial():
                return self._partial(expression, place)
            case Period():
                return self._period(expression, place)
            case Shift() | Grant() | Stretch():
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
                return self._same_period(expression, place)
            case Numeric():
                return self._numeric(expression)
            case _:
                return _fixed(expression)

    def _now(self) -> date:
        if self._published is None:
            raise Unresolved(NO_PUBLICATION)
        return self._published

    def _focus(self, unit: str, place: Place) -> Seen:
        seen = self.history.focus(unit, place)
        if seen is None:
            raise Unresolved(NO_FOCUS)
        self._story = seen.story
        return seen

    def _partial(self, p: Partial, place: Place) -> TimeValue:
        if p.holiday and (once := only_year(p.holiday)):
            return in_year(p, once, Basis.EXPLICIT)
        if p.year:
            return in_year(p, p.year, Basis.EXPLICIT)
        if p.of:
            return self._partial_of(p, self._value(p.of, place))
        match p.which:
            case "that" | "following" | "previous":
                return self._from_focus(p, place)
            case "a":
                raise Unresolved("does not say which of those days")
            case "last":
                return nearest(p, self._now(), Direction.PAST, strict=True)
            case "next":
                return self._next(p)
            case "this":
                return self._this(p)
        beside = self.history.near(place, {Precision.QUARTER, Precision.RANGE}) if p.quarter or p.half else None
        if beside and beside.place.sentence == place.sentence and not place.clause.sure:
            return nearest(p, beside.interval.start, Direction.OPEN)
        return self._in_story(p, place) or nearest(p, self._now(), place.clause.direction, sure=place.clause.sure)

    def _in_story(self, p: Partial, place: Place) -> TimeValue | None:
        """A date in the years that the text itself has named, rather than around publication."""
        if p.weekday and not p.month:
            return None
        if year := self.history.year_of_sentence(place):
            self._story = True
            return in_year(p, year, Basis.RELATIVE)
        if place.clause.direction is Direction.FUTURE and place.clause.sure:
            return None
        story = self.history.story(place, self._published) or self._beside_told(place) or self._story_before(p, place)
        if story is None or place.clause.verb is None or self._just_happened(p, place):
            return None
        if place.clause.pluperfect and place.clause.direction is Direction.PAST and not self._goes_on(place):
            self._story = True
            return nearest(p, story.start, Direction.PAST, strict=True)
        following = [c for c in candidates(p, story.start) if c.interval and c.interval.last >= story.start]
        if not following or not following[0].interval or distance(following[0].interval, story.last) > _STORY_REACH:
            return None
        self._story = True
        return following[0]

    def _goes_on(self, place: Place) -> bool:
        """True for the later dates of a list: "he had signed orders on 20 January, 4 April and 19 June"."""
        seen = self.history.near(place, {Precision.DAY, Precision.MONTH})
        return seen is not None and seen.place.sentence == place.sentence and seen.place.clause == place.clause

    def _story_before(self, p: Partial, place: Place) -> Interval | None:
        """The story of the paragraph before, for a date that would else lie long before or after publication."""
        now = self._published
        if now is None or any(c.interval and abs(distance(c.interval, now)) < _LONG for c in candidates(p, now)):
            return None
        return self.history.story(place, now, paragraphs=1)

    def _beside_told(self, place: Place) -> Interval | None:
        """What the sentence has told just before: "an order signed on April 4 extended the deadline to June 19"."""
        seen = self.history.near(place, {Precision.DAY, Precision.MONTH})
        if seen is None or place.clause.direction is not Direction.OPEN or seen.place.sentence != place.sentence:
            return None
        told = seen.place.clause.direction is Direction.PAST and not seen.since
        return seen.interval if told and self._published and seen.interval.start <= self._published else None

    def _just_happened(self, p: Partial, place: Place) -> bool:
        """True for a date in the days before publication: news, even in a paragraph that has told an older story."""
        now = self._published
        if now is None or place.clause.pluperfect:
            return False
        return any(c.interval and -_NEWS < distance(c.interval, now) <= 0 for c in candidates(p, now))

    def _partial_of(self, p: Partial, outer: TimeValue) -> TimeValue:
        day = whole_of(outer).start
        if p.weekday and not p.month:
            return date_value(Interval.day(Interval.week(day).start + timedelta(days=p.weekday - 1)), Precision.DAY)
        if p.day and not p.month:
            return date_value(Interval.day(make_day(day.year, day.month, p.day)), Precision.DAY)
        return in_year(p, day.year, Basis.RELATIVE)

    def _from_focus(self, p: Partial, place: Place) -> TimeValue:
        """ "that October", "the following Monday"."""
        focus = self._focus("Y", place).interval
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

    def _period(self, p: Period, place: Place) -> TimeValue:
        base = self._period_base(p, place)
        steps = {"last": -1, "next": 1, "following": 1, "previous": -1}.get(p.which, 0) + p.shift
        if p.which == "next" and p.unit == "D":
            steps = 1
        interval = unit_interval(base, p.unit, steps)
        precision = PRECISIONS[p.unit]
        value = period_value(p, interval, precision)
        if p.open and p.which in {"this", "the"}:
            return open_period(p.open, interval, value, self._now())
        return TimeValue(TimexType.DATE, value, interval, precision, Basis.RELATIVE)

    def _period_base(self, p: Period, place: Place) -> date:
        """The day from which the period is counted."""
        anaphoric = p.which in {"that", "following", "previous"} or (p.which == "next" and p.unit == "D")
        if not anaphoric:
            return self._period_now(p, place)
        if self._published and p.unit not in {"D", "NI"} and self.history.last() is None:
            return self._published
        focus = self._focus(p.unit, place)
        if p.unit in {"D", "NI"} and focus.value.precision in _NO_DAY:
            raise Unresolved("counts from a date that is not known to the day")
        return focus.interval.last if p.which in {"following", "next"} else focus.interval.start

    def _period_now(self, p: Period, place: Place) -> date:
        now = self._now()
        told = place.clause.direction
        if p.which in {"this", "the"} and p.unit == "WE" and told is not Direction.FUTURE and now.weekday() < 5:
            return now - timedelta(days=7)
        if p.which == "this" and p.unit == "W" and told is Direction.FUTURE and now.weekday() == 6:
            return now + timedelta(days=1)
        if p.holding:
            return whole_of(self._value(p.holding, place)).start
        return self._spoken_of(p, place) if p.which == "the" else now

    def _spoken_of(self, p: Period, place: Place) -> date:
        """A day in "the quarter", "the year" …: the one that the text speaks of, else the one of publication."""
        now = self._now()
        told = place.clause.direction is Direction.PAST
        if p.unit == "Q":
            seen = self.history.period(place)
            if seen and seen.value.precision is Precision.QUARTER:
                return seen.interval.start
            return unit_interval(now, "Q", -1).start if told else now
        seen = self.history.near(place, _SPOKEN_OF.get(p.unit, frozenset()), first=p.unit in {"M", "Y"})
        if seen is None or (p.unit == "Y" and not (not p.fiscal and told and seen.told and seen.interval.end <= now)):
            return now
        return seen.interval.start

    def _same_period(self, same: SamePeriod, place: Place) -> TimeValue:
        seen = self.history.period(place)
        precision = seen.value.precision if seen else None
        if seen is None or precision is None or (same.quarter and precision is not Precision.QUARTER):
            if not same.quarter:
                return date_value(Interval.year(same.year or self._now().year + same.years), Precision.YEAR)
            interval, precision = unit_interval(self._now(), "Q", -1), Precision.QUARTER
        else:
            interval = seen.interval
        if precision is Precision.WEEK:
            years = same.year - interval.start.year if same.year else same.years
            return date_value(interval.shift(364 * years), Precision.WEEK)
        year = same.year or unit_interval(interval.start, "Y", same.years).start.year
        count = {Precision.QUARTER: 3, Precision.SEASON: 3}.get(precision, 1)
        return date_value(Interval.months(year, interval.start.month, count), precision)

    def _ends(self, b: Between, place: Place) -> tuple[TimeValue, TimeValue]:
        """The two dates of a range; the one that has no year takes it from the other."""
        if _yearless(b.last):
            first = self._value(b.first, place)
            last = self._beside(b.last, first, Direction.FUTURE, place)
            if not (_yearless(b.first) and self._too_late(last, place)):
                return first, last
        last = self._value(b.last, place)
        return self._beside(b.first, last, Direction.PAST, place), last

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
        seen = self.history.focus("D", place)
        if seen and 0 <= place.sentence - seen.place.sentence <= 1 and seen.value.precision is Precision.DAY:
            return replace(date_value(Interval.day(seen.interval.start), Precision.DAY), basis=Basis.CONTEXT)
        maybe = place.clause.direction is Direction.FUTURE and not place.clause.sure
        if maybe or place.clause.verb is None:
            raise Unresolved("a time of the clock, of a day that the text does not give")
        return replace(date_value(Interval.day(self._now()), Precision.DAY), basis=Basis.CONTEXT)

    def _numeric(self, n: Numeric) -> TimeValue:
        if self._day_first is None and n.first != n.second:
            raise Unresolved("day and month cannot be told apart: the article writes dates in both orders")
        month, day = (n.second, n.first) if self._day_first else (n.first, n.second)
        return in_year(Partial(year=n.year, month=month, day=day), n.year, Basis.EXPLICIT)


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
