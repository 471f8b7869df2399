"""What changed between two wordings of a text, as HTML: by paragraphs, then by the words of changed ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ui.text import exact_html

_WORDS = re.compile(r"\s+|[\w-]+|[^\s\w]")
_LONGEST = 3000
"""Words up to which two paragraphs are compared word by word: longer ones are shown as replaced."""
_MOST = 3000
"""Paragraphs that are compared."""


def changes_html(before: str, after: str) -> str:
    """`after` with what is new in <ins> and what went in <del>; paragraphs that stayed are left out but for a mark.

    >>> changes_html("It is due.\\n\\nSame.", "It was due.\\n\\nSame.")
    '<p>It <del>is</del><ins>was</ins> due.</p><p class="cg-same">…</p>'
    """
    old, new = _paragraphs(before), _paragraphs(after)
    return "".join(_blocks(old, new))


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()][:_MOST]


def _blocks(old: list[str], new: list[str]) -> Iterator[str]:
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield '<p class="cg-same">…</p>'
            continue
        for one, other in zip(old[i:j], new[k:m], strict=False):
            yield f"<p>{_words_html(one, other)}</p>"
        paired = min(j - i, m - k)
        yield from (f"<p><del>{exact_html(line)}</del></p>" for line in old[i + paired : j])
        yield from (f"<p><ins>{exact_html(line)}</ins></p>" for line in new[k + paired : m])


def _words_html(before: str, after: str) -> str:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > _LONGEST:
        return _tagged("del", [before]) + _tagged("ins", [after])
    parts = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append(exact_html("".join(new[k:m])))
        else:
            parts += [_tagged("del", old[i:j]), _tagged("ins", new[k:m])]
    return "".join(parts)


def _tagged(tag: str, words: Sequence[str]) -> str:
    return f"<{tag}>{exact_html(''.join(words))}</{tag}>" if words else ""
