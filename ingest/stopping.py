"""A clean stop: SIGTERM and Ctrl-C are noted, and who is at work looks between two steps whether to go on."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stop(threading.Event):
    """Set once somebody wants us to stop."""

    number: int | None = None
    """The signal that said so."""

    @property
    def exit_code(self) -> int:
        """What a shell expects of a command that a signal has ended; 0 if none has."""
        return 128 + self.number if self.number else 0


@contextmanager
def stop_on_signals() -> Iterator[Stop]:
    """Within the block the first signal sets the stop, and the second one ends the process at once."""
    stop = Stop()

    def on_signal(number: int, _: FrameType | None) -> None:
        if stop.is_set():
            os._exit(128 + number)
        stop.number = number
        stop.set()

    before = [signal.signal(number, on_signal) for number in _SIGNALS]
    try:
        yield stop
    finally:
        for number, handler in zip(_SIGNALS, before, strict=True):
            signal.signal(number, handler)
