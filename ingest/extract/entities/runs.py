"""Runs of capitalised words around a place in a text: the raw material of names.

A run is made of capitalised words, numbers with letters and, between them, small joining words: "Aid, Relief, and
Economic Security". It never crosses a line end, a sentence end, a possessive, or "the".
"""

from __future__ import annotations

import re

_CAPITALISED = re.compile(
    r"(?:[A-Z][\w&'’\-]*|[A-Z](?:\.[A-Z])+\.?|[A-Z][a-z]{0,4}\.|[a-z]?[A-Z]\w+|\d+[\w\-]*[A-Za-z]\w*)\Z"
)
_JOIN_BEFORE = frozenset("and of for from to in on by with against de du la &".split())
_JOIN_AFTER = frozenset("and of for &".split())
_FUNCTION_WORDS = frozenset(
    "The A An In On At By For From Of To With And But Or As If When While Since Under After Before During Against Both"
    " Earlier Later Meanwhile However Also Although Because Despite Through Until Like See Citing Per Its His Her Their"
    " Our My Your This That These Those Each Any Some All No Not Last Next Then There Today Yesterday Tomorrow What Who"
    " How Why Where Which It He She They We You I Yes So Now Here Such Many Most More Other Another Every Unless"
    " Whether Whereas Though Yet Instead Among Between Across Without Amid Neither Either Nor Several Besides Alongside"
    " Unlike Rival Fellow Neighbouring Neighboring".split()
)
WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_NEVER = WEEKDAYS.union(
    "The My Our His Her Their Its This Act January February March April June July August September October November"
    " December Republican Democratic Democrat GOP".split()
)
PARTICLE = re.compile(r"(?:[Aa][dlnrst]|[Aa]sh|[Ee][dls]|[Bb]in|[Ii]bn|[Aa]bu)[-‑](?=[A-Z])")
"""Of names such as "al-Tamimi", which begin small."""
_DESCRIBED = re.compile(
    r"-(?:based|led|backed|born|owned|funded|linked|controlled|sponsored|run|style|era|member|seat|nation)\Z"
)
"""Ends of what describes a thing: "Geneva-based", "500-member"."""
_REACH = 220
"""Characters that are looked at before or after a place: the cost of a long line stays linear."""
_LONGEST_HEADLINE = 200
_GAP = 8
"""Characters between two sentences."""
_WORD = re.compile(r"\S+")
_POSSESSIVE = re.compile(r"['’]s?\Z")


def run_before(text: str, end: int, *, joined: bool = True) -> int:
    """Where the run that ends at `end` starts; `end` itself if there is none.

    With `joined` false only capitalised words count, no joining words and no commas.

    >>> text = "under the Kids Online Safety and Privacy Act"
    >>> text[run_before(text, text.index(" Act")):]
    'Kids Online Safety and Privacy Act'
    """
    low = max(0, end - _REACH)
    low = max(low, text.rfind("\n", low, end) + 1)
    start, seen_and = end, False
    first = ""
    for match in reversed(list(_WORD.finditer(text, low, end))):
        word = match.group()
        bare = word.rstrip(",").lstrip('"“‘(')
        if start == end and not _fits(bare):
            break  # the word right before the end must be part of the name
        if word.endswith(",") and not (joined and seen_and):
            break
        if _fits(bare) and not (start != end and _ends_sentence(bare)):
            start, first = match.end() - len(word.lstrip('"“‘(')), bare
        elif not (joined and bare in _JOIN_BEFORE):
            break
        if bare is not word and word[0] in '"“‘(':
            break
        seen_and = seen_and or bare in ("and", "&")
    if first in _FUNCTION_WORDS and starts_sentence(text, start):
        return min(start + len(first) + 1, end)
    return start


def run_after(text: str, start: int) -> int:
    """Where the run that starts at `start` ends; `start` itself if there is none.

    >>> text = "Department of Health and Human Services said"
    >>> text[:run_after(text, 14)]
    'Department of Health and Human Services'
    """
    stop = text.find("\n", start, start + _REACH)
    high = stop if stop >= 0 else min(len(text), start + _REACH)
    end, previous = start, ""
    for match in _WORD.finditer(text, start, high):
        word = match.group()
        bare = _POSSESSIVE.sub("", word.rstrip(',.;:!?)"”'))
        if _fits(bare) and not (previous == "and" and bare.isupper()):
            end = match.start() + len(bare)
        elif bare not in _JOIN_AFTER and not (bare == "the" and previous in ("of", "for")):
            break
        if bare != word:
            break
        previous = bare
    return end


def is_capitalised(word: str) -> bool:
    """True for a word that may stand in a name."""
    return bool(_CAPITALISED.match(word))


def is_function_word(word: str) -> bool:
    """True for a word that is capitalised only because a sentence starts with it."""
    return word in _FUNCTION_WORDS


def is_headline(text: str, start: int, end: int, *, least: int = 4) -> bool:
    """True if `start`..`end` lies in a line whose words are nearly all capitalised: its capitals tell nothing.

    Lines of fewer than `least` longer words are never taken for headlines.
    """
    low = text.rfind("\n", max(0, start - _REACH), start) + 1
    high = text.find("\n", end, end + _REACH)
    high = high if high >= 0 else min(len(text), end + _REACH)
    if high - low > _LONGEST_HEADLINE or (low == 0 and start > _REACH):
        return False
    line = text[low:high].strip()
    if line.endswith((".", "?", "!", '"', "”", ":")):
        return False
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) >= least and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _fits(word: str) -> bool:
    described = "-" in word and _DESCRIBED.search(word)
    return word not in _NEVER and bool(_CAPITALISED.match(word)) and not described


def _ends_sentence(word: str) -> bool:
    """True for "Ruling." but not for "U.S." or "Inc."."""
    return word.endswith(".") and "." not in word[:-1] and len(word) > 5


def starts_sentence(text: str, at: int) -> bool:
    """True for the first word of a sentence or line."""
    return text[max(0, at - _GAP) : at].rstrip(' "“‘(')[-1:] in ("", ".", "!", "?", "\n", ":", ";", "”")
