"""Choosing an entity, to show nothing but what it is in: those in most events are listed, any other can be typed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb import queries
from ui import address
from ui.address import Field, Nonsense
from ui.answers import ask
from ui.text import as_label, plain

_MOST = 250


def entity_field() -> Field:
    """The address may name an entity by its id or by one of its names."""

    def read(values: list[str]) -> str:
        found = ask(queries.resolve_entity, values[-1])
        if found is None:
            raise Nonsense(f"“entity” in the address: no entity is called {values[-1][:100]!r}. It is left out.")
        return found.id

    return Field("entity", None, read, lambda value: [value] if value else [])


def choose_entity(page: str, field: Field, fields: Sequence[Field], *, width: int, as_of: str | None = None) -> None:
    """Draw the choice, which goes into the address with all `fields` of the page; names as on the day `as_of`."""
    names = _names(as_of)
    st.selectbox(
        "Entity",
        list(names),
        key=address.key(page, field),
        index=None,
        placeholder="anyone",
        width=width,
        format_func=lambda id_: plain(names.get(id_, id_), 60),
        filter_mode="contains",
        accept_new_options=True,
        help=f"The {len(names)} in most events are listed; the name of any other can be typed.",
        on_change=_chosen,
        args=(page, field, fields, as_of),
    )


def _chosen(page: str, field: Field, fields: Sequence[Field], as_of: str | None) -> None:
    """Who is chosen from the list, or is called what was typed."""
    key = address.key(page, field)
    typed = st.session_state[key]
    if typed and typed not in _names(as_of):
        found = ask(queries.resolve_entity, typed, as_of=as_of)
        if found is None:
            then = " by then" if as_of else ""
            st.toast(as_label(f"No entity is called “{typed}”{then}.", 200))
        st.session_state[key] = found.id if found else None
    address.keep(page, fields)


def _names(as_of: str | None) -> dict[str, str]:
    """Entities to choose from, by id: those in most events, and always the one that the address names."""
    names: dict[str, str] = ask(queries.busiest_entities, limit=_MOST, as_of=as_of)
    named = address.chosen("entity")
    if not named or named in names:
        return names
    found = ask(queries.resolve_entity, named, as_of=as_of) or ask(queries.resolve_entity, named)
    return {**names, found.id: found.name} if found else names
