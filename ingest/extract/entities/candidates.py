"""Where a text may name something: what the gazetteer, the patterns, honorifics and the tagger find."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.extract.entities.candidate import Candidate, Evidence
from ingest.extract.entities.listed import listed_candidates
from ingest.extract.entities.page import Page
from ingest.extract.entities.patterns import find_patterns
from ingest.extract.entities.proper import proper_candidates
from ingest.extract.entities.runs import is_function_word
from ingest.extract.entities.tagged import tagged_candidates
from kb.gazetteer import Gazetteer, Hit
from kb.model import EntityKind

_POSSESSIVE = re.compile(r"['’]s?\Z")


def find_candidates(page: Page, gazetteer: Gazetteer) -> list[Candidate]:
    """All that may be a name outside of boilerplate, in no order; candidates may overlap."""
    hits = [hit for hit in gazetteer.find(page.text) if page.is_article(hit.start)]
    found = [
        *_from_patterns(page.text, hits),
        *_from_honorifics(page.text, gazetteer),
        *listed_candidates(page, hits, gazetteer.words),
        *tagged_candidates(page, gazetteer),
        *proper_candidates(page, gazetteer),
    ]
    return [
        _look_up(c, gazetteer) for c in found if page.is_article(c.start) and (c.listed or is_name(c.text, gazetteer))
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
