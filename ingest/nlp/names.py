"""spaCy's recogniser of names, its decisions taken for all words at once: the same entities in a third of the time.

Outside a name, what a word is depends on that word alone, so the scores of all words of a batch are one product. Only
inside a name is there something to go on from: whether it goes on or ends. See docs/decisions/026-names-at-once.md.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import islice, pairwise
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

from ingest.nlp.greedy import is_greedy

COMPONENT = "chronograph_names"
_FEATURES = 3
"""What a decision is made from: the word, the first word of an open name, and the word before in it."""
_Flags = NDArray[np.bool_]
_Features = NDArray[np.float32]
"""What each word adds to a decision: words and one row before them x features x hidden x pieces."""
_PADDING = 0
"""Row of the features that stand for no word."""

_Name = tuple[int, int, str]
"""Its first word, the word behind it, and its label."""


@Language.factory(COMPONENT, assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def create_names(nlp: Language, name: str) -> QuickNames:  # noqa: ARG001 - spaCy passes both
    """The component, still without a recogniser."""
    return QuickNames()


class QuickNames:
    """The decisions of an `EntityRecognizer`, taken together. It is left to itself where a text has names already."""

    recognizer: EntityRecognizer

    def take(self, recognizer: EntityRecognizer) -> None:
        """Decide as this one does; `suits(recognizer)` holds."""
        self.recognizer = recognizer
        lower, upper = recognizer.model.get_ref("lower"), recognizer.model.get_ref("upper")
        self._lower, self._tok2vec = lower, recognizer.model.get_ref("tok2vec")
        self._bias = np.asarray(lower.get_param("b"))
        self._weights, self._weights_bias = np.asarray(upper.get_param("W")), np.asarray(upper.get_param("b"))
        names = map(recognizer.moves.get_class_name, range(recognizer.moves.n_moves))
        self._moves = [(name[0], name[2:]) for name in names]
        self._of = {move: at for at, move in enumerate(self._moves)}
        self._begin, self._unit = self._kind("B"), self._kind("U")
        self._never = self._kind("I") | self._kind("L") | self._kind("M") | (self._unit & self._unlabelled())

    def __call__(self, doc: Doc) -> Doc:
        """The same text, with its names."""
        (doc,) = self.pipe([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """The same texts, in order, with their names."""
        waiting = iter(stream)
        while docs := list(islice(waiting, batch_size)):
            if any(doc.has_annotation("ENT_IOB") for doc in docs):
                yield from self.recognizer.pipe(docs, batch_size=batch_size)
                continue
            for doc, names in zip(docs, self._found(docs), strict=True):
                doc.set_ents([Span(doc, first, end, label) for first, end, label in names], default="outside")
                yield doc

    def _kind(self, letter: str) -> _Flags:
        return np.array([kind == letter for kind, _ in self._moves])

    def _unlabelled(self) -> _Flags:
        return np.array([not label for _, label in self._moves])

    def _found(self, docs: Sequence[Doc]) -> Iterator[list[_Name]]:
        features = self._lower.predict(self._tok2vec.predict(docs))
        spaces, firsts = _marks(docs)
        borders = np.cumsum([0, *map(len, docs)])
        closing = np.append(firsts[1:], [True])[: len(firsts)]
        closing[borders[borders > 0] - 1] = True
        names = self._names(self._outside(features, spaces, closing), features, closing)
        for first, end in pairwise(borders.tolist()):
            yield [(start - first, stop - first, label) for start, stop, label in _taken(names, end)]

    def _outside(self, features: _Features, spaces: _Flags, closing: _Flags) -> NDArray[np.intp]:
        """For each word, the best move where no name is open."""
        padding = features[_PADDING]
        pieces = ((features[1:, 0] + padding[1]) + padding[2]) + self._bias
        hidden = reduce(np.maximum, np.moveaxis(pieces, -1, 0))
        scores = hidden @ self._weights.T + self._weights_bias
        scores[:, self._never] = -np.inf
        scores[np.ix_(spaces, self._begin | self._unit)] = -np.inf
        scores[np.ix_(closing, self._begin)] = -np.inf
        best: NDArray[np.intp] = scores.argmax(axis=1)
        return best

    def _names(self, best: NDArray[np.intp], features: _Features, closing: _Flags) -> deque[_Name]:
        """Names of all texts in a row."""
        found: deque[_Name] = deque()
        free = 0
        for first in np.flatnonzero(self._begin[best] | self._unit[best]).tolist():
            if first >= free:
                kind, label = self._moves[best[first]]
                free = first + 1 if kind == "U" else self._end(first, label, features, closing)
                found.append((first, free, label))
        return found

    def _end(self, first: int, label: str, features: _Features, closing: _Flags) -> int:
        """The word behind a name that begins with `first`."""
        inside, last = self._of["I", label], self._of["L", label]
        weights, bias = self._weights[[inside, last]], self._weights_bias[[inside, last]]
        opening = features[1 + first, 1]
        at = first + 1
        while not closing[at]:
            hidden = (((features[1 + at, 0] + opening) + features[at, 2]) + self._bias).max(axis=-1)
            goes_on, ends = (weights @ hidden + bias).tolist()
            if ends > goes_on or (ends == goes_on and last < inside):
                break
            at += 1
        return at + 1


def suits(recognizer: object) -> TypeGuard[EntityRecognizer]:
    """True for a recogniser whose decisions can be taken together."""
    if not isinstance(recognizer, EntityRecognizer) or type(recognizer) is not EntityRecognizer:
        return False
    return not recognizer.postprocesses and is_greedy(recognizer, _FEATURES)


def _taken(names: deque[_Name], end: int) -> Iterator[_Name]:
    """Takes off the names before the word `end`."""
    while names and names[0][0] < end:
        yield names.popleft()


def _marks(docs: Sequence[Doc]) -> tuple[_Flags, _Flags]:
    """For each word of all texts: whether it is white space, and whether a sentence is known to begin with it."""
    marks = np.concatenate([doc.to_array(["IS_SPACE", "SENT_START"]).reshape(-1, 2) for doc in docs])
    return marks[:, 0] == 1, marks[:, 1] == 1
