"""Public days that come back: "Election Day", "Christmas", "Inauguration Day"; their rules are in recurring.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from ingest.extract.times.lexicon import Phrase, by_first, read_data
from ingest.extract.times.reader import Reader
from ingest.extract.times.schema import PublicDayForm
from kb.timevalue import make_day


@dataclass(frozen=True, slots=True)
class PublicDay:
    """When a public day is. One of `day`, `nth` and `easter` is set; see recurring.yaml."""

    day: tuple[int, int] | None = None
    nth: tuple[int, int, int] | None = None
    easter: int | None = None
    shift: int = 0
    years: tuple[int, int] = (1, 0)
    once: int | None = None

    def in_year(self, year: int) -> date | None:
        """Its day in `year`, or None if it has none then."""
        if year % self.years[0] != self.years[1] or self.once not in {None, year}:
            return None
        if self.day:
            day = make_day(year, *self.day)
        elif self.nth:
            day = nth_weekday(year, *self.nth)
        else:
            day = easter_sunday(year) + timedelta(days=self.easter or 0)
        return day + timedelta(days=self.shift)


def read_holiday_name(r: Reader, i: int) -> tuple[str, int] | None:
    """The name of a public day that stands at `i`, and the place behind it."""
    for phrase, name in _phrases().get(r.at(i).low.replace("’", "'"), ()):
        if all(r.at(i + k).low.replace("’", "'") == piece for k, piece in enumerate(phrase)):
            return name, i + len(phrase)
    return None


def holiday_in(name: str, year: int) -> date | None:
    """The day of a public day in a year."""
    return _rules()[name].in_year(year)


def only_year(name: str) -> int | None:
    """The year of a day that came once ("9/11")."""
    return _rules()[name].once


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """The `number`th weekday (1 to 7) of a month; -1 is the last."""
    if number > 0:
        first = make_day(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (number - 1))
    last = make_day(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.isoweekday() - weekday) % 7 + 7 * (-number - 1))


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Gauss, as completed by Meeus)."""
    century, rest = divmod(year, 100)
    leap, skipped = divmod(century, 4)
    moon = (19 * (year % 19) + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * skipped + 2 * (rest // 4) - moon - rest % 4) % 7
    fix = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * fix + 114, 31)
    return make_day(year, month, day + 1)


def holiday_starts() -> frozenset[str]:
    """The first pieces of all their names."""
    return frozenset(_phrases())


@cache
def _rules() -> dict[str, PublicDay]:
    return {row.names[0]: _rule(row) for row in _rows()}


@cache
def _phrases() -> Mapping[str, tuple[tuple[Phrase, str], ...]]:
    return by_first((_pieces(name), row.names[0]) for row in _rows() for name in row.names)


@cache
def _rows() -> list[PublicDayForm]:
    return read_data("recurring.yaml", list[PublicDayForm])


def _rule(row: PublicDayForm) -> PublicDay:
    return PublicDay(**row.model_dump(exclude={"names"}))


def _pieces(name: str) -> Phrase:
    """A name cut as a text is cut: signs are pieces of their own."""
    spaced = "".join(f" {sign} " if not (sign.isalnum() or sign.isspace()) else sign for sign in name)
    return tuple(spaced.split())
