"""What people and links get wrong: nonsense in any parameter, too many hits, writes by somebody who may not write."""

from __future__ import annotations

from itertools import islice

import pytest

from kb import queries
from kb.judgement import EntityAnchor, Verdict
from kb.model import Status
from kb.queries import ArticleView, EventFilter
from kb.store.judgements import list_judgements
from kb.store.saved import save_query, saved_queries
from tests.ui.test_pages import _said, desk  # noqa: F401 - `desk` is a fixture
from ui import access, judging
from ui.app_pages import query
from ui.roles import Role

PARAMETERS = {
    "timeline": ("q", "entity", "type", "status", "from", "to", "known", "since", "lanes", "event"),
    "deadlines": ("q", "show", "known"),
    "entities": ("q", "entity"),
    "entity": ("role", "to_entity", "from", "to"),
    "articles": ("q", "article", "claim", "version"),
    "review": ("queue",),
    "query": ("cypher", "saved", "limit"),
    "data": ("of",),
}
NONSENSE = {
    "markup": "<script>window.hacked = 1</script>",
    "no day": "2025-02-30",
    "far away": "9999-12-31",
    "huge": "x" * 5000,
    "control": "\x00\u202e\ud7ff\n",
    "quote": "' OR 1=1 //`}) DETACH DELETE n",
    "number": "-1",
}


@pytest.mark.parametrize("page", PARAMETERS)
@pytest.mark.parametrize("value", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_in_every_parameter_leaves_a_page_that_works(desk, page, value):  # noqa: F811
    named = {"entity": "TikTok"} if page == "entity" else {}
    at = desk("entities" if named else page, **named, **dict.fromkeys(PARAMETERS[page], value))
    assert page == "query" or not at.error, at.error[0].value
    assert "Traceback" not in _said(at)
    assert not [element.value for element in at.html if "<script>" in element.value]


def test_ten_thousand_hits_are_shown_up_to_a_number_that_is_said(desk, monkeypatch):  # noqa: F811
    def many(_graph, *, text, in_texts, as_of, limit):
        assert not in_texts
        assert as_of is None
        found = (ArticleView(f"a{at}", f"{text} {at}", None, None, None, None, 0) for at in range(10_000))
        return tuple(islice(found, limit))

    monkeypatch.setattr(queries, "article_views", many)
    at = desk("articles", q="hit")
    assert len(at.dataframe[0].value) == 1000
    assert "The newest 1000 of those that match" in _said(at)


def _pair(graph):
    one, other = queries.timeline(graph, EventFilter())[:2]
    return one.id, other.id


WRITES = {
    "two events": lambda graph: judging.decide_pair(Verdict.SAME, *_pair(graph)),
    "two entities": lambda _: judging.decide_entities(Verdict.SAME, EntityAnchor("a", "A"), EntityAnchor("b", "B")),
    "a status": lambda graph: judging.correct(_pair(graph)[0], "status", Status.DENIED.value),
    "undo": lambda graph: judging.take_back(*(kept.judgement.id for kept in list_judgements(graph))),
    "a kept query": lambda graph: query._drop(saved_queries(graph)[0].id),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_no_write_is_done_for_a_viewer_whatever_their_browser_sends(graph, filled, monkeypatch, write):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(filled.data))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.setattr(judging, "who_decides", lambda: "Eve")
    save_query(graph, "Kept", "RETURN 1 AS one", at="2026-01-01T00:00:00+00:00")
    before = (list_judgements(graph), saved_queries(graph), queries.writes(graph))
    monkeypatch.setattr(access, "role", lambda: Role.VIEWER)
    write(graph)
    assert (list_judgements(graph), saved_queries(graph), queries.writes(graph)) == before
