"""Moments for people: to the minute, in the zone that decides whose day is today, and always with its name.

Kept and given to programs they are ISO 8601 in UTC; only what people read goes through here, in the terminal as on the
pages, so that the same run has the same time in both.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def in_zone(iso: str, zone: str | None) -> datetime:
    """An ISO moment (of UTC where it names no zone) in an IANA zone, or in that of this machine."""
    moment = datetime.fromisoformat(iso)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(ZoneInfo(zone) if zone else None)


def at_minute(iso: str, zone: str | None) -> str:
    """`2026-11-26 18:41 CET`."""
    return in_zone(iso, zone).strftime("%Y-%m-%d %H:%M %Z")
