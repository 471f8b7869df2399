"""The graph store: one Bolt client, and two servers behind it. The one place that knows a database.

Names are loaded when first used: the Bolt driver takes a third of a second to import, which a command that needs no
graph should not pay, nor the daemon.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.store.graph import Graph, QueryResult, Writer
    from kb.store.opening import open_graph

__all__ = ["Graph", "QueryResult", "Writer", "open_graph"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("kb.store.opening" if name == "open_graph" else "kb.store.graph"), name)
