"""Entities: search by any name; one of them with its events, the company it keeps, and the articles that name it."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from kb import queries
from kb.fold import MENTIONED
from kb.queries import EntityDetail, EntityView, EventFilter
from ui import address, days, tables
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
from ui.panels.known import show_known
from ui.panels.path import show_path
from ui.panels.subscribe import show_follow
from ui.tab import name_tab
from ui.text import as_html, as_label, plain

PAGE = "entities"
_MOST = 200
_GO = "entities:go"
PAGE_NETWORK = "entities:network"
_MOST_NODES = 150
_MOST_ROLES, _MOST_NAMESAKES = 3, 6
_MOST_FURTHER = 12
"""Entities whose own company is drawn too."""
_FIELDS = [address.text("q")]


def main() -> None:
    """Draw the page: one entity if the address names one, else the search."""
    event = st.session_state.pop(_GO, None)
    if event:
        st.switch_page("app_pages/timeline.py", query_params=address.along(event=event))
    named, known = address.chosen("entity"), show_known(PAGE)
    if named is None:
        _search(known)
        return
    st.button("← All entities", type="tertiary", on_click=address.choose, args=("entity", None, "further", "to_entity"))
    found = ask(queries.resolve_entity, named)
    detail = ask(queries.entity, found.id, as_of=known) if found else None
    if detail:
        _show(detail, known)
    elif found and known:
        st.info(f"Nobody had named {as_label(found.name, 80)} by {days.day(known)}.")
    else:
        notice.missing("entity", named)


def _search(known: str | None) -> None:
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
    if known and not text:
        found = ask(queries.acting_entities, limit=_MOST, as_of=known)
    else:
        found = ask(queries.find_entities, text, limit=_MOST, as_of=known)
    if found:
        _list(found, acting=known is not None and not text)
    elif text and known is None:
        _suggest(text)
    elif text:
        st.info(f"Nobody and nothing was called “{as_label(text, 80)}” by then.")
    elif known:
        st.info(f"Nobody and nothing was in any event known by {days.day(known)}.")
    else:
        notice.empty_graph()


def _suggest(text: str) -> None:
    """Who may be meant by a name that nobody has."""
    alike = ask(queries.entities_spelt_like, text)
    st.info(f"Nobody and nothing has “{as_label(text, 80)}” in a name.{' Did you mean one of these?' if alike else ''}")
    if alike:
        _list(alike)


def _list(found: list[EntityView], *, acting: bool = False) -> None:
    """A row for each; `acting` if there may be others that are in no event."""
    choose_row(
        tables.entities_table(found),
        [entity.id for entity in found],
        key=f"{PAGE}:rows",
        on_choose=lambda id_: address.choose("entity", id_),
        alt="Entities, one a row; select a row to open it.",
        rows=18,
        column_config={
            "Name": st.column_config.TextColumn(width=300),
            "Kind": st.column_config.TextColumn(width=100),
            "Described as": st.column_config.TextColumn(width=200, help="What articles say it is."),
            "Events": st.column_config.NumberColumn(width=75, format="localized"),
            "Articles": st.column_config.NumberColumn(width=75, format="localized"),
            "Also called": st.column_config.TextColumn(width="large"),
        },
    )
    st.caption(
        f"The {_MOST} in most events: search for others."
        if len(found) == _MOST
        else f"{_counted(len(found), 'entity', 'entities')} in events: search for others."
        if acting
        else _counted(len(found), "entity", "entities")
    )


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _show(detail: EntityDetail, known: str | None) -> None:
    name_tab(detail.entity.name)
    st.html(_header(detail, known))
    _namesakes(detail)
    with st.container(key="entity"):
        left, right = st.columns([0.68, 0.32], gap="medium")
    with left:
        _events(detail, known)
        _network(detail, known)
        if detail.undated:
            st.subheader("Undated claims")
            show_claims(detail.undated, most=10, as_of=known)
    with right:
        _company(detail)
        show_path(detail.entity.id, as_of=known)
        if known is None:  # who is whom is decided by all that articles tell
            show_identity(detail.entity)
        st.subheader("Articles")
        show_articles(detail.articles)


def _network(detail: EntityDetail, known: str | None) -> None:
    """Those it acts with, and on from them: filters and what was looked into live in the address."""
    if not detail.neighbours:
        return
    st.subheader("Network")
    further = address.list_of("further", most=_MOST_FURTHER)
    fields = [address.some_of("role", _roles(detail)), address.day("from"), address.day("to"), further]
    notice.complaints(address.sync(PAGE_NETWORK, fields))
    roles, first, last, chosen = (st.session_state[address.key(PAGE_NETWORK, field)] for field in fields)
    around = tuple(dict.fromkeys((detail.entity.id, *chosen)))
    since, until = (day.isoformat() if day else None for day in (first, last))
    window = EventFilter(first=since, last=until, as_of=known)
    drawn = ask(queries.network, around, window, roles=tuple(roles), most=_MOST_NODES)
    _network_filters(fields, {node.id: node.name for node in drawn.nodes if node.id != detail.entity.id})
    if len(drawn.nodes) < 2:
        st.info("Nobody acts with it in these roles on these days. Take a role away, or widen the days.")
        return
    network(
        drawn,
        key=f"{PAGE}:network",
        selected=detail.entity.id,
        on_choose=_open,
        on_expand=lambda id_: address.choose_all("further", _toggled(chosen, id_)),
        further=around[1:],
    )
    if drawn.left_out:
        st.caption(f"The {len(drawn.nodes)} nearest; {drawn.left_out} more do not fit.")


def _toggled(chosen: list[str], id_: str) -> list[str]:
    """Those looked further from after one more click: one that was among them goes."""
    return [one for one in chosen if one != id_] if id_ in chosen else [*chosen, id_][-_MOST_FURTHER:]


def _roles(detail: EntityDetail) -> list[str]:
    return sorted({actor.role for event in detail.events for actor in event.actors if actor.role != MENTIONED})


def _network_filters(fields: list[address.Field], others: dict[str, str]) -> None:
    """`others` are the names, by id, of those from which the network can look further."""
    role, first, last, further = fields
    keep: dict[str, Any] = {"on_change": address.keep, "args": (PAGE_NETWORK, fields)}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="network-filters"):
        st.multiselect(
            "Roles of the others",
            role.options,
            key=address.key(PAGE_NETWORK, role),
            placeholder="any role",
            width=240,
            format_func=lambda name: plain(name.replace("_", " "), 40),
            **keep,
        )
        for field, label in ((first, "From"), (last, "To")):
            st.date_input(label, key=address.key(PAGE_NETWORK, field), value=None, width=165, **YEARS, **keep)
        chosen = st.session_state[address.key(PAGE_NETWORK, further)]
        st.multiselect(
            "Look further from",
            [*others, *(id_ for id_ in chosen if id_ not in others)],
            key=address.key(PAGE_NETWORK, further),
            placeholder="those you click",
            width=260,
            max_selections=_MOST_FURTHER,
            format_func=lambda id_: plain(others.get(id_, id_), 40),
            **keep,
        )


def _header(detail: EntityDetail, known: str | None) -> str:
    entity = detail.entity
    names = detail.names if known else ask(queries.names_over_time, entity.id)
    roles = "".join(f" · {as_html(role, 80)}" for role in entity.roles[:_MOST_ROLES])
    return (
        f'<h2 class="cg-title">{as_html(entity.name)}</h2>'
        f'<p class="cg-meta">{as_html(entity.kind)}{roles} · {_counted(entity.events, "event", "events")} · '
        f"{_counted(entity.articles, 'article', 'articles')}<br>{ids_html(entity)}</p>{names_html(names)}"
    )


def _namesakes(detail: EntityDetail) -> None:
    """Others of the same name, each a way to it."""
    if not detail.namesakes:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="namesakes"):
        st.caption("Also of this name:", width="content")
        for other in detail.namesakes[:_MOST_NAMESAKES]:
            label = (
                f"{', '.join(other.roles[:_MOST_ROLES]) or other.kind} ({_counted(other.events, 'event', 'events')})"
            )
            st.button(
                as_label(label, 80), key=f"namesake-{other.id}", type="tertiary", on_click=_open, args=(other.id,)
            )
        if len(detail.namesakes) > _MOST_NAMESAKES:
            st.caption(f"and {len(detail.namesakes) - _MOST_NAMESAKES:,} more", width="content")


def _events(detail: EntityDetail, known: str | None) -> None:
    if not detail.events:
        st.info("No dated event names this entity as an actor.")
        return
    wanted = EventFilter(entity=detail.entity.id, as_of=known)
    show_events(
        ask(queries.marks, wanted),
        page=f"{PAGE}:{detail.entity.id}",
        selected=None,
        on_choose=_open_event,
        as_of=date.fromisoformat(known) if known else None,
    )
    with st.container(horizontal=True, gap="small"):
        show_downloads(wanted, key=PAGE)
        if known is None:
            show_follow({"entity": [detail.entity.id]}, name=detail.entity.name)


def _open(id_: str) -> None:
    """Another entity; what was looked into around this one is no part of it."""
    address.choose("entity", id_, "further", "to_entity")


def _open_event(id_: str) -> None:
    """Leave word for the run that follows: a callback cannot switch pages."""
    st.session_state[_GO] = id_


def _company(detail: EntityDetail) -> None:
    if not detail.neighbours:
        return
    st.subheader("Named together with")
    near = detail.neighbours[:50]
    choose_row(
        tables.neighbours_table(near),
        [neighbour.id for neighbour in near],
        key=f"{PAGE}:near:{detail.entity.id}",
        on_choose=_open,
        alt="Entities that are named in the same events; select a row to open one.",
        column_config={
            "Name": st.column_config.TextColumn(width=150),
            "Kind": st.column_config.TextColumn(width=80),
            "Events": st.column_config.NumberColumn(width=62, help="that name both"),
        },
    )


if __name__ == "__main__":
    main()
