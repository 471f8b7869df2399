"""When a host may be asked next: one request at a time, a pause between two, none while it wants to be left alone."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Turns(Protocol):
    """Where the next free moment of each host is kept: in memory, or for all processes together."""

    def reserve(self, host: str, now: float, delay: float) -> float:
        """The moment from which one request may be sent; the one after it not before `delay` seconds later."""
        ...

    def hold(self, host: str, until: float) -> None:
        """Nothing to this host before `until`."""
        ...

    def held_until(self, host: str) -> float:
        """The moment before which nothing may be sent, which may be long ago."""
        ...

    def robots(self, site: str) -> tuple[str, float] | None:
        """The robots.txt of a site as it was last had, and the moment until which it need not be asked for again."""
        ...

    def keep_robots(self, site: str, text: str, *, now: float, until: float) -> None:
        """Keep one until that moment."""
        ...


class MemoryTurns:
    """Turns of this process alone."""

    def __init__(self) -> None:
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def reserve(self, host: str, now: float, delay: float) -> float:
        """As `Turns` says."""
        with self._lock:
            at = max(now, self._next.get(host, 0.0))
            self._next[host] = at + delay
            return at

    def hold(self, host: str, until: float) -> None:
        """As `Turns` says."""
        with self._lock:
            self._next[host] = max(until, self._next.get(host, 0.0))

    def held_until(self, host: str) -> float:
        """As `Turns` says."""
        return self._next.get(host, 0.0)

    def robots(self, site: str) -> tuple[str, float] | None:  # noqa: ARG002 - as `Turns` says
        """None: whoever asks keeps them itself."""
        return None

    def keep_robots(self, site: str, text: str, *, now: float, until: float) -> None:
        """Nothing."""


class HostLocks:
    """One request at a time to each host, within this process."""

    def __init__(self) -> None:
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._making = threading.Lock()

    @contextmanager
    def alone(self, host: str) -> Iterator[None]:
        """Wait until no other thread talks to `host`."""
        with self._making:
            lock = self._locks[host]
        with lock:
            yield
