"""The commands db start, stop and status."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli.db import db
from kb.config import Neo4jServer, Settings
from kb.errors import UsageError
from kb.store import embedded

KEYS = ["server", "running", "data", "uri", "pid", "port", "version", "since", "trouble"]


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder without a store; whatever starts there is stopped."""
    path = tmp_path / "data"
    yield path
    embedded.stop(path)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Settings:
    """A Neo4j server that is not there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        uri = f"bolt://127.0.0.1:{probe.getsockname()[1]}"
    return Settings(tmp_path, Neo4jServer(uri, "neo4j", "secret", "neo4j"), "none")


def run(settings: Settings, *words: str) -> Result:
    return CliRunner().invoke(db, words, obj=settings, catch_exceptions=False)


def status(settings: Settings) -> dict[str, object]:
    return json.loads(run(settings, "status", "--json").stdout)


def test_start_status_and_stop(data: Path) -> None:
    settings = Settings(data, None, "none")
    assert status(settings) == dict.fromkeys(KEYS) | {"server": "embedded", "running": False, "data": str(data)}
    assert not data.exists()

    started = run(settings, "start")
    found = status(settings)
    assert list(found) == KEYS
    assert found["running"]
    assert (started.stdout, started.stderr) == (
        "",
        f"the store in {data} is running on port {found['port']} (process {found['pid']})\n",
    )
    lines = run(settings, "status").stdout.splitlines()
    assert lines[0] == f"the embedded store in {data}: running"
    assert f"  process  {found['pid']}" in lines

    assert run(settings, "stop").stderr == f"the store in {data} has stopped\n"
    assert run(settings, "stop").stderr == f"the store in {data} was not running\n"
    assert not status(settings)["running"]


@pytest.mark.parametrize("command", ["start", "stop"])
def test_a_server_of_the_user_is_not_ours_to_start_or_stop(elsewhere: Settings, command: str) -> None:
    with pytest.raises(UsageError, match="NEO4J_URI is set"):
        run(elsewhere, command)


def test_the_status_of_a_server_that_is_not_there_says_why(elsewhere: Settings) -> None:
    found = status(elsewhere)
    assert (found["server"], found["running"]) == ("neo4j", False)
    assert "check that it is running" in str(found["trouble"])
    assert "secret" not in json.dumps(found)
    told = run(elsewhere, "status")
    assert told.stdout.splitlines()[0].endswith(": not running")
    assert told.exit_code == 1


@pytest.mark.parametrize("command", [[], ["start"], ["stop"], ["status"]])
def test_every_command_explains_itself(elsewhere: Settings, command: list[str]) -> None:
    result = run(elsewhere, *command, "--help")
    assert result.exit_code == 0
    assert "--help" in result.stdout
