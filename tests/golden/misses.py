"""Events that must come out and do not yet, each with the reason: `known_misses.yaml`, gold file by gold file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from kb.model import Extraction
from tests.golden.gold import every_event, load_expected
from tests.golden.score import comes_out

KNOWN_MISSES = Path(__file__).parent / "known_misses.yaml"
_HEAD = "# Events that must come out and do not yet: gold file, quote, reason. Remove the line of one that does.\n"


@cache
def read_misses() -> dict[str, dict[str, str]]:
    """Reasons by quote, by name of the gold file."""
    return yaml.safe_load(KNOWN_MISSES.read_text(encoding="utf-8")) or {}


def drop_found(extractions: Mapping[str, Extraction]) -> list[str]:
    """Takes the events that come out by now off the list, and returns their quotes."""
    found = {
        (path.stem, event.quote)
        for path, event in every_event()
        if event.quote in read_misses().get(path.stem, {}) and comes_out(event, extractions[load_expected(path).title])
    }
    lines = [_HEAD]
    for stem, misses in read_misses().items():
        left = {quote: reason for quote, reason in misses.items() if (stem, quote) not in found}
        lines += [f"{stem}:\n"] if left else []
        lines += [f"  {_quoted(quote)}: {_quoted(reason)}\n" for quote, reason in left.items()]
    KNOWN_MISSES.write_text("".join(lines), encoding="utf-8")
    return sorted(quote for _, quote in found)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
