"""Names found in one place and repeated in others, where the tagger overlooked or misread them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from ingest.extract.entities.acronyms import defined_acronym
from ingest.extract.entities.candidate import Candidate, Evidence
from ingest.extract.entities.page import Page
from kb.gazetteer import Gazetteer, NameIndex
from kb.model import EntityKind

_SMALL = re.compile(r"\b[a-z][\w-]+")


def find_repeats(page: Page, chosen: list[Candidate], gazetteer: Gazetteer) -> Iterator[Candidate]:
    """Further mentions of the chosen names, of their acronyms and of people's surnames.

    A surname that the text never writes small is a name even where a sentence starts with it.
    """
    text = page.text
    free = _free_ranges(len(text), chosen)
    families = {surname(one.text, gazetteer) for one in chosen if one.kind is EntityKind.PERSON and " " in one.text}
    written_small = set(_SMALL.findall(text)) if families else set()
    unusual = families - gazetteer.words["ordinary_words"]
    sure_anyway = {name for name in unusual if name.casefold() not in written_small}
    names = _names_to_look_for(text, chosen, gazetteer)
    for start, end, sure in NameIndex(names).find(text):
        if (
            free[start]
            and free[end - 1]
            and page.is_article(start)
            and (sure or text[start:end] in sure_anyway or page.is_tagged_name(start, end))
        ):
            yield Candidate(start, end, text[start:end], Evidence.REPEATED)


def _names_to_look_for(text: str, chosen: list[Candidate], gazetteer: Gazetteer) -> dict[str, bool]:
    """Names by whether they are sure to be names wherever they stand."""
    names: dict[str, bool] = {}
    for candidate in chosen:
        if candidate.listed is None or candidate.name:
            names.setdefault(candidate.text, " " in candidate.text)
        if candidate.kind is EntityKind.PERSON and " " in candidate.text:
            names.setdefault(surname(candidate.text, gazetteer), False)
        if span := defined_acronym(text, candidate):
            names[text[slice(*span)]] = True
    for word in gazetteer.words["ordinary_words"]:
        if word in names:
            names[word] = False
    return names


def settle_surnames(chosen: list[Candidate], gazetteer: Gazetteer) -> list[Candidate]:
    """The candidates, where a well-known surname means the person the article names in full, not the well-known one."""
    families: dict[str, set[str]] = defaultdict(set)
    for one in chosen:
        if one.kind is EntityKind.PERSON and " " in one.text:
            families[surname(one.text, gazetteer)].add(one.listed.name if one.listed else one.text)
    return [
        replace(one, listed=None)
        if one.listed and one.listed.name not in families.get(one.text, {one.listed.name})
        else one
        for one in chosen
    ]


def surname(name: str, gazetteer: Gazetteer) -> str:
    """The last word of a person's name that is not "Jr."."""
    words = [word.rstrip(",") for word in name.split()]
    while len(words) > 1 and words[-1] in gazetteer.words["suffixes"]:
        words.pop()
    return words[-1]


def _free_ranges(length: int, chosen: list[Candidate]) -> bytearray:
    free = bytearray(b"\x01") * length
    for candidate in chosen:
        free[candidate.start : candidate.end] = bytes(candidate.end - candidate.start)
    return free
