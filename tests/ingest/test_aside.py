"""What is called in a process of its own: it answers, and what brings it down or holds it up is named."""

from __future__ import annotations

import operator
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.aside import Aside, MistakeError
from ingest.cli import Reading
from ingest.inputs.feed import read_feed
from ingest.inputs.page import read_page
from kb.config import Settings
from kb.errors import SkipInput
from tests.patience import PATIENCE

pytestmark = pytest.mark.timeout(3 * PATIENCE)

STUCK = "(a|a)+$", "a" * 60 + "b"
"""One search that never comes to an end, and holds up all threads of its process."""
PAGE = "<html lang=en><title>Ruling</title><article><p>The court ruled that the law may stand for now.</p>" * 3


@pytest.fixture
def aside() -> Iterator[Aside]:
    made = Aside(seconds=5.0)
    yield made
    made.close()


def test_a_page_is_read_as_it_is_here_by_another_process_which_is_kept(aside: Aside) -> None:
    there = aside.call("p", read_page, PAGE, today=date(2025, 1, 17))
    assert there == read_page(PAGE, today=date(2025, 1, 17))
    assert there.text
    assert aside.call("p", os.getpid) == aside.call("p", os.getpid) != os.getpid()


def test_what_holds_it_up_is_named_and_another_process_goes_on(aside: Aside) -> None:
    before = aside.call("p", os.getpid)
    aside._seconds = 0.3
    with pytest.raises(SkipInput, match=r"\Athe page: reading it took more than 0 seconds\Z"):
        aside.call("the page", re.match, *STUCK)
    aside._seconds = 5.0
    assert aside.call("p", os.getpid) != before


def test_what_brings_it_down_is_tried_twice_and_named(aside: Aside) -> None:
    with pytest.raises(SkipInput, match=r"the page: .*brought down .* \(SIGSEGV\)"):
        aside.call("the page", signal.raise_signal, signal.SIGSEGV)
    assert aside.call("p", operator.add, 1, 2) == 3


def test_errors_come_as_they_are_where_they_are_ours_and_as_text_where_not(aside: Aside) -> None:
    with pytest.raises(SkipInput) as here:
        read_feed(b"<html><p>no feed</p></html>", url="https://a.example/")
    with pytest.raises(SkipInput) as there:
        aside.call("p", read_feed, b"<html><p>no feed</p></html>", url="https://a.example/")
    assert (str(there.value), vars(there.value)) == (str(here.value), vars(here.value))
    with pytest.raises(MistakeError, match="ZeroDivisionError: integer division"):
        aside.call("p", operator.floordiv, 1, 0)
    assert aside.call("p", operator.add, 1, 2) == 3


def test_a_mistake_is_named_for_those_who_go_on_with_the_rest(aside: Aside) -> None:
    with pytest.raises(SkipInput, match=r"\Athe page: a bug in Chronograph kept it out \(ZeroDivisionError"):
        aside.call_or_skip("the page", operator.floordiv, 1, 0)
    assert aside.call_or_skip("p", operator.add, 1, 2) == 3


def test_a_command_names_the_page_that_holds_up_its_reader_and_reads_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.html").write_text(f"<!-- {name} -->{PAGE}", encoding="utf-8")
    call = Aside.call

    def stuck_at_a(self: Aside, what: str, function: Any, /, *args: Any, **named: Any) -> Any:
        stuck = "<!-- a -->" in str(args)
        self._seconds = 0.3 if stuck else 60.0
        if stuck:
            return call(self, what, re.match, *STUCK)
        return call(self, what, function, *args, **named)

    monkeypatch.setattr(Aside, "call", stuck_at_a)
    reading = Reading(Settings(tmp_path, None, "none"), (str(tmp_path),), max_mb=1)
    assert [Path(str(article.path)).name for article in reading.articles()] == ["b.html"]
    (problem,) = reading.problems
    assert (Path(problem.name).name, problem.kind) == ("a.html", "too intricate")


def test_what_a_library_prints_is_no_answer(aside: Aside) -> None:
    assert aside.call("p", print, "hello") is None
    assert aside.call("p", operator.add, 1, 2) == 3


def test_threads_that_share_it_get_each_their_own_answer(aside: Aside) -> None:
    found: dict[int, int] = {}

    def ask(n: int) -> None:
        found[n] = aside.call("p", operator.mul, n, 10)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: n * 10 for n in range(20)}


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_it_ends_with_a_process_that_is_killed() -> None:
    asks = (
        "import os, signal\n"
        "from ingest.aside import Aside\n"
        "print(Aside().call('p', os.getpid), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", asks], stdout=subprocess.PIPE, timeout=PATIENCE, check=False)
    assert done.returncode == -signal.SIGKILL
    until = time.monotonic() + PATIENCE
    while _runs(int(done.stdout)):
        assert time.monotonic() < until, "it outlives the process that asked"
        time.sleep(0.05)
