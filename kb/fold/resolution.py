"""One id for what articles call by several names: entity to canonical entity, from judgements and evidence.

The fold takes claims with canonical entities (`resolved`). Who is who comes from links: pairs of entities with points,
as judgements give them, or a matching of names across articles. A link never joins what was judged to be different.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kb.fold.claim import ReportedClaim

JUDGED = 100.0
"""Points of a link that a person made."""


@dataclass(frozen=True, slots=True)
class EntityLink:
    """Two entities that are one, and what speaks for it."""

    one: str
    other: str
    points: float
    because: str


def resolve(links: Iterable[EntityLink], parted: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The canonical entity of each that is not its own: of those that are one, the smallest id.

    The best links come first; one that would bring together two of `parted` is left out. Order changes nothing.
    """
    members: dict[str, set[str]] = {}
    barred = {frozenset(pair) for pair in parted}
    for link in sorted(links, key=lambda link: (-link.points, *sorted((link.one, link.other)))):
        ours, theirs = members.get(link.one, {link.one}), members.get(link.other, {link.other})
        if ours is theirs or any(a in pair and pair - {a} <= theirs for pair in barred for a in ours):
            continue
        both = ours | theirs
        members.update(dict.fromkeys(both, both))
    return {id_: min(group) for id_, group in members.items() if id_ != min(group)}


def resolved(claim: ReportedClaim, canonical: Mapping[str, str]) -> ReportedClaim:
    """The claim with canonical entities."""
    if not canonical:
        return claim
    return replace(
        claim,
        actors=tuple(sorted({(role, canonical.get(entity, entity)) for role, entity in claim.actors})),
        names=tuple(sorted({canonical.get(entity, entity) for entity in claim.names})),
        topics=tuple(sorted({canonical.get(entity, entity) for entity in claim.topics})),
        profile=tuple(sorted({canonical.get(entity, entity) for entity in claim.profile})),
    )
