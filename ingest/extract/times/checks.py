"""Consistency checks: doubts about times, kept as flags on them and never corrected.

weekday-mismatch    the weekday does not fit the date (set by `spans.in_year`)
anchor-assumed      "the previous month" where the text has named no date: counted from publication (set by `periods`)
past-told-future    the date lies after publication, in a clause told as past
sum-mismatch        a number of days does not fit the dates given with it
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from ingest.extract.times.clause import Direction
from ingest.extract.times.history import Place
from ingest.extract.times.lexicon import lexicon
from kb.model import TimeMention
from kb.timevalue import Basis, Precision, TimexType

_DAYS = re.compile(r"P([0-9]+)([DW])")
_MOST_GAP = 7
"""Characters between two expressions that say the same thing twice: "270 days later, on January 19"."""


def check_times(
    mentions: Sequence[TimeMention], places: Sequence[Place], published: date | None
) -> tuple[TimeMention, ...]:
    """The mentions, each with the flags of the checks it does not pass."""
    flags: list[set[str]] = [set(m.time.flags) for m in mentions]
    for i, (mention, place) in enumerate(zip(mentions, places, strict=True)):
        if published and _past_told_future(mention, place, published):
            flags[i].add("past-told-future")
    for _, group in groupby(range(len(mentions)), key=lambda i: places[i].sentence):
        sentence = list(group)
        for i in _wrong_sums(mentions, sentence):
            flags[i].add("sum-mismatch")
    return tuple(
        mention
        if set(mention.time.flags) == own
        else replace(mention, time=replace(mention.time, flags=tuple(sorted(own))))
        for mention, own in zip(mentions, flags, strict=True)
    )


def _past_told_future(mention: TimeMention, place: Place, published: date) -> bool:
    interval, clause = mention.time.interval, place.clause
    told = clause.direction is Direction.PAST and clause.sure and not clause.of_noun
    told = told and clause.verb not in lexicon().cues.giving  # "gave it until March 3"
    return bool(interval and told and interval.start > published and mention.time.offset is None)


def _wrong_sums(mentions: Sequence[TimeMention], sentence: list[int]) -> list[int]:
    """Places of the lengths whose sum is wrong, among the mentions of one sentence."""
    days = [i for i in sentence if _is_day(mentions[i])]
    lengths = [(i, count) for i in sentence if (count := _count_of_days(mentions[i]))]
    wrong = [i for i in sentence if _restated_otherwise(mentions, i)]
    if len(days) == 2 and len(lengths) == 1:
        (first, second), (i, count) = (mentions[k].time.interval for k in days), lengths[0]
        if first and second and _misses(abs((second.start - first.start).days), count):
            wrong.append(i)
    return wrong


def _is_day(mention: TimeMention) -> bool:
    time = mention.time
    return time.precision is Precision.DAY and time.type is not TimexType.DURATION and time.offset is None


def _count_of_days(mention: TimeMention) -> int | None:
    match = _DAYS.fullmatch(mention.time.value or "") if mention.time.type is TimexType.DURATION else None
    return int(match[1]) * (7 if match[2] == "W" else 1) if match else None


def _misses(gap: int, count: int) -> bool:
    """True if two dates are about a length apart, but not that length (counted with or without the first day)."""
    return count > 1 and count / 2 < gap < count * 2 and abs(gap - count) > 1


def _restated_otherwise(mentions: Sequence[TimeMention], i: int) -> bool:
    """True for "270 days after April 24, 2024, on January 30, 2025": the sum stands beside it, and is another day."""
    own = mentions[i]
    if own.time.offset is None or own.time.precision is not Precision.DAY or i + 1 >= len(mentions):
        return False
    other = mentions[i + 1]
    near = 0 < other.span.start - own.span.end <= _MOST_GAP
    explicit = other.time.basis is Basis.EXPLICIT and other.time.precision is Precision.DAY
    return near and explicit and own.time.interval != other.time.interval
