"""The deadline ledger: what was set, moved, met or let pass, step by step, as it became known.

A deadline is an event of the family `deadlines`, and its claims give its days. What its story tells besides adds to
that: an order that puts it off to another day, a court that stays it, a report that the thing was done in time. The day
on which a law takes effect is kept in the same way once somebody moved it, or would.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from kb.fold.claim import ReportedClaim
from kb.fold.effects import is_effect, speaks_of_moving, stays, takes_effect
from kb.fold.events import Event, Revision, is_deadline
from kb.fold.evidence import duties
from kb.fold.identity import CHANGE, rules
from kb.fold.keeping import OBLIGED, is_in_time, keeps, may_keep
from kb.fold.notices import is_firm, names_two, speaks_of_one, tells_due
from kb.fold.outcomes import LAPSED, denies_keeping, moves_up, outcome_of
from kb.fold.timing import moved, moves
from kb.fold.words import stem
from kb.model import EventStatus, Status
from kb.timevalue import parse_day

_LOOKS_BACK = 400
"""Days after which a deadline that nobody speaks of is no longer the one that an order puts off."""
_AUTHORITIES = ("authority", "issuer", "court", "agency", "imposed_by")
_DECISIONS = (CHANGE, "executive_action", "court_ruling", "rule_action", "legislative_vote")


class Change(StrEnum):
    """What a step did to a deadline."""

    SET = "set"
    EXTENDED = "extended"
    MOVED_UP = "moved-up"
    STAYED = "stayed"
    WAIVED = "waived"
    LAPSED = "lapsed"
    MET = "met"
    MISSED = "missed"
    IN_EFFECT = "in-effect"
    """Of the day on which something takes effect: it did."""


_ENDS = {
    Change.MET: EventStatus.OCCURRED,
    Change.IN_EFFECT: EventStatus.OCCURRED,
    Change.WAIVED: EventStatus.CANCELLED,
    Change.LAPSED: EventStatus.CANCELLED,
}
"""Status of a deadline's event by how it ended; one that was missed or stayed stays what it is.

One that lapsed when its day was over was not called off: a period for comments closed.
"""
_MOVING = (Change.SET, Change.EXTENDED, Change.MOVED_UP)
_UNSTEADY = (Change.EXTENDED, Change.MOVED_UP, Change.STAYED)
"""What has to become of a day of effect for it to have a ledger."""
_Becomes = Callable[[ReportedClaim, str, Sequence[ReportedClaim]], "Change | None"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the history of a deadline."""

    change: Change
    due: str
    known_on: str | None
    by: str | None
    """The entity that decided it, where the article says so."""
    slippage: int
    """Days from the first due day to this one."""
    claim: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A deadline and what became of it."""

    event: str
    title: str
    due: str
    state: str
    """open, passed, stayed, waived, lapsed, met, missed or in-effect."""
    actors: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Articles:
    """What each article tells besides a deadline: the ledger of a deadline looks no further than its own articles.

    So it changes only when one of these comes, goes or changes, or when its claims are taken for another event.
    """

    claims: Mapping[str, Sequence[ReportedClaim]]
    """What bears on deadlines in an article, by its id."""
    _notices: dict[str, Mapping[str, list[ReportedClaim]]] = field(default_factory=dict)

    @classmethod
    def of(cls, claims: Iterable[ReportedClaim]) -> Articles:
        """The articles of these claims."""
        found: dict[str, list[ReportedClaim]] = defaultdict(list)
        for claim in claims:
            if bears_on_deadlines(claim):
                found[claim.article].append(claim)
        return cls({id_: sorted(told, key=lambda claim: claim.order) for id_, told in found.items()})

    @staticmethod
    def wanted(claims: Iterable[ReportedClaim]) -> set[str]:
        """The articles that the ledgers of a thread of these claims look into."""
        return {claim.article for claim in claims if not claim.undated and (moves(claim) or tells_due(claim))}

    def beside(self, articles: Iterable[str]) -> list[ReportedClaim]:
        """The claims of those articles that tell of any deadline's fate, in the order of `ReportedClaim.order`."""
        told = (self.claims.get(id_, ()) for id_ in articles)
        return sorted((claim for some in told for claim in some), key=lambda claim: claim.order)

    def notices(self, article: str) -> Mapping[str, list[ReportedClaim]]:
        """Claims of an article that say something of one of its deadlines, by the claim that tells of that one."""
        if article not in self._notices:
            self._notices[article] = _notices_in(self.claims.get(article, ()))
        return self._notices[article]

    @cached_property
    def deciders(self) -> Mapping[str, frozenset[str]]:
        """Who decides something in each article."""
        return _deciders(claim for told in self.claims.values() for claim in told)


@dataclass(slots=True)
class _Chain:
    """A deadline while its ledger is being kept."""

    event: Event
    notices: list[ReportedClaim]
    topics: frozenset[str]
    duties: frozenset[str]
    becomes: _Becomes = field(default_factory=lambda: _outcome)
    """What one claim says of it, beside all of its day."""
    steps: list[Step] = field(default_factory=list)


def keep_ledgers(claims: Collection[ReportedClaim], events: Iterable[Event], *, today: str) -> list[Entry]:
    """The ledgers of all deadlines among `events`, by due day; `claims` are all of the articles that tell of them.

    Claims of other articles may be among them and change nothing, nor does the order of any. Deadlines that were only
    ever thought of are left out.
    """
    kept = with_ledgers(events, {claim.id: claim for claim in claims}, Articles.of(claims))
    entries = [entry_of(event, steps, today=today) for event, steps in kept if steps]
    return sorted(entries, key=lambda entry: (entry.due, entry.event))


def with_ledgers(
    events: Iterable[Event], claims: Mapping[str, ReportedClaim], articles: Articles
) -> list[tuple[Event, tuple[Step, ...]]]:
    """Each event as its ledger leaves it, with the steps of that; () for what has none."""
    known = {claim.id: claim for told in articles.claims.values() for claim in told} | dict(claims)
    kept = ((event, keep_ledger(event, known, articles)) for event in events)
    return [(_settled(event, steps, known) if steps else event, steps) for event, steps in kept]


def _settled(event: Event, steps: Sequence[Step], claims: Mapping[str, ReportedClaim]) -> Event:
    """The event with the day and the status that its ledger ends with, which other events may have given it."""
    last = steps[-1]
    due, claim = due_of(steps), claims[last.claim]
    first = claim.first_day if claim.last_day == due and claim.first_day <= due else due
    days = (event.first_day, event.last_day) if event.last_day == due else (first, due)
    status = _end_of(last) or event.status
    if days != (event.first_day, event.last_day) or (last.change in _MOVING and status == EventStatus.OVERTAKEN):
        status = _end_of(last) or EventStatus.SCHEDULED
    if any("status" in claims[id_].corrected for id_ in event.claims):
        status = event.status
    if (status, *days) == (event.status, event.first_day, event.last_day):
        return event
    because = None if claim.id in event.claims else f"{last.change.value}: {claim.title}"
    step = Revision(len(event.revisions) + 1, *days, status, last.known_on, last.claim, because)
    precision = event.precision if days[1] == event.last_day else "day" if days[0] == days[1] else claim.precision
    return replace(
        event, status=status, first_day=days[0], last_day=days[1], precision=precision,
        revisions=(*event.revisions, step),
    )  # fmt: skip


def _end_of(step: Step) -> EventStatus | None:
    """The status of what ended with this step; None if it did not end, or its status says no more."""
    if step.change is Change.LAPSED and (step.known_on or "") >= step.due:
        return EventStatus.OCCURRED
    return _ENDS.get(step.change)


def keep_ledger(event: Event, claims: Mapping[str, ReportedClaim], articles: Articles) -> tuple[Step, ...]:
    """The steps of one deadline; () for what is none, was only thought of, or only tells how another one ended.

    `claims` are its own by id, and those it was `moved_by` and `kept_by`.
    """
    told = [claims[id_] for id_ in event.claims]
    if is_deadline(told):
        return _of_deadline(event, told, claims, articles)
    return _of_effect(event, told, claims) if is_effect(told) else ()


def _of_deadline(
    event: Event, told: Sequence[ReportedClaim], claims: Mapping[str, ReportedClaim], articles: Articles
) -> tuple[Step, ...]:
    firm = [claim for claim in told if is_firm(claim) or denies_keeping(claim)]
    own = {claim.id for claim in told}
    tellers = [claim for claim in told if moves(claim) or tells_due(claim)]
    notices = (notice for claim in tellers for notice in articles.notices(claim.article).get(claim.id, ()))
    beside = [notice for notice in notices if notice.id not in own]
    if not firm or _only_ends_another(firm, own, articles):
        return ()
    beside += [claims[id_] for id_ in event.moved_by if claims[id_].article not in {one.article for one in told}]
    topics = frozenset(topic for claim in told for topic in (*claim.topics, *claim.names))
    found = frozenset(duty for claim in told for duty in duties(claim))
    chain = _Chain(event, [*firm, *_recounted(event, claims), *beside], topics, found)
    chain.steps = list(_steps(chain, articles.deciders))
    outcomes = [claims[id_] for id_ in event.kept_by]
    taken = own | {notice.id for notice in beside}
    for claim in sorted({*articles.beside({c.article for c in tellers}), *outcomes}, key=lambda claim: claim.order):
        if claim.id not in taken:
            _fulfil(claim, chain)
    return tuple(chain.steps)


def _of_effect(event: Event, told: Sequence[ReportedClaim], claims: Mapping[str, ReportedClaim]) -> tuple[Step, ...]:
    """The steps of a day of effect that was moved or stayed, or of which a report says that somebody would move it."""
    firm = [claim for claim in told if is_firm(claim)]
    beside = [_told_of_day(claims[id_], told) for id_ in event.moved_by]
    chain = _Chain(event, [*firm, *beside], frozenset(), frozenset(), _effected)
    steps = tuple(_steps(chain, {})) if firm else ()
    return steps if any(map(speaks_of_moving, firm)) or any(step.change in _UNSTEADY for step in steps) else ()


def _told_of_day(claim: ReportedClaim, told: Sequence[ReportedClaim]) -> ReportedClaim:
    """What stays a day of effect, as a notice of that day; what moves one tells its new day itself."""
    of = next((one for one in told if stays(claim, one)), None)
    return claim if of is None else replace(claim, first_day=of.first_day, last_day=of.last_day)


def bears_on_deadlines(claim: ReportedClaim) -> bool:
    """True for a claim that a ledger may have to know: of a deadline, or of what one is moved, decided or kept by."""
    return not claim.undated and (
        moves(claim)
        or tells_due(claim)
        or may_keep(claim)
        or (claim.type in _DECISIONS and claim.status is Status.OCCURRED and moved(claim))
    )


def _recounted(event: Event, claims: Mapping[str, ReportedClaim]) -> list[ReportedClaim]:
    """What moved the day that a legal clock counts from, as notices of the day on which it runs out since."""
    moved_on = (step for step in event.revisions if step.because and step.status == EventStatus.SCHEDULED)
    return [
        replace(claims[step.claim], first_day=step.first_day, last_day=step.last_day, status=Status.SCHEDULED)
        for step in moved_on
    ]


def _notices_in(claims: Sequence[ReportedClaim]) -> Mapping[str, list[ReportedClaim]]:
    """The claims of one article that tell until when a deadline now runs, or how it ended, each with its best one."""
    due = [claim for claim in claims if moves(claim) and is_firm(claim)]
    found: dict[str, list[ReportedClaim]] = defaultdict(list)
    for claim in claims:
        if _ends_only(claim) and (
            same := [one for one in due if one.last_day == claim.last_day and not _ends_only(one)]
        ):
            found[min(same, key=lambda one: one.order).id].append(claim)
        elif tells_due(claim) and (ranked := [(rank, one.id) for one in due if (rank := _rank(claim, one, due))]):
            found[max(ranked)[1]].append(claim)
    return found


def _ends_only(claim: ReportedClaim) -> bool:
    """True for "many missed that date": it says how a deadline ended, not what it was for."""
    told = moves(claim) and (is_firm(claim) or denies_keeping(claim))
    return told and any(stem(claim.trigger) in words for words in rules().outcomes.values())


def _only_ends_another(firm: Sequence[ReportedClaim], own: Collection[str], articles: Articles) -> bool:
    """True if all that is told of a deadline is how another one ended, in whose ledger it stands."""
    if not all(_ends_only(claim) for claim in firm):
        return False
    return any(
        claim.id in {notice.id for notice in notices} and of not in own
        for claim in firm
        for of, notices in articles.notices(claim.article).items()
    )


def _rank(claim: ReportedClaim, due: ReportedClaim, among: Sequence[ReportedClaim]) -> tuple[object, ...] | None:
    """How well a notice goes with a deadline that its article tells of; None if not at all."""
    mine, theirs = duties(claim), duties(due)
    one_sentence, same_day, same_duty = due.quote == claim.quote, due.last_day == claim.last_day, bool(mine & theirs)
    vague = not (mine and theirs) and speaks_of_one(claim)
    far = abs(_days(claim.last_day, due.last_day)) > _LOOKS_BACK
    long_over = far or _days(due.last_day, claim.published or claim.last_day) > _LOOKS_BACK
    if not (one_sentence or same_day or same_duty or vague) or (long_over and not same_day):
        return None
    shared = len({*due.names, *due.acting} & {*claim.names, *claim.acting})
    told = sum(bool(theirs & duties(other)) for other in among)
    return (one_sentence, same_day, same_duty, shared, told, due.last_day)


def _steps(chain: _Chain, deciders: Mapping[str, frozenset[str]]) -> Iterator[Step]:
    ordered = sorted(chain.notices, key=_as_told)
    first = current = ""
    obliged = _obliged(chain.event)
    known: set[str] = set()
    ended: set[tuple[Change, str]] = set()

    def ending(outcome: Change, claim: ReportedClaim) -> Step:
        by = _by(claim, deciders, obliged)
        return Step(outcome, current, claim.published, by, _days(first, current), claim.id)

    for _, group in groupby(ordered, key=lambda claim: claim.published):
        today = list(group)
        for claim in today:
            if chain.becomes(claim, current, today) == Change.MISSED and (Change.MISSED, current) not in ended:
                ended.add((Change.MISSED, current))
                yield ending(Change.MISSED, claim)
        for claim in today:
            for due in _dues(claim):
                if any(claim.first_day <= day <= claim.last_day for day in known) and not names_two(claim):
                    continue  # told already, to the day
                before = known and due < min(known) and due < (claim.published or "")
                if due in known or (before and not moves_up(claim)):
                    continue  # told already, or of a day before the first one: of some other deadline
                change = _change(due, current, claim)
                first = first or due
                known.add(due)
                current = due if change in (Change.SET, Change.MOVED_UP) else max(current, due)
                yield Step(change, due, claim.published, _by(claim, deciders, obliged), _days(first, due), claim.id)
        for claim in today:
            outcome = chain.becomes(claim, current, today)
            if outcome and (outcome, current) not in ended:
                ended.add((outcome, current))
                yield ending(outcome, claim)


def _as_told(claim: ReportedClaim) -> tuple[object, ...]:
    """Order of notices: by day of publication, and of one day those first that say which day no longer holds."""
    return (claim.published or "", claim.status is not Status.CANCELLED, claim.last_day, claim.id)


def _dues(claim: ReportedClaim) -> tuple[str, ...]:
    """The days a notice names: "from A to B" names the old one too."""
    if names_two(claim):
        return (claim.first_day, claim.last_day)
    return (claim.last_day,)


def _change(due: str, current: str, claim: ReportedClaim) -> Change:
    if not current:
        return Change.SET
    sooner = due < current and (due >= (claim.published or "") or moves_up(claim))
    return Change.MOVED_UP if sooner and claim.status is not Status.CANCELLED else Change.EXTENDED


def _outcome(claim: ReportedClaim, current: str, today: Sequence[ReportedClaim]) -> Change | None:
    """What a claim says became of the deadline, by the word that names it; a newer day told beside it says no end."""
    if claim.last_day != current:
        return None
    outcome = outcome_of(claim, over=(claim.published or "") >= current)
    moved_on = any(other.last_day > claim.last_day for other in today)
    return None if outcome is None or (outcome == Change.LAPSED and moved_on) else Change(outcome)


def _effected(claim: ReportedClaim, current: str, _: Sequence[ReportedClaim]) -> Change | None:
    """What a claim says of a day of effect: that a court stayed it, that it came, or that what was to end did."""
    if claim.last_day != current:
        return None
    if outcome_of(claim, over=False) == Change.STAYED:
        return Change.STAYED
    over = (claim.published or "") >= current
    came = takes_effect(claim) and claim.status in (Status.OCCURRED, Status.ONGOING)
    if over and came and stem(claim.trigger) in rules().outcomes[LAPSED]:
        return Change.LAPSED
    return Change.IN_EFFECT if over and came else None


def _fulfil(claim: ReportedClaim, chain: _Chain) -> None:
    """Add a step if `claim` reports the deadline as met: its duty done, in time, and not known before."""
    last = chain.steps[-1] if chain.steps else None
    if last is None or last.change not in _MOVING:
        return
    obliged = _obliged(chain.event)
    if not keeps(claim, asked=chain.duties, obliged=obliged, due=last.due):
        return
    says_so = is_in_time(claim) and any(one.quote == claim.quote for one in chain.notices)
    ahead = any(one.article == claim.article and _is_ahead(one) for one in chain.notices)
    if ahead and not obliged and not says_so:
        return  # by whomever it is to be done: its own article tells of it as to come
    before = max((step.known_on or "" for step in chain.steps if step.due == last.due), default="")
    earlier = max((step.due for step in chain.steps if step.due < last.due), default="")
    in_time = max(min(before, last.due), earlier) <= claim.first_day and claim.last_day <= last.due
    shares = chain.topics & frozenset((*claim.names, *(id_ for _, id_ in claim.actors)))
    if in_time and (shares or says_so) and (claim.published or "") >= before:
        chain.steps.append(Step(Change.MET, last.due, claim.published, None, last.slippage, claim.id))


def _is_ahead(claim: ReportedClaim) -> bool:
    return claim.status is Status.SCHEDULED and claim.last_day > (claim.published or "")


def _obliged(event: Event) -> frozenset[str]:
    return frozenset(entity for role, entity in event.actors if role == OBLIGED)


def _deciders(claims: Iterable[ReportedClaim]) -> dict[str, frozenset[str]]:
    """Who decides something in each article."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.type in _DECISIONS and claim.status is Status.OCCURRED and moved(claim):
            found[claim.article].update(id_ for role, id_ in claim.actors if role in _AUTHORITIES)
    return {article: frozenset(ids) for article, ids in found.items()}


def _by(claim: ReportedClaim, deciders: Mapping[str, frozenset[str]], obliged: Set[str]) -> str | None:
    """Who decided it, according to the claim or else to its article. Whoever has the duty does not decide on it."""
    own = [id_ for role, id_ in claim.actors if role in _AUTHORITIES and id_ not in obliged]
    if own:
        return min(own)
    others = deciders.get(claim.article, frozenset())
    return next(iter(others)) if len(others) == 1 and moved(claim) else None


def _days(first: str, last: str) -> int:
    return (parse_day(last) - parse_day(first)).days


def entry_of(event: Event, steps: Sequence[Step], *, today: str) -> Entry:
    """The ledger of an event as it stands on `today` (ISO); `steps` are not empty."""
    return Entry(event.id, event.title, due_of(steps), state_of(steps, today=today), event.actors, tuple(steps))


def state_of(steps: Sequence[Step], *, today: str) -> str:
    """How it ended, else whether it is still open on `today` (ISO) or has passed."""
    if steps[-1].change not in _MOVING:
        return steps[-1].change.value
    return "open" if due_of(steps) >= today else "passed"


def due_of(steps: Sequence[Step]) -> str:
    """The day on which a deadline runs out after these steps."""
    return max(step.due for step in steps) if steps[-1].change is Change.EXTENDED else steps[-1].due
