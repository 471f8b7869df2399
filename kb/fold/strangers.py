"""Articles that name several things each, and none in common, tell of nothing in common.

They may well use the same words: a hundred laws say by when companies must comply. Of 662 links among the fixtures'
articles none is between two such articles.
"""

from __future__ import annotations

from functools import lru_cache

from kb.fold.claim import CLAIMS_AT_HAND, ReportedClaim
from kb.fold.reported import WORD

_SEVERAL = 3
"""Things an article names, from which on it would name one that another article on its matter names."""


def are_strangers(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if their articles name several things each, and these two claims have none of them in common."""
    if one.article == other.article or not (names_several(one) and names_several(other)):
        return False
    return things_of(one).isdisjoint(things_of(other))


@lru_cache(maxsize=CLAIMS_AT_HAND)
def names_several(claim: ReportedClaim) -> bool:
    """True if a claim's article names enough to tell by it what it has to do with others."""
    return sum(not thing.startswith(WORD) for thing in claim.profile) >= _SEVERAL


@lru_cache(maxsize=CLAIMS_AT_HAND)
def things_of(claim: ReportedClaim) -> frozenset[str]:
    """Entities that a claim or its article names, places among them."""
    named = (*claim.profile, *claim.topics, *claim.names, *(entity for _, entity in claim.actors))
    return frozenset(thing for thing in named if not thing.startswith(WORD))
