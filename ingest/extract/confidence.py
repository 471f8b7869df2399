"""How far a claim can be trusted: the share of claims with as much evidence that turned out right.

Evidence orders claims, no more. `calibration.yaml` turns it into a share; it is made by
`python -m tools.quality.calibrate` from documents whose events are known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.extract.dating import Dating
from ingest.extract.grammar import Typing
from kb.model import Status
from kb.shipped import read_yaml

_START = 0.3
_PER_WEIGHT, _HEAVIEST = 0.2, 2.2
_LESS_CERTAIN = 0.06
_CERTAIN = (Status.OCCURRED, Status.SCHEDULED)
_OF_EVENTS, _SURER = ("in", "on"), 2.0
"""Behind these words a date tells when something happened: the odds that it is the claim's own are twice as good."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Knots (evidence, share right), rising in both; straight lines between them."""

    knots: Sequence[tuple[float, float]]

    def share_right(self, evidence: float) -> float:
        """Of claims with that evidence, how many are right."""
        at = bisect_right(self.knots, evidence, key=lambda knot: knot[0])
        if at in (0, len(self.knots)):
            share = self.knots[max(at - 1, 0)][1]
        else:
            (x0, y0), (x1, y1) = self.knots[at - 1], self.knots[at]
            share = y0 + (y1 - y0) * (evidence - x0) / (x1 - x0)
        return round(share, 2)


@cache
def shipped_calibration() -> Calibration:
    """The mapping that comes with the program."""
    sheet = read_yaml("ingest.extract", "calibration.yaml")
    return Calibration(tuple((float(x), float(y)) for x, y in sheet["knots"]))


def evidence_of(typing: Typing, dating: Dating | None, status: Status, *, share: float | None = None) -> float:
    """What speaks for a claim, between 0 and 1: how likely its type and status are, and how surely the date is its own.

    `dating` is None for an event without a date of its own; `share` is the second opinion's estimate, None if it was
    not asked: then the weight of the type and a plain status stand for it.
    """
    if share is None:
        weighed = _START + _PER_WEIGHT * min(typing.weight, _HEAVIEST)
        return weighed if status in _CERTAIN else weighed - _LESS_CERTAIN
    if dating is None or dating.word_before not in _OF_EVENTS:
        return share
    return share * _SURER / (1 - share + share * _SURER)
