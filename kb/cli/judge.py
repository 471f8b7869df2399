"""Commands for what people decide: judge same, different, unsure, correct, undo, list, export, import; and rebuild."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING

import click

from kb import queries
from kb.cli import show
from kb.cli.opened import open_store
from kb.cli.options import FORMAT
from kb.config import Settings
from kb.counted import counted
from kb.errors import NotFound, UsageError
from kb.examples import examples
from kb.judgement import (
    CORRECTABLE,
    Anchor,
    EntityAnchor,
    Judgement,
    Matter,
    Verdict,
    dump_lines,
    parse_line,
)

if TYPE_CHECKING:
    from kb.store import Graph


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _now() -> str:
    """So fine that of two decisions in one second the later one is known."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


BY = click.option("--by", metavar="NAME", default=_user, show_default="your login", help="Who decides.")
_WHY = click.option("--why", metavar="REASON", default="", help="Why, for the record.")


@click.group(
    epilog=examples(
        'chronograph judge same ev… ev… --why "one ruling"',
        'chronograph judge same "Acme" "Acme Widgets"',
        "chronograph judge correct c… status denied",
        "chronograph judge list",
        "chronograph judge undo j…",
    )
)
def judge() -> None:
    """Decide what is the same, what is not, what a claim says.

    A decision holds for good, and can be undone. ONE and OTHER are ids of events (ev…) or claims (c…), or names or
    ids of entities (e…). Two claims of one event that are judged to be different come apart. Judgements are replayed
    whenever articles are read anew. What you say later of the same two replaces what you said; of what two people say,
    'different' holds.
    """


def _two(verdict: Verdict, explained: str, *calls: str) -> click.Command:
    @click.command(name=verdict.value, help=explained, epilog=examples(*calls))
    @click.argument("one")
    @click.argument("other")
    @BY
    @_WHY
    @click.pass_obj
    def command(settings: Settings, *, one: str, other: str, by: str, why: str) -> None:
        from kb.store.judgements import contradictory
        from kb.store.judgements import judge as store

        with open_store(settings) as graph:
            on, sides = _anchors(graph, one, other)
            made = store(graph, Judgement(on, verdict, sides[0], sides[1], by=by, at=_now(), why=why))
            against = [pair for pair in contradictory(graph) if made in pair]
        click.echo(made.id)
        _tell_contradictions(made, against)

    return command


def _tell_contradictions(made: Judgement, against: Iterable[tuple[Judgement, Judgement]]) -> None:
    for one, other in against:
        theirs = other if one == made else one
        said = f"'{theirs.verdict}', {theirs.id} by {theirs.by}" + (f": {theirs.why}" if theirs.why else "")
        click.echo(f"note: it contradicts {said}; 'different' holds until one of the two is undone", err=True)


judge.add_command(
    _two(
        Verdict.SAME,
        "Two events, or two entities, are the same.\n\nONE and OTHER are ids of events (ev…), or names or ids of "
        "entities (e…).",
        'chronograph judge same ev… ev… --why "one ruling"',
        'chronograph judge same "Acme" "Acme Widgets"',
    )
)
judge.add_command(
    _two(
        Verdict.DIFFERENT,
        "They are not the same, and are never joined.\n\nONE and OTHER are ids of events (ev…) or of claims of one "
        "event (c…), or names or ids of entities (e…). This overrides 'same' said by others.",
        "chronograph judge different c… c…",
        'chronograph judge different "Acme" "Acme Bank" --why "two firms"',
    )
)
judge.add_command(
    _two(
        Verdict.UNSURE,
        "Leave it open.\n\nThis changes nothing, but you are not asked again.",
        "chronograph judge unsure ev… ev…",
    )
)


@judge.command(
    epilog=examples("chronograph judge correct c… status denied", "chronograph judge correct c… first_day 2026-01-15")
)
@click.argument("claim")
@click.argument("field", type=click.Choice(CORRECTABLE))
@click.argument("value")
@BY
@_WHY
@click.pass_obj
def correct(settings: Settings, *, claim: str, field: str, value: str, by: str, why: str) -> None:
    """Correct what a claim says: FIELD is VALUE.

    CLAIM is the id of a claim (c…), or of an event (ev…) for its first claim. Days are written as 2025-01-19; first_day
    and last_day are corrected one by one.
    """
    from kb.store.judgements import judge as store

    with open_store(settings) as graph:
        side = _claim_or_event(graph, claim)
        judgement = Judgement(
            Matter.EVENT, Verdict.CORRECT, side, None, by=by, at=_now(), why=why, field=field, value=value
        )
        made = store(graph, judgement)
    click.echo(made.id)


@judge.command(epilog=examples("chronograph judge undo j…    # ids: chronograph judge list"))
@click.argument("judgement_id", metavar="ID")
@click.pass_obj
def undo(settings: Settings, *, judgement_id: str) -> None:
    """Take a judgement back.

    What it joined comes apart, what it parted may join again.
    """
    from kb.store.judgements import undo as take_back

    with open_store(settings) as graph:
        taken = take_back(graph, judgement_id)
    click.echo(f"undone: {taken.verdict} by {taken.by}", err=True)


@judge.command(name="list", epilog=examples("chronograph judge list", "chronograph judge list --format json"))
@FORMAT
@click.pass_obj
def list_(settings: Settings, *, format_: str) -> None:
    """Show all judgements.

    Those that contradict each other, or speak of what is not there, are marked.
    """
    from kb.store.judgements import contradictory, list_judgements

    with open_store(settings) as graph:
        stored = list_judgements(graph)
        clashing = contradictory(graph)
    show.judgements(stored, clashing, zone=settings.timezone, as_json=format_ == "json")


@judge.command(epilog=examples("chronograph judge export judgements.jsonl"))
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=True), default="-")
@click.pass_obj
def export(settings: Settings, *, file: IO[str]) -> None:
    """Write all judgements to FILE, or standard output."""
    from kb.store.judgements import list_judgements

    with open_store(settings) as graph:
        lines = list(dump_lines(stored.judgement for stored in list_judgements(graph)))
    file.write("".join(line + "\n" for line in lines))  # of none, too: what the file held before is gone
    click.echo(counted(len(lines), "judgement"), err=True)


@judge.command(name="import", epilog=examples("chronograph judge import judgements.jsonl"))
@click.argument("file", type=click.File(encoding="utf-8"))
@click.pass_obj
def import_(settings: Settings, *, file: IO[str]) -> None:
    """Read judgements from FILE, as 'export' writes them.

    FILE may be '-' for standard input. Reading them again is harmless. Bad lines are named and left out. What speaks of
    articles that are not there yet waits for them, also where there is no store yet.
    """
    from kb.store.judgements import judge_all

    problems: list[str] = []
    found = list(_read(file, problems))
    with open_store(settings, create=bool(found)) as graph:
        judge_all(graph, found)
    for problem in problems:
        click.echo(f"chronograph: {problem}", err=True)
    click.echo(f"{counted(len(found), 'judgement')} read, {counted(len(problems), 'line')} left out", err=True)
    if problems:
        sys.exit(1)


@click.command(epilog=examples("chronograph rebuild"))
@click.pass_obj
def rebuild(settings: Settings) -> None:
    """Compute all events anew from what articles claim.

    So are their histories, conflicts and copies, who is who, and the index beside the graph; judgements stay. No
    article is read again. The outcome is what is there already, unless the rules for joining reports have changed: run
    it after an update of the program (docs/how-to/upgrade.md), where a store asks for it because its schema is older,
    and where a Neo4j database was put back to an older state.
    """
    from kb.store.rebuilding import rebuild as build

    with open_store(settings, older=True) as graph:
        build(graph, on_progress=lambda what, count: click.echo(f"{count} {what}", err=True))
        counts = queries.overview(graph)
    click.echo(f"{counts.events} events from {counts.claims - counts.undated} dated claims", err=True)


def _read(lines: Iterable[str], problems: list[str]) -> Iterator[Judgement]:
    try:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield parse_line(line, where=f"line {number}")
                except UsageError as err:
                    problems.append(str(err))
    except UnicodeDecodeError as err:
        problems.append(f"the file is not UTF-8 text: {err.reason} at byte {err.start}")


def _anchors(graph: Graph, one: str, other: str) -> tuple[Matter, tuple[Anchor, Anchor]]:
    if all(_names_claim(name) for name in (one, other)):
        return Matter.EVENT, (_claim_or_event(graph, one), _claim_or_event(graph, other))
    if any(_names_claim(name) for name in (one, other)):
        odd = next(name for name in (one, other) if not _names_claim(name))
        raise UsageError(
            f"{odd!r} is not the id of an event or claim, but the other is: judge two of those, or two entities"
        )
    return Matter.ENTITY, (_entity(graph, one), _entity(graph, other))


def _names_claim(name: str) -> bool:
    """True for an id of an event or a claim: hexadecimal digits after their letters."""
    digits = name[2:] if name.startswith("ev") else name[1:] if name.startswith("c") else ""
    return len(digits) == 24 and all(digit in "0123456789abcdef" for digit in digits)


def _claim_or_event(graph: Graph, id_: str) -> Anchor:
    from kb.store.judgements import anchor_of_claim, anchor_of_event

    if not _names_claim(id_):
        raise NotFound(f"{id_!r} is not the id of a claim or an event: 'chronograph event ID --format json' shows them")
    return anchor_of_event(graph, id_) if id_.startswith("ev") else anchor_of_claim(graph, id_)


def _entity(graph: Graph, name: str) -> EntityAnchor:
    """The entity itself, not the one it was found to be: so a wrong merge can be named."""
    from kb.store.judgements import anchor_of_entity

    return anchor_of_entity(graph, name)
