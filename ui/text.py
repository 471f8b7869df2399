"""Text from articles on its way to the screen: hostile until made harmless here.

Whatever comes from the graph is shown through one of these, or in a place that takes no markup (a table cell).
"""

from __future__ import annotations

import html
import re
import unicodedata

from kb.exports.harmless import STEERING, web_address

UNNAMED = "Outlet not known"
"""What an outlet is called whose name no article gives."""

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_FROM_RIGHT = ("R", "AL")
"""Directions of letters, as Unicode has them, that run against those around them."""
_ISOLATE, _ISOLATED = "\u2068", "\u2069"
"""What `<bdi>` is where there is no HTML."""
_SHORTCODE = re.compile(r":(?=[\w+/-]+:)")


def plain(text: str | None, limit: int = 300) -> str:
    """One line of at most `limit` characters, without characters that steer the screen."""
    line = " ".join(STEERING.sub("", text or "").split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def as_html(text: str | None, limit: int = 300) -> str:
    """`plain` text for `st.html`; what is written from right to left moves nothing that stands beside it."""
    told = html.escape(plain(text, limit))
    return f"<bdi>{told}</bdi>" if _from_right(told) else told


def outlet_html(name: str | None) -> str:
    """The name of an outlet for `st.html`; one written from right to left moves nothing that stands beside it."""
    return f"<bdi>{as_html(name or UNNAMED, 80)}</bdi>"


def original_html(name: str | None, url: str | None) -> str:
    """The name of an outlet as a way to the article as it printed it, where that has an address of the web."""
    there = web_address(url)
    if there is None:
        return outlet_html(name)
    goes = f'href="{html.escape(there)}" target="_blank" rel="noopener noreferrer nofollow" title="Open the original"'
    return f"<a {goes}>{outlet_html(name)}</a>"


def as_label(text: str | None, limit: int = 120) -> str:
    """`plain` text for a widget's label, which Streamlit reads as Markdown with emoji shortcodes and directives.

    It does so with the options of pills and segments, too; those of lists to choose from are plain text.
    """
    joined = _SHORTCODE.sub(":\u2060", plain(text, limit))  # a word joiner: invisible, and no shortcode any more
    told = _PUNCTUATION.sub(r"\\\1", joined)
    return f"{_ISOLATE}{told}{_ISOLATED}" if _from_right(told) else told


def _from_right(text: str) -> bool:
    """Whether any of it is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in _FROM_RIGHT for char in text)


def exact_html(text: str) -> str:
    """Text with its line breaks, character for character but for steering ones, which show as a box."""
    return html.escape(STEERING.sub("\ufffd", text))
