"""Entities: search by any name; one of them with its events, the company it keeps, and the articles that name it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kb import queries
from kb.fold import MENTIONED
from kb.queries import EntityDetail, EntityView, EventFilter
from ui import address, tables
from ui.answers import ask
from ui.components.network import network
from ui.panels import notice
from ui.panels.articles import show_articles
from ui.panels.choice import choose_row
from ui.panels.claim import show_claims
from ui.panels.downloads import show_downloads
from ui.panels.events import show_events
from ui.panels.filters import YEARS
from ui.panels.identity import ids_html, names_html, show_identity
from ui.panels.path import show_path
from ui.text import as_html, as_label

PAGE = "entities"
_MOST = 200
_GO = "entities:go"
PAGE_NETWORK = "entities:network"
_MOST_NODES = 150
_MOST_FURTHER = 12
"""Entities whose own company is drawn too."""
_FIELDS = [address.text("q")]


def main() -> None:
    """Draw the page: one entity if the address names one, else the search."""
    event = st.session_state.pop(_GO, None)
    if event:
        st.switch_page("app_pages/timeline.py", query_params={"event": event})
    named = address.chosen("entity")
    if named is None:
        _search()
        return
    st.button("← All entities", type="tertiary", on_click=address.choose, args=("entity", None))
    found = ask(queries.resolve_entity, named)
    detail = ask(queries.entity, found.id) if found else None
    if detail is None:
        notice.missing("entity", named)
    else:
        _show(detail)


def _search() -> None:
    address.sync(PAGE, _FIELDS)
    (query,) = _FIELDS
    st.text_input(
        "Search entities",
        key=address.key(PAGE, query),
        placeholder="part of a name or alias",
        type="search",
        on_change=address.keep,
        args=(PAGE, _FIELDS),
        width=420,
    )
    text = st.session_state[address.key(PAGE, query)].strip()
    found = ask(queries.find_entities, text, limit=_MOST)
    if found:
        _list(found)
    elif text:
        notice.nothing_matches("entities")
    else:
        notice.empty_graph()


def _list(found: list[EntityView]) -> None:
    choose_row(
        tables.entities_table(found),
        [entity.id for entity in found],
        key=f"{PAGE}:rows",
        on_choose=lambda id_: address.choose("entity", id_),
        alt="Entities, one a row; select a row to open it.",
        height=640,
        column_config={"Also called": st.column_config.TextColumn(width="large")},
    )
    st.caption(f"The {_MOST} in most events: search for others." if len(found) == _MOST else f"{len(found)} entities")


def _show(detail: EntityDetail) -> None:
    st.html(_header(detail))
    left, right = st.columns([0.68, 0.32], gap="medium")
    with left:
        _events(detail)
        _network(detail)
        if detail.undated:
            st.subheader("Claims without a date")
            show_claims(detail.undated, most=10)
    with right:
        _company(detail)
        show_path(detail.entity.id)
        show_identity(detail.entity)
        st.subheader("Articles")
        show_articles(detail.articles)


def _network(detail: EntityDetail) -> None:
    """Those it acts with, and on from them: filters and what was looked into live in the address."""
    if not detail.neighbours:
        return
    st.subheader("Network")
    further = tuple(id_ for id_ in st.query_params.get_all("further") if id_ != detail.entity.id)[:_MOST_FURTHER]
    around = (detail.entity.id, *further)
    fields = [address.some_of("role", _roles(detail)), address.day("from"), address.day("to")]
    notice.complaints(address.sync(PAGE_NETWORK, fields))
    roles, first, last = (st.session_state[address.key(PAGE_NETWORK, field)] for field in fields)
    _network_filters(fields, further)
    window = EventFilter(first=first.isoformat() if first else None, last=last.isoformat() if last else None)
    drawn = ask(queries.network, around, window, roles=tuple(roles), most=_MOST_NODES)
    if len(drawn.nodes) < 2:
        notice.nothing_matches("entities")
        return
    network(
        drawn,
        key=f"{PAGE}:network",
        selected=detail.entity.id,
        on_choose=lambda id_: address.choose("entity", id_),
        on_expand=lambda id_: address.choose_all("further", list(dict.fromkeys([*further, id_]))),
    )
    if drawn.left_out:
        st.caption(f"The {len(drawn.nodes)} nearest; {drawn.left_out} more do not fit.")


def _roles(detail: EntityDetail) -> list[str]:
    return sorted({actor.role for event in detail.events for actor in event.actors if actor.role != MENTIONED})


def _network_filters(fields: list[address.Field], further: tuple[str, ...]) -> None:
    role, first, last = fields
    keep: dict[str, Any] = {"on_change": address.keep, "args": (PAGE_NETWORK, fields)}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="network-filters"):
        st.multiselect(
            "Roles of the others",
            role.options,
            key=address.key(PAGE_NETWORK, role),
            placeholder="any role",
            width=240,
            format_func=lambda name: as_label(name.replace("_", " "), 40),
            **keep,
        )
        for field, label in ((first, "From"), (last, "To")):
            st.date_input(label, key=address.key(PAGE_NETWORK, field), value=None, width=140, **YEARS, **keep)
        if further:
            st.button("Back to one step", on_click=address.choose_all, args=("further", []))


def _header(detail: EntityDetail) -> str:
    entity = detail.entity
    return (
        f'<h2 class="cg-title">{as_html(entity.name)}</h2>'
        f'<p class="cg-meta">{as_html(entity.kind)} · {entity.events} events · {entity.articles} articles<br>'
        f"{ids_html(entity)}</p>{names_html(entity)}"
    )


def _events(detail: EntityDetail) -> None:
    if not detail.events:
        st.info("No dated event names this entity as an actor.")
        return
    show_events(
        queries.marks_of(detail.events),
        page=f"{PAGE}:{detail.entity.id}",
        selected=None,
        on_choose=_open_event,
        known=detail.events,
    )
    show_downloads(EventFilter(entity=detail.entity.id), key=PAGE)


def _open_event(id_: str) -> None:
    """Leave word for the run that follows: a callback cannot switch pages."""
    st.session_state[_GO] = id_


def _company(detail: EntityDetail) -> None:
    if not detail.neighbours:
        return
    st.subheader("Acts with")
    near = detail.neighbours[:50]
    choose_row(
        tables.neighbours_table(near),
        [neighbour.id for neighbour in near],
        key=f"{PAGE}:near:{detail.entity.id}",
        on_choose=lambda id_: address.choose("entity", id_),
        alt="Entities that act in the same events; select a row to open one.",
    )


if __name__ == "__main__":
    main()
