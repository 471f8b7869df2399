"""The timeline as a picture: a canvas that draws events as the intervals they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import streamlit as st

from kb.queries import EventView
from ui import days
from ui.kinds import families, family
from ui.statuses import LOOKS
from ui.text import plain

_EPOCH = date(1970, 1, 1).toordinal()
_HINTS = {
    "near": "Drag to move · Ctrl + wheel, pinch or + − to zoom · ← → and Enter by keyboard",
    "far": "Bars count events: click one to look closer · drag to move · Ctrl + wheel, pinch or + − to zoom",
}


def timeline(
    events: tuple[EventView, ...],
    *,
    key: str,
    selected: str | None,
    on_choose: Callable[[str], None],
    today: date,
    known: date | None = None,
    lanes: bool = True,
) -> None:
    """Draw `events`; a mark that is clicked, or chosen by keyboard, is passed to `on_choose` by its id.

    `selected` is the event that is open; `known` draws the day up to which articles are taken into account; `lanes`
    groups the events by the family of their type.
    """
    chart, selection = _components()

    def chosen() -> None:
        event = st.session_state[key].get("chosen")
        if event:
            on_choose(event)

    with st.container(gap=None):
        selection(key=f"{key}:selection", data={"event": selected})
        chart(key=key, data=_data(events, today=today, known=known, lanes=lanes), on_chosen_change=chosen)


@cache
def _components() -> tuple[Any, Any]:
    home = files(__package__)
    parts = ("axis.js", "layout.js", "shapes.js", "paint.js", "input.js", "chart.js")
    chart = st.components.v2.component(
        "chronograph_timeline",
        html=(home / "timeline.html").read_text("utf-8"),
        css=(home / "timeline.css").read_text("utf-8"),
        js="\n".join((home / part).read_text("utf-8") for part in parts),
    )
    selection = st.components.v2.component(
        "chronograph_selection", js=(home / "selection.js").read_text("utf-8"), isolate_styles=False
    )
    return chart, selection


@lru_cache(maxsize=8)
def _data(events: tuple[EventView, ...], *, today: date, known: date | None, lanes: bool) -> dict[str, Any]:
    names = _lanes(events) if lanes else [""]
    rows = [_row(event, names.index(family(event.type)) if lanes else 0) for event in events]
    return {
        "revision": sha256(repr((rows, names, known)).encode("utf-8", "replace")).hexdigest()[:16],
        "today": _number(today),
        "known": _number(known) if known else None,
        "statuses": {status: {"label": look.label, "colour": look.colour} for status, look in LOOKS.items()},
        "lanes": names,
        "events": rows,
        "label": f"Timeline of {len(events)} events. The table below holds the same events.",
        "hints": _HINTS,
    }


def _row(event: EventView, lane: int) -> list[Any]:
    """What `chart.js` takes apart: id, first day, the day after the last, status, lane, title, days in words."""
    return [
        event.id,
        _number(date.fromisoformat(event.first_day)),
        _number(date.fromisoformat(event.last_day)) + 1,
        event.status,
        lane,
        plain(event.title, 160),
        days.span(event.first_day, event.last_day, event.precision),
    ]


def _lanes(events: tuple[EventView, ...]) -> list[str]:
    used = {family(event.type) for event in events}
    return [name for name in families() if name in used] or [""]


def _number(day: date) -> int:
    return day.toordinal() - _EPOCH
