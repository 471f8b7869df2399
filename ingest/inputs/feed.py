"""Feeds of every dialect: RSS, RDF, Atom (feedparser), JSON Feed. Bytes in, entries out; nothing is fetched here."""

from __future__ import annotations

import io
import json
import re
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from time import struct_time
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from ingest.inputs.entry import Entry
from ingest.inputs.metadata import Moment, read_moment
from kb.errors import SkipInput
from kb.weburl import canonical_url

_MOST_ENTRIES = 2000
_HTML = re.compile(rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)", re.IGNORECASE | re.DOTALL)
_ALTERNATE = re.compile(
    rb"<link\b[^>]{0,500}\btype=[\"']?application/(?:rss|atom|feed)\+(?:xml|json)[^>]{0,500}>", re.IGNORECASE
)
_HREF = re.compile(rb"href=[\"']?([^\"'\s>]{1,500})", re.IGNORECASE)
_PERIODS = {"hourly": 3600.0, "daily": 86400.0, "weekly": 604800.0, "monthly": 2592000.0, "yearly": 31536000.0}
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says: its entries as they stand, newest first as a rule, and how long it wants to be left alone."""

    title: str | None
    entries: tuple[Entry, ...]
    language: str | None = None
    ttl: float | None = None
    """Seconds."""
    trouble: str | None = None
    """What is wrong with it, if it could be read all the same."""
    unusable: int = 0
    """Entries that name neither an address nor a text."""


def looks_like_feed(body: bytes, content_type: str = "") -> bool:
    """True for what is worth reading as a feed, by its first bytes; a page is not."""
    head = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:2000]
    if head.startswith(b"{"):
        return b"jsonfeed.org/version" in body[:4000]
    if _HTML.match(head):
        return False
    return bool(re.search(rb"<(?:rss|feed|rdf:RDF|channel)\b", head)) or content_type in (
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
    )


def read_feed(
    body: bytes, *, url: str, content_type: str = "", zone: ZoneInfo | None = None, full_text: bool = False
) -> Feed:
    """The entries of a feed. With `full_text` their text is taken too, where they have one.

    Raises SkipInput for what is no feed at all: a page (naming the feeds it links to), nothing, something else.
    """
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not start:
        raise SkipInput(url, "the feed is empty", kind="not a feed")
    if start in (b"{", b"["):
        return _json_feed(body, url, zone, full_text=full_text)
    return _xml_feed(body, url, content_type, zone, full_text=full_text)


def _xml_feed(body: bytes, url: str, content_type: str, zone: ZoneInfo | None, *, full_text: bool) -> Feed:
    import feedparser  # a third of a second, and only feeds need it

    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    parsed = feedparser.parse(io.BytesIO(body), response_headers=headers)  # a stream: a text would be fetched or opened
    if not parsed.version and not parsed.entries:
        raise SkipInput(url, _no_feed(body, url), kind="not a feed")
    entries = [
        _entry(raw, url, zone, full_text=full_text) for raw in parsed.entries[:_MOST_ENTRIES] if isinstance(raw, dict)
    ]
    usable = [entry for entry in entries if entry is not None]
    trouble = f"not well-formed: {parsed.bozo_exception}" if parsed.bozo and not _is_harmless(parsed) else None
    feed = parsed.feed
    return Feed(
        title=_plain(feed.get("title")),
        entries=tuple({entry.url: entry for entry in reversed(usable)}.values())[::-1],
        language=feed.get("language") or None,
        ttl=_ttl(feed),
        trouble=trouble,
        unusable=len(entries) - len(usable),
    )


def _is_harmless(parsed: Any) -> bool:  # noqa: ANN401 - feedparser's result
    """feedparser calls a feed broken whose HTTP header and XML declaration name different encodings, or text/xml."""
    return type(parsed.bozo_exception).__name__ in ("CharacterEncodingOverride", "NonXMLContentType")


def _no_feed(body: bytes, url: str) -> str:
    if not _HTML.match(body.lstrip(b"\xef\xbb\xbf")[:2000]):
        return "neither RSS nor Atom nor JSON Feed"
    links = [href[1] for link in _ALTERNATE.finditer(body[:200_000]) if (href := _HREF.search(link[0]))]
    named = ", ".join(urljoin(url, link.decode("utf-8", "replace")) for link in links[:3])
    return "a page, not a feed; " + (f"it names as its feed {named}" if named else "give the feed's address")


def _entry(raw: dict[str, Any], url: str, zone: ZoneInfo | None, *, full_text: bool) -> Entry | None:
    html = _content(raw)
    link = _link(raw, url)
    if link is None and not html:
        return None
    return Entry(
        url=link or f"{url}#{raw.get('id') or raw.get('title') or ''}",
        title=_plain(raw.get("title")),
        published=_moment(raw, ("published", "created"), zone) or _moment(raw, ("updated",), zone),
        updated=_moment(raw, ("updated",), zone),
        authors=tuple(dict.fromkeys(filter(None, map(_author, raw.get("authors") or ())))),
        sections=tuple(tag["term"] for tag in raw.get("tags") or () if tag.get("term"))[:20],
        html=html if full_text or link is None else None,
        mark="",
    )


def _link(raw: dict[str, Any], url: str) -> str | None:
    links = [raw.get("link"), *(one.get("href") for one in raw.get("links") or () if one.get("rel") == "alternate")]
    links += [raw.get("feedburner_origlink"), raw.get("id")]
    for link in links:
        if isinstance(link, str) and (found := canonical_url(_absolute(url, link))):
            return found
    return None


def _absolute(base: str, link: str) -> str:
    if ":" not in link.partition("/")[0] and not link.startswith(("/", ".")):
        return link  # an id such as "tag" or "1234" is no address
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def _content(raw: dict[str, Any]) -> str | None:
    found = [part.get("value") for part in raw.get("content") or ()] + [raw.get("summary")]
    texts = [text for text in found if isinstance(text, str) and text.strip()]
    return max(texts, key=len, default=None)


def _author(author: dict[str, Any]) -> str | None:
    return _plain(author.get("name"))


def _moment(raw: dict[str, Any], names: tuple[str, ...], zone: ZoneInfo | None) -> Moment | None:
    for name in names:
        # dict.get: feedparser's own answers "updated" with "published" where there is no other
        text = dict.get(raw, name)
        if moment := read_moment(text, zone):
            return moment
        parsed = dict.get(raw, f"{name}_parsed")
        if isinstance(parsed, struct_time) and 1970 <= parsed.tm_year < 9998:
            at = datetime.fromtimestamp(timegm(parsed), UTC)
            clock = isinstance(text, str) and re.search(r"\d:\d\d", text)
            return Moment((at.astimezone(zone) if zone else at).date(), at.isoformat()) if clock else Moment(at.date())
    return None


def _ttl(feed: dict[str, Any]) -> float | None:
    ttl = str(feed.get("ttl") or "").strip()
    if ttl.isascii() and ttl.isdigit():
        return min(float(ttl) * 60, 86400.0)
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    frequency = str(feed.get("sy_updatefrequency") or "1").strip()
    if period is None or not (frequency.isascii() and frequency.isdigit() and int(frequency)):
        return None
    return min(period / int(frequency), 86400.0)


def _plain(text: object) -> str | None:
    if not isinstance(text, str):
        return None
    return " ".join(_TAG.sub(" ", text).split())[:500] or None


def _json_feed(body: bytes, url: str, zone: ZoneInfo | None, *, full_text: bool) -> Feed:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as err:
        raise SkipInput(url, f"neither a feed nor JSON that can be read ({err})", kind="not a feed") from err
    if not isinstance(content, dict) or not isinstance(content.get("items"), list):
        raise SkipInput(url, "JSON, but no JSON Feed: it has no items", kind="not a feed")
    items = [item for item in content["items"][:_MOST_ENTRIES] if isinstance(item, dict)]
    entries = [entry for item in items if (entry := _json_entry(item, url, zone, full_text=full_text))]
    return Feed(
        title=_plain(content.get("title")),
        entries=tuple(entries),
        language=content.get("language") if isinstance(content.get("language"), str) else None,
        unusable=len(content["items"][:_MOST_ENTRIES]) - len(entries),
    )


def _json_entry(item: dict[str, Any], url: str, zone: ZoneInfo | None, *, full_text: bool) -> Entry | None:
    link = next(filter(None, map(_json_link(url), (item.get("url"), item.get("external_url"), item.get("id")))), None)
    html = next(
        (text for key in ("content_html", "content_text") if isinstance(text := item.get(key), str) and text), None
    )
    if link is None and not html:
        return None
    tags = item.get("tags")
    return Entry(
        url=link or f"{url}#{item.get('id')}",
        title=_plain(item.get("title")),
        published=read_moment(item.get("date_published"), zone),
        updated=read_moment(item.get("date_modified"), zone),
        authors=tuple(_json_authors(item)),
        sections=tuple(tag for tag in tags if isinstance(tag, str))[:20] if isinstance(tags, list) else (),
        html=html if full_text or link is None else None,
    )


def _json_link(base: str) -> Any:  # noqa: ANN401 - a function of one value
    return lambda value: canonical_url(_absolute(base, value)) if isinstance(value, str) else ""


def _json_authors(item: dict[str, Any]) -> Iterator[str]:
    authors = item.get("authors")
    for author in [*(authors if isinstance(authors, list) else ()), item.get("author")]:
        if isinstance(author, dict) and (name := _plain(author.get("name"))):
            yield name
