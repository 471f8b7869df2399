"""From the queue on disk to the graph: batch by batch, each whole or not at all, and off the queue once it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.lazily import OnFailure
from ingest.runner import Clock, Submit, write_batch
from ingest.sources.lock import locked
from kb.errors import NotFound
from kb.queries.runs import queue_length
from kb.store import Graph, pages, queue
from kb.store.journal import Journal
from kb.store.queue import Queued
from kb.store.record import Written
from kb.store.runs import Item, ItemOutcome
from kb.store.withdrawing import BY_INGESTION, withdraw

_BATCH_ARTICLES = 16
_BATCH_CHARACTERS = 60_000
_KEPT_OUT = "a bug in Chronograph kept it out; please report it"


@dataclass(frozen=True, slots=True)
class Drained:
    """What was written. `stopped` is true if articles still wait because somebody asked to stop."""

    articles: int = 0
    changed: tuple[str, ...] = ()
    """Ids of articles that are new or have a new version."""
    stopped: bool = False
    withdrawn: tuple[str, ...] = ()
    """Ids of articles that were withdrawn because their pages are gone."""


def drain(
    journal: Journal,
    graph: Graph,
    *,
    submit: Submit,
    extractor: str,
    now: Clock,
    on_failure: OnFailure,
    stopping: Callable[[], bool] = lambda: False,
    wait: bool = True,
    on_batch: Callable[[Sequence[Written]], None] = lambda _: None,
) -> Drained:
    """Write all that waits, one process at a time; others `wait` for their turn, or leave it to that one.

    An article that trips a mistake of ours goes to `on_failure`, is noted as failed, and the rest goes on.

    A process killed in between leaves its last batch in the queue and perhaps in the graph: written again it changes
    nothing. Raises AbortRun when the store fails; what waits goes on waiting.
    """
    articles = 0
    changed: list[str] = []
    with locked(_home(journal), "drain", wait=wait) as ours:
        while ours and (batch := queue.first(journal, limit=_BATCH_ARTICLES, characters=_BATCH_CHARACTERS)):
            if stopping():
                return Drained(articles, tuple(changed), stopped=True)
            taken = [each.article for each in batch]
            written = write_batch(graph, taken, submit=submit, extractor=extractor, now=now, on_failure=on_failure)
            queue.done(journal, [_item(each, written) for each in batch], at=now())
            articles += len(batch)
            changed += [one.article for one in written if one.outcome.value != ItemOutcome.UNCHANGED]
            on_batch(written)
        withdrawn = _withdraw_gone(journal, graph, at=now()) if ours else ()
    return Drained(articles, tuple(changed), withdrawn=withdrawn)


def waits(journal: Journal) -> bool:
    """True if anything is to be told to the graph."""
    return bool(queue_length(journal) or pages.gone_articles(journal))


def _withdraw_gone(journal: Journal, graph: Graph, *, at: str) -> tuple[str, ...]:
    """Withdraw the articles whose pages are gone; those that never came to the graph are forgotten."""
    done = []
    for row in pages.gone_articles(journal):
        try:
            (found,) = withdraw(
                graph, [row["article"]], at=at, by=BY_INGESTION, because=f"{row['url']}: {row['because']}"
            )
        except NotFound:
            pass
        else:
            done += [] if found.already else [found.article]
        pages.forget_gone(journal, row["article"])
    return tuple(done)


def _item(queued: Queued, written: Sequence[Written]) -> tuple[Queued, Item, int]:
    article = queued.article
    one = next((one for one in written if one.article == article.id), None)
    if one is None:
        item = Item(queued.name, ItemOutcome.FAILED, article.id, article.title, "mistake", _KEPT_OUT)
        return queued, item, 0
    return queued, Item(queued.name, ItemOutcome(one.outcome.value), article.id, article.title), one.claims


def _home(journal: Journal) -> Path:
    return journal.path.parent
