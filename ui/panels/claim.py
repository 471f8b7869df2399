"""One claim: the sentence, and who published it when."""

from __future__ import annotations

import json

import streamlit as st

from kb.queries import ClaimView, matches, words_of
from ui import address, days
from ui.citing import citation
from ui.components.page import copy_html
from ui.highlight import quote_html
from ui.statuses import look
from ui.text import as_html, as_label, original_html

_LONGEST_QUOTE = 4000
_ALL_CLAIMS = """\
MATCH (:Event {id: $id})<-[:ABOUT]-(c:Claim)<-[:STATES]-(:Version)<-[:HAS_VERSION]-(a:Article)$known
OPTIONAL MATCH (s:Source)-[:PUBLISHED]->(a)
RETURN c.published AS published, s.name AS outlet, c.status AS status, c.quote AS quote, a.title AS article,
  a.url AS url
ORDER BY published, outlet"""


_KNOWN = """
WHERE c.published <= $day"""


def show_claims(claims: tuple[ClaimView, ...], *, most: int = 30, as_of: str | None = None, text: str = "") -> None:
    """The claims, each with its quote; beyond `most` they are counted, with a way to all claims of their event.

    Those whose quotes have the words of a search, `text`, come first. That way leads to what was published up to
    `as_of`, too.
    """
    for claim in sorted(claims, key=lambda claim: not _has_all(claim, text))[:most]:
        show_claim(claim, text=text)
    if len(claims) <= most:
        return
    left = len(claims) - most
    st.caption(f"… and {left:,} more claim{'s' * (left != 1)}, not shown here.")
    if len({claim.event for claim in claims}) == 1 and claims[0].event:
        known = _KNOWN.replace("$day", json.dumps(as_of)) if as_of else ""
        asked = _ALL_CLAIMS.replace("$known", known).replace("$id", json.dumps(claims[0].event))
        st.page_link("app_pages/query.py", label=":blue[All of them as a table] →", query_params={"cypher": asked})


def show_claim(claim: ClaimView, *, key: str | None = None, text: str = "") -> None:
    """A claim with its quote, its source, and a way to the article; `key` where a page shows it more than once.

    Words of a search, `text`, are marked in the quote.
    """
    with st.container(gap=None, key=f"plain-{key or f'claim-{claim.id}'}"):
        st.html(f'<blockquote class="cg-quote">{_quote(claim, text)}</blockquote><p class="cg-meta">{_meta(claim)}</p>')
        st.page_link(
            "app_pages/articles.py",
            label=f":blue[{as_label(claim.article_title or claim.url or 'Read the article', 90)}] →",
            query_params=address.along(article=claim.article, claim=claim.id),
        )


def cite_html(claim: ClaimView) -> str:
    """A button that copies the quote and where it stands."""
    return copy_html("Copy with source", citation(claim))


def origin_html(claim: ClaimView) -> str:
    """Who published it, with a way there, and when: 'Harbor Post, 12 Jan 2025'."""
    published = days.day(claim.published) if claim.published else "no publication date"
    return f"{original_html(claim.source, claim.url)}, {published}"


def status_html(status: str) -> str:
    """A status with its shape and colour."""
    seen = look(status)
    return f'<span class="cg-status cg-{seen.colour}"><span aria-hidden="true">{seen.glyph}</span> {seen.label}</span>'


def _has_all(claim: ClaimView, text: str) -> bool:
    """Whether a quote has all words of a search."""
    return all(matches(claim.quote, [word]) for word in words_of(text))


def _quote(claim: ClaimView, text: str) -> str:
    return quote_html(claim, text) if len(claim.quote) <= _LONGEST_QUOTE else as_html(claim.quote, _LONGEST_QUOTE)


def _meta(claim: ClaimView) -> str:
    parts = [
        f"<b>{original_html(claim.source, claim.url)}</b>",
        f"published {days.day(claim.published)}" if claim.published else "no publication date",
        status_html(claim.status),
    ]
    if claim.cues:
        parts.append("read from " + ", ".join(f"“{as_html(cue, 60)}”" for cue in claim.cues))
    if claim.attributed_to:
        parts.append(f"according to {as_html(claim.attributed_to, 120)}")
    parts += [f"confidence {claim.confidence:.0%}", cite_html(claim)]
    return " · ".join(parts)
