"""Did it happen? Events whose day passed without a report, one after the other, each answered by a key."""

from __future__ import annotations

from datetime import date

import streamlit as st

from kb import queries
from kb.model import Status
from kb.queries import OverdueView
from ui import days, judging
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
_MOST = 500
"""Events that are looked up at once."""


def show_overdue(*, today: date, as_of: str | None) -> None:
    """The first question of the queue, the keys that answer it, and the way back."""
    st.subheader("Did it happen?")
    skipped: list[str] = st.session_state.setdefault(_SKIPPED, [])
    found = ask(queries.overdue, today=today.isoformat(), as_of=as_of, limit=_MOST)
    queue = [one for one in found if one.event.id not in skipped]
    if not queue:
        st.caption("Nothing that was fixed for a day before today is without a report.")
        judging.show_undo()
        return
    st.caption(count_words(len(queue), more=len(found) >= _MOST))
    allowed = bool(judging.show_who())
    _question(queue[0], allowed=allowed, as_of=as_of)
    judging.show_undo()


def count_words(left: int, *, more: bool) -> str:
    """How many are left to answer; `more`: there are others, which were not looked up yet."""
    told = f"{'At least ' if more else ''}{left:,} {'event was' if left == 1 else 'events were'}"
    return f"{told} fixed for a day that has passed, and no article says what became of it. The latest first."


def _question(asked: OverdueView, *, allowed: bool, as_of: str | None) -> None:
    event = asked.event
    with st.container(border=True, key="did-it-happen"):
        st.page_link("app_pages/timeline.py", label=f":blue[{as_label(event.title)}]", query_params={"event": event.id})
        st.html(f'<p class="cg-meta">{_facts(asked)}</p>')
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            for label, status, key in _ANSWERS:
                st.button(
                    label, key=f"answer:{status}", shortcut=key, disabled=not allowed,
                    on_click=judging.correct, args=(event.id, "status", status.value),
                )  # fmt: skip
            st.button("Later", key="answer:later", shortcut="s", on_click=_skip, args=(event.id,), type="tertiary")
        detail = ask(queries.event, event.id, as_of=as_of)
        for claim in detail.claims[-_QUOTES:] if detail else ():
            show_claim(claim, key=f"question-{claim.id}")


def _facts(asked: OverdueView) -> str:
    event = asked.event
    ago = f"{asked.days:,} day{'s' * (asked.days != 1)} ago"
    return f"{as_html(type_label(event.type))} · {days.span(event.first_day, event.last_day, event.precision)}, {ago}"


def _skip(event: str) -> None:
    st.session_state[_SKIPPED].append(event)
