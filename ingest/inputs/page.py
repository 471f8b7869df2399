"""The article in a web page: its text without navigation, and what the page says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, islice
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lxml import html as lxml_html
from lxml.etree import LxmlError
from lxml.html import HtmlElement, HTMLParser

from ingest.inputs.clearing import cleared
from ingest.inputs.dating import DatePlace, date_page
from ingest.inputs.decode import without_declaration
from ingest.inputs.headline import headline, likeliest
from ingest.inputs.live import Entry, live_entries
from ingest.inputs.metadata import Statements, read_statements
from ingest.inputs.paywall import asks_for_money, is_stub
from ingest.inputs.stand_in import stands_in
from ingest.inputs.surroundings import words_in_frame
from ingest.inputs.written_days import is_month
from kb.weburl import canonical_url, joined, same_site

_FEWEST_WORDS = 10
"""With fewer words, what was found is a button or a caption, no article."""
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_BLOCK = re.compile(r"<(?:p|div|br|article|body)\b", re.IGNORECASE)
_AMP = re.compile(r"<html\b[^>]{0,500}(?:\bamp\b|⚡)", re.IGNORECASE)
_REFRESH = re.compile(r"http-equiv\s*=\s*[\"']?\s*refresh", re.IGNORECASE)
_LEADS_ON = re.compile(r"\s*(\d{1,2})(?:\.\d*)?\s*[;,]\s*(?:url\s*=)?\s*[\"']?([^\"']+)", re.IGNORECASE)
_AT_ONCE = 5
"""Seconds after which a page that leads on is none to be read."""
_LONG_TAG = re.compile(r"<[a-z][^<>]{3000,}>", re.IGNORECASE)
_TAG_NAME = re.compile(r"<[^\s/>]+")
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 1000
"""A tag with more means nothing by them; reading them takes time that grows with the square of their number."""
_MOST_HEADINGS, _LONGEST_TITLE = 100, 1000
_SHOWN_BY = re.compile(r"(?:(?:view )?all )?(?:posts?|posted|written|articles?|stories) by\s+", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_NO_NAMES = frozenset("name author follow posted published updated share date text comments email".split())
_PARAGRAPHS = "p", "li", "blockquote", "h1", "h2", "h3", "h4", "pre"


@dataclass(frozen=True, slots=True)
class Hints:
    """What a person knows about the pages of a source."""

    zone: ZoneInfo | None = None
    """Where the outlet is: moments become days there."""
    text_selector: str | None = None
    """CSS: the elements that hold the story."""
    date_place: DatePlace | None = None
    """Where the day of publication stands."""


@dataclass(frozen=True, slots=True)
class WebPage:
    """What was found in a page; None for what was not."""

    text: str | None
    title: str | None = None
    published: date | None = None
    site: str | None = None
    url: str | None = None
    """The address the page calls its own, if that is on the same site."""
    published_at: str | None = None
    updated_at: str | None = None
    dated_by: str | None = None
    dated_with: float | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    language: str | None = None
    paywalled: bool = False
    stub: bool = False
    """True if only the first lines of a paid story are there."""
    stand_in: bool = False
    """True if it only stands where an article should be, as an error does."""
    amp: bool = False
    next_page: str | None = None
    """The address of the page on which the same article goes on."""
    first_page: str | None = None
    """The address of the article's first page, if this is a later one."""
    entries: tuple[Entry, ...] = field(default=())
    """Those of a live blog; its text is then theirs."""


def read_page(html: str, *, today: date, base: str | None = None, hints: Hints | None = None) -> WebPage:
    """The main text of a page, with its title, site, canonical address and the day it says it was published.

    `base` is the address it was fetched from. `ingest.inputs.dating` says where the day is looked for.
    """
    from trafilatura import bare_extraction  # a second to import, and only pages need it
    from trafilatura.settings import Document

    hints = hints or Hints()
    tree = _parse(html)
    if tree is None:
        return WebPage(None)
    said = read_statements(tree, base=base, zone=hints.zone)
    dates = {"original_date": True, "extensive_search": False, "max_date": (today + timedelta(days=1)).isoformat()}
    found = bare_extraction(
        cleared(tree), url=base, include_comments=False, with_metadata=True, date_extraction_params=dates
    )
    found = found if isinstance(found, Document) else Document()
    entries = live_entries(tree, said, zone=hints.zone)
    text = _selected_text(tree, hints.text_selector) or found.text or ""
    if not _is_text(text):  # a live blog may be drawn by a script from what its JSON-LD says
        text = "\n\n".join(entry.text for entry in entries)
    if not _is_text(text):
        return WebPage(None)
    latest = today + timedelta(days=1)
    dating = date_page(tree, said, url=base or said.canonical, latest=latest, zone=hints.zone, place=hints.date_place)
    own = own_address(said.canonical, base)
    paywalled = asks_for_money(text, lambda: words_in_frame(tree), free=said.free)
    title = _headline(found.title, tree, said, base, found.sitename)
    return WebPage(
        text=text,
        title=title,
        published=dating.published.day if dating.published else None,
        published_at=dating.published.at if dating.published else None,
        updated_at=(dating.updated.at or dating.updated.day.isoformat()) if dating.updated else None,
        dated_by=dating.by,
        dated_with=dating.sure,
        site=found.sitename or said.site or found.hostname,
        url=own or (None if base else found.url),
        authors=said.authors or tuple(_people(found.author or "")),
        section=said.section,
        language=said.language,
        paywalled=paywalled,
        stub=is_stub(text, paywalled=paywalled),
        stand_in=dating.by != "metadata" and stands_in(text, (title or "", _document_title(tree))),
        amp=said.amp,
        next_page=_other_page(said.next_page, own or base, later=True),
        first_page=_first_page(said, base),
        entries=entries,
    )


def _people(names: str) -> Iterator[str]:
    """Those of the names that stand in a byline which are no label or button in it."""
    for name in names.split(";"):
        bare = _SHOWN_BY.sub("", name.strip())
        if _LETTER.search(bare) and bare.lower() not in _NO_NAMES and not is_month(bare):
            yield bare


def _is_text(text: str) -> bool:
    """True for more than a caption; in scripts without spaces a sign or two count as a word."""
    return len(text.split()) >= _FEWEST_WORDS or len(_UNSPACED.findall(text)) >= 2 * _FEWEST_WORDS


def _headline(title: str | None, tree: HtmlElement, said: Statements, base: str | None, site: str | None) -> str | None:
    headings = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
    lesser = (" ".join(heading.text_content().split()) for heading in islice(tree.iter("h2", "h3"), _MOST_HEADINGS))
    host = (urlsplit(base or said.canonical or "").hostname or "").removeprefix("www.")
    hosts = (host, host.partition(".")[0])
    title = likeliest(
        title or said.title,
        document=_document_title(tree),
        others=chain([said.title or ""], headings, lesser),
        names=(site, said.site, *hosts),
        stated=title in (said.title, *tree.xpath("//meta[@property='og:title' or @name='twitter:title']/@content")),
    )
    return headline(title, headings=headings, names=(site, said.site, said.section), hosts=hosts)


def _document_title(tree: HtmlElement) -> str:
    titles = tree.xpath("//title[not(ancestor::svg)]/text()")
    return next((str(one) for one in titles if one.strip()), "")[:_LONGEST_TITLE]


def as_page(text: str) -> str:
    """A piece of HTML, or a plain text, as a page that can be read."""
    inside = text if _BLOCK.search(text) else f"<p>{text}</p>"
    return f"<html><body><article>{inside}</article></body></html>"


def own_address(canonical: str | None, base: str | None) -> str | None:
    """The canonical address; one of another site is not believed: it could take that site's article's place."""
    own = canonical_url(canonical or "")
    if not own or (base and not same_site(own, base)):
        return None
    home = own.partition("?")[0].count("/") == 3 and own.partition("?")[0].endswith("/")
    return None if home and base and canonical_url(base) != own else own


def amp_original(html: str, *, base: str) -> str | None:
    """The address of the page that an AMP page is the twin of; None for any other page."""
    if not _AMP.search(html, 0, 2000) or (tree := _parse(html)) is None:
        return None
    said = read_statements(tree, base=base)
    own = own_address(said.canonical, base) if said.amp else None
    return own if own != canonical_url(base) else None


def forwarded_to(html: str, *, base: str) -> str | None:
    """The address that a page leads on to by itself, before anybody could read it; None for any other page."""
    if not _REFRESH.search(html) or (tree := _parse(html)) is None:
        return None
    for tag in tree.xpath("//meta[not(ancestor::noscript)]"):
        match = _LEADS_ON.match(tag.get("content") or "")
        if (tag.get("http-equiv") or "").strip().lower() != "refresh" or not match or int(match[1]) > _AT_ONCE:
            continue
        target = canonical_url(joined(base, match[2].strip()))
        return target if target != canonical_url(base) else None
    return None


def _parse(html: str) -> HtmlElement | None:
    try:
        text = _LONG_TAG.sub(_few_attributes, without_declaration(html))
        tree = lxml_html.document_fromstring(text, parser=HTMLParser(remove_comments=True, remove_pis=True))
    except (LxmlError, ValueError):
        return None
    return tree if isinstance(tree, HtmlElement) else None


def _few_attributes(tag: re.Match[str]) -> str:
    """A tag as it stands, or bare if it has more attributes than any page needs."""
    name = _TAG_NAME.match(tag[0])
    many = len(_VALUE.sub(" ", tag[0]).split()) > _MOST_ATTRIBUTES
    return f"{name[0]}>" if many and name else tag[0]


def _selected_text(tree: HtmlElement, selector: str | None) -> str | None:
    """The paragraphs of the elements that `selector` names, or None if they hold none."""
    if not selector:
        return None
    parts = [
        " ".join(part.text_content().split())
        for element in tree.cssselect(selector)
        for part in (list(element.iter(*_PARAGRAPHS)) or [element])
        if part.tag not in ("script", "style")
    ]
    return "\n".join(dict.fromkeys(part for part in parts if part)) or None


_PAGE_NUMBER = re.compile(
    r"(?:[?&](?:page|p|pg|seite)=|/(?:page|p|seite)/|[/_-](?:page)?-?|/)(\d{1,3})(?:/|\.html?|)\Z"
)


def page_of(url: str) -> tuple[str, int]:
    """An address without its number of a page, and that number; 1 if it has none.

    >>> page_of("https://a.example/story?page=3"), page_of("https://a.example/story/2")
    (('https://a.example/story', 3), ('https://a.example/story', 2))
    """
    match = _PAGE_NUMBER.search(url)
    if match is None:
        return url.rstrip("/").removesuffix(".html"), 1
    return url[: match.start()].rstrip("/"), int(match[1])


def _other_page(url: str | None, own: str | None, *, later: bool) -> str | None:
    """`url` if it is the next page of the article `own` on the same site (or, unless `later`, the one before)."""
    if not url or not own or not same_site(url, own):
        return None
    step = 1 if later else -1
    wanted = {(stem, number + step) for stem, number in _readings(canonical_url(own))}
    return canonical_url(url) if wanted & _readings(canonical_url(url)) else None


def _readings(url: str) -> set[tuple[str, int]]:
    """What an address may be: a first page, and a later one if it ends in a number."""
    return {(url.rstrip("/").removesuffix(".html"), 1), page_of(url)}


def _first_page(said: Statements, base: str | None) -> str | None:
    """The first page of the article, for a page that names the one before it."""
    before = _other_page(said.previous_page, base, later=False)
    if base is None or before is None:
        return None
    stem, number = page_of(canonical_url(base))
    return before if number == 2 else stem
