"""Runs of proper nouns as the parser sees them: whole names of which the tagger saw a part, or nothing at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.symbols import PROPN  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc, Token

from ingest.extract.entities.candidate import Candidate, Evidence
from ingest.extract.entities.page import Page
from ingest.extract.entities.references.nouns import is_calling
from ingest.extract.entities.runs import is_capitalised, is_function_word, is_headline
from kb.gazetteer import Gazetteer
from kb.model import EntityKind

_LONGEST = 6
_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}\Z")
_NO_NAMES = frozenset("DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL NORP LANGUAGE".split())


def proper_candidates(page: Page, gazetteer: Gazetteer) -> Iterator[Candidate]:
    """Two to six proper nouns in a row that are one phrase: "Carme Artigas", "ATS Tree Services".

    Their kind is what the tagger says of any part of them, else for other rules to tell.
    """
    stop = gazetteer.words["titles"] | gazetteer.words["honorifics"]
    for run in _runs(page.doc, stop):
        if not 2 <= len(run) <= _LONGEST:
            continue
        start, end = run[0].idx, run[-1].idx + len(run[-1])
        text = page.text[start:end]
        if "\n" in text or is_headline(page.text, start, end) or run[-1].text in gazetteer.words["not_names"]:
            continue
        yield Candidate(start, end, text, Evidence.TAGGED, _kind_of(run))


def _runs(doc: Doc, stop: frozenset[str]) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token in doc:
        is_part = token.pos == PROPN and _is_part(token, stop)
        if run and not (is_part and _joins(run[-1], token)):
            yield run
            run = []
        if is_part:
            run.append(token)
    if run:
        yield run


def _is_part(token: Token, stop: frozenset[str]) -> bool:
    return (
        token.ent_type_ not in _NO_NAMES
        and token.text not in stop
        and is_capitalised(token.text)
        and not is_function_word(token.text)
        and not is_calling(token.text)
    )


def _joins(previous: Token, token: Token) -> bool:
    """True if both stand in one phrase, with nothing but a space between them; the parser often ends it at initials."""
    if previous.idx + len(previous) + 1 != token.idx:
        return False
    if _INITIALS.match(previous.text):
        return True
    if {previous.ent_type_, token.ent_type_} & {"GPE", "LOC"} and previous.ent_type_ != token.ent_type_:
        return False
    return previous.dep_ in ("compound", "nmod") and previous.head.i >= token.i


def _kind_of(run: list[Token]) -> EntityKind | None:
    labels = {token.ent_type_ for token in run} - {""}
    return EntityKind.PERSON if labels == {"PERSON"} or _INITIALS.match(run[0].text) else None
