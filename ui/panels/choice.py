"""A table whose rows open something."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import pandas as pd
import streamlit as st

from ui.text import as_html

_SHORT = 12
"""Rows that are in view where a page says nothing else."""
_MOST_ON_PAPER, _LONGEST_ON_PAPER = 60, 500
"""Rows, and characters of a cell, that are printed."""
_FOR_SORTING = ["First day"]
"""Columns that say again what another one says, in a form to sort by."""
_ROW, _EDGES = 33, 2
"""Pixels of a row, which the names of the columns are one of, and of what is around them."""


def tall(count: int, most: int = _SHORT) -> int | Literal["content"]:
    """How tall a table of `count` rows is: all of it up to `most` rows; a longer one scrolls, and cuts no row."""
    return "content" if count <= most else (most + 1) * _ROW + _EDGES


def more_words(left: int, most: int) -> str:
    """What a button says that shows `most` more of those that are left: 'Show 60 more of 4,612', 'Show 6 more'."""
    return f"Show {left:,} more" if left <= most else f"Show {most:,} more of {left:,}"


def choose_row(
    table: pd.DataFrame,
    ids: Sequence[str],
    *,
    key: str,
    on_choose: Callable[[str], None],
    alt: str,
    selected: str | None = None,
    column_config: dict[str, Any] | None = None,
    rows: int = _SHORT,
) -> None:
    """Draw `table`; selecting a row, or Enter on it, passes its id to `on_choose`.

    `alt` says what it holds to who cannot see it, `rows` how many of a long one are in view at once.

    The row of `selected` is the marked one. A browser takes a marked row from us only for a new table, so what was
    opened elsewhere (a mark of the chart, Back) makes a new one; what was opened here does not.
    """
    widget = f"rows:{key}:{_turn(key, selected)}:{hash(tuple(ids))}"

    def picked() -> None:
        picks = st.session_state[widget]["selection"]["rows"]
        if picks:
            st.session_state[f"{key}:shown"] = ids[picks[0]]
            on_choose(ids[picks[0]])
        else:  # Enter on the row that is open takes its mark away: what is open stays so, and a new table marks it
            st.session_state[f"{key}:shown"] = None

    st.dataframe(
        table,
        key=widget,
        hide_index=True,
        height=tall(len(ids), rows),
        on_select=picked,
        selection_mode="single-row",
        selection_default={"selection": {"rows": [at for at, id_ in enumerate(ids) if id_ == selected]}},
        column_config=column_config,
        placeholder="",
        alt=alt,
    )
    st.html(_on_paper(table))


def _on_paper(table: pd.DataFrame) -> str:
    """The first rows of a table with every word of them, for who prints the page: a table on the screen is a picture,
    which cuts what is wide and shows what is in view.
    """
    columns = {name: table[name].tolist()[:_MOST_ON_PAPER] for name in table.columns if name not in _FOR_SORTING}
    names = "".join(f"<th>{as_html(name)}</th>" for name in columns)
    rows = ("".join(f"<td>{_written(cell)}</td>" for cell in row) for row in zip(*columns.values(), strict=True))
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    left = len(table) - _MOST_ON_PAPER
    more = f"<caption>and {left:,} more</caption>" if left > 0 else ""
    head = f"{more}<thead><tr>{names}</tr></thead>"
    return f'<table class="cg-paper" aria-hidden="true">{head}<tbody>{body}</tbody></table>'


def _written(cell: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    return "" if pd.isna(cell) else as_html(str(cell), _LONGEST_ON_PAPER)


def _turn(key: str, selected: str | None) -> int:
    """A number that goes up when something other than this table changed what is open."""
    turn: int = st.session_state.get(f"{key}:turn", 0)
    if st.session_state.get(f"{key}:shown") != selected:
        turn += 1
    st.session_state[f"{key}:turn"], st.session_state[f"{key}:shown"] = turn, selected
    return turn
