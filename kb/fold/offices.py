"""Offices: does the bearer of a title hold it on the day of what is told, and does the office do such things?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from kb.fold.claim import ReportedClaim
from kb.fold.words import is_quoted
from kb.gazetteer.sheets import Row, read_sheet
from kb.ids import plain
from kb.model import Status

_FILE = "people.yaml"
_TITLES = ("President", "Prime Minister", "Chancellor")
"""Titles that, in front of a name, say that its bearer holds the office on the day of what is told."""
_OF_OFFICE = ("executive_action", "law_enacted")
"""Types of what only the bearer of an office does."""
_FAMILY_NAME_FIRST = ("CN", "KP", "KR", "TW")
_NAME = r"[A-Z][\w.'’-]{0,40}(?:\s{1,3}[A-Z][\w.'’-]{0,40}){0,3}"
_NO_SIGNATORY = r"(?i:(?:solicitor|attorney)[\s-]general|senator|sen\.|congress(?:wo)?man|rep\.|(?<!of )justice|judge)"
_SIGNED_BY = re.compile(
    rf"\b(?:(?P<one>{_NAME}),\s+(?:[\w'’-]+\s+){{0,3}}?(?P<behind>{_NO_SIGNATORY})(?:\s(?:of|from|for|on|in)\b[^,;:.]{{0,60}})?,"
    rf"|(?P<before>{_NO_SIGNATORY})\s+(?P<other>{_NAME}))\s+(?:has\s+)?signed\b"
)
"""Who is told, right beside the verb, to have signed, by an office that signs no laws."""
_NOT_IN_OFFICE = re.compile(r"(?:former|ex|then|future|late|vice)[\s-]+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Term:
    since: date
    to: date
    given: frozenset[str]
    """The other words of the holder's names."""
    family_name_first: bool

    def is_of(self, name: _Titled) -> bool:
        """False if the text gives another first name."""
        beside = name.before | (name.behind if self.family_name_first else frozenset())
        return beside <= self.given


@dataclass(frozen=True, slots=True)
class _Titled:
    """A title and the surname after it, with the words before the surname and the one behind it."""

    title: str
    surname: str
    before: frozenset[str]
    behind: frozenset[str]
    at: int
    """Where the title stands."""


def misplaced(claim: ReportedClaim) -> str | None:
    """Whose title does not fit the days of a claim told as fact, and why; None if all do.

    Papers call people by the title that they bear now: "President Roe won the election", written when Roe is president.
    Who signs an order or a law bears it on that day. What somebody is quoted as saying tells of any day.
    """
    if claim.status not in (Status.OCCURRED, Status.ONGOING):
        return None
    for name in _titled(claim.quote):
        if name.surname not in claim.title or is_quoted(claim.quote, name.at):
            continue  # of another clause, on another day
        terms = [term for term in _terms().get((name.title, name.surname), ()) if term.is_of(name)]
        now = None if claim.type in _OF_OFFICE else claim.published
        if terms and not any(_serves(term, claim) or _is_in_office(term, now) for term in terms):
            held = ", ".join(f"{term.since} to {'now' if term.to == date.max else term.to}" for term in terms)
            return f"{name.title} {name.surname} was in office {held}, not on {claim.first_day}"
    return None


def cannot_sign(claim: ReportedClaim) -> str | None:
    """Which office does not sign laws, for a claim that its bearer signed one; None if nothing is wrong with it."""
    if claim.type != "law_enacted" or claim.status is not Status.OCCURRED or not claim.trigger.startswith("sign"):
        return None
    for match in _SIGNED_BY.finditer(claim.quote):
        side, name = ("behind", match["one"]) if match["behind"] else ("before", match["other"])
        office = match[side]
        acts = name.split()[-1] in claim.title  # else it is told of another clause
        if acts and not _NOT_IN_OFFICE.search(claim.quote[: match.start(side)]):
            return f"a holder of the office “{office}” does not sign laws"
    return None


def _serves(term: _Term, claim: ReportedClaim) -> bool:
    return term.since.isoformat() <= claim.last_day and claim.first_day <= term.to.isoformat()


def _is_in_office(term: _Term, day: str | None) -> bool:
    return day is not None and term.since.isoformat() <= day <= term.to.isoformat()


def _titled(quote: str) -> Iterator[_Titled]:
    """Titles with the names after them, in a sentence that names somebody in office."""
    for match in _pattern().finditer(quote):
        if not _NOT_IN_OFFICE.search(quote[: match.start()]):
            before, behind = (frozenset((match[side] or "").replace(".", "").split()) for side in ("before", "behind"))
            yield _Titled(match["title"], match["surname"], before, behind, match.start())


@cache
def _terms() -> Mapping[tuple[str, str], tuple[_Term, ...]]:
    """Terms of office by title and surname, from the people of the gazetteer; OntologyError if that is wrong."""
    text = files("kb.gazetteer").joinpath(_FILE).read_text(encoding="utf-8")
    found: dict[tuple[str, str], tuple[_Term, ...]] = {}
    for line in read_sheet(_FILE, text):
        given = _words(line.row)
        for term in line.row.terms:
            title = term.office.partition(" of ")[0]
            for surname in _surnames(line.row) if title in _TITLES else ():
                held = _Term(term.since, term.to or date.max, given - {surname}, line.row.country in _FAMILY_NAME_FIRST)
                found[title, surname] = (*found.get((title, surname), ()), held)
    return found


def _surnames(row: Row) -> frozenset[str]:
    """What stands behind a title: the last word of each name, the first one where family names come first."""
    at = 0 if row.country in _FAMILY_NAME_FIRST else -1
    names = (name.removesuffix(" Jr.").split() for name in (row.name, *row.aliases))
    own = (*row.short, *(words[at] for words in names))
    return frozenset((*own, *map(plain, own)))


def _words(row: Row) -> frozenset[str]:
    """All words of a person's names, with and without accents and full stops."""
    words = [word.replace(".", "") for name in (row.name, *row.aliases) for word in name.split()]
    return frozenset((*words, *map(plain, words)))


@cache
def _pattern() -> re.Pattern[str]:
    titles = "|".join(sorted({re.escape(title) for title, _ in _terms()}, key=len, reverse=True))
    surnames = "|".join(sorted({re.escape(surname) for _, surname in _terms()}))
    return re.compile(
        rf"\b(?P<title>{titles})\s+(?P<before>(?:[A-Z]\w*\.?\s+){{0,2}})(?P<surname>{surnames})\b(?P<behind>\s[A-Z][\w-]*)?"
    )
