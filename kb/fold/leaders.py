"""Who leads those who act, by name, as a title says."""

from __future__ import annotations

import re

from kb.fold.claim import ReportedClaim, once
from kb.fold.phrases import phrases

_NAMES = re.compile(r"(?:\s+[a-z]+){0,4}?((?:\s+(?:and\s+)?[A-Z][^\s,;.]*)+)")
"""Names behind "led by", with a few words of a calling before them."""
_SMALL = frozenset(("and", "The"))


@once
def leaders(claim: ReportedClaim) -> tuple[str, ...]:
    """Words of the names of who leads whoever acts: of "states led by the governor of New York", New and York."""
    found = phrases().led_by.search(claim.title)
    names = _NAMES.match(claim.title, found.end()) if found else None
    return tuple(word for word in names.group(1).split() if word not in _SMALL) if names else ()


def led_by_others(one: ReportedClaim, other: ReportedClaim) -> tuple[str, str] | None:
    """Who leads according to each of two titles, if these are not the same."""
    ours, theirs = leaders(one), leaders(other)
    if not ours or not theirs or set(ours) & set(theirs):
        return None
    return " ".join(ours), " ".join(theirs)
