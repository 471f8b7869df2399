"""Parts of what runs for days: a trial opens, a witness testifies, both sides sum up, and the verdict is reserved.

They are told in like words of the same parties within a few weeks, and a month holds the days of all of them.
"""

from __future__ import annotations

from kb.fold.claim import ReportedClaim, once
from kb.fold.identity import rules
from kb.fold.timing import is_day

OPENING, ENDING = "opening", "ending"


@once
def part_of(claim: ReportedClaim) -> str | None:
    """The part of a proceeding that a claim tells of, of `parts` in `identity.yaml`; None for the whole or no such."""
    if claim.type not in rules().proceedings:
        return None
    return next((part for part, form in rules().parts.items() if form.search(claim.title)), None)


def are_two_parts(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if two claims on one proceeding tell of two parts, or one of a part that does not stand for the whole."""
    ours, theirs = part_of(one), part_of(other)
    if ours == theirs or not {one.type, other.type} <= rules().proceedings:
        return False
    if ours and theirs:
        return True
    part, whole = (ours, other) if ours else (theirs, one)
    return part != OPENING and (part != ENDING or not (is_day(whole) or whole.undated))
