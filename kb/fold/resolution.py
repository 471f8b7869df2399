"""Claims with canonical entities, as the fold takes them. Who is who is found in `kb.resolve`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kb.fold.claim import ReportedClaim


def resolved(claim: ReportedClaim, canonical: Mapping[str, str]) -> ReportedClaim:
    """The claim with canonical entities."""
    named = (*(entity for _, entity in claim.actors), *claim.names, *claim.topics, *claim.profile)
    if canonical.keys().isdisjoint(named):
        return claim
    return replace(
        claim,
        actors=tuple(sorted({(role, canonical.get(entity, entity)) for role, entity in claim.actors})),
        names=tuple(sorted({canonical.get(entity, entity) for entity in claim.names})),
        topics=tuple(sorted({canonical.get(entity, entity) for entity in claim.topics})),
        profile=tuple(sorted({canonical.get(entity, entity) for entity in claim.profile})),
    )
