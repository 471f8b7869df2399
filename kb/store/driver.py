"""The Bolt driver, loaded without numpy, pandas and pyarrow: the only place that imports it.

The driver loads them wherever they are installed, to know their values if somebody sends one. Nobody here does, and
they would cost every process 85 MB and half a second. Where they are loaded already, as in the pages, they stay.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _without(*names: str) -> Iterator[None]:
    """For the block, whoever imports one of the modules is told that there is none."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None is how Python itself marks it
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


with _without("numpy", "pandas", "pyarrow"):
    import neo4j
    from neo4j.exceptions import (
        AuthError,
        ConfigurationError,
        ConstraintError,
        DatabaseError,
        DriverError,
        IncompleteCommit,
        Neo4jError,
        ServiceUnavailable,
        SessionExpired,
    )
    from neo4j.graph import Node, Path, Relationship
    from neo4j.spatial import Point
    from neo4j.time import Date, DateTime, Duration, Time

__all__ = [
    "AuthError",
    "ConfigurationError",
    "ConstraintError",
    "DatabaseError",
    "Date",
    "DateTime",
    "DriverError",
    "Duration",
    "IncompleteCommit",
    "Neo4jError",
    "Node",
    "Path",
    "Point",
    "Relationship",
    "ServiceUnavailable",
    "SessionExpired",
    "Time",
    "neo4j",
]
