"""Pages that stand where an article should be: errors answered as pages, maintenance, checks, walls of consent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kb.shipped import read_yaml

_MOST_WORDS = 150
"""A page with more words has something to tell, whatever it is called."""
_MARKS = re.compile("[.,!?…]+")
_BETWEEN = re.compile(r"\s+[|·•»-]\s+|\s*[–—]\s*|\s*:\s+")


def stands_in(text: str, names: Iterable[str]) -> bool:
    """True for a short page that one of its `names` (headline, title of the page), or a part of it, calls no article.

    >>> stands_in("Sorry, it does not exist.", ["Page not found | The Ledger"])
    True
    """
    if len(text.split()) > _MOST_WORDS:
        return False
    parts = (part for name in names for part in (name, *_BETWEEN.split(name)))
    return any(_called().fullmatch(" ".join(_MARKS.sub(" ", part.lower().replace("’", "'")).split())) for part in parts)


@cache
def _called() -> re.Pattern[str]:
    sheet = read_yaml("ingest.inputs", "stand_in.yaml")
    phrases = (line.strip() for lines in sheet.values() for line in lines.splitlines())
    return re.compile("|".join(_pattern(phrase) for phrase in phrases if phrase))


def _pattern(phrase: str) -> str:
    """A phrase with its stars as up to six words, or none."""
    words = re.escape(phrase).replace(r"\*", r"(?:\S+ ?){0,6}")
    return words.replace(r"\ (?:", r" ?(?:").replace(r"\ ", " ")
