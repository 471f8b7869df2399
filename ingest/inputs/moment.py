"""The moments that machines write: in meta tags, feeds, sitemaps and mails. What is no full day is none."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from ingest.inputs.head import parse_date
from ingest.inputs.written_days import with_iso_day
from kb.errors import TimeValueError

_LONGEST = 60
_CLOCK = re.compile(r"\d[T ]\d\d?:?\d\d|\d[T ]\d\d(?:Z|[+-])", re.IGNORECASE)
_DATE_ONLY = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{6})?\Z")
_WEEK = re.compile(r"\d{4}-?W\d\d\Z")
_ORDINAL = re.compile(r"(\d{4})-?(\d{3})\Z")
_MARKS = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?(\d{4})[/.](\d\d?)[/.](\d\d?)(?=\D|\Z)")
"""2006/09/15, perhaps after a weekday."""
_NUMBERS = re.compile(r"(\d\d?)([/.])(\d\d?)\2(\d{4})(?:,?\s+\d\d?:\d\d(?::\d\d)?)?\Z")
_HALF_DAY = re.compile(r"\b(\d{1,2})((?::\d\d){0,2})\s*([ap])\.?m\b\.?", re.IGNORECASE)
_MIDNIGHT = re.compile(r"([T ])24(:?00)")
_LEAP_SECOND = re.compile(r"(:\d\d:)60")
_HOURS = {
    0: ("UTC", "GMT", "UT", "Z", "WET"),
    1: ("BST", "CET", "MET", "MEZ", "WEST"),
    2: ("CEST", "MEST", "MESZ", "EET", "SAST"),
    3: ("EEST", "MSK"),
    8: ("HKT", "SGT"),
    9: ("JST", "KST"),
    10: ("AEST",),
    11: ("AEDT",),
    12: ("NZST",),
    13: ("NZDT",),
    -4: ("EDT",),
    -5: ("EST", "CDT"),
    -6: ("CST", "MDT"),
    -7: ("MST", "PDT"),
    -8: ("PST", "AKDT"),
    -9: ("AKST",),
    -10: ("HST",),
}
_ZONES = {name: f"{hours:+03}:00" for hours, names in _HOURS.items() for name in names}
_ZONE = re.compile(r"(?<=[\d.])\s*([A-Z]{1,4})\Z")
_OFFSET = re.compile(r"(?<=:\d\d)\s*(?:GMT|UTC?)?\s*([+-]\d\d):?(\d\d)\Z")
_AT_END = re.compile(r"[+-]\d{4}\Z")
_PLACES = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "AT": "America/Halifax",
}
"""Zones that are named without saying whether it is summer."""
_PLACE = re.compile(rf"(?<=\d)\s*({'|'.join(_PLACES)})\Z")
_CLOCK_AFTER_DAY = re.compile(
    r"(\d{4}-\d\d-\d\d)[T,\s]*(?:(?:at|um|à|às|alle|kl\.?|klo)\s*)?(\d\d?)[:h](\d\d)(:\d\d)?\s*(?:Uhr)?\s*"
    r"(Z|[+-]\d\d:?\d\d|[A-Z]{2,4})?\Z"
)
_NEVER = frozenset({date(1970, 1, 1), date(1969, 12, 31)})
"""What computers write for no day at all."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, with the moment in it where that is stated: `at` is ISO text with the offset from UTC if there is one."""

    day: date
    at: str | None = None


def read_moment(text: object, zone: ZoneInfo | None = None) -> Moment | None:
    """The moment that a machine-readable date stands for; its day is the one `zone` has then, if a zone is given.

    A month or a year alone is none, and a day that could be two ("03/04/2024") neither. Of bare numbers, seconds and
    milliseconds since 1970 are read.

    >>> read_moment("2025-01-16T02:30:00Z", ZoneInfo("America/New_York"))
    Moment(day=datetime.date(2025, 1, 15), at='2025-01-16T02:30:00+00:00')
    """
    if isinstance(text, int) and _epoch(str(text)):
        text = str(text)
    if not isinstance(text, str) or not (text := text.strip()) or len(text) > _LONGEST:
        return None
    found = _read(text, zone)
    return found if found and found.day not in _NEVER else None


def _read(text: str, zone: ZoneInfo | None) -> Moment | None:
    for form, day in _DAYS:
        if match := form.match(text):
            return day(match)
    return _in_time(text, zone) or _in_another_tongue(text, zone)


def _in_another_tongue(text: str, zone: ZoneInfo | None) -> Moment | None:
    """A date whose month is named in another language, with its clock where that is plain."""
    if (plain := with_iso_day(text)) is None:
        return None
    clock = _CLOCK_AFTER_DAY.match(plain)
    whole = f"{clock[1]}T{clock[2]:0>2}:{clock[3]}{clock[4] or ''}{clock[5] or ''}" if clock else plain[:10]
    return _in_time(whole, zone) or _in_time(plain[:10], zone)


def _in_time(text: str, zone: ZoneInfo | None) -> Moment | None:
    text = _HALF_DAY.sub(_whole_day, _MARKS.sub(r"\1-\2-\3", text))
    place = _PLACE.search(text)
    text = text[: place.start()] if place else text
    text = _ZONE.sub(lambda zone: _ZONES.get(zone[1], zone[0]), text)
    moment = _epoch(text) or _iso(text) or _rfc(text)
    if moment is None:
        return _written_day(text)
    if place and moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(_PLACES[place[1]]))
    if not 1 < moment.year < 9998:
        return None
    if not _CLOCK.search(text) and ":" not in text and not text.isdigit():
        return Moment(moment.date())
    local = moment.astimezone(zone) if zone and moment.tzinfo else moment
    return Moment(local.date(), moment.isoformat())


def _epoch(text: str) -> datetime | None:
    """Seconds or milliseconds since 1970, as some pages state them; none before 2001."""
    if not (text.isascii() and text.isdigit() and len(text) in (10, 13)):
        return None
    return datetime.fromtimestamp(int(text[:10]), UTC)


def _iso(text: str) -> datetime | None:
    """ISO 8601 as it is met: with single digits, with midnight at the end of the day."""
    whole, later = _MIDNIGHT.subn(r"\g<1>00\2", text)
    whole = _LEAP_SECOND.sub(r"\g<1>59", whole)
    for form in (whole, re.sub(r"-(\d)(?=\D|\Z)", r"-0\1", whole), re.sub(r"\s+(?=[+-]\d\d:?\d\d\Z)", "", whole)):
        if moment := _parsed(datetime.fromisoformat, form):
            return moment + timedelta(days=1) if later and moment.year < 9998 else moment
    return None


def _rfc(text: str) -> datetime | None:
    """The dates of mails, with an offset as other standards write it, too."""
    text = _OFFSET.sub(r" \1\2", text)
    moment = _parsed(parsedate_to_datetime, text)
    if moment is None or not _names_year(_AT_END.sub("", text), moment.year):
        return None
    utc = moment.tzinfo is None and text.endswith("-0000")  # a clock that says not where it is
    return moment.replace(tzinfo=UTC) if utc else moment


def _names_year(text: str, year: int) -> bool:
    """True if the year stands there; where none does, an offset may have been taken for it."""
    return re.search(rf"(?<![:\d])(?:{year}|{year % 100:02})(?![:\d])", text) is not None


def _parsed(parse: Callable[[str], datetime], text: str) -> datetime | None:
    try:
        return parse(text)
    except (TypeError, ValueError, OverflowError):
        return None


def _written_day(text: str) -> Moment | None:
    """A full date as people write it; a month alone is none."""
    try:
        day = parse_date(text)
    except TimeValueError:
        return None
    return Moment(day) if day else None


def _numbered_day(match: re.Match[str]) -> Moment | None:
    """13.7.2004 is a day of July; 7/13/2004, too, but 7/3/2004 may be of March."""
    first, second, year, mark = int(match[1]), int(match[3]), int(match[4]), match[2]
    if mark == "." or first > 12 or first == second:
        return _plain_day(year, second, first)
    return _plain_day(year, first, second) if second > 12 else None


def _day_of_year(match: re.Match[str]) -> Moment | None:
    year, number = int(match[1]), int(match[2])
    if not (1 < year < 9998 and 1 <= number <= 365 + isleap(year)):
        return None
    return Moment(date(year, 1, 1) + timedelta(days=number - 1))


def _plain_day(year: int, month: int, day: int) -> Moment | None:
    try:
        return Moment(date(year, month, day))
    except ValueError:
        return None


def _usual_day(match: re.Match[str]) -> Moment | None:
    return _plain_day(int(match[1]), int(match[2]), int(match[3]))


_DAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Moment | None]], ...] = (
    (_DATE_ONLY, _usual_day),
    (_COMPACT, _usual_day),
    (_NUMBERS, _numbered_day),
    (_ORDINAL, _day_of_year),
    (_WEEK, lambda _: None),
)


def _whole_day(clock: re.Match[str]) -> str:
    """8:00 p.m. as 20:00."""
    hour = int(clock[1])
    if not 1 <= hour <= 12:
        return f"{clock[1]}{clock[2]}"
    return f"{hour % 12 + (12 if clock[3].lower() == 'p' else 0):02}{clock[2] or ':00'}"
