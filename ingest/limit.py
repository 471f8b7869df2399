"""An end to work that does not come to one: a rule that loops on an odd sentence must not stop a run for ever."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN = 1.0
"""Seconds after which a call for the end is repeated, should the first have been swallowed."""


class TookTooLongError(Exception):
    """Work was ended because it took too much CPU time."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise TookTooLongError in what takes more than `seconds` of this process's CPU time.

    Only the main thread can be interrupted, and only where the system has such clocks: elsewhere nothing is limited.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def end(_: int, __: FrameType | None) -> None:
        raise TookTooLongError(f"took more than {seconds:.0f} seconds")

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
