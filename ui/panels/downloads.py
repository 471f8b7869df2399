"""What is on the screen as a file: the same formats as `chronograph export`, and the filters of the page."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kb import queries
from kb.exports import FORMATS, Kind
from kb.queries import EventFilter
from ui.answers import open_store
from ui.today import today


def show_downloads(wanted: EventFilter, *, key: str) -> None:
    """A button that opens the formats; a file is made when it is asked for."""
    with st.popover("Download", help="The events that pass the filters, as a file."):
        for made in FORMATS.values():
            st.download_button(
                made.label,
                partial(_file, made.kind, wanted),
                file_name=made.file_name,
                mime=made.mime,
                key=f"{key}:download:{made.kind}",
                on_click="ignore",
                type="tertiary",
            )


def _file(kind: Kind, wanted: EventFilter) -> bytes:
    day = today()
    events = queries.details(open_store(), wanted, today=wanted.as_of or day.isoformat())
    return FORMATS[kind].write(events, day)
