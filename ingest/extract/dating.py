"""A calendar expression as its sentence sees it: where it stands, and on which side of the publication day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ingest.extract.grammar import Reading
from ingest.nlp.words import Span, Token, Words
from kb.timevalue import Interval

_LIMITS = ("by", "until", "before", "within", "till")
_BEYOND = ("after", "beyond")
_REPLACING = (["instead", "of"], ["rather", "than"], [",", "not"])
_LINKS = ("ADP", "SCONJ")


@dataclass(frozen=True, slots=True)
class Dating:
    """An expression with a calendar interval, seen from the publication day (None if that is unknown)."""

    expression: Span
    interval: Interval
    published: date | None

    @property
    def past(self) -> bool:
        """True if it ended before the publication day."""
        return self.published is not None and self.interval.end <= self.published

    @property
    def future(self) -> bool:
        """True if it starts after the publication day, or is what comes after: "put in service after this year"."""
        starts_later = self.published is not None and self.interval.start > self.published
        return starts_later or (self.around and self.word_before in _BEYOND)

    @property
    def around(self) -> bool:
        """True if the publication day is one of its days."""
        return self.published is not None and self.interval.contains(self.published)

    @property
    def days_off(self) -> int:
        """Days from publication to its first day, counted either way; 0 if the publication day is unknown."""
        return 0 if self.published is None else abs((self.interval.start - self.published).days)

    @property
    def start(self) -> int:
        """Index of the first token."""
        return self.expression.start

    @property
    def word_before(self) -> str:
        """The word right before it, in small letters; empty at the start of a text."""
        at = self.expression.start
        return self.expression.doc.tokens[at - 1].lower_ if at > 0 else ""

    @property
    def limit(self) -> bool:
        """True right behind "by", "until" and the like."""
        return self.word_before in _LIMITS

    @property
    def awaited(self) -> bool:
        """True right behind "before"."""
        return self.word_before == "before"

    @property
    def since(self) -> bool:
        """True right behind "since", or if the expression starts with it."""
        return self.word_before == "since" or self.expression[0].lower_ == "since"

    @property
    def replaced(self) -> bool:
        """True behind "instead of", "rather than" or ", not", or a preposition there: another day took its place."""
        return any(is_replaced(self.expression.doc, at) for at in (self.start, self.start - 1))

    def holds(self, token: Token) -> bool:
        """True if `token` is part of the expression."""
        return self.expression.start <= token.i < self.expression.end


def is_replaced(doc: Words, at: int) -> bool:
    """True if the token `at` stands right behind what says that something else is in its place."""
    return [t.lower_ for t in doc[max(at - 2, 0) : max(at, 0)]] in _REPLACING


@lru_cache(maxsize=64)  # what is asked again is of the same sentences; the words of others are let go
def root_of(expression: Span) -> Token:
    """The token by which the expression hangs on its sentence, behind its preposition if the parser tore it apart."""
    outer = [t for t in expression if not expression.start <= t.head.i < expression.end]
    return next((t for t in outer if t.head.pos_ in _LINKS), None) or expression.root


def preposition_of(reading: Reading, expression: Span) -> Token | None:
    """The preposition or conjunction that ties the expression to the sentence: "by", "until", "since"."""
    root = root_of(expression)
    while root.head.i != root.i and root.head.i in reading.times:
        root = root.head
    candidates = [root.head] if root.head.i < root.i else []
    if expression.start > 0:
        candidates.append(expression.doc[expression.start - 1])
    candidates.append(expression[0])
    return next((t for t in candidates if t.pos_ in _LINKS), None)
