"""The folder of sources: reading it, adding to it, and the small changes the program makes to a file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from ingest.sources.mistakes import explain, repeated_key, worst
from ingest.sources.source import LONGEST_NAME, NAME, Source
from kb.errors import NotFound, SourceError, UsageError

SUFFIXES = (".yml", ".yaml")
_DISABLED = re.compile(r"^disabled[ \t]*:.*$", re.MULTILINE)


def load_sources(folder: Path) -> tuple[list[Source], list[SourceError]]:
    """The sources of a folder by name, and what is wrong with those that cannot be read. No folder, no sources."""
    sources, errors = [], []
    for path in _paths(folder):
        try:
            sources.append(read_source(path))
        except SourceError as err:
            errors.append(err)
    return sources, errors


def find_source(folder: Path, name: str) -> Source:
    """The source of that name. Raises NotFound, naming those there are; SourceError if its file is wrong."""
    path = source_path(folder, name)
    if path is None:
        names = ", ".join(path.stem for path in _paths(folder)) or "none yet"
        raise NotFound(f"there is no source {name!r} in {folder} ({names}): add one with 'chronograph sources add'")
    return read_source(path)


def source_path(folder: Path, name: str) -> Path | None:
    """The file of a source, or None."""
    return next((path for path in _paths(folder) if path.stem == name), None)


def read_source(path: Path) -> Source:
    """The source that a file describes. Raises SourceError naming file and line."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as err:
        raise SourceError(f"{path}: cannot be read: {err.strerror or err}") from err
    except UnicodeDecodeError as err:
        raise SourceError(f"{path}: not in UTF-8: save it as UTF-8") from err
    return parse_source(text, path)


def parse_source(text: str, path: Path) -> Source:
    """The source that `text` describes, as the file `path`: relative paths in it start from there."""
    if not NAME.match(path.stem):
        raise SourceError(f"{path}: {path.stem!r} is not a name for a source: use lower-case letters, digits and '-'")
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except yaml.YAMLError as err:
        mark = getattr(err, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise SourceError(f"{path}:{line}: not valid YAML: {getattr(err, 'problem', None) or err}") from err
    if not isinstance(content, dict):
        raise SourceError(f"{path}:1: a source is a list of 'key: value' lines, such as 'kind: feed'")
    if twice := repeated_key(node):
        raise SourceError(f"{path}:{twice[1]}: {twice[0]}: it is there twice; remove one of them")
    if odd := next((key for key in content if not isinstance(key, str) or key == "name"), None):
        reason = "a source takes its name from its file" if odd == "name" else "a key must be a word"
        raise SourceError(f"{path}:{_line(node, [str(odd)])}: {odd}: {reason}; leave it out")
    try:
        return Source(**_with_paths(content, path.parent), name=path.stem)
    except ValidationError as err:
        first = worst(err)
        where = [step for step in first["loc"] if isinstance(step, str)]
        raise SourceError(f"{path}:{_line(node, where)}: {explain(first, Source)}") from err


def check_new_name(folder: Path, name: str) -> None:
    """Raise UsageError if a source cannot be called so, or one is already."""
    if not NAME.match(name):
        raise UsageError(
            f"{name!r} is not a name for a source: use at most {LONGEST_NAME} lower-case letters, digits and '-'"
        )
    if (known := source_path(folder, name)) is not None:
        raise UsageError(f"there is already a source {name!r}: edit {known}")


def add_source(folder: Path, name: str, text: str) -> Path:
    """Write a new source's file. Raises UsageError if there is one of that name, SourceError if it is not right."""
    check_new_name(folder, name)
    path = folder / f"{name}.yml"
    parse_source(text, path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(path, text)
    except OSError as err:
        raise SourceError(f"{path}: cannot be written: {err.strerror or err}") from err
    return path


def set_disabled(path: Path, *, disabled: bool) -> None:
    """Switch a source off or on in its file, leaving the rest of it alone."""
    text = path.read_text(encoding="utf-8")
    line = f"disabled: {'true' if disabled else 'false'}"
    text = _DISABLED.sub(line, text) if _DISABLED.search(text) else f"{text.rstrip()}\n{line}\n"
    parse_source(text, path)
    try:
        _write(path, text)
    except OSError as err:
        raise SourceError(f"{path}: cannot be written: {err.strerror or err}") from err


def move_address(path: Path, old: str, new: str) -> bool:
    """Put a source's new address into its file; False if the file cannot be changed so that nothing else changes."""
    try:
        before = read_source(path)
        text = path.read_text(encoding="utf-8")
        moved = text.replace(old, new)
        after = parse_source(moved, path)
        same = before.model_copy(update={"url": new}) == after
        if text.count(old) != 1 or before.url != old or not same:
            return False
        _write(path, moved)
    except (SourceError, OSError):
        return False
    return True


def examples() -> dict[str, str]:
    """The sources that come with the program, disabled: name to YAML."""
    folder = files("ingest.sources").joinpath("examples")
    return {
        item.name.removesuffix(".yml"): item.read_text("utf-8")
        for item in sorted(folder.iterdir(), key=lambda item: item.name)
        if item.name.endswith(".yml")
    }


def _paths(folder: Path) -> Iterator[Path]:
    try:
        found = sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as err:
        raise SourceError(f"{folder}: cannot be read: {err.strerror}") from err
    yield from (path for path in found if path.suffix in SUFFIXES and not path.name.startswith("."))


def _with_paths(content: dict[str, Any], home: Path) -> dict[str, Any]:
    """Paths in a source's file are relative to the file; as they are shown, they do not go up and down again."""
    changed = dict(content)
    for key in ("path", "list"):
        if isinstance(changed.get(key), str):
            changed[key] = (home / Path(changed[key]).expanduser()).resolve()
    return changed


def _line(node: yaml.Node | None, where: list[str]) -> int:
    line = 1
    for step in where:
        if not isinstance(node, yaml.MappingNode):
            break
        found = next(((key, value) for key, value in node.value if key.value == step), None)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


def _write(path: Path, text: str) -> None:
    """All of the file, or the one before."""
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)  # noqa: PTH105 - says what it does
