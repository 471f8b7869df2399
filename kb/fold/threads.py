"""Claims sorted into events: found by blocks, joined by links, kept apart by days, parties and judgements.

A *thread* is a set of claims that links hold together; events never reach over a thread. So a claim that comes or goes
changes the events of its own thread and of those it links to, and no others: the store folds just these anew, and what
comes out is what a fold over everything gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from kb.fold.claim import ReportedClaim
from kb.fold.effects import moves_a_day, puts_off, takes_effect
from kb.fold.evidence import duties
from kb.fold.filing import Files
from kb.fold.groups import Groups, ranked
from kb.fold.identity import rules
from kb.fold.likeness import JUDGED, MARGIN, RETOLD, Link, liken
from kb.fold.mentions import put_down, told_again
from kb.fold.notices import tells_due
from kb.fold.rulings import Pair, Rulings
from kb.fold.ties import Tie, TieKind, tie
from kb.fold.ties import filed_keys as tie_keys
from kb.fold.ties import sought_keys as keys_of_ties
from kb.fold.timing import Timing, is_day, is_planned, length, moves, timing

_FEW_DAYS, _MANY_TIMES = 7, 4
"""Days of what took longer than one and is told exactly, and how many times as long a vague time is that holds them."""


@dataclass(frozen=True, slots=True)
class Thread:
    """Claims held together by links, and the groups of them that are one event each."""

    claims: tuple[ReportedClaim, ...]
    """The dated ones."""
    groups: tuple[tuple[ReportedClaim, ...], ...]
    """Of the dated ones."""
    links: tuple[Link, ...]
    """Those that joined the claims of a group."""
    clashes: tuple[Link, ...] = ()
    """Claims of two groups that seem to be one event but for the day or the actor."""
    ties: tuple[Tie, ...] = ()
    """Claims of one group that bear on the event of another."""
    undated: tuple[ReportedClaim, ...] = ()
    mentions: tuple[tuple[ReportedClaim, ...], ...] = ()
    """Of each group, the undated claims that speak of its event."""
    loose: tuple[tuple[ReportedClaim, ...], ...] = ()
    """Groups of undated claims of several articles, copies left out: an event of which no source gives the day."""

    @property
    def id(self) -> str:
        """The same for the same claims: that of the first of them."""
        return min((*self.claims[:1], *self.undated[:1]), key=lambda claim: claim.order).id

    @property
    def tellings(self) -> Iterator[tuple[str, ...]]:
        """The ids of all claims on each event, its day told or not, dated ones first."""
        for told, mentions in zip(self.groups, self.mentions, strict=True):
            yield tuple(claim.id for claim in (*told, *mentions))
        for told in self.loose:
            yield tuple(claim.id for claim in told)


def related(one: ReportedClaim, other: ReportedClaim, links: dict[Pair, Link | None] | None = None) -> bool:
    """True if two claims belong to one thread by themselves. What links them, or None, is noted in `links`."""
    first, second = (one, other) if one.id < other.id else (other, one)
    link = liken(first, second)
    if links is not None:
        links[first.id, second.id] = link
    return link is not None or (not (one.undated or other.undated) and tie(one, other) is not None)


def find_links(claims: Collection[ReportedClaim]) -> list[Link]:
    """The links among `claims`, as they were corrected, each once."""
    by_id = {claim.id: claim for claim in claims}
    return [link for one, other in candidates(claims) if (link := liken(by_id[one], by_id[other]))]


def _as_judged(links: Iterable[Link], claims: Iterable[ReportedClaim], rulings: Rulings) -> Iterator[Link]:
    """The links as people judged: none between claims that are apart, and one between any two that are the same."""
    standing = (link for link in links if (link.one, link.other) not in rulings.parted)
    yield from sorted(standing, key=lambda link: (link.one, link.other))
    known = {claim.id for claim in claims}
    for one, other in sorted(rulings.joined):
        if one in known and other in known:
            yield Link(one, other, JUDGED, ("judged to be the same",))


def candidates(claims: Collection[ReportedClaim]) -> Collection[Pair]:
    """Pairs of which one is filed where the other looks, each once; those of one claim are together."""
    files = Files.of(claims)
    found = dict.fromkeys(
        (one.id, other.id) if one.id < other.id else (other.id, one.id) for one in claims for other in files.near(one)
    )
    found.update(dict.fromkeys(told_again(claims)))
    return found.keys()


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


def thread_claims(
    claims: Collection[ReportedClaim], rulings: Rulings, *, links: Collection[Link] | None = None
) -> list[Thread]:
    """All threads of these claims, by id; the order of claims changes nothing.

    `links` are all that `find_links` finds among them as they were corrected, if that is known.
    """
    ordered = sorted(rulings.correct(claims), key=lambda claim: claim.order)
    found = list(_as_judged(find_links(ordered) if links is None else links, ordered, rulings))
    sets = _Sets(claim.id for claim in ordered)
    ties = list(find_ties(claim for claim in ordered if not claim.undated))
    for link in found:
        sets.join(link.one, link.other)
    for one in ties:
        sets.join(one.of, one.by)
    members: dict[str, list[ReportedClaim]] = defaultdict(list)
    for claim in ordered:
        members[sets.find(claim.id)].append(claim)
    own: dict[str, list[Link]] = defaultdict(list)
    for link in found:
        own[sets.find(link.one)].append(link)
    tied: dict[str, list[Tie]] = defaultdict(list)
    for one in ties:
        tied[sets.find(one.of)].append(one)
    return [_thread(told, own[root], tied[root], rulings) for root, told in members.items()]


def _thread(claims: list[ReportedClaim], links: list[Link], ties: Sequence[Tie], rulings: Rulings) -> Thread:
    """Groups grow from the best link on, as long as days, parties and judgements of both sides agree.

    What is told without a day joins them last, and brings no two of them together.
    """
    loose = {claim.id for claim in claims if claim.undated}
    joining = [link for link in links if link.clash is None]
    dated = [link for link in joining if not loose.intersection((link.one, link.other))]
    by_id = {claim.id: claim for claim in claims}
    told = ranked(_unambiguous(by_id, dated))
    groups, used = _grown(claims, told, rulings)
    used += _join_by_many(groups, told, by_id)
    used += _join_moved(groups, ties, by_id)
    used += put_down(groups, [link for link in joining if loose.intersection((link.one, link.other))], by_id)
    ordered = sorted(groups.told(), key=lambda told: told[0].order)
    parted = [(tuple(c for c in told if not c.undated), tuple(c for c in told if c.undated)) for told in ordered]
    return Thread(
        claims=tuple(claim for claim in claims if not claim.undated),
        groups=tuple(told for told, _ in parted if told),
        links=tuple(used),
        clashes=tuple(link for link in links if link.clash and groups.apart(link.one, link.other)),
        ties=tuple(one for one in ties if groups.apart(one.of, one.by)),
        undated=tuple(claim for claim in claims if claim.undated),
        mentions=tuple(mentions for told, mentions in parted if told),
        loose=tuple(alone for told, alone in parted if not told and len({claim.origin for claim in alone}) > 1),
    )


def _grown(claims: Sequence[ReportedClaim], links: Sequence[Link], rulings: Rulings) -> tuple[Groups, list[Link]]:
    """Groups by these links, the best first, and the links that joined them.

    What a person takes for one event are the events as they have grown, whatever days they tell: so none of their other
    reports stays behind. Only where somebody also parted reports of the two does that judgement come first, and of the
    reports each joins as far as it may.
    """
    judged = [link for link in links if link.points >= JUDGED]
    others = [link for link in links if link.points < JUDGED]
    groups = Groups(claims, rulings)
    used = [link for link in others if groups.join(link)]
    used += [link for link in judged if groups.join(link, forced=True)]
    if any(groups.apart(link.one, link.other) for link in judged):
        groups = Groups(claims, rulings)
        used = [link for link in links if groups.join(link, forced=link.points >= JUDGED)]
    elif judged:
        used += [link for link in others if groups.join(link)]
    return groups, used


def _join_by_many(groups: Groups, links: Iterable[Link], claims: Mapping[str, ReportedClaim]) -> list[Link]:
    """Make one event of groups of one day between which so many links are left that few claims cannot part them.

    Links count that hold a report of a day. Those with the most of them first. Returns the links that did.
    """
    between: dict[frozenset[int], list[Link]] = defaultdict(list)
    days: dict[int, str | None] = {}
    for link in links:
        of_a_day = any(is_day(claims[id_]) for id_ in (link.one, link.other))
        one, other = groups.of(link.one), groups.of(link.other)
        if one is other or not of_a_day:
            continue
        for group in (one, other):
            if id(group) not in days:
                days[id(group)] = group.day()
        if days[id(one)] == days[id(other)]:
            between[frozenset((id(one), id(other)))].append(link)
    many = sorted(between.values(), key=lambda found: (-len(found), found[0].one, found[0].other))
    return [found[0] for found in many if groups.join(found[0], links=len(found))]


def _join_moved(groups: Groups, ties: Iterable[Tie], claims: Mapping[str, ReportedClaim]) -> list[Link]:
    """Make one event of a deadline or a day of effect and of that to which a claim says it was moved, the claims that
    were told first before others. Returns the links that did.

    The claim is of the new day itself, or reports of that are tied to it. What says so without the old day is taken for
    what it moves only where there is one such event.
    """
    found = []
    of: dict[str, list[str]] = defaultdict(list)
    stands: dict[str, list[str]] = defaultdict(list)
    for one in ties:
        if one.kind is TieKind.MOVED and _says_what_moved(claims[one.by], claims[one.of]):
            of[one.by].append(one.of)
        elif one.kind is TieKind.STANDS:
            stands[one.by].append(one.of)
    for by, pending in sorted(of.items(), key=lambda item: claims[item[0]].order):
        named = [id_ for id_ in pending if puts_off(claims[by], claims[id_])]
        alone = len({id(groups.of(id_)) for id_ in pending}) == 1
        new = [by] if takes_effect(claims[by]) else stands[by]
        for id_, now in product(named or (pending if alone else ()), new):
            first, second = sorted((id_, now))
            moved = f"moved from {claims[id_].last_day} to {claims[by].last_day}"
            link = Link(first, second, JUDGED, (moved,))
            found += [link] if groups.join(link, forced=True) else []
    return found


def _says_what_moved(by: ReportedClaim, of: ReportedClaim) -> bool:
    """True if `by` moves a day of effect, or a deadline for that which the deadline `of` is for."""
    if moves(of):
        return tells_due(by) and bool(duties(of) & duties(by))
    return moves_a_day(by)


def _unambiguous(by_id: Mapping[str, ReportedClaim], links: Sequence[Link]) -> list[Link]:
    """The links without those of a vague time to one of several days that fit it about as well.

    Nobody knows which is meant then. A link that says little by itself counts where no other day fits at all.
    """
    days = _days_of_one(by_id, links)
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for link in links:
        for vague, exact in _vague_and_exact(link, by_id):
            day = days.find(by_id[exact].first_day)
            best[vague][day] = max(best[vague].get(day, 0.0) + RETOLD, link.points)
    doubtful = {vague for vague, days in best.items() if len(days) > 1 and _margin(days.values()) < MARGIN}
    several = {vague for vague, days in best.items() if len(days) > 1}
    kept = []
    for link in links:
        shunned = doubtful if link.points >= rules().enough else several
        vague_ones = [vague for vague, _ in _vague_and_exact(link, by_id)]
        weak = link.points < rules().enough and not vague_ones
        if link.points >= JUDGED or not (weak or shunned.intersection(vague_ones)):
            kept.append(link)
    return kept


def _days_of_one(by_id: Mapping[str, ReportedClaim], links: Iterable[Link]) -> _Sets:
    """The days of these claims, in sets of those that reports of one event give for it."""
    days = _Sets(claim.first_day for claim in by_id.values())
    for link in links:
        one, other = by_id[link.one], by_id[link.other]
        if timing(one, other) is Timing.FEW_DAYS:
            days.join(one.first_day, other.first_day)
    return days


def _vague_and_exact(link: Link, claims: Mapping[str, ReportedClaim]) -> Iterator[Pair]:
    for vague, exact in ((link.one, link.other), (link.other, link.one)):
        if _is_vaguer(claims[vague], claims[exact]):
            yield vague, exact


def _margin(points: Iterable[float]) -> float:
    first, second, *_ = sorted(points, reverse=True)
    return first - second


def _is_vaguer(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if `other` tells the day, or few days, and `one` only a time that holds them, or when it was expected."""
    if (one.first_day, one.last_day) == (other.first_day, other.last_day) or moves(one):
        return False
    if is_day(other):
        return not is_day(one) or (is_planned(one) and not is_planned(other))
    within = one.first_day <= other.first_day and other.last_day <= one.last_day
    return within and length(other) <= _FEW_DAYS and length(one) >= _MANY_TIMES * length(other)


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
