"""Where the filters leave no event: which of them to take away, and how many events there are then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import streamlit as st

from kb import queries
from kb.queries import EventFilter
from ui import address, days
from ui.answers import ask
from ui.text import as_label

_FILTERS = {
    "text": ("q", "the words"),
    "entity": ("entity", "the entity"),
    "types": ("type", "the type"),
    "statuses": ("status", "the status"),
    "first": ("from", "the day “From”"),
    "last": ("to", "the day “To”"),
    "events": ("story", "the story"),
    "as_of": ("known", "the day as known on"),
}
"""By field of the filter: its name in the address, and in words."""


def show_ways_out(wanted: EventFilter) -> None:
    """One button for each filter that alone is in the way; a click takes it out of the address."""
    st.info(_nothing(wanted))
    show_texts(wanted)
    ways = list(_ways(wanted))
    if not ways:
        st.caption("There are none without any one of them either. “Clear” takes all of them away.")
        return
    with st.container(horizontal=True, gap="small", key="ways-out"):
        for name, words, count in ways:
            st.button(
                f"Without {words}: {count:,} event{'s' * (count != 1)}",
                key=f"without:{name}",
                on_click=address.choose,
                args=(name, None),
            )


def show_texts(wanted: EventFilter) -> None:
    """The way to the articles whose texts have the words: what tells of no event is found there alone."""
    if wanted.text:
        label = f":blue[Search the texts of articles for {as_label(wanted.text, 60)}] →"
        there = address.along(**{"q": wanted.text, "in": "texts"})
        st.page_link("app_pages/articles.py", label=label, query_params=there)


def _nothing(wanted: EventFilter) -> str:
    first, _ = ask(queries.published_days)
    if wanted.as_of and first and wanted.as_of < first:
        return f"Nothing was known on {days.day(wanted.as_of)}: the first article is of {days.day(first)}."
    return "No events match all of these filters."


def _ways(wanted: EventFilter) -> Iterator[tuple[str, str, int]]:
    """Name in the address, words and number of events, for each filter without which there are events."""
    for field in fields(EventFilter):
        if field.name in _FILTERS and getattr(wanted, field.name) not in (None, "", ()):
            without: dict[str, Any] = {field.name: field.default}
            count = ask(queries.count_events, replace(wanted, **without))
            if count:
                yield (*_FILTERS[field.name], count)
