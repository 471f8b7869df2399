"""The servers of the contract: every test that takes `graph` or `settings_for_server` runs on each of them."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.config import Neo4jServer, Settings
from kb.store import Graph, embedded, open_graph

ROOT = Path(__file__).parents[2]
SERVER = ROOT / "tools" / "neo4j" / "server.py"


@pytest.fixture(scope="session", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def settings_for_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings that lead to a running server of each kind, with nothing in it."""
    home = tmp_path_factory.mktemp(request.param)
    if request.param == "embedded":
        yield Settings(data=home / "data", neo4j=None, model="none")
        embedded.stop(home / "data")
        return
    _need_neo4j()
    yield Settings(data=home / "unused", neo4j=start_neo4j(home), model="none")
    _server(home, "stop")


@pytest.fixture(scope="session")
def opened(settings_for_server: Settings) -> Iterator[Graph]:
    """One connection for all tests on a server."""
    with open_graph(settings_for_server, create=True) as graph:
        yield graph


@pytest.fixture
def empty(opened: Graph) -> Callable[[], None]:
    """Takes everything out of the graph but its schema."""

    def clear() -> None:
        opened.write(lambda writer: writer.run("MATCH (n) WHERE NOT n:Meta DETACH DELETE n"))

    return clear


@pytest.fixture
def graph(opened: Graph, empty: Callable[[], None]) -> Graph:
    """An open graph with nothing in it."""
    empty()
    return opened


def start_neo4j(home: Path) -> Neo4jServer:
    """A Neo4j server of its own under `home`, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    printed = _server(home, "start", "--port", str(port))
    found = dict(re.findall(r"(NEO4J_\w+)=(\S+)", printed))
    return Neo4jServer(
        found["NEO4J_URI"], found["NEO4J_USER"], found["NEO4J_PASSWORD"], found.get("NEO4J_DATABASE", "neo4j")
    )


def _server(home: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, str(SERVER), command[0], "--home", str(home), *command[1:]],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _need_neo4j() -> None:
    if any((ROOT / ".tools").glob("neo4j-*/lib")):
        return
    reason = "the Neo4j server is not there: run `make neo4j-install` first"
    if os.environ.get("CHRONOGRAPH_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
