"""What a text says a named thing is, in passing: "Judge Mehta", "Lohan, an actress", "Ryan is a tax firm"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice

from ingest.extract.entities.references.phrases import determiner_of
from ingest.nlp.words import Span, Token

_TITLES_BACK = 4
_HOSTS = 4
"""Nouns over a name that it may be joined to."""
_NO_NOUN = frozenset(("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"))


class How(Enum):
    """Where the noun stands that says what a thing is."""

    TITLE = auto()
    """Judge Mehta"""
    BEHIND = auto()
    """Lohan, an actress"""
    BEFORE = auto()
    """its parent, Alphabet"""
    COMPOUND = auto()
    """the Gemini app"""
    COPULA = auto()
    """Ryan is a tax firm"""
    CLAUSE = auto()
    """Artigas, who led the talks: the noun is "who" """


@dataclass(frozen=True, slots=True)
class Introduction:
    """A common noun that says what the thing is."""

    noun: Token
    how: How

    @property
    def is_mention(self) -> bool:
        """True if the noun's phrase itself speaks of the thing."""
        return self.how in (How.BEHIND, How.BEFORE, How.COMPOUND)


def introductions(name: Span) -> Iterator[Introduction]:
    """The nouns around one mention that say what it is, and the "who" of a relative clause behind it."""
    root = name.root
    yield from (
        Introduction(t, How.CLAUSE)
        for clause in root.rights
        if clause.dep_ == "relcl"
        for t in clause.children
        if t.lower_ == "who"
    )
    yield from (Introduction(token, How.TITLE) for token in _titles(name))
    for child in _behind(name):
        if child.dep_ == "appos" and _is_description(child):
            yield Introduction(child, How.BEHIND)
    if root.dep_ == "appos" and root.head.i < name.start and _is_description(root.head):
        yield Introduction(root.head, How.BEFORE)
    if root.dep_ in ("compound", "nmod") and root.head.i >= name.end and _is_common(root.head):
        yield Introduction(root.head, How.COMPOUND)
    if root.dep_ == "nsubj" and root.head.lemma_ == "be":
        yield from (
            Introduction(t, How.COPULA)
            for t in root.head.rights
            if t.dep_ == "attr" and determiner_of(t) and _is_common(t)
        )


def _behind(name: Span) -> Iterator[Token]:
    """What the parser hangs on a name from behind, or on those it is joined to: "the Board and Solidarity, a union"."""
    hosts = [name.root]
    if name.root.dep_ == "conj":
        hosts += [t for t in islice(name.root.ancestors, _HOSTS) if t.pos_ in ("PROPN", "NOUN")]
    for child in (t for host in hosts for t in host.rights if t.left_edge.i >= name.end):
        if not any(t.dep_ == "cc" for t in name.doc[name.end : child.left_edge.i]):
            yield child


def _titles(name: Span) -> Iterator[Token]:
    """Nouns right before the name in one phrase with it: "tech giant Google", "Circuit Judge Henderson"."""
    doc = name.doc
    for i in range(name.start - 1, max(name.sent.start, name.start - 1 - _TITLES_BACK) - 1, -1):
        token = doc[i]
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") or not (
            name.start <= token.head.i < name.end or token.head.i > i
        ):
            return
        if token.pos_ != "ADJ":
            yield token


def _is_description(noun: Token) -> bool:
    return _is_common(noun) and determiner_of(noun) != ""


def _is_common(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and noun.ent_type_ not in _NO_NOUN
