"""Articles that are withdrawn leave the current view and stay in the history. Runs over every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kb import queries
from kb.errors import NotFound, UsageError
from kb.queries import EventFilter
from kb.store import Graph
from kb.store.judgements import resolve_all
from kb.store.rebuilding import rebuild
from kb.store.record import Outcome, known_versions, record, version_of
from kb.store.withdrawing import BY_INGESTION, reinstate, withdraw
from tests.contract.synthetic import extraction, now, picture
from tests.contract.test_folding import WIRE

AT = "2025-03-01T12:00:00+00:00"
RULING = EventFilter(types=("court_ruling",))


def story() -> list[object]:
    return [extraction(0), extraction(15), extraction(1), extraction(0, id_=40, source="Outlet 4", text=WIRE),
            extraction(0, id_=41, source="Outlet 5", text=WIRE)]  # fmt: skip


def write(graph: Graph, *batch: object) -> list[Outcome]:
    written = record(graph, batch, recorded_at="2025-01-01T12:00:00+00:00", extractor="test")  # type: ignore[arg-type]
    return [one.outcome for one in written]


def shown(graph: Graph, **horizon: str) -> dict[str, object]:
    hits = queries.find_entities(graph, "", limit=500, **horizon)
    return {
        "timeline": queries.timeline(graph, EventFilter(**horizon)),
        "entities": sorted(hits, key=lambda hit: hit.id),
        "articles": queries.article_views(graph, **horizon),
        "overview": queries.overview(graph, **horizon),
        "deadlines": queries.deadlines(graph, today="2025-01-01", **horizon),
        "conflicts": queries.conflicts(graph, **horizon),
        "entity": [queries.entity(graph, hit.id, **horizon) for hit in hits],
    }


def test_a_withdrawn_article_takes_its_claims_along_and_leaves_the_past_as_it_was(graph: Graph) -> None:
    write(graph, *story())
    before = shown(graph)
    (one,) = withdraw(graph, ["article-15"], at=AT, by="Ann", because="retracted")
    assert (one.article, one.title, one.claims) == ("article-15", "Court ruling 15", 2)
    assert (len(one.fewer), one.gone) == (2, ())
    assert [event.claims for event in queries.timeline(graph, RULING) if event.id in one.fewer] == [3]
    assert "article-15" not in {view.id for view in queries.article_views(graph)}
    assert shown(graph, as_of="2025-02-28") == before
    assert shown(graph, recorded_by="2025-02-28")["timeline"] == before["timeline"]
    assert shown(graph, as_of="2025-03-01") == shown(graph)
    assert shown(graph, recorded_by="2025-03-01")["timeline"] == shown(graph)["timeline"]


def test_without_it_the_graph_is_what_it_would_be_had_it_never_come(graph: Graph) -> None:
    first, second, third, *_ = story()
    write(graph, first, third)
    never = shown(graph)
    write(graph, second)
    withdraw(graph, ["https://outlet-1.example/15"], at=AT, by="Ann", because="retracted")
    assert shown(graph) == never
    rebuild(graph, on_progress=lambda what, count: None)
    assert shown(graph) == never


def test_an_event_that_nothing_else_tells_of_is_gone_and_says_so(graph: Graph) -> None:
    write(graph, extraction(0))
    (one,) = withdraw(graph, ["article-0"], at=AT, by="Ann", because="made up")
    assert (len(one.gone), one.fewer) == (2, ())
    assert queries.timeline(graph, EventFilter()) == []
    assert queries.resolve_entity(graph, "Apple") is None
    assert queries.resolve_entity(graph, "Apple", as_of="2025-01-01") is not None
    (version,) = queries.article_versions(graph, "article-0")
    assert (version.superseded_at, version.withdrawn_by, version.withdrawn_because) == (AT, "Ann", "made up")
    assert version.claims == 3


def test_taken_back_everything_is_as_it_was(graph: Graph) -> None:
    write(graph, *story())
    before = picture(graph)
    withdraw(graph, ["article-15", "article-40"], at=AT, by="Ann", because="retracted")
    rebuild(graph, on_progress=lambda what, count: None)
    again = picture(graph)
    graph.write(resolve_all)
    assert picture(graph) == again
    reinstate(graph, ["article-40", "article-15"])
    assert picture(graph) == before


def test_the_first_print_of_a_wire_text_withdrawn_makes_the_next_one_its_origin(graph: Graph) -> None:
    write(graph, *story())
    withdraw(graph, ["article-40"], at=AT, by="Ann", because="retracted")
    (event,) = [event for event in queries.timeline(graph, RULING) if event.first_day == "2024-12-06"]
    detail = queries.event(graph, event.id)
    assert detail is not None
    assert {claim.article: claim.origin for claim in detail.claims}["article-41"] is None
    before = queries.event(graph, event.id, as_of="2025-02-01")
    assert before is not None
    assert {claim.article: claim.origin for claim in before.claims}["article-41"] == "article-40"


def test_what_a_person_withdrew_stays_out_until_it_has_another_text(graph: Graph) -> None:
    first = extraction(0)
    write(graph, first)
    withdraw(graph, ["article-0"], at=AT, by="Ann", because="retracted")
    assert known_versions(graph, [version_of(first.article)], extractor="newer") == {version_of(first.article)}
    assert write(graph, first) == [Outcome.UNCHANGED]
    assert queries.timeline(graph, EventFilter()) == []
    corrected = extraction(0, text=first.article.text + " Corrected.")
    assert write(graph, corrected) == [Outcome.UPDATED]
    assert len(queries.timeline(graph, EventFilter())) == 2


def test_a_page_that_was_gone_stands_again_when_it_is_back(graph: Graph) -> None:
    first = extraction(0)
    write(graph, first)
    before = picture(graph)
    withdraw(graph, ["article-0"], at=AT, by=BY_INGESTION, because="the page answers 410")
    assert known_versions(graph, [version_of(first.article)], extractor="test") == frozenset()
    write(graph, first)
    assert picture(graph) == before


def test_withdrawing_twice_changes_nothing_and_a_person_takes_over_from_ingestion(graph: Graph) -> None:
    write(graph, extraction(0))
    withdraw(graph, ["article-0"], at=AT, by=BY_INGESTION, because="the page answers 410")
    (again,) = withdraw(graph, ["article-0"], at=now(), by="Ann", because="retracted")
    assert again.already
    (version,) = queries.article_versions(graph, "article-0")
    assert (version.superseded_at, version.withdrawn_by) == (AT, "Ann")
    write(graph, extraction(0))
    assert queries.timeline(graph, EventFilter()) == []


@pytest.mark.parametrize("names", [["nothing"], ["article-0", "nothing"]], ids=["alone", "beside another"])
def test_an_article_that_is_not_there_is_named_and_nothing_is_done(graph: Graph, names: list[str]) -> None:
    write(graph, extraction(0))
    before = picture(graph)
    with pytest.raises(NotFound, match="there is no article 'nothing'"):
        withdraw(graph, names, at=AT, by="Ann", because="retracted")
    with pytest.raises(UsageError, match="needs the name of whoever makes it"):
        withdraw(graph, ["article-0"], at=AT, by=" ", because="retracted")
    assert picture(graph) == before
    (not_withdrawn,) = reinstate(graph, ["article-0"])
    assert not_withdrawn.already


def test_names_that_only_a_withdrawn_article_used_are_no_longer_names(graph: Graph) -> None:
    first, other = extraction(0), extraction(15)
    court = first.entities[0]
    named = replace(court, mentions=(replace(court.mentions[0], text="The High Court"),))
    write(graph, other, replace(first, entities=(named, *first.entities[1:])))
    assert queries.find_entities(graph, "High Court")
    withdraw(graph, ["article-0"], at=AT, by="Ann", because="retracted")
    assert queries.find_entities(graph, "High Court") == []
    assert queries.find_entities(graph, "High Court", as_of=date(2025, 1, 1).isoformat())
