"""Articles that were fetched and are not yet in the graph: on disk, each version once, in the order they came."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from kb.ids import version_id
from kb.model import Article
from kb.store.journal import Journal
from kb.store.runs import Item, ItemOutcome, add_counts, add_items

_FIELDS = frozenset(field.name for field in fields(Article))


@dataclass(frozen=True, slots=True)
class Queued:
    """An article on its way to the graph, and the run and name it is reported under."""

    name: str
    article: Article
    run: str = ""
    id: int = 0


def reported_as(article: Article) -> str:
    """The name an article is reported under: its address, else its file with its id, as a file may hold many."""
    return article.url or (f"{article.path} ({article.id})" if article.path else article.id)


def put(connection: sqlite3.Connection, run: str, articles: Iterable[Queued], items: Iterable[Item]) -> list[Item]:
    """Add articles, within an open transaction; one that waits already is not added again.

    Returns the run's `items`, in which such a one does not wait: what comes of it is told of the run that has it.
    """
    twice = set()
    for each in articles:
        added = connection.execute(
            "INSERT OR IGNORE INTO queue (run, version, article) VALUES (?, ?, ?)",
            (run, _version(each.article), _dump(each)),
        )
        if not added.rowcount:
            twice.add(each.name)
    return [_waits_already(item) if item.name in twice else item for item in items]


def _waits_already(item: Item) -> Item:
    if item.outcome is not ItemOutcome.WAITING:
        return item
    return replace(item, outcome=ItemOutcome.SKIPPED, reason="twin", detail="the same article is already waiting")


def first(journal: Journal, *, limit: int, characters: int) -> list[Queued]:
    """The articles that came first: at most `limit`, and no more than fit into so many characters (one at least)."""
    rows = journal.rows("SELECT id, run, article FROM queue ORDER BY id LIMIT :limit", limit=limit)
    chosen: list[Queued] = []
    size = 0
    for row in rows:
        queued = _load(row["article"], row["run"], row["id"])
        size += len(queued.article.text)
        if chosen and (size > characters or any(queued.article.id == other.article.id for other in chosen)):
            break
        chosen.append(queued)
    return chosen


def done(journal: Journal, written: Sequence[tuple[Queued, Item, int]], *, at: str) -> None:
    """These articles are in the graph (or were left out for good), with that many claims: off the queue they go."""
    from datetime import datetime

    moment = datetime.fromisoformat(at)
    with journal.transaction() as connection:
        for queued, item, claims in written:
            connection.execute("DELETE FROM queue WHERE id = ?", (queued.id,))
            add_items(connection, queued.run, [item], moment)
            add_counts(connection, queued.run, claims=claims if item.outcome is not ItemOutcome.UNCHANGED else 0)
        for run in {queued.run for queued, _, _ in written}:
            connection.execute(
                "UPDATE run SET status = 'done', error = NULL WHERE id = ? AND status = 'waiting' "
                "AND NOT EXISTS (SELECT 1 FROM queue WHERE run = ?)",
                (run, run),
            )


def _version(article: Article) -> str:
    return version_id(article.id, article.title, article.published, article.text)


def _dump(queued: Queued) -> str:
    fields_ = asdict(queued.article)
    fields_["published"] = queued.article.published.isoformat() if queued.article.published else None
    return json.dumps({"name": queued.name, "article": fields_}, ensure_ascii=False)


def _load(text: str, run: str, id_: int) -> Queued:
    stored = json.loads(text)
    values: dict[str, Any] = {name: value for name, value in stored["article"].items() if name in _FIELDS}
    values["published"] = date.fromisoformat(values["published"]) if values["published"] else None
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return Queued(stored["name"], Article(**values), run, id_)
