"""Writing extractions: the same graph once, twice, at once, and after a kill. Runs over every store."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest

from kb import queries
from kb.config import Settings
from kb.model import Status
from kb.queries import EventFilter
from kb.store import Graph
from kb.store.record import Outcome, known_versions, record, version_of
from kb.timevalue import Offset
from tests.contract import synthetic
from tests.contract.synthetic import extraction, now, picture, write_stories
from tests.patience import PATIENCE

ARTICLES = 40
ROOT = Path(__file__).parents[2]


def outcomes(graph: Graph, *batch: synthetic.Extraction, extractor: str = "test") -> list[Outcome]:
    return [written.outcome for written in record(graph, batch, recorded_at=now(), extractor=extractor)]


def test_writing_twice_gives_the_graph_of_writing_once(graph: Graph) -> None:
    write_stories(graph, articles=ARTICLES, batch=10)
    once = picture(graph)
    write_stories(graph, articles=ARTICLES, batch=7)
    assert picture(graph) == once


def test_the_order_of_arrival_changes_nothing(graph: Graph, empty: object) -> None:
    batch = [extraction(number) for number in range(12)]
    record(graph, batch, recorded_at=now(), extractor="test")
    forwards = picture(graph)
    empty()  # type: ignore[operator]
    for one in reversed(batch):
        record(graph, [one], recorded_at=now(), extractor="test")
    assert picture(graph) == forwards


def test_an_article_is_new_then_unchanged_then_updated(graph: Graph) -> None:
    first = extraction(1)
    assert outcomes(graph, first) == [Outcome.NEW]
    assert outcomes(graph, first) == [Outcome.UNCHANGED]
    assert known_versions(graph, [version_of(first.article), "no such"], extractor="test") == {
        version_of(first.article)
    }
    assert outcomes(graph, extraction(1, text=synthetic.TEXT + " Corrected.")) == [Outcome.UPDATED]
    assert known_versions(graph, [version_of(first.article)], extractor="test") == frozenset()


def test_a_new_version_replaces_the_claims_in_the_current_view_and_keeps_the_old_ones(graph: Graph) -> None:
    record(graph, [extraction(1)], recorded_at=now(), extractor="test")
    changed = extraction(1, text=synthetic.TEXT + " Corrected.")
    record(graph, [replace(changed, claims=changed.claims[:1])], recorded_at=now(), extractor="test")
    assert [event.type for event in queries.timeline(graph, EventFilter())] == ["court_ruling"]
    (counts,) = graph.read("MATCH (c:Claim) RETURN count(c) AS claims")
    assert counts["claims"] == 4
    (versions,) = graph.read("MATCH (v:Version) WHERE v.superseded_at IS NOT NULL RETURN count(v) AS old")
    assert versions["old"] == 1


def test_going_back_to_an_old_version_makes_it_current_again(graph: Graph) -> None:
    old, new = extraction(1), extraction(1, text=synthetic.TEXT + " Corrected.")
    for version in (old, new, old):
        record(graph, [version], recorded_at=now(), extractor="test")
    assert known_versions(graph, [version_of(old.article), version_of(new.article)], extractor="test") == {
        version_of(old.article)
    }
    detail = queries.article(graph, old.article.id)
    assert detail is not None
    assert (detail.text, len(detail.claims)) == (synthetic.TEXT, 3)


def test_a_newer_extractor_replaces_what_the_older_one_read(graph: Graph) -> None:
    first = extraction(1)
    record(graph, [first], recorded_at=now(), extractor="one")
    assert outcomes(graph, replace(first, claims=first.claims[1:]), extractor="two") == [Outcome.UPDATED]
    assert [event.type for event in queries.timeline(graph, EventFilter())] == ["deadline"]
    (counts,) = graph.read("MATCH (c:Claim) RETURN count(c) AS claims")
    assert counts["claims"] == 2


def test_an_entity_that_a_newer_extractor_no_longer_finds_goes(graph: Graph) -> None:
    first = extraction(1)
    record(graph, [first], recorded_at=now(), extractor="one")
    without = replace(first, entities=first.entities[:2], claims=first.claims[:1])
    record(graph, [without], recorded_at=now(), extractor="two")
    assert queries.find_entities(graph, "Apple") == []
    assert len(queries.find_entities(graph, "Act")) == 1


PROPERTIES = """
MATCH (n) WHERE n:Article OR n:Version OR n:Claim OR n:Entity OR n:Event
RETURN labels(n)[0] AS label, n.id AS id, properties(n) AS properties ORDER BY label, id
"""


def test_what_is_created_has_all_that_what_is_written_again_has(graph: Graph) -> None:
    clock = Offset(60, "day", "order", date(2024, 12, 1))
    first = extraction(1)
    claims = (replace(first.claims[0], cues=("ordered",), attributed_to="a judge"), *first.claims[1:])
    dated = tuple(replace(c, when=c.when and replace(c.when, offset=clock)) for c in claims)
    article = replace(first.article, authors=("A. Writer",), section="Courts", dated_by="given", dated_with=1.0)
    full = replace(first, article=article, claims=dated)
    assert outcomes(graph, full, extractor="one") == [Outcome.NEW]
    created = _properties(graph)
    assert outcomes(graph, full, extractor="two") == [Outcome.UPDATED]
    assert _properties(graph) == created


def _properties(graph: Graph) -> list[dict[str, object]]:
    """All nodes, without what tells when they were written and by what."""
    passing = ("filed", "extractor", "recorded_at")
    return [
        {**row, "properties": {name: value for name, value in row["properties"].items() if name not in passing}}
        for row in graph.read(PROPERTIES)
    ]


def test_a_legal_clock_is_kept_with_its_claim(graph: Graph) -> None:
    told = extraction(0)
    clock = Offset(270, "D", "enactment", date(2024, 4, 24))
    claims = tuple(replace(c, when=replace(c.when, offset=clock)) if c.when else c for c in told.claims)
    outcomes(graph, replace(told, claims=claims))
    rows = graph.read(
        "MATCH (c:Claim {type: 'deadline'}) RETURN c.clock_amount AS amount, c.clock_unit AS unit, "
        "c.clock_anchor AS anchor, c.clock_from AS counted_from"
    )
    assert [dict(row) for row in rows] == [
        {"amount": 270, "unit": "D", "anchor": "enactment", "counted_from": "2024-04-24"}
    ]


def test_a_batch_that_fails_leaves_nothing_behind(graph: Graph) -> None:
    record(graph, [extraction(0)], recorded_at=now(), extractor="test")
    before = picture(graph)
    broken = extraction(1)
    bad = replace(broken.claims[1], confidence=object())
    with pytest.raises(Exception, match=r".+"):
        record(graph, [extraction(2), replace(broken, claims=(bad,))], recorded_at=now(), extractor="test")
    assert picture(graph) == before


def test_two_processes_that_write_the_same_at_once_give_one_graph(
    graph: Graph, empty: object, settings_for_server: Settings
) -> None:
    write_stories(graph, articles=ARTICLES, batch=10)
    once = picture(graph)
    empty()  # type: ignore[operator]
    writers = [_writer(settings_for_server, batch=size) for size in (5, 7)]
    for writer in writers:
        _, errors = writer.communicate(timeout=PATIENCE)
        assert writer.returncode == 0, errors
    assert picture(graph) == once


def test_a_writer_killed_in_the_middle_leaves_whole_articles_and_the_next_run_completes_the_graph(
    graph: Graph, empty: object, settings_for_server: Settings
) -> None:
    write_stories(graph, articles=ARTICLES, batch=5)
    once = picture(graph)
    empty()  # type: ignore[operator]
    chance = random.Random(7)
    for _ in range(4):
        writer = _writer(settings_for_server, batch=5)
        assert writer.stdout is not None
        writer.stdout.readline()  # one batch is in the graph
        time.sleep(chance.uniform(0.0, 0.25))
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        _assert_whole(graph)
    write_stories(graph, articles=ARTICLES, batch=5)
    assert picture(graph) == once


def _assert_whole(graph: Graph) -> None:
    """Every article has its version, and every version its three claims, two of them on an event."""
    rows = graph.read(
        """
        MATCH (a:Article)
        OPTIONAL MATCH (a)-[:HAS_VERSION]->(v:Version)
        OPTIONAL MATCH (v)-[:STATES]->(c:Claim)
        OPTIONAL MATCH (c)-[:ABOUT]->(e:Event)
        RETURN a.id AS article, count(DISTINCT v) AS versions, count(DISTINCT c) AS claims, count(e) AS dated
        """
    )
    assert rows
    assert {(row["versions"], row["claims"], row["dated"]) for row in rows} == {(1, 3, 2)}


def _writer(settings: Settings, *, batch: int) -> subprocess.Popen[str]:
    raw = {"data": str(settings.data), "neo4j": asdict(settings.neo4j) if settings.neo4j else None}
    return subprocess.Popen(
        [sys.executable, "-m", synthetic.__name__, json.dumps(raw), str(ARTICLES), str(batch)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def test_the_timeline_as_known_on_a_day_is_the_fold_of_what_was_published_by_then(graph: Graph) -> None:
    early = extraction(0, published=date(2024, 12, 1))
    early = replace(early, claims=(replace(early.claims[0], status=Status.SCHEDULED), early.claims[1]))
    late = extraction(15, published=date(2024, 12, 20))
    assert early.claims[0].actors == late.claims[0].actors
    record(graph, [early, late], recorded_at=now(), extractor="test")

    def ruling(as_of: str | None) -> tuple[str, int]:
        (event,) = queries.timeline(graph, EventFilter(types=("court_ruling",), as_of=as_of))
        return event.status, event.sources

    assert queries.timeline(graph, EventFilter(as_of="2024-11-30")) == []
    assert ruling("2024-12-01") == ("scheduled", 1)
    assert ruling("2024-12-20") == ruling(None) == ("occurred", 2)
    whole, as_of = (queries.timeline(graph, EventFilter(as_of=day)) for day in (None, "2100-01-01"))
    assert whole == as_of


@pytest.mark.parametrize(
    ("wanted", "types"),
    [
        pytest.param(EventFilter(), ["court_ruling", "deadline"], id="all"),
        pytest.param(EventFilter(types=("deadline",)), ["deadline"], id="type"),
        pytest.param(EventFilter(statuses=("occurred",)), ["court_ruling"], id="status"),
        pytest.param(EventFilter(first="2025-05-31"), ["deadline"], id="from, overlapping"),
        pytest.param(EventFilter(first="2025-06-01"), [], id="from, after"),
        pytest.param(EventFilter(last="2024-12-05"), ["court_ruling"], id="to"),
        pytest.param(EventFilter(text="MUST divest"), ["deadline"], id="text"),
        pytest.param(EventFilter(text="' OR 1=1 //"), [], id="hostile text"),
    ],
)
def test_filters_of_the_timeline(graph: Graph, wanted: EventFilter, types: list[str]) -> None:
    record(graph, [extraction(1)], recorded_at=now(), extractor="test")
    assert [event.type for event in queries.timeline(graph, wanted)] == types
    assert queries.count_events(graph, wanted) == len(types)
    on_the_fly = replace(wanted, as_of="2100-01-01")
    assert [event.type for event in queries.timeline(graph, on_the_fly)] == types


def test_an_event_shows_every_claim_with_its_quote_and_source(graph: Graph) -> None:
    record(graph, [extraction(1), extraction(16, source="Another")], recorded_at=now(), extractor="test")
    (event,) = queries.timeline(graph, EventFilter(types=("court_ruling",)))
    detail = queries.event(graph, event.id)
    assert detail is not None
    assert [(claim.source, claim.quote) for claim in sorted(detail.claims, key=lambda claim: claim.source or "")] == [
        ("Another", "The Court upheld the Act on Friday."),
        ("Outlet 1", "The Court upheld the Act on Friday."),
    ]
    for claim in detail.claims:
        text = queries.article(graph, claim.article).text  # type: ignore[union-attr]
        assert text[claim.start : claim.end] == claim.quote
        assert text[claim.trigger_start :].startswith(claim.trigger)
    assert queries.event(graph, "no such event") is None


def test_an_entity_is_found_by_its_names_and_shows_its_events_and_company(graph: Graph) -> None:
    record(graph, [extraction(1), extraction(2)], recorded_at=now(), extractor="test")
    assert [hit.name for hit in queries.find_entities(graph, "appl")] == ["Apple"]
    found = queries.resolve_entity(graph, "the COURT")
    assert found is not None
    detail = queries.entity(graph, found.id)
    assert detail is not None
    assert {event.type for event in detail.events} == {"court_ruling"}
    assert {near.name for near in detail.neighbours} == {"Act 1", "Act 2"}
    assert [article.id for article in detail.articles] == ["article-1", "article-2"]
    assert queries.resolve_entity(graph, "nobody of that name") is None


def test_one_name_of_two_kinds_has_one_kind_whatever_came_first(graph: Graph, empty: object) -> None:
    for order in ((1, 2), (2, 1)):
        empty()  # type: ignore[operator]
        for number in order:
            record(graph, [extraction(number)], recorded_at=now(), extractor="test")
        assert queries.find_entities(graph, "Apple")[0].kind == "company"


def test_the_overview_counts_what_is_there(graph: Graph) -> None:
    record(graph, [extraction(number) for number in range(3)], recorded_at=now(), extractor="test")
    counts = queries.overview(graph)
    assert (counts.articles, counts.claims, counts.undated, counts.sources) == (3, 9, 3, 3)
    assert counts.events == sum(number for _, number in counts.types) == sum(number for _, number in counts.statuses)
