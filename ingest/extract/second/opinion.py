"""How likely each type and status of an event is, by the words around its trigger and what the rules say of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from ingest.extract.second.facts import TYPES, UNKNOWN, Facts
from ingest.extract.second.pieces import Piece, cut
from kb.model import Status

_START, _STOP = "[CLS]", "[SEP]"
WINDOW = 48
"""Pieces of a sentence that are read at once, around the trigger."""
TITLE = 8
"""Pieces of the article's title that are read with each sentence."""
_TITLE_CHARACTERS = 80
TOLD = frozenset(
    {"person", "company", "organization", "agency", "court", "legislature", "government", "law", "product"}
)
"""Kinds of things that the encoder is told; each is a piece of its vocabulary."""
OVERRULE = 0.5
"""Logarithmic odds from which on another status than that of the rules is believed."""


class Place(NamedTuple):
    """A trigger in its sentence: the text of it, where in it trigger and time start, and what the rules say.

    `names` are the names in the sentence: where each starts, and of what kind the thing is.
    """

    sentence: str
    start: int
    time: int | None = None
    facts: Facts = UNKNOWN
    names: tuple[tuple[int, str], ...] = ()


class Input(NamedTuple):
    """Pieces of a sentence and a title, and the places of the first pieces of trigger and time among them."""

    ids: tuple[int, ...]
    at: int
    time: int


def lay_out(place: Place, pieces: Sequence[Piece], title: Sequence[Piece], vocabulary: Mapping[str, int]) -> Input:
    """What the encoder reads for one trigger. Triggers of one sentence share their pieces if it is not too long.

    A time that is unknown, or too far away, stands where the trigger does.
    """
    trigger = _piece_at(pieces, place.start)
    first = max(0, min(trigger - WINDOW // 2, len(pieces) - WINDOW))
    window = (piece.id for piece in pieces[first : first + WINDOW])
    stop = vocabulary[_STOP]
    ids = (vocabulary[_START], *window, stop, *(piece.id for piece in title[:TITLE]), stop)
    time = trigger if place.time is None else _piece_at(pieces, place.time)
    return Input(ids, trigger - first + 1, (time if first <= time < first + WINDOW else trigger) - first + 1)


def _piece_at(pieces: Sequence[Piece], start: int) -> int:
    at = bisect_right(pieces, start, key=lambda piece: piece.end)
    return at if at < len(pieces) else 0


def inputs(title: str, places: Sequence[Place], vocabulary: Mapping[str, int]) -> list[Input]:
    """What the encoder reads for triggers of one article."""
    heading = cut(title[:_TITLE_CHARACTERS], vocabulary)
    told = {(place.sentence, place.names) for place in places}
    cuts = {one: with_kinds(cut(one[0], vocabulary), one[1], vocabulary) for one in told}
    return [lay_out(place, cuts[place.sentence, place.names], heading, vocabulary) for place in places]


def with_kinds(pieces: Sequence[Piece], names: Sequence[tuple[int, str]], vocabulary: Mapping[str, int]) -> list[Piece]:
    """The pieces, with the kind of thing told before its name: "agency Ofcom", "court Bundesgerichtshof".

    What is of no such kind stays as it is.
    """
    kinds = {start: kind for start, kind in names if kind in TOLD}
    found: list[Piece] = []
    for piece in pieces:
        kind = kinds.pop(piece.start, None)
        if kind is not None:
            found.append(Piece(vocabulary[kind], piece.start, piece.start))
        found.append(piece)
    return found


class Opinion(NamedTuple):
    """Logarithms of how likely each type and each status is, the facts of the rules weighed in."""

    types: Mapping[str, float]
    statuses: Mapping[Status, float]


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """The encoder with its vocabulary."""

    session: Any
    vocabulary: Mapping[str, int]

    def on(self, title: str, places: Sequence[Place]) -> list[Opinion]:
        """One opinion for each place, in order: the same whatever else is asked about.

        A sentence is read once for all its triggers, and alone: its numbers are scaled by what is read with it.
        """
        read = inputs(title, places, self.vocabulary)
        together: dict[tuple[int, ...], list[int]] = {}
        for i, one in enumerate(read):
            together.setdefault(one.ids, []).append(i)
        found: dict[int, Opinion] = {}
        for ids, members in together.items():
            opinions = self._run(ids, [read[i] for i in members], [places[i].facts for i in members])
            found.update(zip(members, opinions, strict=True))
        return [found[i] for i in range(len(read))]

    def _run(self, ids: tuple[int, ...], triggers: Sequence[Input], facts: Sequence[Facts]) -> Iterator[Opinion]:
        at, time = [one.at for one in triggers], [one.time for one in triggers]
        feed = {"ids": ids, "at": at, "time": time, "facts": facts}
        numbers = {name: np.array(value, dtype=np.int64) for name, value in feed.items()}
        for types, statuses in zip(*(scores.tolist() for scores in self.session.run(None, numbers)), strict=True):
            yield Opinion(dict(zip(TYPES, types, strict=True)), dict(zip(Status, statuses, strict=True)))


def likeliest_type(opinion: Opinion, *, without: str | None = None) -> str:
    """The type to settle on; not `without`."""
    return max((type_ for type_ in opinion.types if type_ != without), key=opinion.types.__getitem__)


def settled_status(told: Status, opinion: Opinion, *, without: Collection[Status] = ()) -> Status:
    """The likeliest status; the one that the rules told if that is not much less likely.

    None `without` which it cannot be: an opinion for one of these says nothing, unless the rules told one as well.
    """
    shares = opinion.statuses
    fitting = max((status for status in shares if status not in without), key=shares.__getitem__)
    if told in without:
        return fitting
    clearly = shares[fitting] - shares[told] >= OVERRULE and max(shares, key=shares.__getitem__) not in without
    return fitting if clearly else told


@cache
def shipped_opinion() -> SecondOpinion:
    """The encoder that comes with the program; loaded at the first call, then kept."""
    import onnxruntime

    folder = files("ingest.extract.second")
    words = folder.joinpath("vocabulary.txt").read_text("utf-8").splitlines()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        folder.joinpath("encoder.onnx").read_bytes(),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # slower than what it replaces
    )
    return SecondOpinion(session, {word: i for i, word in enumerate(words)})
