"""Processes that extract: replaced now and then, with nothing lost, and answers in the order of the batches."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from ingest import template
from ingest import workers as module
from ingest.extraction import reraise
from ingest.workers import _begin, workers
from kb.config import load_settings
from kb.errors import AbortRun
from kb.model import Article, Extraction
from tests.patience import PATIENCE

pytestmark = pytest.mark.timeout(3 * PATIENCE)


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


def _loaded_and_threads() -> tuple[list[tuple[str, Path | None]], int]:
    """In a worker: the pipelines that are loaded, and the number of threads of the process that it was forked from."""
    return [*template._loaded], len([*Path(f"/proc/{os.getppid()}/task").iterdir()])


def test_processes_are_forked_from_one_without_threads_that_has_loaded_the_pipeline(tmp_path) -> None:
    model = load_settings({}, tmp_path).model
    with workers(2, model, reraise):
        assert not multiprocessing.active_children()  # as long as there is nothing to extract
    with ProcessPoolExecutor(1, multiprocessing.get_context("forkserver")) as pool:
        loaded, threads = pool.submit(_loaded_and_threads).result()
    assert (loaded, threads) == ([(model, None)], 1)


def test_a_module_of_the_folder_that_a_run_is_started_in_is_not_loaded(tmp_path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken from here')", encoding="utf-8")
    run = partial(subprocess.run, [sys.executable, "-c", "import json"], cwd=tmp_path, check=False)
    assert run().returncode == 1
    with template.asked_for("any", None):
        assert run().returncode == 0
    assert run().returncode == 1


def test_a_pipeline_that_is_not_there_ends_the_run(tmp_path) -> None:
    with (
        pytest.raises(AbortRun, match="'no_such_pipeline' is not installed"),
        workers(1, "no_such_pipeline", reraise) as submit,
    ):
        submit([Article("a", "The court ruled on Friday.", "Case", date(2025, 1, 17))])()


STUCK, DEADLY = "an article that one call never comes to an end of", "an article that ends its process"


def _reads_or_does_not(batch: Sequence[Article]) -> template.Answer:
    """In a worker: an extraction that finds nothing, and that some articles are too much for."""
    for article in batch:
        if article.text == STUCK:
            re.match("(a|a)+$", "a" * 60 + "b")  # which holds up all threads of the process
        if article.text == DEADLY:
            os.kill(os.getpid(), signal.SIGKILL)
    return [Extraction(article, (), (), ()) for article in batch], []


def _start_it(pipeline: str, gazetteer: Path | None) -> None:
    _begin(pipeline, gazetteer)
    module._extract = _reads_or_does_not


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes whose extraction some articles are too much for, and that have half a second for each batch."""
    monkeypatch.setattr(module, "_SECONDS", 0.5)
    monkeypatch.setattr(module, "_begin", _start_it)


def _numbered(texts: Sequence[str]) -> list[Article]:
    return [Article(f"a{n}", text, f"Case {n}", date(2025, 1, 17)) for n, text in enumerate(texts)]


@pytest.mark.usefixtures("odd")
@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize(
    ("text", "said"),
    [(STUCK, "took more than 1 seconds"), (DEADLY, "the process that read it ended, perhaps for lack of memory")],
    ids=["stuck", "deadly"],
)
def test_an_article_that_is_too_much_for_a_process_is_named_and_the_rest_goes_on(
    tmp_path: Path, count: int, text: str, said: str
) -> None:
    articles = _numbered(["fine"] * 30)
    odd = [7, 8, 29]
    for n in odd:
        articles[n] = replace(articles[n], text=text)
    failed: list[tuple[str, str]] = []

    def note(article: Article, error: Exception) -> None:
        failed.append((article.id, str(error)))

    with workers(count, load_settings({}, tmp_path).model, note) as submit:
        waiting = [submit(articles[at : at + 5]) for at in range(0, 25, 5)]
        waiting += [submit([article]) for article in articles[25:]]
        found = [extraction.article.id for result in waiting for extraction in result()]
    assert found == [f"a{n}" for n in range(30) if n not in odd]
    assert failed == [(f"a{n}", said) for n in odd]


@pytest.mark.usefixtures("odd")
def test_a_run_ends_when_processes_keep_ending(tmp_path: Path) -> None:
    def run() -> None:
        with workers(2, load_settings({}, tmp_path).model, lambda *_: None) as submit:
            waiting = [submit([article]) for article in _numbered([DEADLY] * 10)]
            for result in waiting:
                result()

    with pytest.raises(AbortRun, match="keep ending"):
        run()


def test_a_process_that_was_killed_is_replaced_whenever_that_is_noticed(tmp_path: Path) -> None:
    articles = _numbered(["The court ruled on Friday."] * 3)
    with workers(2, load_settings({}, tmp_path).model, reraise) as submit:
        for article in articles:
            assert [extraction.article.id for extraction in submit([article])()] == [article.id]
            for process in multiprocessing.active_children():
                process.kill()
                process.join()


def test_processes_go_on_when_all_of_a_group_are_told_to_end(tmp_path: Path) -> None:
    articles = _numbered(["The court ruled on Friday."] * 2)
    with workers(1, load_settings({}, tmp_path).model, reraise) as submit:
        submit(articles[:1])()
        (process,) = multiprocessing.active_children()
        for number in (signal.SIGTERM, signal.SIGINT):
            os.kill(process.pid or 0, number)
        assert [extraction.article.id for extraction in submit(articles[1:])()] == ["a1"]
        assert process.is_alive()


def test_processes_that_are_stuck_end_with_a_run_that_is_ended(tmp_path) -> None:
    processes: list[BaseProcess] = []

    def run() -> None:
        with workers(2, load_settings({}, tmp_path).model, reraise) as submit:
            for result in [submit([article]) for article in _numbered(["The court ruled on Friday."] * 2)]:
                result()
            processes.extend(multiprocessing.active_children())
            for process in processes:
                os.kill(process.pid or 0, signal.SIGSTOP)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run()
    assert len(processes) == 2
    assert all(wait([process.sentinel], PATIENCE) for process in processes)
