"""Units of the calendar, seen from publication or from the text: "last year", "that month", "the year-ago quarter"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from ingest.extract.times.clause import Direction
from ingest.extract.times.composed import whole_of
from ingest.extract.times.expressions import Expression, Period, SamePeriod
from ingest.extract.times.history import History, Place, Seen
from ingest.extract.times.lexicon import lexicon
from ingest.extract.times.spans import PRECISIONS, date_value, open_period, period_value, unit_interval
from ingest.extract.times.unresolved import NO_FOCUS, NO_PUBLICATION, Unresolved
from kb.timevalue import Basis, Interval, Precision, TimeValue, TimexType

_SPOKEN_OF = {
    "D": frozenset({Precision.DAY}),
    "W": frozenset({Precision.DAY, Precision.WEEK}),
    "M": frozenset({Precision.DAY, Precision.MONTH}),
    "Y": frozenset({Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.SEASON, Precision.YEAR}),
}
"""How precise the date must be that "the day", "the week" … are taken to belong to."""
_NO_DAY = frozenset({Precision.MONTH, Precision.QUARTER, Precision.SEASON, Precision.YEAR, Precision.DECADE})


class Periods:
    """Finds the periods of one article, as far as its history has come."""

    def __init__(
        self, published: date | None, history: History, value_of: Callable[[Expression, Place], TimeValue]
    ) -> None:
        self._published = published
        self._history = history
        self._value_of = value_of

    def period(self, p: Period, place: Place) -> tuple[TimeValue, bool]:
        """The unit of the calendar that `p` names, and whether its year is the text's own."""
        assumed = self._assumes_publication(p)
        base, story = self._base(p, place)
        steps = {"last": -1, "next": 1, "following": 1, "previous": -1}.get(p.which, 0) + p.shift
        if p.which == "next" and p.unit == "D":
            steps = 1
        interval = unit_interval(base, p.unit, steps)
        precision = PRECISIONS[p.unit]
        value = period_value(p, interval, precision)
        if p.open and p.which in {"this", "the"}:
            return open_period(p.open, interval, value, self._now()), False
        flags = ("anchor-assumed",) if assumed else ()
        return TimeValue(TimexType.DATE, value, interval, precision, Basis.RELATIVE, flags=flags), story

    def _assumes_publication(self, p: Period) -> bool:
        """True for "the previous month" in a text that has named no date: it can only count from publication."""
        anaphoric = p.which in {"that", "following", "previous"} and p.unit not in {"D", "NI"}
        return anaphoric and self._published is not None and self._history.last() is None

    def _base(self, p: Period, place: Place) -> tuple[date, bool]:
        """The day from which the period is counted, and whether its year is the text's own."""
        anaphoric = p.which in {"that", "following", "previous"} or (p.which == "next" and p.unit == "D")
        if not anaphoric:
            return self._from_publication(p, place), False
        if self._published and self._assumes_publication(p):
            return self._published, False
        focus = self._focus(p.unit, place)
        if p.unit in {"D", "NI"} and focus.value.precision in _NO_DAY:
            raise Unresolved("counts from a date that is not known to the day")
        after = p.which in {"following", "next"}
        return focus.interval.last if after else focus.interval.start, focus.story

    def _from_publication(self, p: Period, place: Place) -> date:
        if p.holding:
            return whole_of(self._value_of(p.holding, place)).start
        now = self._now()
        told = place.clause.direction
        planned = told is Direction.OPEN and place.clause.verb in lexicon().cues.prospective
        if p.which in {"this", "the"} and p.unit == "WE" and not planned and _is_over(p, told, now):
            return now - timedelta(days=7)
        if p.which == "this" and p.unit == "W" and told is Direction.FUTURE and now.weekday() == 6:
            return now + timedelta(days=1)
        return self._spoken_of(p, place) if p.which == "the" else now

    def _spoken_of(self, p: Period, place: Place) -> date:
        """A day in "the quarter", "the year" …: the one that the text speaks of, else the one of publication."""
        now = self._now()
        told = place.clause.direction is Direction.PAST
        if place.clause.comes and p.unit in {"W", "M"}:
            return now
        if p.unit == "Q":
            seen = self._history.period(place)
            if seen and seen.value.precision is Precision.QUARTER:
                return seen.interval.start
            return unit_interval(now, "Q", -1).start if told else now
        if place.since and not place.clause.pluperfect:  # "have come since the start of the year"
            return now
        seen = self._history.near(place, _SPOKEN_OF.get(p.unit, frozenset()), first=p.unit in {"M", "Y"})
        if seen is None or (p.unit == "Y" and not (not p.fiscal and told and seen.told and seen.interval.end <= now)):
            return now
        return seen.interval.start

    def same_period(self, same: SamePeriod, place: Place) -> TimeValue:
        """The period the text speaks of, in another year."""
        seen = self._history.period(place)
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

    def _now(self) -> date:
        if self._published is None:
            raise Unresolved(NO_PUBLICATION)
        return self._published

    def _focus(self, unit: str, place: Place) -> Seen:
        seen = self._history.focus(unit, place)
        if seen is None:
            raise Unresolved(NO_FOCUS)
        return seen


def _is_over(p: Period, told: Direction, now: date) -> bool:
    """True if "this weekend", or "the weekend", is the last one: told as past, or on a Monday or Tuesday left open."""
    if now.weekday() > 4 or told is Direction.FUTURE:
        return False
    return told is Direction.PAST or p.which == "the" or now.weekday() < 2
