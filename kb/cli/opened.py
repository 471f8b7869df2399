"""The graph for a command: the Bolt driver, slow to import, is loaded when a command opens one and not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.config import Settings
    from kb.store import Graph


def open_store(settings: Settings, *, create: bool = False, older: bool = False) -> Graph:
    """The graph of `settings`, open: a context manager; options and errors are those of `kb.store.open_graph`."""
    from kb.store import open_graph

    return open_graph(settings, create=create, older=older)
