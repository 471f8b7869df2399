"""Deadlines: what is due and in how many days, what slipped and how, and what nobody reported on since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from kb import queries
from kb.queries import ActorView, DeadlineView, EventFilter, is_due
from ui import address, days
from ui.answers import ask
from ui.feed import DEADLINE_TYPES
from ui.panels import notice
from ui.panels.choice import choose_row
from ui.panels.downloads import show_downloads
from ui.panels.due import show_due, who
from ui.panels.filters import YEARS
from ui.panels.ledger import chain_html, days_of, due_words, fate_words, kind_words, moved_words, state_html, steps_html
from ui.panels.overdue import show_overdue
from ui.panels.subscribe import show_calendar
from ui.states import state_look
from ui.text import as_label, plain
from ui.today import today

PAGE = "deadlines"
_GO = "deadlines:go"
_SCOPES = {"all": "Everything fixed", "deadlines": "Deadlines only"}
_MOST_DUE = 60
_MOST_MOVED = 40


def main() -> None:
    """Draw the page."""
    event = st.session_state.pop(_GO, None)
    if event:
        st.switch_page("app_pages/timeline.py", query_params={"event": event})
    if not ask(queries.count_articles):
        notice.empty_graph()
        return
    text, scope, known = _filters()
    now = known or today()
    as_of = known.isoformat() if known else None
    ledger = ask(queries.deadlines, today=now.isoformat(), as_of=as_of)
    due = ask(queries.upcoming, today=now.isoformat(), as_of=as_of)
    matches = _matcher(text)
    found = [deadline for deadline in ledger if matches(deadline.title, deadline.actors)]
    left, right = st.columns([0.62, 0.38], gap="large")
    with left:
        named = [one for one in due if matches(one.title, one.actors)]
        shown = [one for one in named if scope == "all" or one.deadline]
        _due(shown, now, text, besides=len(named) - len(shown))
        _moved([deadline for deadline in found if len(days_of(deadline.steps)) > 1])
    with right:
        show_overdue(today=now, as_of=as_of)
    _behind([deadline for deadline in found if not is_due(deadline, now.isoformat())], now)


def _filters() -> tuple[str, str, date | None]:
    """The words, the scope and the day as known on that a person asked for."""
    text, known = address.text("q"), address.day("known")
    scope = address.choice("show", list(_SCOPES), "all")
    fields = [text, scope, known]
    notice.complaints(address.sync(PAGE, fields))
    keep: dict[str, Any] = {"on_change": address.keep, "args": (PAGE, fields)}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="deadline-filters"):
        st.text_input(
            "Search deadlines", key=address.key(PAGE, text), placeholder="words of a title, or an actor",
            type="search", width=260, **keep,
        )  # fmt: skip
        st.segmented_control(
            "Show", list(_SCOPES), key=address.key(PAGE, scope), format_func=_SCOPES.__getitem__, required=True, **keep
        )
        st.date_input(
            "As known on", key=address.key(PAGE, known), value=None, width=165, **YEARS, **keep,
            help="Look from a day of the past: what was due then, as far as articles of that day told.",
        )  # fmt: skip
        show_calendar()
        show_downloads(_wanted(text, known), key=PAGE)
    words, chosen, day = (st.session_state[address.key(PAGE, field)] for field in fields)
    return str(words).strip().casefold(), str(chosen), day


def _wanted(text: address.Field, known: address.Field) -> EventFilter:
    """The deadlines of the page, as the timeline's filter has them."""
    words, day = (st.session_state[address.key(PAGE, field)] for field in (text, known))
    return EventFilter(types=DEADLINE_TYPES, text=str(words).strip() or None, as_of=day.isoformat() if day else None)


def _matcher(text: str) -> Callable[[str, Sequence[ActorView]], bool]:
    """Whether a title or the names of its actors have every word of `text` between them."""
    words = text.split()

    def matches(title: str, actors: Sequence[ActorView]) -> bool:
        told = [title.casefold(), *(actor.name.casefold() for actor in actors)]
        return all(any(word in one for one in told) for word in words)

    return matches


def _due(found: Sequence[queries.DueView], now: date, text: str, *, besides: int) -> None:
    """What is due; `besides` counts what is no deadline and is left out for that."""
    st.subheader(f"Due ({len(found):,})")
    if not found and besides:
        others = f"{besides:,} other {'day' if besides == 1 else 'days'}"
        st.caption(f"No deadline is due, but {others} with “{_SCOPES['all']}”.")
        return
    if not found and text:
        notice.nothing_has(text, "title or actor of what is due has")
        return
    if not found:
        st.caption("Nothing is due that the articles tell of. What was due before is below.")
        return
    shown = _MOST_DUE * st.session_state.get(f"{PAGE}:more", 1)
    show_due(found[:shown], today=now)
    if len(found) > shown:
        st.button(f"Show more of {len(found) - shown:,}", on_click=_show_more)


def _show_more() -> None:
    st.session_state[f"{PAGE}:more"] = st.session_state.get(f"{PAGE}:more", 1) + 1


def _moved(found: list[DeadlineView]) -> None:
    if not found:
        return
    st.subheader(f"Moved ({len(found):,})")
    for deadline in sorted(found, key=lambda one: (-len(one.steps), one.due))[:_MOST_MOVED]:
        with st.expander(f"{as_label(deadline.title)} :gray[{as_label(kind_words(deadline) + fate_words(deadline))}]"):
            st.html(
                f'<p class="cg-meta">{state_html(deadline.state)} · {chain_html(deadline)}</p>'
                f"{steps_html(deadline.steps, quotes=True)}"
            )
            st.page_link(
                "app_pages/timeline.py", label=":blue[Open the event] →", query_params={"event": deadline.event}
            )


def _behind(found: list[DeadlineView], now: date) -> None:
    """Those of which nothing is due any more, the latest first."""
    if not found:
        return
    st.subheader(f"Behind us ({len(found):,})")
    rows = found[::-1]
    choose_row(
        _table(rows, now),
        [deadline.event for deadline in rows],
        key=f"{PAGE}:past",
        on_choose=_open,
        alt="Deadlines of the past, one a row; select a row to open it.",
        rows=10,
        column_config={
            "Due": st.column_config.TextColumn(width=90),
            "Deadline": st.column_config.TextColumn(width=180),
            "What became of it": st.column_config.TextColumn(width=165),
            "Moved": st.column_config.TextColumn(width=75),
            "Who": st.column_config.TextColumn(width=105),
            "Ago": st.column_config.TextColumn(width=90),
        },
    )


def _table(found: list[DeadlineView], now: date) -> pd.DataFrame:
    looks = [state_look(deadline.state) for deadline in found]
    return pd.DataFrame(
        {
            "Due": [due_words(deadline.steps, deadline.due) for deadline in found],
            "Deadline": [plain(kind_words(deadline) + deadline.title) for deadline in found],
            "What became of it": [f"{look.glyph} {look.label}" for look in looks],
            "Moved": [
                moved_words(deadline).removeprefix("moved ").removesuffix(" than first set") for deadline in found
            ],
            "Who": [plain(who(deadline.actors)) for deadline in found],
            "Ago": [days.countdown(deadline.due, deadline.due, now) for deadline in found],
        }
    )


def _open(event: str) -> None:
    st.session_state[_GO] = event


if __name__ == "__main__":
    main()
