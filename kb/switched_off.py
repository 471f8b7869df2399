"""Which sources are not collected from any more, by their files: how they were is then nobody's trouble."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

if TYPE_CHECKING:
    from kb.queries.runs import SourceHealth

OFF: Final = "off"


def with_switched_off(states: Iterable[SourceHealth], folder: Path) -> tuple[SourceHealth, ...]:
    """The same states; those whose file in `folder` is gone, or says `disabled`, are off.

    Where there is no such folder, the sources are described elsewhere, and none is.
    """
    if not folder.is_dir():
        return tuple(states)
    return tuple(replace(state, state=OFF) if _is_off(folder, state.name) else state for state in states)


def _is_off(folder: Path, name: str) -> bool:
    path = next((path for path in (folder / f"{name}.yml", folder / f"{name}.yaml") if path.is_file()), None)
    if path is None:
        return True
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return False  # it may be meant to run: 'sources list' says what is wrong with it
    return isinstance(content, dict) and content.get("disabled") is True
