"""Sentences put behind one another, so that the encoder reads several at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from ingest.extract.second.facts import Facts

_AT_ONCE = 256
"""Pieces that are read at once if each sentence were as long as the longest of them; one sentence may have more."""


def groups(lines: Sequence[tuple[int, ...]]) -> list[list[tuple[int, ...]]]:
    """Sentences that are read at once: such of about one length, as each looks at so many pieces as the longest has."""
    found: list[list[tuple[int, ...]]] = []
    for line in sorted(lines, key=len):
        if not found or (len(found[-1]) + 1) * len(line) > _AT_ONCE:
            found.append([])
        found[-1].append(line)
    return found


def pieces_of(lines: Sequence[Sequence[int]], *, first: int, beside: int) -> dict[str, np.ndarray]:
    """What the encoder is told of sentences: their pieces one after another, and who looks at whom.

    Pieces stand from place `first` on in their sentences, and look at the `beside` pieces of the title and at those of
    their own sentence. All are numbers (n pieces; s sentences, the longest of p pieces):

    ids, places: n, of each piece its number in the vocabulary, and its place.
    asking: s x p, the pieces of each sentence; 0 where there is none.
    back: n, where each piece stands in `asking`, counted row after row.
    seen: s x (beside + p), what they look at: pieces of the title, then of the sentence, counted through.
    shown: the same, 1 for what is there and 0 for what is not.
    """
    lengths = np.array([len(line) for line in lines])
    within = np.arange(lengths.max())
    there = within < lengths[:, None]
    asking = np.where(there, (lengths.cumsum() - lengths)[:, None] + within, 0)
    title = np.broadcast_to(np.arange(beside), (len(lines), beside))
    return {
        "ids": np.fromiter(chain.from_iterable(lines), dtype=np.int64),
        "places": there.nonzero()[1] + first,
        "asking": asking,
        "back": there.ravel().nonzero()[0],
        "seen": np.concatenate([title, (asking + beside) * there], axis=1),
        "shown": np.concatenate([np.ones_like(title), there], axis=1).astype(np.int32),
    }


def triggers_of(
    line: Sequence[int], at: Sequence[int], time: Sequence[int], facts: Sequence[Facts]
) -> dict[str, np.ndarray]:
    """What the encoder is told of triggers: the sentence, the pieces of trigger and time counted through, the facts."""
    return {
        "line": np.array(line, dtype=np.int64),
        "at": np.array(at, dtype=np.int64),
        "time": np.array(time, dtype=np.int64),
        "facts": np.array(facts, dtype=np.int64),
    }
