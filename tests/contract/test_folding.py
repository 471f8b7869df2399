"""Events folded on the way in are those of a rebuild, whatever came in which order. Runs over every store."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from kb import queries
from kb.fold import ReportedClaim
from kb.fold.likeness import Link
from kb.fold.threads import find_links
from kb.model import Extraction, Status
from kb.queries import EventFilter
from kb.store import Graph, folding
from kb.store.folding_cypher import CLEAR_EVENTS
from kb.store.rebuilding import rebuild
from kb.store.record import record
from tests.contract import synthetic
from tests.contract.synthetic import extraction, now, picture

WIRE = synthetic.TEXT + " " + " ".join(f"Paragraph {n} of the wire story tells what was said." for n in range(9))


def story() -> list[Extraction]:
    """Articles of many days that tell of the same few events, two of them one wire text."""
    told = [
        extraction(number, published=date(2024, 12, 7) + timedelta(days=number), source=f"Outlet {number}")
        for number in range(10)
    ]
    wire = [extraction(number, text=WIRE, source=f"Outlet {number}") for number in (20, 21)]
    denied = extraction(0, published=date(2024, 12, 30), source="Outlet 30", id_=30)
    return [*told, *wire, replace(denied, claims=(replace(denied.claims[0], status=Status.DENIED),))]


def write(graph: Graph, batch: list[Extraction]) -> None:
    record(graph, batch, recorded_at=now(), extractor="test")


def rebuilt(graph: Graph) -> str:
    rebuild(graph, on_progress=lambda what, count: None)
    return picture(graph)


@pytest.mark.parametrize("seed", range(3))
def test_any_order_with_duplicates_and_retractions_ends_in_the_rebuilt_graph(
    graph: Graph, empty: Callable[[], None], seed: int
) -> None:
    articles = story()
    write(graph, articles)
    once = picture(graph)
    assert rebuilt(graph) == once
    empty()
    chance = Random(seed)
    arrivals = [[article] for article in (*articles, *chance.sample(articles, 4))]
    retracted = replace(articles[3], claims=())
    arrivals.append([replace(retracted, article=replace(retracted.article, text="Withdrawn."), entities=())])
    chance.shuffle(arrivals)
    for batch in [*arrivals, [articles[3]]]:
        write(graph, batch)
    gone = "Withdrawn"
    assert _current(picture(graph), gone) == once
    assert rebuilt(graph).count("\n") == picture(graph).count("\n")


def _current(drawn: str, gone: str) -> str:
    """The picture without the version that was withdrawn meanwhile."""
    withdrawn = [line.split('"id": "v')[1][:24] for line in drawn.splitlines() if f'"text": "{gone}' in line]
    return "\n".join(line for line in drawn.splitlines() if not any(f"v{id_}" in line for id_ in withdrawn))


def test_what_links_a_thread_is_not_found_out_again_where_it_comes_again(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    weighed: list[set[str]] = []

    def finding(claims: Collection[ReportedClaim]) -> list[Link]:
        weighed.append({claim.article for claim in claims})
        return find_links(claims)

    monkeypatch.setattr(folding, "find_links", finding)
    write(graph, [extraction(0), extraction(15)])
    write(graph, [extraction(30)])
    assert [articles for articles in weighed if articles] == [{"article-0", "article-15"}, {"article-30"}]
    (event,) = queries.timeline(graph, EventFilter(types=("court_ruling",)))
    assert event.claims == 3


def test_a_withdrawn_article_takes_its_claims_out_of_the_events(graph: Graph) -> None:
    first, second = extraction(0), extraction(15)
    write(graph, [first, second])
    (event,) = queries.timeline(graph, EventFilter(types=("court_ruling",)))
    assert (event.claims, event.sources) == (2, 2)
    write(graph, [replace(second, article=replace(second.article, text="Withdrawn."), entities=(), claims=())])
    (event,) = queries.timeline(graph, EventFilter(types=("court_ruling",)))
    assert (event.claims, event.sources) == (1, 1)


def test_copies_of_one_wire_text_are_one_source_and_shown_as_such(graph: Graph) -> None:
    trimmed = WIRE.rsplit(" Paragraph", 3)[0]
    write(graph, [extraction(0, text=WIRE, source="A"), extraction(15, text=trimmed, source="B")])
    write(graph, [extraction(30, source="C", published=date(2024, 12, 9))])
    (event,) = queries.timeline(graph, EventFilter(types=("court_ruling",)))
    assert (event.outlets, event.sources) == (3, 2)
    detail = queries.event(graph, event.id)
    assert detail is not None
    assert [claim.origin for claim in detail.claims if claim.source == "B"] == ["article-0"]
    assert [claim.origin for claim in detail.claims if claim.source != "B"] == [None, None]


def test_an_event_is_found_by_the_id_it_had_before_an_earlier_report_came(graph: Graph) -> None:
    write(graph, [extraction(15, published=date(2024, 12, 9))])
    (before,) = queries.timeline(graph, EventFilter(types=("court_ruling",)))
    write(graph, [extraction(0)])
    (after,) = queries.timeline(graph, EventFilter(types=("court_ruling",)))
    assert before.id != after.id
    detail = queries.event(graph, before.id)
    assert detail is not None
    assert detail.event == after


def test_two_articles_that_deny_each_other_are_a_conflict_with_both_quotes(graph: Graph) -> None:
    write(graph, story())
    found = queries.conflicts(graph, on="status")
    assert found
    for view in found:
        assert view.other is not None
        assert {view.one.status, view.other.status} == {"occurred", "denied"}
        assert view.one.quote == view.other.quote == "The Court upheld the Act on Friday."
        assert view.one.event == view.other.event
    entity = queries.resolve_entity(graph, "The Court")
    assert entity is not None
    assert set(queries.conflicts(graph, on="status", entity=entity.id)) == set(found)
    assert queries.conflicts(graph, on="number") == ()
    assert queries.conflicts(graph, on="status", as_of="2024-12-29") == ()
    assert set(queries.conflicts(graph, on="status", as_of="2024-12-30")) == set(found)


def test_an_event_of_which_there_is_much_is_cleared_of_all_of_it(graph: Graph) -> None:
    many = list(range(150))
    graph.write(
        lambda writer: (
            writer.run("CREATE (:Event {id: 'e'})"),
            writer.run(
                "UNWIND $many AS n MATCH (e:Event {id: 'e'}) "
                "CREATE (e)-[:INVOLVES]->(:Entity {id: 'x' + toString(n)}), "
                "(e)-[:HAS_REVISION]->(:Revision {id: 'r' + toString(n)}), "
                "(e)-[:HAS_STEP]->(:DeadlineStep {id: 's' + toString(n)})",
                many=many,
            ),
        )
    )
    graph.write(lambda writer: [writer.run(statement, ids=["e"]) for statement in CLEAR_EVENTS])
    assert graph.read("MATCH (e:Event)-[part]->() RETURN count(part) AS parts") == [{"parts": 0}]
    assert graph.read("MATCH (n) WHERE n:Revision OR n:DeadlineStep RETURN count(n) AS left") == [{"left": 0}]
