"""What changed between two days: added, moved, changed, gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from kb.queries import Change, Difference, EventView
from ui import days
from ui.panels.choice import choose_row
from ui.statuses import look
from ui.text import plain

_SIGNS = {Change.ADDED: "+", Change.MOVED: "→", Change.CHANGED: "≠", Change.GONE: "−", Change.RETOLD: "~"}


def show_changes(found: Sequence[Difference], *, page: str, since: str, on_choose: Callable[[str], None]) -> None:
    """Counts in a line, then one row a change, what was told last first."""
    counts = Counter(one.change for one in found)
    told = " · ".join(f"{counts[change]:,} {change.value}" for change in Change if counts[change])
    st.html(f'<h3 class="cg-head">Since {days.day(since)}: {told or "nothing changed"}</h3>')
    if found:
        rows = sorted(found, key=lambda one: (one.event.last_reported or "", one.event.first_day), reverse=True)
        choose_row(
            _table(rows),
            [one.event.id for one in rows],
            key=f"{page}:changes",
            on_choose=on_choose,
            alt="What changed between the two days, one event a row; select a row to open it.",
            rows=8,
            column_config={
                "Told": st.column_config.TextColumn(width=90, help="The day of the last article that tells of it."),
                "Change": st.column_config.TextColumn(width=90),
                "Event": st.column_config.TextColumn(width=300),
                "Before": st.column_config.TextColumn(width=165),
                "After": st.column_config.TextColumn(width=165),
            },
        )


def _table(found: Sequence[Difference]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Told": [days.day(one.event.last_reported) for one in found],
            "Change": [f"{_SIGNS[one.change]} {one.change.value.capitalize()}" for one in found],
            "Event": [plain(one.event.title) for one in found],
            "Before": [_state(one.before) for one in found],
            "After": [_state(one.after) for one in found],
        }
    )


def _state(event: EventView | None) -> str:
    if event is None:
        return "–"
    seen = look(event.status)
    return f"{seen.glyph} {seen.label}, {days.span(event.first_day, event.last_day, event.precision)}"
