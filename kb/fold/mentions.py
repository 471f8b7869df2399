"""What is told without a day, put down to the events that are told with one; the rest finds its like.

Dated reports are sorted first, and nothing here changes which of them are one event. A mention goes to the event that
its links fit best, if they fit no other about as well. What fits none may still be one event with other mentions. Where
nobody knows when articles were written, a noun that points back goes with what its own article tells before all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from kb.fold.claim import ReportedClaim
from kb.fold.groups import Groups, ranked
from kb.fold.likeness import JUDGED, MARGIN, RETOLD, Link
from kb.fold.undated import NEAR, points_back


def told_again(claims: Iterable[ReportedClaim]) -> Iterator[tuple[str, str]]:
    """Pairs of claims of one article, not far from each other, of which one at least has no day; smaller id first."""
    told: dict[str, list[ReportedClaim]] = defaultdict(list)
    for claim in claims:
        told[claim.article].append(claim)
    for some in told.values():
        if any(claim.undated for claim in some):
            yield from _close(sorted(some, key=lambda claim: (claim.at, claim.id)))


def _close(told: Sequence[ReportedClaim]) -> Iterator[tuple[str, str]]:
    for index, claim in enumerate(told):
        first = bisect_left(told, claim.at - NEAR, hi=index, key=lambda other: other.at)
        for other in told[first:index]:
            if claim.undated or other.undated:
                yield (min(claim.id, other.id), max(claim.id, other.id))


def put_down(groups: Groups, links: Sequence[Link], claims: Mapping[str, ReportedClaim]) -> list[Link]:
    """Let undated claims join `groups` by these links, of which each has one at least. Returns the links that did.

    `claims` has all claims of the links, by id.
    """
    undated = {id_ for id_, claim in claims.items() if claim.undated}
    back = ranked(link for link in links if _points_back(claims[link.one], claims[link.other]))
    used = [link for link in back if groups.join(link, forced=_is_judged(link))]
    pointing = _by_mention([link for link in links if not {link.one, link.other} <= undated], undated)
    rest, doubtful = dict(pointing), set[str]()
    while rest:
        fitting = {mention: _fitting(groups, mention, own) for mention, own in rest.items()}
        doubtful = {mention for mention, best in fitting.items() if len(best) > 1}
        put = _put_down(groups, {best[0]: mention for mention, best in fitting.items() if len(best) == 1})
        used += put
        if not put:
            break
        rest = {mention: own for mention, own in rest.items() if mention not in put.values()}
    among = ranked(link for link in links if {link.one, link.other} <= undated)
    used += [
        link for link in among if _may_gather(groups, link, doubtful) and groups.join(link, forced=_is_judged(link))
    ]
    return used + _join_by_many(groups, [*among, *(link for own in pointing.values() for link in own)], doubtful)


def _join_by_many(groups: Groups, links: Iterable[Link], doubtful: Collection[str]) -> list[Link]:
    """Make one of groups, of which one at least has no day, that so many links are between that they outweigh what
    few claims say against it. Returns the links that did."""
    between: dict[frozenset[int], list[Link]] = defaultdict(list)
    for link in links:
        if groups.apart(link.one, link.other) and _may_gather(groups, link, doubtful):
            between[frozenset((id(groups.of(link.one)), id(groups.of(link.other))))].append(link)
    many = sorted(between.values(), key=lambda found: (-len(found), found[0].one, found[0].other))
    return [found[0] for found in many if _may_gather(groups, found[0], ()) and groups.join(found[0], links=len(found))]


def _put_down(groups: Groups, best: Mapping[Link, str]) -> dict[Link, str]:
    """Let mentions join the events that they fit best. Returns the links that did, each with its mention.

    What has joined an event may exclude others from it, which then fit their next.
    """
    put = (link for link in ranked(best) if _may_gather(groups, link, ()))
    return {link: best[link] for link in put if groups.join(link, forced=_is_judged(link))}


def _points_back(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True for what an article of no known day tells, and a noun further on that speaks of it as known."""
    if one.article != other.article or one.first_day or other.first_day:
        return False
    return points_back(max(one, other, key=lambda claim: (claim.at, claim.id)))


def _is_judged(link: Link) -> bool:
    return link.points >= JUDGED


def _by_mention(links: Iterable[Link], undated: Collection[str]) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        found[link.one if link.one in undated else link.other].append(link)
    return found


def _fitting(groups: Groups, mention: str, links: Iterable[Link]) -> list[Link]:
    """The best link to the event that a mention fits best, and that to another which it fits about as well.

    An event that the rest of what is told excludes it from makes no other doubtful. Where there is but one event,
    whoever joins them sees to that.
    """
    points: dict[int, float] = {}
    best: dict[int, Link] = {}
    for link in reversed(ranked(links)):
        event = id(groups.of(link.other if link.one == mention else link.one))
        points[event] = max(points.get(event, 0.0) + RETOLD, link.points)
        best[event] = link
    fitting: list[int] = []
    for event in sorted(points, key=lambda event: -points[event]):
        if len(fitting) > 1 or (fitting and points[fitting[0]] - points[event] >= MARGIN):
            break
        if len(points) == 1 or _is_judged(best[event]) or groups.may_join(best[event]):
            fitting.append(event)
    return [best[event] for event in fitting]


def _may_gather(groups: Groups, link: Link, doubtful: Collection[str]) -> bool:
    """True if a link of two mentions brings no two dated events together, and puts no doubtful one down to one."""
    dated = [groups.of(claim).dated for claim in (link.one, link.other)]
    return not all(dated) and not (any(dated) and {link.one, link.other}.intersection(doubtful))
