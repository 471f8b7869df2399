"""Events as a picture and as a table, side by side in what they hold: choosing one in either opens it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import streamlit as st

from kb.queries import EventView
from ui.components.timeline import timeline
from ui.panels.choice import choose_row
from ui.tables import as_csv, events_table

_COLUMNS = {
    "When": st.column_config.TextColumn(width=130),
    "Status": st.column_config.TextColumn(width=110),
    "Event": st.column_config.TextColumn(width=340),
    "Type": st.column_config.TextColumn(width=130),
    "Actors": st.column_config.TextColumn(width=200),
    "Sources": st.column_config.NumberColumn(width=70),
    "First day": st.column_config.DateColumn(format="YYYY-MM-DD", width=95),
}


def show_events(
    events: tuple[EventView, ...],
    *,
    page: str,
    selected: str | None,
    on_choose: Callable[[str], None],
    known: date | None = None,
    lanes: bool = True,
) -> None:
    """The chart, its table and the download. `on_choose` gets the id of the event that a person opens."""

    timeline(
        events,
        key=f"{page}:chart",
        selected=selected,
        on_choose=on_choose,
        today=datetime.now(UTC).date(),
        known=known,
        lanes=lanes,
    )
    _table(events, page=page, selected=selected, on_choose=on_choose)


def _table(events: tuple[EventView, ...], *, page: str, selected: str | None, on_choose: Callable[[str], None]) -> None:
    table = events_table(events)
    choose_row(
        table,
        [event.id for event in events],
        key=f"{page}:rows",
        on_choose=on_choose,
        selected=selected,
        column_config=_COLUMNS,
        alt="The events of the timeline, one a row; select a row to open it.",
    )
    st.download_button(
        "Download as CSV", lambda: as_csv(table), file_name="events.csv", mime="text/csv", on_click="ignore"
    )
