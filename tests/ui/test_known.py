"""From a day of the past: nothing that was published later is on any page, nor on the pages that it leads to."""

from urllib.parse import parse_qs

import pytest

from kb import queries
from kb.queries import EventFilter
from tests.ui.sample import LAUNCH, MOVED
from tests.ui.test_pages import _open, _said

THEN = "2025-01-15"
"""After the articles `wire` and `harbor`, before `ledger`."""
LATER = (LAUNCH, MOVED, "A deadline goes", "TikTok launches a shopping service", "Capital Ledger")


@pytest.fixture
def then(filled, monkeypatch):
    """Opens a page of the filled store as known on that day."""
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(filled.data))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    return lambda page="timeline", **params: _open(page, known=THEN, **params)


def _everything(at):
    """All that a page says, tables and what can be chosen included."""
    tables = [table.value.to_csv() for table in at.dataframe]
    lists = [option for box in (*at.selectbox, *at.multiselect) for option in box.options]
    return "\n".join([_said(at), *tables, *lists])


@pytest.mark.parametrize(
    ("page", "params"),
    [
        ("timeline", {}),
        ("timeline", {"q": "tiktok"}),
        ("timeline", {"event": "ByteDance to sell TikTok"}),
        ("deadlines", {}),
        ("entities", {"entity": "TikTok"}),
        ("entities", {"q": "tik"}),
        ("articles", {}),
        ("articles", {"article": "harbor"}),
    ],
    ids=str,
)
def test_no_page_tells_what_was_published_later(then, graph, page, params):
    titled = {event.title: event.id for event in queries.timeline(graph, EventFilter())}
    said = _everything(then(page, **{name: titled.get(value, value) for name, value in params.items()}))
    assert [words for words in LATER if words in said] == []


@pytest.mark.parametrize(
    ("page", "params"),
    [("timeline", {"event": "ByteDance to sell TikTok"}), ("deadlines", {}), ("entities", {"entity": "TikTok"})],
    ids=str,
)
def test_every_link_of_a_page_leads_to_the_same_day(then, graph, page, params):
    titled = {event.title: event.id for event in queries.timeline(graph, EventFilter())}
    at = then(page, **{name: titled.get(value, value) for name, value in params.items()})
    links = [parse_qs(link.proto.query_string) for link in at.get("page_link")]
    assert links
    assert [link for link in links if link.get("known") != [THEN]] == []


def test_kinds_of_events_are_counted_as_they_were_known(then, graph):
    (kinds,) = [box for box in then().multiselect if box.label == "Type"]
    told = queries.event_types(graph, as_of=THEN)
    assert ("product_launch", 0) in told
    assert sum(count for _, count in told) == queries.count_events(graph, EventFilter(as_of=THEN))
    assert sum(int(option.rpartition("(")[2].rstrip(")")) for option in kinds.options) == sum(n for _, n in told)


def test_what_was_not_there_yet_says_so_and_is_one_click_from_now(then):
    at = then("articles", article="ledger")
    assert "was not published by 15 Jan 2025" in _said(at)
    at.button(key="known:leave").click().run()
    assert "known" not in at.query_params
    assert "A deadline goes" in _said(at)


def test_a_day_that_cannot_be_read_is_named_and_left_out(filled, monkeypatch):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(filled.data))
    at = _open("entities", entity="TikTok", known="yesterday")
    assert "“known” in the address" in at.warning[0].value
    assert "TikTok launches a shopping service" in _everything(at)
