"""A timeline as a picture for print: lanes by family of type, intervals as wide as the text is vague."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol

from kb.exports.harmless import one_line
from kb.exports.png import PngPaper
from kb.exports.svg import SvgPaper
from kb.model import EventStatus as Status
from kb.ontology import load_ontology
from kb.queries.views import EventDetail, EventView

WIDTH = 1400
_HEAD = 44
_LANE_HEAD = 20
_ROW = 20
_RADIUS = 5.5
_LETTER = 6.2
_MOST_LABELS = 600
"""Events from which on a picture holds marks without labels."""
_MOST = 20_000
_INK, _GRAY, _RULE, _ACCENT = "#22211d", "#686255", "#dedad0", "#2457a6"
_COLOURS = {
    Status.OCCURRED: "#0c7a5a", Status.ONGOING: "#244fb4", Status.SCHEDULED: "#6f33b8", Status.PROPOSED: "#b4521f",
    Status.HYPOTHETICAL: "#686255", Status.DENIED: "#b03541", Status.CANCELLED: "#8f660c",
    Status.OVERTAKEN: "#4d6673",
}  # fmt: skip


Point = tuple[float, float]


class Paper(Protocol):
    """What a picture is drawn on. Positions are pixels from the upper left corner; a dash is pixels on and off."""

    def rect(self, x: float, y: float, width: float, height: float, *, fill: str, opacity: float = 1) -> None:
        """A filled rectangle."""

    def line(self, points: list[Point], *, colour: str, width: float = 1, dashed: bool = False) -> None:
        """A line through points."""

    def circle(self, x: float, y: float, r: float, *, fill: str | None, colour: str, dashed: bool = False) -> None:
        """A circle with its edge."""

    def polygon(self, points: list[Point], *, fill: str | None, colour: str) -> None:
        """A closed shape with its edge."""

    def half(self, x: float, y: float, r: float, *, fill: str) -> None:
        """The left half of a circle."""

    def text(self, x: float, y: float, text: str, *, colour: str, bold: bool = False) -> None:
        """One line of text on its base line."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """One event where it goes."""

    event: EventView
    x: float
    wide: float
    y: float
    room: float
    before: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Everything placed, and how high it is."""

    marks: tuple[_Mark, ...]
    lanes: tuple[tuple[float, str], ...]
    height: int
    first: int
    per_day: float


def as_svg(events: Iterable[EventDetail], today: date) -> bytes:
    """As vectors, with texts as texts."""
    drawing = _place(list(events)[:_MOST])
    paper = SvgPaper(WIDTH, drawing.height)
    _draw(drawing, paper, today)
    return paper.finish()


def as_png(events: Iterable[EventDetail], today: date) -> bytes:
    """As pixels, twice as many as it takes on an ordinary screen."""
    drawing = _place(list(events)[:_MOST])
    paper = PngPaper(WIDTH, drawing.height)
    _draw(drawing, paper, today)
    return paper.finish()


def _place(details: list[EventDetail]) -> _Drawing:
    days = [_number(step.first_day) for detail in details for step in detail.revisions]  # those of before, too
    days += [day for d in details for day in (_number(d.event.first_day), _number(d.event.last_day) + 1)]
    first, last = min(days, default=0), max(days, default=365)
    per_day = (WIDTH - 320) / max(last - first, 1)
    families = _families()
    lanes: dict[str, list[EventDetail]] = {}
    for detail in details:
        lanes.setdefault(families.get(detail.event.type, "other"), []).append(detail)
    marks: list[_Mark] = []
    heads: list[tuple[float, str]] = []
    top = float(_HEAD)
    for name in sorted(lanes, key=lambda name: (name == "other", name)):
        heads.append((top, name))
        placed, rows = _pack(lanes[name], first, per_day, top + _LANE_HEAD, labels=len(details) <= _MOST_LABELS)
        marks += placed
        top += _LANE_HEAD + rows * _ROW
    return _Drawing(tuple(marks), tuple(heads), int(top) + 34, first, per_day)


@cache
def _families() -> dict[str, str]:
    return {name: kind.family for name, kind in load_ontology().types.items()}


def _pack(
    details: list[EventDetail], first: int, per_day: float, top: float, *, labels: bool
) -> tuple[list[_Mark], int]:
    """First fit in order of time, each with room for its label."""
    ends: list[float] = []
    marks: list[_Mark] = []
    for detail in details:
        event = detail.event
        x = 20 + (_number(event.first_day) - first) * per_day
        wide = (_number(event.last_day) + 1 - _number(event.first_day)) * per_day
        before = tuple(
            20 + (_number(day) - first) * per_day
            for day in dict.fromkeys(step.first_day for step in detail.revisions if step.first_day != event.first_day)
        )
        left = min([x, *before]) - _RADIUS
        room = min(len(event.title) * _LETTER, 260.0) if labels else 0.0
        row = next((row for row, end in enumerate(ends) if end <= left), len(ends))
        if row == len(ends):
            ends.append(0)
        label = max((x, *before)) + 18 + room if room else 0
        ends[row] = max(x + max(wide, 2 * _RADIUS), label, *before) + 4
        marks.append(_Mark(event, x, wide, top + (row + 0.5) * _ROW, room, before))
    return marks, len(ends)


def _draw(drawing: _Drawing, paper: Paper, today: date) -> None:
    paper.rect(0, 0, WIDTH, drawing.height, fill="#ffffff")
    _axis(drawing, paper)
    for top, name in drawing.lanes:
        paper.line([(0, top), (WIDTH, top)], colour=_RULE)
        paper.text(6, top + 13, name.upper(), colour=_GRAY, bold=True)
    for mark in drawing.marks:
        _interval(mark, paper)
        _shape(mark, paper)
        if mark.room:
            told = one_line(mark.event.title, int(mark.room / _LETTER) or 1)
            paper.text(max(_middle(mark), *mark.before, 0) + 10, mark.y + 4, told, colour=_INK)
    x = 20 + (today.toordinal() - drawing.first) * drawing.per_day
    if 0 <= x <= WIDTH:
        paper.line([(x, _HEAD - 18), (x, drawing.height - 30)], colour=_ACCENT, width=1.4)
        paper.text(x + 4 if x + 44 <= WIDTH else x - 40, _HEAD - 8, "today", colour=_ACCENT, bold=True)
    _legend(drawing, paper)


def _axis(drawing: _Drawing, paper: Paper) -> None:
    """A line a year, with as many of their names as have room."""
    years = range(date.fromordinal(max(drawing.first, 1)).year, 9999)
    every = next(step for step in (1, 2, 5, 10, 25, 50, 100, 1000) if step * 365 * drawing.per_day >= 46)
    for year in years:
        x = 20 + (date(year, 1, 1).toordinal() - drawing.first) * drawing.per_day
        if x > WIDTH:
            return
        if x >= 0 and year % every == 0:
            paper.line([(x, 8), (x, drawing.height - 30)], colour=_RULE)
            paper.text(x + 4, 20, str(year), colour=_GRAY)


def _interval(mark: _Mark, paper: Paper) -> None:
    colour = _colour(mark.event.status)
    if mark.wide >= 3 * _RADIUS:
        paper.rect(mark.x, mark.y - 7, mark.wide, 14, fill=colour, opacity=0.18)
    if mark.before:
        stops = [*mark.before, _middle(mark)]
        paper.line([(x, mark.y) for x in stops], colour=colour, dashed=True)
        for x in mark.before:
            paper.polygon(_diamond(x, mark.y, 3.5), fill="#ffffff", colour=colour)


def _shape(mark: _Mark, paper: Paper) -> None:
    """The same shapes as on the page: colour is never the only difference."""
    draw_status(mark.event.status, paper, _middle(mark), mark.y)


def draw_status(status: str, paper: Paper, x: float, y: float) -> None:
    """The mark of a status."""
    r, colour = _RADIUS, _colour(status)
    match status:
        case Status.OCCURRED:
            paper.circle(x, y, r, fill=colour, colour=colour)
        case Status.ONGOING:
            paper.circle(x, y, r, fill="#ffffff", colour=colour)
            paper.half(x, y, r, fill=colour)
        case Status.SCHEDULED:
            paper.polygon(_diamond(x, y, r + 1), fill=colour, colour=colour)
        case Status.PROPOSED:
            paper.polygon(_diamond(x, y, r), fill="#ffffff", colour=colour)
        case Status.HYPOTHETICAL:
            paper.circle(x, y, r - 0.5, fill="#ffffff", colour=colour, dashed=True)
        case Status.DENIED:
            for sign in (1, -1):
                paper.line([(x - 4, y - 4 * sign), (x + 4, y + 4 * sign)], colour=colour, width=2)
        case Status.CANCELLED:
            paper.circle(x, y, r - 0.5, fill="#ffffff", colour=colour)
            paper.line([(x - 3.5, y + 3.5), (x + 3.5, y - 3.5)], colour=colour, width=1.6)
        case Status.OVERTAKEN:
            paper.polygon(_diamond(x, y, r), fill="#ffffff", colour=colour)
            paper.polygon([(x, y - r), (x - r, y), (x, y + r)], fill=colour, colour=colour)
        case _:
            paper.rect(x - 3.5, y - 3.5, 7, 7, fill=colour)


def _legend(drawing: _Drawing, paper: Paper) -> None:
    x = 20.0
    for status in Status:
        draw_status(status, paper, x, drawing.height - 14)
        paper.text(x + 10, drawing.height - 10, status.value, colour=_GRAY)
        x += 30 + len(status) * _LETTER + 12


def _middle(mark: _Mark) -> float:
    return mark.x + _RADIUS + 3 if mark.wide >= 3 * _RADIUS else mark.x + mark.wide / 2


def _diamond(x: float, y: float, r: float) -> list[Point]:
    return [(x, y - r), (x + r, y), (x, y + r), (x - r, y)]


def _colour(status: str) -> str:
    return _COLOURS.get(Status(status) if status in set(Status) else Status.HYPOTHETICAL, _GRAY)


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal()
