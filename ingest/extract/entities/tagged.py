"""Candidates that the statistical tagger found, cut down to the name itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract.entities.candidate import Candidate, Evidence
from ingest.extract.entities.page import Page
from ingest.extract.entities.references.nouns import is_calling
from ingest.extract.entities.runs import is_capitalised, is_headline
from kb.gazetteer import Gazetteer
from kb.model import EntityKind

_TAGS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANIZATION,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.PLACE,
    "PRODUCT": EntityKind.PRODUCT,
    "EVENT": EntityKind.EVENT_NAME,
    "LAW": EntityKind.LAW,
    "WORK_OF_ART": EntityKind.OTHER,
}
_POSSESSIVE = re.compile(r"['’]s?\Z")
_EDGES = " \t\n\"“”‘’'`()[]<>{},;:!?*_|•·-–—#@/"
_WORD = re.compile(r"\S+")
_OF_THE = re.compile(r" (?:of|for) (?:the )?(?=[A-Z])")
_CUT_SURNAME = re.compile(r"['’][A-Z]\w+")
"""The tagger cuts "O’Leary" in two."""
_CLAUSE = re.compile(r"(?<! of)(?<! for)(?<! on)(?<! in)(?<! and)(?<! to)(?<! from)(?<! against)(?<! with) the ")
"""A bare "the" inside a span: two phrases, not one name."""
_PROVISION = re.compile(r"(?:Article|Recital|Annex|Paragraph|Clause|Chapter|Schedule)s?\s+[\dIVX](?!.* of )")
"""What part of a law a text speaks of, without saying of which: no thing by itself."""
_NATIONAL = frozenset(("U.S.", "US"))
_ARTICLE = re.compile(r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Oo]ur|[Mm]y|[Tt]his|[Tt]hat)\s+")
_COMMA = re.compile(
    r",\s+(?!(?:Inc|Ltd|LLC|L\.L\.C|Corp|Co|LP|LLP|Jr|Sr|N\.A|S\.A|D\.C)\b)|\s+and\s+(?=[A-Z]\w+\Z)|\s+[-–—]+\s+"
)


def tagged_candidates(page: Page, gazetteer: Gazetteer) -> Iterator[Candidate]:
    """The tagger's spans without titles, articles, possessives and what is no name; none from headlines."""
    text = page.text
    for span in page.doc.ents:
        kind = _TAGS.get(span.label_)
        if kind is None or is_headline(text, span.start_char, span.end_char):
            continue
        for start, end in _split(span.text, span.start_char):
            if cleaned := _clean(text, start, end, kind, gazetteer):
                yield Candidate(*cleaned, text[slice(*cleaned)], Evidence.TAGGED, kind)


def _split(text: str, offset: int) -> Iterator[tuple[int, int]]:
    """The parts of a list, or of a dateline and what follows it, that the tagger took for one name."""
    start = 0
    for comma in _COMMA.finditer(text):
        yield offset + start, offset + comma.start()
        start = comma.end()
    yield offset + start, offset + len(text)


def _clean(text: str, start: int, end: int, kind: EntityKind, gazetteer: Gazetteer) -> tuple[int, int] | None:
    """The span without articles, titles, possessives and stray punctuation, or None if no name is left."""
    stop = text.find("\n", start, end)
    if stop > start:
        end = stop
    while start < end and text[start] in _EDGES:
        start += 1
    if article := _ARTICLE.match(text, start, end):
        start = article.end()
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    if possessive := _POSSESSIVE.search(text, start, end):
        end = possessive.start()
    if cut := _CUT_SURNAME.match(text, end):
        end = cut.end()
    start = _after_titles(text, start, end, kind, gazetteer)
    words = text[start:end].split()
    if not words or not all(is_capitalised(word.rstrip(",")) for word in (words[0], words[-1])):
        return None
    if _CLAUSE.search(text, start, end) or _PROVISION.match(text, start, end):
        return None
    if kind is EntityKind.PERSON and (len(words) > 5 or any(word[0].isdigit() for word in words)):
        return None
    return start, end


def _after_titles(text: str, start: int, end: int, kind: EntityKind, gazetteer: Gazetteer) -> int:
    """Where the name starts behind "U.S. Attorney General", "Ms", "Actress" or "Administrator of the"."""
    titles = gazetteer.words["titles"] | gazetteer.words["honorifics"]
    words = list(_WORD.finditer(text, start, end))
    if kind is EntityKind.PERSON:
        if len(words) > 1 and is_calling(words[0].group()) and words[1].group()[0].isupper():
            return words[1].start()
        for last, word in reversed(list(enumerate(words[:-1]))):
            if word.group() in titles or text[start : word.end()] in titles:
                return words[last + 1].start()
    elif len(words) > 1 and words[0].group() in titles - _NATIONAL:
        rest = _OF_THE.match(text, words[0].end())
        return rest.end() if rest else words[1].start() if words[0].group() in gazetteer.words["honorifics"] else start
    return start
