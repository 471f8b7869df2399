"""Other names that a text explains: "Securities and Exchange Commission (SEC)", "Nordtel, now called Telvia"."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.extract.entities.candidate import Candidate
from ingest.extract.entities.references.nouns import BODIES, load_nouns
from kb.ids import name_key
from kb.model import EntityKind

_ACRONYM = re.compile(
    r"(?: \([\"“]?|, or |,? (?:also |better |commonly )?known (?:locally |simply )?as )(?:the )?[\"“]?"
    r"(?P<short>[A-Z][A-Za-z&.\-]{1,10})[\"”]?(?=[),.;])"
)
_ALIAS = re.compile(
    r"(?:, (?:or )?| \()(?:now |also |better |formerly |previously |once |popularly |commonly |sometimes |so-)*"
    r"(?:known as|known|called|dubbed|nicknamed|named) (?:the )?[\"“]?\Z"
)
_FORMER = re.compile(r"(?:, | \()(?:formerly|previously|until recently) (?:the )?[\"“]?\Z")
_BEHIND_FORMER = re.compile(r"[\"”]?[,);]")
_RENAMED = re.compile(
    r",?(?: which| that)?(?:(?: has| had)? (?:(?:renam|rebrand)(?:ed|ing) itself|chang(?:ed|ing) its name to)|"
    r" (?:is|was|has been|had been) (?:being )?(?:renamed|rebranded))(?: as)? (?:the )?[\"“]?\Z"
)
_LETTERS = re.compile(r"[A-Z]{2,6}\Z")
_WHOLE = re.compile(r"[A-Z]\w+ (?:of|for|on|and)(?: the)? \Z")
"""Before the last part of a longer name: "Parliamentary Assembly of the Council of Europe"."""
_LONGEST = 40
_REACH = 20_000
"""Characters behind an acronym in which it has to be used again: keeps the cost linear."""
_FURTHEST = 60
"""Characters between a name and another one that the text gives for it."""


def defined_acronym(text: str, candidate: Candidate) -> tuple[int, int] | None:
    """The range of "SEC" in "Securities and Exchange Commission (SEC)", for the candidate before it.

    The letters must be capitals or initials of the name, in order.
    """
    match = _ACRONYM.match(text, candidate.end)
    if match and _spells(match["short"], candidate.text):
        return match.span("short")
    return None


def foreign_acronym(text: str, candidate: Candidate) -> tuple[int, int] | None:
    """The range of "JNJ" in "National Justice Board, or JNJ,": of a body whose name is a translation.

    Its letters are those of another language; so it must be used again.
    """
    match = _ACRONYM.match(text, candidate.end)
    if match is None or candidate.kind not in BODIES or not _LETTERS.match(match["short"]):
        return None
    if _WHOLE.search(text, max(0, candidate.start - _LONGEST), candidate.start):
        return None
    used_again = text.find(match["short"], match.end(), match.end() + _REACH) >= 0
    return match.span("short") if used_again else None


def is_given_for(text: str, first: Candidate, second: Candidate) -> bool:
    """True if `second` is another name of `first`: "the Health Act, known as the NHI Act", "Telvia, formerly Nordtel,".

    Nobody becomes a company: "Ada Roe, formerly Nordtel,".
    """
    if second.start - first.end > _FURTHEST or (first.listed and second.listed):
        return False
    if first.kind is EntityKind.PLACE is not second.kind:
        return False  # "the rescuers in Idlib, known as the White Helmets"
    if _ALIAS.fullmatch(text, first.end, second.start):
        return True
    former = _FORMER.fullmatch(text, first.end, second.start) and _BEHIND_FORMER.match(text, second.end)
    renamed = former or _RENAMED.fullmatch(text, first.end, second.start)
    return bool(renamed) and _is_persons(first) == _is_persons(second)


def _is_persons(candidate: Candidate) -> bool:
    """True for a name of a person that begins with a first name: the tagger takes many a company for one."""
    return candidate.kind is EntityKind.PERSON and candidate.text.split()[0].casefold() in load_nouns().sexes


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
