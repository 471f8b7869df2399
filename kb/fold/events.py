"""Events as what a group of claims says together: which one it is, decides `kb.fold.threads`.

The fold is a function of a set of claims: their order, and when each of them was recorded, change nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kb.fold.claim import MENTIONED, ReportedClaim
from kb.fold.effects import was_moved
from kb.fold.evidence import duties
from kb.fold.history import Surroundings, may_be_overtaken
from kb.fold.identity import DEADLINES, rules
from kb.fold.notices import still_stands
from kb.fold.phrases import phrases
from kb.fold.rulings import Rulings
from kb.fold.threads import Thread, thread_claims
from kb.fold.ties import moved_to
from kb.fold.timing import moves, without_missed_plans
from kb.fold.words import any_of, stem
from kb.ids import event_id
from kb.model import EventStatus, Status

_FIRMNESS = tuple(
    Status(name) for name in ("occurred", "ongoing", "cancelled", "denied", "scheduled", "proposed", "hypothetical")
)
"""Which status speaks for a day on which as many claims say one thing as another: the firmer one."""
_DUE = (Status.SCHEDULED, Status.ONGOING, Status.OCCURRED)
_TELLING = 4
"""Words that a title needs to say something by itself."""
_SIDES = 2
"""Roles of which a title tells: who does it, and to whom or what."""
_DAY_WORDS = frozenset(stem(word) for word in "deadline date day delay extension reprieve pause stay period".split())
_PRECISION = ("day", "week", "range", "month", "season", "quarter", "year", "decade")


@dataclass(frozen=True, slots=True)
class Revision:
    """One step in what is known of an event: from `known_on` on it had these days and this status."""

    seq: int
    first_day: str
    last_day: str
    status: EventStatus
    known_on: str | None
    claim: str
    """The claim that says so; of another event where `because` is told."""
    because: str | None = None
    """What another event did to this one; None for what its own claims say."""


@dataclass(frozen=True, slots=True)
class Event:
    """What a set of claims says together."""

    id: str
    type: str
    status: EventStatus
    title: str
    first_day: str
    last_day: str
    precision: str
    actors: tuple[tuple[str, str], ...]
    claims: tuple[str, ...]
    """By day of publication."""
    sources: int
    """Independent ones: outlets that report it, those that print one text counted once."""
    outlets: int
    """Outlets that report it; articles without a named one count as one."""
    first_reported: str | None
    last_reported: str | None
    revisions: tuple[Revision, ...]
    because: tuple[str, ...]
    """Why its claims are taken for one event; empty for one claim."""
    moved_by: tuple[str, ...] = ()
    """Claims that say until when a deadline runs, in articles that may not tell of it otherwise."""
    mentions: tuple[str, ...] = ()
    """Claims without a day that speak of it: they date nothing, change no status and count as no report."""
    kept_by: tuple[str, ...] = ()
    """Claims that report a deadline's duty as done, in articles that do not tell of it."""


def fold_events(claims: Collection[ReportedClaim], rulings: Rulings = Rulings()) -> list[Event]:  # noqa: B008 - frozen
    """The events that `claims` are about, by first day, then id."""
    return events_of(thread_claims(claims, rulings))


def events_of(threads: Iterable[Thread]) -> list[Event]:
    """The events of these threads, by first day, then id."""
    events = [event for thread in threads for event in _fold_thread(thread)]
    return sorted(events, key=lambda event: (event.first_day, event.last_day, event.id))


def _fold_thread(thread: Thread) -> list[Event]:
    around = Surroundings(thread)
    return [
        replace(_fold_group(group, thread, around), mentions=tuple(claim.id for claim in mentions))
        for group, mentions in zip(thread.groups, thread.mentions, strict=True)
    ]


def _fold_group(told: Sequence[ReportedClaim], thread: Thread, around: Surroundings) -> Event:
    """The event that the claims of a group, in order, tell of."""
    type_ = usual_type(told)
    own = _moved_revisions(told) if is_deadline(told) or was_moved(told) else _revisions(around.done(told))
    revisions = _with_overtaking(_with_recounts(own, told, around), told, around)
    spoken_for = _spokesman(told, type_, revisions[-1])
    reported = [claim.published for claim in told if claim.published]
    return Event(
        id=event_id(told[0].id),
        type=type_,
        status=revisions[-1].status,
        title=_title(told, type_, spoken_for),
        first_day=revisions[-1].first_day,
        last_day=revisions[-1].last_day,
        precision=spoken_for.precision if (spoken_for.first_day, spoken_for.last_day) == _days(revisions) else "day",
        actors=_actors(told),
        claims=tuple(claim.id for claim in told),
        sources=independent_sources(told),
        outlets=len({claim.source for claim in told}),
        first_reported=min(reported, default=None),
        last_reported=max(reported, default=None),
        revisions=revisions,
        because=reasons(told, thread),
        moved_by=around.moved_by(told),
        kept_by=around.kept_by(told),
    )


def _days(revisions: Sequence[Revision]) -> tuple[str, str]:
    return revisions[-1].first_day, revisions[-1].last_day


def _with_recounts(
    own: tuple[Revision, ...], told: Sequence[ReportedClaim], around: Surroundings
) -> tuple[Revision, ...]:
    """The history with the days that legal clocks were counted again to, each when that became known."""
    recounts = around.recounts(told)
    if not recounts or Status(own[-1].status) not in _DUE:
        return own
    status = EventStatus(Status.SCHEDULED)
    added = [Revision(0, r.day, r.day, status, r.by.published, r.by.id, r.because) for r in recounts]
    together = sorted([*own, *added], key=lambda step: (step.known_on or "", step.because is not None))
    kept = [step for i, step in enumerate(together) if i == 0 or _is_news(step, together[i - 1])]
    return tuple(replace(step, seq=seq) for seq, step in enumerate(kept, start=1))


def _is_news(step: Revision, before: Revision) -> bool:
    return (step.first_day, step.last_day, step.status) != (before.first_day, before.last_day, before.status)


def _with_overtaking(
    own: tuple[Revision, ...], told: Sequence[ReportedClaim], around: Surroundings
) -> tuple[Revision, ...]:
    """The history with the news that something else came in its way, if nothing was told of it since."""
    found, last = around.overtaking(told), own[-1]
    if not found or not may_be_overtaken(Status(last.status), told, found):
        return own
    step = replace(
        last,
        seq=last.seq + 1,
        status=EventStatus.OVERTAKEN,
        known_on=found.by.published,
        claim=found.by.id,
        because=found.because,
    )
    return (*own, step)


def usual_type(told: Sequence[ReportedClaim]) -> str:
    """What most claims call it; a type that says something before `other`."""
    votes = Counter(claim.type for claim in told)
    return min(votes, key=lambda type_: (type_ == "other", -votes[type_], type_))


def is_deadline(told: Sequence[ReportedClaim]) -> bool:
    """True if claims taken for one event are, on the whole, of one that stays itself when its day changes."""
    return rules().family(usual_type(told)) == DEADLINES


def _spokesman(told: Sequence[ReportedClaim], type_: str, now: Revision) -> ReportedClaim:
    """The claim whose title speaks for all: of these days, this type and this status, the most certain.

    What took place is not called by a plan for it, "Judge will hear the motion"; but a deadline by what is to be done.
    """
    days = (now.first_day, now.last_day)
    due = rules().family(type_) == DEADLINES
    return min(
        told,
        key=lambda claim: (
            (claim.first_day, claim.last_day) != days,
            claim.type != type_,
            not due and claim.status.value != now.status.value,
            -claim.confidence,
            claim.id,
        ),
    )


def _title(told: Sequence[ReportedClaim], type_: str, spoken_for: ReportedClaim) -> str:
    """The spokesman's title, unless it says too little ("New deadline", "Roe moves deadline") and another's says more.

    Of those that say enough, one that knows who did it to whom says more than one that knows only the one or the other.
    The day of a deadline that moved is no part of what it is for, so that any of its claims may name it.
    """
    first, last = spoken_for.first_day, spoken_for.last_day

    def fits(claim: ReportedClaim) -> bool:
        told_of_it = claim.undated and claim.status == spoken_for.status
        return moves(claim) or (claim.first_day <= last and first <= claim.last_day) or told_of_it

    def rank(claim: ReportedClaim) -> tuple[bool, bool, bool, bool, int, bool, float, str]:
        back = phrases().looks_back.search(claim.title) is not None
        another = not moves(claim) and claim.status != spoken_for.status
        one_sided = -min(_SIDES, len({role for role, _ in claim.actors if role != MENTIONED}))
        settled = claim is not spoken_for
        return (
            _is_thin(claim.title),
            _names_no_duty(claim),
            back,
            another,
            one_sided,
            settled,
            -claim.confidence,
            claim.id,
        )

    return min((c for c in told if c.type == type_ and fits(c)), key=rank, default=spoken_for).title


def _names_no_duty(claim: ReportedClaim) -> bool:
    """True for a title that says of a deadline only that there is one, or who moves it: "Roe moves deadline"."""
    return moves(claim) and any_of(claim.title, _DAY_WORDS) and not duties(claim)


def _is_thin(title: str) -> bool:
    return len(title.split()) < _TELLING or phrases().points_elsewhere.search(title) is not None


def _actors(told: Iterable[ReportedClaim]) -> tuple[tuple[str, str], ...]:
    """All roles of all claims; who acts according to one claim is not also only mentioned according to another."""
    actors = {actor for claim in told for actor in claim.actors}
    acting = {entity for role, entity in actors if role != MENTIONED}
    return tuple(sorted((role, entity) for role, entity in actors if role != MENTIONED or entity not in acting))


def independent_sources(told: Iterable[ReportedClaim]) -> int:
    """How many sources: an outlet is one however often it reports, and so are outlets that print one text."""
    groups: list[set[str]] = []
    for claim in told:
        marks = {f"outlet {claim.source}", f"text {claim.origin}"}
        touched = [group for group in groups if group & marks]
        groups = [group for group in groups if not group & marks] + [marks.union(*touched)]
    return len(groups)


def reasons(told: Sequence[ReportedClaim], thread: Thread) -> tuple[str, ...]:
    """The reasons of the links inside the group, the most frequent first, each once."""
    inside = {claim.id for claim in told}
    within = (link for link in thread.links if link.one in inside and link.other in inside)
    counted = Counter(text for link in within for text in link.because)
    return tuple(sorted(counted, key=lambda text: (-counted[text], text)))


def _revisions(told: Sequence[ReportedClaim]) -> tuple[Revision, ...]:
    """One revision for each publication day on which status or days differ from the day before."""
    revisions: list[Revision] = []
    known: list[ReportedClaim] = []
    for published, group in groupby(told, key=lambda claim: claim.published):
        today = list(group)
        known += today
        status, (first, last) = status_of_day(today), _finest(known)
        now = (EventStatus(status), first, last)
        if revisions and now == (revisions[-1].status, revisions[-1].first_day, revisions[-1].last_day):
            continue
        because = min(
            today, key=lambda claim: (claim.status != status, (claim.first_day, claim.last_day) != (first, last))
        )
        revisions.append(Revision(len(revisions) + 1, first, last, EventStatus(status), published, because.id))
    return tuple(revisions)


def _finest(told: Sequence[ReportedClaim]) -> tuple[str, str]:
    """The most exact days told, of two such those that more claims tell; a plan that was missed dates no event."""
    known = without_missed_plans(_since_moved(told))
    votes = Counter((claim.first_day, claim.last_day) for claim in known)
    best = min(
        known,
        key=lambda claim: (
            _PRECISION.index(claim.precision) if claim.precision in _PRECISION else len(_PRECISION),
            -votes[claim.first_day, claim.last_day],
            claim.first_day,
            claim.last_day,
        ),
    )
    return best.first_day, best.last_day


def _since_moved(told: Sequence[ReportedClaim]) -> Sequence[ReportedClaim]:
    """The claims told since the last one that puts off the event to another day; all of what nothing puts off."""
    last = max((at for at, claim in enumerate(told) if moved_to(claim)), default=0)
    return told[last:]


def _moved_revisions(told: Sequence[ReportedClaim]) -> tuple[Revision, ...]:
    """The history of a deadline or a day of effect that moved: what is told of a day past by then moves it no more."""
    revisions: list[Revision] = []
    standing = [replace(claim, status=Status.SCHEDULED) if still_stands(claim) else claim for claim in told]
    for published, group in groupby(standing, key=lambda claim: claim.published):
        today = sorted(group, key=lambda claim: (claim.last_day, claim.id))
        current = revisions[-1] if revisions else None
        because = _due_that_day(today, current, published or "")
        if because is None:
            continue
        same = [claim for claim in today if (claim.first_day, claim.last_day) == (because.first_day, because.last_day)]
        step = (because.first_day, because.last_day, EventStatus(status_of_day(same)))
        if current is None or step != (current.first_day, current.last_day, current.status):
            revisions.append(Revision(len(revisions) + 1, *step, published, because.id))
    return tuple(revisions)


def _due_that_day(today: Sequence[ReportedClaim], current: Revision | None, published: str) -> ReportedClaim | None:
    """The claim that tells what is due as of that day: a day to come if there is one, else what it was."""
    standing = [claim for claim in today if claim.status in _DUE]
    ahead = [claim for claim in standing if claim.last_day >= published]
    if ahead:
        return ahead[-1]
    if current is None:
        return (standing or list(today))[-1]
    later = [claim for claim in today if claim.last_day >= current.last_day]
    return later[-1] if later else None


def status_of_day(claims: Iterable[ReportedClaim]) -> Status:
    """The status that most of these claims, of one day, give; the firmer one where as many say another."""
    votes = Counter(claim.status for claim in claims)
    return max(votes, key=lambda status: (votes[status], -_FIRMNESS.index(status)))
