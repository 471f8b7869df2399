"""The server asks nothing of any host but this machine: no usage statistics, no search for updates, no fonts.

That no page does is seen by the browser (`desk` in conftest.py). The server's process, and every Python process that it
starts, is watched by an audit hook of the interpreter, which sees each connection and each question for an address.
"""

import subprocess
import sys

import pytest

from kb.config import Settings
from kb.store import embedded
from tests.browser.conftest import asked_of, serving, watching
from tests.browser.test_every_page import PAGES
from tests.ui.sample import fill

HERE = {"127.0.0.1", "::1", "localhost", "None"}


def outside(file):
    """The lines about other hosts than this machine; names of local sockets are paths."""
    return [line for line in asked_of(file) if line[1] not in HERE and not line[1].startswith("/")]


@pytest.fixture
def watched(tmp_path):
    """Where a desk is served whose questions to other hosts are written down, and the file they are written into."""
    settings = Settings(tmp_path / "data", None, "unused")
    fill(settings)
    embedded.stop(settings.data)  # the server shall start the store itself, and that process be watched too
    file = tmp_path / "asked.tsv"
    with serving(settings, 8770, extra=watching(file)) as address:
        yield address, file
    embedded.stop(settings.data)


def test_the_server_asks_nothing_of_other_machines(desk, watched):
    address, file = watched
    for path in PAGES.values():
        desk(path, at=address).close()
    asked = asked_of(file)
    assert ("socket.connect", "127.0.0.1") in asked  # it talks to the store: the watch works
    assert outside(file) == []


def test_the_watch_would_see_a_question_to_another_machine(tmp_path):
    file = tmp_path / "asked.tsv"
    program = "import socket\ntry: socket.getaddrinfo('elsewhere.invalid', 443)\nexcept OSError: pass"
    subprocess.run([sys.executable, "-c", program], env=watching(file), check=True)
    assert outside(file) == [("socket.getaddrinfo", "elsewhere.invalid")]
