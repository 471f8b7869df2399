"""Runs of proper nouns as the parser sees them: whole names of which the tagger saw a part, or nothing at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.symbols import PROPN  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc, Token

from ingest.extract.entities.candidate import Candidate, Evidence
from ingest.extract.entities.page import Page
from ingest.extract.entities.references.nouns import is_calling, load_nouns
from ingest.extract.entities.runs import WEEKDAYS, is_capitalised, is_function_word, is_headline
from kb.gazetteer import Gazetteer
from kb.model import EntityKind

_LONGEST = 6
_NAME = 2
"""Words of a person's whole name."""
_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}\Z")
_NO_NAMES = frozenset("DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL NORP LANGUAGE".split())


def proper_candidates(page: Page, gazetteer: Gazetteer) -> Iterator[Candidate]:
    """Two to six proper nouns in a row that are one phrase: "Carme Artigas", "ATS Tree Services".

    Their kind is what the tagger says of any part of them, else for other rules to tell.
    """
    stop = gazetteer.words["titles"] | gazetteer.words["honorifics"]
    for run in map(_without_word_before, _runs(page.doc, stop)):
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


def _without_word_before(run: list[Token]) -> list[Token]:
    """The run without what stands before a person's whole name: "Jobless Ada Roe", "EMT Ada Roe"."""
    if len(run) <= _NAME:
        return run
    first = next((at for at, token in enumerate(run) if token.ent_type_ == "PERSON" and token.ent_iob_ == "B"), 0)
    before, name = run[:first], run[first:]
    whole = first and len(name) >= _NAME and all(token.ent_type_ == "PERSON" for token in name)
    held = all(token.ent_type_ == "ORG" for token in before)
    if not whole or not (held or name[0].text.casefold() in load_nouns().sexes):
        return run
    apart = all(token.text.isupper() or token.is_sent_start for token in before)
    called = any(token.text.casefold() in load_nouns().sexes or _INITIALS.match(token.text) for token in before)
    return name if apart and not called else run


def _is_part(token: Token, stop: frozenset[str]) -> bool:
    return (
        token.ent_type_ not in _NO_NAMES
        and token.text not in stop
        and (token.ent_type_ or token.text not in WEEKDAYS)
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
