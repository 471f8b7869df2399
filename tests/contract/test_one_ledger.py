"""A deadline has one ledger wherever it is asked for: in the list, by itself, among what is overdue. Every store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from kb import queries
from kb.config import Settings
from kb.store import Graph, open_graph
from kb.store.record import record
from tests.contract.conftest import Server
from tests.contract.synthetic import wipe
from tests.golden.extracted import extracted_fixtures
from tests.golden.gold import EXPECTED, load_expected, load_stories

TODAY = "2026-06-01"


@pytest.fixture(scope="module")
def told(server: Server) -> Settings:
    """How to reach the server once it holds a story, which no test changes."""
    (tiktok,) = (story for story in load_stories() if story.story == "tiktok")
    titles = [load_expected(EXPECTED / f"{stem}.yaml").title for stem in tiktok.articles]
    articles = [extracted_fixtures()[title] for title in titles]
    with open_graph(server.settings, create=True) as graph:
        wipe(graph)
        record(graph, articles, recorded_at="2026-06-01T00:00:00Z", extractor="test")
    return server.settings


@pytest.fixture
def story(told: Settings) -> Iterator[Graph]:
    """Its graph, opened anew: nothing is remembered of what was asked before."""
    with open_graph(told) as graph:
        yield graph


def test_a_deadline_by_itself_has_the_steps_it_has_in_the_list(story: Graph) -> None:
    listed = queries.deadlines(story, today=TODAY)
    moved = [deadline for deadline in listed if len(deadline.steps) > 1]
    assert moved
    assert [queries.deadline_of(story, deadline.event, today=TODAY) for deadline in moved] == moved


@pytest.mark.parametrize("as_of", [None, "2025-01-25", "2025-06-20"])
def test_a_line_of_a_ledger_says_what_the_ledger_says(story: Graph, as_of: str | None) -> None:
    listed = queries.deadlines(story, today=TODAY, as_of=as_of)
    assert any(len(deadline.steps) > 1 for deadline in listed)
    lines = queries.ledger_lines(story, today=TODAY, as_of=as_of)
    assert [(line.event, line.type, line.title, line.due, line.state, line.slippage) for line in lines] == [
        (one.event, one.type, one.title, one.due, one.state, one.slippage) for one in listed
    ]
    assert [(line.steps, line.moves) for line in lines] == [
        (len(one.steps), len({step.due for step in one.steps}) - 1) for one in listed
    ]
    assert [(line.first_day, line.precision) for line in lines] == [
        queries.due_days(one.steps, one.due) for one in listed
    ]


@pytest.mark.parametrize("as_of", [None, "2025-06-20"])
def test_some_deadlines_are_what_they_are_among_all(story: Graph, as_of: str | None) -> None:
    listed = queries.deadlines(story, today=TODAY, as_of=as_of)
    wanted = listed[1::2]
    events = frozenset(deadline.event for deadline in wanted)
    assert queries.deadlines(story, today=TODAY, events=events, as_of=as_of) == wanted


@pytest.mark.parametrize("as_of", [None, "2025-06-20"])
def test_what_is_overdue_is_counted_as_it_is_listed(story: Graph, as_of: str | None) -> None:
    listed = queries.overdue(story, today=TODAY, as_of=as_of)
    assert listed
    assert queries.overdue_ids(story, today=TODAY, as_of=as_of) == tuple(late.event.id for late in listed)


@pytest.mark.parametrize("as_of", [None, "2025-06-20"])
def test_the_ids_of_what_passes_a_filter_are_those_of_the_timeline(story: Graph, as_of: str | None) -> None:
    wanted = queries.EventFilter(text="tiktok", as_of=as_of)
    found = queries.timeline(story, wanted)
    assert found
    assert queries.ids_of(story, wanted) == {event.id for event in found}


def test_the_days_a_deadline_stood_on_before_are_the_same_with_and_without_the_table_of_all(story: Graph) -> None:
    (actor, *_) = queries.find_entities(story, "", limit=1)
    asked = queries.EventFilter(entity=actor.id)
    without = queries.marks(story, asked)
    queries.marks(story, queries.EventFilter())
    assert without.slips
    assert without.revision == queries.marks(story, asked).revision


def test_what_became_of_a_deadline_by_its_ledger_is_not_asked_for(story: Graph) -> None:
    settled = {one.event for one in queries.deadlines(story, today=TODAY) if one.state not in ("open", "passed")}
    assert settled
    assert settled.isdisjoint(late.event.id for late in queries.overdue(story, today=TODAY))


@pytest.mark.parametrize("day", ["2024-12-20", "2025-03-10", "2025-06-01", "2025-12-01", "2026-01-10"])
def test_what_is_due_soon_is_counted_as_it_is_listed(story: Graph, day: str) -> None:
    until = (date.fromisoformat(day) + timedelta(days=30)).isoformat()
    listed = queries.upcoming(story, today=day, window=queries.Window(day, until))
    assert queries.glance(story, today=day).soon == len(listed)
    assert set(listed) <= set(queries.upcoming(story, today=day))


def test_an_event_that_is_no_deadline_has_none(story: Graph) -> None:
    ruling = next(event for event in queries.timeline(story, queries.EventFilter()) if event.type == "court_ruling")
    assert queries.deadline_of(story, ruling.id, today=TODAY) is None
