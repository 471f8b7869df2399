"""Did it happen? Events whose day passed without a report, one after the other, each answered by a key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from kb import queries
from kb.model import Status
from kb.queries import EventDetail, EventFilter, EventView
from ui import address, days, judging
from ui.answers import ask
from ui.kinds import type_label
from ui.panels.claim import show_claim
from ui.text import as_html, as_label

_SKIPPED = "overdue:skipped"
_ANSWERS = (
    ("It happened", Status.OCCURRED, "y"),
    ("It did not", Status.DENIED, "n"),
    ("Called off", Status.CANCELLED, "x"),
)
_QUOTES = 3
_A_DAY = timedelta(days=1)


def show_overdue(*, today: date, wanted: EventFilter) -> None:
    """The first question on the events that pass the filter, the keys that answer it, and the way back."""
    as_of = wanted.as_of
    st.subheader("Did it happen?")
    skipped: list[str] = st.session_state.setdefault(_SKIPPED, [])
    found = ask(queries.overdue_ids, today=today.isoformat(), as_of=as_of)
    among = _passing(wanted) if wanted != EventFilter(as_of=as_of) else frozenset(found)
    queue = [event for event in found if event in among and event not in skipped]
    asked = next(filter(None, (ask(queries.event, event, as_of=as_of) for event in queue)), None)
    if asked is None:
        then = f"before {days.day(as_of)}" if as_of else "before today"
        others = sum(event not in among for event in found)
        elsewhere = f" Of what the filters leave out, {others:,} {'is' if others == 1 else 'are'}." if others else ""
        st.caption(f"Nothing that was fixed for a day {then} is without a report.{elsewhere}")
        judging.show_undo()
        return
    st.caption(count_words(len(queue)))
    allowed = bool(judging.show_who())
    _question(asked, today, allowed=allowed)
    judging.show_undo()


def _passing(wanted: EventFilter) -> frozenset[str]:
    """The events that pass the filter and are over by its last day: a plan for five years is not due in each month."""
    found: frozenset[str] = ask(queries.ids_of, wanted)
    if wanted.last is None:
        return found
    after = min(date.fromisoformat(wanted.last), date.max - _A_DAY) + _A_DAY
    return found - ask(queries.ids_of, replace(wanted, first=after.isoformat(), last=None))


def count_words(left: int) -> str:
    """How many are left to answer."""
    told = f"{left:,} {'event was' if left == 1 else 'events were'}"
    return f"{told} fixed for a day that has passed, and no article says what became of it. The latest first."


def _question(asked: EventDetail, today: date, *, allowed: bool) -> None:
    event = asked.event
    with st.container(border=True, key="did-it-happen"):
        there = address.along(event=event.id)
        st.page_link("app_pages/timeline.py", label=f":blue[{as_label(event.title)}]", query_params=there)
        st.html(f'<p class="cg-meta">{_facts(event, today)}</p>')
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            for label, status, key in _ANSWERS:
                st.button(
                    label, key=f"answer:{status}", shortcut=key, disabled=not allowed,
                    on_click=judging.correct, args=(event.id, "status", status.value),
                )  # fmt: skip
            st.button("Later", key="answer:later", shortcut="s", on_click=_skip, args=(event.id,), type="tertiary")
        for claim in asked.claims[-_QUOTES:]:
            show_claim(claim, key=f"question-{claim.id}")


def _facts(event: EventView, today: date) -> str:
    when = days.span(event.first_day, event.last_day, event.precision)
    return f"{as_html(type_label(event.type))} · {when}, {days.countdown(event.first_day, event.last_day, today)}"


def _skip(event: str) -> None:
    st.session_state[_SKIPPED].append(event)
