"""A quote as it is cited: the words, and where they stand."""

from __future__ import annotations

from kb.exports.harmless import web_address
from kb.queries import ClaimView
from ui import days
from ui.text import UNNAMED, plain

_LONGEST = 4000


def citation(claim: ClaimView) -> str:
    """One line: “The court held a hearing.” (Harbor Post, “A day in court”, 12 Jan 2025, https://harbor.example/story)."""
    url = web_address(claim.url)
    where = [
        plain(claim.source) or UNNAMED,
        f"“{plain(claim.article_title)}”" if claim.article_title else "",
        days.day(claim.published) if claim.published else "no publication date",
        url or "",
    ]
    return f"“{plain(claim.quote, _LONGEST)}” ({', '.join(part for part in where if part)})"
