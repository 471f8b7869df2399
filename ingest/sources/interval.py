"""How long until a source is asked again: as often as it publishes, within limits, and never all at once."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median

from ingest.inputs.entry import Entry
from ingest.sources.source import LONGEST, SHORTEST, Source

_FIRST = 3600.0
"""Seconds, for a source that does not say how often it publishes."""
_JITTER = 0.1
_LATEST = 20
_PATIENCE = 3.0
_GROWTH = 1.5


def next_interval(
    source: Source, entries: Iterable[Entry], *, before: float | None, fresh_for: float | None, now: datetime
) -> float:
    """Seconds until the next run.

    The source's own `interval` if it has one. Else half the usual time between two of its latest articles, longer when
    it has fallen silent; without times, half as long again as `before`. At least what its server asks for.
    """
    wanted = source.interval or _adapted(entries, before, now)
    return max(SHORTEST, min(max(wanted, fresh_for or 0.0), LONGEST))


def jittered(interval: float) -> float:
    """The interval, a tenth longer or shorter by chance, so that sources of one host do not come together."""
    return max(SHORTEST, min(interval * random.uniform(1 - _JITTER, 1 + _JITTER), LONGEST))  # noqa: S311


def _adapted(entries: Iterable[Entry], before: float | None, now: datetime) -> float:
    moments = sorted((moment for entry in entries if (moment := _moment(entry)) is not None), reverse=True)[:_LATEST]
    moments = [moment for moment in moments if moment <= now.timestamp()]
    if len(moments) < 3:
        return before * _GROWTH if before else _FIRST
    gaps = [later - earlier for later, earlier in pairwise(moments)]
    usual = median(gaps) / 2
    silent = now.timestamp() - moments[0]
    return max(usual, silent / _PATIENCE / 2)


def _moment(entry: Entry) -> float | None:
    told = entry.published or entry.updated
    if told is None:
        return None
    if told.at is None:
        return datetime(told.day.year, told.day.month, told.day.day, tzinfo=UTC).timestamp()
    moment = datetime.fromisoformat(told.at)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
