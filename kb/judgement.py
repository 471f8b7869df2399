"""What people decided, for good: two things are the same, or are not, or one claim has to be read otherwise.

Judgements are kept apart from what extraction writes. They point at words of articles and at names, not at ids that
change when an article is read anew, so they are replayed over whatever the graph holds. As a file they are JSON Lines:

    {"on": "event", "verdict": "same", "one": {"article": "a1", "quote": "The court ruled on Friday.", "trigger":
     "ruled", "time": "Friday"}, "other": {…}, "by": "Ann", "at": "2026-02-01T10:00:00+00:00", "why": "one ruling"}
    {"on": "entity", "verdict": "different", "one": {"entity": "e1", "name": "Georgia"}, "other": {…}, …}
    {"on": "event", "verdict": "correct", "one": {…}, "field": "status", "value": "denied", …}
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from kb.errors import TimeValueError, UsageError
from kb.ids import digest
from kb.model import Status
from kb.timevalue import parse_day


class Verdict(StrEnum):
    """What somebody decided."""

    SAME = "same"
    DIFFERENT = "different"
    """Wins over any `same`, of whomever."""
    UNSURE = "unsure"
    """Looked at and left open: no longer asked for, changes nothing."""
    CORRECT = "correct"
    """One claim says something else: `field` is `value`."""


class Matter(StrEnum):
    """What is judged."""

    EVENT = "event"
    ENTITY = "entity"


CORRECTABLE = ("status", "type", "title", "first_day", "last_day")


@dataclass(frozen=True, slots=True, order=True)
class ClaimAnchor:
    """A claim by the words it stands on: found again after its article was read anew."""

    article: str
    quote: str
    trigger: str
    time: str = ""
    """The words that date it, which tell two claims of one trigger apart."""


@dataclass(frozen=True, slots=True, order=True)
class EntityAnchor:
    """An entity by its id, which comes from its name; the name is for people."""

    entity: str
    name: str = ""


Anchor = ClaimAnchor | EntityAnchor


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision about two things, or the correction of one. `at` is an ISO time with its zone."""

    on: Matter
    verdict: Verdict
    one: Anchor
    other: Anchor | None
    by: str
    at: str
    why: str = ""
    field: str | None = None
    value: str | None = None

    @property
    def id(self) -> str:
        """The same for the same decision of the same person, whenever and in whatever order it is given."""
        return digest("j", self.on, self.verdict, *_sides(self), self.field, self.value, self.by)

    @property
    def subject(self) -> tuple[str, ...]:
        """What it is about: judgements on one subject agree or contradict each other."""
        return (self.on, *_sides(self), self.field or "")


def _sides(judgement: Judgement) -> list[str]:
    sides = [judgement.one, *([judgement.other] if judgement.other else [])]
    return sorted(_key(side) for side in sides)


def _key(side: Anchor) -> str:
    return digest("", *((side.entity,) if isinstance(side, EntityAnchor) else asdict(side).values()))


def check(judgement: Judgement) -> Judgement:
    """`judgement` if it makes sense, else UsageError that says what does not."""
    pair = judgement.verdict is not Verdict.CORRECT
    if pair and judgement.other is None:
        raise UsageError(f"a judgement '{judgement.verdict}' needs two things, but only one is given")
    if pair and judgement.other is not None and len(set(_sides(judgement))) < 2:
        raise UsageError("both names already stand for one thing: name two different things")
    if not judgement.by.strip():
        raise UsageError("a judgement needs the name of whoever makes it: give --by NAME")
    if not pair:
        _check_correction(judgement)
    _check_time(judgement.at)
    return judgement


def _check_correction(judgement: Judgement) -> None:
    if judgement.on is not Matter.EVENT or judgement.field not in CORRECTABLE or judgement.value is None:
        raise UsageError(f"a correction must give a claim a new value for one of {', '.join(CORRECTABLE)}")
    if judgement.field == "status" and judgement.value not in list(Status):
        raise UsageError(f"{judgement.value!r} is not a status: use one of {', '.join(Status)}")
    if judgement.field in ("first_day", "last_day"):
        try:
            parse_day(judgement.value)
        except TimeValueError as err:
            raise UsageError(str(err)) from err


def _check_time(at: str) -> None:
    try:
        aware = datetime.fromisoformat(at).tzinfo is not None
    except ValueError:
        aware = False
    if not aware:
        raise UsageError(f"{at!r} is not a time with its zone: write it as 2026-02-01T10:00:00+00:00")


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Of what one person said of one subject, the last; in order of time."""
    last: dict[tuple[str, ...], Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: (j.at, j.id)):
        last[*judgement.subject, judgement.by] = judgement
    return sorted(last.values(), key=lambda j: (j.at, j.id))


def replaced(judgements: Iterable[Judgement]) -> dict[str, str]:
    """Of what one person said of one subject, each that is not the last, with the id of the last."""
    said = list(judgements)
    last = {(*judgement.subject, judgement.by): judgement.id for judgement in standing(said)}
    pairs = ((judgement.id, last[*judgement.subject, judgement.by]) for judgement in said)
    return {id_: later for id_, later in pairs if id_ != later}


def contradictions(judgements: Iterable[Judgement]) -> list[tuple[Judgement, Judgement]]:
    """Pairs of standing judgements that cannot both be right: by two people on one subject, or in a chain.

    Of "A is B", "B is C" and "A is not C" one is wrong: the last makes a pair with each of the others.
    """
    said = standing(judgements)
    by_subject: dict[tuple[str, ...], list[Judgement]] = defaultdict(list)
    for judgement in said:
        if judgement.verdict is not Verdict.UNSURE:
            by_subject[judgement.subject].append(judgement)
    on_one_subject = [
        (one, other)
        for group in by_subject.values()
        for i, one in enumerate(group)
        for other in group[i + 1 :]
        if (one.verdict, one.value) != (other.verdict, other.value)
    ]
    return [*on_one_subject, *_in_chains(said)]


def _in_chains(said: Iterable[Judgement]) -> Iterator[tuple[Judgement, Judgement]]:
    """Each "different" with all that make its two sides the same, if that takes more than one."""
    parted: list[Judgement] = []
    joined: dict[str, dict[str, Judgement]] = defaultdict(dict)
    for judgement in said:
        if judgement.verdict is Verdict.DIFFERENT:
            parted.append(judgement)
        elif judgement.verdict is Verdict.SAME:
            one, other = _sides(judgement)
            joined[one][other] = joined[other][one] = judgement
    for apart in parted:
        chain = _chain(joined, *_sides(apart))
        yield from ((apart, same) for same in chain if len(chain) > 1)


def _chain(joined: Mapping[str, Mapping[str, Judgement]], first: str, last: str) -> tuple[Judgement, ...]:
    """The fewest judgements that make two things the same, one by one; () if none do."""
    ways: dict[str, tuple[Judgement, ...]] = {first: ()}
    ahead = deque([first])
    while ahead and last not in ways:
        here = ahead.popleft()
        for thing, same in joined.get(here, {}).items():
            if thing not in ways:
                ways[thing] = (*ways[here], same)
                ahead.append(thing)
    return ways.get(last, ())


def to_json(judgement: Judgement) -> dict[str, Any]:
    """As a line of the file has it; what is not given is left out."""
    values = asdict(judgement)
    return {key: value for key, value in values.items() if value not in (None, "")}


def dump_lines(judgements: Iterable[Judgement]) -> Iterator[str]:
    """One line of JSON each, in order of time: the same judgements give the same file."""
    for judgement in sorted(judgements, key=lambda j: (j.at, j.id)):
        yield json.dumps(to_json(judgement), ensure_ascii=False)


def parse_line(line: str, *, where: str) -> Judgement:
    """The judgement of one line; UsageError names `where` and what is wrong with it."""
    try:
        return check(_from_json(json.loads(line)))
    except UsageError as err:
        raise UsageError(f"{where}: {err}") from err
    except KeyError as err:
        raise UsageError(f"{where}: not a judgement: the key {err} is missing") from err
    except json.JSONDecodeError as err:
        raise UsageError(f"{where}: not valid JSON: {err.msg.lower()} at column {err.colno}") from err
    except (TypeError, AttributeError, RecursionError) as err:
        raise UsageError(f"{where}: not a judgement: 'one' and 'other' must be as 'judge export' writes them") from err
    except ValueError as err:
        raise UsageError(f"{where}: not a judgement: {err}") from err


def _from_json(raw: dict[str, Any]) -> Judgement:
    on = Matter(raw["on"])
    other = raw.get("other")
    unknown = raw.keys() - {field.name for field in fields(Judgement)}
    if unknown:
        raise UsageError(f"unknown key {min(unknown)!r}")
    return Judgement(
        on=on,
        verdict=Verdict(raw["verdict"]),
        one=_anchor(on, raw["one"]),
        other=_anchor(on, other) if other is not None else None,
        by=_text(raw["by"]),
        at=_text(raw["at"]),
        why=_text(raw.get("why", "")),
        field=raw.get("field"),
        value=None if raw.get("value") is None else _text(raw["value"]),
    )


def _anchor(on: Matter, raw: dict[str, Any]) -> Anchor:
    values = {key: _text(value) for key, value in raw.items()}
    return ClaimAnchor(**values) if on is Matter.EVENT else EntityAnchor(**values)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{value!r} must be text")
    return value
