"""A past day is made of what stands since then and, of the threads that were told of before and after, a new fold."""

from __future__ import annotations

from datetime import date

import pytest

from kb import queries
from kb.ids import entity_id
from kb.queries import EventFilter
from kb.queries.known import Horizon
from kb.queries.past import past
from kb.store import Graph
from kb.store.record import record
from tests.browser.stories import votes
from tests.contract.synthetic import extraction, now

BETWEEN, LATE = "2025-03-01", date(2025, 4, 1)


@pytest.fixture
def told(graph: Graph) -> Graph:
    """Two stories, of one of which another article tells later."""
    articles = [extraction(0), *votes(date(2025, 2, 11), "Ferry Act"), extraction(15, published=LATE)]
    record(graph, articles, recorded_at=now(), extractor="test")
    return graph


def test_only_what_was_told_of_before_and_after_is_folded_again(told: Graph) -> None:
    known = past(told, Horizon(BETWEEN))
    assert {event.type for event in known.again.values()} == {"court_ruling", "deadline"}
    assert known.standing
    assert not past(told, Horizon(LATE.isoformat())).again


def test_only_claims_of_such_threads_are_read(told: Graph) -> None:
    known = past(told, Horizon(BETWEEN))
    assert known.world.claims.keys() == {claim for event in known.again.values() for claim in event.claims}


def test_events_are_found_by_the_names_of_who_is_in_them(told: Graph) -> None:
    (hit,) = [one for one in queries.find_entities(told, "Act 0") if one.id == entity_id("Act 0")]
    by_entity = {event.id for event in queries.timeline(told, EventFilter(entity=hit.id))}
    for day in (None, LATE.isoformat()):
        found = queries.timeline(told, EventFilter(text=hit.name.upper(), as_of=day))
        assert by_entity <= {event.id for event in found}
        assert queries.count_events(told, EventFilter(text=hit.name, as_of=day)) == len(found)
    assert not queries.timeline(told, EventFilter(text="act 0 nobody"))


def test_a_day_of_which_more_was_read_already_tells_each_event_once(told: Graph) -> None:
    standing, day = queries.timeline(told, EventFilter()), LATE.isoformat()
    assert queries.event(told, standing[0].id, as_of=day)
    assert [event.id for event in queries.timeline(told, EventFilter(as_of=day))] == [event.id for event in standing]
