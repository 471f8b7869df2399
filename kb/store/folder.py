"""The data folder of an embedded store: whose it is, and how to reach the process that owns it.

    store/         the database's own files
    daemon.lock    locked by the owner, holds its process id
    daemon.json    how to reach the owner; mode 0600, there while the store answers
    daemon.log     what went wrong in the owner
    write.lock     locked by the process whose turn it is to write
    places.sqlite  the index of where claims and texts are filed (`kb.store.places`); made anew when it is missing
    places.*.json  what pages read of the whole graph (`kb.store.aside`); read anew when it is missing or older

The locks are the truth: they go with their process, however that ends, so whatever a killed owner leaves behind is
stale and gets replaced.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kb.errors import StoreFull, StoreUnavailable

DATABASE = "neo4j"
WRITER, READER = "root", "reader"
"""Names an embedded store gives to its one database and its two users."""

ROOM = 64 * 2**20
"""Bytes that must be free to write: what is in memory and in the log of changes has to find its place."""


@dataclass(frozen=True, slots=True)
class Running:
    """An owner that answers: Bolt on `port` of loopback, for a user that may write and one that may only read."""

    pid: int
    port: int
    password: str = field(repr=False)
    reader_password: str = field(repr=False)
    version: str
    since: str
    """When it began, ISO, UTC."""


class Folder:
    """The data folder at `path`; making one of these touches nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = path / "store"
        self.log = path / "daemon.log"
        self.server_log = self.store / "log" / "server.0.log"
        self._lock = path / "daemon.lock"
        self._address = path / "daemon.json"
        self._turn = path / "write.lock"
        self._held: int | None = None

    def holds_store(self) -> bool:
        """True once a store was made here. StoreUnavailable when the folder is another user's."""
        try:
            return (self.store / "databases").is_dir()
        except PermissionError as err:
            raise self._not_ours() from err

    def running(self) -> Running | None:
        """The owner that answers, or None when there is none or it is still starting.

        Raises StoreUnavailable when it cannot be told how to reach it.
        """
        try:
            text = self._address.read_text(encoding="utf-8")
            owner = self.owner()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except PermissionError as err:
            raise self._not_ours() from err
        if owner is None:
            return None
        try:
            running = Running(**json.loads(text))
        except (TypeError, ValueError) as err:
            raise StoreUnavailable(
                f"{self._address} runs another version of this program: run 'chronograph db stop' and try again"
            ) from err
        return running if running.pid == owner else None

    def owner(self) -> int | None:
        """Process id of whoever holds the folder, answering or not; 0 in the moment before it has written it."""
        try:
            descriptor = os.open(self._lock, os.O_RDONLY | os.O_CLOEXEC)
        except (FileNotFoundError, NotADirectoryError):
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(os.read(descriptor, 20) or 0)
        finally:
            os.close(descriptor)
        return None

    def take(self) -> bool:
        """Own the folder until this process and those forked from it end; False when another owns it."""
        descriptor = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._held = descriptor
        self.withdraw()
        return True

    def release(self) -> None:
        """Give the folder up again."""
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def sign(self) -> None:
        """Write this process's id into the lock that it holds."""
        assert self._held is not None, "take the folder first"  # noqa: S101
        os.ftruncate(self._held, 0)
        os.pwrite(self._held, str(os.getpid()).encode(), 0)

    def publish(self, running: Running) -> None:
        """Let others find the owner, in one step: they see all of `daemon.json` or none."""
        draft = self._address.with_suffix(".new")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(asdict(running), file)
        draft.rename(self._address)

    def withdraw(self) -> None:
        """Tell others that the owner is going."""
        self._address.unlink(missing_ok=True)

    def check_room(self) -> None:
        """Raise StoreFull unless the disk has room for some work."""
        free = shutil.disk_usage(self.path).free
        if free < ROOM:
            raise StoreFull(
                f"the disk that holds {self.path} is full: {free / 2**20:.0f} MB are free, {ROOM / 2**20:.0f} MB are "
                "needed; free some space and run the command again"
            )

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One writer at a time, over all processes and threads: wait for the turn, keep it for the block.

        Raises StoreFull when the disk has no room for what may be written.
        """
        self.check_room()
        descriptor = os.open(self._turn, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _not_ours(self) -> StoreUnavailable:
        return StoreUnavailable(f"{self.path} belongs to another user: set CHRONOGRAPH_DATA to a folder of your own")
