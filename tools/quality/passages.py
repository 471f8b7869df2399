"""The annotated passages of `fixtures/passages`: short texts whose dated events are marked where they stand.

A passage is a line `## DAY | style | headline` and a body with marks `{TRIGGER|TYPE|STATUS|TIME}`; `fixtures/README.md`
says more. Read here, used for teaching (`tools.quality.type_rows`) and checked by the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kb.model import Article

FOLDER = Path(__file__).parents[2] / "fixtures" / "passages"
_MARK = re.compile(r"\{([^{}|]*)\|([^{}|]*)\|([^{}|]*)\|([^{}|]*)\}")
_HEAD = re.compile(r"(?m)^## ")


@dataclass(frozen=True, slots=True)
class Mark:
    """A dated event: where its trigger starts in the text, its type and status, and the expression that dates it."""

    start: int
    trigger: str
    type: str
    status: str
    time: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as an article, and its marks in text order."""

    article: Article
    marks: tuple[Mark, ...]


def read_passages(folder: Path = FOLDER) -> Iterator[Passage]:
    """Every passage of the folder's `.txt` files. Raises ValueError naming file and headline of one out of form."""
    for path in sorted(folder.glob("*.txt")):
        for number, block in enumerate(_HEAD.split(path.read_text(encoding="utf-8"))[1:], start=1):
            yield _passage(f"{path.stem}-{number}", block)


def _passage(name: str, block: str) -> Passage:
    head, _, body = block.strip().partition("\n")
    try:
        day, _style, title = (part.strip() for part in head.split("|", 2))
        published = date.fromisoformat(day)
    except ValueError as err:
        raise ValueError(f"passage {name}: {head!r} is no 'DAY | style | headline'") from err
    text, marks = _unmarked(f"{title}\n", body.strip())
    if set("{}|") & set(text):
        raise ValueError(f"passage {name} ({title}): a mark that is no {{TRIGGER|TYPE|STATUS|TIME}}")
    return Passage(Article(name, text, title, published), marks)


def _unmarked(text: str, body: str) -> tuple[str, tuple[Mark, ...]]:
    marks: list[Mark] = []
    at = 0
    for found in _MARK.finditer(body):
        trigger, type_, status, time = found.groups()
        text += body[at : found.start()]
        marks.append(Mark(len(text), trigger, type_, status, time))
        text += trigger
        at = found.end()
    return text + body[at:], tuple(marks)
