"""How far a claim can be trusted: the share of claims with as much evidence that turned out right.

Evidence is a sum of signs that the reading may be right or wrong. `calibration.yaml` turns it into a share; it is made
by `python -m tools.quality.calibrate` from documents whose events are known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from ingest.extract.dating import Dating
from ingest.extract.grammar import Typing, is_verb
from ingest.nlp.words import Token
from kb.model import Status

_START = 0.3
_PER_WEIGHT, _HEAVIEST = 0.2, 2.2
_NEAR = 8
_LONG = 45
_CERTAIN = (Status.OCCURRED, Status.SCHEDULED)
_LEAST, _MOST = 0.05, 0.95


@dataclass(frozen=True, slots=True)
class Calibration:
    """Knots (evidence, share right), rising in both; straight lines between them."""

    knots: Sequence[tuple[float, float]]

    def share_right(self, evidence: float) -> float:
        """Between 0.05 and 0.95: of claims with that evidence, how many are right."""
        at = bisect_right(self.knots, evidence, key=lambda knot: knot[0])
        if at in (0, len(self.knots)):
            share = self.knots[max(at - 1, 0)][1]
        else:
            (x0, y0), (x1, y1) = self.knots[at - 1], self.knots[at]
            share = y0 + (y1 - y0) * (evidence - x0) / (x1 - x0)
        return round(min(max(share, _LEAST), _MOST), 2)


@cache
def shipped_calibration() -> Calibration:
    """The mapping that comes with the program."""
    sheet = yaml.load(files("ingest.extract").joinpath("calibration.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return Calibration(tuple((float(x), float(y)) for x, y in sheet["knots"]))


def evidence_of(
    typing: Typing, trigger: Token, dating: Dating | None, status: Status, *, share: float | None = None
) -> float:
    """What speaks for a claim: how likely its type and status are, and how surely the date is its own.

    `dating` is None for an event without a date of its own; `share` is the second opinion's estimate, None if it was
    not asked: then the weight of the type and a plain status stand for it.
    """
    score = _START + _PER_WEIGHT * min(typing.weight, _HEAVIEST) if share is None else share
    if dating is not None:
        gap = max(dating.expression.start - trigger.i, trigger.i - dating.expression.end + 1, 0)
        score += 0.1 if gap <= _NEAR else 0.0
        score -= 0.1 if gap > 3 * _NEAR else 0.0
    sentence = trigger.sent
    score -= 0.08 if sentence.end - sentence.start > _LONG else 0.0
    score -= 0.0 if is_verb(trigger) else 0.04
    return score if share is not None or status in _CERTAIN else score - 0.06
