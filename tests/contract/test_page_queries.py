"""What the pages ask for, on both servers."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, is_dataclass
from datetime import date

import pytest

from kb import queries
from kb.ids import entity_id
from kb.judgement import EntityAnchor, Judgement, Matter, Verdict
from kb.queries import EventDays, EventFilter
from kb.queries.table import UntilWrittenAside, event_table
from kb.queries.weight import weight_of_view
from kb.store import Graph
from kb.store.judgements import judge
from kb.store.record import record
from tests.contract.synthetic import extraction, now
from tests.patience import PATIENCE
from ui.app_pages.query import examples


@pytest.fixture
def told(graph: Graph) -> Graph:
    record(graph, [extraction(number) for number in range(12)], recorded_at=now(), extractor="test")
    return graph


def test_events_in_memory_are_those_of_the_store(told):
    wanted = [
        EventFilter(),
        EventFilter(types=("deadline",)),
        EventFilter(statuses=("occurred",), text="COURT"),
        EventFilter(first="2024-12-05", last="2024-12-05"),
        EventFilter(entity=entity_id("Act 1")),
        EventFilter(text="11 COURT"),
    ]
    slow = [(queries.count_events(told, one), queries.count_by_status(told, one)) for one in wanted]
    event_table(told)
    quick = [(queries.count_events(told, one), queries.count_by_status(told, one)) for one in wanted]
    assert quick == slow
    for one in wanted:
        events = queries.timeline(told, one, limit=1000)
        marks = queries.marks(told, one)
        assert marks.id == tuple(event.id for event in events)
        assert marks.title == tuple(event.title for event in events)
    assert len(queries.marks(told, EventFilter(), limit=2)) == 2


def test_main_events_are_those_that_weigh_most_in_order_of_time(told):
    everything = queries.marks(told, EventFilter())
    heaviest = sorted(zip(everything.weight, everything.id, strict=True), reverse=True)
    least = heaviest[4][0]
    main = queries.timeline(told, EventFilter(main=5))
    assert len(main) == queries.count_events(told, EventFilter(main=5)) == 5
    assert [event.id for event in main] == [id_ for id_ in everything.id if id_ in {event.id for event in main}]
    assert all(weight_of_view(event) >= least for event in main)
    assert queries.ids_of(told, EventFilter(main=5)) == {event.id for event in main}
    assert queries.count_by_status(told, EventFilter(main=5)) == queries.count_by_status(told, EventFilter())


def test_changes_are_of_all_events_be_they_main_ones_or_not(told):
    everything = queries.changes(told, EventFilter(), since="2000-01-01")
    assert everything
    assert queries.changes(told, EventFilter(main=1), since="2000-01-01") == everything


def test_an_event_in_full_is_what_a_fold_over_its_thread_comes_to(told):
    for event in queries.timeline(told, EventFilter()):
        assert queries.event(told, event.id) == queries.event(told, event.id, as_of="9999-12-31")


def test_the_table_of_events_is_read_anew_after_a_write(told):
    before = len(queries.marks(told, EventFilter()))
    record(told, [extraction(90)], recorded_at=now(), extractor="test")
    assert len(queries.marks(told, EventFilter())) == queries.count_events(told, EventFilter())
    assert len(queries.marks(told, EventFilter())) >= before


def test_when_events_begin_is_told_without_the_few_that_lie_far_from_all_others(graph):
    assert queries.event_days(graph) == EventDays(None, None, 0, None, None)
    days = ["0001-01-01", "2925-05-01", *(f"2025-{at // 28 + 1:02}-{at % 28 + 1:02}" for at in range(12 * 28))]
    graph.write(lambda writer: writer.run(_EVENTS, rows=[{"id": f"ev{at}", "day": day} for at, day in enumerate(days)]))
    assert queries.event_days(graph) == EventDays("2025-01-01", "2025-12-28", 2, "0001-01-01", "2925-05-01")


# Events that begin on some days; returns nothing.
_EVENTS = """
UNWIND $rows AS row
CREATE (:Event {id: row.id, type: 'launch', status: 'occurred', title: 'A ferry sails', first_day: row.day,
    last_day: row.day, precision: 'day'})
"""


def test_entities_of_which_a_word_begins_so_come_first(graph):
    events = {"Museum of Ports": 3, "Eunice Roe": 1, "Old European Union": 2, "Ferry Board": 4}
    rows = [{"id": entity_id(name), "name": name, "events": count} for name, count in events.items()]
    graph.write(lambda writer: writer.run(_ENTITIES, rows=rows))
    found = ["Old European Union", "Eunice Roe", "Museum of Ports"]
    for most in (1, 2, 3):
        assert [one.name for one in queries.find_entities(graph, "eu", limit=most)] == found[:most]
    assert queries.resolve_entity(graph, "EU").name == "Old European Union"


# Entities that an article names and that are in so many events; returns nothing.
_ENTITIES = """
UNWIND $rows AS row
CREATE (:Article {id: row.id})-[:MENTIONS]->(x:Entity {id: row.id, name: row.name, kind: 'organization',
    aliases: [row.name]})
WITH x, row
UNWIND range(1, row.events) AS at
CREATE (:Event {id: row.id + toString(at), first_day: '2025-01-01', last_day: '2025-01-01'})
       -[:INVOLVES {role: 'agent'}]->(x)
"""


def test_articles_are_found_by_words_of_title_and_source(told):
    assert {view.title for view in queries.article_views(told, text="ruling 11 OUTLET")} == {"Court ruling 11"}
    assert queries.article_views(told, text="nothing like it") == ()
    assert queries.article_views(told, text="uling") == ()
    court, outlet = entity_id("The Court"), {f"Court ruling {number}" for number in (4, 11)}
    assert {view.title for view in queries.article_views(told, text="4 outlet")} == outlet
    assert {view.title for view in queries.article_views(told, text="4 outlet", entity=court)} == outlet
    assert queries.article_views(told, text="4 outlet", entity="nobody") == ()
    newest = [view.id for view in queries.article_views(told, text="outlet")]
    assert newest == [view.id for view in queries.article_views(told)]
    assert len(queries.article_views(told, text="outlet", limit=3)) == 3


@pytest.mark.parametrize(
    ("text", "in_texts", "found"),
    [
        ("60", True, {"days", "room"}),
        ("360", True, {"year"}),
        ('"60 days"', True, {"days"}),
        ("the", True, {"days"}),
        ("東京", True, {"room"}),
        ("z\u00f6lle", True, {"year"}),
        ("(draft) .*", True, {"year"}),
        ("60", False, {"room"}),
        ("60 outlet", False, {"room"}),
        ("utlet", False, set()),
    ],
)
def test_a_word_is_found_where_a_word_of_an_article_begins_with_it(graph, text, in_texts, found):
    rows = [
        {"id": "days", "title": "The ferry plan", "text": "It is due\nwithin 60 days."},
        {"id": "room", "title": "Room 60", "text": "Nothing. 新東京"},
        {"id": "year", "title": "A year", "text": "It has 360 days, Z\u00d6LLE and a (draft) .* of rules."},
    ]
    graph.write(lambda writer: writer.run(_ARTICLES, rows=rows))
    assert {view.id for view in queries.article_views(graph, text=text, in_texts=in_texts)} == found


# Articles of one outlet, each with its text; returns nothing.
_ARTICLES = """
UNWIND $rows AS row
MERGE (s:Source {id: 's1', name: 'Some Outlet'})
CREATE (s)-[:PUBLISHED]->(:Article {id: row.id, title: row.title})-[:HAS_VERSION]->
       (:Version {id: row.id, title: row.title, text: row.text})
"""


def test_a_list_of_articles_is_as_long_as_asked(told):
    assert len(queries.article_views(told, limit=5)) == 5


def test_articles_with_one_text_name_the_first(graph):
    first, later = extraction(1, published=date(2024, 12, 6)), extraction(1, id_=2, source="Another Outlet")
    record(graph, [later, first], recorded_at=now(), extractor="test")
    write_copy(graph, "article-1", "article-2")
    assert [view.id for view in queries.same_text(graph, "article-2")] == ["article-1", "article-2"]
    assert queries.same_text(graph, "article-2") == queries.same_text(graph, "article-1")


def write_copy(graph, one, other):
    """The sample's texts are too short to be taken for copies."""
    graph.write(
        lambda writer: writer.run(
            "MATCH (a:Article {id: $one}) MATCH (b:Article {id: $other}) MERGE (a)-[:COPY_OF]->(b)",
            one=one,
            other=other,
        )
    )


def test_an_entity_merged_of_two_tells_of_both(told):
    one, other = entity_id("Apple"), entity_id("The Court")
    judge(
        told,
        Judgement(
            Matter.ENTITY, Verdict.SAME, EntityAnchor(one, "Apple"), EntityAnchor(other, "The Court"),
            by="Ann", at="2026-01-01T10:00:00+00:00",
        ),
    )  # fmt: skip
    merged = queries.resolve_entity(told, "Apple")
    found = queries.members(told, merged.id)
    assert {member.id for member in found} == {one, other}
    assert found[0].id == merged.id
    assert {view.name for view in queries.names_over_time(told, merged.id)} == {"Apple", "The Court"}
    assert queries.find_entities(told, "")[0].articles > 0


def test_possible_duplicates_bring_the_claims_that_told_first(told):
    for twins in queries.possible_twins(told):
        assert [claim.event for claim in twins.claims] == [twins.one.id, twins.other.id]


def test_what_is_there_is_counted_alike_now_and_as_of_a_day_after_all(told):
    now_, then = queries.overview(told), queries.overview(told, as_of="2030-01-01")
    assert now_ == then


@pytest.mark.parametrize(("title", "cypher"), examples(), ids=[title for title, _ in examples()])
def test_every_example_of_the_query_page_runs(told, title, cypher):
    told.query(cypher, {}, row_limit=100, timeout=10)


@pytest.fixture
def read_aside(told):
    """The titles of all events, kept beside the graph at once, and how often they were read of it."""
    told.beside("titles").unlink(missing_ok=True)
    asked = []

    def read(graph):
        asked.append(graph)
        return graph.read("MATCH (e:Event) RETURN collect(e.title) AS titles")[0]

    def reader():
        return UntilWrittenAside("titles", read, lambda row: sorted(row["titles"]), form=1, long=0.0, quiet=0.0)

    return reader, asked


def _wait_for(file, seconds=PATIENCE):
    until = time.monotonic() + seconds
    while not file.exists():
        assert time.monotonic() < until, f"{file} was not kept"
        time.sleep(0.02)


def test_who_starts_while_nobody_writes_reads_a_file_and_not_the_graph(told, read_aside):
    reader, asked = read_aside
    file = told.beside("titles")
    titles = reader()(told)
    _wait_for(file)
    assert reader()(told) == titles
    assert len(asked) == 1
    file.unlink()
    assert reader()(told) == titles
    assert len(asked) == 2


def test_what_was_put_aside_before_a_write_is_read_anew(told, read_aside):
    reader, _ = read_aside
    one = reader()
    one(told)
    _wait_for(told.beside("titles"))
    told.write(lambda writer: writer.run("MATCH (e:Event) SET e.title = 'A ferry sails'"))
    assert set(one(told)) == set(reader()(told)) == {"A ferry sails"}


def test_what_is_soon_read_is_not_put_aside(told):
    file = told.beside("soon")
    one = UntilWrittenAside("soon", lambda graph: graph.read("RETURN 1 AS one"), list, form=1, long=600.0, quiet=0.0)
    one(told)
    time.sleep(0.2)
    assert not file.exists()


def test_everything_that_is_put_aside_comes_back_as_it_was(told):
    from kb.queries.days import _days
    from kb.queries.entities import _parts
    from kb.queries.glance import _lately
    from kb.queries.names import all_names
    from kb.queries.overdue import _plans
    from kb.queries.past import _threads

    for kept in (event_table, _parts, all_names, _plans, _threads, _days, _lately):
        read = kept._ask(told)
        assert _plainly(kept._make(json.loads(json.dumps(read)))) == _plainly(kept._make(read))


def _plainly(made):
    return asdict(made) if is_dataclass(made) else made
