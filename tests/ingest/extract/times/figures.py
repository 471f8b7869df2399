"""Prints the tagger's figures over the passages: python -m tests.ingest.extract.times.figures [--errors]"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ingest.extract.times import find_times
from ingest.nlp.pipeline import Draft, annotate, load_pipeline
from kb.config import load_settings
from tests.ingest.extract.times.passages import Timex, figures, pairs, read_passages, tagged

HERE = Path(__file__).parent


def main() -> None:
    """Score newswire.yaml and held_back.yaml; with --errors, list what is wrong in them."""
    nlp = load_pipeline(load_settings(os.environ, Path.cwd()).model)
    for name in ("newswire.yaml", "held_back.yaml"):
        passages = read_passages(HERE / name)
        docs = annotate(nlp, [Draft(p.text) for p in passages])
        scored = [(p.gold, tagged(find_times(doc, p.published))) for p, doc in zip(passages, docs, strict=True)]
        count = sum(len(gold) for gold, _ in scored)
        reached = " ".join(f"{figure} {value:.3f}" for figure, value in figures(scored)._asdict().items())
        sys.stdout.write(f"{name}: {len(passages)} passages, {count} expressions: {reached}\n")
        if "--errors" in sys.argv:
            for passage, (gold, system) in zip(passages, scored, strict=True):
                _list_errors(passage.text, gold, system)


def _list_errors(text: str, gold: tuple[Timex, ...], system: tuple[Timex, ...]) -> None:
    matched = pairs(gold, system)
    wrong = [(a, b) for a, b in matched if a != b]
    missed = [(a, None) for a in gold if a not in [first for first, _ in matched]]
    extra = [(None, b) for b in system if b not in [second for _, second in matched]]
    for a, b in (*wrong, *missed, *extra):
        sys.stdout.write(f"  gold {_shown(text, a)} | system {_shown(text, b)}\n")


def _shown(text: str, timex: Timex | None) -> str:
    return f"{text[timex.start : timex.end]!r} {timex.type} {timex.value}" if timex else "nothing"


if __name__ == "__main__":
    main()
