"""From articles to extractions: annotate, find times, entities and claims; one article at a time, in input order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from ingest.extract.claims import find_claims
from ingest.extract.entities import find_entities
from ingest.extract.second import shipped_opinion
from ingest.extract.times import find_times
from ingest.limit import limited
from ingest.nlp.pipeline import Draft, annotate
from ingest.nlp.words import Words
from kb.contract import verify_spans
from kb.gazetteer import Gazetteer
from kb.model import Article, Extraction
from kb.ontology import Ontology

_SECONDS, _SECONDS_A_CHARACTER = 60.0, 0.001
"""Of CPU that the claims of an article may take: some hundred times as long as they do."""

FindBoilerplate = Callable[[str], tuple[tuple[int, int], ...]]
OnFailure = Callable[[Article, Exception], None]


def extract_articles(
    articles: Iterable[Article],
    *,
    nlp: Language,
    ontology: Ontology,
    find_boilerplate: FindBoilerplate,
    on_failure: OnFailure,
    gazetteer: Gazetteer | None = None,
) -> Iterator[Extraction]:
    """One extraction per article, in order, reading ahead no further than a batch of the pipeline.

    `find_boilerplate` gives the ranges of a text that hold no reporting; nothing is extracted from them. Names are
    looked up in `gazetteer`, by default the one that comes with the program. An article
    that trips a mistake of ours goes to `on_failure` and the rest goes on: one odd sentence must not cost a run.
    """
    waiting: deque[Article] = deque()

    def drafts() -> Iterator[Draft]:
        for article in articles:
            waiting.append(article)
            yield Draft(article.text, find_boilerplate(article.text))

    for doc in annotate(nlp, drafts()):
        article = waiting.popleft()
        try:
            with limited(_SECONDS + len(article.text) * _SECONDS_A_CHARACTER):
                extraction = extract_doc(doc, article, ontology, gazetteer=gazetteer)
        except Exception as err:  # noqa: BLE001 - reported by name, and the tests let none pass
            on_failure(article, err)
        else:
            yield extraction


def reraise(_: Article, error: Exception) -> None:
    """An `on_failure` for where a mistake must stop everything."""
    raise error


def extract_doc(doc: Doc, article: Article, ontology: Ontology, *, gazetteer: Gazetteer | None = None) -> Extraction:
    """What an annotated article says. Raises AssertionError when a span does not hold its text: a mistake of ours."""
    words = Words(doc)
    times = find_times(doc, article.published, words=words)
    entities = find_entities(doc, gazetteer=gazetteer, words=words)
    claims = find_claims(doc, article, times, entities, ontology, opinion=shipped_opinion(), words=words)
    extraction = Extraction(article, times, entities, claims)
    verify_spans(extraction)
    return extraction
