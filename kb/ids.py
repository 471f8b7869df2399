"""Deterministic ids: the same thing gets the same id on every machine, in every run.

An id is a letter for what it names and 24 hexadecimal digits of a SHA-256 over its parts.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date
from functools import lru_cache

_DROPPED = re.compile(r"[^\w\s]+")
_LEGAL_FORMS = frozenset(
    "inc incorporated corp corporation ltd limited llc plc co company gmbh ag sa nv lp llp".split()
)

_AT_HAND = 16_384
"""Names whose keys are kept in mind: those of a few batches and of whom they are compared with."""


def digest(prefix: str, *parts: object) -> str:
    """An id over `parts`, in order; None and '' differ, and no two lists of parts share an encoding."""
    encoded = "".join("-" if part is None else f"{len(text := str(part))}:{text}" for part in parts)
    return prefix + hashlib.sha256(encoded.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def article_id(*, url: str | None, source: str | None, title: str | None, published: date | None, text: str) -> str:
    """Id of an article that came without one: by URL, else by outlet, title and day, else by its words."""
    if url:
        return digest("a", "url", url)
    if title and published:
        return digest("a", "head", source, title, published.isoformat())
    return digest("a", "text", text)


def version_id(article: str, title: str | None, published: date | None, text: str) -> str:
    """Id of one state of an article: another wording, title or date is another version."""
    return digest("v", article, title, published, text)


def source_id(name: str) -> str:
    """Id of an outlet, by its name without case or spacing."""
    return digest("s", " ".join(name.casefold().split()))


_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae"}
)
"""Letters that are no others with a mark."""


def plain(name: str) -> str:
    """A name without the marks on its letters.

    >>> plain("Lars Løkke Rasmussen, Recep Tayyip Erdoğan")
    'Lars Lokke Rasmussen, Recep Tayyip Erdogan'
    """
    parts = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


@lru_cache(maxsize=_AT_HAND)
def name_key(name: str) -> str:
    """The part of a name that decides identity: no case, accents, punctuation, leading article or legal form.

    >>> name_key("The ByteDance Ltd."), name_key("U.S. Supreme Court")
    ('bytedance', 'us supreme court')
    """
    text = name.casefold()
    if not name.isascii():
        text = unicodedata.normalize("NFKD", name).casefold()
        text = "".join(c for c in text if not unicodedata.combining(c))
    text = text.replace(".", "").replace("'", "").replace("’", "")
    words = _DROPPED.sub(" ", text).split()
    if len(words) > 1 and words[0] in ("the", "a", "an"):
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words = words[:-1]
    return " ".join(words) or name.strip()


def entity_id(name: str, sense: str | None = None) -> str:
    """Id of an entity, by its canonical name, and by what tells it from its namesakes: "sport", "mayor of Leeds"."""
    return digest("e", name_key(name)) if sense is None else digest("e", name_key(name), sense)


def claim_id(version: str, trigger_start: int, when_start: int | None) -> str:
    """Id of a claim: where it stands in which version. Better rules may type it otherwise; it stays the same claim."""
    return digest("c", version, trigger_start, when_start)


def event_id(first_claim: str) -> str:
    """Id of an event: that of the claim that told of it first, which `first_claim_of` gives back.

    >>> event_id("c0a1"), first_claim_of("ev0a1")
    ('ev0a1', 'c0a1')
    """
    return "ev" + first_claim.removeprefix("c")


def first_claim_of(event: str) -> str:
    """The claim an event has its id from."""
    return "c" + event.removeprefix("ev")
