"""The extraction with its pipeline loaded when it is first needed: a run with nothing new never loads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

    from ingest.runner import Extract
    from kb.model import Article, Extraction
    from kb.ontology import Ontology

OnFailure = Callable[["Article", Exception], None]


def lazy_extractor(pipeline: str, on_failure: OnFailure) -> Extract:
    """From articles to their extractions, in order; an article that trips a mistake of ours goes to `on_failure`."""

    @cache
    def load() -> tuple[Language, Ontology]:
        from ingest.nlp.pipeline import load_pipeline
        from kb.ontology import load_ontology

        return load_pipeline(pipeline), load_ontology()

    def extract(articles: Iterable[Article]) -> Iterator[Extraction]:
        from ingest.boilerplate import find_boilerplate
        from ingest.extraction import extract_articles

        nlp, ontology = load()
        return extract_articles(
            articles, nlp=nlp, ontology=ontology, find_boilerplate=find_boilerplate, on_failure=on_failure
        )

    return extract
