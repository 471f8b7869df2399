"""Where a text may name something: what the gazetteer, the patterns, honorifics and the tagger find."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from ingest.extract.entities.candidate import Candidate, Evidence
from ingest.extract.entities.listed import listed_candidates
from ingest.extract.entities.page import Page
from ingest.extract.entities.patterns import find_patterns
from ingest.extract.entities.proper import proper_candidates
from ingest.extract.entities.references.nouns import load_nouns
from ingest.extract.entities.runs import is_function_word, starts_sentence
from ingest.extract.entities.tagged import tagged_candidates
from ingest.extract.entities.wording import wording
from kb.gazetteer import Form, Gazetteer, Hit, Listed, Use
from kb.model import EntityKind

_OWNED = re.compile(r"['’]s?(?= |\Z)")


def find_candidates(page: Page, gazetteer: Gazetteer) -> list[Candidate]:
    """All that may be a name outside of boilerplate, in no order; candidates may overlap."""
    bars = _share_bars(page.text, gazetteer)
    hits = [hit for hit in gazetteer.find(page.text) if page.is_article(hit.start)]
    found = [
        *_from_patterns(page.text, hits),
        *_from_honorifics(page.text, gazetteer),
        *listed_candidates(page, hits, gazetteer),
        *(_from_known_name(page.text, c, gazetteer) for c in tagged_candidates(page, gazetteer)),
        *(_from_known_name(page.text, c, gazetteer) for c in proper_candidates(page, gazetteer)),
    ]
    inside = _insides(hits)
    return [
        _look_up(c, gazetteer)
        for c in map(_before_date, found)
        if page.is_article(c.start)
        and (c.listed or (is_name(c.text, gazetteer) and not _is_no_name_here(page.text, c, gazetteer)))
        and not any(c.start in bar for bar in bars)
        and not (c.evidence is Evidence.TAGGED and inside.get(c.start, c.end) < c.end)
    ]


def _insides(hits: list[Hit]) -> dict[int, int]:
    """Places within known names of several words, with where these end: no name begins there and goes on behind."""
    return {at: hit.end for hit in hits if hit.use is Use.FULL for at in range(hit.start + 1, hit.end)}


def _before_date(candidate: Candidate) -> Candidate:
    """The candidate without the beginning of a date: of "settled with the Exchange Commission on May 31"."""
    date = None if candidate.listed else _DATE_BEHIND.search(candidate.text)
    if date is None:
        return candidate
    name = candidate.text[: date.start()]
    return replace(candidate, end=candidate.start + len(name), text=name, name=None)


_DATE_BEHIND = re.compile(
    r" (?:on|in|until|till|since|by|before|after|from) (?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\Z"
)


def is_name(text: str, gazetteer: Gazetteer) -> bool:
    """False for what only looks like a name: numbers, dates, function words, common acronyms, emoji, sentences."""
    return (
        2 <= len(text) <= 160
        and "\n" not in text
        and text not in gazetteer.words["not_names"]
        and not is_function_word(text)
        and any(c.isupper() for c in text)
    ) or text == "X"


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


def _is_no_name_here(text: str, candidate: Candidate, gazetteer: Gazetteer) -> bool:
    """True for what only the tagger takes for a name, and the text tells otherwise.

    It is a title or a part of one ("Finance Minister", "Secretary of Energy"), the word for a people, or a word that is
    written small elsewhere and stands in capitals ("a GREAT deal") or at the head of a sentence.
    """
    if candidate.evidence is not Evidence.TAGGED:
        return False
    form = gazetteer.forms.get(candidate.text)
    if form is not None and form.use is Use.DEMONYM:
        return True
    if candidate.kind is not EntityKind.PERSON and _is_of_title(text, candidate, gazetteer.words["offices_behind"]):
        return True
    if not candidate.text.isalpha():
        return False
    capitals = candidate.text.isupper() and len(candidate.text) > _ACRONYM
    return (capitals or starts_sentence(text, candidate.start)) and _has_word(text, candidate.text.casefold())


def _is_of_title(text: str, candidate: Candidate, offices: frozenset[str]) -> bool:
    """True for an office, and for what an office is for: "Foreign Minister", "(Secretary of) Energy"."""
    behind = _BEHIND.match(text, candidate.end)
    *before, last = candidate.text.split(" ")
    if (behind and behind["word"] in offices) or (before and last in offices):
        return True
    field = candidate.kind is not EntityKind.PLACE
    return field and bool(wording().office_for.search(text, max(0, candidate.start - _LONGEST_OFFICE), candidate.start))


def _has_word(text: str, word: str) -> bool:
    at = text.find(word)
    while at >= 0:
        if not text[at - 1 : at].isalpha() and not text[at + len(word) : at + len(word) + 1].isalpha():
            return True
        at = text.find(word, at + 1)
    return False


_ACRONYM = 3
"""Letters: "IT" and "WHO" are names though "it" and "who" are words."""


def _from_known_name(text: str, candidate: Candidate, gazetteer: Gazetteer) -> Candidate:
    """The candidate without what stands before a name: "Populist Geert Wilders", "UN Nikki Haley", "Polish Sejm"."""
    if " " not in candidate.text or candidate.text in gazetteer.forms:
        return candidate
    for space in _SPACE.finditer(candidate.text):
        before, rest = candidate.text[: space.start()], candidate.text[space.end() :]
        known, owner = gazetteer.forms.get(rest), gazetteer.forms.get(before)
        if known is not None and known.use is Use.FULL and _may_stand_before(before, owner, known.listed[0]):
            return replace(candidate, start=candidate.start + space.end(), text=rest, kind=known.listed[0].kind)
        if owner is not None and _is_persons(rest, before, owner, candidate, gazetteer):
            return replace(candidate, start=candidate.start + space.end(), text=rest, kind=EntityKind.PERSON)
    return _behind_office(text, candidate, gazetteer)


_OFFICE_OF = re.compile(
    r"\b(?:[Mm]inister|[Ss]ecretary|[Cc]ommissioner|[Dd]irector|[Cc]hair(?:wo)?(?:man)?|[Hh]ead|[Pp]resident) "
    r"(?:of|for) (?:the )?(?:[A-Z]\w+,? (?:and )?)*\Z"
)
_LONGEST_OFFICE = 80
"""Characters."""


def _behind_office(text: str, candidate: Candidate, gazetteer: Gazetteer) -> Candidate:
    """The candidate without an office or a body before a person: "National Security Adviser Ada Roe", "PC Ada Roe".

    Nor what somebody is minister of: "(Minister of) Public Works Ada Roe".
    """
    if candidate.kind not in (EntityKind.PERSON, None):
        return candidate
    words, nouns = candidate.text.split(" "), load_nouns()
    at = next((at for at, word in enumerate(words) if word.casefold() in nouns.sexes), 0)
    reach = max(0, candidate.start - _LONGEST_OFFICE)
    led = len(words) > _PERSONS_NAME and _OFFICE_OF.search(text, reach, candidate.start)
    if led and not at and candidate.kind is EntityKind.PERSON and words[0].casefold() not in nouns.sexes:
        at = len(words) - _PERSONS_NAME
    if not at or len(words) - at not in _NAMES or words[-1] in gazetteer.head_words:
        return candidate
    lists, before = (gazetteer.words["offices_behind"], gazetteer.head_words), words[:at]
    office = any(word.casefold() in nouns.nouns or any(word in known for known in lists) for word in before)
    letters = all(len(word) > 1 and word.isalpha() and word.isupper() for word in before)  # not "J. Ada Roe"
    if not (led or office or letters):
        return candidate
    name = " ".join(words[at:])
    return replace(candidate, start=candidate.end - len(name), text=name, kind=EntityKind.PERSON)


def _may_stand_before(before: str, owner: Form | None, known: Listed) -> bool:
    """True for "Israeli" before a body of Israel, and for any word but letters ("USS Gerald Ford") before a person."""
    if owner is not None and owner.use is Use.DEMONYM:
        return known.kind is not EntityKind.PLACE and known.country in (None, owner.listed[0].country)
    return known.kind is EntityKind.PERSON and not before.isupper()


def _is_persons(name: str, before: str, owner: Form, candidate: Candidate, gazetteer: Gazetteer) -> bool:
    """True if what stands behind a body, a country or the word for its people is the name of a person."""
    words = name.split()
    if len(words) < _PERSONS_NAME or words[-1] in gazetteer.head_words or candidate.kind not in _MAY_HOLD_A_PERSON:
        return False
    apart = before.isupper() or owner.use is Use.DEMONYM
    return words[0].casefold() in load_nouns().sexes or (candidate.kind is EntityKind.PERSON and apart)


_MAY_HOLD_A_PERSON = (EntityKind.PERSON, EntityKind.ORGANIZATION, None)
_SPACE = re.compile(r" ")
_NAMES = (2, 3)
"""Words of a person's name behind an office."""
_PERSONS_NAME = 2
"""Words that a person's whole name has at least."""


def _look_up(candidate: Candidate, gazetteer: Gazetteer) -> Candidate:
    """The candidate with what the gazetteer says of its name in another spelling: "ZTE Corp.", "WASHINGTON"."""
    if candidate.listed or candidate.evidence is Evidence.LISTED:
        return candidate
    listed = gazetteer.get(candidate.name or candidate.text)
    return replace(candidate, listed=listed) if listed else candidate


def _from_patterns(text: str, hits: list[Hit]) -> Iterator[Candidate]:
    owners = {hit.start: hit.end for hit in hits}
    for found in find_patterns(text):
        start = found.start
        if possessive := _OWNER.match(text, owners.get(start, found.end), found.end):
            start = possessive.end()
        end = found.end if found.name else _with_fields(text, start, found.end, owners)
        yield Candidate(start, end, text[start:end], Evidence.PATTERN, found.kind, found.name)


_OWNER = re.compile(r"['’]s? ")
"""After a known name: "China's Foreign Ministry" is the "Foreign Ministry"."""
_FIRST_FIELD = re.compile(r" (?:of|for|on) [A-Z]\w+(?: [A-Z]\w+)?\Z")
_MORE_FIELDS = re.compile(r"(?:, [A-Z]\w+(?: [A-Z]\w+)?){1,4},? and [A-Z]\w+(?: [A-Z]\w+)?")


def _with_fields(text: str, start: int, end: int, known: Mapping[int, int]) -> int:
    """Where the name of a body ends that is for several things: "Committee on Health, Education, Labor and Pensions".

    None of them is a name that starts a `known` one: "the Ministry of Defence, Russia and China".
    """
    more = _MORE_FIELDS.match(text, end) if _FIRST_FIELD.search(text, start, end) else None
    return more.end() if more and known.keys().isdisjoint(range(*more.span())) else end


_HONORIFIC = re.compile(
    r"\b(?P<word>[A-Z][a-z-]{1,14}\.?) (?=(?P<name>[A-Z][\w'’-]+(?: (?:de |van |von |al-)?[A-Z][\w'’-]+)?))"
)


def _from_honorifics(text: str, gazetteer: Gazetteer) -> Iterator[Candidate]:
    honorifics = gazetteer.words["honorifics"]
    for match in _HONORIFIC.finditer(text):
        if match["word"] in honorifics and match["name"].split()[-1] not in gazetteer.head_words:
            name = _OWNED.split(match["name"], maxsplit=1)[0]
            start = match.start("name")
            yield Candidate(start, start + len(name), name, Evidence.HONORIFIC, EntityKind.PERSON)
