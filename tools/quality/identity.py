"""How well reports of one event are joined on the fixture stories, and the weights that do it best.

    python -m tools.quality.identity                # figures by story, and every deadline's history against the gold
    python -m tools.quality.identity --errors NAME  # and which events of a story are split or mixed
    python -m tools.quality.identity --fit          # weights for kb/fold/identity.yaml, and figures without each story

Weights are fitted to pairs of claims of the open stories: one event or two. Each story is then also judged by weights
fitted to the others only.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from unittest.mock import patch

import numpy as np

from kb.fold import ReportedClaim, Rulings, thread_claims
from kb.fold.evidence import NAMES, evidence
from kb.fold.identity import rules
from kb.fold.ledger import Entry
from kb.fold.likeness import are_two, parties_agree
from kb.fold.threads import candidates
from kb.fold.timing import timing
from kb.model import Extraction
from tests.golden.extracted import extract_fixtures, read_fixtures
from tests.golden.gold import EXPECTED, Ledger, Story, expected_paths, load_expected, load_stories
from tests.golden.ledgers import entries_of, entry_for, gold_claims, gold_steps, steps_of
from tests.golden.linking import Pairs, claims_of, mistakes, rows_of, score_pairs

_ENOUGH = 5.0
"""Points at which it is as likely as not that two claims are of one event."""
_RIDGE, _ROUNDS = 40.0, 40
_TODAY = "2026-02-06"
"""A day after all articles of the stories."""
_FOR_MANY = 0.4
"""How much a wrong join costs beside a missed one, in the fit: precision comes first."""


BELIEVED = {
    "same_type": 1.5,
    "rare_type": 0.75,
    "common_type": -1.0,
    "untyped": 1.2,
    "pointed_at": 0.8,
    "akin_types": 0.0,
    "other_types": -2.0,
    "speech_and_deed": -2.0,
    "same_day": 1.5,
    "same_span": 1.0,
    "in_month": 0.5,
    "in_season": -0.5,
    "in_year": -1.0,
    "moved": 0.0,
    "few_days": 0.0,
    "awaited": -1.0,
    "expected": -2.0,
    "untold": 0.7,
    "same_actors": 2.0,
    "actor_named": 1.0,
    "same_names": 0.75,
    "same_places": 0.5,
    "other_actors": -0.5,
    "other_places": -0.5,
    "same_story": 2.0,
    "looked_back": 0.5,
    "same_word": 1.5,
    "same_sense": 1.0,
    "title_words": 0.75,
    "context_words": 0.4,
    "same_numbers": 0.5,
    "other_numbers": -1.5,
    "same_sentence": 2.0,
    "same_duty": 1.5,
    "other_duty": -3.0,
    "the_deadline": 0.75,
    "one_article": -1.0,
    "but_for_type": 1.0,
    "plan_and_fact": -0.5,
    "as_planned": 0.3,
    "told_and_denied": -0.5,
}
"""What one would think each kind is worth: the stories are few, and tell nothing of some kinds."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Two claims whose events are known."""

    story: str
    amounts: tuple[float, ...]
    one_event: bool


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", metavar="NAME", help="a story whose split and mixed events are printed")
    parser.add_argument("--fit", action="store_true", help="fit the weights")
    asked = parser.parse_args()
    extractions = extract_fixtures(read_fixtures())
    stories = load_stories()
    if asked.fit:
        sys.stdout.write("\n".join(_fitted(stories, extractions)) + "\n")
        return
    event_of = events_of_claims(extractions)
    sys.stdout.write("\n".join([*_table(stories, extractions, event_of), *_ledgers(stories, extractions)]) + "\n")
    for story in stories:
        if story.story == asked.errors:
            sys.stdout.write("\n".join(mistakes(rows_of(story, extractions), event_of)) + "\n")


def events_of_claims(extractions: Mapping[str, Extraction]) -> dict[str, str]:
    """The event of each claim, everything folded together."""
    threads = thread_claims(claims_of(extractions.values()), Rulings())
    return {claim.id: group[0].id for thread in threads for group in thread.groups for claim in group}


def samples(stories: Iterable[Story], extractions: Mapping[str, Extraction]) -> list[Sample]:
    """The pairs of claims that could be linked and whose events the gold knows: all that one of a story is in.

    A claim of an article that is in no story tells of no event of one.
    """
    slugs = {
        row.claim: f"{story.story} {row.event.event}"
        for story in stories
        for row in rows_of(story, extractions)
        if row.claim
    }
    told = [load_expected(path) for path in expected_paths()]
    alone = {extractions[one.title].article.id for one in told if not any(event.event for event in one.events)}
    known = {
        claim.id: claim for claim in claims_of(extractions.values()) if claim.id in slugs or claim.article in alone
    }
    found = []
    for one, other in sorted(candidates(known.values())):
        amounts = _amounts(known[one], known[other])
        named = [slugs[id_] for id_ in (one, other) if id_ in slugs]
        if amounts is not None and named:
            found.append(Sample(named[0].split()[0], amounts, len(named) == 2 and named[0] == named[1]))
    return found


def fit(told: Sequence[Sample]) -> dict[str, float]:
    """Weights that tell one event from two best: logistic regression, near `BELIEVED` where data is silent."""
    x = np.array([sample.amounts for sample in told])
    y = np.array([sample.one_event for sample in told], dtype=float)
    weight = np.where(y > 0, _FOR_MANY, 1.0)
    believed = np.array([BELIEVED[name] for name in NAMES])
    beta = believed.copy()
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(_ENOUGH - x @ beta))
        slope = x.T @ (weight * (p - y)) + _RIDGE * (beta - believed)
        curve = (x.T * (weight * p * (1 - p))) @ x + _RIDGE * np.eye(len(beta))
        beta -= np.linalg.solve(curve, slope)
    return {name: round(float(value), 2) for name, value in zip(NAMES, beta, strict=True)}


def _fitted(stories: Collection[Story], extractions: Mapping[str, Extraction]) -> list[str]:
    lines = []
    opened = [story for story in stories if not _is_held_back(story)]
    told = samples(opened, extractions)
    total = Pairs(0, 0, 0, 0)
    for story in opened:
        with patch.dict(rules().weights, fit([sample for sample in told if sample.story != story.story])):
            pairs = score_pairs(rows_of(story, extractions), events_of_claims(extractions))
        total += pairs
        lines.append(_line(f"{story.story}, by weights of the others", pairs))
    lines.append(_line("all of these", total))
    weights = fit(told)
    with patch.dict(rules().weights, weights):
        lines += _table(stories, extractions, events_of_claims(extractions))
    return [*lines, "weights:", *(f"  {name}: {value:g}" for name, value in weights.items())]


def _table(stories: Iterable[Story], extractions: Mapping[str, Extraction], event_of: Mapping[str, str]) -> list[str]:
    found = {story.story: score_pairs(rows_of(story, extractions), event_of) for story in stories}
    return [_line(name, pairs) for name, pairs in found.items()] + [
        _line("all", sum(found.values(), Pairs(0, 0, 0, 0)))
    ]


def _ledgers(stories: Iterable[Story], extractions: Mapping[str, Extraction]) -> list[str]:
    """Each chain of the gold: how many of its steps come out from the articles, and from the claims of the gold."""
    read = claims_of(extractions.values())
    lines = []
    entries = entries_of([claim for claim in read if not claim.undated], _TODAY)
    for story in stories:
        told = entries_of(list(gold_claims(story, extractions)), _TODAY)
        lines += [
            f"{story.story:16} {_chain(ledger, entries)} {_chain(ledger, told)}  {ledger.event}"
            for ledger in story.deadlines
        ]
    exact = [sum(line.split()[place] == "exact" for line in lines) for place in (1, 2)]
    return [f"ledgers: {len(lines)}, exact {exact[0]} as read, {exact[1]} with the claims of the gold", *lines]


def _chain(ledger: Ledger, entries: list[Entry]) -> str:
    """ "exact", or how many steps of the gold there are, and how many of all that were found."""
    entry, wanted = entry_for(ledger, entries), gold_steps(ledger)
    found = steps_of(entry) if entry else []
    right = len(set(found) & set(wanted))
    return "exact".ljust(13) if found == wanted else f"{right}/{len(wanted)},{right}/{len(found)}".ljust(13)


def _line(name: str, pairs: Pairs) -> str:
    return (
        f"{name:45} precision {pairs.precision:.3f}  recall {pairs.recall:.3f}  of all rows {pairs.recall_of_all:.3f}"
    )


def _amounts(one: ReportedClaim, other: ReportedClaim) -> tuple[float, ...] | None:
    found = timing(one, other)
    if found is None or are_two(one, other) or not parties_agree(one, other):
        return None
    told = {item.name: item.amount for item in evidence(one, other, found)}
    return tuple(told.get(name, 0.0) for name in NAMES)


def _is_held_back(story: Story) -> bool:
    return any(load_expected(EXPECTED / f"{stem}.yaml").held_back for stem in story.articles)


if __name__ == "__main__":
    main()
