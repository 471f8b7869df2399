"""Events as a picture and as a table that hold the same: choosing one in either opens it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import date

import streamlit as st

from kb import queries
from kb.queries import Lane, Marks
from ui import address, days
from ui.answers import ask
from ui.components.timeline import timeline
from ui.panels.choice import choose_row
from ui.tables import events_table
from ui.today import today

_PAGE = 60
"""Rows of the table at once: what goes to the browser when an event is opened stays small."""
_ORDERS = {"told": "Main ones first", "day": "By day"}
_COLUMNS = {
    "When": st.column_config.TextColumn(width=130),
    "Status": st.column_config.TextColumn(width=104),
    "Event": st.column_config.TextColumn(width=296),
    "Sources": st.column_config.NumberColumn(width=64, help="That tell of it; those that print one text count once."),
    "Type": st.column_config.TextColumn(width=126),
    "Actors": st.column_config.TextColumn(width=200),
    "First day": st.column_config.DateColumn(
        format="D MMM YYYY", width=95, help="Of the span under “When”: to sort by."
    ),
}


def show_events(
    events: Marks,
    *,
    page: str,
    selected: str | None,
    on_choose: Callable[[str], None],
    as_of: date | None = None,
    lanes: tuple[Lane, ...] | None = None,
    changed: frozenset[str] | None = None,
    window: tuple[str | None, str | None] = (None, None),
) -> None:
    """The chart and its table. `on_choose` gets the id of the event that a person opens.

    `as_of` is the day as of which the events were known; `window` are the first and the last day that were asked for.
    """
    timeline(
        events,
        key=f"{page}:chart",
        selected=selected,
        on_choose=on_choose,
        today=today(),
        known=as_of,
        lanes=lanes,
        changed=changed,
        window=window,
    )
    ids = _page_of(events, page=page, selected=selected)
    rows = tuple(ask(queries.event_rows, ids, as_of=as_of.isoformat() if as_of else None))
    choose_row(
        events_table(rows),
        [event.id for event in rows],
        key=f"{page}:rows",
        on_choose=on_choose,
        selected=selected,
        column_config=_COLUMNS,
        alt="The events of the timeline, one a row; select a row to open it.",
    )


def _page_of(events: Marks, *, page: str, selected: str | None) -> tuple[str, ...]:
    """The ids in the table: all of few, by day; of many a part, chosen below, that follows the event that is opened."""
    if len(events) <= _PAGE:
        return events.id
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        by_day = _order(page) == "day"
        ids = _by_day(events) if by_day else _by_weight(events)
        parts = -(-len(ids) // _PAGE)
        key = f"{page}:part:{by_day}"
        if not 1 <= st.session_state.get(key, 0) <= parts:
            st.session_state[key] = _today(events) // _PAGE + 1 if by_day else 1
        if selected in ids and st.session_state.get(f"{key}:for") != selected:
            st.session_state[key] = ids.index(selected) // _PAGE + 1
        st.session_state[f"{key}:for"] = selected
        part = st.number_input(f"Part of the table (1 to {parts:,})", 1, parts, key=key, width=180)
        start = (int(part) - 1) * _PAGE
        st.caption(_stretch(events, start) if by_day else _rows(events, start))
    return ids[start : start + _PAGE]


def _order(page: str) -> str:
    """In what order the rows are: in the address, so that it can be shared."""
    field = address.choice("order", list(_ORDERS), "told")
    name = f"{page}:order"
    address.sync(name, [field])
    return str(
        st.segmented_control(
            "Order", list(_ORDERS), key=address.key(name, field), format_func=_ORDERS.__getitem__, required=True,
            on_change=address.keep, args=(name, [field]),
        )
    )  # fmt: skip


def _by_day(events: Marks) -> tuple[str, ...]:
    """In order of time; what begins on one day by weight."""
    places = sorted(range(len(events)), key=lambda at: (events.first_day[at], -events.weight[at]))
    return tuple(events.id[at] for at in places)


def _by_weight(events: Marks) -> tuple[str, ...]:
    """What weighs most first; of what weighs the same, the later."""
    places = sorted(range(len(events)), key=lambda at: (-events.weight[at], -at))
    return tuple(events.id[at] for at in places)


def _today(events: Marks) -> int:
    """The place of the last event that began by today."""
    return max(bisect_right(events.first_day, today().isoformat()) - 1, 0)


def _rows(events: Marks, start: int) -> str:
    return f"Rows {start + 1:,} to {min(start + _PAGE, len(events)):,} of {len(events):,}"


def _stretch(events: Marks, start: int) -> str:
    last = min(start + _PAGE, len(events)) - 1
    return f"{_rows(events, start)}: {days.day(events.first_day[start])} to {days.day(events.first_day[last])}"
