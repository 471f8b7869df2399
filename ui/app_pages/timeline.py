"""Timeline (home): filters, the picture with its table, and the open event beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from kb import queries
from kb.queries import EventFilter, Overview
from ui import address, days
from ui.address import Field, Nonsense
from ui.answers import ask
from ui.kinds import type_label
from ui.panels import notice
from ui.panels.event import show_event
from ui.panels.events import show_events
from ui.statuses import LOOKS, look
from ui.text import as_label

PAGE = "timeline"
MOST = 20_000
"""Events drawn at once, the latest; more are counted."""
_ENTITIES = 400
_YEARS: dict[str, Any] = {"min_value": date(1, 1, 1), "max_value": date(9998, 12, 31), "format": "YYYY-MM-DD"}


def main() -> None:
    """Draw the page."""
    overview = ask(queries.overview)
    if not overview.articles:
        notice.empty_graph()
        return
    names = _entity_names()
    fields = _fields(overview)
    notice.complaints(address.sync(PAGE, fields))
    wanted = _filter_bar(fields, overview, names)
    wanted = _status_pills(fields, wanted)
    _show(wanted)


def _fields(overview: Overview) -> list[Field]:
    return [
        address.text("q"),
        _entity_field(),
        address.some_of("type", [name for name, _ in overview.types]),
        address.some_of("status", list(LOOKS)),
        address.day("from"),
        address.day("to"),
        address.day("known"),
    ]


def _entity_field() -> Field:
    """The address may name an entity by its id or by one of its names."""

    def read(values: list[str]) -> str:
        found = ask(queries.resolve_entity, values[-1])
        if found is None:
            raise Nonsense(f"“entity” in the address: nobody is called {values[-1][:100]!r}. It is left out.")
        return found.id

    return Field("entity", None, read, lambda value: [value] if value else [])


def _entity_names() -> dict[str, str]:
    """Entities to choose from, by id: those in most events, and always the one that the address names."""
    names = {entity.id: entity.name for entity in ask(queries.find_entities, "", limit=_ENTITIES)}
    named = address.chosen("entity")
    found = ask(queries.resolve_entity, named) if named and named not in names else None
    return {**names, found.id: found.name} if found else names


def _filter_bar(fields: list[Field], overview: Overview, names: dict[str, str]) -> EventFilter:
    text, entity, types, _, first, last, known = fields
    keep: dict[str, Any] = {"on_change": address.keep, "args": (PAGE, fields)}
    counts = dict(overview.types)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="filters"):
        st.text_input("Search", key=_key(text), placeholder="words of a title", type="search", width=170, **keep)
        st.selectbox(
            "Entity",
            list(names),
            key=_key(entity),
            index=None,
            placeholder="anyone",
            width=170,
            format_func=lambda id_: as_label(names.get(id_, id_), 60),
            **keep,
        )
        st.multiselect(
            "Type",
            list(counts),
            key=_key(types),
            placeholder="any type",
            width=170,
            format_func=lambda type_: f"{type_label(type_)} ({counts.get(type_, 0)})",
            **keep,
        )
        st.date_input("From", key=_key(first), value=None, width=155, **_YEARS, **keep)
        st.date_input("To", key=_key(last), value=None, width=155, **_YEARS, **keep)
        st.date_input(
            "As known on",
            key=_key(known),
            value=None,
            width=155,
            **_YEARS,
            **keep,
            help="Only what was published by that day is taken into account.",
        )
        st.button("Clear", on_click=_clear, args=(fields,), disabled=not any(map(_value, fields)))
    return EventFilter(
        entity=_value(entity),
        types=tuple(_value(types)),
        first=_iso(_value(first)),
        last=_iso(_value(last)),
        text=_value(text).strip() or None,
        as_of=_iso(_value(known)),
    )


def _status_pills(fields: list[Field], wanted: EventFilter) -> EventFilter:
    """Legend, filter and counts in one."""
    counts = ask(queries.count_by_status, wanted)
    chosen = st.pills(
        "Status",
        [status for status in LOOKS if counts.get(status)] or list(LOOKS),
        selection_mode="multi",
        key=_key(fields[3]),
        format_func=lambda status: _pill(status, counts.get(status, 0)),
        label_visibility="collapsed",
        on_change=address.keep,
        args=(PAGE, fields),
    )
    return replace(wanted, statuses=tuple(chosen))


def _pill(status: str, count: int) -> str:
    seen = look(status)
    return f":{seen.colour}[{seen.glyph}] {seen.label} {count}"


def _show(wanted: EventFilter) -> None:
    left, right = st.columns([0.68, 0.32], gap="medium")
    with left:
        _picture(wanted)
    with right, st.container(key="detail"):
        _detail(wanted.as_of)


def _picture(wanted: EventFilter) -> None:
    if wanted.first and wanted.last and wanted.first > wanted.last:
        st.warning("“From” is after “To”: nothing can lie between them.")
    known = tuple(ask(queries.timeline, wanted, limit=MOST)) if wanted.as_of else None
    events = ask(queries.marks, wanted, limit=MOST) if known is None else queries.marks_of(known)
    if not events:
        notice.nothing_matches("events")
        return
    show_events(
        events,
        page=PAGE,
        selected=address.chosen("event"),
        on_choose=lambda event: address.choose("event", event),
        known=known,
        as_of=date.fromisoformat(wanted.as_of) if wanted.as_of else None,
    )
    st.caption(_caption(len(events), wanted))


def _caption(shown: int, wanted: EventFilter) -> str:
    as_known = f", as known on {days.day(wanted.as_of)}" if wanted.as_of else ""
    total = ask(queries.count_events, wanted)
    if shown == total:
        return f"{shown:,} event{'s' if shown != 1 else ''}{as_known}"
    return f"The {shown:,} latest of {total:,} events{as_known}. Narrow the filters to see the others."


def _detail(as_of: str | None) -> None:
    id_ = address.chosen("event")
    if id_ is None:
        st.caption("Choose a mark or a row: its quotes and sources open here.")
        return
    st.button("✕ Close", type="tertiary", on_click=address.choose, args=("event", None), key="close-event")
    detail = ask(queries.event, id_, as_of=as_of)
    if detail:
        show_event(detail)
    elif as_of and ask(queries.event, id_):
        st.info(f"Nobody had reported this event by {days.day(as_of)}. Clear “As known on” to see it.")
    else:
        notice.missing("event", id_)


def _clear(fields: list[Field]) -> None:
    for field in fields:
        st.session_state[_key(field)] = field.empty
    address.keep(PAGE, fields)


def _key(field: Field) -> str:
    return address.key(PAGE, field)


def _value(field: Field) -> Any:  # noqa: ANN401 - the field's own type
    return st.session_state[_key(field)]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


if __name__ == "__main__":
    main()
