"""`chronograph export`: events as a file, chosen by the same filters as `chronograph timeline`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kb.cli.options import FILTERS, Asked
from kb.config import Settings, today_in
from kb.counted import counted
from kb.errors import UsageError
from kb.examples import examples

_FORMATS = ("csv", "json", "ics", "markdown", "timelinejs", "graphml", "gexf", "svg", "png")


@click.command(
    epilog=examples(
        "chronograph export --type deadline -o deadlines.ics",
        "chronograph export --entity TikTok --from 2025-01-01 -o tiktok.csv",
    )
)
@click.option(
    "--format", "format_", type=click.Choice(_FORMATS), help="Default: by the ending of the file name, else csv."
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write. Default: standard output."
)
@FILTERS
@click.option(
    "--limit", type=click.IntRange(1, 1_000_000), default=100_000, show_default=True, help="At most this many events."
)
@click.pass_obj
def export(
    settings: Settings,
    *,
    format_: str | None,
    output: Path | None,
    asked: Asked,
    limit: int,
) -> None:
    """Write events as a table, calendar, report, graph or picture.

    An exported calendar keeps the ids of its events and counts their changes, so that a deadline that moves also moves
    in a calendar that reads the file again.
    """
    from kb import queries
    from kb.exports import FORMATS, Kind
    from kb.store import open_graph

    kind = Kind(format_ or _by_name(output))
    with open_graph(settings) as graph:
        today = today_in(settings.timezone)
        wanted = asked.wanted(graph)
        events = list(queries.details(graph, wanted, limit=limit, today=wanted.as_of or today.isoformat()))
    content = FORMATS[kind].write(events, today)
    _deliver(content, output, binary=kind is Kind.PNG)
    click.echo(f"{counted(len(events), 'event')} as {kind.value}", err=True)


def _by_name(output: Path | None) -> str:
    """The format that the file's name asks for; csv where it asks for none."""
    ending = output.suffix.lstrip(".").lower() if output else ""
    format_ = {"": "csv", "md": "markdown"}.get(ending, ending)
    if format_ not in _FORMATS:
        raise UsageError(f"{output}: {ending!r} is not a known format: give --format with one of {', '.join(_FORMATS)}")
    return format_


def _deliver(content: bytes, output: Path | None, *, binary: bool) -> None:
    """To the file as a whole or not at all, else to standard output."""
    if output is None:
        if binary and sys.stdout.isatty():
            raise UsageError("a picture cannot be shown in a terminal: name a file with --output")
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    unfinished = output.with_name(f".{output.name}.part")
    try:
        unfinished.write_bytes(content)
    except OSError as err:
        raise UsageError(f"{output}: {err.strerror}: name a file in a folder you can write to") from err
    unfinished.replace(output)
