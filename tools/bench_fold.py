"""What it costs to write and fold one more article, in graphs of different sizes.

    .venv/bin/python -m tools.bench_fold [--sizes 1000 10000] [--neo4j]

Synthetic articles are the fixture articles again and again: each time the story has other words, names and days, as
another story of the same kind would. After each size some articles of new stories and some more of stories that are
there are written one by one, and timed. With --neo4j the server that NEO4J_URI names is emptied first.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from kb.config import Settings, load_settings
from kb.ids import claim_id
from kb.model import Claim, Extraction
from kb.store import Graph, embedded, open_graph
from kb.store.record import record, version_of

_BATCH = 8
_TIMED = 30
_SPREAD = 5000
"""Days over which stories are spread."""


def main() -> None:
    """Fill a graph to each size in turn and print the seconds that one more article takes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--neo4j", action="store_true")
    wanted = parser.parse_args()
    sources = _fixtures()
    with _graph(neo4j=wanted.neo4j) as graph:
        done, first = 0, None
        for size in sorted(wanted.sizes):
            _fill(graph, sources, done, size)
            median = _one_by_one(graph, sources, size)
            done = size + _TIMED
            first = first or median
            sys.stdout.write(f"{size:>7} articles: {1000 * median:7.1f} ms an article, ratio {median / first:.2f}\n")
            sys.stdout.flush()


def synthetic(sources: list[Extraction], number: int) -> Extraction:
    """Article `number`: a fixture of story `number // len(sources)`, its names and days that story's own."""
    source, story = sources[number % len(sources)], number // len(sources)
    shift = timedelta(days=(story * 37) % _SPREAD)
    published = source.article.published
    article = replace(
        source.article,
        id=f"synthetic-{number}",
        url=f"https://outlet-{number % 50}.example/{number}",
        text=" ".join(f"{word}{story}" for word in source.article.text.split()),
        published=published - shift if published else None,
    )
    names = {entity.id: f"{entity.id}-{story}" for entity in source.entities}
    entities = tuple(replace(entity, id=names[entity.id], name=f"{entity.name} {story}") for entity in source.entities)
    moved = replace(source, article=article, entities=entities, times=(), claims=())
    return replace(moved, claims=tuple(_moved(claim, moved, names, shift) for claim in source.claims))


def _moved(claim: Claim, extraction: Extraction, names: dict[str, str], shift: timedelta) -> Claim:
    when = claim.when and replace(claim.when, interval=claim.when.interval.shift(-shift.days))
    actors = tuple(replace(actor, entity=names.get(actor.entity, actor.entity)) for actor in claim.actors)
    at = claim.when.span.start if claim.when else None
    id_ = claim_id(version_of(extraction.article), claim.type, claim.trigger.start, at)
    return replace(claim, id=id_, when=when, actors=actors)


def _fill(graph: Graph, sources: list[Extraction], start: int, stop: int) -> None:
    for first in range(start, stop, _BATCH):
        batch = [synthetic(sources, number) for number in range(first, min(first + _BATCH, stop))]
        record(graph, batch, recorded_at="2026-01-01T00:00:00+00:00", extractor="bench")


def _one_by_one(graph: Graph, sources: list[Extraction], start: int) -> float:
    """Median seconds of writing one article."""
    taken = []
    for number in range(start, start + _TIMED):
        article = synthetic(sources, number)
        began = time.perf_counter()
        record(graph, [article], recorded_at="2026-01-01T00:00:00+00:00", extractor="bench")
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _fixtures() -> list[Extraction]:
    from tests.golden.extracted import extract_fixtures, read_fixtures

    extractions = extract_fixtures(read_fixtures()).values()
    unique = {(e.article.id, claim.id): claim for e in extractions for claim in e.claims}
    return [replace(e, claims=tuple(c for c in e.claims if (e.article.id, c.id) in unique)) for e in extractions]


@contextmanager
def _graph(*, neo4j: bool) -> Iterator[Graph]:
    if neo4j:
        with open_graph(load_settings(os.environ, Path.cwd())) as graph:
            graph.write(lambda writer: writer.run("MATCH (n) WHERE NOT n:Meta DETACH DELETE n"))
            yield graph
        return
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "data", None, "none")
        try:
            with open_graph(settings, create=True) as graph:
                yield graph
        finally:
            embedded.stop(settings.data)


if __name__ == "__main__":
    main()
