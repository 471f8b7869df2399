"""The address of an event of which no source gives the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kb.config import Settings
from kb.ids import claim_id
from kb.store import embedded, open_graph
from kb.store.record import record, version_of
from tests.contract.synthetic import extraction, now
from tests.ui.conftest import MODEL
from tests.ui.test_pages import _open, _said

UNDATED = "MATCH (e:Event) WHERE e.first_day IS NULL RETURN e.id AS id"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store in which two articles tell of an event without a day, and the id of that."""
    settings = Settings(tmp_path_factory.mktemp("undated") / "data", None, MODEL)
    with open_graph(settings, create=True) as graph:
        record(graph, [_undated(1), _undated(2)], recorded_at=now(), extractor="test")
        ((row,)) = graph.read(UNDATED)
    yield settings, row["id"]
    embedded.stop(settings.data)


@pytest.fixture
def told(store, monkeypatch):
    """The id of that event, whose store is the one that pages look at."""
    settings, event = store
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(settings.data))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    return event


def _undated(number: int):
    one = extraction(15, id_=number, source=f"Outlet {number}", published=date(2024, 12, 8 + number))
    told = one.claims[0]
    id_ = claim_id(version_of(one.article), told.trigger.start, None)
    return replace(one, claims=(replace(told, id=id_, when=None),))


def test_it_shows_what_speaks_of_it_and_says_that_nobody_tells_the_day(told):
    at = _open(event=told)
    shown = _said(at)
    assert "no source gives the day" in shown
    assert "Mentioned 2 times by 2 sources" in shown
    assert "One event because" in shown


def test_before_the_second_article_it_was_not_known(told):
    at = _open(event=told, known="2024-12-09")
    shown = _said(at)
    assert "no source gives the day" not in shown
    assert "Nobody had reported this event by" in shown
