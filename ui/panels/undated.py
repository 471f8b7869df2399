"""An event of which no source gives the day: what it is taken for, why, and every sentence that speaks of it."""

from __future__ import annotations

import streamlit as st

from kb.queries import UndatedDetail
from ui import days
from ui.components.page import copy_html
from ui.kinds import type_label
from ui.panels.because import because_html
from ui.panels.claim import show_claims, status_html
from ui.tab import name_tab
from ui.text import as_html


def show_undated(detail: UndatedDetail, *, as_of: str | None = None, text: str = "") -> None:
    """The panel of one, in the place of a dated event's; the words of a search, `text`, are marked in quotes."""
    name_tab(detail.title)
    st.html(f'<h3 class="cg-title">{as_html(detail.title)}</h3>{copy_html("Copy link")}{_facts(detail)}')
    st.html(f'<h4 class="cg-head">{_count(detail)}</h4>{because_html(detail.because)}')
    show_claims(detail.mentions, as_of=as_of, text=text)


def _facts(detail: UndatedDetail) -> str:
    facts = {
        "Status": status_html(detail.status),
        "Date": "no source gives the day",
        "Type": as_html(type_label(detail.type)),
        "Reported": _reported(detail),
    }
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items() if value)
    return f'<dl class="cg-facts">{rows}</dl>'


def _reported(detail: UndatedDetail) -> str:
    told = dict.fromkeys(days.day(day) for day in (detail.first_reported, detail.last_reported) if day)
    return " to ".join(told)


def _count(detail: UndatedDetail) -> str:
    sources = "1 source" if detail.sources == 1 else f"{detail.sources} sources"
    return f"Mentioned {len(detail.mentions)} times by {sources}"
