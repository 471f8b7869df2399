"""Parts of a plain text that are marked off from its story: what readers say below it, and listings of code in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FENCE = re.compile(r"(?:`{3,}|~{3,})\s?\S*")
_COMMENTS = re.compile(
    r"(?:(?:view|show|read|see|all) )*(?:\d[\d,.]{0,8} )?(?:(?:reader|user) )?"
    r"(?:comments?|responses?|replies)(?: ?[(\[]\d[\d,.]{0,8}[)\]])?(?: (?:on|to) .{1,120})?:?",
    re.IGNORECASE,
)
_VOICE = re.compile(
    r"\b(?:\d{1,3}|an?) (?:min|minute|hr|hour|day|week|month|year)s? ago\b|\b\w+ says:$|^reply(?:\W|$)"
    r"|^report(?: abuse)?$|\b20\d\d,? (?:at )?\d{1,2}[:.]\d\d ?(?:[ap]\.?m\b)?",
    re.IGNORECASE,
)
"""What stands beside a reader's comment: how long ago, "mark says:", its time of day, "Reply"."""
_NEAR = 6
"""Lines below a heading in which a comment shows."""
_LEAST_WORDS = 12
"""Words of a line that is a paragraph of the story."""


def aside_lines(lines: Sequence[str]) -> set[int]:
    """Numbers of the `lines` of a text (stripped) that belong to no story.

    Below "Comments (12)" everything does, if a story stands above and the next lines look like comments.
    """
    return {*_fenced(lines), *range(_comments_start(lines), len(lines))}


def _fenced(lines: Sequence[str]) -> set[int]:
    """Lines between two fences, with these; a fence without an end is none."""
    fences = [at for at, line in enumerate(lines) if _FENCE.fullmatch(line)]
    return {at for first, last in zip(fences[::2], fences[1::2], strict=False) for at in range(first, last + 1)}


def _comments_start(lines: Sequence[str]) -> int:
    story = False
    for at, line in enumerate(lines):
        if story and len(line) < 160 and _COMMENTS.fullmatch(line):
            below = [text for text in lines[at + 1 : at + 2 * _NEAR] if text][:_NEAR]
            if any(len(text) < 160 and _VOICE.search(text) for text in below):
                return at
        story = story or (len(line.split()) >= _LEAST_WORDS and line.endswith((".", '."', ".”", "!", "?")))
    return len(lines)
