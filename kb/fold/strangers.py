"""Articles that name several things each, and none in common, tell of nothing in common.

They may well use the same words: a hundred laws say by when companies must comply. Of 662 links among the fixtures'
articles none is between two such articles.
"""

from __future__ import annotations

from kb.fold.claim import ReportedClaim, once
from kb.fold.reported import WORD

_SEVERAL = 3
"""Things an article names, from which on it would name one that another article on its matter names."""
_LITTLE = 10
"""Things that a short text names at most."""


def are_strangers(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if their articles name several things each, and these two claims have none of them in common."""
    if one.article == other.article or not (names_several(one) and names_several(other)):
        return False
    return things_of(one).isdisjoint(things_of(other))


@once
def names_several(claim: ReportedClaim) -> bool:
    """True if a claim's article names enough to tell by it what it has to do with others."""
    return sum(not thing.startswith(WORD) for thing in claim.profile) >= _SEVERAL


@once
def names_little(claim: ReportedClaim) -> bool:
    """True if a claim's article is a short text, and what it names hardly enough to be found by."""
    return sum(not thing.startswith(WORD) for thing in claim.profile) <= _LITTLE


@once
def things_of(claim: ReportedClaim) -> frozenset[str]:
    """Entities that a claim or its article names, places among them."""
    named = (*claim.profile, *claim.topics, *claim.names, *(entity for _, entity in claim.actors))
    return frozenset(thing for thing in named if not thing.startswith(WORD))
