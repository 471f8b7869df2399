"""The expressions of one Doc and where each of them stands: its sentence, its clause, what it dates and counts from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from ingest.extract.times.clause import NO_CLAUSE, read_clause
from ingest.extract.times.expressions import (
    Between,
    Expression,
    Found,
    Grant,
    Happening,
    Length,
    RangeEnd,
    Shift,
    ThisDocument,
)
from ingest.extract.times.free_format import find_free_dates
from ingest.extract.times.grammar import find_expressions
from ingest.extract.times.guards import Guard, is_verb
from ingest.extract.times.history import Place
from ingest.extract.times.lexicon import Cues, lexicon
from ingest.extract.times.pieces import NO_WORD, Piece, cut_pieces
from ingest.nlp.pipeline import BOILERPLATE
from ingest.nlp.words import Token, Words

_CLIMB = 8
"""Heads above an expression that say what it dates."""
_JOINTS = frozenset({"and", "or", ", and", ", or"})
_LONGEST_QUOTED = 5000
"""Characters of a paragraph in which quotation marks are counted."""


class Reading:
    """Reads one Doc. The parse and the entities are used where the Doc has them."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._doc = doc = words.doc
        self._text = words.text
        self._cues = lexicon().cues
        self._guard = Guard(doc, self._cues)
        self._parsed = doc.has_annotation("DEP")
        self._starts = [token.idx for token in words]
        self._sentences = [s.start_char for s in doc.sents] if doc.has_annotation("SENT_START") else [0]
        self._behind = 0

    def expressions(self) -> Iterator[tuple[Found, Place]]:
        """Expressions in text order; a range comes before its two dates."""
        starts: list[int] = []
        kept: list[Found] = []
        for pieces in self._paragraphs():
            starts.append(pieces[0].start)
            kept.extend(found for whole in find_expressions(pieces) for found in self._kept(whole))
        for found in self._with_free_dates(kept):
            paragraph = bisect_right(starts, found.start) - 1
            yield self._placed(found, paragraph, starts[paragraph])

    def _with_free_dates(self, found: list[Found]) -> list[Found]:
        """Full dates in other formats, in place of the parts of them that were found."""
        free = list(find_free_dates(self._doc, found))
        if not free:
            return found
        rest = [f for f in found if not any(date.start <= f.start < date.end for date in free)]
        return sorted([*rest, *free], key=lambda f: (f.start, -f.end))

    def _paragraphs(self) -> Iterator[list[Piece]]:
        for start, end in _read_ranges(self._doc, len(self._text)):
            for pieces in cut_pieces(self._text, start, end):
                for i, piece in enumerate(pieces):
                    if piece.low in self._cues.verbs and is_verb(self._token(piece.start)):
                        pieces[i] = piece._replace(words=NO_WORD)
                if pieces:
                    yield pieces

    def _kept(self, found: Found) -> Iterator[Found]:
        """The expression, with the dates of a range behind it, unless it is no time."""
        if not found.nested:
            if self._guard.is_time(found, self._token(found.start), self._token(found.end - 1)):
                yield found
            return
        ends = [kept for end in found.nested for kept in self._kept(end)]
        if len(ends) == len(found.nested) and isinstance(found.expression, Between):
            yield found
            ends = [replace(end, expression=RangeEnd(found.expression, bool(i))) for i, end in enumerate(ends)]
        yield from ends

    def _placed(self, found: Found, paragraph: int, start: int) -> tuple[Found, Place]:
        first, last = self._token(found.start), self._token(found.end - 1)
        sentence = bisect_right(self._sentences, found.start)
        between = self._text[self._behind : found.start].strip(" ") if found.start > self._behind else ""
        apposed, joined = between == ",", between in _JOINTS
        self._behind = found.end
        quoted = found.start - start < _LONGEST_QUOTED and _in_quotes(self._text[start : found.start])
        if not self._parsed:
            bare = Place(found.start, sentence, paragraph, apposed=apposed, quoted=quoted, since=_is_since(first))
            return found, replace(bare, joined=joined)
        clause = read_clause(first, last, self._cues) if first.dep_ else NO_CLAUSE
        found, anchor = self._anchored(found)
        words = _dated_words(first, last, self._cues)
        place = Place(
            found.start, sentence, paragraph, clause, words, apposed, joined, _is_since(first), quoted, anchor
        )
        return replace(found, expression=self._granted(found.expression, last, place)), place

    def _granted(self, expression: Expression, last: Token, place: Place) -> Expression:
        """A length as a grant if its verb gives it to somebody, or if it stands before "extension", "deadline" …"""
        gives = place.clause.verb in self._cues.granting
        if isinstance(expression, Grant):
            return expression if gives or place.words & self._cues.spans else expression.length
        given = (
            isinstance(expression, Length) and gives and last.dep_ == "dobj" and last.head.lemma_ in self._cues.giving
        )
        return Grant(expression) if given and isinstance(expression, Length) else expression

    def _anchored(self, found: Found) -> tuple[Found, frozenset[str]]:
        """Lemmas of what a length counts from, with the verbs that would date it; the span ends with it."""
        anchor = found.expression.anchor if isinstance(found.expression, Shift) else None
        if isinstance(anchor, ThisDocument):
            return found, frozenset({anchor.text.split()[-1].lower(), "sign", "issue"})
        if not isinstance(anchor, Happening):
            return found, frozenset()
        first, last = self._token(anchor.start).i, self._token(anchor.end - 1).i
        tokens = list(self._words[first : last + 1])
        heads = [t for t in tokens if t.pos_ == "VERB"] or [
            t for t in tokens if not first <= t.head.i <= last or t.head == t
        ]
        if not heads:
            return found, frozenset()
        head = heads[0]
        words = self._dating_words(head)
        behind = max(
            (t.right_edge.i for t in head.rights if t.dep_ == "dobj" and t.right_edge.i <= last), default=head.i
        )
        end = self._words[behind].idx + len(self._words[behind])
        return replace(found, end=max(min(found.end, end), anchor.behind)), words

    def _dating_words(self, head: Token) -> frozenset[str]:
        """Lemmas that date what `head` names: "published" a publication, "takes effect" an effective date."""
        lemma, known = head.lemma_.lower(), self._cues.happenings
        named = (f"{child.lower_} {lemma}" for child in head.lefts)
        words = frozenset({lemma}) | known.get(lemma, frozenset())
        return words.union(*(known.get(name, frozenset()) for name in named))

    def _token(self, offset: int) -> Token:
        return self._words[max(bisect_right(self._starts, offset) - 1, 0)]


def _is_since(first: Token) -> bool:
    """True behind "since", "than in", "than"."""
    before = [first.nbor(-k).lower_ for k in (1, 2) if first.i >= k]
    return before[:1] == ["since"] or "than" in before


def _dated_words(first: Token, last: Token, cues: Cues) -> frozenset[str]:
    """Lemmas on the way from an expression up to its verb."""
    token = first if not first.i <= first.head.i <= last.i else last
    words: set[str] = set()
    for _ in range(_CLIMB):
        if token.pos_ in {"NOUN", "VERB"}:
            words.add(token.lemma_.lower())
        if token.pos_ in {"VERB", "AUX"} or token.head.i == token.i:
            break
        token = token.head
    if token.lemma_ in cues.setting:  # "the inauguration is on January 20", "… is set for January 20"
        words.update(child.lemma_.lower() for child in token.lefts if child.dep_ in {"nsubj", "nsubjpass"})
    return frozenset(words)


def _read_ranges(doc: Doc, length: int) -> Iterator[tuple[int, int]]:
    """The parts of the text between boilerplate."""
    start = 0
    for span in doc.spans.get(BOILERPLATE, ()):
        if start < span.start_char:
            yield start, span.start_char
        start = span.end_char
    if start < length:
        yield start, length


def _in_quotes(before: str) -> bool:
    """True if a quotation is open behind `before`."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
