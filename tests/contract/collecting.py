"""A process that collects from a source and writes to the graph, as `ingest --source` does, with no language model."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.clock import iso_now, utc_now
from ingest.drain import drain
from ingest.fetch import Fetcher, Policy
from ingest.sources.collect import Collector
from ingest.sources.registry import find_source
from kb.config import Neo4jServer, Settings
from kb.model import Article, Extraction
from kb.store import open_graph
from kb.store.health import JournalTurns
from kb.store.journal import open_journal
from tests.contract.synthetic import at_once


def extract(articles: Iterable[Article]) -> Iterator[Extraction]:
    """Articles in which nothing is found."""
    for article in articles:
        yield Extraction(article, (), (), ())


def fail(_: Article, error: Exception) -> None:
    """No mistake of ours is let pass here."""
    raise error


def collect_and_drain(settings: Settings, sources: Path, name: str) -> None:
    """One run of a source, and all that waits written."""
    with (
        open_journal(settings.data, create=True) as journal,
        Fetcher(Policy(frozenset({"127.0.0.1"})), turns=JournalTurns(journal)) as fetcher,
    ):
        Collector(journal, fetcher, sources=sources, now=utc_now).collect(find_source(sources, name))
        with open_graph(settings, create=True) as graph:
            drain(journal, graph, submit=at_once(extract), extractor="test", now=iso_now, on_failure=fail)


def main() -> None:
    """Settings as JSON, the data folder of the journal, the folder of the sources, the source's name."""
    raw = json.loads(sys.argv[1])
    neo4j = Neo4jServer(**raw["neo4j"]) if raw["neo4j"] else None
    settings = Settings(data=Path(raw["data"]), neo4j=neo4j, model="none")
    collect_and_drain(settings, Path(sys.argv[2]), sys.argv[3])


if __name__ == "__main__":
    main()
