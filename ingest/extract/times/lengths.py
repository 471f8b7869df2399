"""Grammar of amounts of time: lengths ("two and a half years") and ages."""

from __future__ import annotations

from dataclasses import replace

from ingest.extract.times.dates import Match
from ingest.extract.times.expressions import Amount, Grant, Length
from ingest.extract.times.lexicon import by_first, lexicon
from ingest.extract.times.reader import Reader, and_a_half, read_amount, remembered

_FINER = ["CE", "DE", "Y", "Q", "M", "FN", "W", "WE", "D", "NI", "TH", "TM", "TS"]
"""Units from the longest to the shortest."""
_HALVES = {"TH": "30M", "Y": "6M"}
_WRITTEN = {"DE": (10, "Y"), "CE": (100, "Y"), "FN": (2, "W")}
"""Units that TIMEX3 values write with another one."""
_APPROXIMATIONS = by_first(
    {
        ("more", "than"): "MORE_THAN",
        ("less", "than"): "LESS_THAN",
        ("fewer", "than"): "LESS_THAN",
        ("at", "least"): "EQUAL_OR_MORE",
        ("at", "most"): "EQUAL_OR_LESS",
        ("up", "to"): "EQUAL_OR_LESS",
        ("no", "more", "than"): "EQUAL_OR_LESS",
        ("longer", "than"): "MORE_THAN",
        ("well", "over"): "MORE_THAN",
        ("over",): "MORE_THAN",
        ("under",): "LESS_THAN",
        ("about",): "APPROX",
        ("around",): "APPROX",
        ("approximately",): "APPROX",
        ("roughly",): "APPROX",
        ("some",): "APPROX",
        ("almost",): "LESS_THAN",
        ("nearly",): "LESS_THAN",
        ("barely",): "APPROX",
        ("exactly",): None,
        ("just", "over"): "MORE_THAN",
        ("just", "under"): "LESS_THAN",
    }.items()
)
"""Words before a length, with their TIMEX3 mod."""
_BEFORE_OVER = frozenset(
    "for in after of by to is was were are be been just than with from last lasts lasted take takes took spent".split()
)
"""Words before "over" that make it "more than"; elsewhere it is a preposition: "repaid over 10 years"."""
_FILLERS = ("more", "full", "consecutive", "straight", "calendar", "additional", "whole", "solid", "further", "extra")


def read_length(r: Reader, i: int) -> Match | None:
    """90 days · about two and a half years · several months · 1 hour 20 minutes · 27-year · 23 years old."""
    mod, j = _approximation(r, i)
    first = simple_length(r, j)
    if not first or (j > i and mod == "APPROX" and r.word(j, "article")):
        return None
    length, j = first
    parts, j = _finer_parts(r, length.parts[0], j)
    return replace(length, parts=parts, mod=mod), _age_end(r, j)


def read_bare_length(r: Reader, i: int) -> Match | None:
    """ "years", "decades", "hours" on their own; `guards` leaves out what has words of its own: "trading hours"."""
    unit = r.name(i, "unit")
    if unit is None:
        return None
    plural = r.at(i).low.endswith("s")
    if r.at(i + 1).text == "-" and r.at(i + 2).low in {"long", "old"}:
        return Length(((None if plural else 1, unit),)), i + 3
    return (Length(((None, unit),)), i + 1) if plural else None


def read_the_length(r: Reader, i: int) -> Match | None:
    """the coming weeks · the nine months, of an accounting period that ends with a date."""
    length = simple_length(r, i + 1) if r.says(i, "the") else None
    if not length or not r.at(length[1] - 1).low.endswith("s"):
        return None
    vague = length[0].parts[0][0] is None
    return length if vague or r.at(length[1]).low in {"ended", "ending", "to", "through"} else None


def read_span(r: Reader, i: int) -> Match | None:
    """weeklong · a quarter-century · a long period of time"""
    j = r.skip(i, "a")
    if r.says(j, "quarter") and (century := r.skip(r.skip_dash(j + 1), "of", "a")) and r.says(century, "century"):
        return Length(((25, "Y"),)), century + 1
    if value := r.name(i, "span"):
        return Length(((int(value[1:-1]), value[-1]),)), i + 1
    if r.word(i, "article"):
        at = next((k for k in range(i + 1, i + 4) if r.says(k, "period", "of", "time")), None)
        return (Length(((None, "D"),)), at + 3) if at else None
    return None


def read_the_years(r: Reader, i: int) -> Match | None:
    """ "the years" in "over the years"."""
    unit = r.name(i + 1, "unit") if r.says(i, "the") and r.at(i - 1).low in {"over", "through"} else None
    return (Length(((None, unit),)), i + 2) if unit and r.at(i + 1).low.endswith("s") else None


def read_grant(r: Reader, i: int) -> Match | None:
    """30 days to answer · the 90-day extension · a 270-day clock: a length that may be counted from a date."""
    length = read_length(r, i)
    if not length or not isinstance(length[0], Length):
        return None
    behind = r.at(length[1])
    spans = lexicon().cues.spans
    named = behind.low in spans or (r.at(length[1] + 1).low in spans and behind.text.isalpha())
    to_do = behind.low == "to" and r.at(length[1] + 1).text.isalpha() and not r.at(length[1] + 1).words
    return (Grant(length[0]), length[1]) if named or to_do else None


def approximations() -> frozenset[str]:
    """The words that a length with a modifier ("about", "more than") starts with."""
    return frozenset(_APPROXIMATIONS)


def length_value(parts: tuple[tuple[Amount, str], ...]) -> str:
    """The TIMEX3 value of a length: P2D, PT30M, P2.5Y, PXM."""
    days = "".join(_component(amount, unit) for amount, unit in parts if not unit.startswith("T"))
    hours = "".join(_component(amount, unit) for amount, unit in parts if unit.startswith("T"))
    return "P" + days + ("T" + hours if hours else "")


def _component(amount: Amount, unit: str) -> str:
    factor, name = _WRITTEN.get(unit, (1, unit.removeprefix("T")))
    if amount == 0.5 and unit in _HALVES:
        return _HALVES[unit]
    return "X" + name if amount is None else f"{amount * factor:.10g}" + name


def _approximation(r: Reader, i: int) -> tuple[str | None, int]:
    if r.at(i).low in {"over", "under"} and r.at(i - 1).low not in _BEFORE_OVER:
        return None, i
    for words, mod in _APPROXIMATIONS.get(r.at(i).low, ()):
        if r.says(i, *words):
            return mod, i + len(words)
    return None, i


@remembered
def simple_length(r: Reader, i: int) -> tuple[Length, int] | None:
    """One amount and its unit."""
    amount = read_amount(r, i)
    if not amount:
        return None
    j = r.skip(r.skip_dash(amount[1]), *_FILLERS)
    business = r.at(j).low in {"business", "working"}
    j = j + 1 if business else j
    unit = r.name(j, "unit")
    one = bool(r.word(i, "article")) and amount[0] == 1
    plural = r.at(j).low.endswith("s")
    if unit is None or (one and (plural or r.at(j + 1).text == "-")):
        return None
    if amount[0] is None and not plural and j == amount[1]:
        return None
    half = and_a_half(r, j + 1) if amount[0] is not None and amount[0] == int(amount[0]) else None
    number = amount[0] + 0.5 if half and amount[0] is not None else amount[0]
    return Length(((number, unit),), business=business), half or j + 1


def _finer_parts(r: Reader, first: tuple[Amount, str], j: int) -> tuple[tuple[tuple[Amount, str], ...], int]:
    """The lesser units behind a length: "two years and three months"."""
    parts = [first]
    while len(parts) < 4 and parts[-1][0] is not None:
        at = r.skip(r.skip(j, ","), "and")
        more = None if r.word(at, "article") else simple_length(r, at)
        if not more or more[0].parts[0][0] is None or not finer(parts[-1][1], more[0].parts[0][1]):
            break
        parts.append(more[0].parts[0])
        j = more[1]
    return tuple(parts), j


def finer(unit: str, other: str) -> bool:
    """True if `other` is a shorter unit than `unit`."""
    return _FINER.index(other) > _FINER.index(unit)


def _age_end(r: Reader, j: int) -> int:
    """Behind the "old" of an age, or the "long" of a length."""
    at = r.skip_dash(j)
    return at + 1 if r.at(at).low in {"old", "long"} and (at > j or r.at(at).low == "old") else j
