"""The timeline as a picture: a canvas that draws events as the intervals they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import streamlit as st

from kb.counted import counted
from kb.queries import Lane, Marks
from ui import days
from ui.kinds import families, family
from ui.statuses import LOOKS, look
from ui.text import plain

_EPOCH = date(1970, 1, 1).toordinal()
_HINTS = {
    "near": "Drag to move · Ctrl + wheel, pinch or + − to zoom · ← → and Enter by keyboard",
    "far": "Named is what weighs most; bars count the rest: click one to look closer · drag to move · Ctrl + wheel, "
    "pinch or + − to zoom",
}
_PARTS = (
    "events.js",
    "axis.js",
    "layout.js",
    "shapes.js",
    "paint.js",
    "boxes.js",
    "minimap.js",
    "input.js",
    "chart.js",
)


def timeline(
    events: Marks,
    *,
    key: str,
    selected: str | None,
    on_choose: Callable[[str], None],
    today: date,
    known: date | None = None,
    lanes: tuple[Lane, ...] | None = None,
    changed: frozenset[str] | None = None,
    window: tuple[str | None, str | None] = (None, None),
) -> None:
    """Draw `events`; a mark that is clicked, or chosen by keyboard, is passed to `on_choose` by its id.

    `selected` is the event that is open; `known` draws the day up to which articles are taken into account; `lanes`
    group the events: by the family of their type if None, not at all if empty. Of two
    days that are compared, `changed` are the events that stand out. With a `window`, from one day to another or with
    one end open, the picture opens on that.
    """
    chart, selection = _components()

    def chosen() -> None:
        event = st.session_state[key].get("chosen")
        if event:
            on_choose(event)

    data = _data(events, today=today, known=known, lanes=lanes, changed=changed, window=window)
    with st.container(gap=None):
        selection(key=f"{key}:selection", data={"event": selected})
        chart(key=key, data=data, on_chosen_change=chosen)


@cache
def _components() -> tuple[Any, Any]:
    home = files(__package__)
    chart = st.components.v2.component(
        "chronograph_timeline",
        html=(home / "timeline.html").read_text("utf-8"),
        css=(home / "timeline.css").read_text("utf-8"),
        js="\n".join((home / part).read_text("utf-8") for part in _PARTS),
    )
    selection = st.components.v2.component(
        "chronograph_selection", js=(home / "selection.js").read_text("utf-8"), isolate_styles=False
    )
    return chart, selection


@lru_cache(maxsize=8)
def _data(
    events: Marks,
    *,
    today: date,
    known: date | None,
    lanes: tuple[Lane, ...] | None,
    changed: frozenset[str] | None,
    window: tuple[str | None, str | None],
) -> dict[str, Any]:
    """What `events.js` unpacks: a column is a list of numbers, or texts in lines."""
    names, lane_of = _by_family(events) if lanes is None else _by_lane(events, lanes)
    statuses = list(dict.fromkeys((*LOOKS, *events.status)))
    spans, span_of = _coded(list(map(days.span, events.first_day, events.last_day, events.precision)))
    return {
        "revision": f"{events.revision}:{hash((names, lane_of, known, changed))}",
        "today": _number(today.isoformat()),
        "known": _number(known.isoformat()) if known else None,
        "asked": [_number(day) if day else None for day in window],
        "statuses": [{"name": name, "label": look(name).label, "colour": look(name).colour} for name in statuses],
        "lanes": names,
        "spans": spans,
        "columns": {
            "first": list(map(_number, events.first_day)),
            "end": [_number(day) + 1 for day in events.last_day],
            "status": [statuses.index(status) for status in events.status],
            "lane": lane_of,
            "span": span_of,
            "weight": events.weight,
            "faded": [int(changed is not None and event not in changed) for event in events.id],
            "ids": "\n".join(events.id),
            "titles": "\n".join(plain(title, 160) for title in events.title),
        },
        "ghosts": _ghosts(events),
        "label": f"Timeline of {counted(len(events), 'event')}. The table below holds the same events.",
        "hints": _HINTS,
    }


def _by_family(events: Marks) -> tuple[tuple[str, ...], tuple[int, ...]]:
    used = set(map(family, events.type))
    names = tuple(name for name in families() if name in used) or ("",)
    return names, tuple(names.index(family(type_)) for type_ in events.type)


def _by_lane(events: Marks, lanes: tuple[Lane, ...]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Each event in the first lane that has it; the rest in one of their own, the last."""
    place = {event: at for at, lane in reversed(list(enumerate(lanes))) for event in lane.events}
    places = [place.get(event, len(lanes)) for event in events.id]
    used = sorted(set(places))
    names = [*(plain(lane.name, 80) for lane in lanes), "Others" if len(used) > 1 else ""]
    return tuple(names[at] for at in used) or ("",), tuple(used.index(at) for at in places)


def _ghosts(events: Marks) -> list[list[Any]]:
    place = {event: at for at, event in enumerate(events.id)}
    return [
        [place[event], [[_number(first), _number(last) + 1] for first, last in before]]
        for event, before in events.slips
        if event in place
    ]


def _coded(values: Sequence[str]) -> tuple[list[str], list[int]]:
    """Distinct values, and for each value its place among them."""
    place: dict[str, int] = {}
    codes = [place.setdefault(value, len(place)) for value in values]
    return list(place), codes


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal() - _EPOCH
