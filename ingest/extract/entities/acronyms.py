"""Acronyms that a text explains: "Securities and Exchange Commission (SEC)"."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.extract.entities.candidate import Candidate
from kb.ids import name_key

_ACRONYM = re.compile(r" \([\"“]?(?:the )?[\"“]?(?P<short>[A-Z][A-Za-z&.\-]{1,10})[\"”]?\)")


def defined_acronym(text: str, candidate: Candidate) -> tuple[int, int] | None:
    """The range of "SEC" in "Securities and Exchange Commission (SEC)", for the candidate before it.

    The letters must be capitals or initials of the name, in order.
    """
    match = _ACRONYM.match(text, candidate.end)
    if match and _spells(match["short"], candidate.text):
        return match.span("short")
    return None


def settle_acronyms(text: str, chosen: list[Candidate]) -> list[Candidate]:
    """The candidates, where an acronym that the text explains no longer means what the gazetteer says.

    After "the Country Music Association (CMA)", "CMA" is not the Competition and Markets Authority.
    """
    explained = {text[slice(*span)]: one.text for one in chosen if (span := defined_acronym(text, one))}
    return [
        replace(one, listed=None, kind=None)
        if one.listed and one.text in explained and not _same_words(explained[one.text], one.listed.name)
        else one
        for one in chosen
    ]


def _same_words(first: str, second: str) -> bool:
    """True if two names share at least half of their longer words."""
    words, others = ({word for word in name_key(name).split() if len(word) > 3} for name in (first, second))
    return 2 * len(words & others) >= min(len(words), len(others))


def _spells(short: str, name: str) -> bool:
    letters = [c for c in short.rstrip("s") if c.isupper()]
    if len(letters) < 2 or " " not in name or short[0].casefold() != name[0].casefold():
        return False
    initials = iter(c for word in re.findall(r"[\w.]+", name) for c in (word[0], *(x for x in word[1:] if x.isupper())))
    return all(any(letter == initial.upper() for initial in initials) for letter in letters)
