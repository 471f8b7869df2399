"""How well each type and each status is read on the fixture articles, as a table for docs/quality.md.

    python -m tools.quality.breakdown

A row counts as found if a claim has its sentence, its days and the type (or the status) in question.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator

from kb.model import Claim
from tests.golden.extracted import extract_fixtures, read_fixtures
from tests.golden.gold import GoldEvent, expected_paths, load_expected
from tests.golden.score import dated_claims, pair_up

Asked = Callable[[GoldEvent | Claim], str]


def main() -> None:
    """Print one table by type and one by status."""
    extractions = extract_fixtures(read_fixtures())
    for asked, label in ((lambda row: row.type, "type"), (lambda row: str(row.status), "status")):
        sys.stdout.write("\n".join(_table(asked, label, extractions)) + "\n\n")


def _table(asked: Asked, label: str, extractions: dict) -> Iterator[str]:
    gold: Counter[str] = Counter()
    read: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for expected in map(load_expected, expected_paths()):
        extraction = extractions[expected.title]
        gold.update(asked(event) for event in expected.events)
        read.update(asked(claim) for claim in dated_claims(extraction))
        pairs = pair_up(expected, extraction)
        right.update(asked(pair.event) for pair in pairs if asked(pair.event) == asked(pair.claim))
    yield f"| {label} | gold | precision | recall | F1 |"
    yield "|---|---:|---:|---:|---:|"
    for name, count in gold.most_common():
        precision, recall = right[name] / max(read[name], 1), right[name] / count
        f1 = 2 * right[name] / (count + read[name])
        yield f"| {name} | {count} | {precision:.2f} | {recall:.2f} | {f1:.2f} |"


if __name__ == "__main__":
    main()
