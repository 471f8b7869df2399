"""Text from articles on its way out of the program: hostile until made harmless for where it goes."""

from __future__ import annotations

import re
from html import escape

STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and those that turn the direction of the text around them: never needed, and able to mislead."""
_LINES = re.compile("[\r\n\u2028\u2029\x85]+")
_SURROGATE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a formula begins with in a spreadsheet; the last four are the wide forms, which count in some languages."""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]#!|~$])")


def one_line(text: str | None, limit: int = 2000) -> str:
    """One line of at most `limit` characters, without characters that steer the screen or break XML."""
    line = " ".join(_SURROGATE.sub("\ufffd", STEERING.sub("", _LINES.sub(" ", text or ""))).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def as_cell(value: object) -> object:
    """A value for a CSV file: text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def as_markdown(text: str | None, limit: int = 2000) -> str:
    """One line of text in which nothing is Markdown or HTML."""
    return escape(_MARKDOWN.sub(r"\\\1", one_line(text, limit)), quote=False)


def web_address(url: str | None) -> str | None:
    """`url` if a browser may follow it: https or http, without spaces, quotes and brackets; else None."""
    if not url or not url.startswith(("https://", "http://")) or re.search(r"[\s<>\"'()\\`{}\x00-\x1f]", url):
        return None
    return url
