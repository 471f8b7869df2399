"""The judge buttons of an event: what it really is, and which of its claims is not about it."""

from __future__ import annotations

import streamlit as st

from kb.judgement import Verdict
from kb.model import Status
from kb.queries import EventDetail
from ui import judging
from ui.statuses import look
from ui.text import as_label


def show_decisions(detail: EventDetail) -> None:
    """Closed until somebody wants to decide."""
    with st.expander("Decide"):
        allowed = bool(judging.show_who())
        event = detail.event
        told = [status.value for status in Status]
        status = st.selectbox(
            "Its status is", list(Status), index=told.index(event.status) if event.status in told else None,
            key=f"decide:{event.id}", placeholder=look(event.status).label,
            format_func=lambda value: f"{look(value).glyph} {look(value).label}", width=220,
        )  # fmt: skip
        st.button(
            "Correct the status",
            disabled=not allowed or status in (None, event.status),
            on_click=judging.correct,
            args=(event.id, "status", str(status)),
            key="decide:correct",
        )
        first, *others = detail.claims
        for claim in others[:20]:
            st.button(
                f"Another event: “{as_label(claim.quote, 70)}”",
                key=f"decide:{claim.id}",
                disabled=not allowed,
                on_click=judging.decide_pair,
                args=(Verdict.DIFFERENT, first, claim),
                type="tertiary",
            )
        judging.show_undo()
