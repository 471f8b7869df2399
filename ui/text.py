"""Text from articles on its way to the screen: hostile until made harmless here.

Whatever comes from the graph is shown through one of these, or in a place that takes no markup (a table cell).
"""

from __future__ import annotations

import html
import re

_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and those that turn the direction of the text around them: never needed, and able to mislead."""
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SHORTCODE = re.compile(r":(?=[\w+/-]+:)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(text: str | None, limit: int = 300) -> str:
    """One line of at most `limit` characters, without characters that steer the screen."""
    line = " ".join(_STEERING.sub("", text or "").split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def as_html(text: str | None, limit: int = 300) -> str:
    """`plain` text for `st.html`."""
    return html.escape(plain(text, limit))


def as_label(text: str | None, limit: int = 120) -> str:
    """`plain` text for a widget's label, which Streamlit reads as Markdown with emoji shortcodes and directives."""
    joined = _SHORTCODE.sub(":\u2060", plain(text, limit))  # a word joiner: invisible, and no shortcode any more
    return _PUNCTUATION.sub(r"\\\1", joined)


def exact_html(text: str) -> str:
    """Text with its line breaks, character for character but for steering ones, which show as a box."""
    return html.escape(_STEERING.sub("\ufffd", text))


def as_cell(value: object) -> object:
    """A value for a CSV file: text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
