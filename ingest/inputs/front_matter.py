"""The YAML block between two `---` lines at the head of a text or Markdown file."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from kb.errors import SkipInput

_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)(?:^|\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"^[A-Za-z_][\w-]*[ \t]*:", re.MULTILINE)


def split_front_matter(text: str, name: str) -> tuple[Mapping[str, object], str]:
    """The keys of the front matter, with their values as written, and the text after it, unchanged.

    A text without front matter gives no keys and itself. Raises SkipInput if what stands there is not YAML.

        "---\\npublished: 2025-01-15\\n---\\nThe court …" -> {"published": "2025-01-15"}, "The court …"
    """
    match = _BLOCK.match(text)
    if match is None or not _KEY.search(match["yaml"]):
        return {}, text
    try:
        keys = yaml.load(match["yaml"], Loader=yaml.CBaseLoader)  # noqa: S506 - the base loader builds only strings
    except yaml.MarkedYAMLError as err:
        line = err.problem_mark.line + 2 if err.problem_mark else 2
        raise SkipInput(
            name, f"the front matter is not valid YAML: {err.problem} in line {line}; correct it there"
        ) from err
    except yaml.YAMLError as err:
        raise SkipInput(
            name, "the front matter is not valid YAML: it holds characters that YAML does not allow"
        ) from err
    if not isinstance(keys, dict):
        return {}, text
    return {key: value for key, value in keys.items() if isinstance(key, str)}, text[match.end() :]
