"""Sitemaps and indexes of them, with the dates and titles of news sitemaps. XML without entities, within limits."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from lxml import etree

from ingest.fetch.body import GZIP, Bomb, Broken, TooLarge, gunzip
from ingest.inputs.entry import Entry
from ingest.inputs.moment import Moment, read_moment
from ingest.sources.links import read_addresses
from kb.errors import SkipInput
from kb.weburl import canonical_url, joined

_MOST = 50_000
_LARGEST = 60_000_000
_BLANK = b"\xef\xbb\xbf \t\r\n"
_BARE = re.compile(rb"&(?!#?\w{1,30};)")
"""An ampersand that was not escaped, as in many an address."""
_NUMBER = re.compile(r"\d{1,18}")


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Pages, or further sitemaps with the moment each changed last."""

    entries: tuple[Entry, ...] = ()
    maps: tuple[tuple[str, Moment | None], ...] = ()

    def newest_first(self) -> list[str]:
        """The addresses of its maps: those that say when they changed by that, the others by the numbers in them."""
        return [address for address, _ in sorted(self.maps, key=_age, reverse=True)]


def read_sitemap(body: bytes, *, url: str, zone: ZoneInfo | None = None) -> Sitemap:
    """What a sitemap names: XML or a plain list, packed as .gz or not. Raises SkipInput for what is none."""
    data = _unpacked(body, url).lstrip(_BLANK)
    if not data.startswith(b"<"):
        listed, _ = read_addresses(data.decode("utf-8", "replace"), url)
        if listed:
            return Sitemap(listed[:_MOST])
    try:
        found = list(_elements(_escaped(data)))
    except etree.XMLSyntaxError as err:
        raise SkipInput(url, f"not a sitemap that can be read: {err.msg or err}", kind="not a sitemap") from err
    if not found:
        raise SkipInput(url, "it lists no pages: not a sitemap, or an empty one", kind="not a sitemap")
    maps = [(_address(url, v), read_moment(v.get("lastmod"), zone)) for kind, v in found if kind == "sitemap"]
    pages = [_entry(url, values, zone) for kind, values in found if kind == "url"]
    return Sitemap(
        tuple({entry.url: entry for entry in pages if entry.url}.values()), tuple(one for one in maps if one[0])
    )


def _age(one: tuple[str, Moment | None]) -> tuple[str, list[int], str]:
    """What grows from older maps to newer ones."""
    address, changed = one
    day = (changed.at or changed.day.isoformat()) if changed else ""
    return day, [int(number) for number in _NUMBER.findall(address)], address


def _address(base: str, values: dict[str, str]) -> str:
    return canonical_url(joined(base, values["loc"]))


def _entry(base: str, values: dict[str, str], zone: ZoneInfo | None) -> Entry:
    changed = read_moment(values.get("lastmod"), zone)
    return Entry(
        url=_address(base, values),
        title=" ".join(values.get("title", "").split())[:500] or None,
        published=read_moment(values.get("publication_date"), zone),
        updated=changed,
    )


def _elements(data: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """`url` and `sitemap` elements with what they say, by name; the document is read as a stream.

    That is the texts right in them, and in what a news sitemap says of the article: pictures and films have addresses
    and titles of their own.
    """
    stream = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=True,
    )
    count = 0
    for _, element in stream:
        kind = _local(element)
        if kind not in ("url", "sitemap"):
            continue
        told = [part for child in element for part in (child if _local(child) == "news" else [child])]
        values = {_local(part): part.text.strip() for part in told if part.text and part.text.strip()}
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
        if values.get("loc"):
            count += 1
            yield kind, values
        if count >= _MOST:
            return


def _escaped(data: bytes) -> bytes:
    """The document with its bare ampersands escaped, unless they may be meant so or are no single bytes."""
    return data if b"<![CDATA[" in data or b"\0" in data[:100] else _BARE.sub(b"&amp;", data)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _unpacked(body: bytes, url: str) -> bytes:
    if not body.startswith(GZIP):
        return body
    try:
        return gunzip(body, limit=_LARGEST, ratio=200)
    except (TooLarge, Bomb, Broken) as err:
        raise SkipInput(
            url, "a compressed sitemap that is damaged or too large when unpacked", kind="not a sitemap"
        ) from err
