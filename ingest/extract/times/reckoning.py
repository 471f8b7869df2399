"""Lengths counted from an anchor: "two years ago", "a week later", "within 60 days of the date of this order"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from ingest.extract.times.clause import Direction
from ingest.extract.times.composed import whole_of
from ingest.extract.times.expressions import (
    Expression,
    Focus,
    Grant,
    Happening,
    Length,
    Now,
    Period,
    Planned,
    Run,
    Shift,
    Stretch,
    ThisDocument,
)
from ingest.extract.times.history import History, Place, Seen
from ingest.extract.times.lengths import length_value
from ingest.extract.times.spans import PRECISIONS, containing, whole_steps
from ingest.extract.times.unresolved import NO_FOCUS, NO_PUBLICATION, Unresolved, offset_of
from kb.timevalue import Basis, Interval, Offset, Precision, TimeValue, TimexType, add_units, timex_value

_ORDER = [Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.QUARTER, Precision.SEASON, Precision.YEAR]
_UNDATED = "counts from {!r}, which the text does not date"
Anchor = tuple[date, Precision, str, bool]
"""Day to count from, how precise it is, what the text calls it, and whether its year is the text's own."""


class Reckoning:
    """Counts lengths from publication, from dates of the text, and from what the text dates."""

    def __init__(
        self, published: date | None, history: History, value_of: Callable[[Expression, Place], TimeValue]
    ) -> None:
        self._published = published
        self._history = history
        self._value_of = value_of

    def reckon(self, expression: Shift | Grant | Stretch | Run, place: Place) -> tuple[TimeValue, bool]:
        """The meaning of a counted length, and whether its year is the text's own."""
        match expression:
            case Shift():
                return self._shift(expression, place)
            case Grant(length):
                return self._grant(length, place), False
            case Stretch():
                return self._stretch(expression), False
            case Run():
                return self._run(expression, place), False

    def _stretch(self, s: Stretch) -> TimeValue:
        """The days up to publication, or behind it; none for a length that is vague, or only says how long."""
        value = TimeValue(TimexType.DURATION, length_value(s.length.parts), mod=s.length.mod)
        amount, unit = s.length.parts[0]
        if s.lasting or amount is None or unit.startswith("T") or s.which not in {"last", "next"}:
            return value
        now = self._now()
        before, last = sorted((now, _add(now, s.length, 1 if s.which == "next" else -1)))
        interval = Interval.days(add_units(before, 1, "D"), last)
        return replace(value, interval=interval, precision=Precision.RANGE, basis=Basis.RELATIVE)

    def _run(self, run: Run, place: Place) -> TimeValue:
        """The days of a length up to the end of its date."""
        last = self._value_of(run.last, place)
        end = whole_of(last).end
        interval = Interval(_add(end, run.length, -1), end)
        value = length_value(run.length.parts)
        return TimeValue(TimexType.DURATION, value, interval, Precision.RANGE, last.basis, run.length.mod)

    def _shift(self, s: Shift, place: Place) -> tuple[TimeValue, bool]:
        amount, unit = s.length.parts[0]
        if isinstance(s.anchor, Planned):
            restated = self._history.last() if place.apposed else None
            return restated or TimeValue(TimexType.DURATION, length_value(s.length.parts), mod=s.length.mod), False
        due = place.clause.obliging or place.clause.comes
        if s.limit and isinstance(s.anchor, Focus) and s.clock and due:
            return self._grant(s.length, place, mod="EQUAL_OR_LESS"), False
        if s.limit and isinstance(s.anchor, Focus):
            return TimeValue(TimexType.DURATION, length_value(s.length.parts), mod="EQUAL_OR_LESS"), False
        if unit.startswith("T") and (isinstance(s.anchor, Happening) or amount is not None):
            return self._hours(s, place), False
        if amount is None:
            if isinstance(s.anchor, Now | Focus):
                return TimeValue(TimexType.DATE, "PAST_REF" if s.sign < 0 else "FUTURE_REF", mod=s.length.mod), False
            raise Unresolved("a length without a number")
        anchor, precision, text, story = self._anchor(s, place)
        fine = self._precision(s, precision, unit, place)
        offset = offset_of(s.length, s.sign, text, anchor)
        mod = s.length.mod
        if mod == "LESS_THAN" and precision is Precision.DAY and not isinstance(s.anchor, Now):
            return self._less_than(s, anchor, offset), story
        interval = containing(_add(anchor, s.length, s.sign), fine)
        return TimeValue(
            TimexType.DATE, timex_value(interval, fine), interval, fine, Basis.RELATIVE, mod, offset
        ), story

    def _less_than(self, s: Shift, anchor: date, offset: Offset | None) -> TimeValue:
        """ "less than a month after that": some day strictly between the anchor and the sum."""
        total = _add(anchor, s.length, s.sign)
        first, last = sorted((anchor, total))
        if (last - first).days < 2:
            raise Unresolved("less than a day from its anchor")
        interval = Interval(add_units(first, 1, "D"), last)
        value = total.isoformat()
        return TimeValue(TimexType.DATE, value, interval, Precision.RANGE, Basis.RELATIVE, "LESS_THAN", offset)

    def _precision(self, s: Shift, anchor: Precision, unit: str, place: Place) -> Precision:
        """No finer than the unit, or than the anchor; a legal clock ends on a day."""
        by_unit = Precision.YEAR if unit in {"DE", "CE"} else PRECISIONS.get(unit, Precision.YEAR)
        if isinstance(s.anchor, Period):
            return anchor
        if s.clock:
            return anchor if anchor in {Precision.WEEK, Precision.MONTH} and unit in {"D", "W"} else Precision.DAY
        if isinstance(s.anchor, Now) and anchor is Precision.DAY:
            return by_unit
        if anchor is Precision.QUARTER or (s.sign < 0 and unit == "Y" and anchor is Precision.MONTH):
            return anchor
        if anchor is Precision.DAY and place.clause.direction is Direction.FUTURE:
            return anchor
        by_unit = Precision.DAY if unit in {"D", "W", "FN", "NI"} else by_unit
        return max(anchor, by_unit, key=_ORDER.index) if anchor in _ORDER and by_unit in _ORDER else by_unit

    def _hours(self, s: Shift, place: Place) -> TimeValue:
        """Hours and minutes from publication stay inside its day, as far as the text says."""
        value = length_value(s.length.parts)
        if isinstance(s.anchor, Happening) and (seen := self._history.dated(place.anchor)):
            return TimeValue(
                TimexType.DURATION, value, seen.interval, seen.value.precision, Basis.RELATIVE, s.length.mod
            )
        return TimeValue(TimexType.DURATION, value, mod=s.length.mod)

    def _anchor(self, s: Shift, place: Place) -> Anchor:
        match s.anchor:
            case Now() | Focus() if compared := self._compared(s, place):
                return compared.interval.start, compared.value.precision or Precision.DAY, "", compared.story
            case Now():
                return self._now(), Precision.DAY, "publication", False
            case ThisDocument(text) if not place.quoted:
                return self._now(), Precision.DAY, text, False
            case Focus(due):
                return self._focus(s, place, due=due)
            case Happening(text) | ThisDocument(text):
                dated = self._dated(s, place)
                if dated:
                    return dated.interval.start, Precision.DAY, text, dated.story
                if isinstance(s.anchor, Happening) and s.anchor.pointing:
                    return self._focus(s, place)
                raise Unresolved(_UNDATED.format(text))
            case Planned():
                raise Unresolved("counts from a day that was planned")
            case date_expression:
                value = self._value_of(date_expression, place)
                if value.interval is None:
                    raise Unresolved("counts from something that is not a calendar date")
                return (
                    value.interval.start,
                    value.precision or Precision.DAY,
                    value.value or "",
                    value.basis is Basis.EXPLICIT,
                )

    def _focus(self, s: Shift, place: Place, *, due: bool = False) -> Anchor:
        seen = self._history.focus(s.length.parts[0][1], place, due=due)
        if seen is None:
            raise Unresolved(NO_FOCUS)
        return seen.interval.start, seen.value.precision or Precision.DAY, seen.value.value or "", seen.story

    def _compared(self, s: Shift, place: Place) -> Seen | None:
        """The quarter or month that "a year ago" or "a year earlier" compares with, if the text speaks of one."""
        if s.sign > 0 or s.length.parts != ((1, "Y"),):
            return None
        seen = self._history.period(place)
        if seen is None or seen.place.paragraph != place.paragraph or seen.since:
            return None
        away = place.sentence - seen.place.sentence
        most = {Precision.QUARTER: 1, Precision.MONTH: 0}.get(seen.value.precision or Precision.DAY, -1)
        return seen if 0 <= away <= most else None

    def _dated(self, s: Shift, place: Place) -> Seen | None:
        """The day of what a length counts from; months and years from something that happens stay lengths."""
        if not s.clock and s.length.parts[0][1] not in {"D", "W", "FN", "NI"}:
            return None
        return self._history.dated(place.anchor, before=place.sentence)

    def _now(self) -> date:
        if self._published is None:
            raise Unresolved(NO_PUBLICATION)
        return self._published

    def _grant(self, length: Length, place: Place, *, mod: str | None = None) -> TimeValue:
        """A length given to somebody: it stays a length, and its end is known if its start is dated right before it.

        What is due "within" it (`mod`) may count from the sentence before: "He signed on Monday. They must reply …".
        """
        value = TimeValue(TimexType.DURATION, length_value(length.parts), mod=mod or length.mod)
        told = place.clause.direction is not Direction.FUTURE or mod is not None
        seen = self._history.day_near(place, sentences=1 if told else 0)
        if seen is None or length.parts[0][0] is None or length.parts[0][1].startswith("T"):
            return value
        precision = seen.value.precision or Precision.DAY
        interval = containing(_add(seen.interval.start, length, 1), precision)
        offset = offset_of(length, 1, seen.value.value or "", seen.interval.start)
        return replace(value, interval=interval, precision=precision, basis=Basis.RELATIVE, offset=offset)


def _add(anchor: date, length: Length, sign: int) -> date:
    """The anchor moved by all parts of a length."""
    for amount, unit in length.parts:
        if amount is not None and not unit.startswith("T"):
            steps, step_unit = whole_steps(amount, unit, business=length.business)
            anchor = add_units(anchor, sign * steps, step_unit)
    return anchor
