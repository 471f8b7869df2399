"""What is told without a day stands beside what is told with one, and is never shown as if it had a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from kb import queries
from kb.ids import claim_id
from kb.model import Extraction
from kb.queries import EventFilter
from kb.store import Graph
from kb.store.rebuilding import rebuild
from kb.store.record import record, version_of
from kb.store.withdrawing import withdraw
from tests.contract.synthetic import extraction, now, picture

RULINGS = EventFilter(types=("court_ruling",))


def dated(number: int, *, day: date) -> Extraction:
    """An article that tells of the ruling on 2024-12-06 with its day."""
    told = extraction(15, id_=number, source=f"Outlet {number}", published=day)
    return replace(told, claims=told.claims[:1])


def undated(number: int, *, day: date) -> Extraction:
    """One that tells of a ruling in the same words, without a day."""
    told = dated(number, day=day)
    id_ = claim_id(version_of(told.article), told.claims[0].trigger.start, None)
    return replace(told, claims=(replace(told.claims[0], id=id_, when=None),))


def write(graph: Graph, *batch: Extraction) -> None:
    record(graph, batch, recorded_at=now(), extractor="test")


def mentions(graph: Graph) -> dict[str, str]:
    """The event of each article's claim without a day."""
    rows = graph.read(
        "MATCH (a:Article)-[:HAS_VERSION]->(:Version)-[:STATES]->(c:Claim)-[:ABOUT]->(e:Event) "
        "WHERE c.first_day IS NULL RETURN a.id AS article, e.id AS event"
    )
    return {row["article"]: row["event"] for row in rows}


@pytest.mark.parametrize("first", ["dated", "undated"])
def test_a_mention_without_a_day_hangs_on_the_event_and_counts_as_no_report(graph: Graph, first: str) -> None:
    articles = [dated(1, day=date(2024, 12, 7)), undated(2, day=date(2024, 12, 9))]
    for one in articles if first == "dated" else reversed(articles):
        write(graph, one)
    (event,) = queries.timeline(graph, RULINGS)
    assert (event.claims, event.sources, event.first_day, event.last_reported) == (1, 1, "2024-12-06", "2024-12-07")
    assert mentions(graph) == {"article-2": event.id}
    detail = queries.event(graph, event.id)
    assert detail is not None
    assert [claim.source for claim in detail.claims] == ["Outlet 1"]
    assert [(claim.source, claim.first_day) for claim in detail.mentions] == [("Outlet 2", None)]
    assert len(detail.revisions) == 1


def test_a_mention_told_long_after_or_before_hangs_on_nothing(graph: Graph) -> None:
    write(graph, dated(1, day=date(2024, 12, 7)), undated(2, day=date(2025, 1, 9)), undated(3, day=date(2024, 12, 1)))
    assert mentions(graph) == {}


def test_mentions_of_several_articles_are_an_event_without_a_day_and_on_no_timeline(graph: Graph) -> None:
    write(graph, undated(2, day=date(2024, 12, 9)), undated(3, day=date(2024, 12, 10)))
    (id_,) = set(mentions(graph).values())
    assert queries.timeline(graph, EventFilter()) == []
    assert queries.count_events(graph, EventFilter()) == 0
    assert queries.overview(graph).events == 0
    assert queries.event(graph, id_) is None
    found = queries.undated_event(graph, id_)
    assert found is not None
    assert [claim.source for claim in found.mentions] == ["Outlet 2", "Outlet 3"]
    assert (found.sources, found.first_reported, found.last_reported) == (2, "2024-12-09", "2024-12-10")


def test_an_event_without_a_day_is_the_dated_one_once_somebody_tells_the_day(graph: Graph) -> None:
    write(graph, undated(2, day=date(2024, 12, 9)), undated(3, day=date(2024, 12, 10)))
    (before,) = set(mentions(graph).values())
    write(graph, dated(1, day=date(2024, 12, 11)))
    (event,) = queries.timeline(graph, RULINGS)
    assert set(mentions(graph).values()) == {event.id}
    detail = queries.event(graph, before)
    assert detail is not None
    assert detail.event.id == event.id
    then = queries.undated_event(graph, before, as_of="2024-12-10")
    assert then is not None
    assert len(then.mentions) == 2
    assert queries.timeline(graph, replace(RULINGS, as_of="2024-12-10")) == []


def test_no_mention_of_a_later_day_shows_on_a_day_before(graph: Graph) -> None:
    write(graph, dated(1, day=date(2024, 12, 7)), undated(2, day=date(2024, 12, 9)))
    (event,) = queries.timeline(graph, RULINGS)
    for day, told in (("2024-12-08", 0), ("2024-12-09", 1)):
        detail = queries.event(graph, event.id, as_of=day)
        assert detail is not None
        assert len(detail.mentions) == told


def test_the_mentions_of_a_withdrawn_report_find_what_is_left(graph: Graph) -> None:
    write(graph, undated(2, day=date(2024, 12, 9)), undated(3, day=date(2024, 12, 10)))
    before = picture(graph)
    write(graph, dated(1, day=date(2024, 12, 11)))
    withdraw(graph, ["article-1"], by="Ada", at=now(), because="a mistake")
    assert queries.timeline(graph, RULINGS) == []
    (id_,) = set(mentions(graph).values())
    assert queries.undated_event(graph, id_) is not None
    assert id_ in before


@pytest.mark.parametrize("seed", range(3))
def test_mentions_in_any_order_end_in_the_rebuilt_graph(graph: Graph, empty: Callable[[], None], seed: int) -> None:
    chance = Random(seed)
    start = date(2024, 11, 25)
    articles = [undated(number, day=start + timedelta(days=chance.randrange(40))) for number in range(1, 8)]
    articles += [dated(number, day=date(2024, 12, 7) + timedelta(days=chance.randrange(9))) for number in range(8, 10)]
    write(graph, *articles)
    once = picture(graph)
    rebuild(graph, on_progress=lambda what, count: None)
    assert picture(graph) == once
    empty()
    arrivals = [*articles, *chance.sample(articles, 3)]
    chance.shuffle(arrivals)
    for one in arrivals:
        write(graph, one)
    assert picture(graph) == once
