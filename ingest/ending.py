"""An ingestion that is told to end."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Ended(SystemExit):
    """SIGTERM came: everything is put away on the way out, and the exit code is that of a process it ended."""

    def __init__(self) -> None:
        super().__init__(128 + signal.SIGTERM)

    def __str__(self) -> str:
        return "ended by SIGTERM"


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C does; a second one ends the process at once.

    Processes that extract are ended with it, what they share is given back, and the run is recorded as stopped.
    """

    def end(number: int, _: FrameType | None) -> None:
        signal.signal(number, before)
        raise Ended

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
