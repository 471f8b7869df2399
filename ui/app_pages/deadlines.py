"""Deadlines: what is due and in how many days, what slipped and how, and what nobody reported on since."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import streamlit as st

from kb import queries
from kb.exports import FORMATS, Kind
from kb.fold import MENTIONED
from kb.model import Status
from kb.queries import DeadlineView, EventFilter, OverdueView, StepView
from ui import address, days, judging
from ui.answers import ask, open_store
from ui.panels import notice
from ui.panels.choice import choose_row
from ui.panels.claim import show_claim
from ui.text import as_html, as_label, plain

PAGE = "deadlines"
TYPES = ("deadline", "deadline_change")
_GO = "deadlines:go"
_MOST_SLIPPED = 40
_SETTLED = ("lapsed", "met", "missed", "waived")
_ANSWERS = (
    ("It happened", Status.OCCURRED, "y"),
    ("It did not", Status.DENIED, "n"),
    ("Called off", Status.CANCELLED, "x"),
)


def main() -> None:
    """Draw the page."""
    event = st.session_state.pop(_GO, None)
    if event:
        st.switch_page("app_pages/timeline.py", query_params={"event": event})
    if not ask(queries.overview).articles:
        notice.empty_graph()
        return
    today = datetime.now(UTC).date()
    found = _matching(ask(queries.deadlines, today=today.isoformat()), _search())
    left, right = st.columns([0.6, 0.4], gap="large")
    with left:
        _upcoming([deadline for deadline in found if not over(deadline.state, deadline.due, today)], today)
        _slipped([deadline for deadline in found if len({step.due for step in deadline.steps}) > 1])
        _others([deadline for deadline in found if over(deadline.state, deadline.due, today)], today)
    with right:
        _did_it_happen(today)


def _search() -> str:
    fields = [address.text("q")]
    address.sync(PAGE, fields)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="deadline-filters"):
        st.text_input(
            "Search deadlines", key=address.key(PAGE, fields[0]), placeholder="words of a title, or an actor",
            type="search", on_change=address.keep, args=(PAGE, fields), width=320,
        )  # fmt: skip
        made = FORMATS[Kind.ICS]
        st.download_button(
            "Calendar (.ics)", _calendar, "deadlines.ics", made.mime, on_click="ignore",
            help="A deadline that moves keeps its id: import the file again, or let your calendar read one that "
            "`chronograph export --type deadline -o deadlines.ics` writes every day.",
        )  # fmt: skip
    return str(st.session_state[address.key(PAGE, fields[0])]).strip().casefold()


def _calendar() -> bytes:
    events = queries.details(open_store(), EventFilter(types=TYPES))
    return FORMATS[Kind.ICS].write(events, datetime.now(UTC).date())


def _matching(found: tuple[DeadlineView, ...], text: str) -> list[DeadlineView]:
    return [
        deadline
        for deadline in found
        if text in deadline.title.casefold() or any(text in actor.name.casefold() for actor in deadline.actors)
    ]


def _upcoming(found: list[DeadlineView], today: date) -> None:
    st.subheader(f"Due ({len(found)})")
    if not found:
        st.caption("Nothing is due that the articles tell of.")
        return
    _table(found, today, key="due")


def _others(found: list[DeadlineView], today: date) -> None:
    if found:
        st.subheader(f"Behind us ({len(found)})")
        _table(found[::-1], today, key="past")


def _table(found: list[DeadlineView], today: date, *, key: str) -> None:
    table = pd.DataFrame(
        {
            "Due": [date.fromisoformat(deadline.due) for deadline in found],
            "": [_countdown(deadline.due, today) for deadline in found],
            "Deadline": [plain(deadline.title) for deadline in found],
            "Who": [_actors(deadline) for deadline in found],
            "State": [deadline.state for deadline in found],
            "Moved": [_slippage(deadline) for deadline in found],
        }
    )
    choose_row(
        table,
        [deadline.event for deadline in found],
        key=f"{PAGE}:{key}",
        on_choose=_open,
        alt="Deadlines, one a row; select a row to open it.",
        height=360,
        column_config={
            "Due": st.column_config.DateColumn(format="D MMM YYYY", width=100),
            "": st.column_config.TextColumn(width=95),
            "Deadline": st.column_config.TextColumn(width=260),
            "Who": st.column_config.TextColumn(width=110),
            "State": st.column_config.TextColumn(width=70),
        },
    )


def _open(event: str) -> None:
    st.session_state[_GO] = event


def over(state: str, due: str, today: date) -> bool:
    """Whether nothing is due any more: its day has passed, or it was settled before."""
    return due < today.isoformat() or state in _SETTLED


def _countdown(due: str, today: date) -> str:
    away = (date.fromisoformat(due) - today).days
    if away == 0:
        return "today"
    return f"in {away:,} day{'s' * (away != 1)}" if away > 0 else f"{-away:,} day{'s' * (away != -1)} ago"


def _actors(deadline: DeadlineView) -> str:
    return plain(", ".join(dict.fromkeys(actor.name for actor in deadline.actors if actor.role != MENTIONED)))


def _slippage(deadline: DeadlineView) -> str:
    moves = len({step.due for step in deadline.steps}) - 1
    return f"{moves} time{'s' * (moves != 1)}, {deadline.slippage:+,} days" if moves else ""


def _slipped(found: list[DeadlineView]) -> None:
    if not found:
        return
    st.subheader(f"Moved ({len(found)})")
    for deadline in sorted(found, key=lambda one: (-len(one.steps), one.due))[:_MOST_SLIPPED]:
        with st.expander(as_label(f"{deadline.title}: {_slippage(deadline)}", 160)):
            for step in deadline.steps:
                _step(step)


def _step(step: StepView) -> None:
    by = f" by {as_html(step.by, 80)}" if step.by else ""
    late = f" ({step.slippage:+,} days)" if step.slippage else ""
    known = f"{days.day(step.known_on)}: " if step.known_on else ""
    st.html(f'<p class="cg-meta"><b>{known}{as_html(step.change)}</b>{by}, due {days.day(step.due)}{late}</p>')
    show_claim(step.claim, key=f"step-{step.claim.id}-{step.due}")


def _did_it_happen(today: date) -> None:
    """One event after the other, answered by a key."""
    st.subheader("Did it happen?")
    skipped: list[str] = st.session_state.setdefault(f"{PAGE}:skipped", [])
    queue = [one for one in ask(queries.overdue, today=today.isoformat()) if one.event.id not in skipped]
    if not queue:
        st.caption("Nothing that was fixed for a day before today is without a report.")
        judging.show_undo()
        return
    st.caption(f"{len(queue)} events were fixed for a day that has passed, and no article says what became of them.")
    allowed = bool(judging.show_who())
    _question(queue[0], allowed=allowed)
    judging.show_undo()


def _question(asked: OverdueView, *, allowed: bool) -> None:
    event = asked.event
    with st.container(border=True, key="did-it-happen"):
        st.html(
            f'<h3 class="cg-title">{as_html(event.title)}</h3><p class="cg-meta">'
            f"{days.span(event.first_day, event.last_day, event.precision)}, {asked.days:,} days ago</p>"
        )
        with st.container(horizontal=True, gap="small"):
            for label, status, key in _ANSWERS:
                st.button(
                    label, key=f"answer:{status}", shortcut=key, disabled=not allowed,
                    on_click=judging.correct, args=(event.id, "status", status.value),
                )  # fmt: skip
            st.button("Later", key="answer:later", shortcut="s", on_click=_skip, args=(event.id,), type="tertiary")
        st.page_link("app_pages/timeline.py", label=":blue[Open the event] →", query_params={"event": event.id})
        detail = ask(queries.event, event.id)
        for claim in detail.claims[:3] if detail else ():
            show_claim(claim, key=f"question-{claim.id}")


def _skip(event: str) -> None:
    st.session_state[f"{PAGE}:skipped"].append(event)


if __name__ == "__main__":
    main()
