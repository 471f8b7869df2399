"""An end to work that does not come to one: a rule that loops on an odd sentence must not stop a run for ever."""

from __future__ import annotations

import ctypes
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

_AGAIN = 1.0
"""Seconds after which work is told again to end, should it have swallowed what it was told."""
_SHORTEST = 0.01
"""Seconds between two looks at its clock."""
OUT_OF_TIME = signal.SIGPROF
"""The signal that ends a process whose time is up."""


class TookTooLongError(Exception):
    """Work was ended because it took too much CPU time."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise TookTooLongError in what takes more than `seconds` of its thread's CPU time.

    It comes between two steps of Python: one call of a library that never returns is ended by `ended_after` alone.
    """
    work = _Work(seconds)
    threading.Thread(target=work.watch, name="limit", daemon=True).start()
    try:
        yield
    except TookTooLongError:
        raise TookTooLongError(f"took more than {seconds:.0f} seconds") from None
    finally:
        work.over()


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """Let the system end this whole process if the block takes more than `seconds` of CPU, whatever it is at.

    Its exit code is then that of OUT_OF_TIME.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


class _Work:
    """What the thread that makes it does from then on."""

    def __init__(self, seconds: float) -> None:
        self._thread = threading.get_ident()
        self._clock = _cpu_clock(self._thread)
        self._end = self._clock() + seconds
        self._over = threading.Event()
        self._telling = threading.Lock()
        self._told = False

    def watch(self) -> None:
        """Tell it to end once its time is up, until it is over. Runs in a thread of its own."""
        pause = self._left()  # no CPU time passes faster than the clock on the wall
        while not self._over.wait(pause):
            pause = max(self._left(), _SHORTEST)
            if self._left() <= 0:
                self._tell()
                pause = _AGAIN

    def over(self) -> None:
        """It has ended; what it was told and has not heard yet is taken back.

        Where nothing was told nothing is: taking back keeps a thread looking for news at each call from then on, and a
        profiler waiting for ever.
        """
        with self._telling:
            self._over.set()
            if self._told:
                _raise_in(self._thread, None)

    def _tell(self) -> None:
        with self._telling:
            if not self._over.is_set():
                self._told = True
                _raise_in(self._thread, TookTooLongError)

    def _left(self) -> float:
        return self._end - self._clock()


def _cpu_clock(thread: int) -> Callable[[], float]:
    """The seconds of CPU that a thread has taken, or all threads where the system does not say."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.process_time
    return partial(time.clock_gettime, time.pthread_getcpuclockid(thread))


def _raise_in(thread: int, error: type[Exception] | None) -> None:
    """Let `error` be raised at the next step of a thread; None takes back one that was not raised yet."""
    what = ctypes.py_object(error) if error else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)
