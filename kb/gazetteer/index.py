"""Finding many names in a text at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"\w+")
_SAME_LENGTH = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2019": "'"})


class NameIndex(Generic[T]):
    """Finds many names in a text in one pass: longest first, whole words, case as written."""

    def __init__(self, names: Mapping[str, T]) -> None:
        self._values = {name.translate(_SAME_LENGTH): value for name, value in names.items()}
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in self._values:
            if first := _WORD.match(name):
                lengths[first.group()].add(len(name))
        self._lengths = {word: sorted(known, reverse=True) for word, known in lengths.items()}
        """Lengths of the names that start with a word, longest first."""

    def find(self, text: str) -> Iterator[tuple[int, int, T]]:
        """Start, end and value of each name in `text`, in order, none overlapping another.

        A no-break space counts as a space and a typographic apostrophe as a plain one. Hashtags, handles and parts of
        addresses are not names.
        """
        plain = text.translate(_SAME_LENGTH)
        done = 0
        for word in _WORD.finditer(plain):
            lengths = self._lengths.get(word.group())
            if lengths is None:
                continue
            start = word.start()
            if start < done or (start and plain[start - 1] in "#@/_"):
                continue
            for length in lengths:
                end = start + length
                name = plain[start:end]
                if name in self._values and not plain[end : end + 1].isalnum():
                    yield start, end, self._values[name]
                    done = end
                    break
