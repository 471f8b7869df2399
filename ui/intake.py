"""Files and addresses given on the page, read by `chronograph ingest` in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kb.config import Settings
from kb.errors import AbortRun, UsageError

ENDINGS = (".txt", ".md", ".html", ".htm", ".json", ".jsonl", ".eml", ".mbox")
_UNSAFE = re.compile(r"[^\w.-]+")
_GRACE = 5.0
"""Seconds that a reading which is broken off may take to end."""
_GLANCE = 0.4


@dataclass(frozen=True, slots=True)
class Upload:
    """A file from the browser."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it; `problems` are in the words of the command."""

    new: int
    updated: int
    unchanged: int
    failed: int
    claims: int
    problems: tuple[str, ...]


def web_address(text: str) -> str:
    """`text` as an address to read. UsageError if it is none of http or https."""
    parts = urlsplit(text.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or text.strip().startswith("-"):
        raise UsageError(f"{text.strip()[:100]!r} is no web address: it begins with https:// or http://")
    return text.strip()


def read_in(
    settings: Settings, uploads: Sequence[Upload], addresses: Sequence[str], *, on_wait: Callable[[float], None]
) -> Report:
    """Read files and addresses into the graph. `on_wait` is called now and then with the seconds that have passed.

    Raises AbortRun with the command's own words when it could not work at all. Whatever `on_wait` raises ends it.
    """
    with _folder_of(uploads) as folder:
        inputs = [*([str(folder)] if uploads else []), *addresses]
        out, err = _run([sys.executable, "-m", "kb", "ingest", "--json", "--", *inputs], settings, on_wait)
    lines = [line.replace(f"{folder}/", "") for line in err.splitlines() if line.strip()]
    try:
        found: dict[str, Any] = json.loads(out.strip().splitlines()[-1])
    except (json.JSONDecodeError, IndexError) as wrong:
        raise AbortRun(lines[-1] if lines else "the reading ended without a report") from wrong
    counts = {name: int(found.get(name, 0)) for name in ("new", "updated", "unchanged", "failed", "claims")}
    return Report(**counts, problems=tuple(lines))


def safe_name(at: int, name: str) -> str:
    """A file name of our own making that still tells which file it was."""
    stem, ending = Path(name).stem, Path(name).suffix.lower()
    kept = ending if ending in ENDINGS else ".txt"
    return f"{at:04d}-{_UNSAFE.sub('-', stem)[:60].strip('.-') or 'file'}{kept}"


@contextmanager
def _folder_of(uploads: Sequence[Upload]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="chronograph-") as made:
        folder = Path(made)
        for at, upload in enumerate(uploads, 1):
            (folder / safe_name(at, upload.name)).write_bytes(upload.content)
        yield folder


def _run(command: list[str], settings: Settings, on_wait: Callable[[float], None]) -> tuple[str, str]:
    """Standard output and error of a command; it is ended when `on_wait` raises."""
    from ui.cli import environment

    started = time.monotonic()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = subprocess.Popen(  # noqa: S603 - our own program; `--` keeps inputs from being options
            command,
            env={**os.environ, **environment(settings, os.environ)},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        try:
            while child.poll() is None:
                on_wait(time.monotonic() - started)
                time.sleep(_GLANCE)
        finally:
            _end(child)
        out.seek(0)
        err.seek(0)
        return out.read(), err.read()


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(_GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
