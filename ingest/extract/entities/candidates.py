"""Where a text may name something: what the gazetteer, the patterns, honorifics and the tagger find."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ingest.extract.entities.candidate import Candidate, Evidence
from ingest.extract.entities.listed import listed_candidates
from ingest.extract.entities.page import Page
from ingest.extract.entities.patterns import find_patterns
from ingest.extract.entities.proper import proper_candidates
from ingest.extract.entities.runs import is_function_word, starts_sentence
from ingest.extract.entities.tagged import tagged_candidates
from kb.gazetteer import Gazetteer, Hit, Use
from kb.model import EntityKind

_POSSESSIVE = re.compile(r"['’]s?\Z")


def find_candidates(page: Page, gazetteer: Gazetteer) -> list[Candidate]:
    """All that may be a name outside of boilerplate, in no order; candidates may overlap."""
    bars = _share_bars(page.text, gazetteer)
    hits = [hit for hit in gazetteer.find(page.text) if page.is_article(hit.start)]
    found = [
        *_from_patterns(page.text, hits),
        *_from_honorifics(page.text, gazetteer),
        *listed_candidates(page, hits, gazetteer.words),
        *tagged_candidates(page, gazetteer),
        *proper_candidates(page, gazetteer),
    ]
    small = set(_SMALL.findall(page.text))
    return [
        _look_up(c, gazetteer)
        for c in found
        if page.is_article(c.start)
        and (c.listed or (is_name(c.text, gazetteer) and not _is_no_name_here(page.text, c, gazetteer, small)))
        and not any(c.start in bar for bar in bars)
    ]


def is_name(text: str, gazetteer: Gazetteer) -> bool:
    """False for what only looks like a name: numbers, dates, function words, common acronyms, emoji, sentences."""
    return (
        2 <= len(text) <= 160
        and "\n" not in text
        and text not in gazetteer.words["not_names"]
        and not is_function_word(text)
        and any(c.isupper() for c in text)
    ) or text == "X"


_SMALL = re.compile(r"\b[a-z]{3,}\b")
_BUTTONS = 4
"""Words in a row that make a bar of links for sharing."""
_BEHIND = re.compile(r" (?P<word>[A-Z]\w+)")


def _share_bars(text: str, gazetteer: Gazetteer) -> list[range]:
    """Where a page's links for sharing stand in a row: "Facebook Twitter Google+ Reddit"."""
    if sum(word in text for word in ("Twitter", "Facebook", "Reddit", "reddit", "Digg", "WhatsApp")) < _FEW_BUTTONS:
        return []
    return [range(*bar.span()) for bar in _bar_pattern(gazetteer.words["share_buttons"]).finditer(text)]


_FEW_BUTTONS = 2


@cache
def _bar_pattern(buttons: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(buttons, key=len, reverse=True)))
    return re.compile(rf"(?:(?<!\w)(?:{words})\+?(?!\w)[\s,|/]*){{{_BUTTONS},}}")


def _is_no_name_here(text: str, candidate: Candidate, gazetteer: Gazetteer, small: set[str]) -> bool:
    """True for what only the tagger takes for a name, and the text tells otherwise.

    It is a part of a title ("Finance Minister"), the word for a people, or a word that is written small elsewhere and
    stands in capitals ("a GREAT deal") or at the head of a sentence.
    """
    if candidate.evidence is not Evidence.TAGGED:
        return False
    form = gazetteer.forms.get(candidate.text)
    if form is not None and form.use is Use.DEMONYM:
        return True
    if candidate.kind is EntityKind.PERSON:
        return False
    behind = _BEHIND.match(text, candidate.end)
    if behind and behind["word"] in gazetteer.words["offices_behind"]:
        return True
    return candidate.text.casefold() in small and (
        (candidate.text.isupper() and len(candidate.text) > _ACRONYM) or starts_sentence(text, candidate.start)
    )


_ACRONYM = 3
"""Letters: "IT" and "WHO" are names though "it" and "who" are words."""


def _look_up(candidate: Candidate, gazetteer: Gazetteer) -> Candidate:
    """The candidate with what the gazetteer says of its name in another spelling: "ZTE Corp.", "WASHINGTON"."""
    if candidate.listed or candidate.evidence is Evidence.LISTED:
        return candidate
    return replace(candidate, listed=gazetteer.get(candidate.name or candidate.text))


def _from_patterns(text: str, hits: list[Hit]) -> Iterator[Candidate]:
    owners = {hit.start: hit.end for hit in hits}
    for found in find_patterns(text):
        start = found.start
        if possessive := _OWNER.match(text, owners.get(start, found.end), found.end):
            start = possessive.end()
        yield Candidate(start, found.end, text[start : found.end], Evidence.PATTERN, found.kind, found.name)


_OWNER = re.compile(r"['’]s? ")
"""After a known name: "China's Foreign Ministry" is the "Foreign Ministry"."""

_HONORIFIC = re.compile(
    r"\b(?P<word>[A-Z][a-z-]{1,14}\.?) (?=(?P<name>[A-Z][\w'’-]+(?: (?:de |van |von |al-)?[A-Z][\w'’-]+)?))"
)


def _from_honorifics(text: str, gazetteer: Gazetteer) -> Iterator[Candidate]:
    honorifics = gazetteer.words["honorifics"]
    for match in _HONORIFIC.finditer(text):
        if match["word"] in honorifics and match["name"].split()[-1] not in gazetteer.head_words:
            name = _POSSESSIVE.sub("", match["name"])
            start = match.start("name")
            yield Candidate(start, start + len(name), name, Evidence.HONORIFIC, EntityKind.PERSON)
