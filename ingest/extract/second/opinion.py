"""How likely each type of event is, by the words around a trigger, and what that makes of the ontology's answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any, NamedTuple

import numpy as np
import yaml

from ingest.extract.grammar import Typing
from ingest.extract.second.pieces import Piece, cut
from kb.ontology.model import OTHER

_START, _STOP = "[CLS]", "[SEP]"
WINDOW = 48
"""Pieces of a sentence that are read at once, around the trigger."""
TITLE = 8
"""Pieces of the article's title that are read with each sentence."""
_TITLE_CHARACTERS = 80


class Place(NamedTuple):
    """A trigger in its sentence: the sentence's text, and the offset in it at which the trigger starts."""

    sentence: str
    start: int


class Input(NamedTuple):
    """Pieces of a sentence and a title, and the place of a trigger's first piece among them."""

    ids: tuple[int, ...]
    at: int


Opinion = Mapping[str, float]
"""Type -> natural logarithm of its probability."""


def lay_out(place: Place, pieces: Sequence[Piece], title: Sequence[Piece], vocabulary: Mapping[str, int]) -> Input:
    """What the encoder reads for one trigger. Triggers of one sentence share their pieces if it is not too long."""
    trigger = next((i for i, piece in enumerate(pieces) if piece.end > place.start), 0)
    first = max(0, min(trigger - WINDOW // 2, len(pieces) - WINDOW))
    window = (piece.id for piece in pieces[first : first + WINDOW])
    stop = vocabulary[_STOP]
    ids = (vocabulary[_START], *window, stop, *(piece.id for piece in title[:TITLE]), stop)
    return Input(ids, trigger - first + 1)


def inputs(title: str, places: Sequence[Place], vocabulary: Mapping[str, int]) -> list[Input]:
    """What the encoder reads for triggers of one article."""
    heading = cut(title[:_TITLE_CHARACTERS], vocabulary)
    cuts = {sentence: cut(sentence, vocabulary) for sentence in {place.sentence for place in places}}
    return [lay_out(place, cuts[place.sentence], heading, vocabulary) for place in places]


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """The encoder with its vocabulary, the types it was taught, and how much the ontology's answer counts beside it."""

    session: Any
    vocabulary: Mapping[str, int]
    types: tuple[str, ...]
    trust: float
    """Logarithmic odds that a pattern of weight 1 is worth."""
    trust_other: float
    """The same for the answer "none of my patterns fits"."""
    sure: float
    """Weight from which on the ontology is not doubted."""

    def on(self, title: str, places: Sequence[Place]) -> list[Opinion]:
        """One opinion for each place, in order: the same whatever else is asked about.

        A sentence is read once for all its triggers, and alone: its numbers are scaled by what is read with it.
        """
        read = inputs(title, places, self.vocabulary)
        together: dict[tuple[int, ...], list[int]] = {}
        for i, one in enumerate(read):
            together.setdefault(one.ids, []).append(i)
        found: list[Opinion] = [{}] * len(read)
        for ids, members in together.items():
            for i, opinion in zip(members, self._run(ids, [read[i].at for i in members]), strict=True):
                found[i] = opinion
        return found

    def _run(self, ids: tuple[int, ...], triggers: Sequence[int]) -> Iterator[Opinion]:
        feed = {"ids": [ids], "row": [0] * len(triggers), "at": triggers}
        (scores,) = self.session.run(None, {name: np.array(numbers, dtype=np.int64) for name, numbers in feed.items()})
        for score in scores.tolist():
            yield dict(zip(self.types, score, strict=True))

    def weigh(self, typing: Typing, opinion: Opinion) -> Typing:
        """The type that patterns and encoder make together, as heavy as they are agreed on it.

        A type that was never taught is left as it is.
        """
        if typing.type not in opinion:
            return typing
        support = self.trust_other if typing.type == OTHER else self.trust * min(typing.weight, self.sure)
        odds = {type_: exp(score + (support if type_ == typing.type else 0.0)) for type_, score in opinion.items()}
        best = max(odds, key=odds.__getitem__)
        return Typing(best, self.sure * odds[best] / sum(odds.values()))

    def doubts(self, typing: Typing) -> bool:
        """True if it is worth asking about an answer of the ontology."""
        return typing.weight < self.sure


@cache
def shipped_opinion() -> SecondOpinion:
    """The encoder that comes with the program; loaded at the first call, then kept."""
    import onnxruntime

    folder = files("ingest.extract.second")
    sheet = yaml.load(folder.joinpath("opinion.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    words = folder.joinpath("vocabulary.txt").read_text("utf-8").splitlines()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        folder.joinpath("encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
    )
    return SecondOpinion(
        session,
        {word: i for i, word in enumerate(words)},
        tuple(sheet["types"]),
        float(sheet["trust"]),
        float(sheet["trust_other"]),
        float(sheet["sure"]),
    )
