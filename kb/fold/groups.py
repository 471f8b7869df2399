"""Groups of claims taken for one event: they grow by links, as long as nothing of what they say excludes that."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from itertools import islice, product

from kb.fold.claim import ReportedClaim
from kb.fold.evidence import duties
from kb.fold.identity import ANY, rules
from kb.fold.likeness import Link, deciding_roles, differ, points_of
from kb.fold.proceedings import part_of
from kb.fold.quantities import are_two_prices, are_two_quakes, magnitude, price
from kb.fold.retelling import told_apart
from kb.fold.rulings import Rulings
from kb.fold.timing import gap, is_day, length, moves, timing
from kb.fold.undated import MOST_VAGUE

_LEEWAY = 3.0
"""Points by which the claims of two groups may on average fall short of what links two claims."""
_COMPARED = 10
"""Claims of a group, the first ones, that stand for all in that comparison."""
_OUTWEIGHING = 4
"""Links of one day between two groups that outweigh an article that tells of both in two words, or a stray claim."""
_DEAL = "deal"
_READ = 2000
"""Characters of a sentence that are looked at: it may be a whole page."""


def ranked(links: Iterable[Link]) -> list[Link]:
    """The best first."""
    return sorted(links, key=lambda link: (-link.points, link.one, link.other))


class Groups:
    """All claims of a thread, each in its group."""

    def __init__(self, claims: Iterable[ReportedClaim], rulings: Rulings) -> None:
        self._of = {claim.id: Group([claim]) for claim in claims}
        self._rulings = rulings

    def join(self, link: Link, *, forced: bool = False, links: int = 0) -> bool:
        """Make the groups of the two one, if they may be, or as soon as nobody forbids it if `forced`.

        `links` are between the two, of one day, where that is known: they outweigh what few claims say against it.
        """
        one, other = self._of[link.one], self._of[link.other]
        if one is other or one.parted_from(other, self._rulings) or not (forced or one.fits(other, links)):
            return False
        one.take(other)
        for claim in other.claims:
            self._of[claim.id] = one
        return True

    def may_join(self, link: Link) -> bool:
        """True if the groups of the two are one already, or nothing forbids that they become one."""
        one, other = self._of[link.one], self._of[link.other]
        return one is other or (not one.parted_from(other, self._rulings) and one.fits(other))

    def of(self, claim: str) -> Group:
        """The group of a claim."""
        return self._of[claim]

    def apart(self, one: str, other: str) -> bool:
        """True if two claims are in two groups."""
        return self._of[one] is not self._of[other]

    def told(self) -> Iterator[tuple[ReportedClaim, ...]]:
        """The claims of each group, in order."""
        for group in {id(group): group for group in self._of.values()}.values():
            yield tuple(sorted(group.claims, key=lambda claim: claim.order))


@dataclass(slots=True)
class Group:
    """Claims taken for one event so far, with what they agree on."""

    claims: list[ReportedClaim]
    stands: dict[tuple[object, ...], ReportedClaim] = field(init=False)
    """A claim for each time and status told; several times only where one event can have them, or people said so."""
    parties: dict[str, set[str]] = field(init=False)
    names: set[str] = field(init=False)
    duties: set[str] = field(init=False)
    """What its deadlines are for, as far as they say."""
    magnitudes: set[float] = field(init=False)
    """Of the earthquake that its claims tell of."""
    prices: set[float] = field(init=False)
    """Of the deal that its claims tell of."""
    articles: dict[str, list[ReportedClaim]] = field(init=False)
    """Its claims by the article that makes them."""
    parts: set[str] = field(init=False)
    """Of the proceeding that its claims tell of."""
    dated: bool = field(init=False)
    """True if one of its claims tells a day."""

    def __post_init__(self) -> None:
        (claim,) = self.claims
        self.dated = not claim.undated
        self.stands = {_stand(claim): claim}
        self.articles = {claim.article: [claim]}
        self.names = set(claim.names)
        self.duties = set(duties(claim)) if moves(claim) else set()
        self.parts = {part for part in [part_of(claim)] if part}
        self.magnitudes = _told(magnitude(claim.quote[:_READ]))
        self.prices = _told(price(claim.quote[:_READ]) if claim.type == _DEAL else None)
        self.parties = defaultdict(set)
        for role in deciding_roles(claim):
            self.parties[role] |= claim.filling(role)

    def day(self) -> str | None:
        """The day that most of its claims tell; None if none tells one."""
        told = Counter(claim.first_day for claim in self.claims if is_day(claim))
        return min(told, key=lambda day: (-told[day], day), default=None)

    def fits(self, other: Group, links: int = 0) -> bool:
        """True if nothing of what both say excludes that they are one event, or so little that `links` outweigh it.

        What one article tells as two things is not brought together by what another says of them.
        """
        most = links // _OUTWEIGHING
        apart = list(islice(self._telling_apart(other), most + 1))
        if len(apart) > most or not all(apart):
            return False
        if _share_none(self.duties, other.duties) or _share_none(self.parts, other.parts):
            return False
        if not (self.dated and other.dated) and self._is_larger_or_smaller(other):
            return False
        roles = self.parties.keys() & other.parties.keys()
        if any(differ(r, (self.parties[r], self.names), (other.parties[r], other.names)) for r in roles):
            return False
        if self._on_other_days(other, most) > most:
            return False
        return self._alike(other)

    def _telling_apart(self, other: Group) -> Iterator[bool]:
        """For each article that tells of both as two things: True if there are few such things a day."""
        for article in self.articles.keys() & other.articles.keys():
            pairs = ((a, b) for a in self.articles[article] for b in other.articles[article] if told_apart(a, b))
            if types := {claim.type for pair in pairs for claim in pair}:
                yield types.isdisjoint(rules().common - {ANY})

    def _on_other_days(self, other: Group, most: int) -> int:
        """How many claims of one side are to be left out for the days of both to be one event's; no more than tells
        whether that is more than `most`."""
        ours, theirs = set[str](), set[str]()
        for one, another in product(self.stands.values(), other.stands.values()):
            if timing(one, another) or (moves(one) and moves(another)) or _may_lie_within(one, another):
                continue
            if not (self.is_due_when(another) if moves(one) else moves(another) and other.is_due_when(one)):
                ours.add(one.id)
                theirs.add(another.id)
                if min(len(ours), len(theirs)) > most:
                    break
        return min(len(ours), len(theirs))

    def is_due_when(self, claim: ReportedClaim) -> bool:
        """True if it is of a deadline, and `claim` tells one of its days: of one that moved there are several."""
        return not moves(claim) and any(moves(one) and timing(one, claim) for one in self.stands.values())

    def _is_larger_or_smaller(self, other: Group) -> bool:
        """True if both say how large the earthquake or deal was, and differ. Where both tell days, these say more."""
        return are_two_quakes(self.magnitudes, other.magnitudes) or are_two_prices(self.prices, other.prices)

    def _alike(self, other: Group) -> bool:
        """True if the claims of both go together on the whole, not only the two that are linked.

        A deadline that moved has several days: what was told of one says nothing of a report of another.
        """
        ours, theirs = (sorted(group.claims, key=lambda claim: claim.order)[:_COMPARED] for group in (self, other))
        if len(ours) * len(theirs) < 2:
            return True
        told = [(points_of(a, b), moves(a) and moves(b)) for a in ours for b in theirs]
        points = [points or 0.0 for points, due in told if points is not None or not due]
        return sum(points) >= (rules().enough - _LEEWAY) * len(points)

    def parted_from(self, other: Group, rulings: Rulings) -> bool:
        """True if somebody judged a claim here and one there to be different."""
        if not rulings.parted:
            return False
        ours, theirs = ({claim.id for claim in group.claims} for group in (self, other))
        return any((a in ours and b in theirs) or (b in ours and a in theirs) for a, b in rulings.parted)

    def take(self, other: Group) -> None:
        """Make both one."""
        self.claims += other.claims
        self.dated = self.dated or other.dated
        self.stands |= other.stands
        self.names |= other.names
        self.duties |= other.duties
        self.parts |= other.parts
        self.magnitudes |= other.magnitudes
        self.prices |= other.prices
        for article, claims in other.articles.items():
            self.articles.setdefault(article, []).extend(claims)
        for role, entities in other.parties.items():
            self.parties[role] |= entities


def _may_lie_within(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True for a report without a day, and one of a time so long that it says nothing against it: "in 2009"."""
    loose, told = (one, other) if one.undated else (other, one)
    if not loose.undated or told.undated or not loose.first_day or length(told) <= MOST_VAGUE:
        return False
    return gap(loose, told) == 0


def _share_none(ours: Set[str], theirs: Set[str]) -> bool:
    """True if both sides say something, and nothing of it is the same."""
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _told(number: float | None) -> set[float]:
    return set() if number is None else {number}


def _stand(claim: ReportedClaim) -> tuple[object, ...]:
    """What of a claim decides whether its days go with those of another."""
    return (claim.first_day, claim.last_day, claim.precision, claim.status, claim.type, claim.article)
