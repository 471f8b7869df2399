"""The YAML files that come with the program."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml


def read_yaml(package: str, file: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """What `file` of `package` holds, read by the parser written in C: the one in Python takes ten times as long.

    Raises YAMLError for a file that is none.
    """
    return yaml.load(files(package).joinpath(file).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
