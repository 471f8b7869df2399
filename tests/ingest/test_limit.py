"""Work that does not come to an end is ended."""

import signal
import threading
import time

import pytest

from ingest.limit import TookTooLongError, limited


def burn(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_work_that_never_ends_is_ended() -> None:
    with pytest.raises(TookTooLongError, match="took more than"), limited(0.05):
        burn(30)


def test_what_ends_in_time_and_what_comes_after_it_are_left_alone() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with limited(0.2):
        burn(0.01)
    burn(0.3)
    assert signal.getsignal(signal.SIGVTALRM) == before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_elsewhere_than_in_the_main_thread_nothing_is_limited() -> None:
    done: list[bool] = []

    def work() -> None:
        with limited(0.01):
            burn(0.1)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done
