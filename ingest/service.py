"""What ingestion from sources needs, opened together: journal, fetcher, collector, and the way to the graph."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

from ingest.aside import Aside
from ingest.clock import iso_now, utc_now
from ingest.drain import Drained, drain, waits
from ingest.fetch import Fetcher, Policy
from ingest.fingerprint import extractor_version
from ingest.lazily import OnFailure
from ingest.sources.collect import Collector
from ingest.workers import workers
from kb.config import Settings
from kb.store import open_graph
from kb.store.health import JournalTurns
from kb.store.journal import FILE, Journal, open_journal
from kb.store.record import Written

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Ingestion:
    """An open ingestion."""

    settings: Settings
    journal: Journal
    fetcher: Fetcher
    collector: Collector
    pipeline: str
    extractor: str
    on_failure: OnFailure
    stopping: Callable[[], bool]

    def drain(self, *, wait: bool = True, on_batch: Callable[[Sequence[Written]], None] = lambda _: None) -> Drained:
        """Write what waits to the graph, opened only if something does. Raises AbortRun when the graph fails.

        A process of its own extracts, and ends with it. If another process is at it, `wait` for it to end, or leave it
        to that one.
        """
        if not waits(self.journal):
            return Drained()
        if self.stopping():  # to start a store takes longer than a stop should
            return Drained(stopped=True)
        with (
            workers(1, self.pipeline, self.on_failure, gazetteer=self.settings.gazetteer) as submit,
            open_graph(self.settings, create=True) as graph,
        ):
            return drain(
                self.journal,
                graph,
                submit=submit,
                extractor=self.extractor,
                now=iso_now,
                on_failure=self.on_failure,
                stopping=self.stopping,
                wait=wait,
                on_batch=on_batch,
            )


@contextmanager
def open_ingestion(
    settings: Settings,
    *,
    pipeline: str,
    on_failure: OnFailure,
    max_mb: float = 20,
    stopping: Callable[[], bool] = lambda: False,
    sleep: Callable[[float], object] = time.sleep,
) -> Iterator[Ingestion]:
    """Open journal and fetcher. `stopping` is asked between pages and batches, `sleep` waits for a host's turn.

    What comes from the web is read by a process of its own, which ends with the block.
    """
    with (
        open_journal(settings.data, create=True) as journal,
        open_fetcher(settings, journal, max_mb=max_mb, sleep=sleep) as fetcher,
        closing(Aside()) as aside,
    ):
        collector = Collector(
            journal,
            fetcher,
            sources=settings.sources,
            now=utc_now,
            limit=int(max_mb * _MEGABYTE),
            stopping=stopping,
            call=aside.call,
        )
        version = extractor_version(pipeline, settings.gazetteer)
        yield Ingestion(settings, journal, fetcher, collector, pipeline, version, on_failure, stopping)


def open_fetcher(
    settings: Settings,
    journal: Journal | None = None,
    *,
    max_mb: float = 20,
    sleep: Callable[[float], object] = time.sleep,
) -> Fetcher:
    """A fetcher with the limits of the settings; with a journal it takes turns at hosts with other processes."""
    policy = Policy(settings.allowed_hosts, max_bytes=int(max_mb * _MEGABYTE))
    turns = JournalTurns(journal) if journal else None
    return Fetcher(policy, contact=settings.contact, turns=turns, sleep=sleep, proxy=settings.proxy)


@contextmanager
def fetcher_of(settings: Settings, *, max_mb: float = 20) -> Iterator[Fetcher]:
    """A fetcher for a look that keeps nothing: it leaves alone the hosts that want to be, if a journal says so."""
    with ExitStack() as stack:
        known = (settings.data / FILE).exists()
        journal = stack.enter_context(open_journal(settings.data)) if known else None
        yield stack.enter_context(open_fetcher(settings, journal, max_mb=max_mb))
