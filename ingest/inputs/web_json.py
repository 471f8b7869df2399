"""JSON as strangers write it."""

from __future__ import annotations

import json
import re
from typing import Any

_HALF = re.compile("[\ud800-\udfff]")


def read_json(text: str | bytes, *, strict: bool = True) -> Any:  # noqa: ANN401 - whatever JSON holds
    r"""What the JSON holds; halves of surrogate pairs, which no encoding can write, become a mark.

    With `strict` false, control characters may stand in strings. Raises ValueError or RecursionError for what is none.

    >>> read_json(r'{"title": "\ud83d here"}')
    {'title': '� here'}
    """
    value = json.loads(text, strict=strict)
    written = json.dumps(value, ensure_ascii=False)
    if not _HALF.search(written):
        return value
    return json.loads(written.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))
