from __future__ import annotations

import pytest

from kb.model import Article, Extraction
from tests.golden.extracted import extract_fixtures, read_fixtures


@pytest.fixture(scope="session")
def articles() -> dict[str, Article]:
    return read_fixtures()


@pytest.fixture(scope="session")
def extractions(articles: dict[str, Article]) -> dict[str, Extraction]:
    return extract_fixtures(articles)
