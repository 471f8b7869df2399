"""What an answer's headers say about time: how long it stays fresh, and when to come back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LONGEST = 7 * 24 * 3600.0
"""Seconds; what asks for more is cut to this: nobody means to be forgotten."""


def fresh_for(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds an answer need not be asked for again, by Cache-Control or Expires; None if it does not say."""
    directives = _directives(headers.get("cache-control", ""))
    if "no-cache" in directives or "no-store" in directives:
        return 0.0
    age = _number(headers.get("age")) or 0.0
    if (longest := _number(directives.get("max-age"))) is not None:
        return max(0.0, min(longest, _LONGEST) - age)
    if (expires := headers.get("expires")) is not None:
        until = _moment(expires)
        start = _moment(headers.get("date", "")) or now
        return max(0.0, min((until - start).total_seconds(), _LONGEST)) if until else 0.0
    return None


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to stay away, by Retry-After (a number or a date); None if it does not say."""
    value = headers.get("retry-after")
    if value is None:
        return None
    seconds = _number(value)
    if seconds is None and (until := _moment(value)) is not None:
        seconds = (until - now).total_seconds()
    return None if seconds is None else max(0.0, min(seconds, _LONGEST))


def _directives(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.lower().split(","))
    return {name.strip(): value.strip().strip('"') for name, _, value in pairs}


def _number(text: str | None) -> float | None:
    return float(text.strip()) if text and text.strip().isascii() and text.strip().isdigit() else None


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
