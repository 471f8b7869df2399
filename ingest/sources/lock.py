"""One run of a source at a time, over all processes. The lock goes with its process, however that ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path


def locked_source(data: Path, name: str) -> AbstractContextManager[bool]:
    """Have a source to ourselves for the block; False if somebody is collecting from it."""
    return locked(data, f"source-{name}")


@contextmanager
def locked(data: Path, name: str, *, wait: bool = False) -> Iterator[bool]:
    """Hold the lock `name` of a data folder for the block; False if another process (or thread) has it."""
    folder = data / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(descriptor)
        yield False
        return
    try:
        yield True
    finally:
        os.close(descriptor)
