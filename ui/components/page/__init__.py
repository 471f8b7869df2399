"""What a page as a whole listens to: buttons that copy a quote or the address, and Enter on a row of a table."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

import streamlit as st


def copy_html(label: str, text: str | None = None) -> str:
    """A button for `st.html` that puts `text` on the clipboard, or without one the address of the page."""
    held = "" if text is None else f' data-copy="{escape(text)}"'
    return f'<button type="button" class="cg-copy"{held}>{escape(label)}</button>'


def listen() -> None:
    """Make the buttons of this page copy and Enter open the rows of its tables; once a page."""
    _component()(key="page")


@cache
def _component() -> Any:  # noqa: ANN401 - as Streamlit makes it
    return st.components.v2.component(
        "chronograph_page",
        html='<span class="told cg-unseen" role="status"></span>',
        js=(files(__package__) / "page.js").read_text("utf-8"),
        isolate_styles=False,
    )
