"""Events as rows: all that is written of each, and a digest by which it is known to be as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kb.fold import Event, Revision, Thread, UndatedEvent
from kb.fold.conflicts import Clash
from kb.fold.ledger import Step, due_of
from kb.ids import digest
from kb.store.claim_rows import Row


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it is written: its node, and the rows of all that hangs on it."""

    row: Row
    claims: tuple[str, ...]
    """Those about it, with a day or without."""
    about: list[Row]
    threads: list[Row]
    parts: list[Row] = field(default_factory=list)
    revisions: list[Row] = field(default_factory=list)
    steps: list[Row] = field(default_factory=list)

    @property
    def id(self) -> str:
        """That of its node."""
        return str(self.row["id"])

    @property
    def digest(self) -> str:
        """The same for the same event, to the last row."""
        return str(self.row["digest"])


def told_events(
    threads: Sequence[Thread],
    kept: Iterable[tuple[Event, Sequence[Step]]],
    undated: Iterable[UndatedEvent],
    clashes: Iterable[Clash],
) -> list[Told]:
    """All events of these threads: dated ones with their ledgers, then those of which no source gives the day."""
    thread_of = {claim.id: thread.id for thread in threads for claim in (*thread.claims, *thread.undated)}
    contradicted: defaultdict[str, list[str]] = defaultdict(list)
    for clash in clashes:
        for id_ in {clash.one, clash.other}:
            contradicted[id_].append(repr(clash))
    told = [_told(event, steps, thread_of) for event, steps in kept]
    told += [_told_undated(event, thread_of) for event in undated]
    for one in told:
        one.row["digest"] = _digest(one, contradicted)
    return told


def _digest(one: Told, contradicted: dict[str, list[str]]) -> str:
    clashes = [sorted(contradicted[id_]) for id_ in one.claims if id_ in contradicted]
    return digest(
        "d", repr((sorted(one.row.items()), one.about, one.threads, one.parts, one.revisions, one.steps, clashes))
    )


def _told(event: Event, steps: Sequence[Step], thread_of: dict[str, str]) -> Told:
    claims = (*event.claims, *event.mentions)
    return Told(
        row=_event_row(event) | _ledger_row(steps),
        claims=claims,
        about=_about_rows(event.id, claims),
        threads=_thread_rows(claims, thread_of),
        parts=[{"event": event.id, "entity": entity, "role": role} for role, entity in event.actors],
        revisions=_revision_rows(event),
        steps=_step_rows(event.id, steps),
    )


def _told_undated(event: UndatedEvent, thread_of: dict[str, str]) -> Told:
    about = _about_rows(event.id, event.mentions)
    return Told(_undated_row(event), event.mentions, about, _thread_rows(event.mentions, thread_of))


def _about_rows(event: str, claims: Iterable[str]) -> list[Row]:
    return [{"claim": claim, "event": event} for claim in claims]


def _thread_rows(claims: Iterable[str], thread_of: dict[str, str]) -> list[Row]:
    return [{"claim": claim, "thread": thread_of[claim]} for claim in claims]


def _event_row(event: Event) -> Row:
    return _told_row(event) | {
        "first_day": event.first_day,
        "last_day": event.last_day,
        "precision": event.precision,
        "claims": len(event.claims),
    }


def _undated_row(event: UndatedEvent) -> Row:
    return _told_row(event) | {"claims": 0}


def _told_row(event: Event | UndatedEvent) -> Row:
    """What stands on an event, whether anybody tells its day or not."""
    row = {
        "id": event.id,
        "type": event.type,
        "status": event.status.value,
        "title": event.title,
        "mentions": len(event.mentions) or None,
        "sources": event.sources,
        "outlets": event.outlets,
        "first_reported": event.first_reported,
        "last_reported": event.last_reported,
        "because": list(event.because),
    }
    return {name: value for name, value in row.items() if value is not None}


def _revision_rows(event: Event) -> list[Row]:
    return [{"event": event.id, "claim": revision.claim, **_revision(event, revision)} for revision in event.revisions]


def _revision(event: Event, revision: Revision) -> Row:
    row = {
        "id": digest("r", event.id, revision.seq),
        "seq": revision.seq,
        "first_day": revision.first_day,
        "last_day": revision.last_day,
        "status": revision.status.value,
        "known_on": revision.known_on,
        "because": revision.because,
    }
    return {name: value for name, value in row.items() if value is not None}


def _ledger_row(steps: Sequence[Step]) -> Row:
    """What of a deadline's ledger stands on its event, so that it is found and sorted by it."""
    if not steps:
        return {}
    return {"due": due_of(steps), "outcome": steps[-1].change.value, "slippage": steps[-1].slippage}


def _step_rows(event: str, steps: Sequence[Step]) -> list[Row]:
    return [{"event": event, "claim": step.claim, **_step_row(event, seq, step)} for seq, step in enumerate(steps, 1)]


def _step_row(event: str, seq: int, step: Step) -> Row:
    row = {
        "id": digest("s", event, seq),
        "seq": seq,
        "change": step.change.value,
        "due": step.due,
        "known_on": step.known_on,
        "by": step.by,
        "slippage": step.slippage,
    }
    return {name: value for name, value in row.items() if value is not None}


def clash_row(clash: Clash) -> Row:
    """A contradiction, as it is written."""
    return {"one": clash.one, "other": clash.other, "on": clash.on, "says": clash.says}
