"""The way from one entity to another, with the events on it."""

from __future__ import annotations

import streamlit as st

from kb import queries
from kb.queries import EventView
from ui import address, days
from ui.answers import ask
from ui.panels.pick import pick_entity
from ui.text import as_label

_PICKED = "path:picked"
_MOST = 5
"""Events that are named for one step."""


def show_path(entity: str, *, as_of: str | None = None) -> None:
    """Choose another entity; the choice lives in the address. `as_of` is the day up to which events count."""
    picked = pick_entity("Path to", key=f"path:{entity}", without=entity, as_of=as_of)
    memory = f"{_PICKED}:{entity}"
    before, st.session_state[memory] = st.session_state.get(memory), picked.id if picked else None
    if picked and picked.id != before:
        address.choose("to_entity", picked.id)
    chosen = address.chosen("to_entity")
    if not chosen:
        return
    found = ask(queries.path, entity, chosen, as_of=as_of)
    if found is None:
        st.info("No chain of events that they act in leads from one to the other.")
        return
    for step, actor in enumerate(found.entities):
        there = address.along(entity=actor.id)
        st.page_link("app_pages/entities.py", label=f":blue[{as_label(actor.name, 60)}]", query_params=there)
        if step < len(found.events):
            _step(found.events[step])


def _step(events: tuple[EventView, ...]) -> None:
    """The weightiest of them, in order of time."""
    weightiest = sorted(events, key=lambda event: -queries.weight_of_view(event))[:_MOST]
    for event in sorted(weightiest, key=lambda event: (event.first_day, event.last_day, event.id)):
        when = days.span(event.first_day, event.last_day, event.precision)
        st.page_link(
            "app_pages/timeline.py", label=f":gray[↓ {when}] {as_label(event.title, 90)}",
            query_params=address.along(event=event.id),
        )  # fmt: skip
    if len(events) > _MOST:
        st.caption(f"and {len(events) - _MOST} more")
