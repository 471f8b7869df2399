"""The words of a title as one line."""

from __future__ import annotations

import re
from functools import cache

from ingest.extract.titles.lexicon import title_lexicon

LONGEST = 100
"""Characters of a title."""
_LONGEST_NAME = 40
_BRACKETS = (("(", ")"), ("[", "]"))
_OF_ONESELF = re.compile(r"(?:I|We|My|Our)\b")


def cut(words: list[str]) -> str:
    """The words as one line of at most 100 characters, without addresses of pages.

    It does not break off behind "the", "of" or "and".
    """
    text = ""
    words = words if "://" not in "".join(words) else [t for t in words if "://" not in t]
    for left, word in zip(range(len(words) - 1, -1, -1), words, strict=True):
        longer = f"{text} {word}".strip()
        if len(longer) > (LONGEST - 1 if left else LONGEST):
            text = _loose_end().sub("", text).rstrip(" ,;:-") + "…"
            break
        text = longer
    text = _without_half(text.strip(' ,;:-–—“”"'))
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]  # "iPhone" and "eSafety" begin small


def said_by(line: str, speaker: str | None, sentence: str) -> str:
    """A line in which somebody speaks of himself, with who does: "I left the bank" -> "Ada Roe: I left the bank".

    Only a name that stands in the sentence itself: elsewhere another may have begun to speak.
    """
    name = (speaker or "").removeprefix("The ").removeprefix("the ")
    told = bool(name) and len(name) <= _LONGEST_NAME and name.split()[-1] in sentence
    if not told or not name[0].isupper() or _OF_ONESELF.match(name) or not _OF_ONESELF.match(line):
        return line
    return cut([f"{name}:", *line.split()])


def _without_half(text: str) -> str:
    """`text` without brackets of which one side is left out, but for those inside a word: "CPI(M" -> "CPI(M)"."""
    for opening, closing in _BRACKETS:
        if opening not in text and closing not in text:
            continue
        if text.count(opening) != text.count(closing):
            text = re.sub(rf"(\w\{opening}\w+)\b(?!\{closing})", rf"\1{closing}", text)
        if text.count(opening) != text.count(closing):
            text = " ".join(text.replace(opening, "").replace(closing, "").split())
    return text


@cache
def _loose_end() -> re.Pattern[str]:
    """Words, and numbers, that say nothing at the end of a line that was cut."""
    words = "|".join(sorted(title_lexicon().loose_ends))
    return re.compile(rf"(?:[ ,;:-]+(?:{words}|\d[\d.,]*))+$", re.IGNORECASE)
