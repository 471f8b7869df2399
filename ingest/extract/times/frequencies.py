"""Grammar of frequencies: "daily", "every Tuesday", "twice a month", "$5 a year", "July 1 of each year"."""

from __future__ import annotations

from dataclasses import replace

from ingest.extract.times.dates import Match, read_date
from ingest.extract.times.expressions import Length, Partial, Recurrence
from ingest.extract.times.lengths import finer, length_value, read_length, simple_length
from ingest.extract.times.reader import Reader, read_ordinal, read_whole
from kb.timevalue import SEASONS

_RATE_NOUNS = frozenset("million billion trillion thousand hundred times tons barrels percent".split())


def read_set(r: Reader, i: int) -> Match | None:
    """daily · every Tuesday · each year · twice a month · every two weeks · 24 hours a day."""
    if value := r.name(i, "set"):
        return Recurrence(value), i + 1
    if weekdays := r.whole(i, "weekdays"):
        return Recurrence(f"XXXX-WXX-{weekdays}", quant="EVERY"), i + 1
    if (weekday := r.whole(i, "weekday")) and (part := r.name(i + 1, "parts")):
        return Recurrence(f"XXXX-WXX-{weekday}T{part}", quant="EVERY"), i + 2
    return _share(r, i) or _so_many_times(r, i) or _day_of_each(r, i) or _every(r, i)


def read_rate(r: Reader, i: int) -> Match | None:
    """ "a year" in "$5 million a year", "15 a year": how often, not how long."""
    unit = _per_unit(r, i) if r.word(i, "article") else None
    if unit is None:
        return None
    before, further = r.at(i - 1), r.at(i - 2)
    counted = before.number is not None or before.text in {"%", "$"} or before.low in _RATE_NOUNS
    counted = counted or (further.number is not None and before.text.isalpha() and before.low.endswith("s"))
    return (Recurrence(length_value(((1, unit),))), i + 2) if counted else None


def _share(r: Reader, i: int) -> Match | None:
    """ "24 hours a day", "three days each week"."""
    share = simple_length(r, i)
    unit = _per_unit(r, share[1]) if share else None
    if not share or not unit or not finer(unit, share[0].parts[0][1]):
        return None
    return Recurrence(length_value(((1, unit),)), freq=length_value(share[0].parts)[1:]), share[1] + 2


def _so_many_times(r: Reader, i: int) -> Match | None:
    """ "twice a month", "once every 10 years"."""
    times = _times(r, i)
    if not times:
        return None
    if unit := _per_unit(r, times[1]):
        return Recurrence(length_value(((1, unit),)), freq=f"{times[0]}X"), times[1] + 2
    every = _every(r, times[1]) if r.says(times[1], "every") else None
    return (replace(every[0], freq=f"{times[0]}X"), every[1]) if every else None


def _every(r: Reader, i: int) -> tuple[Recurrence, int] | None:
    """ "every Tuesday", "each August", "every other day", "every two weeks"."""
    quant = r.name(i, "every")
    if not quant:
        return None
    at = r.skip(i + 1, "other")
    if value := _each_value(r, at):
        return Recurrence(value, quant=quant), at + 1
    length = read_length(r, at)
    if length and isinstance(length[0], Length):
        return Recurrence(length_value(length[0].parts), quant=quant), length[1]
    return None


def _each_value(r: Reader, at: int) -> str | None:
    """The value of one word behind "every"."""
    if weekday := r.whole(at, "weekday"):
        return f"XXXX-WXX-{weekday}"
    if month := r.whole(at, "month"):
        return f"XXXX-{month:02d}"
    if season := r.whole(at, "season"):
        return f"XXXX-{SEASONS[season]}"
    if (part := r.name(at, "part")) and part.isalpha():
        return f"XXXX-XX-XXT{part}"
    unit = r.name(at, "unit")
    return length_value(((2 if r.says(at - 1, "other") else 1, unit),)) if unit else None


def _day_of_each(r: Reader, i: int) -> Match | None:
    """the 15th of each month · 1 July of each year · every year on March 31 is read as two."""
    ordinal = read_ordinal(r, i + 1) if r.says(i, "the") else None
    if ordinal and r.says(ordinal[1], "of") and r.word(ordinal[1] + 1, "every") and r.says(ordinal[1] + 2, "month"):
        return Recurrence(f"XXXX-XX-{ordinal[0]:02d}", quant=r.name(ordinal[1] + 1, "every")), ordinal[1] + 3
    day = read_date(r, i)
    if not day or not isinstance(day[0], Partial) or day[0].year or not (day[0].month and day[0].day):
        return None
    at = r.skip(day[1], "of")
    year = r.skip(at + 1, "fiscal", "calendar", "financial")
    if not r.word(at, "every") or not r.says(year, "year"):
        return None
    return Recurrence(f"XXXX-{day[0].month:02d}-{day[0].day:02d}", quant=r.name(at, "every")), year + 1


def _times(r: Reader, i: int) -> tuple[int, int] | None:
    """once · twice · three times"""
    if times := r.whole(i, "times"):
        return times, i + 1
    number = read_whole(r, i)
    return (number[0], number[1] + 1) if number and r.says(number[1], "times") else None


def _per_unit(r: Reader, i: int) -> str | None:
    return r.name(i + 1, "unit") if r.at(i).low in {"a", "an", "per", "each", "every"} else None
