"""What a search finds in quotes: beside the timeline while no event is open."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kb.queries import Quotes
from ui import days
from ui.panels.claim import show_claim
from ui.text import as_html, as_label

MOST_QUOTES = 30
"""Quotes shown at once, the newest."""


def show_quotes(found: Quotes, *, text: str, on_choose: Callable[[str], None]) -> None:
    """The quotes with the words of `text`, each below the event that it tells of; `on_choose` gets the event's id."""
    count = f"{found.total:,} quote{'s' * (found.total != 1)} with {as_html(text, 60)}"
    st.html(f'<h3 class="cg-title">{count}</h3>')
    if found.total > len(found.claims):
        st.caption(f"The newest {len(found.claims)}. Words in “quotation marks” are found together.")
    for claim in found.claims:
        with st.container(gap=None, key=f"plain-quote-{claim.id}"):
            when = days.span(claim.first_day, claim.last_day, claim.precision)
            st.button(
                f":blue[{as_label(claim.title, 100)}] · {when}", key=f"quote:{claim.id}", type="tertiary",
                on_click=on_choose, args=(claim.event,),
            )  # fmt: skip
            show_claim(claim, key=f"quote-claim-{claim.id}", text=text)
