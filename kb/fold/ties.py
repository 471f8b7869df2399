"""Ties: a claim that bears on the event of another without telling of that event.

    settled   "The judge postponed the hearing to April 2" - what was fixed for March 10 will not happen then
    counted   "within 60 days of the effective date" - hangs on the day on which the rule takes effect
    moved     "A judge gave them until May 1" - the deadline for it, told of elsewhere, runs until then; or
              "delayed it from Feb. 1 to June 30" - what was to take effect does so then
    kept      "Google filed its own plan on Friday" - the deadline for filing it was met
    stands    "The law took effect on June 30" - on the day to which "lawmakers postponed it to June 30" moves it; or
              "the May 1 deadline passed" - which is until when "a judge gave them until May 1"

A tie holds two claims in one thread, as a link does, but never makes them one event. It depends on these two alone,
so events folded thread by thread are those of a fold over everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache

from pydantic import BaseModel, ConfigDict

from kb.fold.claim import ReportedClaim, once
from kb.fold.effects import (
    brings_a_day,
    may_be_put_off,
    moves_a_day,
    named_days,
    puts_it_off,
    puts_off,
    stands_on,
    stays,
    stays_a_day,
    takes_effect,
)
from kb.fold.evidence import alike_stories, deed_in_common, duties
from kb.fold.keeping import OBLIGED, keeps, may_keep
from kb.fold.notices import is_asked_for, is_firm, speaks_of_one, tells_due, tells_old_day
from kb.fold.outcomes import tells_late
from kb.fold.strangers import are_strangers
from kb.fold.timing import moves
from kb.fold.words import stem, stems
from kb.model import Status
from kb.shipped import read_form
from kb.timevalue import parse_day

PENDING = (Status.SCHEDULED, Status.PROPOSED)
"""What may still be settled otherwise than by happening."""
_FIRM = (Status.OCCURRED, Status.ONGOING, Status.SCHEDULED)
_FILE = "ties.yaml"
_LATE, _AHEAD = 120, 400
"""Days behind and before the day of what is pending within which a report may settle it."""
_MOST_NAMES = 6
_MOST_DOING = 3
_ROOT = 5
"""Letters of a word from which another may be built."""
_STORY = 4
"""Things and words two articles share that are of one story."""
_OF_ONE_STORY, _SURELY_OF_ONE_STORY = 0.2, 0.3
"""How alike two articles are of which one moves the day that the other tells: where it names that, and where not."""
_ALIKE = 2
"""Words that titles share, of a day and of what tells its fate, where their articles are not that much alike."""
_ENFORCING = frozenset(("enforce",))
"""What authorities do about a duty, whatever that is."""
_DUE_WORDS = frozenset(stem(word) for word in ("deadline", "period", "date", "window"))


OPPOSITES = (("pending", "settling"), ("clock", "anchor"), ("runs", "extends"), ("due", "done"), ("stands", "brings"))
"""The parts that two claims may have in a tie. All but what runs on and extends name something in common."""


class TieKind(StrEnum):
    """How one claim bears on another."""

    SETTLED = "settled"
    COUNTED = "counted"
    MOVED = "moved"
    KEPT = "kept"
    STANDS = "stands"


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """Claim `by` bears on claim `of`."""

    kind: TieKind
    of: str
    """What is pending, the legal clock, the deadline, or what takes effect."""
    by: str
    """What settles it, what the clock counts from, what gives the deadline another day, what was due, or what moved
    something to the day on which it takes effect."""


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    moving: list[str]
    dropping: list[str]
    anchors: list[str]


@dataclass(frozen=True, slots=True)
class _Rules:
    moving: frozenset[str]
    dropping: frozenset[str]
    anchors: frozenset[str]


def tie(one: ReportedClaim, other: ReportedClaim) -> Tie | None:
    """The tie between two claims, or None."""
    for of, by in ((one, other), (other, one)):
        if _moves_effect(by, of) or _says_it_was_late(by, of):
            return Tie(TieKind.MOVED, of.id, by.id)
        if _is_moved_there(by, of):
            return Tie(TieKind.STANDS, of.id, by.id)
    if are_strangers(one, other):
        return None
    for of, by in ((one, other), (other, one)):
        if kind := _kind(by, of):
            return Tie(kind, of.id, by.id)
    return None


def _kind(by: ReportedClaim, of: ReportedClaim) -> TieKind | None:
    """How `by` bears on `of`, if their articles have something in common."""
    if _gives_more_time(by, of):
        return TieKind.STANDS if _is_that_day(by, of) else TieKind.MOVED
    if _settles(by, of):
        return TieKind.SETTLED
    if _is_counted_from(of, by):
        return TieKind.COUNTED
    return TieKind.KEPT if _is_what_was_due(by, of) else None


def moved_to(by: ReportedClaim) -> str | None:
    """The day to which a claim puts off what it settles; None if it tells none, or only when that was decided."""
    exact = by.first_day == by.last_day
    return by.first_day if exact and by.first_day > (by.published or "") and _moves_things(by) else None


def parts_in_ties(claim: ReportedClaim) -> tuple[str, ...]:
    """The parts that a claim may have in ties, of `OPPOSITES`; most claims none."""
    held = {
        "pending": _may_be_settled(claim),
        "settling": _may_settle(claim),
        "clock": bool(_clock_start(claim)),
        "anchor": _may_be_anchor(claim),
        "runs": _may_run_on(claim) or may_be_put_off(claim),
        "extends": tells_due(claim) or moves_a_day(claim) or stays_a_day(claim) or tells_late(claim),
        "due": _may_be_kept(claim),
        "done": may_keep(claim),
        "stands": takes_effect(claim),
        "brings": brings_a_day(claim),
    }
    return tuple(part for part, holds in held.items() if holds)


@once
def filed_keys(claim: ReportedClaim) -> tuple[str, ...]:
    """Where a claim is filed for others to find that it may be tied to; most claims nowhere."""
    return tuple(_keys(claim, filed=True))


@once
def sought_keys(claim: ReportedClaim) -> tuple[str, ...]:
    """Where the claims are filed that this one may be tied to."""
    return tuple(_keys(claim, filed=False))


def sought_days(claim: ReportedClaim) -> tuple[str, ...]:
    """Those of these places where what speaks of one day is filed: what is due or takes effect on it, and its fate."""
    standing = (f"{claim.first_day}|extends",) if may_be_put_off(claim) else ()
    over = (f"{claim.last_day}|extends out",) if _may_run_on(claim) else ()
    late = (f"{claim.last_day}|runs out",) if _tells_fate(claim) else ()
    moved = _keys_of_new_days(claim, stands="brings", brings="stands")
    return (*standing, *over, *late, *(f"{day}|runs" for day in named_days(claim)), *moved)


def _keys(claim: ReportedClaim, *, filed: bool) -> Iterator[str]:
    """What is pending looks for what settles it, and that for what is pending: neither for its own kind."""
    pending, settling = ("pending", "settling") if filed else ("settling", "pending")
    named = _named(claim)[:_MOST_NAMES]
    if _may_be_settled(claim):
        yield from (f"{entity}|{pending}|{claim.last_day[:4]}" for entity in named)
    if _may_settle(claim):
        yield from (f"{entity}|{settling}|{year}" for entity in named for year in _years(claim))
    clock, anchor = ("clock", "anchor") if filed else ("anchor", "clock")
    about = sorted({*named, *claim.topics, claim.article})
    if start := _clock_start(claim):
        yield from (f"{thing}|{clock}|{start}" for thing in about)
    if _may_be_anchor(claim):
        yield from (f"{thing}|{anchor}|{claim.first_day}" for thing in about)
    runs, extends = ("runs", "extends") if filed else ("extends", "runs")
    if _may_run_on(claim):
        yield from (f"{entity}|{runs}|{claim.last_day[:4]}" for entity in dict.fromkeys(_subjects(claim)))
    elif tells_due(claim) and claim.published:
        years = _years(claim, back=_AHEAD)
        yield from (f"{entity}|{extends}|{year}" for entity in dict.fromkeys(_subjects(claim)) for year in years)
    yield from _keys_of_days(claim, runs=runs, extends=extends)
    stands, brings = ("stands", "brings") if filed else ("brings", "stands")
    yield from _keys_of_new_days(claim, stands=stands, brings=brings)
    due, done = ("due", "done") if filed else ("done", "due")
    if _may_be_kept(claim):
        yield from (f"{entity}|{due}|{claim.last_day[:4]}" for entity in named)
    elif may_keep(claim):
        ends = (claim.last_day[:4], f"{int(claim.last_day[:4]) + 1:04}")
        yield from (f"{entity}|{done}|{year}" for entity in _doing(claim) for year in ends)


def _keys_of_days(claim: ReportedClaim, *, runs: str, extends: str) -> Iterator[str]:
    """Keys of what takes effect on a day, or is due then, and of what tells its fate."""
    about = tuple(dict.fromkeys((*_named(claim)[:_MOST_NAMES], *claim.topics)))
    if may_be_put_off(claim):
        yield from (f"{thing}|{runs}" for thing in (claim.first_day, *about))
    if moves_a_day(claim) or stays_a_day(claim):
        yield from (f"{thing}|{extends}" for thing in (*named_days(claim), *about))
    if _may_run_on(claim):
        yield f"{claim.last_day}|{runs} out"
    elif _tells_fate(claim):
        yield f"{claim.last_day}|{extends} out"


def _tells_fate(claim: ReportedClaim) -> bool:
    """True for what says of a day that a deadline runs until then, or that what was due then came late."""
    return tells_late(claim) or tells_due(claim)


def _keys_of_new_days(claim: ReportedClaim, *, stands: str, brings: str) -> Iterator[str]:
    """Keys of what takes effect on a day, and of what moves something to it."""
    part = stands if takes_effect(claim) else brings if brings_a_day(claim) else None
    yield from (f"{entity}|{part} {claim.first_day}" for entity in _named(claim)[:_MOST_NAMES] if part)


def _years(claim: ReportedClaim, *, back: int = _LATE) -> list[str]:
    told = parse_day(claim.published or claim.first_day)
    try:
        days = (told - timedelta(days=back), told, told + timedelta(days=_AHEAD))
    except OverflowError:
        days = (told,) * 3
    return sorted({day.isoformat()[:4] for day in days})


def _settles(by: ReportedClaim, of: ReportedClaim) -> bool:
    """True if `by` says that what `of` holds in prospect was put off or is no longer to come."""
    if not (_may_be_settled(of) and _may_settle(by) and _in_time(by, of)):
        return False
    shared = frozenset(_named(of)) & frozenset(_named(by))
    if not shared or not _names_matter(by, of, shared):
        return False
    if _moves_things(by):
        return _gives_another_day(by, of) and _one_story(by, of, shared)
    return stem(by.trigger) != stem(of.trigger) and by.first_day >= (of.published or "")


def _gives_another_day(by: ReportedClaim, of: ReportedClaim) -> bool:
    """True if what is moved stood on `of`'s day before. Told only when that was decided, it stood there then."""
    if day := moved_to(by):
        return not of.first_day <= day <= of.last_day
    return by.first_day > (of.published or "")


def _may_be_settled(claim: ReportedClaim) -> bool:
    """True for what is to come, and for a day that was given up. That somebody moves something is itself no matter."""
    if claim.published is None or stem(claim.trigger) in _rules().moving:
        return False
    return claim.status in PENDING or (claim.status is Status.CANCELLED and _moves_in_quote(claim))


def _may_settle(claim: ReportedClaim) -> bool:
    if claim.published is None or claim.status not in _FIRM:
        return False
    return (_moves_things(claim) or drops(claim)) and not is_asked_for(claim)


def _moves_things(claim: ReportedClaim) -> bool:
    """True for "postponed …", and for "the hearing was moved to", whose trigger is what was moved."""
    if stem(claim.trigger) in _rules().moving:
        return True
    return claim.type == "deadline_change"


def drops(claim: ReportedClaim) -> bool:
    """True if its word says that something is taken away that was to come: "cancelled the visit"."""
    return stem(claim.trigger) in _rules().dropping


@once
def _moves_in_quote(claim: ReportedClaim) -> bool:
    return bool(stems(claim.quote) & _rules().moving)


def _in_time(by: ReportedClaim, of: ReportedClaim) -> bool:
    """True if it was told after what it settles, and neither long before nor long after the day of that."""
    told, known = by.published or "", of.published or ""
    if told < known or (of.status is Status.CANCELLED and by.article != of.article):
        return False
    away = (parse_day(of.last_day) - parse_day(told)).days
    return -_LATE <= away <= _AHEAD


def _names_matter(by: ReportedClaim, of: ReportedClaim, shared: frozenset[str]) -> bool:
    """True if the sentence of `by` speaks of what `of` is about: by its noun, its duty, or the bill or law itself."""
    told = stems(by.quote)
    if moves(of):
        mine, theirs = duties(of), duties(by)
        return bool(mine & theirs) or (bool(told & _DUE_WORDS) and not (mine and theirs))
    if _matter(of) & told or any(_kin(stem(of.trigger), word) for word in told):
        return True
    return any(entity in shared for role, entity in of.actors if role in ("bill", "law", "matter", "order", "rule"))


def _kin(one: str, other: str) -> bool:
    """True for one word, or one built from the other: effect, effective."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _ROOT and long.startswith(short))


@once
def _matter(claim: ReportedClaim) -> frozenset[str]:
    """Stems of the nouns and verbs of a title: its words without a capital letter."""
    words = claim.title.split()
    return stems(" ".join(word for word in words if word[:1].islower())) - {stem("scheduled"), stem("will")}


def _one_story(by: ReportedClaim, of: ReportedClaim, shared: frozenset[str]) -> bool:
    """True if the old day or the same duty stands in the sentence, or both speak of more than one thing in common."""
    if (of.time_text and of.time_text in by.quote) or (moves(of) and duties(of) & duties(by)):
        return True
    alike = {*of.profile, *of.topics} & {*by.profile, *by.topics}
    return len(shared) > 1 or len(alike) >= _STORY or alike_stories(by, of) >= _SURELY_OF_ONE_STORY


def _is_counted_from(clock: ReportedClaim, anchor: ReportedClaim) -> bool:
    """True if a legal clock counts from the day on which `anchor` is to come."""
    if clock.id == anchor.id or not _may_be_anchor(anchor) or _clock_start(clock) != anchor.first_day:
        return False
    return clock.article == anchor.article or bool(frozenset(_named(clock)) & frozenset(_named(anchor)))


def _clock_start(claim: ReportedClaim) -> str | None:
    """The day that a clock still running counts from, as its article has it."""
    runs = claim.clock and claim.clock.counted_from and claim.status in PENDING
    return claim.clock.counted_from.isoformat() if runs and claim.clock and claim.clock.counted_from else None


def _may_be_anchor(claim: ReportedClaim) -> bool:
    return claim.type in _rules().anchors and claim.status in PENDING


def _gives_more_time(by: ReportedClaim, of: ReportedClaim) -> bool:
    """True if another article says until when a deadline runs: that was known before, or that is told on this day."""
    if not (_may_run_on(of) and tells_due(by)) or tells_old_day(by) or by.article == of.article:
        return False
    if (by.published or "") < (of.published or "") and not _is_that_day(by, of):
        return False
    away = abs((parse_day(of.last_day) - parse_day(by.published or by.last_day)).days)
    shared = frozenset(_subjects(of)) & frozenset(_subjects(by))
    mine, theirs = duties(by) - _ENFORCING, duties(of)
    known_by_day = _is_that_day(by, of) and mine & theirs and alike_stories(by, of) >= _SURELY_OF_ONE_STORY
    if away > _AHEAD or not (shared or known_by_day):
        return False
    vague = not (mine and theirs) and speaks_of_one(by)
    return bool(mine & theirs or vague) and _one_story(by, of, shared)


def _is_that_day(by: ReportedClaim, of: ReportedClaim) -> bool:
    """True if a deadline is on the day until which `by` said before that it runs."""
    return (by.published or "") < (of.published or "") and by.last_day == of.last_day


def _moves_effect(by: ReportedClaim, of: ReportedClaim) -> bool:
    """True if `by` says that what takes effect on the day of `of` does so on another, or not yet.

    It names the old day, or at least what it is that takes effect.
    """
    if not (moves_a_day(by) or stays_a_day(by)) or not may_be_put_off(of):
        return False
    at_home = by.article == of.article
    if puts_off(by, of) or stays(by, of):
        of_one_story = at_home or alike_stories(by, of) >= _OF_ONE_STORY
        return of_one_story and not are_strangers(by, of, one_day=True)
    if not puts_it_off(by, of) or not _in_time(by, of) or are_strangers(by, of):
        return False
    of_one_thing = bool(frozenset(_named(of)) & frozenset(_named(by))) or len(deed_in_common(of, by)) >= _ALIKE
    return at_home or (of_one_thing and alike_stories(by, of) >= _SURELY_OF_ONE_STORY)


def _is_moved_there(by: ReportedClaim, of: ReportedClaim) -> bool:
    """True if `of` takes effect on the day to which `by` moves what both name."""
    if not stands_on(by, of) or not frozenset(_named(of)) & frozenset(_named(by)):
        return False
    if are_strangers(by, of, one_day=True):
        return False
    return by.article == of.article or alike_stories(by, of) >= _SURELY_OF_ONE_STORY


def _says_it_was_late(by: ReportedClaim, of: ReportedClaim) -> bool:
    """True if `by` says of the day on which a deadline ran out that what was due then came late."""
    if not (tells_late(by) and _may_run_on(of)) or by.last_day != of.last_day:
        return False
    if (by.published or "") < (of.published or "") or are_strangers(by, of, one_day=True):
        return False
    mine, theirs, alike = duties(by), duties(of), len(deed_in_common(by, of))
    if mine and theirs and not (mine & theirs or alike):
        return False
    return alike >= _ALIKE or alike_stories(by, of) >= _SURELY_OF_ONE_STORY


def _subjects(claim: ReportedClaim) -> list[str]:
    """The entities it names and those its article is about: an order may name only the law that it puts off."""
    return [*_named(claim)[:_MOST_NAMES], *(topic for topic in claim.topics if not topic.startswith("word:"))]


def _may_run_on(claim: ReportedClaim) -> bool:
    return moves(claim) and is_firm(claim)


def _is_what_was_due(by: ReportedClaim, of: ReportedClaim) -> bool:
    """True if another article reports what a deadline asks for, after that was known: in time, or not long after it."""
    if not (_may_be_kept(of) and may_keep(by)) or by.article == of.article or not set(_doing(by)) & set(_named(of)):
        return False
    known, told = of.published or "", by.published or ""
    late = (parse_day(by.last_day) - parse_day(of.last_day)).days
    if told < known or by.first_day < min(known, of.last_day) or late > _LATE:
        return False
    of_one_story = frozenset(of.topics) & frozenset(by.topics) or alike_stories(by, of) >= _OF_ONE_STORY
    if int(of.last_day[:4]) - int(by.last_day[:4]) > 1 or not of_one_story:
        return False
    return keeps(by, asked=duties(of), obliged=of.filling(OBLIGED), due=of.last_day)


def _may_be_kept(claim: ReportedClaim) -> bool:
    return moves(claim) and claim.status in PENDING


def _doing(claim: ReportedClaim) -> list[str]:
    """Who does it; whom its sentence names, if nobody is said to."""
    return (sorted(claim.acting) or sorted(claim.names))[:_MOST_DOING]


@once
def _named(claim: ReportedClaim) -> tuple[str, ...]:
    return tuple(sorted({*claim.names, *claim.acting}))


@cache
def _rules() -> _Rules:
    """The rules as they stand in the package; OntologyError names what is wrong with them."""
    form = read_form("kb.fold", _FILE, _Form)
    moving, dropping = (frozenset(stem(word) for word in words) for words in (form.moving, form.dropping))
    return _Rules(moving, dropping, frozenset(form.anchors))
