"""How a command starts: nothing slow is loaded before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["neo4j", "networkx", "spacy", "streamlit"])
def test_the_command_line_does_not_load_what_it_may_not_need(module: str) -> None:
    code = f"import sys, kb.cli; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
