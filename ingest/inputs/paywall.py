"""Whether a page shows its story or only the first lines of it and a price."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from kb.shipped import read_yaml

_STUB_WORDS = 150
_MENTION_WORDS = 350
"""A page with more words than this tells its story, whatever it asks for besides."""


def asks_for_money(text: str, around: Callable[[], str], *, free: bool | None) -> bool:
    """True if the rest of the story has to be paid for: the page says so (`free` is False), or its words do.

    `around` gives the words of the page, without those that are the same on every page of the site.
    """
    words = len(text.split())
    if free is False:
        return True
    return words < _MENTION_WORDS and free is None and _has_phrase(around())


def is_stub(text: str, *, paywalled: bool) -> bool:
    """True if so little of a paid story is shown that a reader would not call it the article."""
    return paywalled and len(text.split()) < _STUB_WORDS


def _has_phrase(text: str) -> bool:
    text = " ".join(text.lower().replace("’", "'").split())
    return any(phrase in text for phrase in _phrases())


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(read_yaml("ingest.inputs", "paywall.yaml"))
