from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kb.errors import TimeValueError
from kb.timevalue import (
    Interval,
    Offset,
    Precision,
    add_business_days,
    add_months,
    add_units,
    make_day,
    parse_day,
    timex_value,
)

DAYS = st.dates(date(2, 1, 1), date(9990, 12, 31))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    first = draw(DAYS)
    return Interval.days(first, first + timedelta(days=draw(st.integers(0, 1500))))


@given(intervals())
def test_first_and_last_day_round_trip(interval: Interval) -> None:
    assert Interval.days(parse_day(interval.first_day), parse_day(interval.last_day)) == interval


@given(intervals())
def test_half_open_length_counts_both_ends(interval: Interval) -> None:
    assert interval.length == (interval.last - interval.start).days + 1
    assert interval.contains(interval.start)
    assert interval.contains(interval.last)
    assert not interval.contains(interval.end)


@given(intervals(), intervals(), intervals())
def test_order_is_total_and_transitive(a: Interval, b: Interval, c: Interval) -> None:
    first, second, third = sorted([a, b, c])
    assert first <= second <= third
    assert first <= third
    assert (a <= b <= a) == (a == b)


@given(intervals(), intervals())
def test_two_intervals_overlap_or_one_is_before_the_other(a: Interval, b: Interval) -> None:
    assert [a.overlaps(b), a.before(b), b.before(a)].count(True) == 1
    assert a.overlaps(b) == b.overlaps(a)


@given(intervals(), intervals())
def test_intersection_holds_what_both_hold(a: Interval, b: Interval) -> None:
    common = a.intersection(b)
    assert (common is not None) == a.overlaps(b)
    if common:
        assert a.contains(common)
        assert b.contains(common)
        assert common == b.intersection(a)


@given(intervals(), intervals())
def test_hull_is_the_shortest_interval_around_both(a: Interval, b: Interval) -> None:
    hull = a.hull(b)
    assert hull.contains(a)
    assert hull.contains(b)
    assert hull.start in {a.start, b.start}
    assert hull.end in {a.end, b.end}


@given(intervals(), intervals(), intervals())
def test_containment_is_transitive(a: Interval, b: Interval, c: Interval) -> None:
    if a.contains(b) and b.contains(c):
        assert a.contains(c)
    assert a.hull(b).contains(a.intersection(b) or a)


@given(intervals(), st.integers(-3000, 3000))
def test_shift_keeps_the_length_and_comes_back(interval: Interval, days: int) -> None:
    assume(interval.start.toordinal() + days > 1)
    moved = interval.shift(days)
    assert moved.length == interval.length
    assert moved.shift(-days) == interval


@given(DAYS, st.sampled_from(["week", "month", "quarter", "year", "decade"]))
def test_calendar_units_hold_their_day(day: date, unit: str) -> None:
    units = {
        "week": Interval.week(day),
        "month": Interval.month(day.year, day.month),
        "quarter": Interval.quarter(day.year, (day.month + 2) // 3),
        "year": Interval.year(day.year),
        "decade": Interval.decade(max(day.year // 10 * 10, 1)),
    }
    assert units[unit].contains(day)


@given(DAYS)
def test_the_twelve_months_make_the_year(day: date) -> None:
    months = [Interval.month(day.year, month) for month in range(1, 13)]
    assert sum(month.length for month in months) == Interval.year(day.year).length
    assert all(a.end == b.start for a, b in pairwise(months))


@given(DAYS, st.integers(-600, 600))
def test_months_move_by_whole_months(day: date, months: int) -> None:
    assume(1 < day.year + months // 12 < 9990)
    moved = add_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day <= day.day
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1


@given(DAYS, st.integers(1, 300))
def test_business_days_count_mondays_to_fridays(day: date, count: int) -> None:
    due = add_business_days(day, count)
    passed = [day + timedelta(days=k) for k in range(1, (due - day).days + 1)]
    assert sum(d.weekday() < 5 for d in passed) == count
    assert due.weekday() < 5


@given(DAYS, st.integers(1, 300))
def test_business_days_count_backwards_too(day: date, count: int) -> None:
    assume(day.year > 5)
    due = add_business_days(day, -count)
    passed = [day - timedelta(days=k) for k in range(1, (day - due).days + 1)]
    assert sum(d.weekday() < 5 for d in passed) == count


@pytest.mark.parametrize(
    ("amount", "unit", "due"),
    [
        (270, "D", date(2025, 1, 19)),
        (-1, "D", date(2024, 4, 23)),
        (5, "B", date(2024, 5, 1)),
        (2, "W", date(2024, 5, 8)),
        (1, "M", date(2024, 5, 24)),
        (1, "Q", date(2024, 7, 24)),
        (1, "Y", date(2025, 4, 24)),
    ],
)
def test_a_legal_clock_runs_from_its_anchor(amount: int, unit: str, due: date) -> None:
    assert Offset(amount, unit, "enactment").due(date(2024, 4, 24)) == due


def test_a_month_without_that_day_ends_on_its_last() -> None:
    assert add_months(date(2023, 1, 31), 1) == date(2023, 2, 28)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("interval", "precision", "value"),
    [
        (Interval.day(date(2025, 1, 19)), Precision.DAY, "2025-01-19"),
        (Interval.week(date(2024, 12, 31)), Precision.WEEK, "2025-W01"),
        (Interval.month(2024, 12), Precision.MONTH, "2024-12"),
        (Interval.quarter(2009, 4), Precision.QUARTER, "2009-Q4"),
        (Interval.months(2021, 12, 3), Precision.SEASON, "2021-WI"),
        (Interval.year(987), Precision.YEAR, "0987"),
        (Interval.decade(1990), Precision.DECADE, "199"),
        (Interval.days(date(2024, 9, 5), date(2024, 9, 7)), Precision.RANGE, "2024-09-05/2024-09-07"),
    ],
    ids=lambda value: str(value) if isinstance(value, Precision) else "",
)
def test_timex_value_follows_the_precision(interval: Interval, precision: Precision, value: str) -> None:
    assert timex_value(interval, precision) == value


@pytest.mark.parametrize(
    "call",
    [
        lambda: make_day(2023, 2, 29),
        lambda: make_day(0, 1, 1),
        lambda: make_day(10_000, 1, 1),
        lambda: Interval.days(date(9999, 1, 1), date(9999, 1, 1)),
        lambda: Interval(date(2024, 1, 2), date(2024, 1, 2)),
        lambda: Interval.quarter(2024, 5),
        lambda: Interval.day(date(9998, 12, 31)).shift(1),
        lambda: Interval.day(date(1, 1, 1)).shift(-1),
        lambda: Interval.week(date(1, 1, 1)).shift(-400),
        lambda: Interval.year(9999),
        lambda: add_months(date(9998, 12, 1), 24),
        lambda: add_business_days(date(2024, 1, 1), 10**12),
        lambda: add_units(date(2024, 1, 1), 10**12, "D"),
        lambda: add_units(date(2024, 1, 1), 1, "fortnight"),
        lambda: parse_day("2024-1-1"),
        lambda: parse_day("today"),
    ],
)
def test_what_is_out_of_range_is_refused_by_name(call: object) -> None:
    with pytest.raises(TimeValueError, match=r"."):
        call()  # type: ignore[operator]
