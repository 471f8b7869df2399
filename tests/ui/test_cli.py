import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from kb.config import Neo4jServer, Settings, load_settings
from kb.errors import UsageError
from tests.patience import PATIENCE
from ui.cli import _loopback, environment, free_port

SERVER = Neo4jServer("bolt://example:7687", "ada", "secret", "stories")


@pytest.mark.parametrize("neo4j", [None, SERVER], ids=["embedded", "neo4j"])
@pytest.mark.parametrize("inherited", [{}, {"NEO4J_URI": "bolt://other", "NEO4J_PASSWORD": "x"}], ids=["clean", "set"])
def test_the_server_reads_the_same_settings_from_its_environment(neo4j, inherited, tmp_path):
    settings = Settings(
        data=tmp_path / "data",
        neo4j=neo4j,
        model="some_model",
        sources=tmp_path / "own sources",
        alerts=tmp_path / "own alerts.yml",
        contact="ada@example.org",
        allowed_hosts=frozenset({"inside.example", "other.example:8080"}),
        timezone="Asia/Kolkata",
    )
    assert load_settings({**inherited, **environment(settings, inherited)}, Path("/")) == settings


def test_a_taken_port_gives_way_to_the_next():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < free_port("127.0.0.1", port) <= port + 50


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.com", "::"])
def test_the_ui_is_served_on_loopback_only(host):
    with pytest.raises(UsageError, match="loopback only"):
        _loopback(host)


@pytest.mark.parametrize(("host", "address"), [("localhost", "127.0.0.1"), ("127.0.0.1", "127.0.0.1"), ("::1", "::1")])
def test_loopback_addresses_are_fine(host, address):
    assert _loopback(host) == address


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_when_it_says_so_and_a_signal_ends_it_cleanly(number, tmp_path):
    env = {**os.environ, "CHRONOGRAPH_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "kb", "serve", "--no-open", "--port", "8700"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as served:
        line = served.stdout.readline()
        address = next(word for word in line.split() if word.startswith("http://127.0.0.1:"))
        with urlopen(f"{address}/_stcore/health", timeout=PATIENCE) as answer:
            assert answer.status == 200
        served.send_signal(number)
        out, err = served.communicate(timeout=PATIENCE)
    assert (served.returncode, out, err) == (0, "", "")
    with pytest.raises(OSError, match="refused"):
        urlopen(f"{address}/_stcore/health", timeout=PATIENCE)
