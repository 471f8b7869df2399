"""Grammar of expressions that need an anchor: "last year", "a week later", "within 60 days of this order"."""

from __future__ import annotations

from dataclasses import replace

from ingest.extract.times.dates import Match, read_date
from ingest.extract.times.expressions import (
    Focus,
    Happening,
    Length,
    Now,
    Partial,
    Period,
    Planned,
    Reference,
    Shift,
    Stretch,
    ThisDocument,
)
from ingest.extract.times.lengths import read_length
from ingest.extract.times.lexicon import lexicon
from ingest.extract.times.reader import DASHES, Reader

Anchor = Partial | Period | Focus | ThisDocument | Happening
_CALENDAR_UNITS = frozenset({"D", "W", "M", "Q", "Y", "WE", "DE", "CE"})
_DOCUMENTS = frozenset(
    "order memorandum proclamation directive rule act notice agreement letter policy regulation".split()
)
_LATER = frozenset({"later", "afterwards", "afterward", "thereafter", "hence", "on"})
_EARLIER = frozenset({"earlier", "before", "previously", "beforehand", "ahead", "early"})
_THROUGHOUT = frozenset({"over", "within", "during", "for", "throughout"})
"""Words that make "the last year" and "the next month" lengths, not the calendar's year and month."""
_HOW_LONG = frozenset({"for", "of"})
"""Words before a stretch that say how long, or how often: "for the past two years", "in each of the last two years"."""
_PAST_ONLY_AFTER = frozenset("the this that these his her its their our my your".split())
_DATED_BY = ("in", "on", "at", "by", "since", "early", "late")
_PRONOUNS = frozenset({"it", "he", "she", "they", "we", "you", "i"})
_WEEKS_AFTER = {"week": 1, "fortnight": 2}
_BEHIND_WEEK = frozenset("in at on for to when and but or by with as from before after".split())
_LONGEST_HAPPENING = 8
"""Pieces of the phrase that names what a length counts from."""


def read_day_word(r: Reader, i: int) -> Match | None:
    """today · yesterday · tomorrow · the day before yesterday · the day after tomorrow."""
    shift = r.whole(i, "day")
    if shift is not None:
        return Period("D", "this", shift), i + 1
    if r.says(i, "the", "day", "before", "yesterday"):
        return Period("D", "this", -2), i + 4
    return (Period("D", "this", 2), i + 4) if r.says(i, "the", "day", "after", "tomorrow") else None


def read_period(r: Reader, i: int) -> Match | None:
    """last year · this week · the following day · that month · the current fiscal year · later this year."""
    j = r.skip(i, "the")
    side = r.at(j).low if r.at(j).low in {"earlier", "later"} else None
    j = j + 1 if side else j
    if side and r.says(j, "in", "the") and (unit := _period_unit(r, j + 2, "the")):
        return Period(unit, "the", open=side), j + 3
    which: str | None = "that" if r.says(j, "very") and j > i else r.name(j, "which")
    if which is None or (r.at(j).low == "past" and r.at(j - 1).low not in _PAST_ONLY_AFTER):
        return None
    k = r.skip(j + 1, "very", "same", "calendar", "past", "coming", "full")
    fiscal = r.at(k).low in {"fiscal", "financial"}
    k = k + 1 if fiscal else k
    unit = _period_unit(r, k, which)
    if unit is None or (r.at(j).low == "past" and unit != "WE") or (which == "last" and unit == "D"):
        return None  # the last day of something is not yesterday
    return Period(unit, which, fiscal=fiscal, open=side), k + 1


def read_stretch(r: Reader, i: int) -> Match | None:
    """the past three months · the next two years · the past decade · last 24 hours · the 12 months ahead."""
    if ahead := _read_ahead(r, i):
        return ahead
    j = r.skip(i, "the")
    which = r.name(j, "which")
    if which not in {"last", "next", "previous", "following"} or r.at(j).low in {"latest", "prior"}:
        return None
    length = read_length(r, j + 1)
    if length and isinstance(length[0], Length) and not r.word(j + 1, "article"):
        return Stretch(length[0], which, lasting=_is_lasting(r, i, length[1])), length[1]
    unit = r.name(j + 1, "unit")
    plural = r.at(j + 1).low.endswith("s")
    stretching = (
        r.at(j).low == "past"
        and r.at(j - 1).low != "on"
        and (j > i or r.at(j - 1).low in _PAST_ONLY_AFTER | {"in", "over", "for"})
    ) or (r.at(j).low in {"last", "next"} and j > i and r.at(i - 1).low in _THROUGHOUT and unit != "Q")
    always = unit in {"DE", "CE", "FN", "TH"} and j > i
    if unit is None or not (stretching or plural or always) or (r.at(j).low == "past" and not stretching):
        return None
    one = Length(((None if plural else 1, unit),))
    return Stretch(one, which, lasting=_is_lasting(r, i, j + 2)), j + 2


def _read_ahead(r: Reader, i: int) -> Match | None:
    length = read_length(r, i + 1) if r.says(i, "the") else None
    if not length or not isinstance(length[0], Length) or not r.says(length[1], "ahead") or r.says(length[1] + 1, "of"):
        return None
    return Stretch(length[0], "next", lasting=r.at(i - 1).low in _HOW_LONG), length[1] + 1


def _is_lasting(r: Reader, i: int, end: int) -> bool:
    """True if a stretch says how long, or is a part of something: "the last two days of the trial"."""
    return not r.says(i, "the") or r.at(i - 1).low in _HOW_LONG or r.says(end, "of")


def read_shift(r: Reader, i: int) -> Match | None:
    """two years ago · a week later · 75 days from today · within 60 days of the date of this order."""
    start = _behind_limit(r, i)
    limit = start > i
    if limit and (ahead := _within_next(r, start)):
        return ahead
    read = read_length(r, start) or _vague_length(r, start, limit=limit)
    if not read or not isinstance(read[0], Length):
        return None
    if r.says(start, "the") and not limit:
        return None
    if r.says(i - 1, "for") and r.at(read[1]).low in _EARLIER:  # "for six years before that" is how long, not when
        return None
    match = _behind_length(r, read[1], read[0], limit=limit)
    if not match and r.says(i, "within"):
        match = Shift(read[0], 1, Focus(), clock=True, limit=True), read[1]
    if limit and match and isinstance(match[0], Shift):
        return replace(match[0], begins=r.at(start).start), match[1]
    return match


def read_week_after(r: Reader, i: int) -> Match | None:
    """Saturday week · Monday fortnight: a week, or two, after the day that is next called so."""
    weekday, weeks = r.whole(i, "weekday"), _WEEKS_AFTER.get(r.at(i + 1).low)
    if weekday is None or weeks is None or r.at(i + 2).text in DASHES or not _ends_week(r, i + 2):
        return None
    return Shift(Length(((weeks, "W"),)), 1, Partial(weekday=weekday), clock=True), i + 2


def _ends_week(r: Reader, j: int) -> bool:
    """True if no noun follows: not "the Friday week ending", nor "a Monday week-long strike"."""
    return not r.at(j).text.isalpha() or r.at(j).low in _BEHIND_WEEK


def read_neighbour(r: Reader, i: int) -> Match | None:
    """the day before his inauguration · the week after the vote · the day before · the day of the vote."""
    unit = r.name(i + 1, "unit") if r.says(i, "the") else None
    side = r.at(i + 2).low
    if (unit, side) == ("D", "of") and (anchor := read_anchor(r, i + 3, r.at(i + 1).end)):
        happens = isinstance(anchor[0], Happening)
        return (Shift(Length(((0, "D"),)), 1, anchor[0], clock=True), anchor[1]) if happens else None
    if unit not in {"D", "W", "M", "Y", "NI"} or side not in {"before", "after"} or r.at(i + 1).low.endswith("s"):
        return None
    far = r.at(i + 3).low
    if (side, far) in {("before", "last"), ("after", "next")}:
        return Period("D" if unit == "NI" else unit, "this", -2 if side == "before" else 2), i + 4
    if _ends(r, i + 3):
        return Period("D" if unit == "NI" else unit, "previous" if side == "before" else "following"), i + 3
    anchor = read_anchor(r, i + 3, r.at(i + 1).end)
    if not anchor:
        return None
    return Shift(Length(((1, unit),)), 1 if side == "after" else -1, anchor[0], clock=unit == "D"), anchor[1]


def read_reference(r: Reader, i: int) -> Match | None:
    """now · currently · recently · in recent years · the near future."""
    for phrase, meaning in lexicon().phrases.get(r.at(i).low, ()):
        if r.says(i, *phrase):
            return Reference(meaning), i + len(phrase)
    value = r.name(i, "reference")
    return (Reference(value), i + 1) if value else None


def read_anchor(r: Reader, j: int, behind: int) -> tuple[Anchor, int] | None:
    """What a length that ends at `behind` counts from: a date, "that", "this order", or something that happens."""
    date = read_date(r, r.skip(j, "the")) or read_day_word(r, j)
    if date and isinstance(date[0], Partial | Period):
        return date[0], date[1]
    then = r.at(j).low in {"that", "then"}
    if then and (r.at(j + 1).low in {"date", "day", *_PRONOUNS} or not r.at(j + 1).text.isalpha()):
        return Focus(), r.skip(j + 1, "date", "day")
    k = j
    if r.says(k, "the", "date", "of"):
        k += 3
    if r.at(k).low in {"this", "the"} and r.at(k + 1).low in _DOCUMENTS and (k > j or r.at(k).low == "this"):
        return ThisDocument(_text(r, j, k + 2)), k + 2
    return _happening(r, k, behind)


def _period_unit(r: Reader, k: int, which: str) -> str | None:
    low = r.at(k).low
    if low == "date" and which in {"that", "this"}:
        return "D"
    unit = r.name(k, "unit")
    return unit if unit in _CALENDAR_UNITS and not low.endswith("s") and low != "weekday" else None


def _behind_limit(r: Reader, i: int) -> int:
    if r.says(i, "within"):
        return r.skip(i + 1, "the")
    if r.at(i).low in {"not", "no"} and r.at(i + 1).low in {"later", "more", "less", "fewer"} and r.says(i + 2, "than"):
        return i + 3
    return i


def _within_next(r: Reader, start: int) -> Match | None:
    """The "next two weeks" of "within the next two weeks", which end on a day."""
    length = read_length(r, start + 1) if r.name(start, "which") == "next" else None
    if not length or not isinstance(length[0], Length):
        return None
    amount, unit = length[0].parts[0]
    counted = amount is not None and not unit.startswith("T")
    return (Shift(length[0], 1, Now(), clock=True, limit=True), length[1]) if counted else None


def _vague_length(r: Reader, i: int, *, limit: bool) -> Match | None:
    """ "years" in "years ago", "weeks later"."""
    unit = r.name(i, "unit")
    counted = limit or r.at(i + 1).low in {"ago", "later", "earlier", "afterwards"}
    return (Length(((None, unit),)), i + 1) if unit and r.at(i).low.endswith("s") and counted else None


def _behind_length(r: Reader, j: int, length: Length, *, limit: bool) -> Match | None:
    exact, j = _to_the_day(r, j) > j, _to_the_day(r, j)
    if r.at(j).text in {"'", "’"} and r.says(j + 1, "ago"):
        j += 1
    low = r.at(j).low
    if low in {"ago", "away"} or (low == "from" and r.at(j + 1).low in {"now", "today"}):
        end = j + 2 if low == "from" else j + 1
        if low == "ago" and (day := _ago_from(r, end)):
            return Shift(length, -1, day[0], clock=True), day[1]
        return Shift(length, -1 if low == "ago" else 1, Now(), clock=r.at(j + 1).low == "today"), end
    if low in {"after", "from", "following", "before", "of"} and (low != "of" or limit):
        anchor = read_anchor(r, j + 1, r.at(j - 1).end)
        if anchor:
            return Shift(
                length,
                -1 if low == "before" else 1,
                anchor[0],
                clock=limit or exact or low == "from" or _in_days(length),
                limit=limit,
            ), anchor[1]
    if low in {"later", "earlier", "sooner"} and r.says(j + 1, "than"):
        return Shift(length, 1 if low == "later" else -1, Planned()), j + 1
    if low in _LATER and not (low == "on" and not _ends(r, j + 1)):
        end = _to_the_day(r, j + 1)
        return Shift(length, 1, Focus(), clock=exact or end > j + 1), end
    if low in _EARLIER and not (low == "early" and not _ends(r, j + 1)) and not r.says(j, "ahead", "of"):
        return Shift(length, -1, Focus(due=low in {"ahead", "early"})), _to_the_day(r, j + 1)
    return None


def _ago_from(r: Reader, j: int) -> tuple[Anchor | Period, int] | None:
    """The day or week that "a year ago today", "two weeks ago Monday", "five years ago this month" counts from."""
    if (period := read_day_word(r, j) or read_period(r, j)) and isinstance(period[0], Period):
        return (period[0], period[1]) if period[0].which == "this" else None
    date = read_date(r, j) if r.word(j, "weekday") else None
    return (date[0], date[1]) if date and isinstance(date[0], Partial) else None


def _in_days(length: Length) -> bool:
    return length.parts[0][1] in {"D", "W", "FN"}


def _to_the_day(r: Reader, j: int) -> int:
    return j + 3 if r.says(j, "to", "the", "day") else j


def _ends(r: Reader, j: int) -> bool:
    """True if a clause may end before `j`."""
    return not r.at(j).text or (not r.at(j).text.isalpha() and r.at(j).number is None)


def _happening(r: Reader, j: int, behind: int) -> tuple[Happening, int] | None:
    k = j
    while r.at(k).text.isalpha() and k < j + _LONGEST_HAPPENING and not _ends_happening(r, j, k):
        k += 1
    return (Happening(_text(r, j, k), r.at(j).start, r.at(k - 1).end, behind), k) if k > j else None


def _ends_happening(r: Reader, j: int, k: int) -> bool:
    """True before a conjunction, and before a preposition with a date of its own: "it struck a rock in May 2012"."""
    if r.at(k).low in {"and", "or", "but", "which"} or (k > j and r.at(k).low in _PRONOUNS):
        return True
    at = r.skip(k, *_DATED_BY) if r.at(k).low in _DATED_BY else k
    return any(r.at(at).words.get(c) for c in ("month", "weekday", "day")) or (at > k and r.at(at).number is not None)


def _text(r: Reader, i: int, j: int) -> str:
    return " ".join(r.at(k).text for k in range(i, j))
