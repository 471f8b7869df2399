"""Asking a source what there is: one small function for each kind, all with the same answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from ingest.aside import Call, here
from ingest.fetch import Fetched, Fetcher, Validators
from ingest.inputs.decode import decode_page
from ingest.inputs.entry import Entry
from ingest.inputs.feed import read_feed
from ingest.inputs.problem import Problem
from ingest.inputs.quiet import Quiet
from ingest.inputs.walk import describe
from ingest.sources.files import list_files
from ingest.sources.links import read_addresses, read_links
from ingest.sources.sitemap import Sitemap, read_sitemap
from ingest.sources.source import Kind, Source
from kb.errors import SkipInput

_MOST_MAPS = 25
"""Of an index, and of indexes in it, in one run."""

Parts = Mapping[str, Validators]
"""By address."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a source names now, in its order, and what its server said about asking again."""

    entries: tuple[Entry, ...] = ()
    validators: Validators = field(default=Validators())
    not_modified: bool = False
    moved_to: str | None = None
    fresh_for: float | None = None
    """Seconds in which the server, or the feed itself, says that nothing will be new."""
    quiet: Quiet = field(default=Quiet())
    parts: Parts = field(default_factory=dict)
    """What to ask with at the other addresses that it takes: further pages, the maps of an index."""
    language: str | None = None
    notes: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Asking:
    """A source, and what to ask it with."""

    source: Source
    fetcher: Fetcher
    url: str
    validators: Validators
    before: Parts
    call: Call
    parts: dict[str, Validators] = field(default_factory=dict)
    """Those of the parts asked so far that say how to ask again."""

    def get(self) -> Fetched:
        """The source itself."""
        return self.fetcher.get(self.url, self.validators, delay=self.source.delay)

    def get_part(self, url: str) -> Fetched:
        """Another address of it, asked whether it has changed since the last time."""
        got = self.fetcher.get(url, self.before.get(url), delay=self.source.delay)
        self.parts[url] = self.before[url] if got.not_modified else got.validators
        return got

    def links(self, got: Fetched) -> tuple[Entry, ...]:
        """The articles that a page of it links to."""
        html = decode_page(got.body, got.charset)
        return self.call(got.url, read_links, html, url=got.url, selector=self.source.selector)

    def map(self, got: Fetched) -> Sitemap:
        """What a map of it names."""
        return self.call(got.url, read_sitemap, got.body, url=got.url, zone=self.source.timezone)


Discover = Callable[[_Asking], Discovery]


def discover(
    source: Source,
    fetcher: Fetcher,
    validators: Validators,
    *,
    url: str | None,
    now: datetime,
    parts: Parts | None = None,
    call: Call = here,
) -> Discovery:
    """What `source` names that may be new. Raises SkipInput saying why it cannot be asked.

    `url` is where it has moved to, `parts` what to ask its other addresses with. What it answers is read by a `call`.
    """
    found = _KINDS[source.kind](_Asking(source, fetcher, url or source.url or "", validators, parts or {}, call))
    kept = [entry for entry in found.entries if _is_wanted(source, entry, now)]
    return replace(found, entries=tuple(kept))


def _is_wanted(source: Source, entry: Entry, now: datetime) -> bool:
    if not source.filters.wants_address(entry.url):
        return False
    dated = entry.published or entry.updated
    if source.newer_than is None or dated is None:
        return True
    return dated.day >= (now - timedelta(seconds=source.newer_than)).date()


def _feed(asking: _Asking) -> Discovery:
    source, got = asking.source, asking.get()
    if got.not_modified:
        return _unchanged(got)
    feed = asking.call(
        got.url,
        read_feed,
        got.body,
        url=got.url,
        content_type=got.content_type,
        charset=got.charset,
        zone=source.timezone,
        full_text=source.content == "feed",
    )
    return Discovery(
        entries=feed.entries,
        validators=got.validators,
        moved_to=got.moved_to,
        fresh_for=max((wait for wait in (got.fresh_for, feed.ttl) if wait is not None), default=None),
        quiet=feed.quiet,
        language=feed.language,
        notes=tuple(Problem(got.url, note, skipped=False) for note in feed.notes),
    )


def _pages(asking: _Asking) -> Discovery:
    source = asking.source
    if len(source.addresses) > 1:
        return _several_pages(asking)
    got = asking.get()
    if got.not_modified:
        return _unchanged(got)
    entries = asking.links(got)
    return Discovery(_once(entries), got.validators, moved_to=got.moved_to, fresh_for=got.fresh_for)


def _several_pages(asking: _Asking) -> Discovery:
    entries: list[Entry] = []
    answers: list[Fetched] = []
    for address in asking.source.addresses:
        got = asking.get_part(address)
        answers.append(got)
        if not got.not_modified:
            entries += asking.links(got)
    unchanged = all(got.not_modified for got in answers)
    return Discovery(_once(entries), not_modified=unchanged, fresh_for=answers[0].fresh_for, parts=asking.parts)


def _sitemap(asking: _Asking) -> Discovery:
    got = asking.get()
    if got.not_modified:
        return _unchanged(got)
    root = asking.map(got)
    if not root.maps:
        return Discovery(_newest_first(root.entries), got.validators, moved_to=got.moved_to, fresh_for=got.fresh_for)
    below, notes = _maps_below(asking, root, got.url)
    return Discovery(  # without validators: an index may stay as it is while its maps change
        entries=_newest_first([*root.entries, *below]),
        not_modified=not (root.entries or below or notes),
        moved_to=got.moved_to,
        fresh_for=got.fresh_for,
        parts=asking.parts,
        notes=tuple(notes),
    )


def _maps_below(asking: _Asking, root: Sitemap, url: str) -> tuple[list[Entry], list[Problem]]:
    """The entries of the newest maps of an index, and of indexes in it; what could not be read, or was left out.

    Raises SkipInput if there are maps and none can be read.
    """
    entries: list[Entry] = []
    failures: list[SkipInput] = []
    asked = {url}
    waiting = root.newest_first()
    while waiting and len(asked) <= _MOST_MAPS:
        address = waiting.pop(0)
        if address in asked:
            continue
        asked.add(address)
        try:
            child = _map(asking, address)
        except SkipInput as failure:
            failures.append(failure)
            asking.parts.pop(address, None)  # to be told again next time
        else:
            entries += child.entries
            waiting = child.newest_first() + waiting
    if failures and len(failures) == len(asked) - 1:
        reason = f"none of its sitemaps can be read; the first: {failures[0].reason}"
        raise SkipInput(url, reason, kind="not a sitemap")
    notes = [Problem(failure.name, failure.reason, skipped=False) for failure in failures]
    if waiting:
        left_out = f"of its sitemaps the newest {_MOST_MAPS} are read; name one of the others if you miss its articles"
        notes.append(Problem(url, left_out, skipped=False))
    return entries, notes


def _map(asking: _Asking, address: str) -> Sitemap:
    """A map of an index; nothing in it if it has not changed. One that is an index itself is asked for each time."""
    got = asking.get_part(address)
    if got.not_modified:
        return Sitemap()
    found = asking.map(got)
    if found.maps:
        del asking.parts[address]
    return found


def _urls(asking: _Asking) -> Discovery:
    source = asking.source
    name = str(source.list or source.name)
    own, _ = read_addresses("\n".join(source.addresses), name)
    listed, notes = read_addresses(_listed(source), name)
    if not own + listed:
        raise SkipInput(name, "it has no web addresses; write one per line", kind="no links")
    return Discovery(entries=_once(own + listed), notes=notes)


def _listed(source: Source) -> str:
    if source.list is None:
        return ""
    try:
        return source.list.read_text(encoding="utf-8-sig")
    except OSError as err:
        raise SkipInput(str(source.list), describe(err)) from err
    except UnicodeDecodeError as err:
        raise SkipInput(str(source.list), "not a list of addresses in UTF-8") from err


def _files(asking: _Asking) -> Discovery:
    source = asking.source
    assert source.path is not None  # noqa: S101 - checked on load
    return Discovery(entries=tuple(list_files(source.path, drop=source.kind is Kind.DROP)))


_KINDS: dict[Kind, Discover] = {
    Kind.FEED: _feed,
    Kind.PAGES: _pages,
    Kind.SITEMAP: _sitemap,
    Kind.URLS: _urls,
    Kind.FOLDER: _files,
    Kind.DROP: _files,
}


def _unchanged(got: Fetched) -> Discovery:
    return Discovery(validators=got.validators, not_modified=True, moved_to=got.moved_to, fresh_for=got.fresh_for)


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    seen: dict[str, Entry] = {}
    for entry in entries:
        seen.setdefault(entry.url, entry)
    return tuple(seen.values())


def _newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return _once(sorted(entries, key=_day, reverse=True))


def _day(entry: Entry) -> str:
    dated = entry.published or entry.updated
    return (dated.at or dated.day.isoformat()) if dated else ""
