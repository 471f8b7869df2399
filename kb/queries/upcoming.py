"""What is still to come: deadlines as their ledger has them, and whatever else is fixed for a day ahead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.fold import MENTIONED
from kb.fold.identity import CHANGE
from kb.model import Status
from kb.queries.deadlines import deadlines
from kb.queries.details import details
from kb.queries.events import count_events
from kb.queries.views import ActorView, ClaimView, DeadlineView, EventDetail, EventFilter, LedgerLine, StepView
from kb.timevalue import Precision

if TYPE_CHECKING:
    from kb.store import Graph

SETTLED = ("in-effect", "lapsed", "met", "missed", "waived")
"""States of a deadline in which nothing is due any more, whatever its day."""
OBLIGED = "obliged"
"""The role of who is held to a deadline."""


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `first` to `last` (ISO, inclusive); None where it has no end."""

    first: str | None = None
    last: str | None = None

    def covers(self, first: str, last: str) -> bool:
        """Whether what is due some day between two may be due within the window."""
        return (self.first or "") <= last and first <= (self.last or "~")


ALWAYS = Window()
MOST_FIXED = 300
"""Events that are listed at most of what is fixed for a day and is no deadline."""


@dataclass(frozen=True, slots=True)
class DueView:
    """Something that is to happen, by the day on which it is due."""

    event: str
    type: str
    title: str
    first_day: str
    last_day: str
    precision: str
    actors: tuple[ActorView, ...]
    says: ClaimView
    """The newest claim that puts it on this day."""
    deadline: DeadlineView | None = None
    """Its ledger, if it is a deadline or was moved."""


def upcoming(
    graph: Graph,
    *,
    today: str,
    window: Window = ALWAYS,
    events: frozenset[str] | None = None,
    as_of: str | None = None,
    limit: int = MOST_FIXED,
) -> tuple[DueView, ...]:
    """What is due on `today` (ISO) or later, by day: open and stayed deadlines, and the first `limit` other events
    that are fixed for a day to come. With `as_of`, as it was known on that day.

    `window`: only what may be due on one of these days. `events`: only those of these ids.

    That a deadline moves to a day is nothing to happen then: the deadline itself is due.
    """
    ledger = deadlines(graph, today=today, since=today, as_of=as_of)
    kept = {deadline.event for deadline in ledger}
    wanted = _fixed(today, window, events, as_of)
    fixed = (detail for detail in details(graph, wanted, limit=limit) if detail.event.type != CHANGE)
    others = (_event(detail) for detail in fixed if detail.event.id not in kept)
    due = (_deadline(one) for one in ledger if is_due(one, today) and (events is None or one.event in events))
    found = [*(one for one in due if window.covers(one.first_day, one.last_day)), *others]
    return tuple(sorted(found, key=lambda due: (due.last_day, due.first_day, due.event)))


def is_cut(
    graph: Graph,
    *,
    today: str,
    window: Window = ALWAYS,
    events: frozenset[str] | None = None,
    as_of: str | None = None,
    limit: int = MOST_FIXED,
) -> bool:
    """Whether more is fixed for these days than `upcoming` lists of it."""
    return count_events(graph, _fixed(today, window, events, as_of)) > limit


def _fixed(today: str, window: Window, events: frozenset[str] | None, as_of: str | None) -> EventFilter:
    first = max(today, window.first or today)
    return EventFilter(statuses=(Status.SCHEDULED,), first=first, last=window.last, events=events, as_of=as_of)


def is_due(deadline: DeadlineView | LedgerLine, today: str) -> bool:
    """False once its day has passed or it was settled before."""
    return deadline.due >= today and deadline.state not in SETTLED


def bound(due: DueView) -> tuple[ActorView, ...]:
    """Who is held to it: those who are obliged or, where nobody is said to be, those who act in it."""
    acting = [actor for actor in due.actors if actor.role != MENTIONED]
    obliged = [actor for actor in acting if actor.role == OBLIGED]
    return tuple({actor.id: actor for actor in obliged or acting}.values())


def due_days(steps: Iterable[StepView], due: str) -> tuple[str, str]:
    """The first day and the precision of a due day as the most exact of its claims puts it: of "by 2027", the year."""
    claims = (step.claim for step in steps)
    return most_exact(((claim.first_day, claim.last_day, claim.precision) for claim in claims), due)


def most_exact(told: Iterable[tuple[str | None, str | None, str | None]], due: str) -> tuple[str, str]:
    """The same of the first days, last days and precisions of the claims."""
    ending = [(first, precision) for first, last, precision in told if last == due and first and precision]
    return max(ending, default=(due, Precision.DAY.value))


def _deadline(found: DeadlineView) -> DueView:
    first_day, precision = due_days(found.steps, found.due)
    telling = [step.claim for step in found.steps if step.claim.last_day == found.due]
    return DueView(
        event=found.event,
        type=found.type,
        title=found.title,
        first_day=first_day,
        last_day=found.due,
        precision=precision,
        actors=found.actors,
        says=(telling or [step.claim for step in found.steps])[-1],
        deadline=found,
    )


def _event(detail: EventDetail) -> DueView:
    event = detail.event
    days = (event.first_day, event.last_day)
    telling = [claim for claim in detail.claims if (claim.first_day, claim.last_day) == days]
    return DueView(
        event=event.id,
        type=event.type,
        title=event.title,
        first_day=event.first_day,
        last_day=event.last_day,
        precision=event.precision,
        actors=event.actors,
        says=(telling or detail.claims)[-1],
    )
