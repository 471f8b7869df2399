"""The deadline ledger: what was set, moved, met or let pass, step by step, as it became known.

A deadline is an event of the family `deadlines`, and its claims give its days. What its story tells besides adds to
that: an order that puts it off to another day, a court that stays it, a report that the thing was done in time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby

from kb.fold.claim import ReportedClaim
from kb.fold.events import Event
from kb.fold.evidence import duties
from kb.fold.identity import rules
from kb.fold.outcomes import denies_keeping, moves_up, outcome_of
from kb.fold.timing import moved, moves
from kb.fold.words import stem
from kb.model import EventStatus, Status
from kb.timevalue import parse_day

_FIRM = (Status.SCHEDULED, Status.ONGOING, Status.OCCURRED, Status.CANCELLED)
_CHANGE = "deadline_change"
_TELLING = re.compile(r"\b(?:deadlines?|extend\w*|extension|reprieve)\b|\bnot (?:\w+ )?enforce\b", re.IGNORECASE)
_UP_TO = re.compile(r"\b(?:to|until|till|through|for|at)\s+(?:the\s+)?$", re.IGNORECASE)
_LOOKS_BACK = 400
"""Days after which a deadline that nobody speaks of is no longer the one that an order puts off."""
_AUTHORITIES = ("authority", "issuer", "court", "agency", "imposed_by")
_NO_CHANGE = ("appointment", "election", "statement", "publication", "financial_report")
"""Types of events that say nothing of a deadline, though their sentence speaks of one, or of a term extended."""
_DELIVERIES = ("court_filing", "publication", "rule_action", "legislative_vote")
"""Types of what is handed in, put out or decided by a day."""
_SHORTLY = 7
"""Days before a deadline on which what those held to it hand in is taken for what was due."""
_DECISIONS = (_CHANGE, "executive_action", "court_ruling", "rule_action", "legislative_vote")


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
    """open, passed, stayed, waived, lapsed, met or missed."""
    actors: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]


@dataclass(slots=True)
class _Chain:
    """A deadline while its ledger is being kept."""

    event: Event
    notices: list[ReportedClaim]
    topics: frozenset[str]
    duties: frozenset[str]
    dues: set[str] = field(default_factory=set)
    steps: list[Step] = field(default_factory=list)


def keep_ledgers(claims: Collection[ReportedClaim], events: Iterable[Event], *, today: str) -> list[Entry]:
    """The ledgers of all deadlines among `events`, by due day. `claims` are all those of articles that speak of any.

    Claims of other articles may be among them and change nothing, nor does the order of any. Deadlines that were only
    ever thought of are left out.
    """
    by_id = {claim.id: claim for claim in claims}
    chains = [chain for event in events if (chain := _chain(event, by_id))]
    chains = _with_outcomes(chains)
    taken = {claim.id for chain in chains for claim in chain.notices}
    telling = {claim.article for claim in claims if speaks_of_deadlines(claim)}
    claims = [claim for claim in claims if claim.article in telling]
    by_topic: dict[str, list[_Chain]] = defaultdict(list)
    for chain in chains:
        for topic in chain.topics:
            by_topic[topic].append(chain)
    others = sorted((claim for claim in claims if claim.id not in taken), key=lambda claim: claim.order)
    for claim in others:
        if _tells_due(claim) and (chain := _chain_of(claim, by_topic)):
            chain.notices.append(claim)
            chain.dues.add(claim.last_day)
    deciders = _deciders(claims)
    for chain in chains:
        chain.steps = list(_steps(chain, deciders))
    for claim in others:
        _fulfil(claim, by_topic)
    entries = [_entry(chain, today) for chain in chains if chain.steps]
    return sorted(entries, key=lambda entry: (entry.due, entry.event))


def speaks_of_deadlines(claim: ReportedClaim) -> bool:
    """True for a claim because of which its article's other claims may tell what became of a deadline."""
    return moves(claim) or bool(_TELLING.search(claim.quote))


def _chain(event: Event, claims: Mapping[str, ReportedClaim]) -> _Chain | None:
    told = [claims[id_] for id_ in event.claims]
    if not moves(told[0]):
        return None
    firm = [claim for claim in told if claim.status in _FIRM or denies_keeping(claim)] + _recounted(event, claims)
    topics = frozenset(topic for claim in told for topic in (*claim.topics, *claim.names))
    found = frozenset(duty for claim in told for duty in duties(claim))
    return _Chain(event, firm, topics, found, {claim.last_day for claim in firm}) if firm else None


def _recounted(event: Event, claims: Mapping[str, ReportedClaim]) -> list[ReportedClaim]:
    """What moved the day that a legal clock counts from, as notices of the day on which it runs out since."""
    moved_on = (step for step in event.revisions if step.because and step.status == EventStatus.SCHEDULED)
    return [
        replace(claims[step.claim], first_day=step.first_day, last_day=step.last_day, status=Status.SCHEDULED)
        for step in moved_on
    ]


def _with_outcomes(chains: list[_Chain]) -> list[_Chain]:
    """The chains, those that only say how a deadline ended ("many missed that date") as part of that one.

    It is of the same day and told in the same article, or of the same things.
    """
    ending = frozenset(word for words in rules().outcomes.values() for word in words)
    ends = [chain for chain in chains if all(stem(claim.trigger) in ending for claim in chain.notices)]
    by_due: dict[str, list[_Chain]] = defaultdict(list)
    for chain in chains:
        for due in sorted(chain.dues):
            by_due[due].append(chain)
    gone = set()
    for end in ends:
        around = [chain for due in sorted(end.dues) for chain in by_due[due] if all(chain is not one for one in ends)]
        ranked = [(shared, chain.event.id, chain) for chain in around if (shared := _shared(end, chain))]
        if ranked:
            chain = max(ranked, key=lambda item: item[:2])[2]
            chain.notices = [*chain.notices, *end.notices]
            gone.add(end.event.id)
    return [chain for chain in chains if chain.event.id not in gone]


def _shared(one: _Chain, other: _Chain) -> tuple[bool, int] | None:
    """Whether an article tells of both, and how many things both are about; None for neither."""
    together = bool({claim.article for claim in one.notices} & {claim.article for claim in other.notices})
    things = len(one.topics & other.topics)
    return (together, things) if together or things else None


def _tells_due(claim: ReportedClaim) -> bool:
    """True for a claim that is no deadline itself and says until when one now runs, whatever type of event it is."""
    told_firmly = claim.status in _FIRM or (claim.status is Status.DENIED and "enforce" in claim.quote)
    telling = claim.type == _CHANGE or (claim.type not in _NO_CHANGE and _TELLING.search(claim.quote))
    if moves(claim) or not told_firmly or not telling:
        return False
    at = claim.quote.find(claim.time_text) if claim.time_text else -1
    up_to = at >= 0 and bool(_UP_TO.search(claim.quote[:at]))
    return _names_two(claim) or up_to or claim.time_text.startswith(("until", "for ", "from "))


def _chain_of(claim: ReportedClaim, by_topic: Mapping[str, list[_Chain]]) -> _Chain | None:
    """The deadline that a notice moves: of its story and duty, told of last before it."""
    mine = duties(claim)
    found: dict[str, tuple[tuple[object, ...], _Chain]] = {}
    for topic in {*claim.topics, *claim.names}:
        for chain in by_topic.get(topic, ()):
            if chain.event.id in found or not _runs(chain, claim):
                continue
            shared = len(chain.topics & {*claim.topics, *claim.names})
            rank = (
                any(notice.quote == claim.quote for notice in chain.notices),
                claim.last_day in chain.dues,
                bool(mine & chain.duties),
                _sold_together(chain),
                shared,
                len(chain.notices),
                chain.event.id,
            )
            vague = not (mine and chain.duties) and bool(_TELLING.search(claim.quote))
            if rank[0] or vague or mine & chain.duties or claim.last_day in chain.dues:
                found[chain.event.id] = (rank, chain)
    return max(found.values(), key=lambda ranked: ranked[0])[1] if found else None


def _sold_together(chain: _Chain) -> bool:
    """True for a deadline that several articles tell of: the one that a story is about."""
    return len({claim.article for claim in chain.notices}) > 1


def _runs(chain: _Chain, claim: ReportedClaim) -> bool:
    """True if the deadline was known when the claim was published, and had not been over for long."""
    known = min((notice.published or "" for notice in chain.notices), default="")
    published = claim.published or claim.last_day
    if published < known:
        return False
    over = max(day for day in (*chain.dues, known or "0001-01-01") if day)
    return claim.last_day in chain.dues or (parse_day(published) - parse_day(over)).days <= _LOOKS_BACK


def _steps(chain: _Chain, deciders: Mapping[str, frozenset[str]]) -> Iterator[Step]:
    ordered = sorted(chain.notices, key=lambda claim: (claim.published or "", claim.last_day, claim.id))
    first = current = ""
    known: set[str] = set()
    ended: set[tuple[Change, str]] = set()
    for _, group in groupby(ordered, key=lambda claim: claim.published):
        today = list(group)
        for claim in today:
            for due in _dues(claim):
                if any(claim.first_day <= day <= claim.last_day for day in known) and not _names_two(claim):
                    continue  # told already, to the day
                before = known and due < min(known) and due < (claim.published or "")
                if due in known or (before and not moves_up(claim)):
                    continue  # told already, or of a day before the first one: of some other deadline
                change = _change(due, current, claim)
                first = first or due
                known.add(due)
                current = due if change in (Change.SET, Change.MOVED_UP) else max(current, due)
                yield Step(change, due, claim.published, _by(claim, deciders), _days(first, due), claim.id)
        for claim in today:
            outcome = _outcome(claim, current, today)
            if outcome and (outcome, current) not in ended:
                ended.add((outcome, current))
                yield Step(outcome, current, claim.published, _by(claim, deciders), _days(first, current), claim.id)


def _names_two(claim: ReportedClaim) -> bool:
    """True for "from A to B"."""
    return claim.type == _CHANGE and claim.precision == "range" and claim.time_text.casefold().startswith("from")


def _dues(claim: ReportedClaim) -> tuple[str, ...]:
    """The days a notice names: "from A to B" names the old one too."""
    if _names_two(claim):
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


def _fulfil(claim: ReportedClaim, by_topic: Mapping[str, list[_Chain]]) -> None:
    """Add a step to each deadline that `claim` reports as met: its duty done, in time, and not known before."""
    if claim.status is not Status.OCCURRED or moves(claim):
        return
    mine = duties(claim) if stem(claim.trigger) in rules().done else frozenset()
    met = {
        chain.event.id: chain
        for topic in claim.topics
        for chain in by_topic.get(topic, ())
        if mine & chain.duties or _delivers(claim, chain)
    }
    for chain in met.values():
        last = chain.steps[-1] if chain.steps else None
        if last is None or last.change not in (Change.SET, Change.EXTENDED, Change.MOVED_UP):
            continue
        before = max((step.known_on or "" for step in chain.steps if step.due == last.due), default="")
        earlier = max((step.due for step in chain.steps if step.due < last.due), default="")
        in_time = max(min(before, last.due), earlier) <= claim.first_day and claim.last_day <= last.due
        shares = chain.topics & frozenset((*claim.names, *(id_ for _, id_ in claim.actors)))
        others = bool(_obliged(chain) and claim.acting and not _obliged(chain) & claim.acting)
        if in_time and shares and not others and (claim.published or "") >= before:
            chain.steps.append(Step(Change.MET, last.due, claim.published, None, last.slippage, claim.id))


def _delivers(claim: ReportedClaim, chain: _Chain) -> bool:
    """True if those who are held to a deadline hand something in when it is due, whatever the word for it."""
    if claim.type not in _DELIVERIES or not _obliged(chain) & claim.acting or claim.first_day != claim.last_day:
        return False
    return 0 <= _days(claim.last_day, chain.event.last_day) <= _SHORTLY


def _obliged(chain: _Chain) -> frozenset[str]:
    return frozenset(entity for role, entity in chain.event.actors if role == "obliged")


def _deciders(claims: Iterable[ReportedClaim]) -> dict[str, frozenset[str]]:
    """Who decides something in each article."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.type in _DECISIONS and claim.status is Status.OCCURRED and moved(claim):
            found[claim.article].update(id_ for role, id_ in claim.actors if role in _AUTHORITIES)
    return {article: frozenset(ids) for article, ids in found.items()}


def _by(claim: ReportedClaim, deciders: Mapping[str, frozenset[str]]) -> str | None:
    own = [id_ for role, id_ in claim.actors if role in _AUTHORITIES]
    if own:
        return min(own)
    others = deciders.get(claim.article, frozenset())
    return next(iter(others)) if len(others) == 1 and moved(claim) else None


def _days(first: str, last: str) -> int:
    return (parse_day(last) - parse_day(first)).days


def _entry(chain: _Chain, today: str) -> Entry:
    last = chain.steps[-1]
    due = max(step.due for step in chain.steps) if last.change is Change.EXTENDED else last.due
    moving = (Change.SET, Change.EXTENDED, Change.MOVED_UP)
    state = last.change.value if last.change not in moving else ("open" if due >= today else "passed")
    return Entry(chain.event.id, chain.event.title, due, state, chain.event.actors, tuple(chain.steps))
