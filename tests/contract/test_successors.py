"""Ids of events stay good while anybody tells of the event. Runs over every store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from kb import queries
from kb.ids import event_id
from kb.model import Extraction
from kb.queries import EventFilter
from kb.queries.changes import Change, changes
from kb.store import Graph
from kb.store.judgements import anchor_of_event
from kb.store.rebuilding import rebuild
from kb.store.record import record
from kb.store.withdrawing import Withdrawn, withdraw
from tests.contract.synthetic import TEXT, extraction

BEFORE, AT = "2025-01-01T12:00:00+00:00", "2025-03-01T12:00:00+00:00"
FIRST = extraction(0, published=date(2024, 12, 6), source="Outlet A")
LATER = tuple(
    extraction(0, published=date(2024, 12, day), source=f"Outlet {day}", id_=day, text=f"{TEXT} So much on day {day}.")
    for day in (8, 9)
)
RULING = event_id(FIRST.claims[0].id)


def write(graph: Graph, batch: Sequence[Extraction], *, at: str = BEFORE, extractor: str = "test") -> None:
    record(graph, batch, recorded_at=at, extractor=extractor)


def drop_first(graph: Graph) -> Withdrawn:
    (one,) = withdraw(graph, [FIRST.article.id], at=AT, by="Ann", because="retracted")
    return one


def ruling(graph: Graph) -> str:
    (event,) = queries.timeline(graph, EventFilter(types=("court_ruling",)))
    return event.id


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)], ids=str)
def test_the_id_of_a_withdrawn_first_report_leads_to_what_the_others_tell(graph: Graph, order: Sequence[int]) -> None:
    told = (FIRST, *LATER)
    for at in order:
        write(graph, [told[at]])
    assert ruling(graph) == RULING
    gone = drop_first(graph)
    now = event_id(LATER[0].claims[0].id)
    assert ruling(graph) == now != RULING
    assert now in gone.fewer
    assert RULING not in gone.gone
    assert queries.event(graph, RULING) == queries.event(graph, now)
    assert anchor_of_event(graph, RULING) == anchor_of_event(graph, now)


def test_a_rebuild_leads_an_old_id_to_the_same_event(graph: Graph) -> None:
    write(graph, [FIRST, *LATER])
    drop_first(graph)
    before = queries.event(graph, RULING)
    rebuild(graph, on_progress=lambda *_: None)
    assert queries.event(graph, RULING) == before is not None


def test_an_event_that_goes_on_under_another_id_is_not_counted_as_gone(graph: Graph) -> None:
    write(graph, [FIRST, *LATER])
    drop_first(graph)
    found = changes(graph, EventFilter(), since="2025-01-01", recorded=True, retold=True)
    assert {one.change for one in found} == {Change.RETOLD}


def test_the_id_of_an_event_that_nothing_tells_of_leads_nowhere(graph: Graph) -> None:
    write(graph, [FIRST])
    drop_first(graph)
    assert queries.event(graph, RULING) is None
    assert queries.successor(graph, RULING) is None
    assert "withdrawn" in (queries.fate(graph, RULING) or "")
    assert queries.successor(graph, "ev-never-was") is None


def test_a_corrected_article_keeps_the_id_of_what_it_still_says(graph: Graph) -> None:
    write(graph, [FIRST, *LATER])
    corrected = extraction(0, published=date(2024, 12, 6), source="Outlet A", text=f"Correction. {FIRST.article.text}")
    kept = tuple(replace(c, sentence=f.sentence) for c, f in zip(corrected.claims, FIRST.claims, strict=True))
    write(graph, [replace(corrected, claims=kept)], at=AT)
    assert ruling(graph) == event_id(kept[0].id)
    assert queries.event(graph, RULING) == queries.event(graph, ruling(graph))


def test_rules_that_type_a_claim_otherwise_leave_its_event_its_id(graph: Graph) -> None:
    write(graph, [FIRST])
    retyped = (replace(FIRST.claims[0], type="executive_action"), *FIRST.claims[1:])
    write(graph, [replace(FIRST, claims=retyped)], at=AT, extractor="better")
    assert [event.id for event in queries.timeline(graph, EventFilter(types=("executive_action",)))] == [RULING]
