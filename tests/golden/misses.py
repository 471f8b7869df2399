"""What must come out and does not yet, each with the reason: `known_misses.yaml`, gold file by gold file.

A quote is that of an event that must come out, or of a sentence without a dated event that yields one all the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kb.model import Extraction
from tests.golden.gold import Expected, expected_paths, load_expected
from tests.golden.score import comes_out, dated_in, near_misses
from tests.sheets import read_sheet

KNOWN_MISSES = Path(__file__).parent / "known_misses.yaml"
_HEAD = """\
# Events that must come out and do not yet, and sentences that should hold no dated event and yield one:
# gold file, quote, reason. Remove the line of one that is right now.
"""


@cache
def read_misses() -> dict[str, dict[str, str]]:
    """Reasons by quote, by name of the gold file."""
    return read_sheet(KNOWN_MISSES) or {}


def faults(expected: Expected, extraction: Extraction) -> dict[str, str]:
    """Quotes of this article's gold that do not come out as they must, each with what stands there instead."""
    missed = {
        event.quote: "in its sentence: " + ("; ".join(near_misses(event, extraction)) or "no claim")
        for event in expected.events
        if event.must and not comes_out(event, extraction)
    }
    extra = {quote: "yields: " + "; ".join(dated_in(extraction, quote)) for quote in expected.none}
    return missed | {quote: reason for quote, reason in extra.items() if dated_in(extraction, quote)}


def rewrite_misses(extractions: Mapping[str, Extraction], *, accept: bool) -> tuple[list[str], list[str]]:
    """Brings the list up to date: returns the quotes that are right now, and those that are wrong and were not listed.

    The latter join the list only if `accept`. Those of articles that are held back always do, and are not returned, so
    that nobody reads them: the floors watch over them.
    """
    lines, found, new = [_HEAD], [], []
    for path in expected_paths():
        expected = load_expected(path)
        listed = read_misses().get(path.stem, {})
        now = faults(expected, extractions[expected.title])
        found += [quote for quote in listed if quote not in now and not expected.held_back]
        new += [quote for quote in now if quote not in listed and not expected.held_back]
        keeps = accept or expected.held_back
        left = {quote: listed.get(quote, reason) for quote, reason in now.items() if keeps or quote in listed}
        lines += [f"{path.stem}:\n"] if left else []
        lines += [f"  {_quoted(quote)}: {_quoted(reason)}\n" for quote, reason in left.items()]
    KNOWN_MISSES.write_text("".join(lines), encoding="utf-8")
    return found, new


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
