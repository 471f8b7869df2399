"""What is to come, day by day: how far away it is, who is held to it, and the words that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import groupby

import streamlit as st

from kb.fold import MENTIONED
from kb.queries import ActorView, DueView, bound
from ui import address, days
from ui.highlight import quote_html
from ui.kinds import type_label
from ui.panels.claim import cite_html, origin_html
from ui.panels.ledger import chain_html, moved_words, state_html
from ui.text import as_html, as_label

_LONGEST_QUOTE = 600
_NOBODY = "Nobody named"
_TO = " – "
"""Parts two days that have no name together, such as that of a month."""


def show_due(found: Sequence[DueView], *, today: date) -> None:
    """All of it under the names of its months. What is due some day of a year or a quarter has that for a heading,
    after the last month it may fall in; what is due some day of a month stands at the end of that month.
    """
    with st.container(gap="small", key="due-list"):
        for part, some in groupby(sorted(found, key=_place), key=lambda due: _part(due, today)):
            st.html(f'<h3 class="cg-month">{part}</h3>')
            for _, dues in groupby(some, key=lambda due: (due.first_day, due.last_day)):
                _show_some(list(dues), today)


def show_due_by_who(found: Sequence[DueView], *, today: date, most: int) -> None:
    """The first `most` under the names of who is held to it, those with most first, each with how many there are.

    What binds several stands under each of them.
    """
    left = most
    with st.container(gap="small", key="due-list"):
        for at, (name, dues) in enumerate(_by_who(found)):
            if left <= 0:
                break
            st.html(f'<h3 class="cg-month">{as_html(name, 80)} <span class="cg-aside">{len(dues):,}</span></h3>')
            for due in sorted(dues, key=_place)[:left]:
                _show_one(due, key=f"{at}-", when=f"<b>{_when(due)}</b>, {_away(due, today)}")
            left -= len(dues)


def _by_who(found: Sequence[DueView]) -> list[tuple[str, list[DueView]]]:
    held: dict[str, list[DueView]] = defaultdict(list)
    for due in found:
        for name in [actor.name for actor in bound(due)] or [_NOBODY]:
            held[name].append(due)
    return sorted(held.items(), key=lambda one: (one[0] == _NOBODY, -len(one[1]), one[0]))


def _place(due: DueView) -> tuple[str, bool, str, str, str]:
    month = due.last_day[:7]
    return (month, due.first_day[:7] != month, due.last_day, due.first_day, due.event)


def _part(due: DueView, today: date) -> str:
    """The heading that it stands under: 'December 2026, next month', or '2027' for what is due in that year."""
    month = due.last_day[:7]
    return month_words(month, today) if due.first_day[:7] == month else _span(due)


def _show_some(dues: Sequence[DueView], today: date) -> None:
    """Those of one day, or of one span of days."""
    st.html(f'<h4 class="cg-day">{_when(dues[0])} <span>{_away(dues[0], today)}</span></h4>')
    for due in dues:
        _show_one(due)


def _when(due: DueView) -> str:
    if due.first_day == due.last_day:
        return days.weekday(due.last_day)
    span = _span(due)
    between = f"between {days.day(due.first_day)} and {days.day(due.last_day)}"
    return f"Some day {between if _TO in span else f'in {span}'}"


def _away(due: DueView, today: date) -> str:
    return days.countdown(due.first_day, due.last_day, today)


def _span(due: DueView) -> str:
    return days.span(due.first_day, due.last_day, due.precision)


def month_words(month: str, today: date) -> str:
    """'December 2026, next month'."""
    first = date.fromisoformat(f"{month}-01")
    away = (first.year - today.year) * 12 + first.month - today.month
    told = {0: ", this month", 1: ", next month"}.get(away, "")
    return f"{days.month(first)}{told}"


def who(actors: Sequence[ActorView]) -> str:
    """Those who act, by name."""
    return ", ".join(dict.fromkeys(actor.name for actor in actors if actor.role != MENTIONED))


def _show_one(due: DueView, *, key: str = "", when: str = "") -> None:
    with st.container(gap=None, key=f"plain-due-{key}{due.event}"):
        title = f"**:blue[{as_label(due.title)}]**"
        st.page_link("app_pages/timeline.py", label=title, query_params=address.along(event=due.event))
        st.html(f'<p class="cg-meta">{" · ".join(filter(None, (when, _facts(due))))}</p>{_says(due)}')


def _facts(due: DueView) -> str:
    facts = [
        as_html(type_label(due.type)),
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
    return (
        f'<blockquote class="cg-quote cg-small">{quote} <span class="cg-aside">{origin_html(claim)} '
        f"{cite_html(claim)}</span></blockquote>"
    )
