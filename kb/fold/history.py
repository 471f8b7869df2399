"""What other events did to an event: it was overtaken, or the day its clock counts from was moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from kb.errors import TimeValueError
from kb.fold.claim import ReportedClaim
from kb.fold.effects import moves_a_day, puts_off, stays, takes_effect
from kb.fold.evidence import duties
from kb.fold.threads import Thread
from kb.fold.ties import PENDING, TieKind, moved_to
from kb.fold.timing import came_on, moves
from kb.model import Status
from kb.timevalue import Offset, parse_day

_UNITS = {"D": "day", "B": "business day", "W": "week", "M": "month", "Q": "quarter", "Y": "year"}


@dataclass(frozen=True, slots=True)
class Overtaking:
    """The claim of another event because of which this one will not happen as it was told."""

    by: ReportedClaim

    @property
    def because(self) -> str:
        """In words for a reader."""
        return f"overtaken: {self.by.title}"


@dataclass(frozen=True, slots=True)
class Recount:
    """A legal clock counted again, since what it counts from has another day."""

    day: str
    by: ReportedClaim
    """The claim that gives the new day."""
    because: str


@dataclass(frozen=True)
class Surroundings:
    """A thread as its events see each other. Build it once for all of them."""

    thread: Thread

    def overtaking(self, told: Sequence[ReportedClaim]) -> Overtaking | None:
        """What overtook the event that these claims, in order, tell of; nobody may have confirmed it since."""
        last = max((claim.published or "" for claim in told), default="")
        ids = {claim.id for claim in told}
        found = [by for id_ in ids for by in self._settled.get(id_, ()) if (by.published or "") >= last]
        return Overtaking(min(found, key=lambda claim: claim.order)) if found else None

    def recounts(self, told: Sequence[ReportedClaim]) -> list[Recount]:
        """The legal clocks among these claims counted again, in the order in which that became known."""
        found = []
        for claim in told:
            for anchor in self._anchors.get(claim.id, ()):
                found += [
                    Recount(due, by, _explained(claim.clock, day))
                    for day, by in self._moves(anchor)
                    if claim.clock and (by.published or "") >= (claim.published or "")
                    if (due := _due(claim.clock, day))
                ]
        return sorted(found, key=lambda recount: (recount.by.order, recount.day))

    def done(self, told: Sequence[ReportedClaim]) -> list[ReportedClaim]:
        """The claims of an event with the statuses that they give it.

        "Adjourned to March 10" is no report that it happened then. What moves another event to its day was done.
        """
        planned = any(claim.status in PENDING for claim in told)
        return [_with_status(claim, self._status(claim, planned=planned)) for claim in told]

    def _status(self, claim: ReportedClaim, *, planned: bool) -> Status:
        if self._only_moves(claim):
            return Status.OCCURRED
        ahead = claim.published is not None and claim.first_day > claim.published
        return Status.SCHEDULED if planned and ahead and claim.status is Status.OCCURRED else claim.status

    def _only_moves(self, claim: ReportedClaim) -> bool:
        return claim.id in self._movers and claim.status is Status.SCHEDULED and not takes_effect(claim)

    def moved_by(self, told: Sequence[ReportedClaim]) -> tuple[str, ...]:
        """The claims that give the deadline of these claims another day, rather than any other one."""
        return tuple(sorted(self._moving.get(told[0].id, ())))

    def kept_by(self, told: Sequence[ReportedClaim]) -> tuple[str, ...]:
        """The claims that may report the deadline of these claims as met."""
        own = {claim.id for claim in told}
        return tuple(sorted(of.id for id_ in own for of in self._kept.get(id_, ())))

    @cached_property
    def _moving(self) -> Mapping[str, list[str]]:
        """By the first claim of a deadline, the claims that move it: each moves that which it goes with best.

        What moves some day of effect and does not say which moves none of several.
        """
        pairs = {(one.by, self._group_of[one.of][0].id) for one in self.thread.ties if one.kind is TieKind.MOVED}
        ranked: dict[str, list[tuple[tuple[object, ...], str]]] = defaultdict(list)
        for by, group in pairs:
            ranked[by].append((_goes_with(self._by_id[by], self._group_of[group]), group))
        found: dict[str, list[str]] = defaultdict(list)
        for by, ranks in ranked.items():
            (is_due, names_day, *_), group = max(ranks)
            if is_due or names_day or len(ranks) == 1:
                found[group].append(by)
        return found

    @cached_property
    def _kept(self) -> Mapping[str, list[ReportedClaim]]:
        return self._tied(TieKind.KEPT)

    def _moves(self, anchor: ReportedClaim) -> Iterator[tuple[str, ReportedClaim]]:
        """The days an anchor was moved to or came on, with the claims that say so; and from there on."""
        seen: set[str] = set()
        waiting = [anchor]
        while waiting:
            one = waiting.pop()
            if one.id in seen:
                continue
            seen.add(one.id)
            group = self._group_of[one.id]
            seen.update(claim.id for claim in group)
            if by := came_on(one, group):
                yield by.first_day, by
            for by in (
                by for claim in group for by in (*self._settled.get(claim.id, ()), *self._moved.get(claim.id, ()))
            ):
                if day := by.first_day if moves_a_day(by) else moved_to(by):
                    yield day, by
                    waiting += self._standing_on(day, anchor)

    def _standing_on(self, day: str, anchor: ReportedClaim) -> list[ReportedClaim]:
        """Claims that put the same thing on its new day: what is moved may be moved again."""
        alike = (claim for claim in self.thread.claims if claim.type == anchor.type and claim.first_day == day)
        return [claim for claim in alike if claim.status in PENDING]

    @cached_property
    def _movers(self) -> frozenset[str]:
        """The claims that move something."""
        return frozenset(one.by for one in self.thread.ties if one.kind is TieKind.MOVED)

    @cached_property
    def _by_id(self) -> Mapping[str, ReportedClaim]:
        return {claim.id: claim for claim in self.thread.claims}

    @cached_property
    def _group_of(self) -> Mapping[str, Sequence[ReportedClaim]]:
        return {claim.id: group for group in self.thread.groups for claim in group}

    @cached_property
    def _settled(self) -> Mapping[str, list[ReportedClaim]]:
        return self._tied(TieKind.SETTLED)

    @cached_property
    def _moved(self) -> Mapping[str, list[ReportedClaim]]:
        return self._tied(TieKind.MOVED)

    @cached_property
    def _anchors(self) -> Mapping[str, list[ReportedClaim]]:
        return self._tied(TieKind.COUNTED)

    def _tied(self, kind: TieKind) -> Mapping[str, list[ReportedClaim]]:
        found: dict[str, list[ReportedClaim]] = {}
        for one in self.thread.ties:
            if one.kind is kind:
                found.setdefault(one.of, []).append(self._by_id[one.by])
        return found


def _with_status(claim: ReportedClaim, status: Status) -> ReportedClaim:
    return claim if claim.status is status else replace(claim, status=status)


def _goes_with(claim: ReportedClaim, deadline: Sequence[ReportedClaim]) -> tuple[object, ...]:
    """How well a claim that moves a deadline goes with the claims of one: the more, the better."""
    mine = duties(claim)
    names = frozenset(name for one in deadline for name in (*one.names, *one.acting))
    return (
        any(moves(one) for one in deadline),
        any(puts_off(claim, one) or stays(claim, one) for one in deadline),
        any(one.last_day == claim.last_day for one in deadline),
        any(mine & duties(one) for one in deadline),
        len({one.article for one in deadline}) > 1,
        len(names & {*claim.names, *claim.acting}),
        len(deadline),
    )


def may_be_overtaken(status: Status, told: Sequence[ReportedClaim], by: Overtaking) -> bool:
    """True for what is still to come; and for what one article calls off and puts on another day."""
    if status in PENDING:
        return True
    return status is Status.CANCELLED and any(claim.article == by.by.article for claim in told)


def _due(clock: Offset, day: str) -> str | None:
    try:
        return clock.due(parse_day(day)).isoformat()
    except TimeValueError:
        return None


def _explained(clock: Offset | None, day: str) -> str:
    """ "60 days from 2026-05-01 (the effective date)"."""
    if clock is None:
        return ""
    amount = abs(clock.amount)
    unit = _UNITS.get(clock.unit, clock.unit) + ("" if amount == 1 else "s")
    side = "before" if clock.amount < 0 else "from"
    return f"recalculated: {amount} {unit} {side} {day} ({_named(clock.anchor)})"


def _named(anchor: str) -> str:
    """What a clock counts from; a bare day says only that it was another one."""
    try:
        return f"not {date.fromisoformat(anchor).isoformat()}"
    except ValueError:
        return anchor
