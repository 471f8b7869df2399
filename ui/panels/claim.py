"""One claim: the sentence, and who published it when."""

from __future__ import annotations

import streamlit as st

from kb.queries import ClaimView
from ui import days
from ui.highlight import quote_html
from ui.statuses import look
from ui.text import UNNAMED, as_html, as_label

_LONGEST_QUOTE = 4000


def show_claims(claims: tuple[ClaimView, ...], *, most: int = 30) -> None:
    """The claims, each with its quote; beyond `most` they are counted only."""
    for claim in claims[:most]:
        show_claim(claim)
    if len(claims) > most:
        st.caption(f"… and {len(claims) - most} more claims, not shown here. The Query page lists them all.")


def show_claim(claim: ClaimView, *, key: str | None = None) -> None:
    """A claim with its quote, its source, and a way to the article; `key` where a page shows it more than once."""
    with st.container(gap=None, key=f"plain-{key or f'claim-{claim.id}'}"):
        st.html(f'<blockquote class="cg-quote">{_quote(claim)}</blockquote><p class="cg-meta">{_meta(claim)}</p>')
        st.page_link(
            "app_pages/articles.py",
            label=f":blue[{as_label(claim.article_title or claim.url or 'Read the article', 90)}] →",
            query_params={"article": claim.article, "claim": claim.id},
        )


def status_html(status: str) -> str:
    """A status with its shape and colour."""
    seen = look(status)
    return f'<span class="cg-status cg-{seen.colour}"><span aria-hidden="true">{seen.glyph}</span> {seen.label}</span>'


def _quote(claim: ClaimView) -> str:
    return quote_html(claim) if len(claim.quote) <= _LONGEST_QUOTE else as_html(claim.quote, _LONGEST_QUOTE)


def _meta(claim: ClaimView) -> str:
    parts = [
        f"<b>{as_html(claim.source or UNNAMED, 80)}</b>",
        f"published {days.day(claim.published)}" if claim.published else "no publication date",
        status_html(claim.status),
    ]
    if claim.cues:
        parts.append("because of " + ", ".join(f"“{as_html(cue, 60)}”" for cue in claim.cues))
    if claim.attributed_to:
        parts.append(f"according to {as_html(claim.attributed_to, 120)}")
    parts.append(f"confidence {claim.confidence:.0%}")
    return " · ".join(parts)
