"""Commands for the store itself: db start, stop, status."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from kb.config import Neo4jServer, Settings
from kb.errors import StoreUnavailable, UsageError
from kb.examples import examples
from kb.store import embedded


@dataclass(frozen=True, slots=True)
class _Report:
    """What `db status` tells; what does not apply is None."""

    server: str
    running: bool
    data: str | None = None
    uri: str | None = None
    pid: int | None = None
    port: int | None = None
    version: str | None = None
    since: str | None = None
    trouble: str | None = None

    def lines(self) -> list[str]:
        """For people: what it is, then what is known about it."""
        what = f"Neo4j at {self.uri}" if self.uri else f"the embedded store in {self.data}"
        known = {"process": self.pid, "port": self.port, "version": self.version, "since": self.since}
        known["trouble"] = self.trouble
        return [
            f"{what}: {'running' if self.running else 'not running'}",
            *(f"  {name:<8} {value}" for name, value in known.items() if value is not None),
        ]


@click.group(epilog=examples("chronograph db status", "chronograph db stop"))
def db() -> None:
    """Start, stop and look at the graph store.

    The embedded store starts by itself when a command needs it, and goes on in the background until it is stopped.
    """


@db.command(epilog=examples("chronograph db start"))
@click.pass_obj
def start(settings: Settings) -> None:
    """Start the embedded store, unless it runs."""
    running = embedded.start(_own_store(settings))
    click.echo(f"the store in {settings.data} is running on port {running.port} (process {running.pid})", err=True)


@db.command(epilog=examples("chronograph db stop"))
@click.pass_obj
def stop(settings: Settings) -> None:
    """Stop the embedded store.

    It stops also while programs are connected to it.
    """
    stopped = embedded.stop(_own_store(settings))
    click.echo(f"the store in {settings.data} {'has stopped' if stopped else 'was not running'}", err=True)


@db.command(epilog=examples("chronograph db status", "chronograph db status --json"))
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def status(settings: Settings, *, as_json: bool) -> None:
    """Tell which store is used, and whether it runs.

    The exit code is 1 if a Neo4j server of yours cannot be reached.
    """
    report = _neo4j(settings.neo4j) if settings.neo4j else _embedded(settings.data)
    click.echo(json.dumps(asdict(report)) if as_json else "\n".join(report.lines()))
    if report.trouble:
        click.get_current_context().exit(1)


def _own_store(settings: Settings) -> Path:
    if settings.neo4j:
        raise UsageError(
            f"NEO4J_URI is set: start and stop the server at {settings.neo4j.uri} yourself, or unset NEO4J_URI"
        )
    return settings.data


def _embedded(data: Path) -> _Report:
    found = embedded.status(data)
    return _Report("embedded", data=str(data), **asdict(found))


def _neo4j(server: Neo4jServer) -> _Report:
    from kb.store.opening import server_version

    try:
        version = server_version(server)
    except StoreUnavailable as err:
        return _Report("neo4j", running=False, uri=server.uri, trouble=str(err))
    return _Report("neo4j", running=True, uri=server.uri, version=version)
