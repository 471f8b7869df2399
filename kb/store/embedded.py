"""The embedded store of a data folder: start its daemon, stop it, ask how it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from kb.errors import StoreUnavailable
from kb.store.folder import Folder, Running

_START_WITHIN = 600.0
"""Seconds; a store that was killed replays its log of changes when it starts, and a busy machine takes its time: one
with ten processes for each core took more than two minutes over what is done in five seconds."""
_STOP_WITHIN = 60.0
"""Seconds after which one that was told to stop is killed. It ends itself sooner if its server hangs
(`kb.store.daemon`), so this is one that does not even hear."""
_GONE_WITHIN = 600.0
"""Seconds to wait for the killed: the system lets it go once the disk has taken what it was writing."""


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a store's daemon runs, and where; all but `running` is None when it does not."""

    running: bool
    pid: int | None = None
    port: int | None = None
    version: str | None = None
    since: str | None = None
    """When it began, ISO, UTC."""


def status(data: Path) -> Status:
    """How the daemon of `data` is. StoreUnavailable when the folder is not ours to look at."""
    found = Folder(data).running()
    if found is None:
        return Status(running=False)
    return Status(True, found.pid, found.port, found.version, found.since)


def start(data: Path) -> Running:
    """The daemon of `data`, started if need be, by one of all that try.

    Raises StoreFull when the disk is full, StoreUnavailable with the reason when it does not start otherwise.
    """
    folder = Folder(data)
    deadline = time.monotonic() + _START_WITHIN
    while (found := folder.running()) is None:
        if time.monotonic() > deadline:
            raise StoreUnavailable(f"the store in {data} keeps stopping: see {folder.log}")
        _launch(folder)
    return found


def stop(data: Path) -> bool:
    """End the daemon of `data` and wait until it is gone, also when clients are connected; False when none ran.

    One that does not stop in time is killed: what was written stays, as after a power cut. StoreUnavailable when even
    that does not end it, or when it is another user's.
    """
    folder = Folder(data)
    pid = folder.owner()
    if not pid:
        return False
    for number, within in ((signal.SIGTERM, _STOP_WITHIN), (signal.SIGKILL, _GONE_WITHIN)):
        _signal(pid, number, data)
        if _gone(folder, pid, within):
            return True
    raise StoreUnavailable(f"the store in {data} (process {pid}) did not stop: see {folder.log}")


def _gone(folder: Folder, pid: int, within: float) -> bool:
    deadline = time.monotonic() + within
    while folder.owner() == pid:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _launch(folder: Folder) -> None:
    command = [sys.executable, "-P", "-m", "kb.store.daemon", "--data", str(folder.path), "--detach"]
    try:
        done = subprocess.run(  # noqa: S603
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_START_WITHIN, check=False
        )
    except subprocess.TimeoutExpired as err:
        raise StoreUnavailable(f"the store in {folder.path} did not start: see {folder.log}") from err
    if done.returncode:
        if folder.path.is_dir():
            folder.check_room()
        raise StoreUnavailable(f"the store in {folder.path} did not start: {_last_line(done.stderr)}")


def _signal(pid: int, number: signal.Signals, data: Path) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
    except PermissionError as err:
        raise StoreUnavailable(f"the store in {data} was started by another user, who must stop it") from err


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason given"])[-1]
