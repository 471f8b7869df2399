"""Streamlit's entry point: the pages, and one place for what goes wrong on any of them."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

from kb.errors import ChronographError
from ui import access, answers
from ui.components.page import listen
from ui.panels import door, notice
from ui.tab import name_tab

_HOME = Path(__file__).parent
_TALL = 320
"""Pixels of what stands below the parts that are drawn, where the others take long."""


def main() -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_title="Chronograph", page_icon="🕰️", layout="wide")
    st.logo(str(_HOME / "logo.svg"), size="medium")
    st.html(_HOME / "desk.css")
    page = st.navigation(
        [
            st.Page("app_pages/timeline.py", title="Timeline", default=True),
            st.Page("app_pages/deadlines.py", title="Deadlines"),
            st.Page("app_pages/entities.py", title="Entities"),
            st.Page("app_pages/articles.py", title="Articles"),
            st.Page("app_pages/review.py", title="Review"),
            st.Page("app_pages/query.py", title="Query"),
            st.Page("app_pages/data.py", title="Data"),
        ],
        position="top" if access.may(access.Role.VIEWER) else "hidden",
    )
    name_tab(page.title)
    if not door.open_to():
        return
    answers.begin()
    body = st.container()
    try:
        with st.skeleton(height=_TALL), body:
            page.run()
    except ChronographError as err:
        notice.problem(err)
    except Exception:  # the last resort: nobody who reads the news is shown a stack trace
        logging.getLogger(__name__).exception("A page could not be drawn")
        notice.mistake()
    else:
        notice.behind()
        answers.end()
    listen()
    door.show_who()


if __name__ == "__main__":
    main()
