"""What tests of the reading side share: one language pipeline, and articles made by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from ingest.nlp.pipeline import Draft, annotate, load_pipeline
from kb.config import load_settings


@pytest.fixture(scope="session")
def nlp(tmp_path_factory: pytest.TempPathFactory) -> Language:
    """The pipeline that is used when nothing is set."""
    return load_pipeline(load_settings({}, tmp_path_factory.getbasetemp()).model)


@pytest.fixture(scope="session")
def parse(nlp: Language) -> Callable[..., Doc]:
    """A text as the extraction sees it; `boilerplate` are ranges to leave out."""

    def parsed(text: str, boilerplate: tuple[tuple[int, int], ...] = ()) -> Doc:
        return next(annotate(nlp, [Draft(text, boilerplate)]))

    return parsed
