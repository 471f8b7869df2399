"""Events of which no source gives the day: what several articles report alike, and no dated report is found of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kb.fold.claim import ReportedClaim
from kb.fold.events import independent_sources, reasons, status_of_day, usual_type
from kb.fold.threads import Thread
from kb.ids import event_id
from kb.model import Status

_TELLING = 3
"""Words that a title needs to say something by itself."""


@dataclass(frozen=True, slots=True)
class UndatedEvent:
    """What a set of claims without a day says together: on no timeline, until somebody tells the day."""

    id: str
    type: str
    status: Status
    title: str
    mentions: tuple[str, ...]
    """Its claims, by day of publication."""
    sources: int
    outlets: int
    first_reported: str | None
    last_reported: str | None
    because: tuple[str, ...]
    """Why its claims are taken for one event."""


def undated_events_of(threads: Iterable[Thread]) -> list[UndatedEvent]:
    """The undated events of these threads, by id."""
    events = [_fold(told, thread) for thread in threads for told in thread.loose]
    return sorted(events, key=lambda event: event.id)


def _fold(told: Sequence[ReportedClaim], thread: Thread) -> UndatedEvent:
    type_ = usual_type(told)
    reported = [claim.published for claim in told if claim.published]
    *_, last = (list(some) for _, some in groupby(told, key=lambda claim: claim.published))
    return UndatedEvent(
        id=event_id(told[0].id),
        type=type_,
        status=status_of_day(last),
        title=_title([claim for claim in told if claim.type == type_]),
        mentions=tuple(claim.id for claim in told),
        sources=independent_sources(told),
        outlets=len({claim.source for claim in told}),
        first_reported=min(reported, default=None),
        last_reported=max(reported, default=None),
        because=reasons(told, thread),
    )


def _title(told: Sequence[ReportedClaim]) -> str:
    best = min(told, key=lambda claim: (len(claim.title.split()) < _TELLING, -claim.confidence, claim.id))
    return best.title
