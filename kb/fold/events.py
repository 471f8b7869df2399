"""Claims folded into events: the same kind of event, on the same days, with the same actors.

The fold is a function of a set of claims: their order, and when each of them was recorded, change nothing. An event is
found again by its key alone, so a fold over a few claims gives the same events as a fold over all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from kb.ids import event_id
from kb.model import Status

_FIRMNESS = tuple(
    Status(name) for name in ("occurred", "ongoing", "cancelled", "denied", "scheduled", "proposed", "hypothetical")
)
"""Which status speaks for a day on which as many claims say one thing as another: the firmer one."""


MENTIONED = "mentioned"
"""Role of an entity that a claim's sentence names and that has no part in the event as far as we can tell."""


@dataclass(frozen=True, slots=True)
class ReportedClaim:
    """What the fold needs to know of a claim. Days are ISO text, inclusive; `published` may be unknown."""

    id: str
    type: str
    status: Status
    title: str
    first_day: str
    last_day: str
    precision: str
    actors: tuple[tuple[str, str], ...]
    """Role and entity id; those only `MENTIONED` do not decide what event it is."""
    source: str | None
    published: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Revision:
    """One step in what is known of an event: from `known_on` on it had this status, because of this claim."""

    seq: int
    first_day: str
    last_day: str
    status: Status
    known_on: str | None
    claim: str


@dataclass(frozen=True, slots=True)
class Event:
    """What a set of claims says together."""

    id: str
    type: str
    status: Status
    title: str
    first_day: str
    last_day: str
    precision: str
    actors: tuple[tuple[str, str], ...]
    claims: tuple[str, ...]
    sources: int
    """Outlets that report it; articles without a named outlet count as one."""
    first_reported: str | None
    last_reported: str | None
    revisions: tuple[Revision, ...]


def event_of(claim: ReportedClaim) -> str:
    """Id of the event a claim belongs to.

    Claims that name no actor are never taken for one event: nothing says that they are.
    """
    entities = {entity for role, entity in claim.actors if role != MENTIONED} or {claim.id}
    return event_id(claim.type, claim.first_day, claim.last_day, tuple(entities))


def fold_events(claims: Iterable[ReportedClaim]) -> list[Event]:
    """The events that `claims` are about, by first day, then id."""
    by_event = sorted(((event_of(claim), claim) for claim in claims), key=lambda pair: (pair[0], pair[1].id))
    events = [
        _fold_one(event, [claim for _, claim in group]) for event, group in groupby(by_event, key=lambda pair: pair[0])
    ]
    return sorted(events, key=lambda event: (event.first_day, event.last_day, event.id))


def _fold_one(event: str, claims: list[ReportedClaim]) -> Event:
    told = sorted(claims, key=lambda claim: (claim.published or "", claim.id))
    spoken_for = min(told, key=lambda claim: (-claim.confidence, claim.id))
    revisions = _revisions(told)
    reported = [claim.published for claim in told if claim.published]
    return Event(
        id=event,
        type=spoken_for.type,
        status=revisions[-1].status,
        title=spoken_for.title,
        first_day=spoken_for.first_day,
        last_day=spoken_for.last_day,
        precision=spoken_for.precision,
        actors=_actors(told),
        claims=tuple(claim.id for claim in told),
        sources=len({claim.source for claim in told}),
        first_reported=min(reported, default=None),
        last_reported=max(reported, default=None),
        revisions=revisions,
    )


def _actors(told: list[ReportedClaim]) -> tuple[tuple[str, str], ...]:
    """All roles of all claims; who acts according to one claim is not also only mentioned according to another."""
    actors = {actor for claim in told for actor in claim.actors}
    acting = {entity for role, entity in actors if role != MENTIONED}
    return tuple(sorted((role, entity) for role, entity in actors if role != MENTIONED or entity not in acting))


def _revisions(told: list[ReportedClaim]) -> tuple[Revision, ...]:
    """One revision for each publication day on which the status differs from the day before."""
    revisions: list[Revision] = []
    for published, group in groupby(told, key=lambda claim: claim.published):
        today = list(group)
        status = _status_of_day(today)
        if revisions and revisions[-1].status == status:
            continue
        because = next(claim for claim in today if claim.status == status)
        revisions.append(
            Revision(len(revisions) + 1, because.first_day, because.last_day, status, published, because.id)
        )
    return tuple(revisions)


def _status_of_day(claims: list[ReportedClaim]) -> Status:
    votes = Counter(claim.status for claim in claims)
    return max(votes, key=lambda status: (votes[status], -_FIRMNESS.index(status)))
