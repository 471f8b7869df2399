"""Grammar of dates in figures: "2025-01-19", "6/12/2024", "Q3 2009", "3Q09", "H1 2021"."""

from __future__ import annotations

from ingest.extract.times.expressions import Expression, Impossible, Numeric, Partial
from ingest.extract.times.reader import Reader, full_year, read_year

Match = tuple[Expression, int]
_SIGNS = frozenset("-/.–")


def read_numeric(r: Reader, i: int) -> Match | None:
    """2025-01-19 · 2025/01/19 · 19.1.2025 · 6/12/2024; which of two small numbers is the month is left open."""
    sign = r.at(i + 1)
    if sign.text not in _SIGNS or not sign.glued:
        return None
    numbers, end = _joined(r, i, sign.text)
    if len(numbers) != 3 or (r.at(end).text == sign.text and r.at(end).glued and r.at(end + 1).number is not None):
        return None
    lengths = [len(r.at(i + 2 * k).text) for k in range(3)]
    return _date(numbers, lengths, sign.text, end)


def read_quarter(r: Reader, i: int) -> Match | None:
    """Q3 · Q3 2009 · 3Q09 · H1 2021."""
    first, second = r.at(i), r.at(i + 1)
    if not second.glued:
        return None
    letter, number = (first.low, second.number) if second.number is not None else (second.low, first.number)
    if letter not in {"q", "h"} or number is None or not 1 <= number <= (4 if letter == "q" else 2):
        return None
    year = read_year(r, r.skip(r.skip(i + 2, "of"), "fy")) or read_plain_year(r, i + 2)
    value, end = year or (None, i + 2)
    if letter == "q":
        return Partial(quarter=number, year=value), end
    return (Partial(half=number, year=value), end) if value else None


def read_plain_year(r: Reader, j: int) -> tuple[int, int] | None:
    """Two digits glued to what they follow ("3Q09"), as a year."""
    piece = r.at(j)
    return (
        (full_year(piece.number), j + 1) if piece.glued and piece.number is not None and len(piece.text) == 2 else None
    )


def _joined(r: Reader, i: int, sign: str) -> tuple[list[int], int]:
    """Up to three numbers joined by `sign` without a space, and the place behind them."""
    numbers: list[int] = []
    while (number := r.at(i).number) is not None:
        numbers.append(number)
        i += 1
        if len(numbers) == 3 or r.at(i).text != sign or not (r.at(i).glued and r.at(i + 1).glued):
            break
        i += 1
    return numbers, i


def _date(numbers: list[int], lengths: list[int], sign: str, end: int) -> Match | None:
    if lengths[0] == 4 and max(lengths[1:]) <= 2:
        year, month, day = numbers
        return _checked(year, month, day), end
    short = lengths[2] == 2 and (sign == "/" or (sign == "-" and lengths[:2] == [2, 2]))
    if not (lengths[2] == 4 or short) or max(lengths[:2]) > 2:
        return None
    first, second, last = numbers
    year = last if lengths[2] == 4 else full_year(last)
    if sign == ".":
        return _checked(year, second, first), end
    if first <= 12 and second <= 12 and first and second:
        return Numeric(first, second, year), end
    return (_checked(year, second, first) if first > 12 else _checked(year, first, second)), end


def _checked(year: int, month: int, day: int) -> Partial | Impossible:
    if 1 <= month <= 12 and 1 <= day <= 31 and year:
        return Partial(year=year, month=month, day=day)
    return Impossible(f"{year:04d}-{month:02d}-{day:02d} is not a valid date")
