"""As known on a day: what the graph shows of a past day is what it would hold had nothing else ever come.

Each story is written day by day, and what a reader saw at the end of each day is kept. Then the whole graph is asked
for each of these days: what it shows must be the same, to the letter. Runs over every store.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kb import queries
from kb.model import Extraction
from kb.queries import EventFilter
from kb.store import Graph
from kb.store.record import record
from tests.contract.synthetic import extraction
from tests.golden.extracted import extracted_fixtures
from tests.golden.gold import EXPECTED, Story, load_expected, load_stories

LANES = (queries.LaneBy.ACTOR, queries.LaneBy.SOURCE)
LONG_AFTER = "2030-01-01"


@pytest.fixture(scope="session")
def extractions() -> Mapping[str, Extraction]:
    return extracted_fixtures()


def seen(graph: Graph, today: str, *, in_full: bool = True, **horizon: str) -> dict[str, object]:
    """What every read model shows, or the first few of them."""
    events = queries.timeline(graph, EventFilter(**horizon), limit=5000)
    shown: dict[str, object] = {
        "timeline": events,
        "deadlines": queries.deadlines(graph, today=today, **horizon),
        "overview": queries.overview(graph, **horizon),
    }
    if not in_full:
        return shown
    hits = queries.find_entities(graph, "", limit=5000, **horizon)
    actors = [hit.id for hit in hits[:3]]
    marked = queries.marks(graph, EventFilter(**horizon))
    shown |= {
        "count": queries.count_events(graph, EventFilter(**horizon)),
        "statuses": queries.count_by_status(graph, EventFilter(**horizon)),
        "entities": sorted(hits, key=lambda hit: hit.id),
        "articles": queries.article_views(graph, **horizon),
        "conflicts": sorted(queries.conflicts(graph, **horizon), key=repr),
        "overdue": queries.overdue(graph, today=today, limit=5000, **horizon),
        "stories": queries.stories(graph, **horizon),
        "in full": [queries.event(graph, event.id, **horizon) for event in events[::25]],
        "doubts": [replace(claim, origin=None) for claim in queries.doubtful_claims(graph, limit=5000, **horizon)],
        "twins": sorted(queries.possible_twins(graph, limit=5000, **horizon), key=repr),
        "lanes": {
            by: set(queries.lanes(graph, by, most=5000, **horizon))
            for by in (queries.LaneBy.ACTOR, queries.LaneBy.SOURCE)
        },
        "marks": marked.title,
        "main ones": queries.marks(graph, EventFilter(**horizon, main=12)).id,
        "weights": marked.weight,
        "network": queries.network(graph, tuple(actors[:1]), EventFilter(**horizon)),
        "changes": sorted(queries.changes(graph, EventFilter(**horizon), since=before(today), retold=True), key=repr),
        "names": {hit.id: hit.aliases for hit in hits},
        "an entity in full": [queries.entity(graph, id_, **horizon) for id_ in actors],
    }
    if len(actors) > 1:
        shown["path"] = queries.path(graph, actors[0], actors[1], **horizon)
    return shown


def before(day: str, *, days: int = 30) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


def days_of(story: Story, extractions: Mapping[str, Extraction]) -> dict[str, list[Extraction]]:
    """The articles of a story by day of publication."""
    by_day: dict[str, list[Extraction]] = {}
    for stem in story.articles:
        expected = load_expected(EXPECTED / f"{stem}.yaml")
        by_day.setdefault(expected.published.isoformat(), []).append(extractions[expected.title])
    return dict(sorted(by_day.items()))


@pytest.mark.parametrize("story", [pytest.param(story, id=story.story) for story in load_stories()])
def test_no_read_model_shows_what_came_later(story: Story, graph: Graph, extractions: Mapping[str, Extraction]) -> None:
    days = days_of(story, extractions)
    kept = {}
    for number, (day, articles) in enumerate(days.items()):
        record(graph, articles, recorded_at=f"{day}T12:00:00+00:00", extractor="test")
        kept[day] = seen(graph, day, in_full=_in_full(number, graph, story))
    eve = before(min(days), days=1)
    assert queries.timeline(graph, EventFilter(as_of=eve)) == []
    assert queries.overview(graph, as_of=eve).articles == 0
    for number, (day, shown) in enumerate(kept.items()):
        published = seen(graph, day, as_of=day, in_full=_in_full(number, graph, story))
        recorded = seen(graph, day, recorded_by=day, in_full=False)
        for model, answer in [*published.items(), *recorded.items()]:
            assert answer == shown[model], f"{model} on {day}"
    assert seen(graph, LONG_AFTER, as_of=LONG_AFTER) == seen(graph, LONG_AFTER)


def _in_full(number: int, graph: Graph, story: Story) -> bool:
    """Every read model on every third day; on the second server, of one story. `tools/check_as_of.py` asks for all."""
    if os.environ.get("CHRONOGRAPH_EVERY_DAY"):
        return True
    return number % 3 == 0 and (graph.server == "embedded" or story.story == "tiktok")


def test_a_version_is_shown_as_it_was_until_it_was_replaced(graph: Graph) -> None:
    first = extraction(0)
    record(graph, [first], recorded_at="2025-01-01T12:00:00+00:00", extractor="test")
    changed = extraction(0, published=date(2024, 12, 9), text=first.article.text + " Corrected.")
    record(graph, [changed], recorded_at="2025-02-01T12:00:00+00:00", extractor="test")
    for recorded_by, text, published in (
        ("2025-01-31", first.article.text, "2024-12-07"),
        ("2025-02-01", changed.article.text, "2024-12-09"),
    ):
        detail = queries.article(graph, "article-0", recorded_by=recorded_by)
        assert detail is not None
        assert (detail.text, detail.article.published) == (text, published)
        (event,) = queries.timeline(graph, EventFilter(types=("court_ruling",), recorded_by=recorded_by))
        assert (event.claims, event.first_reported) == (1, published)
    assert queries.article(graph, "article-0", recorded_by="2024-12-31") is None
    assert queries.article(graph, "article-0", as_of="2024-12-08") is None


def test_what_changed_between_two_days_is_told_by_event(graph: Graph) -> None:
    early, late = extraction(0, published=date(2024, 12, 7)), extraction(15, published=date(2024, 12, 20))
    record(graph, [early, late], recorded_at="2025-01-01T12:00:00+00:00", extractor="test")
    (first,) = [c for c in between(graph, "2024-12-01", "2024-12-10") if c.event.type == "court_ruling"]
    assert (first.before, first.what, first.change) == (None, ("new",), "added")
    (second,) = [c for c in between(graph, "2024-12-10", "2024-12-31") if c.event.type == "court_ruling"]
    assert (second.what, second.change) == (("sources",), "retold")
    assert between(graph, "2024-12-10", "2024-12-11") == ()
    assert between(graph, "2024-12-31", "2025-01-31", recorded=True)
    assert queries.changes(graph, EventFilter(types=("court_ruling",)), since="2024-12-10") == ()


def between(graph: Graph, before: str, after: str, *, recorded: bool = False) -> tuple[queries.Difference, ...]:
    later = EventFilter(recorded_by=after) if recorded else EventFilter(as_of=after)
    return queries.changes(graph, later, since=before, recorded=recorded, retold=True)


def test_an_event_that_got_another_id_by_an_earlier_report_is_the_same_one(graph: Graph) -> None:
    record(graph, [extraction(15, published=date(2024, 12, 9))], recorded_at="2025-01-01T12:00:00+00:00",
           extractor="test")  # fmt: skip
    record(graph, [extraction(0)], recorded_at="2025-02-01T12:00:00+00:00", extractor="test")
    for found in (
        between(graph, "2025-01-01", "2025-02-01", recorded=True),
        queries.changes(graph, EventFilter(), since="2025-01-01", recorded=True, retold=True),
    ):
        assert {one.change for one in found} == {"retold"}
