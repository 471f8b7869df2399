"""Whether a text is English, by its small words and its script."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from importlib.resources import files

import yaml

ENGLISH = "English"
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_LETTER = re.compile(r"[^\W\d_\u0000-\u024f]")
_SAMPLE = 3000
"""Characters that are looked at, from the start and from the middle."""
_FEWEST_WORDS = 12
_CLEAR_SHARE = 0.08
_SCRIPTS = {
    "CYRILLIC": "Cyrillic script",
    "CJK": "Chinese or Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "ARABIC": "Arabic script",
    "HEBREW": "Hebrew",
    "GREEK": "Greek",
    "DEVANAGARI": "Devanagari script",
    "BENGALI": "Bengali",
    "TAMIL": "Tamil",
    "THAI": "Thai",
}


def detect_language(text: str) -> str | None:
    """The language of `text` ("English", "German" …) or its script; None if it is too short or too odd to tell."""
    middle = len(text) // 2
    sample = text[:_SAMPLE] + " " + text[middle : middle + _SAMPLE] if len(text) > 2 * _SAMPLE else text
    return _by_script(sample) or _by_words([word.lower() for word in _WORD.findall(sample)])


def _by_script(sample: str) -> str | None:
    if not _OTHER_LETTER.search(sample):
        return None
    letters = [char for char in sample if char.isalpha()][:2000]
    scripts = Counter(unicodedata.name(char, "?").split()[0].partition("-")[0] for char in letters if char > "\u024f")
    if not scripts or scripts.total() < 0.4 * len(letters):
        return None
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0.1 * scripts.total():
        return _SCRIPTS["HIRAGANA"]
    return _SCRIPTS.get(scripts.most_common(1)[0][0], "a script other than Latin")


def _by_words(words: list[str]) -> str | None:
    if len(words) < _FEWEST_WORDS:
        return None
    counts = Counter(words)
    told = counts.keys()
    scores = {name: sum(counts[word] for word in told & small) / len(words) for name, small in _small_words().items()}
    best = max(scores, key=lambda name: (scores[name], name == ENGLISH))
    return best if scores[best] >= _CLEAR_SHARE else None


@cache
def _small_words() -> dict[str, frozenset[str]]:
    text = files("ingest.inputs").joinpath("languages.yaml").read_text("utf-8")
    sheet = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - builds only strings: "no" and "on" stay words
    return {name: frozenset(words) for name, words in sheet.items()}
