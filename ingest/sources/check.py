"""A look at a source without keeping anything: what it names now, and the first of it as it would be ingested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ingest.aside import Call, here
from ingest.fetch import Fetcher, Validators
from ingest.inputs.entry import Entry
from ingest.inputs.problem import Problem
from ingest.sources.discover import discover
from ingest.sources.files import path_of
from ingest.sources.interval import next_interval
from ingest.sources.reading import Reader
from ingest.sources.source import WEB, Source
from kb.errors import SkipInput
from kb.model import Article

LOOKED_AT = 3
_ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Look:
    """One entry, looked at: its articles, or why there are none."""

    entry: Entry
    articles: tuple[Article, ...] = ()
    reason: str | None = None
    notes: tuple[str, ...] = ()
    """What is not as it should be, though it is read."""


@dataclass(frozen=True, slots=True)
class Check:
    """What a source would give."""

    entries: tuple[Entry, ...]
    looks: tuple[Look, ...]
    interval: float
    moved_to: str | None
    notes: tuple[str, ...]


def check_source(
    source: Source, fetcher: Fetcher, *, now: datetime, limit: int, looks: int = LOOKED_AT, call: Call = here
) -> Check:
    """Ask the source once and read, by a `call`, the first `looks` of what it names.

    Raises SkipInput if it cannot be asked.
    """
    found = discover(source, fetcher, Validators(), url=None, now=now, call=call)
    reader = Reader(fetcher, today=now.date(), limit=limit, call=call)
    notes = [f"{problem.name}: {problem.reason}" for problem in found.notes]
    language = (found.language or source.language).lower().partition("-")[0]
    if language != _ENGLISH:
        notes.append(f"it is in {language!r}; only English articles are read")
    return Check(
        entries=found.entries,
        looks=tuple(_look(source, reader, entry) for entry in found.entries[:looks]),
        interval=next_interval(source, found.entries, before=None, fresh_for=found.fresh_for, now=now),
        moved_to=found.moved_to,
        notes=tuple(notes),
    )


def _look(source: Source, reader: Reader, entry: Entry) -> Look:
    problems: list[Problem] = []
    try:
        if source.kind in WEB:
            articles = list(reader.page(source, entry, None, problems.append).articles)
        else:
            articles = list(reader.files(source, path_of(entry.url), problems.append))
    except SkipInput as skip:
        return Look(entry, reason=skip.reason)
    reasons = [problem.reason for problem in problems if problem.skipped]
    notes = tuple(problem.reason for problem in problems if not problem.skipped)
    for article in articles:
        sections = (*entry.sections, *filter(None, [article.section]))
        if objection := source.filters.objection(article.title, article.text, sections):
            return Look(entry, tuple(articles), f"by the filters: {objection}", notes)
    return Look(entry, tuple(articles), reasons[0] if reasons and not articles else None, notes)
