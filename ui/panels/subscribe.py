"""The deadlines as a calendar: a file to import, and the address of one that stays up to date."""

from __future__ import annotations

import os

import streamlit as st

from kb.exports import FORMATS, Kind
from kb.queries import EventFilter
from ui.answers import open_store
from ui.feed import ADDRESS, DEADLINE_TYPES, deadline_calendar
from ui.today import today


def show_calendar() -> None:
    """A button that opens both ways to take the deadlines along."""
    made = FORMATS[Kind.ICS]
    with st.popover("Calendar", help="The deadlines in your own calendar program."):
        address = os.environ.get(ADDRESS)
        if address:
            st.markdown("**Subscribe** to this address: a deadline that moves then moves in your calendar.")
            st.code(address, language=None)
        else:
            st.markdown("`chronograph calendar` serves a feed that your calendar program can subscribe to.")
        st.markdown("Or **import a file**. Import it again later: a deadline that moved keeps its id.")
        st.download_button("Download deadlines.ics", _file, "deadlines.ics", made.mime, on_click="ignore")


def _file() -> bytes:
    return deadline_calendar(open_store(), EventFilter(types=DEADLINE_TYPES), today=today())
