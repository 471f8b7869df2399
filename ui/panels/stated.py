"""What an article states: its claims in the order of the text, each with a way to its sentence and to its event."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.queries import ArticleDetail, ClaimView
from ui import address, days
from ui.kinds import type_label
from ui.panels.choice import more_words
from ui.panels.claim import status_html
from ui.text import as_html, as_label

_MOST = 50
"""Claims that are listed at once."""


def show_stated(detail: ArticleDetail, open_: str | None) -> None:
    """The first of its claims, and the one of the id `open_`; more if somebody asks."""
    st.html('<h3 class="cg-title">What it states</h3>')
    if not detail.claims:
        st.caption("No claim was read from this article.")
    shown = _MOST * st.session_state.get(_more(detail.article.id), 1)
    for claim in _with_open(detail.claims, shown, open_):
        with st.container(border=claim.id == open_, gap=None, key=f"plain-stated-{claim.id}"):
            st.html(f'<p class="cg-meta">{_stated(claim)}</p>')
            st.button(
                f"“{as_label(claim.trigger, 40)}” in the text",
                key=f"show-{claim.id}",
                type="tertiary",
                on_click=address.choose,
                args=("claim", claim.id),
            )
            if claim.event:
                st.page_link(
                    "app_pages/timeline.py",
                    label=f":blue[{as_label(claim.title, 120)}]",
                    query_params=address.along(event=claim.event),
                )
            else:
                st.html(f'<p class="cg-meta">{as_html(claim.title, 120)}</p>')
    if len(detail.claims) > shown:
        st.button(more_words(len(detail.claims) - shown, _MOST), on_click=_show_more, args=(detail.article.id,))


def _with_open(claims: Sequence[ClaimView], most: int, open_: str | None) -> list[ClaimView]:
    """The first `most` of them; before these the open one, if it is none of them."""
    return [*(claim for claim in claims[most:] if claim.id == open_), *claims[:most]]


def _show_more(article: str) -> None:
    st.session_state[_more(article)] = st.session_state.get(_more(article), 1) + 1


def _more(article: str) -> str:
    return f"stated:more:{article}"


def _stated(claim: ClaimView) -> str:
    when = days.span(claim.first_day, claim.last_day, claim.precision)
    return f"{status_html(claim.status)} · {when} · {as_html(type_label(claim.type))}"
