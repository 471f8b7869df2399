"""Claims sorted into events: found by blocks, joined by links, kept apart by days, parties and judgements.

A *thread* is a set of claims that links hold together; events never reach over a thread. So a claim that comes or goes
changes the events of its own thread and of those it links to, and no others: the store folds just these anew, and what
comes out is what a fold over everything gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from kb.fold.claim import ReportedClaim
from kb.fold.filing import Files
from kb.fold.likeness import Link, deciding_roles, differ, liken, moves, told_apart
from kb.fold.ties import Tie, tie
from kb.fold.ties import filed_keys as tie_keys
from kb.fold.ties import sought_keys as keys_of_ties
from kb.model import Status
from kb.timevalue import parse_day

Pair = tuple[str, str]
"""Two claim ids, the smaller first."""


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
    for one, other in sorted(_candidates(claims)):
        if (one, other) not in rulings.parted and (link := liken(by_id[one], by_id[other])):
            yield link
    for one, other in sorted(rulings.joined):
        if one in by_id and other in by_id:
            yield Link(one, other, 100.0, ("judged to be the same",))


def _candidates(claims: Collection[ReportedClaim]) -> set[Pair]:
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
    joining = [link for link in links if link.clash is None]
    linked = {(link.one, link.other) for link in joining}
    for link in sorted(joining, key=lambda link: (-link.points, link.one, link.other)):
        one, other = groups[link.one], groups[link.other]
        forced = link.points >= 100.0
        if one is other or one.parted_from(other, rulings) or not (forced or one.fits(other, linked)):
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


@dataclass(slots=True)
class _Group:
    """Claims taken for one event so far, with what they agree on."""

    claims: list[ReportedClaim]
    days: set[tuple[str, str]] = field(init=False)
    """Its exact days; more than one only where people said so, or a deadline moved."""
    parties: dict[str, set[str]] = field(init=False)
    names: set[str] = field(init=False)
    articles: dict[str, list[ReportedClaim]] = field(init=False)
    """Its claims by the article that makes them."""

    def __post_init__(self) -> None:
        (claim,) = self.claims
        self.days = {(claim.first_day, claim.last_day)}
        self.articles = {claim.article: [claim]}
        self.names = set(claim.names)
        self.parties = defaultdict(set)
        for role in deciding_roles(claim):
            self.parties[role] |= claim.filling(role)

    def fits(self, other: _Group, linked: Set[Pair]) -> bool:
        """True if nothing of what both say excludes that they are one event.

        What one article tells as two things is not brought together by what another says of them.
        """
        for article in self.articles.keys() & other.articles.keys():
            pairs = ((a, b) for a in self.articles[article] for b in other.articles[article] if told_apart(a, b))
            if any((min(a.id, b.id), max(a.id, b.id)) not in linked for a, b in pairs):
                return False
        roles = self.parties.keys() & other.parties.keys()
        if any(differ(r, (self.parties[r], self.names), (other.parties[r], other.names)) for r in roles):
            return False
        return moves(self.claims[0]) or _nested(self.days | other.days)

    def parted_from(self, other: _Group, rulings: Rulings) -> bool:
        """True if somebody judged a claim here and one there to be different."""
        if not rulings.parted:
            return False
        ours, theirs = ({claim.id for claim in group.claims} for group in (self, other))
        return any((a in ours and b in theirs) or (b in ours and a in theirs) for a, b in rulings.parted)

    def take(self, other: _Group) -> None:
        """Make both one."""
        self.claims += other.claims
        self.days |= other.days
        self.names |= other.names
        for article, claims in other.articles.items():
            self.articles.setdefault(article, []).extend(claims)
        for role, entities in other.parties.items():
            self.parties[role] |= entities


def _nested(days: Collection[tuple[str, str]]) -> bool:
    """True if each span lies within the next longer one."""
    spans = sorted(days, key=lambda span: (parse_day(span[1]) - parse_day(span[0]), span))
    return all(outer[0] <= inner[0] and inner[1] <= outer[1] for inner, outer in pairwise(spans))


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
