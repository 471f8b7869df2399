"""From articles to the graph, batch by batch: what is there already is not read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kb.model import Article, Extraction
from kb.store import Graph
from kb.store.record import Outcome, Written, known_versions, record, version_of

_BATCH_ARTICLES = 16
_BATCH_CHARACTERS = 60_000
"""A batch is one transaction: large enough to be quick, small enough for progress and for flat memory."""

Extract = Callable[[Iterable[Article]], Iterator[Extraction]]
Clock = Callable[[], str]


@dataclass(slots=True)
class RunReport:
    """What a run came to."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    claims: int = 0
    """Claims of the articles that were new or updated."""

    def add(self, written: Written) -> None:
        """Count one article."""
        self.outcomes[written.outcome] += 1
        if written.outcome is not Outcome.UNCHANGED:
            self.claims += written.claims


def ingest_articles(
    graph: Graph,
    articles: Iterable[Article],
    *,
    extract: Extract,
    extractor: str,
    now: Clock,
    on_article: Callable[[Written], None],
) -> RunReport:
    """Extract and write `articles`; `on_article` hears of each one once it is in the graph for good.

    `extract` is called only for what the graph does not hold yet in this state, read by this `extractor`. `now` gives
    an ISO time in UTC. Raises AbortRun when the store fails: batches before that one are complete, that one is not
    there at all.
    """
    report = RunReport()
    for batch in _batches(articles):
        for written in _ingest_batch(graph, batch, extract=extract, extractor=extractor, now=now):
            report.add(written)
            on_article(written)
    return report


def _ingest_batch(
    graph: Graph, batch: Sequence[Article], *, extract: Extract, extractor: str, now: Clock
) -> Iterator[Written]:
    known = known_versions(graph, [version_of(article) for article in batch], extractor=extractor)
    fresh = [article for article in batch if version_of(article) not in known]
    for article in batch:
        if version_of(article) in known:
            yield Written(article.id, Outcome.UNCHANGED, 0)
    if fresh:
        yield from record(graph, list(extract(fresh)), recorded_at=now(), extractor=extractor)


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Batches in which an article stands once: two versions of it are written one after the other."""
    batch: dict[str, Article] = {}
    size = 0
    for article in articles:
        if batch and (article.id in batch or len(batch) == _BATCH_ARTICLES or size > _BATCH_CHARACTERS):
            yield list(batch.values())
            batch, size = {}, 0
        batch[article.id] = article
        size += len(article.text)
    if batch:
        yield list(batch.values())
