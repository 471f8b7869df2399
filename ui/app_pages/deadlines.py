"""Deadlines: what is due and in how many days, what slipped and how, and what nobody reported on since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kb import queries
from kb.queries import DeadlineView, EventFilter, LedgerLine, Window, is_due
from ui import address
from ui.answers import ask
from ui.panels import notice
from ui.panels.choice import choose_row, more_words
from ui.panels.downloads import show_downloads
from ui.panels.due import show_due, show_due_by_who, who
from ui.panels.filters import YEARS
from ui.panels.ledger import chain_html, due_words, fate_words, kind_words, moved_words, state_html, steps_html
from ui.panels.overdue import show_overdue
from ui.panels.subscribe import show_calendar
from ui.states import state_look
from ui.text import as_label, plain
from ui.today import today

PAGE = "deadlines"
_GO = "deadlines:go"
_SCOPES = {"all": "Everything fixed", "deadlines": "Deadlines only"}
_ORDERS = {"day": "By day", "who": "By who is held to it"}
_DUE, _BEHIND = f"{PAGE}:due", f"{PAGE}:behind"
"""Parts of the page of which more can be asked for."""
_MOST_DUE = 60
_MOST_MOVED = 40
_MOST_BEHIND = 60


def main() -> None:
    """Draw the page."""
    event = st.session_state.pop(_GO, None)
    if event:
        st.switch_page("app_pages/timeline.py", query_params=address.along(event=event))
    if not ask(queries.holds_articles):
        notice.empty_graph()
        return
    bar, asked = _filters()
    known, text = asked.known, asked.text
    now, as_of = known or today(), known.isoformat() if known else None
    passing = EventFilter(text=text or None, first=asked.window.first, last=asked.window.last, as_of=as_of)
    told = ask(queries.ids_of, EventFilter(text=text, as_of=as_of)) if text else None
    wanted: dict[str, Any] = {"today": now.isoformat(), "window": asked.window, "events": told, "as_of": as_of}
    due = ask(queries.upcoming, **wanted)
    lines = tuple(
        line
        for line in ask(queries.ledger_lines, today=now.isoformat(), as_of=as_of)
        if asked.window.covers(line.first_day, line.due) and (told is None or line.event in told)
    )
    moved = sorted((line for line in lines if line.moves), key=lambda line: (-line.steps, line.due))
    past = [line for line in reversed(lines) if not is_due(line, now.isoformat())]
    listed = [one for one in due if asked.scope == "all" or one.deadline]
    with bar:
        shown = frozenset(one.event for one in listed) | frozenset(line.event for line in lines)
        show_downloads(EventFilter(events=shown, as_of=as_of), key=PAGE)
        params = {name: st.query_params.get_all(name) for name in st.query_params}
        show_calendar(params, passing, due=[one.event for one in listed])
    left, right = st.columns([0.62, 0.38], gap="large")
    with left:
        cut = asked.scope == "all" and ask(queries.is_cut, **wanted)
        _due(listed, now, asked, besides=len(due) - len(listed), behind=bool(past), cut=cut)
        _moved(_in_full(moved[:_MOST_MOVED], now, as_of), of=len(moved))
    with right:
        show_overdue(today=now, wanted=passing)
    _behind(_in_full(past[: _shown(_BEHIND, _MOST_BEHIND)], now, as_of), now, of=len(past))


def _in_full(lines: Sequence[LedgerLine], now: date, as_of: str | None) -> list[DeadlineView]:
    """The ledgers of these lines, in that order. One may be missing: lines may be of before the last write."""
    events = frozenset(line.event for line in lines)
    found = ask(queries.deadlines, today=now.isoformat(), events=events, as_of=as_of) if events else ()
    ledger = {deadline.event: deadline for deadline in found}
    return [ledger[line.event] for line in lines if line.event in ledger]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a person asked for."""

    text: str
    scope: str
    known: date | None
    window: Window
    order: str


def _filters() -> tuple[DeltaGenerator, _Asked]:
    """The row of the filters, for what else stands in it, and what they ask for."""
    text, known = address.text("q"), address.day("known")
    scope, order = address.choice("show", list(_SCOPES), "all"), address.choice("by", list(_ORDERS), "day")
    first, last = address.day("from"), address.day("to")
    fields = [text, scope, known, first, last, order]
    notice.complaints(address.sync(PAGE, fields))
    keep: dict[str, Any] = {"on_change": address.keep, "args": (PAGE, fields)}
    bar = st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="deadline-filters")
    with bar:
        st.text_input(
            "Search deadlines", key=address.key(PAGE, text), placeholder="words, names, “a phrase”",
            type="search", width=230, **keep,
        )  # fmt: skip
        for field, label in ((first, "Due from"), (last, "Due to")):
            st.date_input(label, key=address.key(PAGE, field), value=None, width=165, **YEARS, **keep)
        st.date_input(
            "As known on", key=address.key(PAGE, known), value=None, width=165, **YEARS, **keep,
            help="Look from a day of the past: what was due then, as far as articles of that day told.",
        )  # fmt: skip
        for field, label, options in ((scope, "Show", _SCOPES), (order, "Order", _ORDERS)):
            st.segmented_control(
                label,
                list(options),
                key=address.key(PAGE, field),
                format_func=options.__getitem__,
                required=True,
                **keep,
            )
        words, chosen, day, since, until, by = (st.session_state[address.key(PAGE, field)] for field in fields)
        window = Window(*(edge.isoformat() if edge else None for edge in (since, until)))
        asked = _Asked(str(words).strip(), str(chosen), day, window, str(by))
    return bar, asked


def _due(found: Sequence[queries.DueView], now: date, asked: _Asked, *, besides: int, behind: bool, cut: bool) -> None:
    """What is due; `besides` counts what is no deadline and is left out for that, `behind` says that some was due,
    `cut` that more is fixed for a day than is counted.
    """
    st.subheader(f"Due ({len(found):,}{' and more' if cut else ''})")
    if cut:
        st.caption(
            "Beside deadlines only the earliest of what is fixed for a day is here. “Due from” leads to later days."
        )
    if not found and besides:
        others = f"{besides:,} other {'day' if besides == 1 else 'days'}"
        st.caption(f"No deadline is due, but {others} with “{_SCOPES['all']}”.")
        return
    if not found and asked.text:
        notice.nothing_has(asked.text, "title or actor of what is due has")
        return
    if not found and asked.window != Window():
        st.caption(f"Nothing is due on these days.{' What was is below.' if behind else ''}")
        return
    if not found:
        st.caption(f"Nothing is due that the articles tell of.{' What was due before is below.' if behind else ''}")
        return
    shown = _shown(_DUE, _MOST_DUE)
    if asked.order == "who":
        show_due_by_who(found, today=now, most=shown)
    else:
        show_due(found[:shown], today=now)
    _more(_DUE, len(found) - shown, _MOST_DUE)


def _shown(part: str, most: int) -> int:
    """How many of a part of the page to show: `most`, and as many again for each time that more were asked for."""
    return most * int(st.session_state.get(f"{part}:more", 1))


def _more(part: str, left: int, most: int) -> None:
    """A button that shows `most` more of a part, if so many are left."""
    if left > 0:
        st.button(more_words(left, most), key=f"{part}:show", on_click=_show_more, args=(part,))


def _show_more(part: str) -> None:
    st.session_state[f"{part}:more"] = st.session_state.get(f"{part}:more", 1) + 1


def _moved(found: Sequence[DeadlineView], *, of: int) -> None:
    """Those that moved most often; `of` counts all that moved."""
    if not found:
        return
    st.subheader(f"Moved ({of:,})")
    for deadline in found:
        with st.expander(f"{as_label(deadline.title)} :gray[{as_label(kind_words(deadline) + fate_words(deadline))}]"):
            st.html(
                f'<p class="cg-meta">{state_html(deadline.state)} · {chain_html(deadline)}</p>'
                f"{steps_html(deadline.steps, quotes=True)}"
            )
            st.page_link(
                "app_pages/timeline.py",
                label=":blue[Open the event] →",
                query_params=address.along(event=deadline.event),
            )


def _behind(found: Sequence[DeadlineView], now: date, *, of: int) -> None:
    """Those of which nothing is due any more, the latest first; `of` counts them all."""
    if not found:
        return
    st.subheader(f"Behind us ({of:,})")
    choose_row(
        _table(found, now),
        [deadline.event for deadline in found],
        key=f"{PAGE}:past",
        on_choose=_open,
        alt="Deadlines of the past, one a row; select a row to open it.",
        rows=10,
        column_config={
            "Due": st.column_config.TextColumn(width=95),
            "Deadline": st.column_config.TextColumn(width=350),
            "What became of it": st.column_config.TextColumn(width=170),
            "Moved": st.column_config.TextColumn(width=140),
            "Who": st.column_config.TextColumn(width=220),
            "Days ago": st.column_config.NumberColumn(width=90, format="localized"),
        },
    )
    _more(_BEHIND, of - len(found), _MOST_BEHIND)


def _table(found: Sequence[DeadlineView], now: date) -> pd.DataFrame:
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
            "Days ago": pd.array([_days_ago(deadline.due, now) for deadline in found], dtype="Int64"),
        }
    )


def _days_ago(due: str, now: date) -> int | None:
    """None of what was settled before its day, which is still to come."""
    ago = (now - date.fromisoformat(due)).days
    return ago if ago >= 0 else None


def _open(event: str) -> None:
    st.session_state[_GO] = event


if __name__ == "__main__":
    main()
