"""Writes the snapshots anew and says what changed: `.venv/bin/python -m tests.golden.regenerate`.

Remarks that people wrote (`wrong:`) stay with their claims. One whose claim is gone is printed, so that somebody reads
what stands there now. Known misses that come out by now are taken off their list; new ones join it only with
`--accept`, to be read and to get a reason that says more.
"""

from __future__ import annotations

import sys

from tests.golden.extracted import extract_fixtures, read_fixtures
from tests.golden.gold import expected_paths, load_expected
from tests.golden.misses import rewrite_misses
from tests.golden.score import LEVELS, NOTHING, score
from tests.golden.snapshot import SNAPSHOTS, read_marks, render, snapshot_path


def main() -> None:
    """Extract all fixtures, rewrite all snapshots and the list of misses, print the scores."""
    SNAPSHOTS.mkdir(exist_ok=True)
    extractions = extract_fixtures(read_fixtures())
    total, held_back = NOTHING, NOTHING
    for gold_path in expected_paths():
        expected = load_expected(gold_path)
        extraction = extractions[expected.title]
        path = snapshot_path(gold_path)
        marks = read_marks(path)
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        after = render(expected, extraction, marks)
        path.write_text(after, encoding="utf-8")
        article = score(expected, extraction)
        if expected.held_back:
            held_back += article
        else:
            total += article
        _say(f"{path.stem:44}" + _figures(article) + ("" if after == before else "  changed"))
        for key in marks.keys() - read_marks(path).keys():
            _say(f"  read again, its remark is gone: {' | '.join(key)}: {marks[key]}")
    _say(f"{'open':44}" + _figures(total))
    _say(f"{'held back':44}" + _figures(held_back))
    found, new = rewrite_misses(extractions, accept="--accept" in sys.argv[1:])
    for quote in found:
        _say(f"no longer missed: {quote}")
    for quote in new:
        _say(f"missed: {quote}")


def _figures(article) -> str:
    return "  ".join(f"{level} {article.f1(level):.3f}" for level in LEVELS)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
