"""Speed as ratios to the bare libraries in the same run: `make bench` writes them into docs/performance.md.

Every round runs each candidate once, one after the other, so that a machine that is busy for a while is busy for all
of them; the median of the rounds counts.
"""

from __future__ import annotations

import gc
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

import spacy
from spacy.language import Language

from ingest.boilerplate import find_boilerplate
from ingest.extract.claims import find_claims
from ingest.extract.entities import find_entities
from ingest.extract.second import shipped_opinion
from ingest.extract.times import find_times
from ingest.extraction import extract_doc
from ingest.nlp.pipeline import Draft, annotate, load_pipeline
from kb import queries
from kb.config import load_settings
from kb.model import Article, Extraction
from kb.ontology import Ontology, load_ontology
from kb.queries import EventFilter
from kb.store import embedded, open_graph
from kb.store.record import record
from tools.figures import write_figures

ROOT = Path(__file__).parents[1]
ROUNDS = 3
WORDS = 40_000


def main() -> None:
    """Measure, print, write."""
    model = load_settings(os.environ, ROOT).model
    bare, ontology = spacy.load(model), load_ontology()
    nlp = load_pipeline(model)
    articles = list(_corpus())
    words = sum(len(article.text.split()) for article in articles)
    candidates: dict[str, Callable[[], object]] = {
        "bare spaCy pipeline": lambda: list(bare.pipe(article.text for article in articles)),
        "extract": lambda: _extract(articles, nlp, ontology),
    }
    seconds = _median_rounds(candidates)
    seconds |= _stages(articles, nlp, ontology)
    seconds |= _store(articles, nlp, ontology)
    figures = _figures(seconds, words=words, articles=len(articles))
    write_figures(ROOT / "docs" / "performance.md", "make bench", figures)
    sys.stdout.write(figures)


def _extract(articles: list[Article], nlp: Language, ontology: Ontology) -> list[Extraction]:
    drafts = (Draft(article.text, find_boilerplate(article.text)) for article in articles)
    docs = annotate(nlp, drafts)
    return [extract_doc(doc, article, ontology) for doc, article in zip(docs, articles, strict=True)]


def _corpus() -> Iterator[Article]:
    """The fixture articles in plain text, over and over under new ids, until there are words enough."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "fixtures" / "articles").glob("*.*t"))]
    texts += [
        path.read_text(encoding="utf-8").split("---", 2)[-1]
        for path in sorted((ROOT / "fixtures" / "articles").glob("*.md"))
    ]
    count = words = 0
    while words < WORDS:
        text = texts[count % len(texts)]
        yield Article(f"article-{count}", text, f"Article {count}", date(2025, 1, 15), f"Outlet {count % 20}")
        count, words = count + 1, words + len(text.split())


def _median_rounds(candidates: dict[str, Callable[[], object]]) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in candidates}
    for candidate in candidates.values():
        candidate()  # warm caches
    for _ in range(ROUNDS):
        for name, candidate in candidates.items():
            started = time.perf_counter()
            candidate()
            taken[name].append(time.perf_counter() - started)
    return {name: statistics.median(values) for name, values in taken.items()}


def _stages(articles: list[Article], nlp: Language, ontology: Ontology) -> dict[str, float]:
    """Seconds of each step of the extraction, over documents that are parsed already."""
    docs = list(annotate(nlp, (Draft(article.text) for article in articles)))
    pairs = list(zip(articles, docs, strict=True))
    times = [find_times(doc, article.published) for article, doc in pairs]
    entities = [find_entities(doc) for doc in docs]
    opinion = shipped_opinion()  # loaded once, like the pipeline
    known = list(zip(articles, docs, times, entities, strict=True))
    return _median_rounds(
        {
            "times": lambda: [find_times(doc, article.published) for article, doc in pairs],
            "entities": lambda: [find_entities(doc) for doc in docs],
            "claims": lambda: [
                find_claims(doc, article, t, e, ontology, opinion=opinion) for article, doc, t, e in known
            ],
        }
    )


def _store(articles: list[Article], nlp: Language, ontology: Ontology) -> dict[str, float]:
    """Seconds for writing all articles, for writing them again, and for reading a timeline."""
    extractions = _extract(articles, nlp, ontology)
    batches = [extractions[first : first + 50] for first in range(0, len(extractions), 50)]
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(load_settings({}, ROOT), data=Path(folder) / "store")
        try:
            with open_graph(settings, create=True) as graph:
                record(graph, extractions[:5], recorded_at="2025-01-15T00:00:00+00:00", extractor="warm")

                def write() -> None:
                    for batch in batches:
                        record(graph, batch, recorded_at="2025-01-15T00:00:00+00:00", extractor="bench")

                taken = {}
                for name, step in (
                    ("write", write),
                    ("write again", write),
                    ("timeline of 500", lambda: queries.timeline(graph, EventFilter())),
                ):
                    gc.collect()  # the garbage of a step is no work of the next one
                    started = time.perf_counter()
                    step()
                    taken[name] = time.perf_counter() - started
                return taken
        finally:
            embedded.stop(settings.data)


def _figures(seconds: dict[str, float], *, words: int, articles: int) -> str:
    bare = seconds["bare spaCy pipeline"]
    lines = [
        f"{articles} articles, {words:,} words, on {os.cpu_count()} cores ({platform.machine()}), "
        f"Python {platform.python_version()}, spaCy {version('spacy')}.",
        "",
        "| step | seconds | words a second | share of the bare pipeline's time |",
        "|---|---:|---:|---:|",
    ]
    for name in ("bare spaCy pipeline", "extract", "times", "entities", "claims", "write", "write again"):
        taken = seconds[name]
        lines.append(f"| {name} | {taken:.2f} | {words / taken:,.0f} | {taken / bare:.2f} |")
    lines += [
        "",
        f"- `extract` reaches {bare / seconds['extract']:.2f} of the bare pipeline's words a second (goal: 0.60).",
        f"- Writing to the embedded store costs {seconds['write'] / seconds['extract']:.2f} of extracting "
        f"(goal: under 1), {1000 * seconds['write'] / articles:.1f} ms an article.",
        f"- The first 500 events of a timeline take {1000 * seconds['timeline of 500']:.0f} ms.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
