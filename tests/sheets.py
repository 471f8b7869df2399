"""The YAML files that tests are made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def read_sheet(path: Path) -> Any:
    """What the file holds, read by the parser written in C: the one in Python takes ten times as long.

    Every worker collects all tests, and with them reads all these files. Raises YAMLError for a file that is none.
    """
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
