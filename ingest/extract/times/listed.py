"""Grammar of several days that share a month, "June 9 and 10", or months that share a year, "April and May 2016".

Each is a date of its own. Two days that follow each other are a range around both.
"""

from __future__ import annotations

from ingest.extract.times.dates import day_of, year_behind
from ingest.extract.times.expressions import Between, Found, Partial
from ingest.extract.times.reader import Reader, read_day

_MOST = 8
"""Days in one list."""
_JOINTS = frozenset({",", "and", "or", "&"})
_MAY_FOLLOW = frozenset(
    "in at to for by with before after when but and or on from the as that which who while until during was were is are"
    " will would has had if because since during only this last next".split()
)
"""Words that may stand behind the last day; before any other word the number counts things: "June 9, 10 people"."""


def read_days(r: Reader, i: int) -> tuple[list[Found], int] | None:
    """Two or more days of one month, or two months of one year, and the place behind them."""
    if r.whole(i, "month"):
        return _behind_month(r, i) or _months_of_year(r, i)
    return _before_month(r, i) if r.at(i).number is not None and not r.says(i - 1, "between") else None


def _behind_month(r: Reader, i: int) -> tuple[list[Found], int] | None:
    """ "June 9 and 10", "March 4, 5 and 6, 2024"."""
    first = r.skip_dot(i + 1)
    days = _days(r, first)
    if len(days) < 2 or not _may_end(r, days[-1][2]):
        return None
    month = r.whole(i, "month")
    year, end = year_behind(r, days[-1][2]) or (None, days[-1][2])
    starts = [i, *(start for _, start, _ in days[1:])]
    ends = [*(stop for _, _, stop in days[:-1]), end]
    found = [
        Found(day_of(year, month, day), r.at(start).start, r.at(stop - 1).end)
        for (day, _, _), start, stop in zip(days, starts, ends, strict=True)
    ]
    return _joined(found), end


def _months_of_year(r: Reader, i: int) -> tuple[list[Found], int] | None:
    """ "April and May 2016"."""
    joint = r.skip_dot(i + 1)
    at = joint + 1
    first, second = r.whole(i, "month"), r.whole(at, "month")
    year = year_behind(r, r.skip_dot(at + 1)) if second and r.at(joint).low in {"and", "or", "&"} else None
    if year is None or r.says(i - 1, "between"):
        return None
    months = (
        Found(Partial(year=year[0], month=first), r.at(i).start, r.at(joint - 1).end),
        Found(Partial(year=year[0], month=second), r.at(at).start, r.at(year[1] - 1).end),
    )
    return list(months), year[1]


def _before_month(r: Reader, i: int) -> tuple[list[Found], int] | None:
    """ "14 and 28 September 2018"."""
    days = _days(r, i)
    at = r.skip(days[-1][2], "of") if days else i
    month = r.whole(at, "month")
    if len(days) < 2 or month is None:
        return None
    year, end = year_behind(r, r.skip_dot(at + 1)) or (None, at + 1)
    found = [Found(day_of(year, month, day), r.at(k).start, r.at(stop - 1).end) for day, k, stop in days[:-1]]
    last = days[-1]
    return _joined([*found, Found(day_of(year, month, last[0]), r.at(last[1]).start, r.at(end - 1).end)]), end


def _joined(found: list[Found]) -> list[Found]:
    """Two days that follow each other are a range too: "the summit on 1 and 2 November"."""
    first, last = found[0].expression, found[-1].expression
    following = isinstance(first, Partial) and isinstance(last, Partial) and last.day == (first.day or 0) + 1
    if len(found) != 2 or not following:
        return found
    return [Found(Between(first, last), found[0].start, found[-1].end, tuple(found))]


def _days(r: Reader, i: int) -> list[tuple[int, int, int]]:
    """Joined days from `i` on: the day, where it starts and where it ends; the last joint is "and" or "or"."""
    days: list[tuple[int, int, int]] = []
    closed = False
    while len(days) < _MOST and (day := read_day(r, i)):
        days.append((day[0], i, day[1]))
        joint = r.skip(day[1], ",")
        closed = closed or r.at(joint).low in {"and", "or", "&"}
        i = r.skip(joint, "and", "or", "&")
        if i == day[1] or r.at(day[1]).low not in _JOINTS or (closed and len(days) > 1 and i == joint):
            break
    return days if closed and len(days) > 1 and r.at(days[-1][1] - 1).low in {"and", "or", "&"} else []


def _may_end(r: Reader, j: int) -> bool:
    piece = r.at(j)
    return not (piece.text.isalpha() or piece.number is not None) or piece.low in _MAY_FOLLOW
