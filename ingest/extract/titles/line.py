"""The words of a title as one line."""

from __future__ import annotations

import re
from functools import cache

from ingest.extract.titles.lexicon import title_lexicon

LONGEST = 100
"""Characters of a title."""


def cut(words: list[str]) -> str:
    """The words as one line of at most 100 characters, which does not break off behind "the", "of" or "and"."""
    text = ""
    for word in words:
        longer = f"{text} {word}".strip()
        if len(longer) > LONGEST - 1:
            text = _loose_end().sub("", text).rstrip(" ,;:-") + "…"
            break
        text = longer
    text = text.strip(' ,;:-–—“”"')
    return text[:1].upper() + text[1:]


@cache
def _loose_end() -> re.Pattern[str]:
    """Words, and numbers, that say nothing at the end of a line that was cut."""
    words = "|".join(sorted(title_lexicon().loose_ends))
    return re.compile(rf"(?:[ ,;:-]+(?:{words}|\d[\d.,]*))+$", re.IGNORECASE)
