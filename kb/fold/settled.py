"""What links the claims of threads that were folded before: it need not be found out anew where a thread comes again.

A thread that hundreds of reports are in comes again with each new one. What links two claims depends on these alone, so
it is known as long as both are what they were.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import fields
from operator import attrgetter

from kb.fold.claim import ReportedClaim
from kb.fold.likeness import Link
from kb.fold.threads import Thread

_told = attrgetter(*(field.name for field in fields(ReportedClaim)))
"""All that is told of a claim."""


class Settled:
    """The links of the threads that were folded last, of as many as have `most` claims together."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held = 0
        self._threads: OrderedDict[str, tuple[frozenset[int], tuple[Link, ...]]] = OrderedDict()

    def links_of(self, thread: str, claims: Collection[ReportedClaim]) -> tuple[Link, ...] | None:
        """The links among the claims of a thread; None if they are not known, or of claims that told something else."""
        known = self._threads.get(thread)
        if known is None or known[0] != _state(claims):
            return None
        self._threads.move_to_end(thread)
        return known[1]

    def note(self, threads: Collection[Thread], links: Iterable[Link]) -> None:
        """Keep in mind what links the claims of these threads, as they tell it, whatever was judged."""
        thread_of = {claim.id: thread.id for thread in threads for claim in (*thread.claims, *thread.undated)}
        own: defaultdict[str, list[Link]] = defaultdict(list)
        for link in links:
            if thread_of[link.one] == thread_of[link.other]:  # else they were judged to be apart
                own[thread_of[link.one]].append(link)
        for thread in threads:
            self._forget(thread.id)
            if len(claims := (*thread.claims, *thread.undated)) > 1:
                self._threads[thread.id] = (_state(claims), tuple(own[thread.id]))
                self._held += len(claims)
        while self._held > self._most:
            self._forget(next(iter(self._threads)))

    def _forget(self, thread: str) -> None:
        if known := self._threads.pop(thread, None):
            self._held -= len(known[0])


def _state(claims: Iterable[ReportedClaim]) -> frozenset[int]:
    """The same for claims that tell the same."""
    return frozenset(hash(_told(claim)) for claim in claims)
