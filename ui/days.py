"""Days in words: as precise as the text was, and never more."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from kb.errors import TimeValueError
from kb.timevalue import Precision, parse_day

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_LONG_MONTHS = "January February March April May June July August September October November December".split()
_WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_ISO = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])", re.ASCII)
_SEASONS = {3: "Spring", 6: "Summer", 9: "Autumn", 12: "Winter"}


def day(iso: str | None) -> str:
    """One day: '10 Jan 2025'; a dash where there is none."""
    if not iso:
        return "–"
    return _day(date.fromisoformat(iso))


def weekday(iso: str) -> str:
    """One day with its weekday: 'Mon 2 Aug 2027'."""
    value = date.fromisoformat(iso)
    return f"{_WEEKDAYS[value.weekday()]} {_day(value)}"


def month(value: date) -> str:
    """A month: 'December 2026'."""
    return f"{_LONG_MONTHS[value.month - 1]} {value.year}"


def countdown(first: str, last: str, today: date) -> str:
    """How far away a span is: 'yesterday', 'in 12 days', '3 days ago', 'in 6 to 36 days', 'within 34 days'."""
    opens, ends = ((date.fromisoformat(iso) - today).days for iso in (first, last))
    if opens == ends or ends <= 0:
        return _away(ends)
    return f"within {ends:,} day{'s' * (ends != 1)}" if opens <= 0 else f"in {opens:,} to {ends:,} days"


def _away(days_: int) -> str:
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days_)
    return near or (f"in {days_:,} days" if days_ > 0 else f"{-days_:,} days ago")


def in_text(text: str) -> str:
    """The program's own words, with ISO days written as days are everywhere: '19 Jan 2025' for '2025-01-19'.

    What is no day of the calendar stays as it is.
    """
    return _ISO.sub(lambda found: day(found[0]) if _is_day(found[0]) else found[0], text)


def span(first: str | None, last: str | None, precision: str | None) -> str:
    """An event's days in a table: '10 Jan 2025', 'Mar 2024', 'Q1 2009', '1–10 Jun 2024', '1990s'."""
    if not first or not last:
        return "undated"
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return _named(start, precision, _MONTHS) or _range(start, end)


def span_in_words(first: str | None, last: str | None, precision: str | None) -> str:
    """The same with the precision said: 'December 2024 (month)', '6–12 Jan 2025 (week)'."""
    if not first or not last:
        return "undated"
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    words = _named(start, precision, _LONG_MONTHS) or _range(start, end, _LONG_MONTHS)
    return f"{words} ({precision})" if precision else words


def _is_day(iso: str) -> bool:
    try:
        parse_day(iso)
    except TimeValueError:
        return False
    return True


def _named(start: date, precision: str | None, months: list[str]) -> str | None:
    """The name of a calendar unit that begins at `start`; None for days, weeks and ranges, which have none."""
    match precision:
        case Precision.MONTH:
            return f"{months[start.month - 1]} {start.year}"
        case Precision.QUARTER:
            return f"Q{(start.month + 2) // 3} {start.year}"
        case Precision.SEASON if start.month in _SEASONS:
            return f"{_SEASONS[start.month]} {_winter(start.year) if start.month == 12 else start.year}"
        case Precision.YEAR:
            return str(start.year)
        case Precision.DECADE:
            return f"{start.year}s"
    return None


def _winter(year: int) -> str:
    return f"{year}–{(year + 1) % 100:02d}"


def _range(start: date, end: date, months: list[str] = _MONTHS) -> str:
    """Days from `start` to `end`, saying nothing twice: '1–10 Jun 2024', '28 May – 3 Jun 2024', 'Oct–Dec 2006'."""
    if start == end:
        return _day(start, months)
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        return _months(start, end, months)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{_day(end, months)}"
    if start.year == end.year:
        return f"{start.day} {months[start.month - 1]} – {_day(end, months)}"
    return f"{_day(start, months)} – {_day(end, months)}"


def _months(start: date, end: date, months: list[str]) -> str:
    first, last = months[start.month - 1], months[end.month - 1]
    if (start.month, end.month) == (1, 12):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if start.year != end.year:
        return f"{first} {start.year} – {last} {end.year}"
    return f"{first} {start.year}" if first == last else f"{first}–{last} {start.year}"


def _day(value: date, months: list[str] = _MONTHS) -> str:
    return f"{value.day} {months[value.month - 1]} {value.year}"
