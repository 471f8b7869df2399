"""What the browser calls the page, in its tabs, its history and its bookmarks."""

from __future__ import annotations

import streamlit as st

from ui.text import plain

_LONGEST = 80


def name_tab(what: str | None) -> None:
    """Call the page after what it shows: of six that are open, each is found again."""
    st.set_page_config(page_title=f"{plain(what, _LONGEST)} · Chronograph")
