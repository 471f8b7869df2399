"""Answers for the terminal: tables for people, JSON for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kb.counted import counted
from kb.judgement import Anchor, EntityAnchor, Judgement, replaced, to_json
from kb.moment import at_minute
from kb.queries import (
    ClaimView,
    ConflictView,
    DeadlineView,
    Difference,
    EntityDetail,
    EntityView,
    EventDetail,
    EventView,
    NameView,
    OverdueView,
    PathView,
    Quotes,
    StoryView,
    UndatedDetail,
)

if TYPE_CHECKING:
    from kb.store import QueryResult
    from kb.store.judgements import Stored

_NARROW = 100
"""Columns of a terminal below which a timeline leaves out the types."""
_WIDE = 120
"""Columns from which on a timeline has room for the ids of its events, which other commands take."""
_MOST_NAMES = 12
_MOST_NAMESAKES, _MOST_ROLES = 10, 3
_PIPE_WIDTH = 180
"""Columns of a table that goes into a file or a pipe."""
_MOVING = ("set", "extended", "moved-up")
"""Steps that give a deadline a day; the others say what became of the one it had."""


def timeline(events: Sequence[EventView], *, total: int, as_json: bool) -> None:
    """A timeline; `total` is how many events there are when not all are shown."""
    if as_json:
        _json([asdict(event) for event in events])
        return
    _print_events(events)
    shown = f"the earliest {len(events)} of {total} events" if total > len(events) else counted(total, "event")
    click.echo(shown, err=True)


def event(detail: EventDetail, *, as_json: bool) -> None:
    """An event with its claims."""
    if as_json:
        _json(asdict(detail))
        return
    view = detail.event
    click.echo(_plain(view.title))
    click.echo(f"{view.status} · {days(view.first_day, view.last_day)} ({view.precision}) · {view.type} · {view.id}")
    for actor in view.actors:
        click.echo(f"  {actor.role}: {_plain(actor.name)} ({actor.kind})")
    if detail.deadline is not None:
        _history(detail.deadline)
    else:
        _revisions(detail)
    if view.because:
        click.echo("  one event because: " + _plain(", ".join(view.because)))
    if view.outlets > view.sources:
        click.echo(f"  {view.outlets} outlets, {view.sources} of them with their own text")
    click.echo()
    for claim in detail.claims:
        _claim(claim)
    for clash in detail.conflicts:
        click.echo(f"  ! {clash.on}: {_plain(clash.says)}")
    if detail.mentions:
        click.echo("\nmentioned without a day:")
    for claim in detail.mentions:
        _claim(claim)


def undated_event(detail: UndatedDetail, *, as_json: bool) -> None:
    """An event of which no source gives the day, with its claims."""
    if as_json:
        _json(asdict(detail))
        return
    click.echo(_plain(detail.title))
    click.echo(f"{detail.status} · no source gives the day · {detail.type} · {detail.id}")
    click.echo("  one event because: " + _plain(", ".join(detail.because)) + "\n")
    for claim in detail.mentions:
        _claim(claim)


def _history(view: DeadlineView) -> None:
    click.echo(f"  the {'deadline' if view.type == 'deadline' else 'day'}: {_outcome(view)}")
    _steps(view)


def _outcome(view: DeadlineView) -> str:
    return f"{view.state}, {view.slippage:+} days" if view.slippage else view.state


def _steps(view: DeadlineView) -> None:
    for step in view.steps:
        to = f" to {step.due}" if step.change in _MOVING else ""
        by = f" by {step.by}" if step.by else ""
        known = step.known_on or "an unknown day"
        click.echo(_plain(f"    {step.change}{to}{by}, known since {known} ({_where(step.claim)})"))
        click.echo(f"      “{_plain(step.claim.quote)}”")


def _revisions(detail: EventDetail) -> None:
    quotes = {claim.id: claim.quote for claim in detail.elsewhere}
    for before, revision in pairwise(detail.revisions):
        moved = (before.first_day, before.last_day) != (revision.first_day, revision.last_day)
        told = f"{revision.status}, {days(revision.first_day, revision.last_day)}" if moved else revision.status
        click.echo(f"  from {revision.known_on or 'an unknown day'} on: {told}")
        if revision.because:
            click.echo(f"    {_plain(revision.because)}: “{_plain(quotes.get(revision.claim, ''))}”")


def entity(detail: EntityDetail, *, as_json: bool) -> None:
    """An entity with its events."""
    if as_json:
        _json(asdict(detail))
        return
    view = detail.entity
    click.echo(f"{_plain(view.name)} · {view.kind} · {view.id}")
    if len(detail.names) > 1 or any(name.name != view.name for name in detail.names):
        click.echo("called: " + _plain("; ".join(_dated(name) for name in detail.names[:_MOST_NAMES])))
    if view.roles:
        click.echo("described as: " + _plain(_described(view)))
    for other in detail.namesakes[:_MOST_NAMESAKES]:
        told = f"also of this name: {_described(other) or other.kind} · {other.id}, in {counted(other.events, 'event')}"
        click.echo(_plain(told))
    if len(detail.namesakes) > _MOST_NAMESAKES:
        click.echo(f"and {len(detail.namesakes) - _MOST_NAMESAKES} more of this name: 'chronograph search' lists them")
    if detail.neighbours:
        company = ", ".join(f"{near.name} ({near.shared})" for near in detail.neighbours[:10])
        click.echo("acts with: " + _plain(company))
    _print_events(detail.events)
    for claim in detail.undated:
        click.echo(f"  undated: {_plain(claim.title)} [{claim.status}]")
    click.echo(
        f"{counted(len(detail.events), 'event')}, {counted(len(detail.undated), 'undated claim')}, "
        f"{counted(len(detail.articles), 'article')}",
        err=True,
    )


def _described(view: EntityView) -> str:
    """The first few things that articles say it is."""
    return ", ".join(view.roles[:_MOST_ROLES])


def _dated(view: NameView) -> str:
    if view.first is None or view.last is None:
        return view.name
    return f"{view.name} ({view.first})" if view.first == view.last else f"{view.name} ({view.first} to {view.last})"


def search(entities: Sequence[EntityView], events: Sequence[EventView], quotes: Quotes, *, as_json: bool) -> None:
    """Hits among entities and events, and the quotes that have the words."""
    if as_json:
        _json(
            {
                "entities": [asdict(hit) for hit in entities],
                "events": [asdict(hit) for hit in events],
                "quotes": [asdict(claim) for claim in quotes.claims],
            }
        )
        return
    table = Table(box=None, header_style="bold")
    for column in ("entity", "kind", "described as", "events", "articles", "id"):
        table.add_column(column)
    for hit in entities:
        told = escape(_plain(_described(hit)))
        table.add_row(escape(_plain(hit.name)), hit.kind, told, str(hit.events), str(hit.articles), hit.id)
    if entities:
        _print(table)
    _print_events(events)
    for claim in quotes.claims:
        _claim(claim)
    click.echo(
        f"{counted(len(entities), 'entity', 'entities')}, {counted(len(events), 'event')}, "
        f"{counted(quotes.total, 'quote')}",
        err=True,
    )


def table(result: QueryResult, *, as_json: bool) -> None:
    """The rows of a query."""
    if as_json:
        _json([dict(zip(result.columns, row, strict=True)) for row in result.rows])
    else:
        grid = Table(box=None, header_style="bold")
        for column in result.columns:
            grid.add_column(escape(_plain(column)))
        for row in result.rows:
            grid.add_row(*(escape(_plain(_cell(value))) for value in row))
        _print(grid)
    if result.truncated:
        click.echo(f"only the first {counted(len(result.rows), 'row')}: raise --limit for more", err=True)


def conflicts(found: Sequence[ConflictView], *, as_json: bool) -> None:
    """Claims that cannot both hold, with their quotes."""
    if as_json:
        _json([asdict(view) for view in found])
        return
    for view in found:
        click.echo(f"{view.on}: {_plain(view.says)}")
        for claim in (view.one, view.other):
            if claim is not None:
                _claim(claim)
        click.echo()
    click.echo(counted(len(found), "conflict"), err=True)


def deadlines(found: Sequence[DeadlineView], *, as_json: bool) -> None:
    """Deadlines with their histories."""
    if as_json:
        _json([asdict(view) for view in found])
        return
    for view in found:
        click.echo(f"{view.due}  {_outcome(view)}  {_plain(view.title)}  {view.event}")
        _steps(view)
    click.echo(counted(len(found), "deadline"), err=True)


def overdue(found: Sequence[OverdueView], *, as_json: bool) -> None:
    """Events that should have happened by now."""
    if as_json:
        _json([asdict(view) for view in found])
        return
    _print_events([view.event for view in found])
    click.echo(f"{counted(len(found), 'event')} with no report since", err=True)


def stories(found: Sequence[StoryView], *, as_json: bool) -> None:
    """Stories with their actors and events."""
    if as_json:
        _json([asdict(view) for view in found])
        return
    for view in found:
        click.echo(f"{_plain(view.title)} ({counted(len(view.events), 'event')})")
        actors = ", ".join(f"{actor.name} ({actor.events})" for actor in view.actors[:10])
        click.echo("  " + _plain(actors))
        _print_events(view.events)
        click.echo()
    click.echo(counted(len(found), "story", "stories"), err=True)


def path(found: PathView, *, as_json: bool) -> None:
    """Entities on a way, with the events between them."""
    if as_json:
        _json(asdict(found))
        return
    for i, entity_ in enumerate(found.entities):
        click.echo(_plain(f"{entity_.name} ({entity_.kind})"))
        for event_ in found.events[i][:5] if i < len(found.events) else ():
            click.echo(_plain(f"    {days(event_.first_day, event_.last_day)}  {event_.title}"))


def changes(found: Sequence[Difference], *, as_json: bool) -> None:
    """What became known between two days."""
    if as_json:
        _json([asdict(view) for view in found])
        return
    for view in found:
        for sign, side in (("-", view.before), ("+", view.after)):
            if side is not None:
                span = days(side.first_day, side.last_day)
                what = ", ".join(counted(side.sources, "source") if one == "sources" else one for one in view.what)
                click.echo(_plain(f"{sign} {span}  {side.status}  {side.title}  [{what}]"))
    click.echo(counted(len(found), "change"), err=True)


def judgements(
    stored: Sequence[Stored], clashing: Sequence[tuple[Judgement, Judgement]], *, zone: str | None, as_json: bool
) -> None:
    """Judgements, with what is the matter with some; their times in an IANA `zone` or in that of this machine."""
    against = {one.id: other.id for pair in clashing for one, other in (pair, pair[::-1])}
    later = replaced(item.judgement for item in stored)
    if as_json:
        _json(
            [
                {
                    "id": s.judgement.id,
                    **to_json(s.judgement),
                    "missing": s.missing,
                    "against": against.get(s.judgement.id),
                    "replaced_by": later.get(s.judgement.id),
                }
                for s in stored
            ]
        )
        return
    for item in stored:
        made = item.judgement
        sides = " | ".join(_side(side) for side in (made.one, made.other) if side is not None)
        change = f" {made.field} = {made.value}" if made.field else ""
        told = f"by {made.by}, {at_minute(made.at, zone)}{f': {made.why}' if made.why else ''}"
        click.echo(_plain(f"{made.id}  {made.verdict}{change}  {sides}  {told}"))
        for missing in item.missing:
            click.echo(_plain(f"    waiting: {missing}"))
        if made.id in later:
            click.echo(_plain(f"    no longer holds: {made.by} decided otherwise later, in {later[made.id]}"))
        if made.id in against:
            click.echo(
                f"    contradicts {against[made.id]}" + (": different holds" if made.verdict != "correct" else "")
            )
    click.echo(f"{counted(len(stored), 'judgement')}, {counted(len(clashing), 'contradiction')}", err=True)


def _side(side: Anchor) -> str:
    return side.name or side.entity if isinstance(side, EntityAnchor) else f"“{side.quote}” ({side.article})"


def days(first: str, last: str) -> str:
    """One day, or first and last."""
    return first if first == last else f"{first} … {last}"


def _event_table(events: Iterable[EventView]) -> Table:
    grid = Table(box=None, header_style="bold", pad_edge=False)
    grid.add_column("days", no_wrap=True)
    grid.add_column("status", no_wrap=True)
    wide = _console().width >= _NARROW
    if wide:
        grid.add_column("type", no_wrap=True)
    grid.add_column("event", ratio=1)
    grid.add_column("src", justify="right", no_wrap=True)
    with_ids = _console().width >= _WIDE
    if with_ids:
        grid.add_column("id", no_wrap=True)
    for view in events:
        kind, id_ = (view.type,) if wide else (), (view.id,) if with_ids else ()
        span = days(view.first_day, view.last_day)
        grid.add_row(span, view.status, *kind, escape(_plain(view.title)), str(view.sources), *id_)
    return grid


def _where(claim: ClaimView) -> str:
    """Where it stands: the outlet, else the address, else what the article is called."""
    return claim.source or claim.url or claim.article_title or claim.article


def _claim(claim: ClaimView) -> None:
    click.echo(f"  “{_plain(claim.quote)}”")
    published = claim.published or "no publication date"
    click.echo(f"    — {_plain(_where(claim))}, {published} · {claim.status}, confidence {claim.confidence:.2f}")
    if claim.origin:
        click.echo(f"    a copy of article {_plain(claim.origin)}")
    if claim.attributed_to:
        click.echo(f"    according to {_plain(claim.attributed_to)}")


def _plain(text: str) -> str:
    """One line without control characters: article text must not steer the terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def _cell(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _print_events(events: Sequence[EventView]) -> None:
    """A table of them; of none, nothing: a head without rows says less than the count below it."""
    if events:
        _print(_event_table(events))


def _print(renderable: Table) -> None:
    _console().print(renderable)


class _Output(Console):
    """Standard output. Where nobody reads it any more, that is told as of any other writing."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def _console() -> Console:
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    return _Output(width=width, highlight=False, emoji=False)


def _json(value: Any) -> None:  # noqa: ANN401 - whatever `asdict` gives
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
