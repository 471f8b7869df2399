"""When a feed wants to be left alone: the hours and days that RSS lets it name, all in UTC."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

_HEAD = 50_000
"""Bytes of a feed in which it speaks of itself."""
_SKIPPED = re.compile(rb"<skip(hours|days)\s*>(.{0,3000}?)</skip\1\s*>", re.IGNORECASE | re.DOTALL)
_ONE = re.compile(rb"<(?:hour|day)\s*>\s*(\d{1,2}|[a-z]{3,9})\s*</", re.IGNORECASE)
_DAYS = b"monday tuesday wednesday thursday friday saturday sunday".split()
_WEEK = 7 * 24


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the day (0 to 23) and days of the week (0 is Monday) in which nothing is asked."""

    hours: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()

    def end(self, at: datetime) -> datetime:
        """The first moment from `at` on that is in none of them; `at` itself if all are: nobody means never."""
        moment = at.astimezone(UTC)
        for _ in range(_WEEK):
            if moment.hour not in self.hours and moment.weekday() not in self.days:
                return moment
            moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        return at

    def dump(self) -> list[list[int]]:
        """As JSON knows it."""
        return [sorted(self.hours), sorted(self.days)]

    @classmethod
    def load(cls, stored: Iterable[Iterable[int]]) -> Self:
        """What `dump` gave."""
        return cls(*map(frozenset, stored))


def read_quiet(feed: bytes) -> Quiet:
    """What a feed says in `skipHours` and `skipDays`; an hour may be 24, as the older form of RSS counts them."""
    found: dict[bytes, list[bytes]] = {
        kind.lower(): [one.lower() for one in _ONE.findall(inside)] for kind, inside in _SKIPPED.findall(feed[:_HEAD])
    }
    return Quiet(
        frozenset(int(hour) % 24 for hour in found.get(b"hours", ()) if hour.isdigit() and int(hour) <= 24),
        frozenset(_DAYS.index(day) for day in found.get(b"days", ()) if day in _DAYS),
    )
