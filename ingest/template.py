"""What processes that extract are forked from: it loads once what each of them would load for itself.

`multiprocessing`'s fork server imports this module by name, and knows no other way of being told what to load. So the
work is done at import, in that process alone: elsewhere nothing is asked for. See docs/decisions/037-workers-forked.md.
"""

from __future__ import annotations

import gc
import json
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from ingest.garbage import collect_seldom
from ingest.lazily import lazy_extractor
from kb.errors import ChronographError
from kb.model import Article, Extraction

Answer: TypeAlias = "tuple[list[Extraction], list[tuple[int, str]]]"
"""What was found, in order, and for what tripped a mistake of ours its number in the batch and the error as text."""
Answering: TypeAlias = Callable[[Sequence[Article]], Answer]

_ASKED_FOR = "_CHRONOGRAPH_TEMPLATE"
_SAFE_PATH = "PYTHONSAFEPATH"
_WARNINGS = "PYTHONWARNINGS"
_OF_A_KILL = "ignore::UserWarning:multiprocessing.resource_tracker"
"""What Python's own process that tidies up says when the one that asked is killed: it has given back what was left."""

_loaded: dict[tuple[str, Path | None], Answering] = {}


def answering(pipeline: str, gazetteer: Path | None) -> Answering:
    """The extraction with its pipeline: the one that is loaded already, or one that loads when it is first asked."""
    loaded = _loaded.get((pipeline, gazetteer))
    return _answering(pipeline, gazetteer) if loaded is None else loaded


@contextmanager
def asked_for(pipeline: str, gazetteer: Path | None) -> Iterator[None]:
    """Have a process that is started in the block, and imports this module, load them.

    It takes no module from the folder that it is started in, which may be anybody's.
    """
    given = {
        _ASKED_FOR: json.dumps([pipeline, gazetteer and str(gazetteer)]),
        _SAFE_PATH: "1",
        _WARNINGS: ",".join(filter(None, (os.environ.get(_WARNINGS), _OF_A_KILL))),
    }
    before = {name: os.environ.get(name) for name in given}
    os.environ |= given
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _answering(pipeline: str, gazetteer: Path | None) -> Answering:
    failures: list[tuple[Article, Exception]] = []
    extract = lazy_extractor(pipeline, lambda article, error: failures.append((article, error)), gazetteer=gazetteer)

    def answer(batch: Sequence[Article]) -> Answer:
        failures.clear()
        found = list(extract(batch))
        return found, [(batch.index(article), f"{type(error).__name__}: {error}") for article, error in failures]

    return answer


def _load(asked_for: str) -> None:
    pipeline, folder = json.loads(asked_for)
    gazetteer = None if folder is None else Path(folder)
    answer = _answering(pipeline, gazetteer)
    try:
        answer(())  # which loads all but the encoder: onnxruntime keeps a thread, and that is not forked
    except ChronographError:
        return  # each process tells of it when its first batch comes
    _loaded[pipeline, gazetteer] = answer
    gc.collect()
    gc.freeze()  # pages of memory are shared for as long as nobody writes on them


if _ASKED_FOR in os.environ:
    for number in (signal.SIGINT, signal.SIGTERM):  # told to all of a group, they are for the process that asked
        signal.signal(number, signal.SIG_IGN)
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # a process with threads cannot be forked safely
    collect_seldom()
    _load(os.environ.pop(_ASKED_FOR))
