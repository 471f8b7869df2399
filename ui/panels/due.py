"""What is to come, day by day: how far away it is, who is held to it, and the words that say so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import streamlit as st

from kb.fold import MENTIONED
from kb.queries import ActorView, DueView
from ui import days
from ui.highlight import quote_html
from ui.kinds import type_label
from ui.panels.ledger import chain_html, moved_words, state_html
from ui.text import as_html, as_label

_LONGEST_QUOTE = 600


def show_due(found: Sequence[DueView], *, today: date) -> None:
    """All of it under the names of its months; a thing without an exact day stands at the last it may fall on."""
    with st.container(gap="small", key="due-list"):
        for month, some in groupby(found, key=lambda due: due.last_day[:7]):
            st.html(f'<h3 class="cg-month">{month_words(month, today)}</h3>')
            for day, dues in groupby(some, key=lambda due: due.last_day):
                st.html(f'<h4 class="cg-day">{days.weekday(day)} <span>{countdown(day, today)}</span></h4>')
                for due in dues:
                    _show_one(due)


def countdown(day: str, today: date) -> str:
    """'today', 'tomorrow', 'in 12 days', '3 days ago'."""
    away = (date.fromisoformat(day) - today).days
    if away in (0, 1):
        return ("today", "tomorrow")[away]
    return f"in {away:,} days" if away > 0 else f"{-away:,} day{'s' * (away != -1)} ago"


def month_words(month: str, today: date) -> str:
    """'December 2026, next month'."""
    first = date.fromisoformat(f"{month}-01")
    away = (first.year - today.year) * 12 + first.month - today.month
    told = {0: ", this month", 1: ", next month"}.get(away, "")
    return f"{days.month(first)}{told}"


def who(actors: Sequence[ActorView]) -> str:
    """Those who act, by name."""
    return ", ".join(dict.fromkeys(actor.name for actor in actors if actor.role != MENTIONED))


def _show_one(due: DueView) -> None:
    with st.container(gap=None, key=f"plain-due-{due.event}"):
        title = f"**:blue[{as_label(due.title)}]**"
        st.page_link("app_pages/timeline.py", label=title, query_params={"event": due.event})
        st.html(f'<p class="cg-meta">{_facts(due)}</p>{_says(due)}')


def _facts(due: DueView) -> str:
    span = days.span(due.first_day, due.last_day, due.precision)
    facts = [
        as_html(type_label(due.type)),
        span if due.first_day != due.last_day else "",
        as_html(who(due.actors), 160),
        state_html(due.deadline.state) if due.deadline and due.deadline.state != "open" else "",
        f"{chain_html(due.deadline)} ({moved_words(due.deadline)})"
        if due.deadline and moved_words(due.deadline)
        else "",
    ]
    return " · ".join(fact for fact in facts if fact)


def _says(due: DueView) -> str:
    claim = due.says
    quote = quote_html(claim) if len(claim.quote) <= _LONGEST_QUOTE else as_html(claim.quote, _LONGEST_QUOTE)
    source = as_html(claim.source or "Unnamed source", 80)
    return (
        f'<blockquote class="cg-quote cg-small">{quote} <span class="cg-aside">{source}, '
        f"{days.day(claim.published)}</span></blockquote>"
    )
