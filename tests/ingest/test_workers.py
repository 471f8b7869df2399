"""Processes that extract: replaced now and then, with nothing lost, and answers in the order of the batches."""

from __future__ import annotations

from datetime import date

import pytest

from ingest import workers as module
from ingest.workers import workers
from kb.config import load_settings
from kb.model import Article

pytestmark = pytest.mark.timeout(240)


def test_processes_are_replaced_again_and_again_and_no_batch_is_lost(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BATCHES_PER_PROCESS", 2)
    articles = [
        Article(f"a{n}", f"The court ruled on Friday in case {n}.", f"Case {n}", date(2025, 1, 17)) for n in range(11)
    ]
    failed: list[tuple[Article, Exception]] = []
    with workers(2, load_settings({}, tmp_path).model, lambda article, err: failed.append((article, err))) as submit:
        waiting = [submit([article]) for article in articles]
        found = [extraction.article.id for result in waiting for extraction in result()]
    assert (found, failed) == ([article.id for article in articles], [])
