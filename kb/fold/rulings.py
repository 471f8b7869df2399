"""What people judged, as it bears on claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kb.fold.claim import ReportedClaim
from kb.fold.undated import may_lie
from kb.model import Status

Pair = tuple[str, str]
"""Two claim ids, the smaller first."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """What people judged, as it bears on claims."""

    joined: frozenset[Pair] = frozenset()
    parted: frozenset[Pair] = frozenset()
    """Wins over everything else."""
    corrections: tuple[tuple[str, str, str], ...] = ()
    """Claim, field and the value it really has; of two on one field the later."""

    def correct(self, claims: Iterable[ReportedClaim]) -> list[ReportedClaim]:
        """The claims as people corrected them."""
        changes: dict[str, dict[str, Any]] = defaultdict(dict)
        for claim, field_, value in self.corrections:
            changes[claim][field_] = Status(value) if field_ == "status" else value
        return [_corrected(claim, changes[claim.id]) if claim.id in changes else claim for claim in claims]


def _corrected(claim: ReportedClaim, change: Mapping[str, Any]) -> ReportedClaim:
    """A corrected claim is certain; one whose last day would come before its first has only the first.

    Without a day it has the one that it is given, and otherwise lies where one of its status may lie.
    """
    dated = "first_day" in change or "last_day" in change
    changed = replace(claim, **change, confidence=1.0, corrected=tuple(sorted(change)))
    if claim.undated and dated:
        first = str(change.get("first_day", change.get("last_day")))
        changed = replace(changed, first_day=first, last_day=str(change.get("last_day", first)))
    elif claim.undated:
        first, last = may_lie(changed.status, changed.published)
        changed = replace(changed, first_day=first, last_day=last)
    if changed.last_day < changed.first_day:
        day = str(change.get("first_day", change.get("last_day")))
        changed = replace(changed, first_day=day, last_day=day)
    if dated:
        changed = replace(changed, precision="day" if changed.first_day == changed.last_day else "range")
    return changed
