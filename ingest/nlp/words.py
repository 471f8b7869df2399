"""A parsed document as plain objects, for rules that look at the same words again and again.

spaCy's `Token` is made anew at every step of a walk, decodes a string at every look, and finds its children by looking
at every word between the first and the last of them. Rules ask of a word a hundred times what it is, so all of it is
looked up once for a document. `Token` and `Span` have the names and the meaning of spaCy's; what they lack was never
asked for. Differences: a token is one object, equal to itself alone; `children`, `lefts` and `rights` are tuples.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, count, pairwise, repeat
from typing import overload

from spacy.strings import StringStore
from spacy.tokens import Doc

_COLUMNS: list[int | str] = ["SPACY", "ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE"]
_AT_HAND: dict[int, str] = {}
"""Strings by spaCy's numbers for them, as most words of a text were in the ones before."""
_MOST_AT_HAND = 30_000


class Words:
    """A document: its tokens by number, its stretches as `Span`."""

    __slots__ = ("_offsets", "_sentences", "doc", "text", "tokens")

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        """The document as spaCy has it."""
        columns = _columns_of(doc)
        self.text = "".join(word + space for word, space in zip(columns[0], columns[1], strict=True))
        self.tokens = _tokens_of(self, *columns)
        self._offsets = [token.idx for token in self.tokens]
        _tie(self.tokens, doc)
        self._sentences = _sentences_of(self, doc)

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, int):
            return self.tokens[at]
        start, end, _ = at.indices(len(self.tokens))
        return Span(self, start, max(start, end))

    def sentence_at(self, i: int) -> Span:
        """The sentence that token number `i` stands in."""
        return self._sentences[i]

    def covering(self, start: int, end: int) -> Span:
        """The tokens that the characters `start` to `end` touch; empty if there are none."""
        if not 0 <= start < end <= len(self.text):
            return Span(self, 0, 0)
        first, last = bisect_right(self._offsets, start) - 1, bisect_right(self._offsets, end - 1)
        behind = self.tokens[first].idx + len(self.tokens[first].text) == start  # in the space behind it
        return Span(self, first + behind, max(first + behind, last))


@dataclass(slots=True, eq=False, repr=False)
class Token:
    """A word: see spaCy's `Token`."""

    doc: Words
    i: int
    idx: int
    text: str
    whitespace_: str
    """The space behind it, or nothing."""
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    head: Token = field(init=False)
    children: tuple[Token, ...] = field(init=False, default=())

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def sent(self) -> Span:
        """The sentence it stands in."""
        return self.doc.sentence_at(self.i)

    @property
    def lefts(self) -> tuple[Token, ...]:
        """Its children before it."""
        return tuple([t for t in self.children if t.i < self.i])

    @property
    def rights(self) -> tuple[Token, ...]:
        """Its children behind it."""
        return tuple([t for t in self.children if t.i > self.i])

    @property
    def left_edge(self) -> Token:
        """The first word of what hangs on it."""
        return self.doc.tokens[self.doc.doc[self.i].left_edge.i] if self.children else self

    @property
    def right_edge(self) -> Token:
        """The last word of what hangs on it."""
        return self.doc.tokens[self.doc.doc[self.i].right_edge.i] if self.children else self

    @property
    def subtree(self) -> Iterator[Token]:
        """All that hangs on it, itself included, in the order of the text."""
        return (self.doc.tokens[t.i] for t in self.doc.doc[self.i].subtree)

    @property
    def ancestors(self) -> Iterator[Token]:
        """What it hangs on, the nearest first."""
        node = self
        while node.head is not node:
            node = node.head
            yield node

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """The words that it is joined to by "and" or the like, itself not among them."""
        return tuple(self.doc.tokens[t.i] for t in self.doc.doc[self.i].conjuncts)

    def nbor(self, step: int = 1) -> Token:
        """The word so many behind it, or before it. Raises IndexError beyond the text."""
        if self.i + step < 0:
            raise IndexError(f"no word {-step} before {self.text!r}")
        return self.doc.tokens[self.i + step]

    def has_dep(self) -> bool:
        """True if it was parsed."""
        return self.dep_ != ""

    @property
    def text_with_ws(self) -> str:
        """The word with the space behind it."""
        return self.text + self.whitespace_

    @property
    def is_alpha(self) -> bool:
        """True if it has letters only."""
        return self.text.isalpha()

    @property
    def is_digit(self) -> bool:
        """True if it has digits only."""
        return self.text.isdigit()

    @property
    def is_lower(self) -> bool:
        """True if no letter of it is a capital one."""
        return self.text.islower()

    @property
    def is_upper(self) -> bool:
        """True if all letters of it are capital ones."""
        return self.text.isupper()

    @property
    def is_space(self) -> bool:
        """True if it is nothing but white space."""
        return self.text.isspace()

    @property
    def is_sent_start(self) -> bool:
        """True if a sentence is known to begin with it."""
        return bool(self.doc.doc[self.i].is_sent_start)

    @property
    def ent_iob_(self) -> str:
        """B where a name begins, I inside it, O elsewhere."""
        return str(self.doc.doc[self.i].ent_iob_)

    @property
    def is_punct(self) -> bool:
        """True for a mark of punctuation."""
        return self.doc.doc[self.i].is_punct


class Span:
    """Words `start` to `end` of a document: see spaCy's `Span`."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Words, start: int, end: int) -> None:
        self.doc = doc
        self.start = start
        self.end = end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __reversed__(self) -> Iterator[Token]:
        return reversed(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, int):
            if not -len(self) <= at < len(self):
                raise IndexError(f"no word {at} in {self.text!r}")
            return self.doc.tokens[(self.start if at >= 0 else self.end) + at]
        start, end, _ = at.indices(len(self))
        return Span(self.doc, self.start + start, self.start + max(start, end))

    @property
    def start_char(self) -> int:
        """Offset of its first character in the text."""
        return self.doc.tokens[self.start].idx

    @property
    def end_char(self) -> int:
        """Offset behind its last character."""
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The words with the spaces between them."""
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def sent(self) -> Span:
        """The sentence that its first word stands in."""
        return self.doc.sentence_at(self.start)

    @property
    def root(self) -> Token:
        """The word that the others hang on."""
        return self.doc.tokens[self.doc.doc[self.start : self.end].root.i]


def _columns_of(doc: Doc) -> list[list[str]]:
    """For each of `_COLUMNS`, what it says of every token."""
    if not len(doc):
        return [[] for _ in _COLUMNS]
    spaces, *named = doc.to_array(_COLUMNS).T.tolist()
    known = _strings(doc.vocab.strings, set().union(*named))
    words, *others = ([known[number] for number in column] for column in named)
    return [words, [" " if space else "" for space in spaces], *others]


def _strings(store: StringStore, numbers: set[int]) -> Mapping[int, str]:
    """What these numbers stand for, among others: those of one string are the same in every store."""
    if len(_AT_HAND) > _MOST_AT_HAND:
        _AT_HAND.clear()
    _AT_HAND.update((number, store[number]) for number in numbers.difference(_AT_HAND))
    return _AT_HAND


def _tokens_of(words: Words, texts: Sequence[str], spaces: Sequence[str], *others: Sequence[str]) -> list[Token]:
    lengths = (len(text) + len(space) for text, space in zip(texts, spaces, strict=True))
    return [*map(Token, repeat(words), count(), accumulate(lengths, initial=0), texts, spaces, *others)]


def _tie(tokens: Sequence[Token], doc: Doc) -> None:
    """Heads and children, left to right."""
    children: dict[int, list[Token]] = {}
    for token, step in zip(tokens, doc.to_array("HEAD").astype("int64").tolist(), strict=True):
        token.head = tokens[token.i + step]
        if step:
            children.setdefault(token.i + step, []).append(token)
    for i, below in children.items():
        tokens[i].children = tuple(below)


def _sentences_of(words: Words, doc: Doc) -> list[Span]:
    """The sentence of each token; what was not parsed is no part of the one before it."""
    found: list[Span] = []
    parsed = [token.has_dep() for token in words.tokens]
    opening = doc.to_array("SENT_START").astype("int64").tolist()
    starts = [i for i, opens in enumerate(opening) if opens == 1 or i == 0 or parsed[i] is not parsed[i - 1]]
    for start, end in pairwise([*starts, len(doc)]):
        found += [Span(words, start, end)] * (end - start)
    return found
