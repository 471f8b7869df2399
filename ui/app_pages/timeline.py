"""Timeline (home): filters, the picture with its table, and the open event beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from kb import queries
from kb.queries import DeadlineView, EventDetail, EventFilter
from ui import address, days
from ui.answers import ask
from ui.panels import notice
from ui.panels.changes import show_changes
from ui.panels.downloads import show_downloads
from ui.panels.event import show_event
from ui.panels.events import show_events
from ui.panels.filters import Asked, ask_filters, lanes_of
from ui.panels.glance import MOST_NEXT, show_glance, show_then
from ui.panels.loosen import show_texts, show_ways_out
from ui.panels.quotes import MOST_QUOTES, show_quotes
from ui.panels.subscribe import show_follow
from ui.panels.undated import show_undated
from ui.today import today

PAGE = "timeline"
MOST = 20_000
"""Events drawn at once, the latest; more are counted."""


def main() -> None:
    """Draw the page."""
    if not ask(queries.holds_articles):
        notice.empty_graph()
        return
    _follow()
    asked, complaints = ask_filters(PAGE)
    notice.complaints(complaints)
    left, right = st.columns([0.68, 0.32], gap="medium")
    with left:
        _picture(asked)
    with right, st.container(key=_detail_key(asked.wanted)):
        _detail(asked.wanted)


def _detail_key(wanted: EventFilter) -> str:
    """What the style sheet knows the part beside the picture by: ways in are not printed, quotes and an event are."""
    if address.chosen("event"):
        return "detail-open"
    return "detail-quotes" if wanted.text else "detail"


def _follow() -> None:
    """Let the address name the event into which the one that it names was merged since."""
    id_ = address.chosen("event")
    found = ask(queries.event, id_) if id_ else None
    if found and found.event.id != id_:
        address.choose("event", found.event.id)


def _picture(asked: Asked) -> None:
    wanted = asked.wanted
    if wanted.first and wanted.last and wanted.first > wanted.last:
        st.warning("“From” is after “To”: nothing can lie between them.")
    changed = _changes(asked)
    events = ask(queries.marks, wanted, limit=MOST)
    if not events:
        show_ways_out(wanted)
        return
    show_events(
        events,
        page=PAGE,
        selected=address.chosen("event"),
        on_choose=_open,
        as_of=date.fromisoformat(wanted.as_of) if wanted.as_of else None,
        lanes=lanes_of(asked),
        changed=changed,
        window=(wanted.first, wanted.last),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        show_downloads(wanted, key=PAGE)
        show_follow({name: st.query_params.get_all(name) for name in st.query_params})
        st.caption(_caption(len(events), wanted), width="content")
        show_texts(wanted)


def _changes(asked: Asked) -> frozenset[str] | None:
    """The ids of the events that changed since the day to compare with, if there is one; told above the picture."""
    if asked.since is None:
        return None
    if asked.wanted.as_of and asked.since >= asked.wanted.as_of:
        st.warning("The day to compare with is not before the day as known on.")
    found = ask(queries.changes, asked.wanted, since=asked.since)
    show_changes(found, page=PAGE, since=asked.since, on_choose=_open)
    return frozenset(one.event.id for one in found)


def _open(event: str) -> None:
    address.choose("event", event)


def _caption(shown: int, wanted: EventFilter) -> str:
    as_known = f", as known on {days.day(wanted.as_of)}" if wanted.as_of else ""
    total = ask(queries.count_events, replace(wanted, main=None))
    if shown == total:
        return f"{shown:,} event{'s' if shown != 1 else ''}{as_known}"
    if wanted.main:
        return f"The {shown:,} main ones of {total:,} events{as_known}."
    return f"The {shown:,} latest of {total:,} events{as_known}. Narrow the filters to see the others."


def _detail(wanted: EventFilter) -> None:
    id_, as_of, text = address.chosen("event"), wanted.as_of, wanted.text or ""
    if id_ is None and text and (found := ask(queries.quotes, wanted, most=MOST_QUOTES)).total:
        show_quotes(found, text=text, on_choose=_open)
        return
    if id_ is None and as_of:
        show_then(date.fromisoformat(as_of), ask(queries.coming, today=as_of, wanted=wanted, most=MOST_NEXT))
        return
    if id_ is None:
        show_glance(ask(queries.glance, today=today().isoformat()), today=today())
        return
    st.button("✕ Close", type="tertiary", on_click=address.choose, args=("event", None), key="close-event")
    detail = ask(queries.event, id_, as_of=as_of)
    if detail:
        show_event(detail, deadline=_ledger(detail, as_of), as_of=as_of, text=text)
    elif undated := ask(queries.undated_event, id_, as_of=as_of):
        show_undated(undated, as_of=as_of, text=text)
    elif as_of and (ask(queries.event, id_) or ask(queries.undated_event, id_)):
        st.info(f"Nobody had reported this event by {days.day(as_of)}. Move “As known on” to see it.")
    else:
        notice.missing("event", id_)


def _ledger(detail: EventDetail, as_of: str | None) -> DeadlineView | None:
    """What the Deadlines page says of it: one ledger, wherever it is shown."""
    return ask(queries.deadline_of, detail.event.id, today=as_of or today().isoformat(), as_of=as_of)


if __name__ == "__main__":
    main()
