"""The commands `backup` and `restore`: all that a store holds in one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from kb.config import Settings
from kb.errors import UsageError
from kb.examples import examples

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(epilog=examples("chronograph backup all.chronograph"))
@click.argument("file", type=_FILE)
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@click.pass_obj
def backup(settings: Settings, *, file: Path, force: bool) -> None:
    """Write everything that the store holds to one file.

    That is the whole graph, with judgements and the journal of ingestion, as gzipped JSON Lines: the same file for the
    same content. Whoever wants to write to the graph waits meanwhile. Your sources, alerts and sheets of names are
    files of your own: copy them too.
    """
    from kb.store import open_graph
    from kb.store.backup import write_backup

    with open_graph(settings) as graph:
        counts = write_backup(graph, settings.data, file, on_progress=_tell, overwrite=force)
        what = graph.describe()
    click.echo(f"backed up {what} to {file}: {_told(counts)}", err=True)


@click.command(epilog=examples("CHRONOGRAPH_DATA=~/new/.chronograph chronograph restore all.chronograph"))
@click.argument("file", type=_FILE)
@click.pass_obj
def restore(settings: Settings, *, file: Path) -> None:
    """Put a backup into an empty store.

    The store may be an embedded one or a Neo4j server, whichever the backup came from. Name an empty one by
    CHRONOGRAPH_DATA, or NEO4J_URI. It does not open until all of the backup is there; if this was interrupted, run it
    again.
    """
    from kb.store import open_graph
    from kb.store.backup import check_backup
    from kb.store.restoring import restore as put_back

    if not file.exists():
        raise UsageError(f"there is no file {file}: make one with 'chronograph backup {file}'")
    check_backup(file)
    with open_graph(settings, create=True, unfinished=True) as graph:
        counts = put_back(graph, settings.data, file, on_progress=_tell)
        what = graph.describe()
    click.echo(f"restored {file} into {what}: {_told(counts)}", err=True)


def _tell(what: str, count: int) -> None:
    click.echo(f"{count} {what}", err=True)


def _told(counts: dict[str, int]) -> str:
    return f"{counts['n']} nodes, {counts['r']} relationships, {counts['j']} journal rows"
