"""spaCy's parser, a step of all texts taken at once: the same trees in half the time.

Each step of a text depends on the one before it, but texts do not depend on one another. So the states of all of them
are kept in a few arrays, and a step of all is a handful of operations. See docs/decisions/041-steps-at-once.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice, pairwise
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import DependencyParser
from spacy.tokens import Doc

from ingest.nlp.greedy import is_greedy

COMPONENT = "chronograph_steps"
_FEATURES = 8
"""Words that a step is chosen by: two of the buffer, three of the stack, the last children of the first of each."""
_KINDS = "SRLDB"
"""First letters of the names of steps."""
_SHIFT, _RIGHT, _LEFT, _REDUCE, _BREAK = range(len(_KINDS))
_OPENS, _NEVER_OPENS, _PUT_BACK, _NONE = 1, 2, 4, 8
"""What is known of a word: that a sentence begins with it, or does not; that it was put back; that there is none."""
_OF_FOLLOWING = 4
"""In a state, what is known of the first word of the buffer comes first, then what of the one that follows it."""
_EMPTY, _LAST, _NEXT = 1 << 8, 1 << 9, 1 << 10
"""That the stack is empty, or has one word at most; that the words of the buffer stand next to each other."""
_A_STEP = 8
"""How many times as long a step of all texts takes as spaCy's step of one."""
_TREE: list[int | str] = ["HEAD", "DEP"]

_Words = NDArray[np.intp]
"""Numbers of words, counted through all texts from 1 on; 0 is no word."""
_Numbers = NDArray[np.float32]


@Language.factory(COMPONENT, assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"])
def create_steps(nlp: Language, name: str) -> QuickSteps:  # noqa: ARG001 - spaCy passes both
    """The component, still without a parser."""
    return QuickSteps()


class QuickSteps:
    """The steps of a `DependencyParser`, taken together. It is left to itself where a text is parsed already."""

    parser: DependencyParser

    def take(self, parser: DependencyParser) -> None:
        """Parse as this one does; `suits(parser)` holds."""
        self.parser = parser
        model, moves = parser.model, parser.moves
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        self._tok2vec = model.get_ref("tok2vec")
        # The pieces of which the largest counts are put in blocks, as that is taken in wide steps then.
        weights = np.asarray(lower.get_param("W")).transpose(0, 3, 2, 1)
        self._weights = np.ascontiguousarray(weights.reshape(*weights.shape[:2], -1))
        self._no_word = np.asarray(lower.get_param("pad"))[0].transpose(0, 2, 1).reshape(_FEATURES, -1)
        self._bias = np.asarray(lower.get_param("b")).T.ravel()
        self._width = self._bias.size // lower.get_dim("nP")
        self._upper, self._upper_bias = np.asarray(upper.get_param("W")).T, np.asarray(upper.get_param("b"))
        self._places = np.arange(_FEATURES)[:, None]
        names = [moves.get_class_name(at) for at in range(moves.n_moves)]
        self._kinds = np.array([_KINDS.index(name[0]) for name in names])
        self._labels = np.array([parser.vocab.strings[name[2:]] for name in names], dtype=np.uint64)
        self._root = moves.root_label
        self._allowed = _allowed()
        may = np.arange(1 << len(_KINDS))[:, None] >> self._kinds & 1
        self._never = np.where(may, np.float32(0), np.float32(-np.inf))

    def __call__(self, doc: Doc) -> Doc:
        """The same text, parsed."""
        (doc,) = self.pipe([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """The same texts, in order, parsed."""
        waiting = iter(stream)
        while docs := list(islice(waiting, batch_size)):
            if any(doc.has_annotation("DEP") for doc in docs):
                yield from self.parser.pipe(docs, batch_size=batch_size)
                continue
            longest_first = sorted(filter(len, docs), key=len, reverse=True)
            alone = _alone([*map(len, longest_first)])
            list(self.parser.pipe(longest_first[:alone], batch_size=batch_size))
            self._parse(longest_first[alone:])
            yield from docs

    def _parse(self, docs: Sequence[Doc]) -> None:
        if not docs:
            return
        trees = self._trees(docs)
        for doc, (first, end) in zip(docs, pairwise(accumulate(map(len, docs), initial=0)), strict=True):
            doc.from_array(_TREE, trees[first:end])  # type: ignore[arg-type]
            for hook in self.parser.postprocesses:
                hook(doc)

    def _trees(self, docs: Sequence[Doc]) -> NDArray[np.uint64]:
        """For each word of all texts how far behind it its head stands, and its label.

        The stack and the buffer of a text are kept as their first words, and for each word the one below or behind it:
        a word is in one of them at most.
        """
        features = self._features_of(docs)
        known, behind, buffer = _beginnings(docs)
        below, head, move, left, right, right_before = np.zeros((6, len(known)), dtype=np.intp)
        stack = np.zeros_like(buffer)
        while len(buffer):
            following, second = behind[buffer], below[stack]
            words = buffer, following, stack, second, below[second], left[buffer], left[stack], right[stack]
            state = (
                known[buffer]
                + (known[following] << _OF_FOLLOWING)
                + (stack == 0) * _EMPTY
                + (second == 0) * _LAST
                + (following == buffer + 1) * _NEXT
            )
            best = self._best(features, words, state)
            kind = self._kinds[best]

            at = (kind == _LEFT).nonzero()[0]
            heads, children = buffer[at], stack[at]
            right[head[children]] = right_before[children]  # of the head that it had, if it had one
            left[heads], head[children], move[children] = children, heads, best[at]
            known[heads] &= ~_PUT_BACK

            at = (kind == _RIGHT).nonzero()[0]
            heads, children = stack[at], buffer[at]
            right_before[children], right[heads] = right[heads], children
            head[children], move[children] = heads, best[at]

            known[following[kind == _BREAK]] |= _OPENS

            on = kind <= _RIGHT
            below[buffer[on]] = stack[on]
            back = ((kind == _REDUCE) & (head[stack] == 0) & (second > 0)).nonzero()[0]
            words_back = stack[back]
            behind[words_back] = buffer[back]
            known[words_back] |= _PUT_BACK
            stack = np.where(on, buffer, np.where(kind == _BREAK, stack, second))
            buffer = np.where(on, following, buffer)
            buffer[back] = words_back
            unfinished = (stack | buffer) > 0
            if not unfinished.all():
                stack, buffer = stack[unfinished], buffer[unfinished]
        heads = np.where(head > 0, head, np.arange(len(head))) - np.arange(len(head))
        labels = np.where(head > 0, self._labels[move], np.uint64(self._root))
        return np.stack([heads.astype(np.uint64), labels], axis=1)[1:]

    def _features_of(self, docs: Sequence[Doc]) -> _Numbers:
        """What each word adds in each place: places x words, none the first, in a row x pieces x hidden."""
        vectors = self._tok2vec.predict(docs)
        found = np.empty((_FEATURES, len(vectors) + 1, self._bias.size), dtype=np.float32)
        for place, weights in enumerate(self._weights):
            found[place, 0] = self._no_word[place]
            np.matmul(vectors, weights, out=found[place, 1:])
        return found.reshape(-1, self._bias.size)

    def _best(self, features: _Numbers, words: Sequence[_Words], state: _Words) -> _Words:
        """The best move of each text that is allowed in its state."""
        rows = np.concatenate(words).reshape(_FEATURES, -1)
        rows += self._places * (len(features) // _FEATURES)
        pieces = features.take(rows, axis=0).sum(axis=0)
        pieces += self._bias
        hidden = pieces[:, : self._width]
        for first in range(self._width, pieces.shape[1], self._width):
            hidden = np.maximum(hidden, pieces[:, first : first + self._width])
        scores = hidden @ self._upper
        scores += self._upper_bias
        scores += self._never[self._allowed[state]]
        best: _Words = scores.argmax(axis=1)
        return best


def suits(parser: object) -> TypeGuard[DependencyParser]:
    """True for a parser whose steps can be taken together."""
    if not isinstance(parser, DependencyParser) or type(parser) is not DependencyParser:
        return False
    return not parser.cfg.get("learn_tokens") and is_greedy(parser, _FEATURES)


def _alone(lengths: Sequence[int]) -> int:
    """How many of the longest texts are better parsed one by one: all that is done at once waits for the longest."""
    before = accumulate(lengths, initial=0)
    costs = [told + _A_STEP * longest for told, longest in zip(before, [*lengths, 0], strict=True)]
    return costs.index(min(costs))


def _allowed() -> _Words:
    """For each state the kinds of steps that are allowed, each as one bit."""
    states = np.arange(1 << 11)
    first, following = states & 15, states >> _OF_FOLLOWING & 15
    empty, none, last = states & _EMPTY > 0, first & _NONE > 0, following & _NONE > 0
    arcs = ~empty & ~none & (first & _OPENS == 0)
    may = {
        _SHIFT: empty | (~last & (first & (_OPENS | _PUT_BACK) == 0)),
        _REDUCE: ~empty & ((states & _LAST == 0) | (first & _NEVER_OPENS == 0)),
        _LEFT: arcs,
        _RIGHT: arcs,
        _BREAK: ~last & (states & _NEXT > 0) & (following & (_OPENS | _NEVER_OPENS) == 0),
    }
    allowed: _Words = np.bitwise_or.reduce([such.astype(np.intp) << kind for kind, such in may.items()])
    return allowed


def _beginnings(docs: Sequence[Doc]) -> tuple[_Words, _Words, _Words]:
    """What is known of each word, and the word behind it; the first words of the texts."""
    told = np.concatenate([doc.to_array("SENT_START") for doc in docs]).astype(np.int64)
    known = np.concatenate([[_NONE], (told == 1) * _OPENS + (told == -1) * _NEVER_OPENS])
    ends = np.cumsum([len(doc) for doc in docs])
    behind = np.arange(1, len(known) + 1)
    behind[[0, *ends]] = 0
    return known, behind, np.array([1, *(ends[:-1] + 1)])
