"""Choosing an entity or an event among however many there are: words first, then those that match them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

import streamlit as st

from kb import queries
from kb.queries import EntityView, EventFilter, EventView
from ui import days
from ui.answers import ask
from ui.text import plain

T = TypeVar("T")

_MOST = 30
_NEAR = timedelta(days=7)
"""How far from an event others are offered before any word is given."""


def pick_entity(label: str, *, key: str, without: str, as_of: str | None = None) -> EntityView | None:
    """The entity that is chosen, or None; `without` is not offered, nor is who nobody had named by the day `as_of`.

    Those in most events are offered before any word is given.
    """

    def find(words: str) -> dict[str, EntityView]:
        if words or as_of is None:
            found = ask(queries.find_entities, words, limit=_MOST + 1, as_of=as_of)
        else:
            found = ask(queries.acting_entities, limit=_MOST + 1, as_of=as_of)
        return {one.id: one for one in found if one.id != without}

    return _pick(
        label, find, key=key, placeholder="part of its name", first="those in most events",
        line=lambda one: " · ".join(
            [one.name, *(one.roles[:1] or [one.kind]), f"{one.articles} article{'s' * (one.articles != 1)}"]
        ),
    )  # fmt: skip


def pick_event(label: str, *, key: str, beside: EventView, as_of: str | None = None) -> EventView | None:
    """The event that is chosen, or None; `beside` is not offered, and before any word is given those near it are.

    Those nearest to it in time come first. With `as_of`, as they were known on that day.
    """

    def find(words: str) -> dict[str, EventView]:
        wanted = EventFilter(text=words) if words else _around(beside)
        found = ask(queries.marks, replace(wanted, as_of=as_of))
        near = sorted(range(len(found)), key=lambda at: (_apart(found.first_day[at], beside), -found.weight[at]))
        ids = tuple(found.id[at] for at in near[: _MOST + 1])
        return {one.id: one for one in ask(queries.event_rows, ids, as_of=as_of) if one.id != beside.id}

    return _pick(
        label, find, key=key, placeholder="words of it", first="those of these days",
        line=lambda one: f"{days.span(one.first_day, one.last_day, one.precision)} · {one.title}",
    )  # fmt: skip


def _pick(
    label: str,
    find: Callable[[str], Mapping[str, T]],
    *,
    key: str,
    placeholder: str,
    first: str,
    line: Callable[[T], str],
) -> T | None:
    """One of those that `find` finds by words, by id; `first` says which ones it finds by none."""
    with st.container(gap="xsmall", key=f"{key}:pick"):
        text = st.text_input(label, key=f"{key}:words", placeholder=placeholder, type="search")
        found = find(text.strip())
        chosen = st.selectbox(
            f"{label}: which one", list(found)[:_MOST], key=f"{key}:one", index=None, width="stretch",
            placeholder=f"{len(found)} found" if text.strip() else first,
            format_func=lambda id_: plain(line(found[id_]), 90) if id_ in found else "", filter_mode="contains",
            label_visibility="collapsed",
        )  # fmt: skip
    return found.get(chosen) if chosen else None


def _apart(first: str, event: EventView) -> int:
    """Days from a day to the first of an event."""
    return abs(date.fromisoformat(first).toordinal() - date.fromisoformat(event.first_day).toordinal())


def _around(event: EventView) -> EventFilter:
    first, last = (date.fromisoformat(day) for day in (event.first_day, event.last_day))
    return EventFilter(
        first=(max(first, date.min + _NEAR) - _NEAR).isoformat(), last=(min(last, date.max - _NEAR) + _NEAR).isoformat()
    )
