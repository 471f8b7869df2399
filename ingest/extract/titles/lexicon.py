"""The word lists of titles, read once from `words.yaml` beside this module, which says what each is for."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

from kb.shipped import read_form

_FILE = "words.yaml"


class TitleLexicon(BaseModel):
    """Lower-case words and lemmas by their use; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    articles: frozenset[str]
    conditions: frozenset[str]
    finite: frozenset[str]
    unnamed: frozenset[str]
    speakers: frozenset[str]
    adverbs: frozenset[str]
    emphatic: frozenset[str]
    empty: frozenset[str]
    picking: frozenset[str]
    finding: frozenset[str]
    letting: frozenset[str]
    telling: frozenset[str]
    asking: frozenset[str]
    calling: frozenset[str]
    claims: frozenset[str]
    denying: frozenset[str]
    impersonal: frozenset[str]
    resolving: frozenset[str]
    wanting: frozenset[str]
    giving: frozenset[str]
    waiting: frozenset[str]
    standing: frozenset[str]
    coming: frozenset[str]
    occasions: frozenset[str]
    apart_in_time: frozenset[str]
    at_once: frozenset[str]
    before_that: frozenset[str]
    shares: frozenset[str]
    anybody: frozenset[str]
    moments: frozenset[str]
    many: frozenset[str]
    settings: frozenset[str]
    before_time: frozenset[str]
    incidents: frozenset[str]
    settled: frozenset[str]
    parting: frozenset[str]
    suffered: frozenset[str]
    lasting: frozenset[str]
    dating: frozenset[str]
    returning: frozenset[str]
    stretches: frozenset[str]
    ways: frozenset[str]
    comparing: frozenset[str]
    publishing: frozenset[str]
    showing: frozenset[str]
    placing: frozenset[str]
    limiting: frozenset[str]
    focusing: frozenset[str]
    loose_ends: frozenset[str]
    present: dict[str, str]
    """Infinitive -> third person singular."""


@cache
def title_lexicon() -> TitleLexicon:
    """The words that come with the program; OntologyError names what is wrong with their file."""
    return read_form("ingest.extract.titles", _FILE, TitleLexicon)
