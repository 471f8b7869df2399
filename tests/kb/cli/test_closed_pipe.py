"""A command whose reader has gone, as in `chronograph timeline | head`, ends without a word."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

_PRINTING = {
    "a line": "click.echo('line')",
    "a table": "show.timeline([event], total=1, as_json=False)",
    "bytes": "sys.stdout.buffer.write(b'x'); sys.stdout.buffer.flush()",
    "what is left for the end": "sys.stdout.write('x')",
}
"""What a command does, by how it writes."""

_PROGRAM = """
import sys, click
from kb.cli import cli, main, show
from kb.queries import EventView

event = EventView("ev1", "launch", "occurred", "A ferry sails", "2025-01-01", "2025-01-01", "day", 1, 1, None, None)

@click.command()
def tell():
    {printing}

cli.add_command(tell)
sys.argv = ["chronograph", "tell"]
main()
"""


@pytest.mark.parametrize("printing", _PRINTING.values(), ids=_PRINTING)
def test_a_command_whose_reader_has_gone_ends_without_a_word(printing: str) -> None:
    command = [sys.executable, "-c", _PROGRAM.format(printing=printing)]
    read, write = os.pipe()
    os.close(read)
    try:
        told = subprocess.run(command, check=False, stdout=write, stderr=subprocess.PIPE, text=True)
    finally:
        os.close(write)
    assert (told.returncode, told.stderr) == (0, "")
