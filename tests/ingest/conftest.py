"""What tests of the reading side share: one language pipeline, and articles made by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from ingest.nlp.pipeline import Draft, annotate
from tests.golden.extracted import default_pipeline


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline that is used when nothing is set."""
    return default_pipeline()


@pytest.fixture(scope="session")
def parse(nlp: Language) -> Callable[..., Doc]:
    """A text as the extraction sees it; `boilerplate` are ranges to leave out."""

    def parsed(text: str, boilerplate: tuple[tuple[int, int], ...] = ()) -> Doc:
        return next(annotate(nlp, [Draft(text, boilerplate)]))

    return parsed
