"""How far a claim can be trusted: a score that falls with every sign that the reading may be wrong."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.extract.dating import Dating
from ingest.extract.grammar import Typing

_START = 0.3
_PER_WEIGHT, _HEAVIEST = 0.2, 1.8
_NEAR = 8
_LONG = 45


def confidence_of(typing: Typing, trigger: Token, dating: Dating | None) -> float:
    """Between 0.05 and 0.95: evidence for the type, distance from the date, length of the sentence.

    `dating` is None for an event without a date of its own.
    """
    score = _START + _PER_WEIGHT * min(typing.weight, _HEAVIEST)
    if dating is not None:
        gap = max(dating.expression.start - trigger.i, trigger.i - dating.expression.end + 1, 0)
        score += 0.1 if gap <= _NEAR else 0.0
        score -= 0.1 if gap > 3 * _NEAR else 0.0
    if trigger.sent.end - trigger.sent.start > _LONG:
        score -= 0.08
    return round(min(max(score, 0.05), 0.95), 2)
