"""Candidates that the statistical tagger found, cut down to the name itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.symbols import PROPN  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Span

from ingest.extract.entities.candidate import Candidate, Evidence
from ingest.extract.entities.page import Page
from ingest.extract.entities.references.nouns import is_calling, load_nouns
from ingest.extract.entities.runs import (
    PARTICLE,
    WEEKDAYS,
    is_capitalised,
    is_function_word,
    is_headline,
    starts_sentence,
)
from ingest.extract.entities.wording import wording
from kb.gazetteer import Gazetteer, Use
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
_HYPHENED = re.compile(r"\b(?P<first>[A-Z][a-z]{2,}|[Aa]l|[Ee]l)[-‑]\Z")
_FIRST_NAME, _ARTICLE_LETTERS = 14, 2
"""Of which the tagger cuts "Jean-Yves Le Drian" and "al-Tamimi" short."""
_BREAK = re.compile(r"\n|\s{2,}")
"""Between two lines, also where a page has joined them."""
_CUT_SURNAME = re.compile(r"['’][A-Z]\w+")
"""The tagger cuts "O’Leary" in two."""
_CLAUSE = re.compile(r"(?<! of)(?<! for)(?<! on)(?<! in)(?<! and)(?<! to)(?<! from)(?<! against)(?<! with) the ")
"""A bare "the" inside a span: two phrases, not one name."""
_PROVISION = re.compile(r"(?:Article|Recital|Annex|Paragraph|Clause|Chapter|Schedule)s?\s+[\dIVX](?!.* of )")
"""What part of a law a text speaks of, without saying of which: no thing by itself."""
_NATIONAL = frozenset(("U.S.", "US"))
_ARTICLE = re.compile(r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Oo]ur|[Mm]y|[Tt]his|[Tt]hat)\s+")
_GOES_ON = re.compile(r"\w{2,} \w")
"""A word behind a name that opens the next sentence: "Geneva During (the talks)", but not "Serie A" or "Peace Now,"."""
_PAIR = re.compile(r" of (?:\w+ )?\w+s and \w+s\Z")
"""One name: "College of Obstetricians and Gynecologists"."""
_LIKE_NAMES = frozenset(("NNS", "JJ"))
"""Tags that foreign names are given, too."""
_FIELDS = re.compile(r"(?P<body>\w+) (?:of|for) (?P<fields>\w+(?: \w+)?)\Z")
"""What a body is for, before an "and": "University of Finance (and Economics)"."""
_OWNED = re.compile(r"['’]s (?=[A-Z])")
_JOINED = frozenset(("of", "for", "on"))
_COMMA = re.compile(
    r",\s+(?!(?:Inc|Ltd|LLC|L\.L\.C|Corp|Co|LP|LLP|Jr|Sr|N\.A|S\.A|D\.C)\b)|\s+and\s+(?=[A-Z])|\s+(?:[-–—]+|/)\s+"
)


def tagged_candidates(page: Page, gazetteer: Gazetteer) -> Iterator[Candidate]:
    """The tagger's spans without titles, articles, possessives and what is no name; none from headlines."""
    text = page.text
    for span, begin, stop in _spans(page):
        kind = _TAGS.get(span.label_)
        if kind is None or is_headline(text, begin, stop) or _is_ordinary_word(text, span):
            continue
        for start, end in _split(text[begin:stop], begin, gazetteer):
            own = EntityKind.PERSON if _is_titled_person(text[start:end], gazetteer) else kind
            if cleaned := _clean(text, start, end, own, gazetteer):
                yield Candidate(*cleaned, text[slice(*cleaned)], Evidence.TAGGED, own)


def _is_ordinary_word(text: str, span: Span) -> bool:
    """True for one word with a capital that is no proper noun by its part of speech: "Fireworks will be sold".

    A plural or an adjective has to open a sentence, to own nothing, and to stand with a capital nowhere inside one:
    foreign names are often taken for either. So are they for singular nouns, which are all left. Nor is it one that the
    tagger takes for a place.
    """
    word = span[0]
    if len(span) > 1 or word.pos == PROPN or word.tag_ == "NN" or not (span.text.istitle() and span.text.isalpha()):
        return False
    if word.tag_ not in _LIKE_NAMES:
        return True
    owns = word.i + 1 < len(word.doc) and word.nbor().tag_ == "POS"
    if owns or span.label_ == "GPE" or re.search(rf"[a-z,] {span.text}\b", text):
        return False
    return bool(word.is_sent_start) or starts_sentence(text, span.start_char)


def _spans(page: Page) -> Iterator[tuple[Span, int, int]]:
    """The tagger's spans and where they are; the two of "College of Obstetricians and Gynecologists" as one."""
    spans = page.doc.ents
    for at, span in enumerate(spans):
        if at and _are_one(page.text, spans[at - 1], span):
            continue
        paired = at + 1 < len(spans) and _are_one(page.text, span, spans[at + 1])
        yield span, span.start_char, spans[at + 1].end_char if paired else span.end_char


def _are_one(text: str, first: Span, second: Span) -> bool:
    joined = text[first.end_char : second.start_char] == " and "
    return joined and bool(_PAIR.search(text[first.start_char : second.end_char]))


_TITLED = (3, 4)
"""Words of a title of one word and a name."""


def _is_titled_person(name: str, gazetteer: Gazetteer) -> bool:
    """True for "Chair Janice Hollander" and "Dakar Governor Awa Sow", whatever the tagger takes it for."""
    words = name.split()
    titles = gazetteer.words["titles"]
    last = max((at for at, word in enumerate(words[:-2]) if word in titles), default=None)
    if last is None or len(words) - last not in _TITLED or words[-1] in gazetteer.head_words:
        return False
    return words[last + 1].casefold() in load_nouns().sexes or (
        last > 0 and words[last] in gazetteer.words["honorifics"]
    )


def _split(text: str, offset: int, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """The parts of what the tagger took for one name: of a list, a dateline and what follows, "Syria's Aleppo"."""
    start = 0
    if (owned := _OWNED.search(text)) and (owner := gazetteer.forms.get(text[: owned.start()])):
        start = owned.end() if owner.use is Use.FULL else 0
    for comma in _COMMA.finditer(text, start):
        if _PAIR.search(text) or not (comma.group().strip() != "and" or _are_two(text, comma, gazetteer)):
            continue
        yield offset + start, offset + comma.start()
        start = comma.end()
    yield offset + start, offset + len(text)


def _are_two(text: str, joint: re.Match[str], gazetteer: Gazetteer) -> bool:
    """True for "A and B" at the end of a span, and for two that say what they are: "Dart Airways and Comet Airways"."""
    first, second = text[: joint.start()].split(), text[joint.end() :].split()
    if _are_fields(text[: joint.start()], text[joint.end() :], gazetteer):
        return False
    if len(second) == 1:
        return True
    kind = gazetteer.head_words.get(first[-1]) if len(first) > 1 else None
    return kind is not None and kind is gazetteer.head_words.get(second[-1]) and not _JOINED & {*first, *second}


def _are_fields(first: str, second: str, gazetteer: Gazetteer) -> bool:
    """True for "University of Finance" and "Economics", of neither of which anybody knows as a name."""
    found = _FIELDS.search(first)
    known = found is not None and (found["fields"] in gazetteer.forms or second in gazetteer.forms)
    return found is not None and found["body"] in gazetteer.head_words and not known


def _clean(text: str, start: int, end: int, kind: EntityKind, gazetteer: Gazetteer) -> tuple[int, int] | None:
    """The span without articles, titles, possessives and stray punctuation, or None if no name is left."""
    while start < end and text[start] in _EDGES:
        start += 1
    if stop := _BREAK.search(text, start, end):
        end = stop.start()
    if article := _ARTICLE.match(text, start, end):
        start = article.end()
    words = list(_WORD.finditer(text, start, end))
    if len(words) > 1 and words[0].group() in gazetteer.words["leading_words"]:
        start = words[1].start()
    if len(words) > 1 and is_function_word(words[-1].group()) and _GOES_ON.match(text, words[-1].start()):
        end = words[-2].end()
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    if kind is EntityKind.PERSON:
        start = _with_first_name(text, start)
    if possessive := _POSSESSIVE.search(text, start, end):
        end = possessive.start()
    if cut := _CUT_SURNAME.match(text, end):
        end = cut.end()
    start = _after_titles(text, start, end, kind, gazetteer)
    end = _before_rank(text, start, end, gazetteer)
    end = _before_seat(text, start, end, gazetteer)
    if kind is EntityKind.PERSON:
        start, end = _without_weekday(text, start, end)
        behind = wording().name_end.search(text, start, end)
        end = behind.start() if behind else end
    return (start, end) if _may_be_name(text, start, end, kind) else None


def _may_be_name(text: str, start: int, end: int, kind: EntityKind) -> bool:
    """False for what begins or ends small, for a part of a law, and for a person of many words or of numbers."""
    words = text[start:end].split()
    if not words or not all(is_capitalised(PARTICLE.sub("", word.rstrip(","))) for word in (words[0], words[-1])):
        return False
    if _CLAUSE.search(text, start, end) or _PROVISION.match(text, start, end):
        return False
    return kind is not EntityKind.PERSON or (len(words) <= 5 and not any(word[0].isdigit() for word in words))


def _without_weekday(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without a day at one of its ends: "Thursday Ada Roe"."""
    first, space, _ = text[start:end].partition(" ")
    start += len(first) + 1 if space and first in WEEKDAYS else 0
    _, space, last = text[start:end].rpartition(" ")
    return start, end - (len(last) + 1 if space and last in WEEKDAYS else 0)


def _with_first_name(text: str, start: int) -> int:
    """Where the name starts of which the tagger has left out "Jean-" or "al-"."""
    first = _HYPHENED.search(text, max(0, start - _FIRST_NAME), start)
    is_name = first is not None and (
        len(first["first"]) == _ARTICLE_LETTERS or first["first"].casefold() in load_nouns().sexes
    )
    return first.start() if first is not None and is_name else start


def _before_rank(text: str, start: int, end: int, gazetteer: Gazetteer) -> int:
    """Where a body's name ends before the rank of one of its people: "Air Force Col. Ada Roe"."""
    name, _, last = text[start:end].rpartition(" ")
    rank = f"{last}." if text.startswith(".", end) else last
    return start + len(name) if name and rank.endswith(".") and rank in gazetteer.words["honorifics"] else end


def _before_seat(text: str, start: int, end: int, gazetteer: Gazetteer) -> int:
    """Where a company's name ends before its seat: "Verity Pharma of Boston"."""
    name, of, _ = text[start:end].rpartition(" of ")
    words = name.split()
    return start + len(name) if of and len(words) > 1 and words[-1] in gazetteer.words["company_tails"] else end


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
