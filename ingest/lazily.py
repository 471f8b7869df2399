"""The extraction with its pipeline loaded when it is first needed: a run with nothing new never loads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

    from ingest.runner import Extract
    from kb.gazetteer import Gazetteer
    from kb.model import Article, Extraction
    from kb.ontology import Ontology

OnFailure = Callable[["Article", Exception], None]

_RENEW_AFTER = 5_000
"""Articles after which the pipeline is loaded anew: spaCy keeps every word it has met, and memory has to stay flat."""


def lazy_extractor(pipeline: str, on_failure: OnFailure, *, gazetteer: Path | None = None) -> Extract:
    """From articles to their extractions, in order; an article that trips a mistake of ours goes to `on_failure`.

    `gazetteer` is a folder of the user's own sheets of names.
    """
    loaded = _Loaded(pipeline, gazetteer)

    def extract(articles: Iterable[Article]) -> Iterator[Extraction]:
        from ingest.nlp.library import import_spacy

        import_spacy()
        from ingest.boilerplate import find_boilerplate
        from ingest.extraction import extract_articles

        nlp, ontology, names = loaded.parts()
        return extract_articles(
            loaded.counted(articles),
            nlp=nlp,
            ontology=ontology,
            find_boilerplate=find_boilerplate,
            on_failure=on_failure,
            gazetteer=names,
        )

    return extract


class _Loaded:
    """The pipeline, the ontology and the gazetteer, with the number of articles that the pipeline has seen."""

    def __init__(self, pipeline: str, gazetteer: Path | None) -> None:
        self._pipeline = pipeline
        self._gazetteer = gazetteer
        self._nlp: Language | None = None
        self._ontology: Ontology | None = None
        self._seen = 0

    def parts(self) -> tuple[Language, Ontology, Gazetteer]:
        """All three, loaded if need be; the pipeline again once it has seen much."""
        from ingest.nlp.pipeline import load_pipeline
        from kb.gazetteer import load_gazetteer
        from kb.ontology import load_ontology

        if self._ontology is None:  # before the pipeline, which keeps what is there out of garbage collection
            self._ontology = load_ontology()
        names = load_gazetteer(self._gazetteer)
        if self._nlp is None or self._seen >= _RENEW_AFTER:
            self._nlp = None  # let go of the old one first
            self._nlp = load_pipeline(self._pipeline)
            self._seen = 0
        return self._nlp, self._ontology, names

    def counted(self, articles: Iterable[Article]) -> Iterator[Article]:
        """The same articles."""
        for article in articles:
            self._seen += 1
            yield article
