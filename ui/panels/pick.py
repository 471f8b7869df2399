"""Choosing an entity among however many there are: words first, then those that match them."""

from __future__ import annotations

import streamlit as st

from kb import queries
from kb.queries import EntityView
from ui.answers import ask
from ui.text import as_label

_MOST = 30


def pick_entity(label: str, *, key: str, without: str) -> EntityView | None:
    """The entity that is chosen, or None; `without` is not offered."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key=f"{key}:pick"):
        text = st.text_input(label, key=f"{key}:words", placeholder="part of its name", type="search", width=200)
        found = [one for one in ask(queries.find_entities, text.strip(), limit=_MOST + 1) if one.id != without]
        by_id = {one.id: one for one in found[:_MOST]}
        chosen = st.selectbox(
            f"{label}: which one", list(by_id), key=f"{key}:one", index=None, width=260,
            placeholder=f"{len(found)} found" if text.strip() else "those in most events",
            format_func=lambda id_: _line(by_id.get(id_)), label_visibility="collapsed",
        )  # fmt: skip
    return by_id.get(chosen) if chosen else None


def _line(found: EntityView | None) -> str:
    return as_label(f"{found.name} · {found.kind} · {found.articles} articles", 90) if found else ""
