"""Deadlines told by a few short articles each, and the steps of their histories, as `fixtures/histories` has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict

from kb.fold.ledger import Change, Entry
from kb.model import Article
from tests.golden.extracted import extract_all
from tests.golden.gold import FIXTURES, Slug
from tests.golden.ledgers import Steps, entries_of, steps_of
from tests.golden.linking import claims_of
from tests.sheets import read_sheet

HISTORIES = FIXTURES / "histories"
READ, JUDGED = "read", "judged"
_TODAY = "2026-02-06"
"""A day after all that is told."""


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Report(_Form):
    """One of its articles."""

    published: date
    source: str
    title: str
    text: str


class History(_Form):
    """One deadline: what is told of it, and what it should come to."""

    history: Slug
    articles: tuple[Report, ...]
    steps: tuple[tuple[Change, date, date], ...]

    @property
    def gold(self) -> Steps:
        """Change, due day and since when it was known."""
        return [(change.value, due.isoformat(), known_on.isoformat()) for change, due, known_on in self.steps]


@dataclass(frozen=True, slots=True)
class Told:
    """A history, and what the program makes of its articles."""

    history: History
    steps: Steps
    """Of the ledger that has most steps of the gold; [] if none has any."""

    @property
    def exact(self) -> bool:
        """True if it comes out step for step."""
        return self.steps == self.history.gold

    @property
    def right(self) -> int:
        """Steps that are in both."""
        return len(set(self.steps) & set(self.history.gold))


def read_histories(name: str) -> list[History]:
    """Those of one file, `READ` or `JUDGED`; ValueError if something is wrong with it."""
    return [History.model_validate(told) for told in read_sheet(HISTORIES / f"{name}.yaml")]


def tell(histories: Iterable[History]) -> list[Told]:
    """Each history, read and folded by itself."""
    return [_told(history) for history in histories]


def _told(history: History) -> Told:
    found = extract_all(_articles(history))
    entries = entries_of([claim for claim in claims_of(found) if not claim.undated], _TODAY)
    return Told(history, steps_of(best) if (best := _entry_for(history, entries)) else [])


def _entry_for(history: History, entries: Iterable[Entry]) -> Entry | None:
    shared = [(len(set(steps_of(entry)) & set(history.gold)), entry.event, entry) for entry in entries]
    best = max(shared, default=(0, "", None), key=lambda item: item[:2])
    return best[2] if best[0] else None


def _articles(history: History) -> list[Article]:
    return [
        Article(
            id=f"{history.history}-{number}",
            text=f"{report.title}\n\n{report.text}",
            title=report.title,
            published=report.published,
            source=report.source,
        )
        for number, report in enumerate(history.articles)
    ]
