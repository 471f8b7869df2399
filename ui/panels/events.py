"""Events as a picture and as a table that hold the same: choosing one in either opens it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import date

import streamlit as st

from kb import queries
from kb.queries import Lane, Marks
from ui import days
from ui.answers import ask
from ui.components.timeline import timeline
from ui.panels.choice import choose_row
from ui.tables import events_table
from ui.today import today

_PAGE = 60
"""Rows of the table at once: what goes to the browser when an event is opened stays small."""
_COLUMNS = {
    "When": st.column_config.TextColumn(width=130),
    "Status": st.column_config.TextColumn(width=110),
    "Event": st.column_config.TextColumn(width=340),
    "Type": st.column_config.TextColumn(width=130),
    "Actors": st.column_config.TextColumn(width=200),
    "Sources": st.column_config.NumberColumn(width=70),
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
) -> None:
    """The chart and its table. `on_choose` gets the id of the event that a person opens.

    `as_of` is the day as of which the events were known.
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
    """The ids in the table: all of few; of many a part, chosen below, that follows the event that is opened."""
    if len(events) <= _PAGE:
        return events.id
    parts = -(-len(events) // _PAGE)
    key = f"{page}:part"
    if not 1 <= st.session_state.get(key, 0) <= parts:
        st.session_state[key] = _today(events) // _PAGE + 1
    if selected in events.id and st.session_state.get(f"{key}:for") != selected:
        st.session_state[key] = events.id.index(selected) // _PAGE + 1
    st.session_state[f"{key}:for"] = selected
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        part = st.number_input(f"Part of the table (1 to {parts:,})", 1, parts, key=key, width=180)
        start = (int(part) - 1) * _PAGE
        st.caption(_stretch(events, start))
    return events.id[start : start + _PAGE]


def _today(events: Marks) -> int:
    """The place of the last event that began by today."""
    return max(bisect_right(events.first_day, today().isoformat()) - 1, 0)


def _stretch(events: Marks, start: int) -> str:
    last = min(start + _PAGE, len(events)) - 1
    span = f"{days.day(events.first_day[start])} to {days.day(events.first_day[last])}"
    return f"Rows {start + 1:,} to {last + 1:,} of {len(events):,}: {span}"
