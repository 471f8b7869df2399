"""Live blogs: one page, many entries, each told at its own time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from lxml import html as lxml_html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from ingest.inputs.metadata import Json, Statements
from ingest.inputs.moment import Moment, read_moment

_LIVE = re.compile(r"\blive\b|as it happened|\bupdates\b|\bticker\b", re.IGNORECASE)
_BLOCKS = ("article", "section", "li", "div")
_TEXT = ("p", "li", "blockquote")
_HEADINGS = ("h1", "h2", "h3", "h4")
_FEWEST = 3
_CAPTION_WORDS = 4
_ANCHOR = re.compile(r"[\w:.-]{1,100}\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: what it says, when it said so, and the name of its place in the page."""

    text: str
    title: str | None
    moment: Moment
    anchor: str


def live_entries(tree: HtmlElement, said: Statements, *, zone: ZoneInfo | None) -> tuple[Entry, ...]:
    """The entries of a live blog in order of time, or () for a page that is none.

    An entry has a time of its own. They are taken from JSON-LD, else from at least three blocks of one kind, one beside
    another, on a page that calls itself live.
    """
    entries = tuple(_from_updates(said.updates, zone))
    if len(entries) < _FEWEST and (said.live or _is_live(tree, said)):
        entries = tuple(_from_blocks(tree, zone))
    if len(entries) < _FEWEST:
        return ()
    return in_order(entries)


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries in order of time, each once, with a place of its own: where several claim one, it is their time."""
    places: defaultdict[str, dict[tuple[Moment, str], Entry]] = defaultdict(dict)
    for entry in entries:
        places[entry.anchor].setdefault((entry.moment, entry.text), entry)
    apart = [
        entry if len(same) == 1 else replace(entry, anchor=_anchor("", entry.moment, entry.title))
        for same in places.values()
        for entry in same.values()
    ]
    return tuple(sorted(apart, key=lambda entry: (entry.moment.at or entry.moment.day.isoformat(), entry.anchor)))


def _is_live(tree: HtmlElement, said: Statements) -> bool:
    marked = tree.xpath("//*[contains(@itemtype, 'LiveBlogPosting')]")
    headlines = (said.title or "", *(heading.text_content() for heading in tree.iter("h1")))
    return bool(marked) or any(map(_LIVE.search, headlines)) or "/live" in (said.canonical or "")


def _from_updates(updates: tuple[Json, ...], zone: ZoneInfo | None) -> Iterator[Entry]:
    for update in updates[:2000]:
        moment = read_moment(update.get("datePublished"), zone)
        body = _plain(update.get("articleBody"))
        if moment is None or not body:
            continue
        title = _plain(update.get("headline")) or None
        text = body if not title or body.startswith(title) else f"{title}\n\n{body}"
        yield Entry(text, title, moment, _anchor(str(update.get("url") or update.get("@id") or ""), moment, title))


def _plain(value: object) -> str:
    """The text of what may hold markup."""
    if not isinstance(value, str) or not value.strip():
        return ""
    if "<" not in value:
        return value.strip()
    try:
        fragment = lxml_html.fragment_fromstring(value, create_parent="div")
    except (ParserError, ValueError):
        return ""
    parts = [" ".join(part.text_content().split()) for part in fragment.iter(*_TEXT)]
    return "\n\n".join(part for part in parts if part) or " ".join(fragment.text_content().split())


def _from_blocks(tree: HtmlElement, zone: ZoneInfo | None) -> Iterator[Entry]:
    for blocks in _rows_of_blocks(tree):
        for block, stamp in blocks:
            moment = read_moment(stamp.get("datetime"), zone)
            text = _block_text(block)
            if moment is None or moment.at is None or not text:
                continue
            heading = next((" ".join(h.text_content().split()) for h in block.iter(*_HEADINGS)), None)
            yield Entry(text, heading or None, moment, _anchor("#" + (block.get("id") or ""), moment, heading))


def _rows_of_blocks(tree: HtmlElement) -> Iterator[list[tuple[HtmlElement, HtmlElement]]]:
    """Blocks of one kind that stand beside one another, each with its time; of nested ones the innermost."""
    rows: defaultdict[tuple[HtmlElement, str, str], list[tuple[HtmlElement, HtmlElement]]] = defaultdict(list)
    taken: set[HtmlElement] = set()
    told = _blocks_with_text(tree)
    for stamp in tree.iter("time"):
        block = next((above for above in stamp.iterancestors(*_BLOCKS) if above in told), None)
        parent = block.getparent() if block is not None else None
        if block is None or parent is None or block in taken:
            continue
        taken.add(block)
        rows[parent, str(block.tag), _kind(block)].append((block, stamp))
    return (row for row in rows.values() if len(row) >= _FEWEST)


def _blocks_with_text(tree: HtmlElement) -> set[HtmlElement]:
    """All elements around a paragraph; each is visited once."""
    told: set[HtmlElement] = set()
    for part in tree.iter("p", "blockquote"):
        if len((part.text_content() or "").split()) <= _CAPTION_WORDS:
            continue
        for above in part.iterancestors():
            if above in told:
                break
            told.add(above)
    return told


def _kind(block: HtmlElement) -> str:
    return (block.get("class") or "").split(" ")[0]


def _block_text(block: HtmlElement) -> str:
    parts = [
        " ".join(part.text_content().split())
        for part in block.iter(*_HEADINGS, *_TEXT)
        if part is not block
        and not any(above.tag in _TEXT for above in part.iterancestors(*_TEXT) if above is not block)
    ]
    return "\n\n".join(part for part in parts if part)


def _anchor(url: str, moment: Moment, title: str | None) -> str:
    """The fragment of the entry's own address, else its time."""
    fragment = url.rpartition("#")[2] if "#" in url else url.rstrip("/").rpartition("/")[2]
    if _ANCHOR.match(fragment):
        return fragment
    return "-".join(part for part in (moment.at or moment.day.isoformat(), *(title or "").split()[:3]) if part)
