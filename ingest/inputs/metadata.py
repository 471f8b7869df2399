"""What a page states about its article in its markup: JSON-LD, Open Graph and other meta tags, marked times.

Only statements are read, never prose. Markup of the web is hostile: sizes and depths are bounded, and nothing is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from ingest.inputs.moment import Moment, read_moment
from ingest.inputs.web_json import read_json
from kb.weburl import canonical_url, joined

Json = dict[str, Any]

_LARGEST_SCRIPT = 2_000_000
_DEEPEST = 6
_PAGE = re.compile(r"(?:WebPage|ItemPage|VideoObject)?\Z")
"""Kinds of what is about the page; '' is that of what says no kind."""
_PARSELY = re.compile(r'"pub_date"\s*:\s*"([^"]{4,60})"')
_ARTICLE = re.compile(r"(?:.*Article|.*BlogPosting|LiveBlogPosting|Report|Review|Legislation)\Z")
_PUBLISHED = tuple(
    """
    article:published_time og:article:published_time og:published_time og:original_time og:pubdate article:published
    datepublished rnews:datepublished original-publish-date originalpublicationdate publish-date publish_date
    publishdate publishtime publish_time publication_date publicationdate published published_at published_time
    published-date date-published date_published pub_date pubdate bt:pubdate release_date releasedate displaydate
    display_date article.published article_date_original parsely-pub-date sailthru.date cxenseparse:recs:publishtime
    citation_publication_date citation_online_date citation_date dc.date.issued dc.date.created dc.date
    dcterms.issued dcterms.created dcterms.date dc.created dc.issued datecreated created date_created date
    og:regdate regdate
    """.split()
)
_UPDATED = tuple(
    """
    article:modified_time og:updated_time article:updated_time og:modified_time datemodified rnews:datemodified
    dcterms.modified dc.date.modified dc.modified modified_at updated_at last-updated lastmod last-modified
    lastmodified dateupdate dateupdated
    """.split()
)
_AUTHORS = ("author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author", "citation_author")
_SECTIONS = ("article:section", "section", "parsely-section", "dc.subject")
_LANGUAGES = ("content-language", "language", "dc.language", "dcterms.language", "og:locale")
_MOST_HEADINGS = 10
_CODE = re.compile(r"([a-z]{2,3})(?:[-_].*)?\Z")
_BY = re.compile(r"\s*by\b[:\s]*", re.IGNORECASE)
_LONGEST_NAME = 80
_BETWEEN_AUTHORS = re.compile(r",?\s+(?:and|&)\s+|,\s*", re.IGNORECASE)
_PERSON = re.compile(
    r"[^\W\d_a-z][^\W\d]*\S*(?:\s(?:(?:de|da|di|du|van|von|der|den|la|le|al|bin|el)\s)*[^\W\d_a-z]\S*){1,3}\Z"
)
"""Two to four words that are written as names are."""


@dataclass(frozen=True, slots=True)
class Statements:
    """What the markup says; None and () for what it does not."""

    title: str | None = None
    published: Moment | None = None
    updated: Moment | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    site: str | None = None
    language: str | None = None
    canonical: str | None = None
    next_page: str | None = None
    previous_page: str | None = None
    amp: bool = False
    live: bool = False
    free: bool | None = None
    """False if the page says that its article has to be paid for."""
    updates: tuple[Json, ...] = ()
    """The entries of a live blog, as its JSON-LD gives them."""


def read_statements(tree: HtmlElement, *, base: str | None, zone: ZoneInfo | None = None) -> Statements:
    """What the markup of a page says. `base` is its address; days are those of `zone`, if one is given."""
    meta = _meta_tags(tree)
    scripts = list(_scripts(tree))
    canonical = _link(tree, "canonical", base) or joined(base or "", _first(meta, ("og:url",)) or "") or None
    nodes = [node for script in scripts for node in _nodes_in(script, _ARTICLE, _DEEPEST)]
    nodes.sort(key=lambda node: not _is_of_page(node, tree, [at for at in (base, canonical) if at]))
    others = [node for script in scripts for node in _nodes_in(script, _PAGE, _DEEPEST)]
    main = nodes[0] if nodes else {}
    live = next((node for node in nodes if "LiveBlogPosting" in _types(node)), None)
    return Statements(
        title=_text(main.get("headline")) or _first(meta, ("og:title", "twitter:title")),
        published=_first_moment(_publications(nodes, others, meta), zone),
        updated=_first_moment([*_values(nodes, "dateModified"), *_named(meta, _UPDATED)], zone),
        authors=_authors(nodes, meta),
        section=_text(main.get("articleSection")) or _first(meta, _SECTIONS),
        site=_first(meta, ("og:site_name", "application-name")) or _name(main.get("publisher")),
        language=_language(tree, meta, main),
        canonical=canonical,
        next_page=_link(tree, "next", base),
        previous_page=_link(tree, "prev", base),
        amp=tree.get("amp") is not None or tree.get("⚡") is not None,
        live=live is not None,
        free=_is_free(nodes, meta),
        updates=tuple(item for item in _list((live or {}).get("liveBlogUpdate")) if isinstance(item, dict)),
    )


def _meta_tags(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv") or ""
        name = name.strip().lower()
        content = (tag.get("content") or tag.get("datetime") or "").strip()
        if name and content:
            found.setdefault(name, []).append(content[:1000])
    return found


def _scripts(tree: HtmlElement) -> Iterator[object]:
    """What the page's JSON-LD holds, in order; broken scripts are left out."""
    for script in tree.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "").lower() or len(text) > _LARGEST_SCRIPT:
            continue
        try:
            yield read_json(text, strict=False)
        except (ValueError, RecursionError):
            continue


def _nodes_in(content: object, kind: re.Pattern[str], depth: int) -> Iterator[Json]:
    if depth == 0:
        return
    if isinstance(content, list):
        for item in content[:200]:
            yield from _nodes_in(item, kind, depth - 1)
    elif isinstance(content, dict):
        if any(kind.match(type_) for type_ in _types(content) or [""]):
            yield content
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes_in(content.get(key), kind, depth - 1)


def _is_of_page(node: Json, tree: HtmlElement, addresses: list[str]) -> bool:
    """Whether it names an address of the page, or its headline: lists of other stories are stated in the same way."""
    main = node.get("mainEntityOfPage")
    named = (node.get("url"), node.get("@id"), main.get("@id") if isinstance(main, dict) else main)
    linked = {canonical_url(joined(at, name)) for at in addresses for name in named if name and isinstance(name, str)}
    if any(address and address in linked for address in map(canonical_url, addresses)):
        return True
    headline = _text(node.get("headline"))
    shown = (" ".join(heading.text_content().split()) for heading in islice(tree.iter("h1"), _MOST_HEADINGS))
    return headline is not None and headline.casefold() in (heading.casefold() for heading in shown)


def _publications(nodes: list[Json], others: list[Json], meta: dict[str, list[str]]) -> list[object]:
    """All that may be the day of publication, the best first: of the article, of the page, and when it was made."""
    parsely = [_parsely(text) for text in meta.get("parsely-page", ())]
    stated = [*_values(nodes, "datePublished"), *_named(meta, _PUBLISHED), *parsely]
    return [*stated, *_values(others, "datePublished"), *_values(nodes, "dateCreated")]


def _parsely(text: str) -> object:
    """The day in the JSON that Parse.ly's old tag holds."""
    match = _PARSELY.search(text)
    return match[1] if match else None


def _types(node: Json) -> list[str]:
    return [type_ for type_ in _list(node.get("@type")) if isinstance(type_, str)]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _values(nodes: list[Json], key: str) -> Iterator[object]:
    return (value for node in nodes for value in _list(node.get(key)))


def _named(meta: dict[str, list[str]], names: tuple[str, ...]) -> Iterator[str]:
    return (value for name in names for value in meta.get(name, ()))


def _first(meta: dict[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next(_named(meta, names), None)


def _first_moment(values: list[object], zone: ZoneInfo | None) -> Moment | None:
    return next((moment for value in values if (moment := read_moment(value, zone))), None)


def _authors(nodes: list[Json], meta: dict[str, list[str]]) -> tuple[str, ...]:
    named = [_name(value) for value in _values(nodes, "author")]
    if not any(named):
        named = [_BY.sub("", value, count=1) for value in _named(meta, _AUTHORS) if "://" not in value]
    names = (name for whole in named if whole for name in _each_author(" ".join(whole.split())))
    return tuple(dict.fromkeys(name for name in names if len(name) <= _LONGEST_NAME))


def _each_author(names: str) -> list[str]:
    """The names of a list such as "Jane Doe, John A. Roe and Ann van Dam, AP"; the outlet at its end is none."""
    parts = [part for part in _BETWEEN_AUTHORS.split(names) if part]
    people = parts[:-1] if len(parts) > 1 and parts[-1].isupper() and " " not in parts[-1] else parts
    return people if all(map(_PERSON.match, people)) else [names]


def _name(value: object) -> str | None:
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _text(value: object) -> str | None:
    value = next(iter(_list(value)), None)
    return (" ".join(value.split())[:500] or None) if isinstance(value, str) else None


def _language(tree: HtmlElement, meta: dict[str, list[str]], main: Json) -> str | None:
    """The language that the page says it is in, as a code of two or three letters."""
    own = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    codes = (
        _CODE.match(code.strip().lower())
        for code in (own, *_named(meta, _LANGUAGES), _text(main.get("inLanguage")))
        if code
    )
    return next((code[1] for code in codes if code), None)


def _link(tree: HtmlElement, relation: str, base: str | None) -> str | None:
    for tag in tree.iter("link", "a"):
        if relation in (tag.get("rel") or "").lower().split() and (target := tag.get("href")):
            return joined(base or "", target) or None
    return None


def _is_free(nodes: list[Json], meta: dict[str, list[str]]) -> bool | None:
    for value in _values(nodes, "isAccessibleForFree"):
        if str(value).lower() in ("false", "true", "http://schema.org/false", "https://schema.org/false"):
            return str(value).lower() == "true"
    tier = (_first(meta, ("article:content_tier",)) or "").lower()
    return {"free": True, "metered": False, "locked": False}.get(tier)
