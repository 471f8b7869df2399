"""Claims that cannot both hold: kept side by side, with what they differ in. Nothing is averaged or dropped."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kb.fold.claim import ReportedClaim
from kb.fold.evidence import deed_in_common, happenings, same_sense, same_word
from kb.fold.identity import rules
from kb.fold.leaders import led_by_others
from kb.fold.offices import cannot_sign, misplaced
from kb.fold.quantities import counted, disagree, of_one_thing, with_signs
from kb.fold.threads import Thread
from kb.fold.ties import drops
from kb.fold.timing import Timing, is_day, moves, timing
from kb.fold.words import stem
from kb.model import Status

_HELD = (Status.OCCURRED, Status.ONGOING)
_NOT_HELD = (Status.DENIED, Status.CANCELLED)
_VOTES = "votes"
_BEFALLING = {"death": "killed", "injury": "hurt"}
"""Happenings of which reports count whom they befell, and what these were."""
_FEW_PARTIES = 3
"""Others who are said to have done in like words what one did that day: with more of them, each of them did it."""
_MOST = 40
"""Claims of one event that are compared with each other: the first of each outlet and status come first."""
_DOUBTS = {
    "weekday-mismatch": ("weekday", "the weekday does not fit the date"),
    "sum-mismatch": ("arithmetic", "the number of days does not fit the dates"),
}


@dataclass(frozen=True, slots=True, order=True)
class Clash:
    """Two claims that cannot both hold, or one that cannot be right as it stands (`other` is the same claim)."""

    one: str
    other: str
    on: str
    """date, status, actor, number, outcome, weekday, arithmetic or office."""
    says: str
    """The difference, in words for a reader."""


@dataclass(frozen=True, slots=True)
class _Matter:
    """Two claims, and what each of them says on the matter that they differ in."""

    on: str
    one: ReportedClaim
    other: ReportedClaim
    ours: str
    theirs: str
    about: str = ""


def find_clashes(thread: Thread) -> list[Clash]:
    """All clashes among the claims of a thread, in a fixed order: one for each matter, however many report on it."""
    by_id = {claim.id: claim for claim in thread.claims}
    found = [clash for claim in thread.claims for clash in _alone(claim)]
    found += [Clash(claim.id, claim.id, "office", says) for claim in thread.undated if (says := cannot_sign(claim))]
    for group in thread.groups:
        found += _one_each(_within(_compared(group)))
    of_group = {claim.id: index for index, group in enumerate(thread.groups) for claim in group}
    actors: dict[tuple[int, int], list[_Matter]] = defaultdict(list)
    for link in thread.clashes:
        one, other = sorted((by_id[link.one], by_id[link.other]), key=lambda claim: (of_group[claim.id], claim.order))
        actors[of_group[one.id], of_group[other.id]].append(_Matter("actor", one, other, "one party", "another"))
    parties = Counter(group for pair in actors for group in pair)
    doubtful = (told for pair, told in actors.items() if max(parties[group] for group in pair) <= _FEW_PARTIES)
    found += [clash for told in doubtful for clash in _one_each(told)]
    return sorted(set(found))


def _one_each(told: Iterable[_Matter]) -> Iterator[Clash]:
    """One clash for each two things said on one matter, between the first claims to say them."""
    matters: dict[tuple[str, str, frozenset[str]], dict[str, dict[str, ReportedClaim]]] = {}
    for found in told:
        sides = matters.setdefault((found.on, found.about, frozenset((found.ours, found.theirs))), {})
        sides.setdefault(found.ours, {})[found.one.id] = found.one
        sides.setdefault(found.theirs, {})[found.other.id] = found.other
    for (on, about, _), sides in matters.items():
        firsts = sorted(
            (min(claims.values(), key=lambda claim: claim.order).order, value) for value, claims in sides.items()
        )
        (first, ours), (second, theirs) = firsts
        says = " or ".join(_side(on, value, sides[value]) for value in (ours, theirs))
        yield Clash(first[-1], second[-1], on, f"{about}: {says}" if about else says)


def _side(on: str, value: str, claims: Mapping[str, ReportedClaim]) -> str:
    first = min(claims.values(), key=lambda claim: claim.order)
    told = f"“{first.title}”" if on == "actor" else f"“{first.trigger}”" if on == "outcome" else value
    return told if len(claims) == 1 else f"{told} ({len(claims)} reports)"


def _alone(claim: ReportedClaim) -> Iterator[Clash]:
    for doubt in claim.doubts:
        if doubt in _DOUBTS:
            yield Clash(claim.id, claim.id, *_DOUBTS[doubt])
    if held := misplaced(claim) or cannot_sign(claim):
        yield Clash(claim.id, claim.id, "office", held)


def _compared(group: Sequence[ReportedClaim]) -> list[ReportedClaim]:
    seen: set[tuple[str | None, Status]] = set()
    first: list[ReportedClaim] = []
    rest: list[ReportedClaim] = []
    for claim in group:
        (rest if (claim.source, claim.status) in seen else first).append(claim)
        seen.add((claim.source, claim.status))
    return (first + rest)[:_MOST]


def _within(group: Sequence[ReportedClaim]) -> Iterator[_Matter]:
    """What claims on one event differ in, two articles' each."""
    for one, other in combinations(sorted(group, key=lambda claim: claim.order), 2):
        if one.article == other.article or one.origin == other.origin:
            continue
        if _dates_differ(one, other):
            yield _Matter("date", one, other, one.first_day, other.first_day)
        if _statuses_differ(one, other):
            yield _Matter("status", one, other, str(one.status), str(other.status))
        if sides := _outcomes(one, other):
            yield _Matter("outcome", one, other, *sides)
        if leaders := led_by_others(one, other):
            yield _Matter("actor", one, other, *leaders, about="led by")
        held = {one.status, other.status} <= set(_HELD) and not moves(one)
        if held and (numbers := _numbers(one, other)):
            about, ours, theirs = numbers
            yield _Matter("number", one, other, ours, theirs, about)


def _numbers(one: ReportedClaim, other: ReportedClaim) -> tuple[str, str, str] | None:
    """What the sentences give different numbers of, and which. Sums and shares must be of one thing in one place."""
    ours, theirs = with_signs(one.quote), with_signs(other.quote)
    found = disagree(ours, theirs)
    if found is None:
        return _counts(one, other)
    if found[0] == _VOTES:
        return found
    here, there = (frozenset(entity for _, entity in claim.actors) - frozenset(claim.names) for claim in (one, other))
    elsewhere = bool(here - there and there - here)
    return None if elsewhere or not of_one_thing(ours, theirs, found[0]) else found


def _counts(one: ReportedClaim, other: ReportedClaim) -> tuple[str, str, str] | None:
    """How many both count by one verb, or as dead, or hurt: "killed four" and "seven people died".

    A later report that counts more goes on.
    """
    people = min(happenings(one) & happenings(other) & _BEFALLING.keys(), default=None)
    if people is None and stem(one.trigger) != stem(other.trigger):
        return None
    first, second = sorted((one, other), key=lambda claim: claim.order)
    earlier, later = (counted(claim.quote, claim.trigger, people=people is not None) for claim in (first, second))
    if not (earlier and later) or earlier == later or (earlier < later and first.published != second.published):
        return None
    ours, theirs = (earlier, later) if first is one else (later, earlier)
    return _BEFALLING[people] if people else one.trigger.lower(), f"{ours:,}", f"{theirs:,}"


def _dates_differ(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if both tell to the day when it happened, and the days are two.

    They say it by a word for one thing, or tell of what there are few of. Days further apart than honest reports differ
    are of one event only where many reports, or a person, said so.
    """
    of_one_thing = one.type in rules().rare or _by_one_word(one, other)
    happened = one.status == other.status == Status.OCCURRED and is_day(one) and is_day(other) and not moves(one)
    return of_one_thing and happened and timing(one, other) in (Timing.FEW_DAYS, None)


def _statuses_differ(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if it happened according to one and not according to the other, both told of one time when it was over.

    Both speak of it by a word for one thing, and of the same parties or in like words: that nobody of the army attacked
    is no denial of an attack. What is called off did not happen, but that somebody called it off did.
    """
    statuses = {one.status, other.status}
    over = all(claim.published and claim.published >= claim.last_day for claim in (one, other))
    if not over or moves(one) or not (statuses & set(_HELD) and statuses & set(_NOT_HELD)):
        return False
    same_time = (one.first_day, one.last_day) == (other.first_day, other.last_day)
    of_itself = not any(drops(claim) for claim in (one, other))
    of_the_same = one.acting == other.acting and bool(one.acting or deed_in_common(one, other))
    return same_time and of_itself and of_the_same and _by_one_word(one, other)


def _by_one_word(one: ReportedClaim, other: ReportedClaim) -> bool:
    return same_word(one, other) or same_sense(one, other)


def _outcomes(one: ReportedClaim, other: ReportedClaim) -> tuple[str, str] | None:
    """The sides that both take, if what one says is the opposite of what the other does."""
    if one.type != other.type or {one.status, other.status} - set(_HELD):
        return None
    ours, theirs = stem(one.trigger), stem(other.trigger)
    for number, (yes, no) in enumerate(rules().opposites):
        if ours in yes and theirs in no:
            return f"yes {number}", f"no {number}"
        if ours in no and theirs in yes:
            return f"no {number}", f"yes {number}"
    return None
