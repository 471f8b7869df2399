"""What it costs to write and fold one more article, in graphs of different sizes.

    .venv/bin/python -m tools.bench_fold [--sizes 1000 10000] [--data FOLDER | --neo4j]

The articles are those of the fixtures, told again in other worlds (`tools.worlds`). After each size
the next articles are written one by one, and their CPU is measured: that of this process and, where it is the embedded
one, of the store. With --data the graph is kept in that folder, and goes on there from as many articles as it holds:
a graph of 50,000 takes hours. With --neo4j the server that NEO4J_URI names is emptied first.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.config import Settings, load_settings
from kb.model import Extraction
from kb.store import Graph, embedded, open_graph
from kb.store.record import record
from tools.bench_bulk import cpu_of
from tools.worlds import World, originals, told_again

_BATCH = 64
_TIMED = 60
_TOLD = 1_000


def main() -> None:
    """Fill a graph to each size in turn and print the seconds that one more article takes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--data", type=Path)
    where.add_argument("--neo4j", action="store_true")
    wanted = parser.parse_args()
    tell = _tell()
    with _graph(wanted.data, neo4j=wanted.neo4j) as (graph, store):
        first = None
        for size in sorted(wanted.sizes):
            held = graph.read("MATCH (a:Article) RETURN count(a) AS held")[0]["held"]
            _fill(graph, tell, held, size, store)
            reached = max(held, size)
            mean = _one_by_one(graph, tell, reached, store)
            first = first or mean
            sys.stdout.write(f"{reached:>7} articles: {1000 * mean:7.1f} ms an article, ratio {mean / first:.2f}\n")
            sys.stdout.flush()


Tell = Callable[[int], Extraction]


def _tell() -> Tell:
    vocabulary, sources = originals()
    return lambda number: told_again(
        sources[number % len(sources)], World(vocabulary, number // len(sources)), f"synthetic-{number}"
    )


def _fill(graph: Graph, tell: Tell, start: int, stop: int, store: int | None) -> None:
    """From `start` articles to `stop`; every thousand or so it tells how far it is, as it may take hours."""
    told, taken = start, 0.0
    for first in range(start, stop, _BATCH):
        last = min(first + _BATCH, stop)
        batch = [tell(number) for number in range(first, last)]
        began = _used(store)
        record(graph, batch, recorded_at="2026-01-01T00:00:00+00:00", extractor="bench")
        taken += _used(store) - began
        if last - told >= _TOLD:
            print(f"{last:,} articles, {1000 * taken / (last - told):.0f} ms each", file=sys.stderr, flush=True)
            told, taken = last, 0.0


def _one_by_one(graph: Graph, tell: Tell, start: int, store: int | None) -> float:
    """Mean seconds of CPU that writing one article takes."""
    articles = [tell(number) for number in range(start, start + _TIMED)]
    began = _used(store)
    for article in articles:
        record(graph, [article], recorded_at="2026-01-01T00:00:00+00:00", extractor="bench")
    return (_used(store) - began) / _TIMED


def _used(store: int | None) -> float:
    return time.process_time() + (cpu_of(store) if store else 0.0)


@contextmanager
def _graph(kept: Path | None, *, neo4j: bool) -> Iterator[tuple[Graph, int | None]]:
    if neo4j:
        with open_graph(load_settings(os.environ, Path.cwd())) as graph:
            graph.write(lambda writer: writer.run("MATCH (n) WHERE NOT n:Meta DETACH DELETE n"))
            yield graph, None
        return
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(kept or Path(folder) / "data", None, "none")
        try:
            with open_graph(settings, create=True) as graph:
                yield graph, embedded.status(settings.data).pid
        finally:
            embedded.stop(settings.data)


if __name__ == "__main__":
    main()
