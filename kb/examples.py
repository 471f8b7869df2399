"""Example calls, as the end of a command's help."""

from __future__ import annotations


def examples(*calls: str) -> str:
    """What `click.command` takes as `epilog`: one call a line, which no terminal wraps.

    A sub-command, option or argument that does not exist is found by the tests.
    """
    return "\b\nExamples:\n" + "\n".join(f"  {call}" for call in calls)
