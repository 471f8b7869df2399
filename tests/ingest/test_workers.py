"""Processes that extract: replaced now and then, with nothing lost, and answers in the order of the batches."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from ingest import template
from ingest import workers as module
from ingest.extraction import reraise
from ingest.workers import workers
from kb.config import load_settings
from kb.errors import AbortRun
from kb.model import Article
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


def test_a_run_ends_when_a_process_has_ended_whenever_that_is_noticed(tmp_path) -> None:
    article = Article("a", "The court ruled on Friday.", "Case", date(2025, 1, 17))
    with workers(2, load_settings({}, tmp_path).model, reraise) as submit:
        submit([article])()
        for process in multiprocessing.active_children():
            process.kill()
            process.join()
        for _ in range(2):  # while it goes out, or while it is waited for
            with pytest.raises(AbortRun, match="ended unexpectedly"):
                submit([article])()


def test_processes_that_are_stuck_end_with_a_run_that_is_ended(tmp_path) -> None:
    processes: list[BaseProcess] = []

    def run() -> None:
        with workers(2, load_settings({}, tmp_path).model, reraise) as submit:
            submit([Article("a", "The court ruled on Friday.", "Case", date(2025, 1, 17))])()
            processes.extend(multiprocessing.active_children())
            for process in processes:
                os.kill(process.pid or 0, signal.SIGSTOP)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run()
    assert len(processes) == 2
    assert all(wait([process.sentinel], PATIENCE) for process in processes)
