"""Commands that read what follows from many articles: conflicts, deadlines, overdue, story, path, changes."""

from __future__ import annotations

import click

from kb import queries
from kb.cli import show
from kb.cli.opened import open_store
from kb.cli.options import AS_OF, ENTITY, FORMAT, RECORDED_BY, TODAY, Day, entity_id
from kb.config import Settings
from kb.errors import NotFound, UsageError
from kb.examples import examples
from kb.queries import EventFilter

_KINDS = ("date", "status", "actor", "number", "outcome", "weekday", "arithmetic", "office")


@click.command(epilog=examples("chronograph conflicts --entity TikTok --on date"))
@ENTITY
@click.option("--on", type=click.Choice(_KINDS), help="Only conflicts of this kind.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=200, show_default=True, help="At most this many.")
@AS_OF
@RECORDED_BY
@FORMAT
@click.pass_obj
def conflicts(
    settings: Settings,
    *,
    entity_name: str | None,
    on: str | None,
    limit: int,
    as_of: str | None,
    recorded_by: str | None,
    format_: str,
) -> None:
    """Claims that cannot both hold, with both quotes.

    Those on what happened last come first.
    """
    with open_store(settings) as graph:
        entity = entity_id(graph, entity_name, as_of=as_of, recorded_by=recorded_by) if entity_name else None
        found = queries.conflicts(graph, entity=entity, on=on, as_of=as_of, recorded_by=recorded_by, limit=limit)
    show.conflicts(found, as_json=format_ == "json")


@click.command(epilog=examples("chronograph deadlines --entity TikTok", "chronograph deadlines --as-of 2025-01-16"))
@ENTITY
@TODAY
@AS_OF
@RECORDED_BY
@FORMAT
@click.pass_obj
def deadlines(
    settings: Settings,
    *,
    entity_name: str | None,
    today: str,
    as_of: str | None,
    recorded_by: str | None,
    format_: str,
) -> None:
    """Deadlines by due day, each with its history.

    Its steps: set, extended, moved up, stayed, waived, lapsed, met, missed.
    """
    with open_store(settings) as graph:
        entity = entity_id(graph, entity_name, as_of=as_of, recorded_by=recorded_by) if entity_name else None
        found = queries.deadlines(graph, today=today, entity=entity, as_of=as_of, recorded_by=recorded_by)
    show.deadlines(found, as_json=format_ == "json")


@click.command(epilog=examples("chronograph overdue --today 2025-06-01"))
@TODAY
@click.option("--limit", type=click.IntRange(1, 10_000), default=200, show_default=True, help="At most this many.")
@AS_OF
@RECORDED_BY
@FORMAT
@click.pass_obj
def overdue(
    settings: Settings, *, today: str, limit: int, as_of: str | None, recorded_by: str | None, format_: str
) -> None:
    """Events whose day has passed with no report since.

    Did it happen? They were fixed for a day that is behind us, and no later article says what came of them.
    """
    with open_store(settings) as graph:
        found = queries.overdue(graph, today=today, as_of=as_of, recorded_by=recorded_by, limit=limit)
    show.overdue(found, as_json=format_ == "json")


@click.command(epilog=examples("chronograph story", "chronograph story TikTok --from 2024-01-01"))
@click.argument("name", required=False)
@click.option("--from", "first", type=Day(), help="Only events that end on this day or later.")
@click.option("--to", "last", type=Day(), help="Only events that start on this day or earlier.")
@AS_OF
@RECORDED_BY
@FORMAT
@click.pass_obj
def story(
    settings: Settings,
    *,
    name: str | None,
    first: str | None,
    last: str | None,
    as_of: str | None,
    recorded_by: str | None,
    format_: str,
) -> None:
    """Stories: events that hang together by who and what they share.

    With NAME, the stories of one entity.
    """
    with open_store(settings) as graph:
        entity = entity_id(graph, name, as_of=as_of, recorded_by=recorded_by) if name else None
        found = queries.stories(graph, entity=entity, first=first, last=last, as_of=as_of, recorded_by=recorded_by)
    show.stories(found, as_json=format_ == "json")


@click.command(epilog=examples('chronograph path TikTok "Supreme Court"'))
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@AS_OF
@RECORDED_BY
@FORMAT
@click.pass_obj
def path(settings: Settings, *, one: str, other: str, as_of: str | None, recorded_by: str | None, format_: str) -> None:
    """How two entities are connected, and the events on the way.

    A and B are names, aliases or ids (e…).
    """
    with open_store(settings) as graph:
        ids = [entity_id(graph, name, as_of=as_of, recorded_by=recorded_by) for name in (one, other)]
        found = queries.path(graph, *ids, as_of=as_of, recorded_by=recorded_by)
    if found is None:
        raise NotFound(f"nothing connects {one!r} and {other!r} within three steps of each")
    show.path(found, as_json=format_ == "json")


@click.command(
    epilog=examples(
        "chronograph changes 2025-01-10 2025-01-20", "chronograph changes 2025-01-10 2025-01-20 --entity TikTok"
    )
)
@click.argument("before", type=Day(), metavar="EARLIER_DAY")
@click.argument("after", type=Day(), metavar="LATER_DAY")
@ENTITY
@click.option("--recorded", is_flag=True, help="Compare what was ingested by these days, not what was published.")
@FORMAT
@click.pass_obj
def changes(
    settings: Settings, *, before: str, after: str, entity_name: str | None, recorded: bool, format_: str
) -> None:
    """What became known, or known otherwise, between two days.

    Days are written as 2025-01-19.
    """
    if after < before:
        raise UsageError(f"{after} is before {before}: give the earlier day first")
    with open_store(settings) as graph:
        entity = entity_id(graph, entity_name) if entity_name else None
        later = EventFilter(entity=entity, recorded_by=after) if recorded else EventFilter(entity=entity, as_of=after)
        found = queries.changes(graph, later, since=before, recorded=recorded, retold=True, limit=1_000_000)
    show.changes(found, as_json=format_ == "json")
