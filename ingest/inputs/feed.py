"""Feeds of every dialect: RSS, RDF, Atom (feedparser), JSON Feed. Bytes in, entries out; nothing is fetched here."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from ingest.inputs.decode import is_utf8
from ingest.inputs.entry import Entry
from ingest.inputs.moment import Moment, read_moment
from ingest.inputs.quiet import Quiet, read_quiet
from ingest.inputs.web_json import read_json
from ingest.limit import TookTooLongError, limited
from kb.counted import counted
from kb.errors import SkipInput
from kb.ids import digest
from kb.weburl import canonical_url, joined

_MOST_ENTRIES = 2000
_LONGEST_AUTHOR = 500
_SECONDS = 60.0
"""Of CPU that a feed may take; one with thousands of entries takes some."""
_MARK = str(0xFFFD)
"""The number of the character that stands for one that is not legible."""
_HTML = re.compile(rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)", re.IGNORECASE | re.DOTALL)
_MAINFRAME = "<?xml".encode("cp037")
_ALTERNATE = re.compile(
    rb"<link\b[^>]{0,500}\btype=[\"']?application/(?:rss|atom|feed)\+(?:xml|json)[^>]{0,500}>", re.IGNORECASE
)
_HREF = re.compile(rb"href=[\"']?([^\"'\s>]{1,500})", re.IGNORECASE)
_PERIODS = {"hourly": 3600.0, "daily": 86400.0, "weekly": 604800.0, "monthly": 2592000.0, "yearly": 31536000.0}
_TAG = re.compile(r"<[^<>]*>")
_ADDRESSED = re.compile(r"(?P<before>[^<@]*?)\s*<?\b[\w.+-]{1,64}@[\w.-]{1,255}>?\s*(?:\((?P<after>[^()]*)\))?\Z")
"""An author with a mail address: "jane@paper.example (Jane Doe)", "Jane Doe <jane@paper.example>"."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says: its entries as they stand, newest first as a rule, and how long it wants to be left alone."""

    title: str | None
    entries: tuple[Entry, ...]
    language: str | None = None
    ttl: float | None = None
    """Seconds."""
    quiet: Quiet = field(default=Quiet())
    notes: tuple[str, ...] = ()
    """What is wrong with it, though it could be read, and how many entries are left out, with the reason."""


@dataclass(frozen=True, slots=True)
class _Item:
    """An entry as the feed gives it, and what tells it from others that link to the same page."""

    entry: Entry
    name: str
    """Its id, or what stands for that."""
    html: str | None
    """Its text in the feed."""
    part: str
    """The part of the page that its link names; '' for the whole."""


def looks_like_feed(body: bytes, content_type: str = "") -> bool:
    """True for what is worth reading as a feed, by its first bytes; a page is not."""
    head = _start(body)
    if head.startswith(b"{"):
        return b"jsonfeed.org/version" in body[:4000]
    if _HTML.match(head):
        return False
    return bool(re.search(rb"<(?:\w{1,20}:)?(?:rss|feed|rdf|channel)\b", head, re.IGNORECASE)) or content_type in (
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
    )


def _start(body: bytes) -> bytes:
    """The first characters, whether of one, two or four bytes each, or of a mainframe."""
    if body.startswith(_MAINFRAME):
        body = body[:8000].decode("cp037").encode("latin-1")
    return body[:8000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:2000]


def read_feed(
    body: bytes,
    *,
    url: str,
    content_type: str = "",
    charset: str | None = None,
    zone: ZoneInfo | None = None,
    full_text: bool = False,
) -> Feed:
    """The entries of a feed. With `full_text` their text is taken too, where they have one.

    `content_type` and `charset` are what the server says of it; a charset that cannot be right is not believed.
    Raises SkipInput for what is no feed at all: a page (naming the feeds it links to), nothing, something else.
    """
    start = _start(body)[:1]
    if not start:
        raise SkipInput(url, "the feed is empty", kind="not a feed")
    if start in (b"{", b"["):
        return _json_feed(body, url, zone, full_text=full_text)
    kind = content_type or "application/xml"
    told = f"{kind}; charset={charset}" if charset and not is_utf8(body) else kind
    return _xml_feed(body, url, told, zone, full_text=full_text)


def _xml_feed(body: bytes, url: str, content_type: str, zone: ZoneInfo | None, *, full_text: bool) -> Feed:
    headers = {"content-location": url, "content-type": content_type}
    parsed = _parsed(body, headers, url)
    if not parsed.version and not parsed.entries and not (parsed.feed.get("title") and looks_like_feed(body)):
        raise SkipInput(url, _no_feed(body, url), kind="not a feed")
    items = [
        _item(raw, url, zone, full_text=full_text) for raw in parsed.entries[:_MOST_ENTRIES] if isinstance(raw, dict)
    ]
    usable = [item for item in items if item is not None]
    trouble = []
    if parsed.bozo and not _is_harmless(parsed):
        trouble = [f"not well-formed: {str(parsed.bozo_exception).replace('<unknown>:', 'line ')}"]
    feed = parsed.feed
    return Feed(
        title=_title(feed),
        entries=_told_apart(usable, full_text=full_text),
        language=feed.get("language") or None,
        ttl=_ttl(feed),
        quiet=read_quiet(body),
        notes=(*trouble, *_left_out(len(parsed.entries), unusable=len(items) - len(usable))),
    )


def _parsed(body: bytes, headers: dict[str, str], url: str) -> Any:  # noqa: ANN401 - feedparser's result
    """What feedparser makes of a feed. Raises SkipInput for one that it trips over, or that takes it for ever."""
    try:
        with limited(_SECONDS):
            return _feedparser().parse(
                io.BytesIO(body),  # a stream: a text would be fetched or opened
                response_headers=headers,
                sanitize_html=False,  # texts are read as pages are; this and the next take quadratic time for comments
                resolve_relative_uris=False,
            )
    except TookTooLongError as err:
        raise SkipInput(url, f"the feed is too intricate: reading it {err}", kind="too intricate") from err
    except Exception as err:  # whatever it was not prepared for
        what = f"{type(err).__name__}: {err}"
        raise SkipInput(url, f"a feed that cannot be read ({what})", kind="not a feed") from err


@cache
def _feedparser() -> Any:  # noqa: ANN401 - it has no types
    """The parser, which looks for no mail address in a text that is too long for a name: that takes quadratic time.

    What stands for no character ("&#55357;", half of a pair) is a mark: it would end the parsing.
    """
    import feedparser  # a third of a second, and only feeds need it
    from feedparser.mixin import _FeedParserMixin

    look = getattr(_FeedParserMixin, "_sync_author_detail", None)
    read = getattr(_FeedParserMixin, "handle_charref", None)
    if look is None or read is None:  # another release: nothing to keep it from
        return feedparser

    def look_in_names(parser: Any, key: str = "author") -> None:  # noqa: ANN401
        if len(parser._get_context().get(key) or "") <= _LONGEST_AUTHOR:
            look(parser, key)

    def read_characters(parser: Any, number: str) -> None:  # noqa: ANN401
        read(parser, number if _is_character(number) else _MARK)

    _FeedParserMixin._sync_author_detail = look_in_names
    _FeedParserMixin.handle_charref = read_characters
    return feedparser


def _is_character(number: str) -> bool:
    """True for the number of a character, as "233" or "xE9", that can be written in UTF-8."""
    try:
        chr(int(number[1:], 16) if number[:1] in "xX" else int(number)).encode()
    except (ValueError, OverflowError):
        return False
    return True


def _is_harmless(parsed: Any) -> bool:  # noqa: ANN401 - feedparser's result
    """feedparser calls a feed broken whose HTTP header and XML declaration name different encodings, or text/xml."""
    return type(parsed.bozo_exception).__name__ in ("CharacterEncodingOverride", "NonXMLContentType")


def _no_feed(body: bytes, url: str) -> str:
    if not _HTML.match(_start(body)):
        return "neither RSS nor Atom nor JSON Feed"
    links = [href[1] for link in _ALTERNATE.finditer(body[:200_000]) if (href := _HREF.search(link[0]))]
    named = ", ".join(joined(url, link.decode("utf-8", "replace")) for link in links[:3])
    return "a page, not a feed; " + (f"the feed it names is {named}" if named else "give the feed's address")


def _left_out(entries: int, *, unusable: int) -> Iterator[str]:
    if unusable:
        left_out = counted(unusable, "entry has", "entries have")
        yield f"{left_out} neither a web address nor a text, and cannot be read"
    if entries > _MOST_ENTRIES:
        yield f"of its {entries:,} entries the first {_MOST_ENTRIES:,} are read"


def _item(raw: dict[str, Any], url: str, zone: ZoneInfo | None, *, full_text: bool) -> _Item | None:
    html = _content(raw)
    link = _link(raw, url)
    if link is None and not html:
        return None
    name = _name(raw.get("id"), raw.get("title") or raw.get("published") or html, raw.get("published"))
    entry = Entry(
        url=canonical_url(link) if link else f"{url}#{name}",
        title=_title(raw),
        published=_moment(raw, ("published", "created"), zone) or _moment(raw, ("updated",), zone),
        updated=_moment(raw, ("updated",), zone),
        authors=_authors(raw),
        sections=tuple(tag["term"] for tag in raw.get("tags") or () if tag.get("term"))[:20],
        html=html if full_text or link is None else None,
        mark="",
    )
    return _Item(entry, name, html, urlsplit(link or "").fragment)


def _link(raw: dict[str, Any], url: str) -> str | None:
    """Its page: the one before a counting redirect, where the feed names that, too."""
    links = [raw.get("feedburner_origlink"), raw.get("pheedo_origlink"), raw.get("link")]
    links += [one.get("href") for one in raw.get("links") or () if one.get("rel") == "alternate"] + [raw.get("id")]
    return next(
        (whole for link in links if isinstance(link, str) and canonical_url(whole := _absolute(url, link))), None
    )


def _told_apart(items: list[_Item], *, full_text: bool) -> tuple[Entry, ...]:
    """The entries, each address once. Where several share a page that is none of theirs, each is a part of it by name.

    Their text is that of the feed then.
    """
    sharing: defaultdict[str, list[_Item]] = defaultdict(list)
    for item in items:
        sharing[item.entry.url].append(item)
    apart = {url for url, group in sharing.items() if _are_several(group, full_text=full_text)}
    entries = [
        replace(item.entry, url=f"{item.entry.url}#{item.name}", html=item.html)
        if item.entry.url in apart
        else item.entry
        for item in items
    ]
    return tuple({entry.url: entry for entry in reversed(entries)}.values())[::-1]


def _are_several(group: list[_Item], *, full_text: bool) -> bool:
    """True for entries of one page that are articles of their own: with a text, and another name or title each.

    Not for those that name parts of the page, which is read as a whole; nor for one that is told again.
    """
    if len({item.name for item in group}) == 1 or not all(item.html for item in group):
        return False
    titles = {item.entry.title for item in group}
    return full_text or (len(titles) == len(group) and not any(item.part for item in group))


def _name(id_: object, *parts: object) -> str:
    """What an entry is called in its feed: its id, or what else tells it from others."""
    return str(id_) if isinstance(id_, str | int) and id_ else digest("e", *map(str, parts))


def _absolute(base: str, link: str) -> str:
    if ":" not in link.partition("/")[0] and not link.startswith(("/", ".")):
        return link  # an id such as "tag" or "1234" is no address
    return joined(base, link)


def _content(raw: dict[str, Any]) -> str | None:
    """The longest text of an entry, as HTML."""
    parts = [*(raw.get("content") or ()), raw.get("summary_detail") or {"value": raw.get("summary")}]
    texts = [_as_html(part.get("value"), part.get("type")) for part in parts if isinstance(part, dict)]
    return max(filter(None, texts), key=len, default=None)


def _as_html(text: object, kind: object) -> str | None:
    if not isinstance(text, str) or not text.strip():
        return None
    return plain_as_html(text) if kind == "text/plain" and not _TAG.search(text) else text


def plain_as_html(text: str) -> str:
    """A plain text as paragraphs of HTML."""
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "".join(f"<p>{escape(part)}</p>" for part in parts if part)


def _authors(raw: dict[str, Any]) -> tuple[str, ...]:
    """The names of an entry's authors. feedparser cuts addresses of the newer domains in two: they are read here."""
    cut = [author for author in raw.get("authors") or () if author.get("email")]
    whole = _plain(raw.get("author")) if len(cut) == 1 == len(raw["authors"]) else None
    if whole and (match := _ADDRESSED.match(whole)):
        return tuple(filter(None, [match["after"] or match["before"]]))
    return tuple(dict.fromkeys(filter(None, (_plain(author.get("name")) for author in raw.get("authors") or ()))))


def _moment(raw: dict[str, Any], names: tuple[str, ...], zone: ZoneInfo | None) -> Moment | None:
    for name in names:
        # dict.get: feedparser's own answers "updated" with "published" where there is no other
        if moment := read_moment(dict.get(raw, name), zone):
            return moment
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


def _plain(text: object, kind: object = "text/html") -> str | None:
    """A title or name without markup."""
    if not isinstance(text, str):
        return None
    bare = text if kind == "text/plain" else unescape(_TAG.sub(" ", text))
    return " ".join(bare.split())[:500] or None


def _title(raw: dict[str, Any]) -> str | None:
    detail = raw.get("title_detail")
    return _plain(raw.get("title"), detail.get("type") if isinstance(detail, dict) else None)


def _json_feed(body: bytes, url: str, zone: ZoneInfo | None, *, full_text: bool) -> Feed:
    try:
        content = read_json(body)
    except (ValueError, RecursionError) as err:
        raise SkipInput(url, f"neither a feed nor readable JSON ({err})", kind="not a feed") from err
    if not isinstance(content, dict) or not isinstance(content.get("items"), list):
        raise SkipInput(url, "JSON, but no JSON Feed: it has no items", kind="not a feed")
    listed = content["items"][:_MOST_ENTRIES]
    items = [
        item for one in listed if isinstance(one, dict) and (item := _json_item(one, url, zone, full_text=full_text))
    ]
    return Feed(
        title=_plain(content.get("title")),
        entries=_told_apart(items, full_text=full_text),
        language=content.get("language") if isinstance(content.get("language"), str) else None,
        notes=tuple(_left_out(len(content["items"]), unusable=len(listed) - len(items))),
    )


def _json_item(item: dict[str, Any], url: str, zone: ZoneInfo | None, *, full_text: bool) -> _Item | None:
    link = _json_link(item, url)
    text = item.get("content_text")
    html = _as_html(item.get("content_html"), "text/html") or (plain_as_html(text) if isinstance(text, str) else None)
    if link is None and not html:
        return None
    name = _name(item.get("id"), item.get("title") or html, item.get("date_published"))
    tags = item.get("tags")
    entry = Entry(
        url=canonical_url(link) if link else f"{url}#{name}",
        title=_plain(item.get("title")),
        published=read_moment(item.get("date_published"), zone),
        updated=read_moment(item.get("date_modified"), zone),
        authors=tuple(_json_authors(item)),
        sections=tuple(tag for tag in tags if isinstance(tag, str))[:20] if isinstance(tags, list) else (),
        html=html if full_text or link is None else None,
    )
    return _Item(entry, name, html, urlsplit(link or "").fragment)


def _json_link(item: dict[str, Any], base: str) -> str | None:
    links = [joined(base, link) for key in ("url", "external_url") if isinstance(link := item.get(key), str)]
    id_ = item.get("id")
    links += [_absolute(base, id_)] if isinstance(id_, str) else []
    return next((link for link in links if canonical_url(link)), None)


def _json_authors(item: dict[str, Any]) -> Iterator[str]:
    authors = item.get("authors")
    for author in [*(authors if isinstance(authors, list) else ()), item.get("author")]:
        if isinstance(author, dict) and (name := _plain(author.get("name"))):
            yield name
