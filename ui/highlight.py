"""Text with passages marked, as HTML: marks may overlap, nest and touch, and the text itself stays escaped."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from kb.queries import ClaimView, matches, words_of
from ui.text import exact_html


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of a text are a `kind` of passage: the name of a CSS class."""

    start: int
    end: int
    kind: str


def highlighted(text: str, marks: Iterable[Mark]) -> str:
    """`text` as HTML in which every stretch carries the kinds of all marks over it.

    >>> highlighted("held a hearing", [Mark(0, 14, "claim"), Mark(7, 14, "trigger")])
    '<mark class="claim">held a </mark><mark class="claim trigger">hearing</mark>'
    """
    changes: dict[int, Counter[str]] = defaultdict(Counter, {0: Counter(), len(text): Counter()})
    for mark in marks:
        if 0 <= mark.start < mark.end <= len(text):
            changes[mark.start][mark.kind] += 1
            changes[mark.end][mark.kind] -= 1
    return "".join(_stretches(text, changes))


def quote_html(claim: ClaimView, text: str = "") -> str:
    """A claim's sentence with its trigger and, where they stand in it, the words of its time and of a search marked."""
    told = [_moved(mark, -claim.start) for mark in claim_marks(claim)]
    return highlighted(claim.quote, [*told, *(Mark(*place, "found") for place in matches(claim.quote, words_of(text)))])


def claim_marks(claim: ClaimView) -> list[Mark]:
    """Where the article says it: trigger and time, in characters of the article's text."""
    marks = [Mark(claim.trigger_start, claim.trigger_start + len(claim.trigger), "trigger")]
    if claim.time_start is not None and claim.time_text:
        marks.append(Mark(claim.time_start, claim.time_start + len(claim.time_text), "time"))
    return marks


def name_marks(text: str, names: Iterable[str]) -> list[Mark]:
    """Where any of `names` stands as words of its own; of two that overlap, the longer one."""
    found = sorted({name for name in names if len(name) > 1 and name in text}, key=lambda name: (-len(name), name))
    if not found:
        return []
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, found))})(?!\w)")
    return [Mark(match.start(), match.end(), "entity") for match in pattern.finditer(text)]


def _moved(mark: Mark, by: int) -> Mark:
    return Mark(mark.start + by, mark.end + by, mark.kind)


def _stretches(text: str, changes: Mapping[int, Counter[str]]) -> Iterator[str]:
    """The stretches of `text` one after the other; `changes` says how many more marks of each kind lie over it from a
    place on.
    """
    over: Counter[str] = Counter()
    for start, end in pairwise(sorted(changes)):
        over.update(changes[start])
        kinds = " ".join(sorted(kind for kind, count in over.items() if count))
        inner = exact_html(text[start:end])
        yield f'<mark class="{kinds}">{inner}</mark>' if kinds else inner
