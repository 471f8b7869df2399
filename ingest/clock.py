"""The time, as ingestion asks for it and hands it on."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The time. The one place of ingestion that asks for it."""
    return datetime.now(tz=UTC)


def iso_now() -> str:
    """The time as the graph keeps it."""
    return utc_now().isoformat(timespec="seconds")
