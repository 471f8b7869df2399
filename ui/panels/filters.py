"""The filters of the timeline: which events, in which lanes, known on which day. All of them live in the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import streamlit as st

from kb import queries
from kb.queries import EventFilter, Lane, LaneBy
from ui import address, days
from ui.address import Field
from ui.answers import ask
from ui.kinds import type_label
from ui.panels.who import choose_entity, entity_field
from ui.statuses import LOOKS, look
from ui.text import as_label

if TYPE_CHECKING:
    from kb.store import Graph

YEARS: dict[str, Any] = {"min_value": date(1, 1, 1), "max_value": date(9998, 12, 31), "format": "YYYY-MM-DD"}
_LANES = {"type": "by type", "actor": "by actor", "source": "by source", "story": "by story", "none": "none"}
_MOST_STORIES = 8
STORY = "story"
"""Parameter of the address: an event, to show what is of its story and nothing else."""
_MAIN = ("25", "50", "100", "250")
"""Of how many events to show the weightiest alone."""
_NARROW, _NARROWER = 148, 108
_DAY, _LANE = 165, 130
"""Pixels of a filter: all of them stand in one row of a screen of 1280, so that the picture begins higher, and
what was chosen can be read beside the cross that takes it away."""
_STEPS = {"a week": 7, "a month": 30, "a year": 365}


_Days = tuple[date, date]
"""The first and the last of some days."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked to see."""

    wanted: EventFilter
    since: str | None
    """The day to compare with, or None."""
    lanes: str


def ask_filters(page: str) -> tuple[Asked, list[str]]:
    """Draw the filters. Returns what is asked for, and complaints about what of the address could not be read."""
    bar = _Bar(page)
    complaints = address.sync(page, bar.fields)
    return bar.draw(), complaints


def lanes_of(asked: Asked) -> tuple[Lane, ...] | None:
    """The lanes as the timeline takes them: None stands for the families of types."""
    if asked.lanes in set(LaneBy) - {LaneBy.TYPE}:
        found: tuple[Lane, ...] = ask(
            queries.lanes, LaneBy(asked.lanes), entity=asked.wanted.entity, as_of=asked.wanted.as_of
        )
        return found
    if asked.lanes == "story":
        wanted = asked.wanted
        told = ask(queries.stories, entity=wanted.entity, first=wanted.first, last=wanted.last, as_of=wanted.as_of)
        found_stories = sorted(told, key=lambda story: -len(story.events))
        return tuple(
            Lane(story.title, frozenset(event.id for event in story.events)) for story in found_stories[:_MOST_STORIES]
        )
    return () if asked.lanes == "none" else None


class _Bar:
    """The widgets, bound to the address."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.text = address.text("q")
        self.entity = entity_field()
        self.type = address.some_of("type", [type_ for type_, _ in ask(queries.event_types)])
        self.status = address.some_of("status", list(LOOKS))
        self.first, self.last = address.day("from"), address.day("to")
        self.known, self.since = address.day(address.KNOWN), address.day("since")
        self.main = address.one_of("main", _MAIN)
        self.lanes = address.one_of("lanes", list(_LANES))
        self.story = address.chosen(STORY)
        self.fields = [
            self.text, self.entity, self.type, self.status, self.first, self.last, self.known, self.since, self.main,
            self.lanes,
        ]  # fmt: skip
        self.keep: dict[str, Any] = {"on_change": address.keep, "args": (page, self.fields)}

    def draw(self) -> Asked:
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom", key="filters"):
            self._events()
            self._window()
            st.button("Clear", on_click=self._clear, disabled=not (self.story or any(map(self._value, self.fields))))
        self._days()
        wanted = EventFilter(
            entity=self._value(self.entity),
            types=tuple(self._value(self.type)),
            first=_iso(self._value(self.first)),
            last=_iso(self._value(self.last)),
            text=self._value(self.text).strip() or None,
            as_of=_iso(self._value(self.known)),
            main=int(self._value(self.main)) if self._value(self.main) else None,
        )
        wanted = replace(wanted, events=self._of_story(wanted.as_of))
        statuses = self._pills(wanted)
        return Asked(
            replace(wanted, statuses=statuses), _iso(self._value(self.since)), self._value(self.lanes) or "type"
        )

    def _events(self) -> None:
        types = dict(ask(queries.event_types, as_of=_iso(self._value(self.known))))
        st.text_input(
            "Search",
            key=self._key(self.text),
            placeholder="words, “a phrase”",
            type="search",
            width=_NARROW,
            help="In titles, names and quotes. Words in “quotation marks” are found together.",
            **self.keep,
        )
        choose_entity(self.page, self.entity, self.fields, width=_NARROW, as_of=_iso(self._value(self.known)))
        st.multiselect(
            "Type",
            list(self.type.options),
            key=self._key(self.type),
            placeholder="any type",
            width=_NARROW,
            format_func=lambda type_: f"{type_label(type_)} ({types.get(type_, 0):,})",
            **self.keep,
        )

    def _window(self) -> None:
        st.date_input("From", key=self._key(self.first), value=None, width=_DAY, **YEARS, **self.keep)
        st.date_input("To", key=self._key(self.last), value=None, width=_DAY, **YEARS, **self.keep)
        st.selectbox(
            "How many",
            list(_MAIN),
            key=self._key(self.main),
            index=None,
            placeholder="all",
            width=_NARROWER,
            help="Only the main ones: told by many outlets, and of a kind that decides something.",
            **self.keep,
        )
        st.selectbox(
            "Lanes",
            list(_LANES),
            key=self._key(self.lanes),
            index=None,
            placeholder="by type",
            width=_LANE,
            format_func=_LANES.__getitem__,
            **self.keep,
        )

    def _days(self) -> None:
        """The slider of the day as known on, and what to compare it with."""
        every = _days_of(queries.published_days)
        if every is None or every[0] == every[1]:
            return
        usual = _days_of(queries.usual_days) or every
        last = usual[1]
        with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="days"):
            self._slider("As known on", self.known, usual, every, resting=last)
            st.date_input("… or type the day", key=self._key(self.known), value=None, width=_DAY, **YEARS, **self.keep)
            self._compare(self._value(self.known) or last)
            if self._value(self.since):
                self._slider("Compared with", self.since, usual, every, resting=None)

    def _slider(self, label: str, field: Field, usual: _Days, every: _Days, *, resting: date | None) -> None:
        """A slider over the usual days and, once it was typed, to any day of an article.

        Its place `resting` stands for no day at all.
        """
        widget = f"{self._key(field)}:slider"
        shown = min(max(self._value(field) or usual[1], every[0]), every[1])
        first, last = min(usual[0], shown), max(usual[1], shown)
        st.session_state[widget] = shown

        def drag() -> None:
            day = st.session_state[widget]
            st.session_state[self._key(field)] = None if day == resting else day
            address.keep(self.page, self.fields)

        st.slider(
            label, first, last, key=widget, format="D MMM YYYY", on_change=drag, width=330,
            help="Only what was published by that day is taken into account. Drag it, or use the arrow keys.",
        )  # fmt: skip

    def _compare(self, day: date) -> None:
        steps = {day - timedelta(days=length): f"{name} before" for name, length in _STEPS.items()}
        chosen = self._value(self.since)
        options = [*steps, *([chosen] if chosen and chosen not in steps else [])]
        st.selectbox(
            "What changed since",
            options,
            key=self._key(self.since),
            index=None,
            placeholder="compare with …",
            width=200,
            format_func=lambda then: steps.get(then) or days.day(then.isoformat()),
            **self.keep,
        )

    def _of_story(self, as_of: str | None) -> frozenset[str] | None:
        """The events of the story that the address names by one of them, if it does; with the way back to all."""
        if not self.story:
            return None
        story = ask(queries.story_of, self.story, as_of=as_of)
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key="story"):
            told = f"The story of **{as_label(story.title, 120)}**" if story else "That story is not known."
            st.caption(told, width="content")
            st.button("✕ All stories", type="tertiary", on_click=address.choose, args=(STORY, None), key="story:leave")
        return frozenset(event.id for event in story.events) if story else frozenset()

    def _pills(self, wanted: EventFilter) -> tuple[str, ...]:
        """Legend, filter and counts in one."""
        counts = ask(queries.count_by_status, wanted)
        with st.container(key="pills"):
            chosen = st.pills(
                "Status",
                [status for status in LOOKS if counts.get(status) or status in self._value(self.status)] or list(LOOKS),
                selection_mode="multi",
                key=self._key(self.status),
                format_func=lambda status: _pill(status, counts.get(status, 0)),
                label_visibility="collapsed",
                **self.keep,
            )
        return tuple(chosen)

    def _clear(self) -> None:
        for field in self.fields:
            st.session_state[self._key(field)] = field.empty
        address.keep(self.page, self.fields)
        if self.story:
            address.choose(STORY, None)

    def _key(self, field: Field) -> str:
        return address.key(self.page, field)

    def _value(self, field: Field) -> Any:  # noqa: ANN401 - the field's own type
        return st.session_state[self._key(field)]


def _days_of(question: Callable[[Graph], tuple[str | None, str | None]]) -> _Days | None:
    """The first and the last day that a question answers, if there is any."""
    first, last = ask(question)
    return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None


def _pill(status: str, count: int) -> str:
    seen = look(status)
    return f":{seen.colour}[{seen.glyph}] {seen.label} {count:,}"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
