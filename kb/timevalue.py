"""Calendar time as intervals of whole days, with the precision the text really has.

Inside the program an interval is half-open: `start` is its first day, `end` the day after its last. People and the
graph see `first_day` and `last_day`, both inclusive ISO dates.

    >>> Interval.month(2024, 12).first_day, Interval.month(2024, 12).last_day
    ('2024-12-01', '2024-12-31')
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Self

from kb.errors import TimeValueError

SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
"""First month of a season to its TIMEX3 code: meteorological, northern hemisphere."""

MIN_YEAR, MAX_YEAR = 1, 9998
"""Years an interval may lie in; 9999 is left out because its half-open end has no date."""


class Precision(StrEnum):
    """How much calendar an expression covers: never finer than the words of the text."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    RANGE = "range"


class Basis(StrEnum):
    """Where a calendar value comes from."""

    EXPLICIT = "explicit"
    """The full date stands in the text."""
    RELATIVE = "relative"
    """Resolved from the publication day or from another date of the text."""
    CONTEXT = "context"
    """Taken from another sentence."""


class TimexType(StrEnum):
    """TIMEX3 types of TimeML."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Whole days from `start` up to, not including, `end`. Never empty."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise TimeValueError(f"an interval must end after it starts: {self.start}..{self.end}")

    @classmethod
    def days(cls, first: date, last: date) -> Self:
        """From `first` to `last`, both inclusive."""
        if last.year > MAX_YEAR:
            raise TimeValueError(f"year {last.year} is out of range ({MIN_YEAR} to {MAX_YEAR})")
        return cls(first, last + timedelta(days=1))

    @classmethod
    def day(cls, day: date) -> Self:
        """One day."""
        return cls.days(day, day)

    @classmethod
    def week(cls, day: date) -> Self:
        """Monday to Sunday of the ISO week that `day` lies in."""
        try:
            monday = day - timedelta(days=day.weekday())
            return cls.days(monday, monday + timedelta(days=6))
        except OverflowError as err:
            raise TimeValueError(f"the week of {day} is out of range") from err

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """One calendar month."""
        return cls.months(year, month, 1)

    @classmethod
    def months(cls, year: int, month: int, count: int) -> Self:
        """`count` whole months from `month` of `year` on."""
        end = month - 1 + count
        return cls(make_day(year, month, 1), make_day(year + end // 12, end % 12 + 1, 1))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Self:
        """Calendar quarter 1 to 4."""
        if not 1 <= quarter <= 4:
            raise TimeValueError(f"there is no quarter {quarter}")
        return cls.months(year, 3 * quarter - 2, 3)

    @classmethod
    def year(cls, year: int) -> Self:
        """One calendar year."""
        return cls.months(year, 1, 12)

    @classmethod
    def decade(cls, first_year: int) -> Self:
        """Ten years from `first_year` on: `decade(1990)` is the 1990s."""
        return cls.months(first_year, 1, 120)

    @property
    def last(self) -> date:
        """The last day inside the interval."""
        return self.end - timedelta(days=1)

    @property
    def first_day(self) -> str:
        """First day, ISO."""
        return self.start.isoformat()

    @property
    def last_day(self) -> str:
        """Last day, inclusive, ISO."""
        return self.last.isoformat()

    @property
    def length(self) -> int:
        """Number of days."""
        return (self.end - self.start).days

    def contains(self, other: Interval | date) -> bool:
        """True if `other` lies wholly inside."""
        if isinstance(other, Interval):
            return self.start <= other.start and other.end <= self.end
        return self.start <= other < self.end

    def overlaps(self, other: Interval) -> bool:
        """True if both share at least one day."""
        return self.start < other.end and other.start < self.end

    def before(self, other: Interval) -> bool:
        """True if it ends before `other` starts."""
        return self.end <= other.start

    def intersection(self, other: Interval) -> Interval | None:
        """The days both share, or None."""
        if not self.overlaps(other):
            return None
        return Interval(max(self.start, other.start), min(self.end, other.end))

    def hull(self, other: Interval) -> Interval:
        """The shortest interval that holds both."""
        return Interval(min(self.start, other.start), max(self.end, other.end))

    def shift(self, days: int) -> Interval:
        """The same length, `days` later (earlier when negative)."""
        try:
            step = timedelta(days=days)
            moved = Interval(self.start + step, self.end + step)
        except OverflowError as err:
            raise TimeValueError(f"{self.first_day} moved by {days} days is out of range") from err
        if moved.last.year > MAX_YEAR:
            raise TimeValueError(f"{self.first_day} moved by {days} days is out of range")
        return moved


def make_day(year: int, month: int, day: int) -> date:
    """A date, or `TimeValueError` naming what does not exist.

    >>> make_day(2025, 2, 30)
    Traceback (most recent call last):
    kb.errors.TimeValueError: 2025-02-30 is not a valid date
    """
    if not MIN_YEAR <= year <= MAX_YEAR + 1:
        raise TimeValueError(f"year {year} is out of range ({MIN_YEAR} to {MAX_YEAR})")
    try:
        return date(year, month, day)
    except ValueError as err:
        raise TimeValueError(f"{year:04d}-{month:02d}-{day:02d} is not a valid date") from err


@lru_cache(maxsize=16_384)
def parse_day(text: str) -> date:
    """An ISO day ('2025-01-19', a time of day after it is cut off), or `TimeValueError`.

    Days are few and asked for again and again: folding an article's claims reads some thousands.
    """
    head = text.strip()[:10]
    parts = head.split("-")
    if len(parts) != 3 or not all(p.isascii() and p.isdigit() for p in parts) or len(head) != 10:
        raise TimeValueError(f"{text!r} is not a valid date; write it as 2025-01-19")
    return make_day(int(parts[0]), int(parts[1]), int(parts[2]))


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance from an anchor: the second half of a legal clock ("within 60 days of the date of this order")."""

    amount: int
    """Units after the anchor; negative for before."""
    unit: str
    """TIMEX3 unit: D day, B business day, W week, M month, Q quarter, Y year."""
    anchor: str
    """What it counts from, as the text says it ("the date of this order"), or 'publication'."""
    counted_from: date | None = None
    """The day of the anchor as far as the text tells it; None if it does not."""

    def due(self, anchor: date) -> date:
        """The day the clock runs out, counted from the day of its anchor; TimeValueError if that is out of range.

        >>> Offset(270, "D", "enactment").due(date(2024, 4, 24))
        datetime.date(2025, 1, 19)
        """
        return add_units(anchor, self.amount, self.unit)


@dataclass(frozen=True, slots=True)
class TimeValue:
    """What a temporal expression means.

    `value` is the TIMEX3 value. `interval` is None for what is not a calendar date (durations, sets, `PAST_REF`) and
    for what could not be resolved; in the latter case `unresolved` says why. `flags` name doubts, such as
    'weekday-mismatch'; a flagged value is never changed silently.
    """

    type: TimexType
    value: str | None
    interval: Interval | None = None
    precision: Precision | None = None
    basis: Basis | None = None
    mod: str | None = None
    offset: Offset | None = None
    unresolved: str | None = None
    quant: str | None = None
    """TIMEX3 quant of a SET: 'EVERY', 'EACH'."""
    freq: str | None = None
    """TIMEX3 freq of a SET: '2X' in "twice a month"."""
    flags: tuple[str, ...] = field(default=())


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later (earlier when negative), or that month's last day.

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    years, month = divmod(day.month - 1 + months, 12)
    first = make_day(day.year + years, month + 1, 1)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def add_business_days(day: date, days: int) -> date:
    """`days` working days later (earlier when negative): Monday to Friday, public holidays are not known.

    Counted from a weekend, the first working day is the Monday after it (or the Friday before).
    """
    if not days:
        return day
    step = timedelta(days=1 if days > 0 else -1)
    try:
        while day.weekday() > 4:
            day -= step
        weeks, left = divmod(abs(days), 5)
        day += step * 7 * weeks
        while left:
            day += step
            left -= day.weekday() <= 4
    except OverflowError as err:
        raise TimeValueError(f"{days} business days from {day} are out of range") from err
    return day


def add_units(day: date, amount: int, unit: str) -> date:
    """`amount` of a unit (D, B, W, M, Q, Y) later, or earlier when negative."""
    match unit:
        case "B":
            return add_business_days(day, amount)
        case "M" | "Q" | "Y":
            return add_months(day, amount * {"M": 1, "Q": 3, "Y": 12}[unit])
        case "D" | "W":
            return Interval.day(day).shift(amount * (7 if unit == "W" else 1)).start
    raise TimeValueError(f"{unit!r} is not a unit: use D, B, W, M, Q or Y")


def timex_value(interval: Interval, precision: Precision) -> str:
    """The TIMEX3 value of an interval: '2025-01-19', '2025-W03', '2009-Q1', '2022-FA', '199'; a range is start/last."""
    day = interval.start
    iso_year, iso_week, _ = day.isocalendar()
    values = {
        Precision.DAY: day.isoformat(),
        Precision.WEEK: f"{iso_year:04d}-W{iso_week:02d}",
        Precision.MONTH: f"{day.year:04d}-{day.month:02d}",
        Precision.QUARTER: f"{day.year:04d}-Q{(day.month + 2) // 3}",
        Precision.SEASON: f"{day.year:04d}-{SEASONS.get(day.month)}",
        Precision.YEAR: f"{day.year:04d}",
        Precision.DECADE: f"{day.year // 10:03d}",
        Precision.RANGE: f"{interval.first_day}/{interval.last_day}",
    }
    return values[precision]
