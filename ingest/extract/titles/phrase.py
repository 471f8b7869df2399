"""The words of one constituent that a title keeps."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from ingest.extract.grammar import Reading, is_verb
from ingest.extract.titles.lexicon import title_lexicon
from ingest.extract.titles.wanted import is_wanted
from ingest.nlp.words import Token
from kb.model import EntityKind

_ROW = ("conj", "cc", "appos")
_BEFORE_NOUN = ("nmod", "compound")


def phrase_of(reading: Reading, token: Token, *, depth: int) -> Iterator[Token]:
    """A constituent without asides, times and articles; clauses inside a subject are left out.

    Walked without recursion: a name of thousands of words is a tree as deep.
    """
    words = title_lexicon()
    waiting = [token]
    while waiting:
        here = waiting.pop()
        yield here
        if here.lower_ in words.anybody or here.lower_ in words.moments:
            yield from _who(reading, here)
        waiting += reversed([child for child in here.children if _is_of_phrase(reading, here, child, depth=depth)])


def short_phrase(reading: Reading, token: Token) -> list[Token]:
    """The constituent without clauses, each word once, in text order."""
    return sorted(set(phrase_of(reading, token, depth=1)), key=lambda t: t.i)


def _who(reading: Reading, anybody: Token) -> Iterator[Token]:
    """What tells who is meant by "those": "those who bought before May", "those taking part"."""
    words = title_lexicon()
    kinds = ("relcl", "acl") if anybody.lower_ in words.anybody else ("relcl",)
    near = (t for t in anybody.children if t.dep_ in kinds and t.left_edge.i == anybody.i + 1)
    which = (t for clause in near for t in takewhile(lambda t: t.text != ",", clause.subtree))
    return (t for t in which if t.i not in reading.times and t.lower_ not in words.articles)


def _is_of_phrase(reading: Reading, token: Token, child: Token, *, depth: int) -> bool:
    in_list = child.dep_ in ("conj", "cc") or (child.text == "," and _is_listed(token, child))
    in_list = in_list and not (child.pos_ == "ADP" and any(t.i in reading.times for t in child.children))
    if child.dep_ == "cc":  # the "and" of "the army on Saturday and Sunday"
        joined = next((t for t in token.rights if t.dep_ == "conj" and t.i > child.i), None)
        in_list = in_list and (joined is None or joined.i not in reading.times)
    joins = child.text in ("-", "/", "’", "'") and not (child.i > 0 and child.nbor(-1).whitespace_)
    inside_name = in_list or (child.dep_ == "punct" and joins)
    if not (is_wanted(reading, child) or (inside_name and child.i not in reading.times)):
        return False
    clause = child.dep_ in ("acl", "ccomp", "prep", "conj", "cc", "punct") and child.lower_ not in ("of", "-")
    return not (depth and clause) or _is_named_with(reading, child) or _is_where(child)


def _is_where(preposition: Token) -> bool:
    """True for the "in" of "a bill in New Zealand", which says which one is meant."""
    places = [t for t in preposition.rights if t.ent_type_ in ("GPE", "LOC")] if preposition.lower_ == "in" else []
    return bool(places) and not any(t.dep_ == "conj" for place in places for t in place.rights)


def _is_named_with(reading: Reading, child: Token) -> bool:
    """True for the "and Jo Moe" of "Ann Roe and Jo Moe": two who are named."""
    conj = next((t for t in child.head.children if t.dep_ == "conj"), None)
    if conj is None or child not in (conj, *(t for t in child.head.children if t.dep_ == "cc")):
        return False
    kinds = {reading.kind(child.head), reading.kind(conj)}
    return kinds == {EntityKind.PERSON} and child.head.i < child.i <= conj.i


def _is_listed(token: Token, comma: Token) -> bool:
    """True for a comma before another of a row, not for one before an aside."""
    behind = comma.doc[comma.i + 1] if token.dep_ in _BEFORE_NOUN and comma.i + 1 < len(comma.doc) else comma
    if behind.dep_ in _BEFORE_NOUN and behind.head.i == token.head.i:
        return True
    if is_verb(token) or any(t.dep_ == "appos" and t.i < comma.i for t in token.children):
        return False
    return next((t.dep_ != "appos" for t in token.children if t.i > comma.i and t.dep_ in _ROW), False)
