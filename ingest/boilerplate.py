"""The lines of a plain text that are not part of its story: bylines, credits, share buttons, related headlines.

Rules look at whole lines and know only the phrases of `boilerplate.yaml` and the shape of a byline. They err on the
side of the story: a list of provisions, however short its lines, is story.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from ingest.inputs.head import is_byline

_LINE = re.compile(r"[^\n]*\n+|[^\n]+")
_SHORT = 200
"""Characters: a longer line is a paragraph of the story whatever it starts with."""
_NOISE = re.compile(r"[\W\d_]+")
_BULLET = re.compile(r"\A[\s•·*\-–—>|#»]+")
_HEAD_LINES = 6
_STORY_WORDS = 40
_SENTENCE_END = (".", "!", "?", '."', ".”", ".'", ".’", ".)")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        """The line without bullets, case and typographic apostrophes."""
        return _BULLET.sub("", self.text).casefold().replace("’", "'")


def find_boilerplate(text: str) -> tuple[tuple[int, int], ...]:
    """Ranges of `text`, each one or more whole lines with their line ends, sorted and disjoint.

    "Jan. 15, 2025\\nThe court …\\nRelated Posts\\nOther story" -> the first line, and the last two
    """
    lines = [_Line(*match.span(), match.group().strip()) for match in _LINE.finditer(text)]
    tail = _tail_lines(lines)
    last = max((at for at, line in enumerate(lines) if at not in tail and line.text), default=-1)
    dropped = [at in tail or _is_boilerplate(line, at, last) for at, line in enumerate(lines)]
    ranges: list[tuple[int, int]] = []
    for line, drop in zip(lines, dropped, strict=True):
        if drop and ranges and ranges[-1][1] == line.start:
            ranges[-1] = (ranges[-1][0], line.end)
        elif drop:
            ranges.append((line.start, line.end))
    return tuple(ranges)


def _is_boilerplate(line: _Line, at: int, last: int) -> bool:
    if not line.text or len(line.text) > _SHORT:
        return False
    key = line.key
    if _NOISE.sub(" ", key).strip() in _phrases().whole_line or key.startswith(_phrases().line_start):
        return True
    return at < _HEAD_LINES and at != last and is_byline(line.text)


def _tail_lines(lines: list[_Line]) -> set[int]:
    """Numbers of the lines of "Related Posts" tails: the heading and the headlines after it."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if at in found or not _is_tail_heading(line):
            continue
        stop = at + 1
        while stop < len(lines) and _is_headline(lines[stop]):
            stop += 1
        if stop > at + 1 or at == len(lines) - 1:
            found.update(range(at, stop))
    return found


def _is_tail_heading(line: _Line) -> bool:
    key = line.key.rstrip(" :.…»>")
    heads = _phrases().tail_heading
    return key in heads or (len(key.split()) <= 6 and key.startswith(("more from ", "related to ", "read more ")))


def _is_headline(line: _Line) -> bool:
    """True for a line that may be a link to another story: short, and no sentence of a paragraph."""
    words = line.text.split()
    if len(words) > _STORY_WORDS or len(line.text) > _SHORT:
        return False
    return not (len(words) > 12 and line.text.endswith(_SENTENCE_END))


@dataclass(frozen=True, slots=True)
class _Phrases:
    whole_line: frozenset[str]
    line_start: tuple[str, ...]
    tail_heading: frozenset[str]


@cache
def _phrases() -> _Phrases:
    sheet = yaml.load(files("ingest").joinpath("boilerplate.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    whole = frozenset(_NOISE.sub(" ", phrase).strip() for phrase in sheet["whole_line"])
    return _Phrases(whole, tuple(sheet["line_start"]), frozenset(sheet["tail_heading"]))
