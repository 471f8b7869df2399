"""Which patterns of a word may hold at all, by what stands around it: most of them need no closer look.

A word has up to a hundred patterns, and nearly all of them ask for some word in some slot. They are found by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import Protocol

from kb.model import EntityKind
from kb.ontology.model import Condition, Pattern

_KNOWN: dict[int, Shortlist] = {}
_MOST_KNOWN = 10_000


class Slot(Protocol):
    """What stands in a slot."""

    @property
    def words(self) -> Collection[str]:
        """Words and lemmas, in lower case."""

    @property
    def kinds(self) -> Collection[EntityKind]:
        """Kinds of the things that are named."""

    @property
    def dated(self) -> bool:
        """True if a time stands there."""


class Shortlist:
    """The patterns of one word, each filed under the last word of its phrase or something it asks for in a slot."""

    def __init__(self, patterns: tuple[Pattern, ...]) -> None:
        self.patterns = patterns
        self._always: list[int] = []
        self._by_rest: defaultdict[str, list[int]] = defaultdict(list)
        self._slots: defaultdict[str, _Filed] = defaultdict(_Filed)
        for i, pattern in enumerate(patterns):
            asked = next((one for one in pattern.conditions if not one.absent), None)
            if pattern.rest:
                self._by_rest[pattern.rest[-1]].append(i)
            elif asked is not None:
                self._slots[asked.slot].file(i, asked)
            else:
                self._always.append(i)

    def possible(self, beside: Callable[[], Collection[str]], slot: Callable[[str], Slot]) -> Iterator[Pattern]:
        """All patterns that hold, and some that don't, in their order.

        `beside` gives the words among which the last one of a phrase must stand; `slot` what stands in one of a name.
        """
        found = [*self._always]
        if self._by_rest:
            for word in self._by_rest.keys() & beside():
                found += self._by_rest[word]
        for name, filed in self._slots.items():
            found += filed.asking_for(slot(name))
        return (self.patterns[i] for i in sorted({*found}))


class _Filed:
    """Patterns by what they ask for in one slot."""

    def __init__(self) -> None:
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        self._by_kind: defaultdict[EntityKind, list[int]] = defaultdict(list)
        self._dated: list[int] = []

    def file(self, i: int, asked: Condition) -> None:
        """File pattern number `i`."""
        for word in asked.filler.words:
            self._by_word[word].append(i)
        for kind in asked.filler.kinds:
            self._by_kind[kind].append(i)
        if asked.filler.dated:
            self._dated.append(i)

    def asking_for(self, slot: Slot) -> Iterator[int]:
        """Numbers of patterns that ask for something that stands in it; one may come twice."""
        for word in self._by_word.keys() & slot.words:
            yield from self._by_word[word]
        for kind in slot.kinds:
            yield from self._by_kind.get(kind, ())
        if slot.dated:
            yield from self._dated


def shortlist(patterns: tuple[Pattern, ...]) -> Shortlist:
    """The patterns of a word, filed; kept for the next time that the same tuple is given."""
    found = _KNOWN.get(id(patterns))
    if found is None or found.patterns is not patterns:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        found = _KNOWN[id(patterns)] = Shortlist(patterns)
    return found
