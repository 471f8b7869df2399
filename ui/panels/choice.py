"""A table whose rows open something."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

_SHORT = 12
"""Rows up to which a table is as tall as it needs; a longer one scrolls."""


def choose_row(
    table: pd.DataFrame,
    ids: Sequence[str],
    *,
    key: str,
    on_choose: Callable[[str], None],
    alt: str,
    selected: str | None = None,
    column_config: dict[str, Any] | None = None,
    height: int = 420,
) -> None:
    """Draw `table`; selecting a row passes its id to `on_choose`. `alt` says what it holds to who cannot see it.

    The row of `selected` is the marked one. A browser takes a marked row from us only for a new table, so what was
    opened elsewhere (a mark of the chart, Back) makes a new one; what was opened here does not.
    """
    widget = f"{key}:{_turn(key, selected)}:{hash(tuple(ids))}"

    def picked() -> None:
        rows = st.session_state[widget]["selection"]["rows"]
        if rows:
            st.session_state[f"{key}:shown"] = ids[rows[0]]
            on_choose(ids[rows[0]])

    st.dataframe(
        table,
        key=widget,
        hide_index=True,
        height="content" if len(ids) <= _SHORT else height,
        on_select=picked,
        selection_mode="single-row",
        selection_default={"selection": {"rows": [at for at, id_ in enumerate(ids) if id_ == selected]}},
        column_config=column_config,
        alt=alt,
    )


def _turn(key: str, selected: str | None) -> int:
    """A number that goes up when something other than this table changed what is open."""
    turn: int = st.session_state.get(f"{key}:turn", 0)
    if st.session_state.get(f"{key}:shown") != selected:
        turn += 1
    st.session_state[f"{key}:turn"], st.session_state[f"{key}:shown"] = turn, selected
    return turn
