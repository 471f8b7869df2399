"""Extractions made by hand for the store's tests, a picture of a whole graph to compare, and a way to empty one."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ingest.runner import Extract, Submit
from kb.config import Settings
from kb.ids import claim_id, entity_id
from kb.model import Actor, Article, Claim, Entity, EntityKind, Extraction, Span, Status, When
from kb.store import Graph, open_graph
from kb.store.filing import forget_places
from kb.store.record import record, version_of
from kb.timevalue import Basis, Interval, Precision

Dated = tuple[str, Interval] | None

_ROLES = {
    EntityKind.COURT: "court",
    EntityKind.LAW: "matter",
    EntityKind.COMPANY: "obliged",
    EntityKind.PRODUCT: "obliged",
}
TEXT = "The Court upheld the Act on Friday. Apple must divest by May. Regulators may appeal."


def at_once(extract: Extract) -> Submit:
    """Extraction in this process, where ingestion has processes for it."""
    return lambda batch: lambda: list(extract(batch))


def span(text: str, part: str) -> Span:
    """The first place of `part` in `text`."""
    start = text.index(part)
    return Span(start, start + len(part), part)


def extraction(
    number: int,
    *,
    text: str = TEXT,
    source: str | None = None,
    published: date = date(2024, 12, 7),
    id_: int | None = None,
    **changes: object,
) -> Extraction:
    """Article `number`: a ruling, a deadline and an undated appeal, by entities it shares with every other article.

    `id_` is for another article that says the same as that number.
    """
    article = Article(
        id=f"article-{number if id_ is None else id_}",
        text=text,
        title=f"Court ruling {number}",
        published=published,
        source=source or f"Outlet {number % 7}",
        url=f"https://outlet-{number % 7}.example/{number}",
        language="en",
        **changes,  # type: ignore[arg-type]
    )
    court = Entity(entity_id("The Court"), "The Court", EntityKind.COURT, (span(text, "The Court"),))
    apple = Entity(
        entity_id("Apple"), "Apple", EntityKind.COMPANY if number % 2 else EntityKind.PRODUCT, (span(text, "Apple"),)
    )
    act = Entity(entity_id(f"Act {number % 5}"), f"Act {number % 5}", EntityKind.LAW, (span(text, "the Act"),))
    ruled = date(2024, 12, 6) - timedelta(days=number % 3)
    return Extraction(
        article=article,
        times=(),
        entities=(court, act, apple),
        claims=(
            _claim(
                article,
                "court_ruling",
                Status.OCCURRED,
                sentence=0,
                trigger="upheld",
                when=("Friday", Interval.day(ruled)),
                actors=(court, act),
            ),
            _claim(
                article,
                "deadline",
                Status.SCHEDULED,
                sentence=1,
                trigger="divest",
                when=("May", Interval.month(2025, 5)),
                actors=(apple,),
            ),
            _claim(article, "court_filing", Status.HYPOTHETICAL, sentence=2, trigger="appeal", when=None, actors=()),
        ),
    )


def _claim(
    article: Article,
    type_: str,
    status: Status,
    *,
    sentence: int,
    trigger: str,
    when: Dated,
    actors: tuple[Entity, ...],
) -> Claim:
    quote = span(article.text, article.text.split(". ")[sentence].rstrip(".") + ".")
    at = span(article.text, trigger)
    time_ = None
    if when is not None:
        precision = Precision.DAY if when[1].length == 1 else Precision.MONTH
        time_ = When(span(article.text, when[0]), when[1], precision, Basis.RELATIVE)
    return Claim(
        id=claim_id(version_of(article), at.start, time_.span.start if time_ else None),
        type=type_,
        status=status,
        title=quote.text.rstrip("."),
        trigger=at,
        sentence=quote,
        when=time_,
        actors=tuple(Actor(_ROLES[entity.kind], entity.id, entity.name) for entity in actors),
        attributed_to=None,
        confidence=0.9,
        cues=(trigger,),
    )


def picture(graph: Graph) -> str:
    """The whole graph as text, without when what was recorded and filed: equal graphs have equal pictures."""
    nodes = graph.read("MATCH (n) WHERE NOT n:Meta RETURN labels(n) AS labels, properties(n) AS properties")
    edges = graph.read(
        "MATCH (a)-[r]->(b) RETURN a.id AS start, type(r) AS type, properties(r) AS properties, b.id AS end"
    )
    for node in nodes:
        for clock in ("recorded_at", "fetched_at", "superseded_at", "filed"):
            node["properties"].pop(clock, None)
    lines = [json.dumps(row, sort_keys=True, ensure_ascii=False) for row in [*nodes, *edges]]
    return "\n".join(sorted(lines))


def wipe(graph: Graph) -> None:
    """Empty the graph but for the schema, and the index beside it."""
    graph.write(lambda writer: writer.run("MATCH (n) WHERE NOT n:Meta DETACH DELETE n"))
    graph.write(lambda writer: writer.run("MATCH (m:Meta {id: 'schema'}) SET m.withdrawn = NULL"))
    graph.write(forget_places)


def now() -> str:
    """An ISO time in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def write_stories(graph: Graph, *, articles: int, batch: int, pause: float = 0.0) -> None:
    """Record articles 0 to `articles` - 1."""
    for first in range(0, articles, batch):
        numbers = range(first, min(first + batch, articles))
        record(graph, [extraction(number) for number in numbers], recorded_at=now(), extractor="test")
        sys.stdout.write(f"{first}\n")
        sys.stdout.flush()
        time.sleep(pause)


def main() -> None:
    """A writer of its own process: settings as JSON, number of articles, size of a batch."""
    raw = json.loads(sys.argv[1])
    neo4j = raw["neo4j"]
    if neo4j:
        from kb.config import Neo4jServer

        neo4j = Neo4jServer(**neo4j)
    settings = Settings(data=Path(raw["data"]), neo4j=neo4j, model="none")
    with open_graph(settings, create=True) as graph:
        write_stories(graph, articles=int(sys.argv[2]), batch=int(sys.argv[3]))


if __name__ == "__main__":
    main()
