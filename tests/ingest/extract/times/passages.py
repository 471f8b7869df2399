"""Passages with marked expressions, and TempEval-3's figures over them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kb.model import TimeMention
from tests.sheets import read_sheet

_MARK = re.compile(r"\[([^\]=]+)=(?:(SET):)?([^\]]+)\]")


class Timex(NamedTuple):
    """One expression: its extent, TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its publication day and gold."""

    name: str
    published: date
    text: str
    gold: tuple[Timex, ...]


class Figures(NamedTuple):
    """F1 of exact extents, of overlapping ones, and of overlapping ones with the right value and type."""

    strict: float
    relaxed: float
    value: float
    type: float


def read_passages(path: Path) -> list[Passage]:
    """The passages of a YAML file: group to rows of publication day and marked text."""
    groups = read_sheet(path)
    return [_passage(f"{group} {i + 1}", *row) for group, rows in groups.items() for i, row in enumerate(rows)]


def _passage(name: str, published: date, marked: str) -> Passage:
    text, gold, behind = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[behind : match.start()]
        start, behind = len(text), match.end()
        text += match[1]
        gold.append(Timex(start, len(text), match[2] or _type_of(match[3]), match[3]))
    return Passage(name, published, text + marked[behind:], tuple(gold))


def _type_of(value: str) -> str:
    if re.match(r"P[0-9XT]", value):
        return "DURATION"
    return "TIME" if re.search("[0-9X]T", value) else "DATE"


def tagged(mentions: tuple[TimeMention, ...]) -> tuple[Timex, ...]:
    """What the tagger found, without the ranges around two dates that are marked on their own."""
    found = [Timex(m.span.start, m.span.end, m.time.type.value, m.time.value or "") for m in mentions]
    return tuple(t for i, t in enumerate(found) if not any(o.end <= t.end for o in found[i + 1 : i + 2]))


def pairs(gold: tuple[Timex, ...], system: tuple[Timex, ...]) -> list[tuple[Timex, Timex]]:
    """Each gold expression with the first free one that overlaps it."""
    free, matched = list(system), []
    for one in gold:
        other = next((t for t in free if t.start < one.end and one.start < t.end), None)
        if other:
            free.remove(other)
            matched.append((one, other))
    return matched


def figures(scored: list[tuple[tuple[Timex, ...], tuple[Timex, ...]]]) -> Figures:
    """The figures over passages, given as gold and system."""
    matched = [pair for gold, system in scored for pair in pairs(gold, system)]
    total = sum(len(gold) + len(system) for gold, system in scored)
    counts = (
        sum(a[:2] == b[:2] for a, b in matched),
        len(matched),
        sum(a.value == b.value for a, b in matched),
        sum(a.type == b.type for a, b in matched),
    )
    return Figures(*(2 * count / total for count in counts))
