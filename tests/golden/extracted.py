"""The fixture articles, read and extracted by the program's own parts, once for all tests."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from spacy.language import Language

from ingest.boilerplate import find_boilerplate
from ingest.extraction import extract_articles, reraise
from ingest.inputs.articles import read_articles
from ingest.inputs.problem import Problem
from ingest.nlp.pipeline import load_pipeline
from kb.config import load_settings
from kb.model import Article, Extraction
from kb.ontology import load_ontology
from tests.golden.gold import ARTICLES
from tests.once import once

TODAY = date(2026, 6, 1)
"""After the last fixture was published, so that none is from the future."""


@cache
def default_pipeline() -> Language:
    """The pipeline that is used when nothing is set, loaded once."""
    return load_pipeline(load_settings({}, ARTICLES).model)


@cache
def extracted_fixtures() -> Mapping[str, Extraction]:
    """What is found in all fixture articles, by title, worked out once in a run."""
    return once("extracted-fixtures", lambda: extract_fixtures(read_fixtures()))


def read_fixtures() -> dict[str, Article]:
    """All fixture articles by title. Any problem in reading them is a ValueError."""
    articles = read_articles([str(ARTICLES)], today=TODAY, limit=1_000_000, stdin=io.BytesIO(), report=_refuse)
    return {article.title or "": article for article in articles}


def extract_fixtures(articles: Mapping[str, Article]) -> dict[str, Extraction]:
    """What the default pipeline and the built-in ontology find in `articles`, by title."""
    return {extraction.article.title or "": extraction for extraction in extract_all(articles.values())}


def extract_all(articles: Iterable[Article]) -> list[Extraction]:
    """The same of any articles, in their order."""
    found = extract_articles(
        articles,
        nlp=default_pipeline(),
        ontology=load_ontology(),
        find_boilerplate=find_boilerplate,
        on_failure=reraise,
    )
    return list(found)


def _refuse(problem: Problem) -> None:
    raise ValueError(str(problem))
