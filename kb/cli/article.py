"""The command `article`: one article, its versions, and what each says otherwise than the one before."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kb.cli.options import FORMAT
from kb.config import Settings
from kb.counted import counted
from kb.errors import NotFound, quoted
from kb.examples import examples
from kb.moment import at_minute

if TYPE_CHECKING:
    from kb.queries.versions import VersionView


@click.command(epilog=examples("chronograph article https://outlet.example/story"))
@click.argument("name", metavar="ID|URL")
@FORMAT
@click.pass_obj
def article(settings: Settings, *, name: str, format_: str) -> None:
    """One article with its versions.

    Of each version it shows which events it added, removed or moved.
    """
    from kb.queries.versions import article_facts, article_versions
    from kb.store import open_graph

    with open_graph(settings) as graph:
        versions = article_versions(graph, name)
        facts = article_facts(graph, name)
    if facts is None:
        raise NotFound(f"there is no article {quoted(name)}: give its id or its address")
    if format_ == "json":
        click.echo(json.dumps({"article": asdict(facts), "versions": [asdict(version) for version in versions]}))
        return
    for key, value in asdict(facts).items():
        if value not in (None, (), False):
            click.echo(f"{key:<13} {_plain(', '.join(value) if isinstance(value, tuple) else str(value))}")
    before: VersionView | None = None
    for number, version in enumerate(versions, 1):
        _show(number, version, before, zone=settings.timezone)
        before = version


def _show(number: int, version: VersionView, before: VersionView | None, *, zone: str | None) -> None:
    until = f", until {at_minute(version.superseded_at, zone)}" if version.superseded_at else ", current"
    if version.withdrawn_by:
        until += _plain(f", withdrawn by {version.withdrawn_by}: {version.withdrawn_because}")
    fetched = at_minute(version.fetched_at, zone)
    click.echo(f"\nversion {number}: fetched {fetched}{until}, {counted(version.claims, 'claim')}")
    redated = before is not None and before.published != version.published
    if redated and before is not None:
        click.echo(
            f"  publication date changed from {before.published or 'unknown'} to {version.published or 'unknown'}"
        )
    for change in version.changes:
        click.echo(f"  {change.text}: {_plain(change.title)}")
        for mark, claim in (("-", change.before), ("+", change.after)):
            if claim is not None:
                click.echo(f"    {mark} “{_plain(claim.quote)}”")
    if number > 1 and not version.changes and not redated:
        click.echo("  wording changed, same events")


def _plain(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
