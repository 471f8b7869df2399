"""How much an event weighs with a reader: what many outlets tell, and what decides something, comes first.

Of an event as it was known on a day only what was told by then counts, as with everything else that is read of it.
"""

from __future__ import annotations

from functools import lru_cache
from math import log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.queries.views import EventView

_TALK = frozenset(("statement", "publication", "other"))
"""Types of what is said or shown, and of what is of no type."""
_DECIDING = frozenset(
    (
        "conflict", "court_ruling", "deadline", "disaster", "election", "executive_action", "law_effective",
        "law_enacted", "legislative_vote", "settlement", "trade_measure",
    )
)  # fmt: skip
"""Types of what settles a matter, or binds or strikes people."""
_OPEN = frozenset(("hypothetical", "denied"))
"""Statuses of what may never be, or was not."""
_VAGUE = frozenset(("quarter", "season", "year", "decade"))
"""Precisions of what is told of in passing, as a rule."""


@lru_cache(maxsize=4096)
def weight_of(type_: str, status: str, precision: str, sources: int, claims: int) -> int:
    """The weight of an event by how many sources tell of it, in how many claims, and what it is.

    A second source counts for as much as fifty more claims of the first.

    >>> weight_of("court_ruling", "occurred", "day", 3, 9) > weight_of("statement", "occurred", "day", 3, 9)
    True
    """
    told = 100 * log2(1 + sources) + 10 * log2(max(claims, 1))
    kind = 0.5 if type_ in _TALK else 1.5 if type_ in _DECIDING else 1.0
    doubt = (0.7 if status in _OPEN else 1.0) * (0.6 if precision in _VAGUE else 1.0)
    return round(told * kind * doubt)


def weight_of_view(event: EventView) -> int:
    """The weight of an event that was read."""
    return weight_of(event.type, event.status, event.precision, event.sources, event.claims)
