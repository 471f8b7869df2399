"""What changed between two days: added, moved, changed, gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from kb.exports.tables import changes_as_csv
from kb.queries import Change, Difference, EventView, weight_of_view
from ui import days
from ui.panels.choice import choose_row
from ui.statuses import look
from ui.text import plain

_FIRST = (Change.MOVED, Change.CHANGED, Change.GONE, Change.ADDED, Change.RETOLD)
"""In which order they are told: what was reported before and is told otherwise now is news to who has reported it."""
_NOTHING = "–"
_SIGNS = {Change.ADDED: "+", Change.MOVED: "→", Change.CHANGED: "≠", Change.GONE: "−", Change.RETOLD: "~"}


def show_changes(found: Sequence[Difference], *, page: str, since: str, on_choose: Callable[[str], None]) -> None:
    """Counts in a line, then one row a change: what is told otherwise before what is new, and of each what weighs most
    first.
    """
    counts = Counter(one.change for one in found)
    kinds = [change for change in _FIRST if counts[change]]
    told = " · ".join(f"{counts[change]:,} {change.value}" for change in kinds)
    heading = f'<h3 class="cg-head">Since {days.day(since)}: {told or "nothing changed"}</h3>'
    if not found:
        st.html(heading)
        return
    line = st.container(horizontal=True, gap="small", vertical_alignment="center")
    line.html(heading, width="content")
    wanted = (_chosen(kinds, page) if len(kinds) > 1 else []) or kinds
    shown = [one for one in found if one.change in wanted]
    rows = sorted(shown, key=lambda one: (_FIRST.index(one.change), -weight_of_view(one.event), one.event.first_day))
    name = f"changes-since-{since}.csv"
    line.download_button(
        ":blue[Download as CSV]", partial(changes_as_csv, rows), name, "text/csv", key=f"{page}:changes:download",
        on_click="ignore", type="tertiary",
    )  # fmt: skip
    choose_row(
        _table(rows),
        [one.event.id for one in rows],
        key=f"{page}:changes",
        on_choose=on_choose,
        alt="What changed between the two days, one event a row; select a row to open it.",
        rows=8,
        column_config={
            "Change": st.column_config.TextColumn(width=90),
            "Event": st.column_config.TextColumn(width=270),
            "Before": st.column_config.TextColumn(width=165),
            "After": st.column_config.TextColumn(width=165),
            "Sources": st.column_config.NumberColumn(width=62),
            "Reported": st.column_config.TextColumn(width=90, help="The day of the last article that tells of it."),
        },
    )


def _chosen(kinds: Sequence[Change], page: str) -> list[Change]:
    return st.pills(
        "Only what", kinds, selection_mode="multi", key=f"{page}:changes:kinds", label_visibility="collapsed",
        format_func=lambda change: f"{_SIGNS[change]} {change.value.capitalize()}",
    )  # fmt: skip


def _table(found: Sequence[Difference]) -> pd.DataFrame:
    """What it was and what it is now stand beside the event, where any was or is, and in view on a narrow screen."""
    told: dict[str, list[Any]] = {
        "Change": [f"{_SIGNS[one.change]} {one.change.value.capitalize()}" for one in found],
        "Event": [plain(one.event.title) for one in found],
        "Before": [_state(one.before) for one in found],
        "After": [_state(one.after) for one in found],
        "Sources": [one.event.sources for one in found],
        "Reported": [days.day(one.event.last_reported) for one in found],
    }
    empty = [name for name in ("Before", "After") if set(told[name]) == {_NOTHING}]
    return pd.DataFrame({name: values for name, values in told.items() if name not in empty})


def _state(event: EventView | None) -> str:
    if event is None:
        return _NOTHING
    seen = look(event.status)
    return f"{seen.glyph} {seen.label}, {days.span(event.first_day, event.last_day, event.precision)}"
