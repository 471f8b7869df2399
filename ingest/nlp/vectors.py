"""spaCy's vectors of words in their surroundings: the same numbers, and the part that a word's form decides looked up.

What a word's own form adds to its vector is the same wherever it stands, so it is kept: nine of ten words of a text
have been met before. Then each word is mixed with its neighbours, layer by layer, as spaCy does, without what only
teaching needs. See docs/decisions/029-words-met-before.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps, chain
from thinc.types import Floats2d

_MOST = 8_192
"""Words that are kept, in 600 bytes each; when there are more, all are forgotten."""
_FEWEST = 16
"""Words that are multiplied at once at least: products of fewer may be rounded otherwise, and what a word adds must not
depend on what was new with it."""
_AT_ONCE = 512
"""Words that are mixed with their neighbours at a time."""
_EMBED = ("extract_features>>list2ragged>>with_array(", ">>with_array(maxout>>layernorm>>dropout)>>ragged2list")
"""How the name of layers begins and ends that know a word by its form: thinc names layers after their parts."""
_MIX = "residual(expand_window>>maxout>>layernorm>>dropout)"
_TINY = 1e-08
"""What spaCy adds to a variance."""

_Vectors = NDArray[np.float32]
"""Words x width."""
_Tok2Vec = Model[Sequence[Doc], list[Floats2d]]


def quicken(component: object) -> None:
    """Have a component of spaCy's ask for its vectors in this way, if it has any that can be had so."""
    model = getattr(component, "model", None)
    if not isinstance(model, Model):
        return
    if suits(model):
        component.model = quick_vectors(model)  # type: ignore[attr-defined]
    elif model.has_ref("tok2vec"):
        layers = model.get_ref("tok2vec").layers
        layers[:] = [quick_vectors(layer) if suits(layer) else layer for layer in layers]


def quick_vectors(own: _Tok2Vec) -> _Tok2Vec:
    """The same vectors as those of `own`, for which `suits(own)` holds; it goes on to be asked when it is taught."""
    vectors = _Vectorizer(own)

    def forward(
        model: _Tok2Vec, docs: Sequence[Doc], is_train: bool
    ) -> tuple[list[Floats2d], Callable[[list[Floats2d]], Sequence[Doc]]]:
        if is_train:
            return model.layers[0](docs, is_train)
        return vectors.of(docs), lambda _: []

    return Model("quick_vectors", forward, layers=[own], dims={"nO": own.get_dim("nO")}, ops=own.ops)


def suits(model: object) -> bool:
    """True for layers whose vectors can be had in this way: words by their form, then windows of three."""
    if not isinstance(model, Model) or type(model.ops) is not NumpyOps or len(model.layers) != 2:
        return False
    embed, encode = model.layers
    begins, ends = _EMBED
    if not (embed.name.startswith(begins) and embed.name.endswith(ends) and len(embed.layers) == 5):
        return False
    layers = encode.name.count(_MIX)
    usual = layers > 1 and encode.name == f"with_array({'>>'.join([_MIX] * layers)})"
    return usual and all(node.attrs["window_size"] == 1 for node in encode.walk() if node.name == "expand_window")


class _Vectorizer:
    """The vectors of all words of some texts."""

    def __init__(self, own: _Tok2Vec) -> None:
        embed, encode = own.layers
        self._columns = embed.layers[0].attrs["columns"]
        self._forms = _Forms(chain(embed.layers[2], embed.layers[3]), len(self._columns), own.get_dim("nO"))
        self._mixes = _mixes(encode)

    def of(self, docs: Sequence[Doc]) -> list[Floats2d]:
        """For each text the vectors of its words."""
        if not docs:
            return []
        asked = np.concatenate([doc.to_array(self._columns).reshape(-1, len(self._columns)) for doc in docs])
        lengths = [len(doc) for doc in docs]
        apart = len(self._mixes)  # so far a word can see: texts must not see each other
        places = 1 + np.arange(len(asked)) + apart * np.repeat(np.arange(1, len(docs) + 1), lengths)
        states: _Vectors = np.zeros((2 + len(asked) + apart * (len(docs) + 1), self._forms.width), dtype=np.float32)
        states[places] = self._forms.of(asked)
        for mix in self._mixes:
            states = _mixed(states, mix)
        found = states[places]
        borders = np.cumsum([0, *lengths]).tolist()
        return [found[first:end] for first, end in pairwise(borders)]


class _Forms:
    """What the form of a word adds to its vector, kept for the words met last."""

    def __init__(self, layers: Model[NDArray[np.uint64], Floats2d], columns: int, width: int) -> None:
        self._layers = layers
        self._key = np.dtype((np.void, 8 * columns))
        self._rows: dict[bytes, int] = {}
        self._table: _Vectors = np.empty((_MOST, width), dtype=np.float32)
        self.width = width

    def of(self, asked: NDArray[np.uint64]) -> _Vectors:
        """For words known by their attributes (words x columns), their vectors."""
        # numpy's stub takes what has no fields for tuples.
        words: list[bytes] = np.ascontiguousarray(asked).view(self._key).ravel().tolist()  # type: ignore[assignment]
        new = [word for word in dict.fromkeys(words) if word not in self._rows]
        if len(self._rows) + len(new) > _MOST:
            self._rows.clear()
            new = list(dict.fromkeys(words))
        if len(new) > _MOST:
            return np.asarray(self._layers.predict(asked))
        if new:
            first = len(self._rows)
            self._rows.update(zip(new, range(first, first + len(new)), strict=True))
            fresh = np.frombuffer(b"".join(new), dtype=np.uint64).reshape(len(new), -1)
            several = np.resize(fresh, (max(len(new), _FEWEST), fresh.shape[1]))
            self._table[first : first + len(new)] = self._layers.predict(several)[: len(new)]
        found: _Vectors = self._table[[self._rows[word] for word in words]]
        return found


class _Mix(NamedTuple):
    """The weights of a layer that mixes each word with its neighbours."""

    weights: _Vectors
    """Three words' width x pieces times width, the first pieces of all numbers first."""
    bias: NDArray[np.float32]
    gain: NDArray[np.float32]
    shift: NDArray[np.float32]


def _mixes(encode: Model[list[Floats2d], list[Floats2d]]) -> list[_Mix]:
    maxouts = [node for node in encode.walk() if node.name == "maxout"]
    norms = [node for node in encode.walk() if node.name == "layernorm"]
    return [
        _Mix(
            np.concatenate(np.moveaxis(_numbers(maxout, "W"), 1, 0)).T,
            np.concatenate(_numbers(maxout, "b").T),
            _numbers(norm, "G"),
            _numbers(norm, "b"),
        )
        for maxout, norm in zip(maxouts, norms, strict=True)
    ]


def _numbers(layer: Model[Floats2d, Floats2d], name: str) -> NDArray[np.float32]:
    return np.asarray(layer.get_param(name))


def _mixed(states: _Vectors, mix: _Mix) -> _Vectors:
    """The states, each with what it makes of itself, the one before and the one behind; the first and last stay none.

    Some hundred words are mixed at a time, so that what is made of them on the way stays near the processor.
    """
    found: _Vectors = np.zeros_like(states)
    width, last = states.shape[1], len(states) - 1
    for first in range(1, last, _AT_ONCE):
        end = min(first + _AT_ONCE, last)
        own, best = states[first:end], found[first:end]
        seen = np.concatenate((states[first - 1 : end - 1], own, states[first + 1 : end + 1]), axis=1)
        pieces = seen @ mix.weights
        pieces += mix.bias
        best += pieces[:, :width]
        for piece in range(width, pieces.shape[1], width):
            np.maximum(best, pieces[:, piece : piece + width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        best *= (np.square(best).mean(axis=1, keepdims=True) + _TINY) ** -0.5
        best *= mix.gain
        best += mix.shift
        best += own
    return found
