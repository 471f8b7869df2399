"""From articles to the graph, batch by batch: what is there already is not read again."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.garbage import keep_what_is_loaded
from ingest.lazily import OnFailure
from kb.errors import ChronographError
from kb.model import Article, Extraction
from kb.store import Graph
from kb.store.record import Outcome, Written, known_versions, record, version_of

_BATCH_ARTICLES = 16
_BATCH_CHARACTERS = 60_000
"""A batch is extracted at once, and written in one transaction: small enough for progress and for flat memory."""
_TOGETHER = 4
"""Batches that are written in one transaction: what they share is read once, and an event that they all speak of is
folded once. Twice as many cost as much for each article, and are written later."""

Extract = Callable[[Iterable[Article]], Iterator[Extraction]]
Result = Callable[[], list[Extraction]]
Submit = Callable[[Sequence[Article]], Result]
"""Starts to extract a batch; what it returns waits for the outcome."""
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
    submit: Submit,
    ahead: int = 0,
    extractor: str,
    now: Clock,
    on_article: Callable[[Written], None],
    on_failure: OnFailure,
) -> RunReport:
    """Extract and write `articles`; `on_article` hears of each one once it is in the graph for good.

    An article that trips a mistake of ours while it is written goes to `on_failure` and the rest goes on.

    `submit` is called only for what the graph does not hold yet in this state, read by this `extractor`, with up to
    `ahead` batches more than those that are waited for. `now` gives an ISO time in UTC. Raises AbortRun when the store
    fails: batches before that one are complete, that one is not there at all.
    """
    report = RunReport()
    under_way: deque[_Started] = deque()

    def finish_first(most: int) -> None:
        started = _first_of(under_way, most)
        for written in _finish(graph, started, extractor=extractor, now=now, on_failure=on_failure):
            report.add(written)
            on_article(written)

    settled = False
    for batch in _batches(articles):
        under_way.append(_start(graph, batch, submit=submit, extractor=extractor))
        if len(under_way) >= ahead + _TOGETHER:
            finish_first(_TOGETHER)
            settled = settled or _settle()
    while under_way:
        finish_first(min(_TOGETHER, _half(len(under_way)) if ahead else _TOGETHER))
    return report


def _half(batches: int) -> int:
    """Of the last batches only the first are waited for and written, while the others are still being extracted."""
    return (batches + 1) // 2


def _settle() -> bool:
    """Keep what a long run has loaded by its first writing out of garbage collection: it stays until the end.

    Rows by the ten thousand set off full collections, which took a fifth of the writing process's time. What they look
    through afterwards is what is kept in mind of a few batches, so they come seldom.
    """
    keep_what_is_loaded()
    return True


def write_batch(
    graph: Graph, batch: Sequence[Article], *, submit: Submit, extractor: str, now: Clock, on_failure: OnFailure
) -> list[Written]:
    """Extract and write one batch, in which an article stands once, in one transaction.

    What goes to `on_failure` is left out of it, and out of what is returned.
    """
    started = _start(graph, batch, submit=submit, extractor=extractor)
    return _finish(graph, [started], extractor=extractor, now=now, on_failure=on_failure)


@dataclass(frozen=True, slots=True)
class _Started:
    """A batch that is being extracted, without what the graph holds already."""

    unchanged: tuple[Article, ...]
    articles: frozenset[str]
    result: Result | None


def _start(graph: Graph, batch: Sequence[Article], *, submit: Submit, extractor: str) -> _Started:
    known = known_versions(graph, [version_of(article) for article in batch], extractor=extractor)
    fresh = [article for article in batch if version_of(article) not in known]
    unchanged = tuple(article for article in batch if version_of(article) in known)
    return _Started(unchanged, frozenset(article.id for article in batch), submit(fresh) if fresh else None)


def _first_of(under_way: deque[_Started], most: int) -> list[_Started]:
    """Takes the first batches off, as many as may be written together: an article stands in them once."""
    taken: list[_Started] = []
    seen: set[str] = set()
    while under_way and len(taken) < most and seen.isdisjoint(under_way[0].articles):
        taken.append(under_way.popleft())
        seen |= taken[-1].articles
    return taken


def _finish(
    graph: Graph, started: Sequence[_Started], *, extractor: str, now: Clock, on_failure: OnFailure
) -> list[Written]:
    written = [Written(article.id, Outcome.UNCHANGED, 0) for batch in started for article in batch.unchanged]
    if found := [extraction for batch in started if batch.result for extraction in batch.result()]:
        written += _record(graph, found, recorded_at=now(), extractor=extractor, on_failure=on_failure)
    return written


def _record(
    graph: Graph, found: Sequence[Extraction], *, recorded_at: str, extractor: str, on_failure: OnFailure
) -> list[Written]:
    """Written in one transaction; where that trips a mistake of ours, in halves, down to the article that does."""
    try:
        return record(graph, found, recorded_at=recorded_at, extractor=extractor)
    except ChronographError:
        raise
    except Exception as err:  # noqa: BLE001 - reported by name, and the tests let none pass
        if len(found) == 1:
            on_failure(found[0].article, err)
            return []
    half = len(found) // 2
    return [
        one
        for part in (found[:half], found[half:])
        for one in _record(graph, part, recorded_at=recorded_at, extractor=extractor, on_failure=on_failure)
    ]


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
