"""Work that does not come to an end is ended, in whatever thread it is done."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable

import pytest

from ingest.limit import TookTooLongError, limited
from tests.patience import PATIENCE


def burn(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def here(work: Callable[[], None]) -> None:
    work()


def in_a_thread(work: Callable[[], None]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


@pytest.fixture(params=[here, in_a_thread])
def outcome(request: pytest.FixtureRequest) -> Callable[[Callable[[], None]], Exception | None]:
    """What some work, done in the main thread or in another, ends with."""

    def of(work: Callable[[], None]) -> Exception | None:
        ends: list[Exception | None] = []

        def noted() -> None:
            try:
                work()
            except Exception as err:  # noqa: BLE001 - whatever it is
                ends.append(err)
            else:
                ends.append(None)

        request.param(noted)
        return ends[0]

    return of


Outcome = Callable[[Callable[[], None]], Exception | None]


def test_work_that_never_ends_is_ended(outcome: Outcome) -> None:
    def work() -> None:
        with limited(0.05):
            burn(30)

    error = outcome(work)
    assert isinstance(error, TookTooLongError)
    assert str(error) == "took more than 0 seconds"


def test_work_that_swallows_its_end_is_told_again(outcome: Outcome) -> None:
    def work() -> None:
        with limited(0.05):
            try:
                burn(30)
            except Exception:  # noqa: BLE001 - as a rule might do
                burn(30)

    assert isinstance(outcome(work), TookTooLongError)


def test_what_ends_in_time_and_what_comes_after_it_are_left_alone(outcome: Outcome) -> None:
    def work() -> None:
        with limited(0.2):
            burn(0.01)
        burn(0.3)

    assert outcome(work) is None


def test_what_waits_and_what_other_threads_do_are_not_counted(outcome: Outcome) -> None:
    other = threading.Thread(target=burn, args=(0.4,))

    def work() -> None:
        with limited(0.15):
            other.start()
            time.sleep(0.3)
            burn(0.01)

    assert outcome(work) is None
    other.join()


def test_work_leaves_no_thread_behind(outcome: Outcome) -> None:
    def work() -> None:
        with limited(60):
            pass

    assert outcome(work) is None
    for thread in threading.enumerate():
        if thread.name == "limit":
            thread.join(1)
            assert not thread.is_alive()


def test_a_profiler_goes_on_after_what_ended_in_time() -> None:
    """Taking back what was never told would let it wait for ever, so this runs in a process of its own."""
    script = """
import cProfile
from ingest.limit import limited
with limited(60):
    pass
cProfile.run("sorted([3, 1, 2], key=lambda number: -number)")
"""
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, timeout=PATIENCE)
