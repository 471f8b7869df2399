"""The servers the contract suite runs over, each started for it on loopback with a fresh store."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Protocol

import pytest

from kb.config import Neo4jServer, Settings
from kb.store import Graph, embedded, open_graph
from tests.contract.synthetic import wipe
from tests.patience import PATIENCE

_RESTARTING = "test_graph_processes.py"
"""The file whose tests stop servers. One that has just started does everything for the first time again, which takes
more work than all that a test asks of it: so they come last."""

NEO4J_TOOL = Path(__file__).parents[2] / "tools" / "neo4j" / "server.py"


class Server(Protocol):
    """A graph server that the tests may stop, kill and start again."""

    @property
    def settings(self) -> Settings: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def kill(self) -> None: ...


class EmbeddedServer:
    """The daemon of a data folder."""

    def __init__(self, data: Path) -> None:
        self.settings = Settings(data=data, neo4j=None, model="none")

    def start(self) -> None:
        embedded.start(self.settings.data)

    def stop(self) -> None:
        embedded.stop(self.settings.data)

    def kill(self) -> None:
        pid = embedded.status(self.settings.data).pid
        assert pid
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not embedded.status(self.settings.data).running)


class CommunityServer:
    """Neo4j Community with its data in `home`."""

    def __init__(self, home: Path, tool: ModuleType) -> None:
        self._home = home
        self._tool = tool
        self._port = free_port()
        self.settings = Settings(data=home / "unused", neo4j=None, model="none")

    def start(self) -> None:
        lines = self._run("start", "--port", str(self._port))
        values = dict(word.split("=", 1) for word in shlex.split(lines.removeprefix("export ")))
        names = ("NEO4J_URI", "NEO4J_USER", "NEO4J_PASSWORD", "NEO4J_DATABASE")
        self.settings = Settings(self._home / "unused", Neo4jServer(*(values[name] for name in names)), "none")

    def stop(self) -> None:
        self._run("stop")

    def kill(self) -> None:
        os.kill(self._tool.running(self._home), signal.SIGKILL)
        wait_until(lambda: not self._tool.running(self._home))

    def _run(self, *words: str) -> str:
        command = [sys.executable, str(NEO4J_TOOL), *words, "--home", str(self._home)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.hookimpl(tryfirst=True)  # before they are put in the order of the servers
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [at for at, item in enumerate(items) if item.path.parent == Path(__file__).parent]
    last_ones = sorted((items[at] for at in here), key=lambda item: item.path.name == _RESTARTING)
    for at, item in zip(here, last_ones, strict=True):
        items[at] = item


@pytest.fixture(
    scope="session", params=[pytest.param("embedded"), pytest.param("neo4j", marks=pytest.mark.neo4j)], ids=str
)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Each of the two servers, running."""
    folder = tmp_path_factory.mktemp(request.param)
    started: Server = EmbeddedServer(folder / "data") if request.param == "embedded" else _community(folder / "home")
    started.start()
    yield started
    started.stop()


@pytest.fixture
def settings_for_server(server: Server) -> Settings:
    """What a program needs to reach it."""
    return server.settings


@pytest.fixture
def graph(settings_for_server: Settings) -> Iterator[Graph]:
    """The server's graph, open and empty but for the schema."""
    with open_graph(settings_for_server, create=True) as opened:
        wipe(opened)
        yield opened


@pytest.fixture
def empty(graph: Graph) -> Callable[[], None]:
    """A function that empties the graph."""
    return lambda: wipe(graph)


_PORTS = iter(range(20_000 + os.getpid() % 10_000, 32_000))


def free_port() -> int:
    """One that the system does not hand out by itself, another at each call: nobody takes it between two lives."""
    for port in _PORTS:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


def wait_until(holds: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)


def _community(home: Path) -> CommunityServer:
    spec = importlib.util.spec_from_file_location("neo4j_server_tool", NEO4J_TOOL)
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    if not tool.library().is_dir():
        missing = "Neo4j is not installed: run `make neo4j-install` first"
        pytest.fail(missing) if os.environ.get("CHRONOGRAPH_REQUIRE_ALL") == "1" else pytest.skip(missing)
    return CommunityServer(home, tool)
