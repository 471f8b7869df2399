"""Claims sorted into events: found by blocks, joined by links, kept apart by days, parties and judgements.

A *thread* is a set of claims that links hold together; events never reach over a thread. So a claim that comes or goes
changes the events of its own thread and of those it links to, and no others: the store folds just these anew, and what
comes out is what a fold over everything gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kb.fold.claim import ReportedClaim
from kb.fold.filing import Files
from kb.fold.identity import rules
from kb.fold.likeness import Link, deciding_roles, differ, liken, points_of, told_apart
from kb.fold.ties import Tie, tie
from kb.fold.ties import filed_keys as tie_keys
from kb.fold.ties import sought_keys as keys_of_ties
from kb.fold.timing import is_day, is_planned, moves, timing
from kb.model import Status

Pair = tuple[str, str]
"""Two claim ids, the smaller first."""

_JUDGED = 100.0
"""Points of a link that a person made."""
_MARGIN = 1.0
"""Points by which one day must fit a vague time better than any other."""
_RETOLD = 0.25
"""Points by which a day fits a vague time better for each further claim that tells of it."""
_LEEWAY = 3.0
"""Points by which the claims of two groups may on average fall short of what links two claims."""
_COMPARED = 10
"""Claims of a group, the first ones, that stand for all in that comparison."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """What people judged, as it bears on claims."""

    joined: frozenset[Pair] = frozenset()
    parted: frozenset[Pair] = frozenset()
    """Wins over everything else."""
    corrections: tuple[tuple[str, str, str], ...] = ()
    """Claim, field and the value it really has; of two on one field the later."""

    def correct(self, claims: Iterable[ReportedClaim]) -> list[ReportedClaim]:
        """The claims as people corrected them."""
        changes: dict[str, dict[str, Any]] = defaultdict(dict)
        for claim, field_, value in self.corrections:
            changes[claim][field_] = Status(value) if field_ == "status" else value
        return [_corrected(claim, changes[claim.id]) if claim.id in changes else claim for claim in claims]


def _corrected(claim: ReportedClaim, change: Mapping[str, Any]) -> ReportedClaim:
    """A corrected claim is certain; one whose last day would come before its first has only the first."""
    changed = replace(claim, **change, confidence=1.0)
    if changed.last_day < changed.first_day:
        day = str(change.get("first_day", change.get("last_day")))
        changed = replace(changed, first_day=day, last_day=day)
    if "first_day" in change or "last_day" in change:
        changed = replace(changed, precision="day" if changed.first_day == changed.last_day else "range")
    return changed


@dataclass(frozen=True, slots=True)
class Thread:
    """Claims held together by links, and the groups of them that are one event each."""

    claims: tuple[ReportedClaim, ...]
    groups: tuple[tuple[ReportedClaim, ...], ...]
    links: tuple[Link, ...]
    """Those that joined the claims of a group."""
    clashes: tuple[Link, ...] = ()
    """Claims of two groups that seem to be one event but for the day or the actor."""
    ties: tuple[Tie, ...] = ()
    """Claims of one group that bear on the event of another."""

    @property
    def id(self) -> str:
        """The same for the same claims: that of the first of them."""
        return self.claims[0].id


def related(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if two claims belong to one thread by themselves."""
    return liken(one, other) is not None or tie(one, other) is not None


def find_links(claims: Sequence[ReportedClaim], rulings: Rulings) -> Iterator[Link]:
    """The links among `claims`, as they were corrected, each once."""
    by_id = {claim.id: claim for claim in claims}
    for one, other in sorted(candidates(claims)):
        if (one, other) not in rulings.parted and (link := liken(by_id[one], by_id[other])):
            yield link
    for one, other in sorted(rulings.joined):
        if one in by_id and other in by_id:
            yield Link(one, other, _JUDGED, ("judged to be the same",))


def candidates(claims: Collection[ReportedClaim]) -> set[Pair]:
    """Pairs of which one is filed where the other looks."""
    files = Files.of(claims)
    return {(min(one.id, other.id), max(one.id, other.id)) for one in claims for other in files.near(one)}


def find_ties(claims: Iterable[ReportedClaim]) -> Iterator[Tie]:
    """The ties among `claims`, as they were corrected, each once."""
    filed: dict[str, list[ReportedClaim]] = defaultdict(list)
    seeking: dict[str, tuple[ReportedClaim, tuple[str, ...]]] = {}
    for claim in claims:
        for key in tie_keys(claim):
            filed[key].append(claim)
        if keys := keys_of_ties(claim):
            seeking[claim.id] = (claim, keys)
    found = {
        one_tie
        for claim, keys in seeking.values()
        for other in {other.id: other for key in keys for other in filed.get(key, ())}.values()
        if other.id > claim.id or other.id not in seeking
        if (one_tie := tie(claim, other))
    }
    yield from sorted(found)


def thread_claims(claims: Collection[ReportedClaim], rulings: Rulings) -> list[Thread]:
    """All threads of these claims, by id; the order of claims changes nothing."""
    ordered = sorted(rulings.correct(claims), key=lambda claim: claim.order)
    links = list(find_links(ordered, rulings))
    sets = _Sets(claim.id for claim in ordered)
    ties = list(find_ties(ordered))
    for link in links:
        sets.join(link.one, link.other)
    for one in ties:
        sets.join(one.of, one.by)
    members: dict[str, list[ReportedClaim]] = defaultdict(list)
    for claim in ordered:
        members[sets.find(claim.id)].append(claim)
    own: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        own[sets.find(link.one)].append(link)
    tied: dict[str, list[Tie]] = defaultdict(list)
    for one in ties:
        tied[sets.find(one.of)].append(one)
    return [_thread(found, own[root], tied[root], rulings) for root, found in members.items()]


def _thread(claims: list[ReportedClaim], links: list[Link], ties: Sequence[Tie], rulings: Rulings) -> Thread:
    """Groups grow from the best link on, as long as days, parties and judgements of both sides agree."""
    groups = {claim.id: _Group([claim]) for claim in claims}
    used = []
    joining = _unambiguous(claims, [link for link in links if link.clash is None])
    for link in sorted(joining, key=lambda link: (-link.points, link.one, link.other)):
        one, other = groups[link.one], groups[link.other]
        forced = link.points >= _JUDGED
        if one is other or one.parted_from(other, rulings) or not (forced or one.fits(other)):
            continue
        one.take(other)
        used.append(link)
        for claim in other.claims:
            groups[claim.id] = one
    distinct = {id(group): group for group in groups.values()}.values()
    told = (tuple(sorted(group.claims, key=lambda claim: claim.order)) for group in distinct)
    clashes = tuple(link for link in links if link.clash and groups[link.one] is not groups[link.other])
    bearing = tuple(one for one in ties if groups[one.of] is not groups[one.by])
    ordered = tuple(sorted(told, key=lambda group: group[0].order))
    return Thread(tuple(claims), ordered, tuple(used), clashes, bearing)


def _unambiguous(claims: Sequence[ReportedClaim], links: Sequence[Link]) -> list[Link]:
    """The links without those of a vague time to one of several days that fit it about as well.

    Nobody knows which is meant then. A link that says little by itself counts where no other day fits at all.
    """
    by_id = {claim.id: claim for claim in claims}
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for link in links:
        for vague, exact in _vague_and_exact(link, by_id):
            day = by_id[exact].first_day
            best[vague][day] = max(best[vague].get(day, 0.0) + _RETOLD, link.points)
    doubtful = {vague for vague, days in best.items() if len(days) > 1 and _margin(days.values()) < _MARGIN}
    several = {vague for vague, days in best.items() if len(days) > 1}
    kept = []
    for link in links:
        shunned = doubtful if link.points >= rules().enough else several
        vague_ones = [vague for vague, _ in _vague_and_exact(link, by_id)]
        weak = link.points < rules().enough and not vague_ones
        if link.points >= _JUDGED or not (weak or shunned.intersection(vague_ones)):
            kept.append(link)
    return kept


def _vague_and_exact(link: Link, claims: Mapping[str, ReportedClaim]) -> Iterator[Pair]:
    for vague, exact in ((link.one, link.other), (link.other, link.one)):
        if _is_vaguer(claims[vague], claims[exact]):
            yield vague, exact


def _margin(points: Iterable[float]) -> float:
    first, second, *_ = sorted(points, reverse=True)
    return first - second


def _is_vaguer(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if `other` tells the day and `one` only a time that holds it, or an expectation that it fulfils."""
    if (one.first_day, one.last_day) == (other.first_day, other.last_day) or not is_day(other) or moves(one):
        return False
    return not is_day(one) or (is_planned(one) and not is_planned(other))


@dataclass(slots=True)
class _Group:
    """Claims taken for one event so far, with what they agree on."""

    claims: list[ReportedClaim]
    stands: dict[tuple[object, ...], ReportedClaim] = field(init=False)
    """A claim for each time and status told; several times only where one event can have them, or people said so."""
    parties: dict[str, set[str]] = field(init=False)
    names: set[str] = field(init=False)
    articles: dict[str, list[ReportedClaim]] = field(init=False)
    """Its claims by the article that makes them."""

    def __post_init__(self) -> None:
        (claim,) = self.claims
        self.stands = {_stand(claim): claim}
        self.articles = {claim.article: [claim]}
        self.names = set(claim.names)
        self.parties = defaultdict(set)
        for role in deciding_roles(claim):
            self.parties[role] |= claim.filling(role)

    def fits(self, other: _Group) -> bool:
        """True if nothing of what both say excludes that they are one event.

        What one article tells as two things is not brought together by what another says of them.
        """
        for article in self.articles.keys() & other.articles.keys():
            pairs = ((a, b) for a in self.articles[article] for b in other.articles[article] if told_apart(a, b))
            if any(pairs):
                return False
        roles = self.parties.keys() & other.parties.keys()
        if any(differ(r, (self.parties[r], self.names), (other.parties[r], other.names)) for r in roles):
            return False
        stands = ((a, b) for a in self.stands.values() for b in other.stands.values())
        if not all(timing(a, b) or (moves(a) and moves(b)) for a, b in stands):
            return False
        return self._alike(other)

    def _alike(self, other: _Group) -> bool:
        """True if the claims of both go together on the whole, not only the two that are linked."""
        ours, theirs = (sorted(group.claims, key=lambda claim: claim.order)[:_COMPARED] for group in (self, other))
        if len(ours) * len(theirs) < 2:
            return True
        points = [points_of(a, b) or 0.0 for a in ours for b in theirs]
        return sum(points) / len(points) >= rules().enough - _LEEWAY

    def parted_from(self, other: _Group, rulings: Rulings) -> bool:
        """True if somebody judged a claim here and one there to be different."""
        if not rulings.parted:
            return False
        ours, theirs = ({claim.id for claim in group.claims} for group in (self, other))
        return any((a in ours and b in theirs) or (b in ours and a in theirs) for a, b in rulings.parted)

    def take(self, other: _Group) -> None:
        """Make both one."""
        self.claims += other.claims
        self.stands |= other.stands
        self.names |= other.names
        for article, claims in other.articles.items():
            self.articles.setdefault(article, []).extend(claims)
        for role, entities in other.parties.items():
            self.parties[role] |= entities


def _stand(claim: ReportedClaim) -> tuple[object, ...]:
    """What of a claim decides whether its days go with those of another."""
    return (claim.first_day, claim.last_day, claim.status, claim.type, claim.article)


class _Sets:
    """Disjoint sets of ids."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._parent = {id_: id_ for id_ in ids}

    def find(self, id_: str) -> str:
        """The id that stands for the set of `id_`."""
        root = id_
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[id_] != root:
            self._parent[id_], id_ = root, self._parent[id_]
        return root

    def join(self, one: str, other: str) -> None:
        """Make two sets one."""
        a, b = self.find(one), self.find(other)
        if a != b:
            self._parent[max(a, b)] = min(a, b)
