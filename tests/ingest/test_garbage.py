"""What is loaded for a whole run is kept out of garbage collection."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.garbage import keep_what_is_loaded
from ingest.lazily import lazy_extractor


@pytest.fixture
def collecting() -> Iterator[None]:
    """The collector as it was before, afterwards."""
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)


@pytest.mark.usefixtures("collecting")
def test_what_is_loaded_is_no_longer_looked_through_and_what_comes_later_seldom() -> None:
    gc.set_threshold(700, 10, 10)
    loaded = [[]]
    keep_what_is_loaded()
    later = [[]]
    found = {id(one) for one in gc.get_objects()}
    assert id(loaded) not in found
    assert id(later) in found
    assert gc.get_threshold()[0] >= 10_000


def test_the_ontology_is_there_before_the_pipeline_that_keeps_what_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    monkeypatch.setattr("kb.ontology.load_ontology", lambda: loaded.append("ontology"))
    monkeypatch.setattr("kb.gazetteer.load_gazetteer", lambda _folder: loaded.append("gazetteer"))
    monkeypatch.setattr("ingest.nlp.pipeline.load_pipeline", lambda _name: loaded.append("pipeline"))
    monkeypatch.setattr("ingest.extraction.extract_articles", lambda _articles, **_parts: iter(()))
    extract = lazy_extractor("none", lambda _article, _error: None, gazetteer=Path("names"))
    assert list(extract([])) == []
    assert loaded == ["ontology", "gazetteer", "pipeline"]
