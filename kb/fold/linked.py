"""What links the claims of threads, kept in mind: a thread of hundreds of reports comes again with each new one.

A link says something of its two claims alone. So what was found among the claims of a thread holds among any of them,
as long as both tell what they told: with one report more, or as they were known on a day in the past.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from kb.fold.claim import ReportedClaim
from kb.fold.filing import Files
from kb.fold.likeness import Link, liken
from kb.fold.mentions import told_again
from kb.fold.rulings import Pair
from kb.fold.threads import Thread

_told = attrgetter(*(field.name for field in fields(ReportedClaim) if field.name != "origin"))
"""All that is told of a claim, but for where its text was printed first: that links nothing."""


@dataclass(frozen=True, slots=True)
class _Known:
    """Claims, each as a number that is the same as long as it tells the same, and all links among them."""

    claims: Mapping[str, int]
    links: Sequence[Link]

    def among(self, claims: Mapping[str, int]) -> list[Link]:
        """The links among those of these claims that tell what they told."""
        same = {id_ for id_, told in claims.items() if self.claims.get(id_) == told}
        return [link for link in self.links if link.one in same and link.other in same]


_NOTHING = _Known({}, ())


class Linked:
    """The links of the threads that were asked for last, as many as have `most` claims. Not for several at once."""

    def __init__(self, most: int = 32_768) -> None:
        self._most = most
        self._held = 0
        self._threads: OrderedDict[str, _Known] = OrderedDict()

    def among(self, thread: str, claims: Collection[ReportedClaim]) -> Sequence[Link]:
        """All links among these claims of a thread; those of claims that were not known, or tell something else, are
        weighed first."""
        if len(claims) < 2:
            return ()
        known, told = self._threads.get(thread, _NOTHING), _numbers(claims)
        links = known.among(told)
        if fresh := [claim for claim in claims if known.claims.get(claim.id) != told[claim.id]]:
            links += _weighed(fresh, claims)
            self._keep(thread, _Known(told, links))
        else:
            self._threads.move_to_end(thread)
        return links

    def note(self, threads: Iterable[Thread], links: Iterable[Link]) -> None:
        """Keep in mind what links the claims of these threads, as they tell it, whatever was judged."""
        threads = [thread for thread in threads if len(thread.claims) + len(thread.undated) > 1]
        thread_of = {claim.id: thread.id for thread in threads for claim in (*thread.claims, *thread.undated)}
        own: defaultdict[str, list[Link]] = defaultdict(list)
        for link in links:
            thread = thread_of.get(link.one)
            if thread and thread == thread_of.get(link.other):  # else they were judged to be apart
                own[thread].append(link)
        for one in threads:
            self._keep(one.id, _Known(_numbers((*one.claims, *one.undated)), own[one.id]))

    def _keep(self, thread: str, known: _Known) -> None:
        self._forget(thread)
        self._threads[thread] = known
        self._held += len(known.claims)
        while self._held > self._most:
            self._forget(next(iter(self._threads)))

    def _forget(self, thread: str) -> None:
        self._held -= len(self._threads.pop(thread, _NOTHING).claims)


def _numbers(claims: Iterable[ReportedClaim]) -> dict[str, int]:
    return {claim.id: hash(_told(claim)) for claim in claims}


def _weighed(fresh: Collection[ReportedClaim], claims: Collection[ReportedClaim]) -> list[Link]:
    """The links of fresh claims with each other and with the rest of `claims`."""
    by_id = {claim.id: claim for claim in claims}
    weighed = (liken(by_id[one], by_id[other]) for one, other in sorted(set(_candidates(fresh, claims))))
    return [link for link in weighed if link]


def _candidates(fresh: Collection[ReportedClaim], claims: Collection[ReportedClaim]) -> Iterator[Pair]:
    """Pairs of which one is filed where the other looks, and one at least is fresh; some of them twice."""
    own = {claim.id for claim in fresh}
    everything, files = Files.of(claims), Files.of(fresh)
    for one in claims:
        for other in (everything if one.id in own else files).near(one):
            yield (one.id, other.id) if one.id < other.id else (other.id, one.id)
    yield from (pair for pair in told_again(claims) if not own.isdisjoint(pair))
