"""Terms of office: does the bearer of a title hold it on the day of what is told?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kb.errors import OntologyError
from kb.fold.claim import ReportedClaim
from kb.model import Status

_FILE = "offices.yaml"
_NOT_IN_OFFICE = re.compile(r"(?:former|ex|then|future|late|vice)[\s-]+$", re.IGNORECASE)


class _Term(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    surname: str
    since: date = Field(alias="from")
    to: date = date.max


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    offices: dict[str, list[_Term]]


def misplaced(claim: ReportedClaim) -> str | None:
    """Whose title does not fit the days of a claim told as fact, and why; None if all do."""
    if claim.status not in (Status.OCCURRED, Status.ONGOING):
        return None
    for title, surname in _titled(claim.quote):
        if surname not in claim.title:
            continue  # of another clause, on another day
        terms = _terms()[title, surname]
        if not any(_serves(term, claim) for term in terms):
            held = ", ".join(f"{term.since} to {'now' if term.to == date.max else term.to}" for term in terms)
            return f"{title} {surname} was in office {held}, not on {claim.first_day}"
    return None


def _serves(term: _Term, claim: ReportedClaim) -> bool:
    return term.since.isoformat() <= claim.last_day and claim.first_day <= term.to.isoformat()


def _titled(quote: str) -> Iterator[tuple[str, str]]:
    """Titles with the names after them, one claim's sentence naming somebody as in office."""
    for match in _pattern().finditer(quote):
        if not _NOT_IN_OFFICE.search(quote[: match.start()]):
            yield match.group(1), match.group(2)


@cache
def _terms() -> Mapping[tuple[str, str], tuple[_Term, ...]]:
    text = files("kb.fold").joinpath(_FILE).read_text(encoding="utf-8")
    try:
        form = _Form.model_validate(yaml.safe_load(text))
    except (ValidationError, yaml.YAMLError) as err:
        raise OntologyError(f"kb/fold/{_FILE}: {err}") from err
    found: dict[tuple[str, str], tuple[_Term, ...]] = {}
    for title, terms in form.offices.items():
        for term in terms:
            found[title, term.surname] = (*found.get((title, term.surname), ()), term)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    titles = "|".join(sorted({re.escape(title) for title, _ in _terms()}, key=len, reverse=True))
    surnames = "|".join(sorted({re.escape(surname) for _, surname in _terms()}))
    return re.compile(rf"\b({titles})\s+(?:[A-Z]\w*\.?\s+){{0,2}}({surnames})\b")
