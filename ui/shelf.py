"""Answers that were given, kept as long as nobody writes; and for a moment longer where a new one takes its time.

On a large graph the counts of everything take seconds, and a graph that collects from sources is written to all day. So
what is slow to find out is shown as it was, while it is found out anew by another thread.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass
from typing import Any

SLOW = 0.3
"""Seconds from which on making an answer is slow; a quick one is always waited for."""
_AT_ONCE = 4
"""Answers that are made at the same time: the store has other work to do."""


@dataclass(frozen=True, slots=True)
class _Kept:
    answer: Any
    writes: int
    made: float
    cost: float


class Shelf:
    """Answers by what was asked. Fit for several threads."""

    def __init__(self, *, most: int, oldest: float) -> None:
        """`most` answers are kept, those asked for last; one that is behind is shown for `oldest` seconds at most."""
        self._most, self._oldest = most, oldest
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._making: dict[tuple[Hashable, int], Future[Any]] = {}
        self._makers = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="answering")

    def take(
        self, asked: Hashable, writes: int, make: Callable[[], Any], *, patience: float | None
    ) -> tuple[Any, bool]:
        """The answer to `asked` as of `writes`, and True; after `patience` seconds the one before it, and False.

        `make` finds it out, in another thread, once for all who ask meanwhile. Without patience (None), or where there
        is no answer of before, it is waited for. What `make` raises is raised, and not kept.
        """
        with self._lock:
            kept = self._kept.get(asked)
            if kept and kept.writes == writes:
                self._kept.move_to_end(asked)
                return kept.answer, True
            making = self._making.get((asked, writes)) or self._start(asked, writes, make)
        if kept is None or kept.cost < SLOW or time.monotonic() - kept.made > self._oldest:
            patience = None
        try:
            return making.result(patience), True
        except NotYet:
            if kept is None or making.done():
                raise
            return kept.answer, False

    def clear(self) -> None:
        """Keep nothing any more; what is being made is not kept either."""
        with self._lock:
            self._kept.clear()
            self._making.clear()

    def _start(self, asked: Hashable, writes: int, make: Callable[[], Any]) -> Future[Any]:
        def work() -> Any:  # noqa: ANN401 - whatever `make` returns
            began = time.monotonic()
            try:
                answer = make()
            except BaseException:
                with self._lock:
                    self._making.pop((asked, writes), None)
                raise
            self._keep(asked, _Kept(answer, writes, time.monotonic(), time.monotonic() - began))
            return answer

        future = self._makers.submit(work)
        self._making[asked, writes] = future
        return future

    def _keep(self, asked: Hashable, made: _Kept) -> None:
        with self._lock:
            wanted = self._making.pop((asked, made.writes), None)
            if wanted is None:
                return
            self._kept[asked] = made
            self._kept.move_to_end(asked)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
