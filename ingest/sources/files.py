"""Folders as sources: files that are new or changed, and drop folders whose files are moved once they are read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote_to_bytes

from ingest.inputs.entry import Entry
from ingest.inputs.walk import SUFFIXES, describe
from kb.errors import SkipInput
from kb.store.journal import legible

DONE, FAILED = "done", "failed"
_UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp", ".swp", "~")
"""Endings that programs give to files until they are whole."""
_SETTLED = 2.0
"""Seconds since the last change of a dropped file: it may still be written to."""


def list_files(folder: Path, *, drop: bool) -> Iterator[Entry]:
    """The articles' files below a folder, by name; of a drop folder all that lie in it and wait.

    In a drop folder no file is left lying whatever it is called, but those that another program is still writing.
    Raises SkipInput if it cannot be read.
    """
    if not folder.is_dir():
        raise SkipInput(str(folder), "no such folder; make it, or correct the source's path", kind="no folder")
    try:
        paths = sorted(folder.iterdir()) if drop else sorted(_below(folder))
    except OSError as err:
        raise SkipInput(str(folder), describe(err), kind="no folder") from err
    for path in paths:
        try:
            stat = path.stat()
        except OSError:
            continue  # gone meanwhile
        if _is_wanted(path.name.lower(), drop=drop) and path.is_file():
            yield Entry(name_of(path), mark=f"{stat.st_mtime_ns}:{stat.st_size}")


def name_of(path: Path) -> str:
    """What a file goes by: its path, or where that is no text (`caf\\xe9.txt`) its address (`file:///…/caf%E9.txt`)."""
    name = str(path.absolute())
    return name if legible(name) == name else path.absolute().as_uri()


def path_of(name: str) -> Path:
    """The file that goes by this name."""
    address = name.removeprefix("file://")
    return Path(name) if address == name else Path(os.fsdecode(unquote_to_bytes(address)))


def _is_wanted(name: str, *, drop: bool) -> bool:
    if name.startswith("."):
        return False
    return not name.endswith(_UNFINISHED) if drop else name.endswith(SUFFIXES)


def is_settled(path: Path, now: float) -> bool:
    """True for a file that nobody has written to for a moment."""
    try:
        return now - path.stat().st_mtime >= _SETTLED or path.stat().st_mtime > now
    except OSError:
        return False


def put_away(path: Path, *, reason: str | None) -> None:
    """Move a dropped file to `done`, or to `failed` with the reason beside it; never over another one.

    Raises SkipInput if it cannot be moved.
    """
    folder = path.parent / (FAILED if reason else DONE)
    try:
        folder.mkdir(exist_ok=True)
        target = _free_name(folder / path.name)
        os.rename(path, target)  # noqa: PTH104 - within one folder: one step
        if reason:
            target.with_name(target.name + ".reason").write_text(legible(reason) + "\n", encoding="utf-8")
    except FileNotFoundError:
        return
    except OSError as err:
        raise SkipInput(str(path), f"it was read, but cannot be moved to {folder}: {err.strerror or err}") from err


def _below(folder: Path) -> Iterator[Path]:
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(above) / name for name in names)


def _free_name(path: Path) -> Path:
    free, number = path, 1
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
