"""What later articles do to what was to come: overtaken events and legal clocks, end to end. Runs over every store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import islice, permutations

import pytest

from kb import queries
from kb.model import Article, Extraction
from kb.queries import EventFilter
from kb.store import Graph
from kb.store.rebuilding import rebuild
from kb.store.record import record
from tests.contract.synthetic import now, picture
from tests.golden.extracted import extract_all

_TOLD = {
    "rule": (
        "2026-01-10",
        "The Federal Trade Commission's Data Broker Rule takes effect on March 1, 2026. Data brokers must file their "
        "first reports within 60 days of the effective date, the agency said.",
    ),
    "rule delayed": (
        "2026-02-20",
        "The Federal Trade Commission delayed the effective date of its Data Broker Rule to May 1, 2026. "
        "The Data Broker Rule will now take effect on May 1, 2026.",
    ),
    "hearing": (
        "2026-02-01",
        "A hearing in the Google remedies case is scheduled for March 10, 2026 before Judge Amit Mehta.",
    ),
    "hearing moved": ("2026-03-04", "Judge Amit Mehta postponed the Google hearing to April 2, 2026."),
    "appeal": ("2026-01-05", "The Ninth Circuit will hear Meta's appeal on June 8, 2026."),
    "appeal dropped": ("2026-05-05", "Meta withdrew its appeal to the Ninth Circuit on May 4, 2026."),
    "act": (
        "2025-05-10",
        "The Fair Scooter Act will take effect on July 1, 2025. It caps what scooter firms may charge in Ohio.",
    ),
    "act put off": (
        "2025-06-20",
        "Lawmakers in Ohio voted on Thursday to postpone the Fair Scooter Act to April 1, 2026.",
    ),
    "act in force": (
        "2026-04-02",
        "The Fair Scooter Act took effect on Wednesday. Scooter firms in Ohio now charge less.",
    ),
}


@pytest.fixture(scope="session")
def told() -> Mapping[str, Extraction]:
    """Articles that fix days, and later ones that unfix them."""
    articles = [
        Article(id=name, text=text, title=name.capitalize(), published=date.fromisoformat(day), source=f"Paper {name}")
        for name, (day, text) in _TOLD.items()
    ]
    return {extraction.article.id: extraction for extraction in extract_all(articles)}


def write(graph: Graph, *batch: Extraction) -> None:
    record(graph, batch, recorded_at=now(), extractor="test")


def day_and_status(graph: Graph, type_: str, day: str, as_of: str | None = None) -> str | None:
    events = queries.timeline(graph, EventFilter(types=(type_,), first=day, last=day, as_of=as_of))
    return events[0].status if events else None


def test_what_was_to_come_is_overtaken_and_nobody_asks_whether_it_happened(
    graph: Graph, told: Mapping[str, Extraction]
) -> None:
    for name in ("hearing", "appeal"):
        write(graph, told[name])
    asked = {view.event.type for view in queries.overdue(graph, today="2026-12-01")}
    assert asked == {"court_hearing"}
    for name in ("hearing moved", "appeal dropped"):
        write(graph, told[name])
    assert day_and_status(graph, "court_hearing", "2026-03-10") == "overtaken"
    assert day_and_status(graph, "court_hearing", "2026-03-10", as_of="2026-03-03") == "scheduled"
    assert day_and_status(graph, "court_hearing", "2026-06-08") == "overtaken"
    assert queries.overdue(graph, today="2026-12-01") == ()
    overdue = queries.overdue(graph, today="2026-03-15", as_of="2026-03-03")
    assert [view.event.first_day for view in overdue] == ["2026-03-10"]
    assert queries.count_by_status(graph, EventFilter(types=("court_hearing",))) == {"overtaken": 2}


def test_an_overtaken_event_shows_the_quote_that_overtook_it(graph: Graph, told: Mapping[str, Extraction]) -> None:
    write(graph, told["hearing"], told["hearing moved"])
    (view,) = queries.timeline(graph, EventFilter(types=("court_hearing",)))
    detail = queries.event(graph, view.id)
    assert detail is not None
    (told_elsewhere,) = detail.elsewhere
    assert told_elsewhere.quote == _TOLD["hearing moved"][1]
    assert detail.revisions[-1].claim == told_elsewhere.id
    assert detail.revisions[-1].because == f"overtaken: {told_elsewhere.title}"
    rows = graph.query(
        "MATCH (e:Event {status: 'overtaken'})-[:HAS_REVISION]->(r:Revision {status: 'overtaken'})-[:BECAUSE_OF]->(c) "
        "RETURN r.because AS because, c.quote AS quote",
        {},
    )
    assert list(rows.rows) == [(detail.revisions[-1].because, told_elsewhere.quote)]


def test_a_legal_clock_runs_anew_from_the_day_its_anchor_was_moved_to(
    graph: Graph, told: Mapping[str, Extraction]
) -> None:
    write(graph, told["rule"])
    (view,) = queries.timeline(graph, EventFilter(types=("deadline",)))
    assert view.first_day == "2026-04-30"
    write(graph, told["rule delayed"])
    (after,) = queries.timeline(graph, EventFilter(types=("deadline",)))
    assert (after.id, after.first_day, after.status) == (view.id, "2026-06-30", "scheduled")
    assert queries.timeline(graph, EventFilter(types=("deadline",), as_of="2026-02-19")) == [view]
    detail = queries.event(graph, view.id)
    assert detail is not None
    assert "recalculated: 60 days from 2026-05-01" in (detail.revisions[-1].because or "")
    assert "delayed the effective date" in detail.elsewhere[0].quote
    assert "within 60 days" in detail.claims[0].quote
    ledger = queries.deadline_of(graph, view.id, today="2026-03-01")
    assert ledger is not None
    assert [(step.change, step.due) for step in ledger.steps] == [("set", "2026-04-30"), ("extended", "2026-06-30")]
    (before,) = queries.deadlines(graph, today="2026-03-01", as_of="2026-02-19")
    assert [step.due for step in before.steps] == ["2026-04-30"]


def test_a_day_of_effect_that_moved_is_listed_as_what_it_is_and_due_on_its_new_day_alone(
    graph: Graph, told: Mapping[str, Extraction]
) -> None:
    write(graph, told["rule"])
    assert [one.type for one in queries.deadlines(graph, today="2026-02-01")] == ["deadline"]
    write(graph, told["rule delayed"])
    ledger, _ = queries.deadlines(graph, today="2026-03-01")
    assert (ledger.type, ledger.due, ledger.state, ledger.slippage) == ("law_effective", "2026-05-01", "open", 61)
    assert [(step.change, step.due, step.known_on) for step in ledger.steps] == [
        ("set", "2026-03-01", "2026-01-10"),
        ("extended", "2026-05-01", "2026-02-20"),
    ]
    due = [one for one in queries.upcoming(graph, today="2026-02-21") if one.type == "law_effective"]
    assert [(one.last_day, one.deadline) for one in due] == [
        ("2026-05-01", queries.deadline_of(graph, ledger.event, today="2026-02-21"))
    ]
    assert day_and_status(graph, "law_effective", "2026-03-01", as_of="2026-02-19") == "scheduled"
    assert day_and_status(graph, "law_effective", "2026-03-01") is None


def test_a_law_took_effect_on_the_day_to_which_another_article_says_it_was_put_off(
    graph: Graph, told: Mapping[str, Extraction]
) -> None:
    for name in ("act in force", "act", "act put off"):
        write(graph, told[name])
    (ledger,) = queries.deadlines(graph, today="2026-05-01")
    assert (ledger.due, ledger.state) == ("2026-04-01", "in-effect")
    assert [(step.change, step.due, step.known_on) for step in ledger.steps] == [
        ("set", "2025-07-01", "2025-05-10"),
        ("extended", "2026-04-01", "2025-06-20"),
        ("in-effect", "2026-04-01", "2026-04-02"),
    ]
    (before,) = queries.deadlines(graph, today="2025-07-02", as_of="2025-07-01")
    assert (before.due, before.state) == ("2026-04-01", "open")
    assert queries.overdue(graph, today="2026-05-01") == ()
    assert queries.overdue(graph, today="2025-07-02", as_of="2025-07-01") == ()


@pytest.mark.parametrize("number", range(3))
def test_in_whatever_order_articles_come_the_graph_is_the_rebuilt_one(
    graph: Graph, told: Mapping[str, Extraction], number: int
) -> None:
    write(graph, *told.values())
    once = picture(graph)
    graph.write(lambda writer: writer.run("MATCH (n) WHERE NOT n:Meta DETACH DELETE n"))
    for name in next(islice(permutations(sorted(told)), 70_001 * number + 7, None)):
        write(graph, told[name])
    assert picture(graph) == once
    rebuild(graph, on_progress=lambda what, count: None)
    assert picture(graph) == once
