"""JSON as strangers write it."""

from __future__ import annotations

import json
import re
from typing import Any

_HALF = re.compile("[\ud800-\udfff]")
_AROUND = re.compile(r"\A(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/)?|(?://|/\*)?\s*(?:\]\]>|-->)\s*(?:\*/)?\Z|;\Z")
"""Marks that hid a script from the browsers and parsers of old, and the end of a statement."""
_COMMA_TOO_MANY = re.compile(r'("(?:[^"\\]|\\.)*+")|,(?=\s*[}\]])', re.DOTALL)


def read_json(text: str | bytes, *, strict: bool = True) -> Any:  # noqa: ANN401 - whatever JSON holds
    r"""What the JSON holds; halves of surrogate pairs, which no encoding can write, become a mark.

    With `strict` false it may be written as browsers and search engines let it pass: control characters in strings, a
    comma after the last of a list, comment marks around all of it.

    Raises ValueError or RecursionError for what is none.

    >>> read_json(r'{"title": "\ud83d here"}')
    {'title': '� here'}
    """
    value = json.loads(text) if strict else _lenient(text)
    written = json.dumps(value, ensure_ascii=False)
    if not _HALF.search(written):
        return value
    return json.loads(written.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))


def _lenient(text: str | bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    whole = text if isinstance(text, str) else text.decode("utf-8", "replace")
    bare = _AROUND.sub("", whole.strip()).strip()
    try:
        return json.loads(bare, strict=False)
    except json.JSONDecodeError:
        return json.loads(_COMMA_TOO_MANY.sub(lambda match: match[1] or "", bare), strict=False)
