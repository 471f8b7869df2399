"""Snapshots: all claims of an article as short YAML, with what is known to be wrong about them.

Two kinds of remarks stand beside a claim. `gold:` is worked out from the hand-made gold and says where the claim
differs from it. `wrong:` is written by a person who read the claim, and survives a regeneration as long as the claim
does not change. `missing:` lists the events of the gold that no claim stands for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from kb.model import Claim, Extraction
from kb.timevalue import Interval
from tests.golden.gold import Expected, GoldEvent
from tests.golden.score import Pair, dated_claims, pair_up, triggers_overlap
from tests.sheets import read_sheet

SNAPSHOTS = Path(__file__).parent / "snapshots"
REGENERATE = ".venv/bin/python -m tests.golden.regenerate"

Key = tuple[str, str, str]
"""A claim as a reader sees it: title, what it is, actors."""
Marks = Mapping[Key, str]
"""What people wrote about claims, by claim."""


def snapshot_path(expected_path: Path) -> Path:
    """The snapshot that belongs to a gold file."""
    return SNAPSHOTS / expected_path.name


def render(expected: Expected, extraction: Extraction, marks: Marks) -> str:
    """The snapshot of one article."""
    pairs = pair_up(expected, extraction)
    remarks = dict(_remarks(pairs, extraction))
    lines = [f"article: {_quoted(expected.title)}", "claims:"]
    for claim in extraction.claims:
        lines += _claim_lines(claim, remarks.get(claim.id), marks.get(_key(claim)))
    paired = [pair.event for pair in pairs]
    lines += ["missing:", *(_missing_line(event) for event in expected.events if event not in paired)]
    return "\n".join(lines) + "\n"


def read_marks(path: Path) -> dict[Key, str]:
    """The `wrong:` remarks of a snapshot; none if there is no such file yet."""
    if not path.exists():
        return {}
    claims = read_sheet(path)["claims"] or ()
    return {
        (claim["title"], claim["is"], ", ".join(claim["actors"])): claim["wrong"]
        for claim in claims
        if "wrong" in claim
    }


def _claim_lines(claim: Claim, remark: str | None, mark: str | None) -> Iterator[str]:
    title, what, _ = _key(claim)
    yield f"- title: {_quoted(title)}"
    yield f"  is: {what}"
    yield f"  actors: [{', '.join(_quoted(actor) for actor in _actors(claim))}]"
    if remark:
        yield f"  gold: {remark}"
    if mark:
        yield f"  wrong: {_quoted(mark)}"


def _remarks(pairs: list[Pair], extraction: Extraction) -> Iterator[tuple[str, str]]:
    events = {pair.claim.id: pair.event for pair in pairs}
    for claim in dated_claims(extraction):
        remark = _remark(claim, events.get(claim.id))
        if remark:
            yield claim.id, remark


def _remark(claim: Claim, event: GoldEvent | None) -> str | None:
    if event is None:
        return "no such event"
    differences = []
    if (claim.type, claim.status) != (event.type, event.status):
        differences.append(f"{event.type} {event.status}")
    if not triggers_overlap(event, claim):
        differences.append(f"at {_quoted(event.trigger)}")
    return " ".join(differences) or None


def _missing_line(event: GoldEvent) -> str:
    return f"- {_quoted(f'{event.type} {event.status} {_days(event.interval)}: {event.quote}')}"


def _key(claim: Claim) -> Key:
    when = _days(claim.when.interval) if claim.when else "undated"
    return claim.title, f"{claim.type} {claim.status} {when}", ", ".join(_actors(claim))


def _actors(claim: Claim) -> list[str]:
    return [f"{actor.role} {actor.name}" for actor in claim.actors]


def _days(interval: Interval) -> str:
    return interval.first_day if interval.length == 1 else f"{interval.first_day}..{interval.last_day}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
