"""Who is who, measured: B-cubed over the places where an article names or describes the things of its gold.

B-cubed asks of every mention: of what stands in one cluster with it, how much belongs there (precision), and of what
belongs with it, how much stands there (recall). A place of the gold that the extraction has no mention at is a cluster
of its own, so that what is not found costs recall.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ingest.boilerplate import find_boilerplate
from kb.model import Extraction, Span
from tests.golden.gold import Expected

Clusters = Mapping[Hashable, Hashable]
"""Mention -> the cluster it stands in."""


@dataclass(frozen=True, slots=True)
class BCubed:
    """Sums over mentions; add them up over articles before asking for a figure."""

    precision_sum: float = 0.0
    recall_sum: float = 0.0
    mentions: int = 0

    def __add__(self, other: BCubed) -> BCubed:
        return BCubed(
            self.precision_sum + other.precision_sum,
            self.recall_sum + other.recall_sum,
            self.mentions + other.mentions,
        )

    @property
    def precision(self) -> float:
        """Mean share of a mention's system cluster that belongs there."""
        return self.precision_sum / self.mentions if self.mentions else 1.0

    @property
    def recall(self) -> float:
        """Mean share of a mention's gold cluster that stands with it."""
        return self.recall_sum / self.mentions if self.mentions else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def b_cubed(gold: Clusters, system: Clusters) -> BCubed:
    """B-cubed of two clusterings of the same mentions, in linear time."""
    assert gold.keys() == system.keys()
    together = Counter((gold[m], system[m]) for m in gold)
    sizes_gold, sizes_system = Counter(gold.values()), Counter(system.values())
    precision = sum(n * n / sizes_system[s] for (_, s), n in together.items())
    recall = sum(n * n / sizes_gold[g] for (g, _), n in together.items())
    return BCubed(precision, recall, len(gold))


def within(expected: Expected, extraction: Extraction) -> BCubed:
    """The figure of one article, over the gold entities that have an id."""
    gold = gold_mentions(expected, extraction.article.text)
    return b_cubed(gold, {mention: _system_cluster(mention, extraction) for mention in gold})


def across(articles: Iterable[tuple[Expected, Extraction]], canonical: Mapping[str, str]) -> BCubed:
    """The figure of a story, over all its articles together; `canonical` says which entities are one."""
    gold: dict[Hashable, Hashable] = {}
    system: dict[Hashable, Hashable] = {}
    for expected, extraction in articles:
        for mention, slug in gold_mentions(expected, extraction.article.text).items():
            place = (extraction.article.id, mention)
            cluster = _system_cluster(mention, extraction)
            gold[place] = slug
            system[place] = place if cluster is mention else canonical.get(str(cluster), cluster)
    return b_cubed(gold, system)


def gold_mentions(expected: Expected, text: str) -> dict[Span, str]:
    """Where the article names or describes the things of its gold -> their slugs.

    Every place where one of their names stands, the longest first. A name inside another counts only where that one
    describes something by it: "Google" in "Google's parent", but not "Ryan" in "Ryan LLC v. Federal Trade Commission".
    """
    boilerplate = find_boilerplate(text)
    found = [
        (span, entity.id)
        for entity in expected.entities
        if entity.id
        for name in sorted({entity.name, *entity.names})
        for span in _places(name, text)
        if not any(start <= span.start < end for start, end in boilerplate)
    ]
    taken: dict[Span, str] = {}
    for span, slug in sorted(found, key=lambda one: (one[0].start - one[0].end, one[0].start)):
        around = [other for other in taken if other.start <= span.start and span.end <= other.end]
        if all(taken[other] != slug and _describes_by(other, span) for other in around):
            taken[span] = slug
    return taken


def _places(name: str, text: str) -> Iterator[Span]:
    first = f"[{name[0].upper()}{name[0].lower()}]" if name[0].isalpha() and " " in name else re.escape(name[0])
    for match in re.finditer(rf"(?<!\w){first}{re.escape(name[1:])}(?!\w)", text):
        yield Span(match.start(), match.end(), match.group())


def _describes_by(outer: Span, inner: Span) -> bool:
    rest = outer.text[inner.end - outer.start :]
    return bool(re.match(r"['’]s? ", rest)) or outer.text[0].islower()


def _system_cluster(gold: Span, extraction: Extraction) -> Hashable:
    """The entity with the mention most like this one, its last word included; else the mention itself."""
    candidates = [
        (abs(mention.start - gold.start) + abs(mention.end - gold.end), entity.id)
        for entity in extraction.entities
        for mention in entity.places
        if mention.start < gold.end and gold.start < mention.end and _same_head(mention, gold)
    ]
    return min(candidates)[1] if candidates else gold


def _same_head(mention: Span, gold: Span) -> bool:
    return mention.end == gold.end or (mention.start == gold.start and mention.end < gold.end and " " in mention.text)


def mean(scores: Iterable[BCubed]) -> BCubed:
    """One figure over several articles, every mention counting alike."""
    return sum(scores, BCubed())
