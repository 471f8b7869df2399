"""The judge buttons of an event: what it really is, when it was, what it is the same as, and what is not about it."""

from __future__ import annotations

import streamlit as st

from kb.judgement import Verdict
from kb.model import Status
from kb.queries import EventDetail
from ui import judging
from ui.panels.filters import YEARS
from ui.panels.pick import pick_event
from ui.statuses import look
from ui.text import as_label

_MOST = 20
"""Sentences of an event that are decided on from its panel."""


def show_decisions(detail: EventDetail, *, as_of: str | None = None) -> None:
    """Closed until somebody wants to decide; `as_of` is the day up to which other events are offered."""
    with st.container(key="decide"), st.expander("Decide"):
        allowed = bool(judging.show_who())
        event = detail.event
        told = [status.value for status in Status]
        status = st.selectbox(
            "Its status is", list(Status), index=told.index(event.status) if event.status in told else None,
            key=f"decide:{event.id}", placeholder=look(event.status).label,
            format_func=lambda value: f"{look(value).glyph} {look(value).label}", width=220,
        )  # fmt: skip
        st.button(
            "Correct the status",
            disabled=not allowed or status in (None, event.status),
            on_click=judging.correct,
            args=(event.id, "status", str(status)),
            key="decide:correct",
        )
        _day(detail, allowed=allowed)
        _merge(detail, as_of, allowed=allowed)
        first, *others = detail.claims
        for claim in others[:_MOST]:
            st.button(
                f"Another event: “{as_label(claim.quote, 70)}”",
                key=f"decide:{claim.id}",
                disabled=not allowed,
                on_click=judging.decide_pair,
                args=(Verdict.DIFFERENT, first, claim),
                type="tertiary",
            )
    judging.show_undo()  # outside: the event that it was merged into opens with this closed


def _merge(detail: EventDetail, as_of: str | None, *, allowed: bool) -> None:
    """Another event that this one is the same as."""
    other = pick_event("The same as", key=f"decide:same:{detail.event.id}", beside=detail.event, as_of=as_of)
    st.button(
        f"Merge with “{as_label(other.title, 60)}”" if other else "Merge",
        key="decide:merge",
        disabled=not allowed or other is None,
        on_click=judging.decide_pair,
        args=(Verdict.SAME, detail.event.id, other.id if other else ""),
    )


def _day(detail: EventDetail, *, allowed: bool) -> None:
    """The day it really was: every sentence that gave it the days it has is corrected."""
    event = detail.event
    telling = [one for one in detail.claims if (one.first_day, one.last_day) == (event.first_day, event.last_day)]
    if not telling:
        return
    day = st.date_input("It was on", value=None, key=f"decide:day:{event.id}", width=220, **YEARS)
    st.button(
        "Correct the day", key="decide:correct-day", disabled=not allowed or day is None,
        on_click=judging.correct_day, args=(day, *telling[:_MOST]),
    )  # fmt: skip
