"""Identity across articles, scored: which claims the fold takes for one event, against the slugs of the gold.

Pairwise: of all pairs of gold rows of one story that a claim stands for, those that the fold puts into one event
(precision) and those that it should have (recall). A row that no claim stands for counts as missed in `whole` only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb

from kb.fold import ReportedClaim
from kb.fold.reported import reported_claims
from kb.fold.resolution import resolved
from kb.model import Extraction
from kb.resolve import find_links, profiles_of, resolve
from tests.golden.gold import EXPECTED, GoldEvent, Story, load_expected
from tests.golden.score import pair_up


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows in one event: what the fold says, what is right, and what both say."""

    said: int
    right: int
    both: int
    whole: int
    """Pairs that are right, rows without a claim among them."""

    def __add__(self, other: Pairs) -> Pairs:
        return Pairs(self.said + other.said, self.right + other.right, self.both + other.both, self.whole + other.whole)

    @property
    def precision(self) -> float:
        """Share of joined pairs that are right."""
        return self.both / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """Share of right pairs that are joined, among rows that a claim stands for."""
        return self.both / self.right if self.right else 1.0

    @property
    def recall_of_all(self) -> float:
        """Share of right pairs that are joined, among all rows."""
        return self.both / self.whole if self.whole else 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the gold, where it stands, and the claim that stands for it."""

    stem: str
    event: GoldEvent
    claim: str | None


def claims_of(extractions: Iterable[Extraction]) -> list[ReportedClaim]:
    """All claims of these articles as the graph folds them: what two articles call by two names is one entity."""
    told = list(extractions)
    canonical = resolve(find_links(profiles_of(told)), ())
    return [resolved(claim, canonical) for extraction in told for claim in reported_claims(extraction)]


def rows_of(story: Story, extractions: Mapping[str, Extraction]) -> list[Row]:
    """All rows with a slug of the story's articles."""
    rows = []
    for stem in story.articles:
        expected = load_expected(EXPECTED / f"{stem}.yaml")
        claims = {id(pair.event): pair.claim.id for pair in pair_up(expected, extractions[expected.title])}
        rows += [Row(stem, event, claims.get(id(event))) for event in expected.events if event.event]
    return rows


def score_pairs(rows: Sequence[Row], event_of: Mapping[str, str]) -> Pairs:
    """`event_of` gives the event of a claim."""
    found = [(row.event.event, event_of[row.claim]) for row in rows if row.claim in event_of]
    return Pairs(
        said=_pairs(event for _, event in found),
        right=_pairs(slug for slug, _ in found),
        both=_pairs(found),
        whole=_pairs(row.event.event for row in rows),
    )


def _pairs(labels: Iterable[object]) -> int:
    return sum(comb(count, 2) for count in Counter(labels).values())


def mistakes(rows: Sequence[Row], event_of: Mapping[str, str]) -> list[str]:
    """For each slug that is split or mixed, where its rows went: for people."""
    known = [row for row in rows if row.claim in event_of]
    by_slug: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    by_event: dict[str, set[str]] = defaultdict(set)
    for row in known:
        by_slug[row.event.event or ""][event_of[row.claim or ""]].append(row)
        by_event[event_of[row.claim or ""]].add(row.event.event or "")
    lines = [
        f"split {slug}: "
        + " / ".join(" + ".join(f"{r.event.quote[:60]!r} ({r.stem[:18]})" for r in part) for part in parts.values())
        for slug, parts in by_slug.items()
        if len(parts) > 1
    ]
    return lines + [f"mixed {sorted(slugs)}" for slugs in by_event.values() if len(slugs) > 1]
