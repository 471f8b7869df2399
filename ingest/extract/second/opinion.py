"""How likely each type and status of an event is, by the words around its trigger and what the rules say of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from ingest.extract.second.batch import groups, pieces_of, triggers_of
from ingest.extract.second.facts import TYPES, UNKNOWN, Facts
from ingest.extract.second.pieces import Piece, cut
from kb.model import Status

_START, _STOP = "[CLS]", "[SEP]"
_ANSWERS = ("types", "statuses")
_BESIDE = "title_"
_STATUSES = tuple(Status)
WINDOW = 48
"""The most pieces of a sentence that are read for a trigger, or for several that stand near each other."""
MARGIN = 12
"""Pieces that are read before and behind trigger and time, and all between these."""
TITLE = 16
"""Pieces of the article's title that each sentence looks at. They are read once an article."""
TITLE_PLACE = WINDOW + 2
"""Where the title stands for the encoder: behind the longest sentence."""
_TITLE_CHARACTERS = 120
"""Characters of a title that are cut into pieces."""
TOLD = frozenset(
    {"person", "company", "organization", "agency", "court", "legislature", "government", "law", "product"}
)
"""Kinds of things that the encoder is told; each is a piece of its vocabulary."""
_START_OF, _END_OF = attrgetter("start"), attrgetter("end")
OVERRULE = 0.2
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
    """Pieces of a sentence, the places of the first pieces of trigger and time among them, and pieces of the title."""

    ids: tuple[int, ...]
    at: int
    time: int
    title: tuple[int, ...]


def inputs(title: str, places: Sequence[Place], vocabulary: Mapping[str, int]) -> list[Input]:
    """What the encoder reads for triggers of one article, in order.

    Triggers of one sentence share what is read if they stand near each other. A time that is unknown, or too far away,
    stands where the trigger does.
    """
    start, stop = vocabulary[_START], vocabulary[_STOP]
    heading = (*(piece.id for piece in cut(title[:_TITLE_CHARACTERS], vocabulary)[:TITLE]), stop)
    sentences: dict[tuple[str, tuple[tuple[int, str], ...]], list[int]] = {}
    for i, place in enumerate(places):
        sentences.setdefault((place.sentence, place.names), []).append(i)
    found: dict[int, Input] = {}
    for (sentence, names), members in sentences.items():
        pieces = with_kinds(cut(sentence, vocabulary), names, vocabulary)
        asked = [_trigger_and_time(places[i], pieces) for i in members]
        for i, (trigger, time), read in zip(members, asked, windows(asked, len(pieces)), strict=True):
            ids = (start, *(piece.id for piece in pieces[read.start : read.stop]), stop)
            found[i] = Input(ids, trigger - read.start + 1, time - read.start + 1, heading)
    return [found[i] for i in range(len(places))]


def _trigger_and_time(place: Place, pieces: Sequence[Piece]) -> tuple[int, int]:
    """Numbers of their first pieces in the sentence."""
    trigger = _piece_at(pieces, place.start)
    time = trigger if place.time is None else _piece_at(pieces, place.time)
    return trigger, time if abs(time - trigger) < WINDOW else trigger


def _piece_at(pieces: Sequence[Piece], start: int) -> int:
    at = bisect_right(pieces, start, key=_END_OF)
    return at if at < len(pieces) else 0


def windows(asked: Sequence[tuple[int, int]], count: int) -> list[range]:
    """For each trigger and its time in a sentence of `count` pieces, the pieces that are read for them.

    Stretches that touch each other are read as one, unless that is too long.
    """
    wanted = [_around(trigger, time, count) for trigger, time in asked]
    joined: list[range] = []
    for one in sorted(wanted, key=_START_OF):
        last = joined[-1] if joined else one
        both = range(last.start, max(last.stop, one.stop))
        if joined and one.start <= last.stop and len(both) <= WINDOW:
            joined[-1] = both
        else:
            joined.append(one)
    return [next(all_ for all_ in joined if all_.start <= one.start and one.stop <= all_.stop) for one in wanted]


def _around(trigger: int, time: int, count: int) -> range:
    first, last = min(trigger, time), max(trigger, time)
    margin = min(MARGIN, (WINDOW - 1 - last + first) // 2)
    return range(max(0, first - margin), min(count, last + 1 + margin))


def with_kinds(pieces: Sequence[Piece], names: Sequence[tuple[int, str]], vocabulary: Mapping[str, int]) -> list[Piece]:
    """The pieces, with the kind of thing told before its name: "agency Ofcom", "court Bundesgerichtshof".

    What is of no such kind stays as it is.
    """
    found = [*pieces]
    for start, kind in reversed(names):
        at = bisect_left(found, start, key=_START_OF)
        if kind in TOLD and at < len(found) and found[at].start == start:
            found.insert(at, Piece(vocabulary[kind], start, start))
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
    untitled: Mapping[str, np.ndarray]
    """What stands beside a title while it is read: for each layer no keys and no values, 0 x width."""

    def on(self, title: str, places: Sequence[Place]) -> list[Opinion]:
        """One opinion for each place, in order: the same whatever else is asked about, but for what is of its sentence.

        A sentence is read once for triggers near each other, together with others of about its length, at which it
        does not look. The title is read first, by itself; sentences look at what was made of it.
        """
        read = inputs(title, places, self.vocabulary)
        if not read:
            return []
        beside = self._read_title(read[0].title)
        members: dict[tuple[int, ...], list[int]] = {}
        for i, one in enumerate(read):
            members.setdefault(one.ids, []).append(i)
        found: dict[int, Opinion] = {}
        for lines in groups([*members]):
            asked = [(i, line) for line, ids in enumerate(lines) for i in members[ids]]
            starts = [0, *accumulate(map(len, lines))]
            feed = {
                **pieces_of(lines, first=0, beside=len(read[0].title)),
                **triggers_of(
                    [line for _, line in asked],
                    [starts[line] + read[i].at for i, line in asked],
                    [starts[line] + read[i].time for i, line in asked],
                    [places[i].facts for i, _ in asked],
                ),
                **beside,
            }
            answers = self.session.run(_ANSWERS, feed)
            opinions = map(_opinion, *(scores.tolist() for scores in answers))
            found.update(zip((i for i, _ in asked), opinions, strict=True))
        return [found[i] for i in range(len(read))]

    def _read_title(self, ids: tuple[int, ...]) -> dict[str, np.ndarray]:
        """What sentences look at: for each layer keys and values of the title's pieces, pieces x width."""
        feed = {**pieces_of([ids], first=TITLE_PLACE, beside=0), **triggers_of([0], [0], [0], [UNKNOWN])}
        found = self.session.run([name.removeprefix(_BESIDE) for name in self.untitled], {**feed, **self.untitled})
        return dict(zip(self.untitled, found, strict=True))


def _opinion(types: Sequence[float], statuses: Sequence[float]) -> Opinion:
    return Opinion(dict(zip(TYPES, types, strict=True)), dict(zip(_STATUSES, statuses, strict=True)))


def likeliest_type(opinion: Opinion, *, without: str | None = None) -> str:
    """The type to settle on; not `without`."""
    best = max(opinion.types, key=opinion.types.__getitem__)
    if best != without:
        return best
    return max((type_ for type_ in opinion.types if type_ != without), key=opinion.types.__getitem__)


def settled_status(told: Status, opinion: Opinion, *, without: Collection[Status] = ()) -> Status:
    """The likeliest status; the one that the rules told if that is not much less likely, or if it is one of `without`.

    `without` are those that it cannot be: an opinion for one of these says nothing.
    """
    best = max(opinion.statuses, key=opinion.statuses.__getitem__)
    clearly = opinion.statuses[best] - opinion.statuses[told] >= OVERRULE and best not in without
    return best if clearly else told


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
    beside = (one for one in session.get_inputs() if one.name.startswith(_BESIDE))
    untitled = {one.name: np.empty((0, one.shape[1]), dtype=np.float32) for one in beside}
    return SecondOpinion(session, {word: i for i, word in enumerate(words)}, untitled)
