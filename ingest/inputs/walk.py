"""Which files the inputs of a command mean: folders opened, in order, without what cannot be an article."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.inputs.problem import Problem, Report
from kb.errors import SkipInput

STDIN = "-"
SUFFIXES = (".txt", ".md", ".html", ".htm", ".json", ".jsonl", ".jsonl.gz", ".rss", ".atom", ".eml", ".mbox")
"""Endings of the files that are read from a folder; a file named by itself is read whatever it is called."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)


def is_address(name: str) -> bool:
    """True for an input that is on the web."""
    return name.lower().startswith(("http://", "https://"))


def is_missing(name: str) -> bool:
    """True for an input that is the path of a file or folder, with nothing there."""
    try:
        return not (name == STDIN or is_address(name) or Path(name).exists())
    except OSError:  # it cannot be looked at: opening it will say why
        return False


def walk(inputs: Iterable[str], report: Report) -> Iterator[str]:
    """Paths of files, as the user would write them, addresses, and '-' for standard input; the rest goes to `report`.

    Folders are read recursively, sorted by name; hidden files and folders are left out, and one note per folder counts
    the files of other kinds.
    """
    for name in inputs:
        try:
            yield from _open(name, report)
        except SkipInput as error:
            report(Problem.of(error))


def _open(name: str, report: Report) -> Iterator[str]:
    if name == STDIN or is_address(name):
        yield name
    elif _is_folder(Path(name)):
        yield from _folder(name, report)
    elif (scheme := _SCHEME.match(name)) and is_missing(name):
        raise SkipInput(name, f"only http and https can be fetched, not {scheme[1].lower()!r}")
    else:
        yield name


def _folder(name: str, report: Report) -> Iterator[str]:
    others: set[str] = set()
    found = problems = 0

    def note(problem: Problem) -> None:
        nonlocal problems
        problems += 1
        report(problem)

    for path in _files_below(Path(name), frozenset(), note):
        if path.name.lower().endswith(SUFFIXES):
            found += 1
            yield str(path)
        else:
            others.add(path.suffix or path.name)
    if not found and not problems:
        raise SkipInput(name, f"no articles in this folder: it holds no file ending in {', '.join(SUFFIXES)}")
    if others:
        report(Problem(name, f"files of other kinds are left out ({', '.join(sorted(others))})", skipped=False))


def _files_below(folder: Path, above: frozenset[str], report: Report) -> Iterator[Path]:
    real = os.path.realpath(folder)
    if real in above:
        report(Problem(str(folder), "this link leads back to a folder above it and is not followed", skipped=False))
        return
    try:
        children = sorted(folder.iterdir(), key=lambda child: child.name)
    except OSError as err:
        report(Problem(str(folder), f"the folder cannot be read: {describe(err)}"))
        return
    for child in children:
        if child.name.startswith("."):
            continue
        if _is_folder(child):
            yield from _files_below(child, above | {real}, report)
        else:
            yield child


def _is_folder(path: Path) -> bool:
    """False, too, for what cannot be looked at: opening it will say why."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def describe(error: OSError) -> str:
    """What the system says, with the fix where we know one."""
    if isinstance(error, FileNotFoundError):
        return "no such file; check the name"
    if isinstance(error, PermissionError):
        return "no permission to read it; change its permissions (chmod +r)"
    return (error.strerror or str(error)).lower()
