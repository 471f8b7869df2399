"""Words compared across articles: lower case, no accents, endings cut, names and small words left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_ENDINGS = tuple("ational ations ation ments ment ings ing ions ion ied ies y ers ed er es s e".split())
_LONGEST = 2000
"""Characters of a text that are looked at: a sentence may be a whole page."""
_SMALL = frozenset(
    "a an and are as at be been by for from had has have he her his in into is it its last more new not of on one or "
    "other she that the their they this to was were who will with would could may might can us mr mrs ms two three "
    "first second third fourth fifth no any some than then there which while after before over under up out off about "
    "against through between during without within also all".split()
)


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """A word without its ending, such that "upholds", "upheld"-like regular forms meet.

    >>> stem("Extended"), stem("extension"), stem("dismisses"), stem("stabbed")
    ('extend', 'extens', 'dismiss', 'stab')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= 3 and not _belongs(ending, plain):
            return _undoubled(plain[: -len(ending)], ending)
    return plain


def _undoubled(root: str, ending: str) -> str:
    """The root of a verb that doubles its last letter: stabbed, stopping; not of those that have two, as killed."""
    twice = len(root) > 3 and root[-1] == root[-2] and root[-1] in "bdgmnprt"
    return root[:-1] if twice and ending in ("ed", "ing", "ings") else root


def _belongs(ending: str, word: str) -> bool:
    """True if what looks like an ending is part of the word: pass, stay."""
    return (ending == "s" and word.endswith("ss")) or (ending == "y" and word[-2] in "aeou")


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The stems of the telling words of a text."""
    words = (match.group() for match in _WORD.finditer(text[:_LONGEST]))
    return frozenset(stem(word) for word in words if word.casefold() not in _SMALL and len(word) > 1)


def any_of(text: str, wanted: Set[str]) -> bool:
    """True if a word of the text, a small one too, has one of these stems."""
    return any(stem(match.group()) in wanted for match in _WORD.finditer(text[:_LONGEST]))


def is_quoted(text: str, at: int) -> bool:
    """True if what stands at a place of a sentence is within quotation marks.

    >>> is_quoted('"It is over," she said.', 4), is_quoted('"It is over," she said.', 15)
    (True, False)
    """
    before = text[:at]
    return before.count('"') % 2 == 1 or before.rfind("“") > before.rfind("”")
