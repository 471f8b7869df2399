"""What each source knows of the web: pages yet to be fetched, pages that were, and when to look at them again.

A page goes from `pending` to `page` and its articles to `queue` in one transaction: whatever moment a process is killed
at, a page is either fetched again or its articles are there, once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from kb.store import queue
from kb.store.journal import Journal, Row
from kb.store.runs import Item, add_counts, add_items

_FIRST_LOOK = 3 * 3600.0
_LAST_LOOK = 8 * 24 * 3600.0
"""Seconds after fetching: a page is looked at again after three hours, six, twelve … until it is eight days old."""
_FALSE_ALARM, _SHARE = 3600.0, 8
"""Seconds, or that part of a page's age, for which a source that called an unchanged page changed is not believed."""
_OTHERS_COUNT = 14 * 24 * 3600.0
_AGAIN, _AGAIN_AT_LEAST = 600.0, 24 * 3600.0
TRIES, AWAY_TRIES = 6, 12
"""A page is tried again after ten minutes, twenty, forty … up to a day, and given up after so many tries: in five hours
one that is refused or not there yet, in five days one whose server is away or fails."""
_GONE_AGAIN, _GONE_TRIES = 12 * 3600.0, 3
"""A page that is not there any more is looked for after half a day and a day again; then it is gone."""


class Gone(StrEnum):
    """How a server says that a page is not there."""

    NOW = "now"
    FOR_GOOD = "for good"


@dataclass(frozen=True, slots=True)
class Found:
    """A page that a source names. `mark` changes when the source says that the page has changed."""

    url: str
    mark: str
    entry: Mapping[str, Any] = field(default_factory=dict)
    """What the source says about it, as JSON knows it."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A page to fetch now, with what to ask for changes with, if it was fetched before."""

    url: str
    mark: str
    entry: Mapping[str, Any]
    tries: int
    etag: str | None
    last_modified: str | None


def add_found(journal: Journal, source: str, found: Iterable[Found], *, now: float) -> int:
    """Put into `pending` what is new, what changed, and what is due for another look. Returns how many are unchanged.

    A page that waits already stays in its place; it keeps its tries and gets what the source says now. One that was
    lately called changed and was not is left for a while.
    """
    with journal.transaction() as connection:
        known = _known_pages(connection, source)
        unchanged = 0
        for page in found:
            last = known.get(page.url)
            if last is None or (last["mark"] != page.mark and (last["doubted"] or 0.0) <= now):
                _put(connection, source, page)
            elif (last["next_look"] or now + 1) > now:  # one that is due for another look is counted then
                unchanged += 1
        connection.execute(
            "INSERT OR IGNORE INTO pending (source, url, entry) "
            "SELECT source, url, entry FROM page WHERE source = ? AND next_look <= ? ORDER BY next_look",
            (source, now),
        )
    return unchanged


def due(journal: Journal, source: str, *, now: float, limit: int) -> list[Pending]:
    """The next pages to fetch: those not tried yet as they were found, then those whose time came first."""
    rows = journal.rows(
        """
        SELECT p.url, p.entry, p.tries, k.etag, k.last_modified FROM pending p
        LEFT JOIN page k ON k.source = p.source AND k.url = p.url
        WHERE p.source = :source AND p.not_before <= :now ORDER BY p.not_before, p.rowid LIMIT :limit
        """,
        source=source,
        now=now,
        limit=limit,
    )
    return [_pending(row) for row in rows]


def keep(
    journal: Journal,
    run: str,
    source: str,
    page: Pending,
    *,
    articles: Sequence[queue.Queued],
    items: Iterable[Item],
    content: str | None,
    article: str | None = None,
    twin: str | None = None,
    fetched: int = 1,
    etag: str | None = None,
    last_modified: str | None = None,
    unchanged: bool = False,
    look_again: bool = True,
    now: datetime,
) -> None:
    """A page was fetched and read: its articles go to the queue, what became of it to the run, and it is known now.

    With `look_again` it is asked for changes later, however silent its source is about them; a `twin` of another page
    never is. `fetched` is what it counts for. Without `content` there was no article to read: what is known of the page
    stays.
    """
    seconds = now.timestamp()
    with journal.transaction() as connection:
        known = connection.execute(
            "SELECT mark, fetched, content, article, twin FROM page WHERE source = ? AND url = ?", (source, page.url)
        ).fetchone()
        false_alarm = unchanged and known is not None and known["mark"] != page.mark
        stays = known is not None and (unchanged or content is None)
        first = float(known["fetched"]) if known and (stays or known["content"] == content) else seconds
        connection.execute(
            "INSERT OR REPLACE INTO page (source, url, mark, entry, etag, last_modified, content, article, twin, "
            "fetched, next_look, doubted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                source,
                page.url,
                page.mark,
                _entry(page.mark, page.entry),
                etag or (page.etag if unchanged else None),
                last_modified or (page.last_modified if unchanged else None),
                known["content"] if stays else content,
                known["article"] if stays else article,
                known["twin"] if stays else twin,
                first,
                _next_look(first, seconds) if look_again and not twin else None,
                seconds + max(_FALSE_ALARM, (seconds - first) / _SHARE) if false_alarm else None,
            ),
        )
        if len(articles) > 1:  # what falls off a long page is no less true: its parts only become more
            connection.executemany(
                "INSERT OR IGNORE INTO page_part (source, url, article) VALUES (?, ?, ?)",
                [(source, page.url, one.article.id) for one in articles],
            )
        connection.execute("DELETE FROM pending WHERE source = ? AND url = ?", (source, page.url))
        connection.execute("DELETE FROM gone WHERE url = ?", (page.url,))  # it is back before anybody was told
        add_items(connection, run, queue.put(connection, run, articles, items), now)
        add_counts(connection, run, fetched=0 if unchanged else fetched, unchanged=1 if unchanged else 0)


def put_off(
    journal: Journal,
    run: str,
    source: str,
    page: Pending,
    item: Item,
    *,
    tries: int = TRIES,
    wait: float | None = None,
    counts: bool = True,
    gone: Gone | None = None,
    now: datetime,
) -> bool:
    """A page was not fetched: it is tried again later, or given up and only looked at when the source says it changed.

    That is after so many `tries`; one that does not count (the host was busy) never makes us give up. A page that had
    an article and is not there any more is tried some times over a day; then the article is `gone`. Returns True if
    the page was given up.
    """
    with journal.transaction() as connection:
        article = _article_of(connection, source, page.url) if gone else None
        most, again = (_GONE_TRIES, _GONE_AGAIN) if article else (tries, _AGAIN)
        given_up = (counts and page.tries + 1 >= most) or gone is Gone.FOR_GOOD
        if given_up and article:
            connection.executemany(
                "INSERT OR REPLACE INTO gone (article, url, because) VALUES (?, ?, ?)",
                [(one, page.url, item.detail) for one in (article, *_parts_of(connection, source, page.url))],
            )
        if given_up:
            connection.execute("DELETE FROM pending WHERE source = ? AND url = ?", (source, page.url))
            connection.execute(
                "INSERT INTO page (source, url, mark, entry, fetched) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (source, url) DO UPDATE SET mark = excluded.mark, next_look = NULL",
                (source, page.url, page.mark, _entry(page.mark, page.entry), now.timestamp()),
            )
        else:
            later = now.timestamp() + max(wait or 0.0, min(again * 2**page.tries, _AGAIN_AT_LEAST))
            connection.execute(
                "UPDATE pending SET tries = tries + ?, not_before = ? WHERE source = ? AND url = ?",
                (int(counts), later, source, page.url),
            )
        add_items(connection, run, [item], now)
    return given_up


def gone_articles(journal: Journal) -> list[Row]:
    """The articles whose pages are gone for good: {article, url, because}."""
    return journal.rows("SELECT article, url, because FROM gone ORDER BY article")


def forget_gone(journal: Journal, article: str) -> None:
    """This article is withdrawn, or there is none of it to withdraw."""
    with journal.transaction() as connection:
        connection.execute("DELETE FROM gone WHERE article = ?", (article,))


@dataclass(frozen=True, slots=True)
class Known:
    """A page as it was last kept."""

    mark: str
    content: str | None
    twin: str | None


def twin(journal: Journal, source: str, url: str, *, article: str, content: str, now: float) -> str | None:
    """The address of another page that is the same article; the first that was fetched, or None.

    Within a source, a page with the same words counts too. Another source counts for some days after it had the
    article: it may be gone by then.
    """
    row = journal.row(
        """
        SELECT url FROM page
        WHERE twin IS NULL AND ((source = :source AND url <> :url AND (content = :content OR article = :article))
                                OR (source <> :source AND article = :article AND fetched > :since))
        ORDER BY fetched, url LIMIT 1
        """,
        source=source,
        content=content,
        article=article,
        url=url,
        since=now - _OTHERS_COUNT,
    )
    return row["url"] if row else None


def known_page(journal: Journal, source: str, url: str) -> Known | None:
    """A page as it was last kept, or None for one that was not fetched yet."""
    row = journal.row(
        "SELECT mark, content, twin FROM page WHERE source = :source AND url = :url", source=source, url=url
    )
    return Known(**row) if row else None


def _article_of(connection: sqlite3.Connection, source: str, url: str) -> str | None:
    """The article of a page, unless it is there at another address, too."""
    row = connection.execute(
        "SELECT article FROM page AS p WHERE source = ? AND url = ? AND twin IS NULL AND article IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM page AS o WHERE o.article = p.article AND o.url <> p.url)",
        (source, url),
    ).fetchone()
    return row["article"] if row else None


def _parts_of(connection: sqlite3.Connection, source: str, url: str) -> list[str]:
    """The articles of a page of several, such as a live blog, unless they are there at another address, too."""
    rows = connection.execute(
        "SELECT article FROM page_part AS p WHERE source = ? AND url = ? "
        "AND NOT EXISTS (SELECT 1 FROM page_part AS o WHERE o.article = p.article AND o.url <> p.url)",
        (source, url),
    ).fetchall()
    return [row["article"] for row in rows]


def _known_pages(connection: sqlite3.Connection, source: str) -> dict[str, sqlite3.Row]:
    rows = connection.execute("SELECT url, mark, next_look, doubted FROM page WHERE source = ?", (source,)).fetchall()
    return {row["url"]: row for row in rows}


def _put(connection: sqlite3.Connection, source: str, page: Found) -> None:
    connection.execute(
        "INSERT INTO pending (source, url, entry) VALUES (?, ?, ?) "
        "ON CONFLICT (source, url) DO UPDATE SET entry = excluded.entry",
        (source, page.url, _entry(page.mark, page.entry)),
    )


def _entry(mark: str, entry: Mapping[str, Any]) -> str:
    return json.dumps({**entry, "mark": mark}, ensure_ascii=False)


def _pending(row: Row) -> Pending:
    entry = json.loads(row["entry"])
    return Pending(row["url"], entry.pop("mark"), entry, row["tries"], row["etag"], row["last_modified"])


def _next_look(first: float, now: float) -> float | None:
    """When a page first seen in this state at `first` is looked at again: at twice its age, until it is old."""
    age = max(now - first, _FIRST_LOOK / 2)
    return first + 2 * age if 2 * age <= _LAST_LOOK else None
