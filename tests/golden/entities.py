"""Entities across the articles of a story, scored with B³ against the ids of the gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.model import Extraction
from tests.golden.gold import EXPECTED, Story, load_expected


@dataclass(frozen=True, slots=True)
class BCubed:
    """Mean over all mentions of how pure and how whole the cluster of each is."""

    precision: float
    recall: float
    mentions: int
    missed: int
    """Names of the gold that the extraction does not find where they stand."""

    @property
    def f1(self) -> float:
        """Harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision else 0.0


def mentions_of(story: Story, extractions: Mapping[str, Extraction]) -> list[tuple[str, str | None]]:
    """For every place where a name of a gold entity stands: its id, and the entity the extraction has there."""
    found: list[tuple[str, str | None]] = []
    for stem in story.articles:
        expected = load_expected(EXPECTED / f"{stem}.yaml")
        extraction = extractions[expected.title]
        spans = sorted((m.start, m.end, entity.id) for entity in extraction.entities for m in entity.mentions)
        names = sorted(
            ((name, entity.id) for entity in expected.entities if entity.id for name in (entity.name, *entity.names)),
            key=lambda pair: -len(pair[0]),
        )
        taken: list[tuple[int, int]] = []
        for name, id_ in names:
            for start in _places(extraction.article.text, name):
                end = start + len(name)
                if any(start < b and a < end for a, b in taken):
                    continue
                taken.append((start, end))
                found.append((id_, next((e for a, b, e in spans if a < end and start < b), None)))
    return found


def b_cubed(mentions: Sequence[tuple[str, str | None]]) -> BCubed:
    """A name that is not found is a cluster of its own."""
    system: dict[object, set[int]] = defaultdict(set)
    gold: dict[str, set[int]] = defaultdict(set)
    for i, (id_, entity) in enumerate(mentions):
        gold[id_].add(i)
        system[entity if entity is not None else i].add(i)
    precision = recall = 0.0
    for i, (id_, entity) in enumerate(mentions):
        ours, theirs = system[entity if entity is not None else i], gold[id_]
        shared = len(ours & theirs)
        precision += shared / len(ours)
        recall += shared / len(theirs)
    count = len(mentions) or 1
    missed = sum(entity is None for _, entity in mentions)
    return BCubed(precision / count, recall / count, len(mentions), missed)


def _places(text: str, name: str) -> list[int]:
    places, at = [], text.find(name)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(name) : at + len(name) + 1]
        if not before.isalnum() and not after.isalnum():
            places.append(at)
        at = text.find(name, at + 1)
    return places
