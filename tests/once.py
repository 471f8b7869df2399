"""What all tests of a run share is worked out once in it, by whichever worker (`pytest -n`) needs it first."""

from __future__ import annotations

import fcntl
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_shared: list[Path] = []
"""The folder that all workers of this run have in common, once a run is on."""


def share_in(folder: Path) -> None:
    """Let the workers of a run share what lies in `folder`, which no other run has."""
    _shared[:] = [folder]


def once(name: str, make: Callable[[], T]) -> T:
    """What `make` returns: worked out here, or by another worker, which is waited for if it is at it.

    Outside of a run nobody shares it.
    """
    if not _shared:
        return make()
    file = _shared[0] / f"{name}.pickle"
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            content = pickle.dumps(make())  # before the file is there: one that is half made is none
            file.write_bytes(content)
    return pickle.loads(file.read_bytes())
