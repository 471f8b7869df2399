"""Calendars to subscribe to: what a page shows, or its deadlines alone; and how to be told of an entity's deadlines."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode, urljoin

import streamlit as st

from kb.exports import FORMATS, Kind
from kb.queries import LEDGERED, EventFilter, details
from ui.answers import open_store
from ui.feed import ADDRESS, DEADLINES, EVENTS, FILTERS, deadline_calendar
from ui.today import today


def show_calendar(asked: Mapping[str, list[str]], wanted: EventFilter, *, due: Sequence[str]) -> None:
    """A button that opens the ways to take along what is due, and the deadlines that pass the filters.

    `asked` are the parameters of the page's own address, `wanted` the same as a filter, `due` the ids of the events
    that the page lists as due.
    """
    made = FORMATS[Kind.ICS]
    with st.popover(
        "Calendar", help="What is due, or all deadlines that pass the filters, in your own calendar program."
    ):
        address = os.environ.get(ADDRESS)
        if address:
            st.markdown("**Subscribe** to this address: a deadline that moves then moves in your calendar.")
            st.code(_feed(address, DEADLINES, asked), language=None)
        else:
            st.markdown("`chronograph calendar` serves a feed that your calendar program can subscribe to.")
        st.markdown("Or **import a file**. Import it again later: a deadline that moved keeps its id.")
        listed = EventFilter(events=frozenset(due), as_of=wanted.as_of)
        st.download_button(
            f"What is due ({len(due):,})", partial(_listed, listed), "due.ics", made.mime, on_click="ignore",
            disabled=not due, type="tertiary",
        )  # fmt: skip
        st.download_button(
            "All deadlines, those behind us too", partial(_file, wanted), "deadlines.ics", made.mime,
            on_click="ignore", type="tertiary",
        )  # fmt: skip


def show_follow(asked: Mapping[str, list[str]], *, name: str | None = None) -> None:
    """A button with the address of a calendar of what a page shows, by the parameters of its own address.

    `name` is the entity that the page shows, if it does: then with how to be told of its deadlines.
    """
    with st.popover("Follow", help="What is new of this, and what moves, in your own calendar program."):
        address = os.environ.get(ADDRESS)
        if address:
            st.markdown(
                "**Subscribe** to this address in a calendar program: what is new or moved is there soon after."
            )
            for label, path in (("Deadlines only", DEADLINES), ("All events", EVENTS)):
                st.caption(label)
                st.code(_feed(address, path, asked), language=None)
        else:
            st.markdown("`chronograph calendar` serves a feed that your calendar program can subscribe to.")
        if name:
            st.markdown(
                "Or be **told by chat or e-mail** of its deadlines: write into `alerts.yml`, beside the data folder"
            )
            st.code(f"watch:\n  - entity: {json.dumps(name, ensure_ascii=False)}", language=None)


def _feed(address: str, path: str, asked: Mapping[str, list[str]]) -> str:
    """Where the feed has what is asked for."""
    told = {key: values for key, values in asked.items() if key in FILTERS}
    return f"{urljoin(address, path)}{'?' if told else ''}{urlencode(told, doseq=True)}"


def _listed(wanted: EventFilter) -> bytes:
    day = today()
    return FORMATS[Kind.ICS].write(details(open_store(), wanted, today=wanted.as_of or day.isoformat()), day)


def _file(wanted: EventFilter) -> bytes:
    return deadline_calendar(open_store(), replace(wanted, types=LEDGERED), today=today())
