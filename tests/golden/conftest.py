from __future__ import annotations

from collections.abc import Mapping

import pytest

from kb.model import Article, Extraction
from tests.golden.extracted import extracted_fixtures, read_fixtures


@pytest.fixture(scope="session")
def articles() -> dict[str, Article]:
    return read_fixtures()


@pytest.fixture(scope="session")
def extractions() -> Mapping[str, Extraction]:
    return extracted_fixtures()
