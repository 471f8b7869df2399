"""Grammar of the time of the clock: "10:30 a.m. EST", "1900 GMT", "six o'clock in the evening"."""

from __future__ import annotations

from ingest.extract.times.reader import Reader, read_whole

_ZONE_NAMES = frozenset({"local", "eastern", "central", "mountain", "pacific", "greenwich", "british", "european"})


def read_clock(r: Reader, i: int) -> tuple[str, int] | None:
    """A time of the clock ("10:30 a.m. EST", "18:00 UTC", "5pm") as what stands behind T, and the place behind it."""
    if r.at(i).low in {"noon", "midnight"}:
        return str(r.name(i, "part")), i + 1
    hour = r.at(i).number
    if hour is None:
        return _spelled_clock(r, i)
    if len(r.at(i).text) == 4:
        return _military_clock(r, i, hour)
    if hour > 24 or len(r.at(i).text) > 2:
        return None
    if _is_oclock(r, i + 1) or (hour <= 12 and _part_behind(r, i + 1)[0]):
        return _spelled_clock(r, i)
    minute, j = _minutes(r, i + 1)
    meridiem = _meridiem(r, r.skip_dash(j))
    if meridiem:
        hour, j = hour % 12 + meridiem[0], meridiem[1]
    elif minute is None or r.at(i + 1).text != ":":
        return None
    zone, j = _zone(r, j)
    return f"{hour:02d}:{minute or '00'}{zone}", j


def _minutes(r: Reader, j: int) -> tuple[str | None, int]:
    """The minutes of "10:30", "5.30"; seconds and their fraction are passed over."""
    minute = r.at(j + 1)
    if r.at(j).text not in {":", "."} or not (r.at(j).glued and minute.glued and minute.number is not None):
        return None, j
    if len(minute.text) != 2 or minute.number > 59:
        return None, j
    text, end = minute.text, j + 2
    while r.at(end).text in {":", "."} and r.at(end).glued and r.at(end + 1).glued and r.at(end + 1).number is not None:
        if r.at(end).text == ":" and len(text) == 2 and len(r.at(end + 1).text) == 2:
            text += f":{r.at(end + 1).text}"
        end += 2
    return text, end


def _zone(r: Reader, j: int) -> tuple[str, int]:
    """The time zone at `j` as TIMEX3 writes it, and the place behind it."""
    zone = r.name(j, "zone")
    if zone is not None:
        return zone, j + 1
    named = r.at(j).low in _ZONE_NAMES
    behind = r.skip(j + 1, "standard", "daylight", "summer", "mean")
    if named and r.says(behind, "time"):
        return ("Z" if r.says(j, "greenwich") else ""), behind + 1
    return "", j


def _military_clock(r: Reader, i: int, hour: int) -> tuple[str, int] | None:
    """1900 GMT · 0430 UTC."""
    if r.name(i + 1, "zone") != "Z" or r.at(i + 1).low == "z" or hour % 100 > 59 or hour > 2400:
        return None
    return f"{hour // 100:02d}:{hour % 100:02d}Z", i + 2


def _spelled_clock(r: Reader, i: int) -> tuple[str, int] | None:
    """ten o'clock · 6 o'clock in the evening."""
    number = read_whole(r, i)
    if not number or not 1 <= number[0] <= 12:
        return None
    named = _is_oclock(r, number[1])
    part, end = _part_behind(r, number[1] + 3 if named else number[1])
    if not named and not part:
        return None
    late = part in {"AF", "EV"} or (part == "NI" and number[0] >= 6)
    hour = number[0] % 12 + 12 if late else number[0]
    return f"{hour:02d}:00", end


def _part_behind(r: Reader, j: int) -> tuple[str | None, int]:
    """The part of the day in "in the morning", "at night", and the place behind it; else None and `j`."""
    k = j + 2 if r.says(j, "in", "the") else j + 1 if r.says(j, "at") else j
    part = r.name(k, "part") if k > j else None
    return (part, k + 1) if part and part.isalpha() else (None, j)


def _is_oclock(r: Reader, j: int) -> bool:
    return r.says(j, "o") and r.at(j + 1).text in {"'", "’"} and r.says(j + 2, "clock")


def _meridiem(r: Reader, j: int) -> tuple[int, int] | None:
    value = r.whole(j, "meridiem")
    if value is not None:
        return value, j + 1
    if r.at(j).low in {"a", "p"} and r.at(j + 1).text == "." and r.at(j + 2).low == "m":
        return (12 if r.at(j).low == "p" else 0), r.skip_dot(j + 3)
    return None
