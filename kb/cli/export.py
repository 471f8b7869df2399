"""`chronograph export`: events as a file, chosen by the same filters as `chronograph timeline`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from kb.cli.options import TYPES, Day
from kb.config import Settings
from kb.errors import NotFound, UsageError
from kb.model import EventStatus

_FORMATS = ("csv", "json", "ics", "markdown", "timelinejs", "graphml", "gexf", "svg", "png")


@click.command()
@click.option("--format", "format_", type=click.Choice(_FORMATS), help="Default: as the file's name ends, else csv.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write. Default: standard output."
)
@click.option("--entity", "entity_name", metavar="NAME", help="Only events this entity acts in (name, alias or id).")
@TYPES
@click.option(
    "--status",
    "statuses",
    type=click.Choice([status.value for status in EventStatus]),
    multiple=True,
    help="Only this status; may be repeated.",
)
@click.option("--from", "first", type=Day(), help="Only events that end on this day or later.")
@click.option("--to", "last", type=Day(), help="Only events that start on this day or earlier.")
@click.option("--text", metavar="WORDS", help="Only events whose title holds this.")
@click.option("--as-of", type=Day(), help="Only what was published by this day is taken into account.")
@click.option("--limit", type=click.IntRange(1, 1_000_000), default=100_000, show_default=True)
@click.pass_obj
def export(
    settings: Settings,
    *,
    format_: str | None,
    output: Path | None,
    entity_name: str | None,
    types: tuple[str, ...],
    statuses: tuple[str, ...],
    first: str | None,
    last: str | None,
    text: str | None,
    as_of: str | None,
    limit: int,
) -> None:
    """Write events to a file: a table, a calendar, a report with its quotes, a graph or a picture.

    An exported calendar keeps the ids of its events and counts their changes, so that a deadline that moves also moves
    in a calendar which reads the file again.
    """
    from kb import queries
    from kb.exports import FORMATS, Kind
    from kb.queries import EventFilter
    from kb.store import open_graph

    kind = Kind(format_ or _by_name(output))
    with open_graph(settings) as graph:
        found = queries.resolve_entity(graph, entity_name) if entity_name else None
        if entity_name and found is None:
            raise NotFound(f"no entity is called {entity_name!r}: 'chronograph search {entity_name}' looks for parts")
        wanted = EventFilter(
            entity=found.id if found else None, types=types, statuses=statuses, first=first, last=last, text=text,
            as_of=as_of,
        )  # fmt: skip
        events = list(queries.details(graph, wanted, limit=limit))
    content = FORMATS[kind].write(events, datetime.now(UTC).date())
    _deliver(content, output, binary=kind is Kind.PNG)
    click.echo(f"{len(events)} events as {kind.value}", err=True)


def _by_name(output: Path | None) -> str:
    ending = output.suffix.lstrip(".").lower() if output else ""
    return {"md": "markdown"}.get(ending, ending if ending in _FORMATS else "csv")


def _deliver(content: bytes, output: Path | None, *, binary: bool) -> None:
    """To the file as a whole or not at all, else to standard output."""
    if output is None:
        if binary and sys.stdout.isatty():
            raise UsageError("a picture is no text for a terminal: name a file with --output")
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    unfinished = output.with_name(f".{output.name}.part")
    try:
        unfinished.write_bytes(content)
    except OSError as err:
        raise UsageError(f"{output}: {err.strerror}: name a file in a folder that can be written to") from err
    unfinished.replace(output)
