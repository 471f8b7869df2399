"""The outline of a claim: the few things that tell whether a claim of another article may be related to it at all.

It is kept where the claim is filed, so that what cannot be related is left out before anything of it is read. Claims
that are related (`kb.fold.threads.related`) have outlines that may be; of outlines that may be, most turn out not to.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zlib import crc32

from kb.fold.claim import ReportedClaim, once
from kb.fold.evidence import naming, numbers, saying
from kb.fold.identity import rules
from kb.fold.strangers import is_brief
from kb.fold.ties import OPPOSITES, parts_in_ties
from kb.fold.timing import AWAITED, SLIP, is_planned, may_move, moves
from kb.fold.undated import NEWS, may_be_told_again
from kb.model import Status
from kb.timevalue import parse_day

_UNDATED, _TELLABLE, _DUE, _MOVED, _PLANNED, _OCCURRED, _COMES_ONCE, _IN_A_DAY, _OF_PARTS = (1 << n for n in range(9))
_PARTS = {part: 1 << 16 + n for n, part in enumerate(part for pair in OPPOSITES for part in pair)}
_FIRST_PARTS = sum(_PARTS[part] for part, _ in OPPOSITES)
"""Each is followed by its opposite."""
_RUNS = _PARTS["runs"]
"""What a deadline and a notice that it runs on have in common may be no more than what their articles are about."""
_EXTENDS = _PARTS["extends"]


class Outline(NamedTuple):
    """What is known of a claim beforehand. Words and entities are hashes: two that share one only look more alike."""

    first: int
    """Its first day as an ordinal number; 0 for a claim of which nobody knows when it was told."""
    last: int
    type: int
    traits: int
    said: frozenset[int]
    """Words that name the event, what they may mean, and numbers."""
    named: frozenset[int]
    """Entities that it names."""

    def packed(self) -> bytes:
        """As bytes, for `unpacked`."""
        packed = (self.first, self.last, self.type, self.traits, len(self.said), *self.said, *self.named)
        return array("I", packed).tobytes()


def unpacked(data: bytes) -> Outline:
    """The outline that was packed."""
    first, last, type_, traits, words, *rest = array("I", data)
    return Outline(first, last, type_, traits, frozenset(rest[:words]), frozenset(rest[words:]))


@once
def outline_of(claim: ReportedClaim) -> Outline:
    """The outline of a claim."""
    said = (*naming(claim), *saying(claim), *numbers(claim), f"{claim.trigger}|{claim.quote}")
    return Outline(
        _ordinal(claim.first_day),
        _ordinal(claim.last_day),
        crc32(claim.type.encode()),
        _traits(claim),
        _hashed(said),
        _hashed((*claim.acting, *claim.names)),
    )


class Outlines:
    """Claims by their outlines: few of an article's may be related to one of another, and these are soon found."""

    def __init__(self, claims: Iterable[ReportedClaim]) -> None:
        self._own = [(outline_of(claim), claim) for claim in claims]
        self._by_mark: defaultdict[int, list[int]] = defaultdict(list)
        for number, (outline, _) in enumerate(self._own):
            for mark in _marks(outline, runs=_RUNS, extends=_EXTENDS):
                self._by_mark[mark].append(number)

    def like(self, other: Outline) -> Iterator[ReportedClaim]:
        """Those that may be related to a claim of another article."""
        marks = _marks(other, runs=_EXTENDS, extends=_RUNS)
        numbers = {number for mark in marks for number in self._by_mark.get(mark, ())}
        for number in sorted(numbers):
            outline, claim = self._own[number]
            if may_be_related(outline, other):
                yield claim


def _marks(outline: Outline, *, runs: int, extends: int) -> Iterator[int]:
    """Numbers of which two have one in common if they may be related; `runs` and `extends` mark what goes together."""
    yield from (*outline.said, *outline.named, outline.type)
    yield from (mark for bit, mark in ((_DUE, _DUE), (_RUNS, runs), (_EXTENDS, extends)) if outline.traits & bit)


def may_be_related(one: Outline, other: Outline) -> bool:
    """False if claims of two articles are not related, whatever else they say."""
    if (one.traits | other.traits) & _UNDATED:
        return _may_lie_together(one, other)
    return (_may_suffice(one, other) and _may_be_timed(one, other)) or _may_be_tied(one, other)


def _may_lie_together(one: Outline, other: Outline) -> bool:
    """Whether both may be told of one event, one of them without a day (`undated.may_be_one`)."""
    if not one.traits & other.traits & _TELLABLE or one.said.isdisjoint(other.said):
        return False
    if bool(one.first) != bool(other.first):
        return False
    to_come = one.traits & other.traits & _UNDATED and (one.traits | other.traits) & _PLANNED
    return _overlap(one, other) or (bool(to_come) and _gap(one, other) <= NEWS)


def _may_suffice(one: Outline, other: Outline) -> bool:
    """Whether two claims with days say enough alike (`likeness`)."""
    if one.type == other.type and not one.traits & _OF_PARTS:
        return True
    same_day = (one.first, one.last) == (other.first, other.last)
    if one.traits & other.traits & _DUE or (same_day and not one.named.isdisjoint(other.named)):
        return True
    return not one.said.isdisjoint(other.said)


def _may_be_timed(one: Outline, other: Outline) -> bool:
    """Whether one event can have the days of both (`timing.timing`)."""
    both, either = one.traits & other.traits, one.traits | other.traits
    if _nest(one, other):
        return True
    if both & _DUE:
        return bool(either & _MOVED)
    if both & _COMES_ONCE and either & _PLANNED and _gap(one, other) <= AWAITED:
        return True
    reported = one.type == other.type and both & _OCCURRED and both & _IN_A_DAY
    return bool(reported) and _gap(one, other) <= SLIP


def _may_be_tied(one: Outline, other: Outline) -> bool:
    """Whether one may bear on the other (`ties.tie`)."""
    opposed = (one.traits & other.traits >> 1 | other.traits & one.traits >> 1) & _FIRST_PARTS
    return bool(opposed & _RUNS) or (bool(opposed) and not one.named.isdisjoint(other.named))


def _nest(one: Outline, other: Outline) -> bool:
    """True if the days of one lie within those of the other."""
    return (one.first <= other.first and other.last <= one.last) or (
        other.first <= one.first and one.last <= other.last
    )


def _overlap(one: Outline, other: Outline) -> bool:
    return one.first <= other.last and other.first <= one.last


def _gap(one: Outline, other: Outline) -> int:
    return max(0, other.first - one.last, one.first - other.last)


def _traits(claim: ReportedClaim) -> int:
    held = {
        _UNDATED: claim.undated,
        _TELLABLE: is_brief(claim) and may_be_told_again(claim),
        _DUE: moves(claim),
        _MOVED: may_move(claim),
        _PLANNED: is_planned(claim),
        _OCCURRED: claim.status is Status.OCCURRED,
        _COMES_ONCE: claim.type in rules().awaited,
        _IN_A_DAY: claim.type in rules().single,
        _OF_PARTS: claim.type in rules().of_parts,
    }
    parts = () if claim.undated else parts_in_ties(claim)
    return sum(bit for bit, holds in held.items() if holds) + sum(_PARTS[part] for part in parts)


def _ordinal(day: str) -> int:
    return parse_day(day).toordinal() if day else 0


def _hashed(words: Iterable[str]) -> frozenset[int]:
    return frozenset(crc32(word.encode(errors="replace")) for word in words)
