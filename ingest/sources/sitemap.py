"""Sitemaps and indexes of them, with the dates and titles of news sitemaps. XML without entities, within limits."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from lxml import etree

from ingest.fetch.body import GZIP, Bomb, Broken, TooLarge, gunzip
from ingest.inputs.entry import Entry
from ingest.inputs.moment import Moment, read_moment
from kb.errors import SkipInput
from kb.weburl import canonical_url

_MOST = 50_000
_LARGEST = 60_000_000


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Pages, or further sitemaps with the moment each changed last."""

    entries: tuple[Entry, ...] = ()
    maps: tuple[tuple[str, Moment | None], ...] = ()


def read_sitemap(body: bytes, *, url: str, zone: ZoneInfo | None = None) -> Sitemap:
    """What a sitemap names; packed as .gz or not. Raises SkipInput for what is none."""
    data = _unpacked(body, url)
    try:
        found = list(_elements(data))
    except etree.XMLSyntaxError as err:
        raise SkipInput(url, f"not a sitemap that can be read: {err.msg or err}", kind="not a sitemap") from err
    if not found:
        raise SkipInput(url, "it names no page: not a sitemap, or an empty one", kind="not a sitemap")
    maps = [(canonical_url(v["loc"]), read_moment(v.get("lastmod"), zone)) for kind, v in found if kind == "sitemap"]
    pages = [_entry(values, zone) for kind, values in found if kind == "url"]
    return Sitemap(
        tuple({entry.url: entry for entry in pages if entry.url}.values()), tuple(one for one in maps if one[0])
    )


def _entry(values: dict[str, str], zone: ZoneInfo | None) -> Entry:
    changed = read_moment(values.get("lastmod"), zone)
    return Entry(
        url=canonical_url(values["loc"]),
        title=" ".join(values.get("title", "").split())[:500] or None,
        published=read_moment(values.get("publication_date"), zone),
        updated=changed,
    )


def _elements(data: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """`url` and `sitemap` elements with the texts in them by name; the document is read as a stream."""
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
        values = {_local(child): child.text.strip() for child in element.iter() if child.text and child.text.strip()}
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
        if values.get("loc"):
            count += 1
            yield kind, values
        if count >= _MOST:
            return


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _unpacked(body: bytes, url: str) -> bytes:
    if not body.startswith(GZIP):
        return body
    try:
        return gunzip(body, limit=_LARGEST, ratio=200)
    except (TooLarge, Bomb, Broken) as err:
        raise SkipInput(url, "a packed sitemap that is broken or unpacks to too much", kind="not a sitemap") from err
