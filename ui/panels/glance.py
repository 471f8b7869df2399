"""What stands beside the timeline while no event is open: where to begin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from kb.queries import EventView, Glance
from kb.queries.glance import LATELY, SOON
from ui import address, days
from ui.components.visit import since_last_visit
from ui.kinds import type_label
from ui.text import as_html, as_label

MOST_NEXT = 8
"""Events that are told of as coming next, from a day of the past."""
_CHOOSE = "Choose a mark or a row: the quotes and sources of the event open here."


def show_glance(found: Glance, *, today: date) -> None:
    """Four ways in, each with how much there is, and what comes next."""
    st.html('<h3 class="cg-title">At a glance</h3>')
    with st.container(gap="xsmall", key="plain-glance"):
        soon = {"from": today.isoformat(), "to": (today + timedelta(days=SOON)).isoformat()}
        _way("deadlines", found.soon, f"due in the next {SOON} days", soon)
        if found.since:
            words = f"reported since {days.day(found.since)}: what changed"
            _here(f"**{found.lately:,}** :blue[{as_label(words)}]", "since", found.since)
        disagree = f"time{'s' * (found.disagreeing != 1)} sources disagree"
        _way("review", found.disagreeing, disagree, {"queue": "conflicts"})
        _way("deadlines", found.unanswered, "passed without a report: did it happen?", {})
        since_last_visit(today=today)
    _show_next(found.coming, today)
    st.caption(_CHOOSE)


def show_then(known: date, coming: Sequence[EventView]) -> None:
    """Ways on from a day of the past, where what is due or disputed today would tell what came later; and what was
    still to come then.
    """
    st.html(f'<h3 class="cg-title">As known on {days.day(known.isoformat())}</h3>')
    with st.container(gap="xsmall", key="plain-then"):
        params = {"known": known.isoformat()}
        st.page_link("app_pages/deadlines.py", label=":blue[what was due then, and moved]", query_params=params)
        _here(":blue[what became known in the week before]", "since", (known - timedelta(days=LATELY)).isoformat())
    _show_next(coming, known)
    st.caption(_CHOOSE)


def _show_next(coming: Sequence[EventView], today: date) -> None:
    if coming:
        st.html('<h4 class="cg-head">Next</h4>')
        with st.container(gap="small", key="plain-next"):
            for event in coming:
                _next(event, today)


def _way(page: str, count: int, words: str, params: dict[str, str]) -> None:
    st.page_link(f"app_pages/{page}.py", label=f"**{count:,}** :blue[{as_label(words)}]", query_params=params)


def _here(label: str, name: str, value: str) -> None:
    """A way on this page: a link to the page that is open leads nowhere."""
    st.button(label, key=f"glance:{name}:{value}", type="tertiary", on_click=address.choose, args=(name, value))


def _next(event: EventView, today: date) -> None:
    with st.container(gap=None, key=f"plain-next-{event.id}"):
        _here(f":blue[{as_label(event.title, 100)}]", "event", event.id)
        when = days.span(event.first_day, event.last_day, event.precision)
        away = days.countdown(event.first_day, event.last_day, today)
        st.html(f'<p class="cg-meta">{as_html(type_label(event.type))} · {when}, {away}</p>')
