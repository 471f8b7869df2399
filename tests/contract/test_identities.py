"""Who is who in the graph: found as articles come and go, whatever their order, and never against a judgement."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

import pytest

from kb import queries
from kb.ids import entity_id
from kb.judgement import EntityAnchor, Judgement, Matter, Verdict
from kb.model import Article, Entity, EntityKind, Extraction, Span
from kb.queries import EventFilter
from kb.resolve.blocks import LARGEST_BLOCK
from kb.store import Graph, identities
from kb.store.judgements import judge, undo
from kb.store.rebuilding import rebuild
from kb.store.record import record
from kb.store.withdrawing import reinstate, withdraw
from tests.contract.synthetic import now, picture
from tests.golden.extracted import extract_all

AT = "2026-02-01T10:00:00+00:00"
COMPANY, PERSON, AGENCY, PLACE = (EntityKind(kind) for kind in ("company", "person", "agency", "place"))

STORIES = {
    "a1": (("Ardena Group", COMPANY), ("Ohio Board", AGENCY), ("Rolf Inger", PERSON)),
    "a2": (("Ardena", COMPANY), ("Ohio Board", AGENCY), ("Inger", PERSON)),
    "a3": (("Rolf Inger", PERSON), ("Ardena", COMPANY), ("Toledo Works", COMPANY)),
    "a4": (("Anna Berg", PERSON), ("Ohio Board", AGENCY)),
    "a5": (("Karl Berg", PERSON), ("Ohio Board", AGENCY)),
    "a6": (("Berg", PERSON), ("Ohio Board", AGENCY)),
    "a7": (("Inger", PERSON), ("Ohio Board", AGENCY), ("Ardena", COMPANY), ("Toledo Works", COMPANY)),
}


def article(id_: str, text: str = "", *, published: date | None = None) -> Extraction:
    """Article `id_`; of two the one with the higher number was published first."""
    names = STORIES[id_]
    published = published or date(2024, 5, 20 - int(id_[1:]))
    text = text or ", ".join(name for name, _ in names) + " met."
    entities = []
    for name, kind in names:
        if name in text:
            start = text.index(name)
            entities.append(Entity(entity_id(name), name, kind, (Span(start, start + len(name), name),)))
    return Extraction(Article(id_, text, title=id_, published=published), (), tuple(entities), ())


def write(graph: Graph, *extractions: Extraction) -> None:
    record(graph, extractions, recorded_at=now(), extractor="test")


def one(graph: Graph, name: str, other: str) -> bool:
    """True if the graph takes both for one."""
    rows = graph.read(
        "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN coalesce(e.canonical, e.id) AS id",
        ids=[entity_id(name), entity_id(other)],
    )
    return len(rows) == 2 and len({row["id"] for row in rows}) == 1


def test_two_names_of_one_thing_become_one(graph: Graph) -> None:
    write(graph, *map(article, ("a1", "a2", "a3", "a7")))
    assert one(graph, "Ardena", "Ardena Group")
    assert one(graph, "Inger", "Rolf Inger")
    (found,) = [row for row in queries.find_entities(graph, "Ardena") if "Ardena" in row.name]
    assert set(found.aliases) == {"Ardena", "Ardena Group"}


def test_a_name_is_found_though_it_is_misspelt(graph: Graph) -> None:
    write(graph, *map(article, ("a1", "a2", "a3", "a7")))
    assert [hit.name for hit in queries.entities_spelt_like(graph, "Ingre")] == ["Rolf Inger"]
    assert [hit.name for hit in queries.entities_spelt_like(graph, "rölf ingre")] == ["Rolf Inger"]
    assert queries.entities_spelt_like(graph, "Quixote") == []
    assert queries.entities_spelt_like(graph, "  ") == []
    assert queries.entities_spelt_like(graph, "Inger " * 1000) == []


def test_a_surname_that_fits_two_is_neither(graph: Graph) -> None:
    write(graph, *map(article, ("a4", "a5", "a6")))
    assert not one(graph, "Berg", "Anna Berg")
    assert not one(graph, "Berg", "Karl Berg")
    assert not one(graph, "Anna Berg", "Karl Berg")


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_arrival_and_a_rebuild_change_nothing(graph: Graph, seed: int) -> None:
    write(graph, *map(article, STORIES))
    together = picture(graph)
    graph.write(lambda writer: writer.run("MATCH (n) WHERE NOT n:Meta DETACH DELETE n"))
    ids = list(STORIES)
    random.Random(seed).shuffle(ids)
    for id_ in ids:
        write(graph, article(id_))
    assert picture(graph) == together
    rebuild(graph, on_progress=lambda *_: None)
    assert picture(graph) == together


def crowd(chance: random.Random, id_: str) -> Extraction:
    """An article about a few of many who may be taken for each other."""
    people = [f"{first} {last}" for first in ("Ann", "Al", "Bob", "Bea", "Cy") for last in ("Smith", "Berg", "Inger")]
    people += ["Smith", "Berg", "Inger", "A. Smith", "B. Berg", "C. Inger"]
    bodies = ["Ardena", "Ardena Group", "Ardena Holdings", "Ohio Board", "Board of Ohio Mills", "BOM"]
    day = date(2024, 5, chance.randrange(1, 9))
    return persons(id_, *chance.sample(people, 4), others=chance.sample(bodies, 2), published=day)


@pytest.mark.parametrize("seed", range(4))
def test_newcomers_leave_what_a_rebuild_makes(graph: Graph, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(identities, "LARGEST_BLOCK", 4)
    chance = random.Random(seed)
    for n in range(14):
        write(graph, crowd(chance, f"c{n}"))
    write(graph, crowd(chance, "c3"), crowd(chance, "c14"))
    arrived = picture(graph)
    assert graph.read("MATCH (:Entity)-[r:LIKELY]->(:Entity) RETURN r.points AS points")
    rebuild(graph, on_progress=lambda *_: None)
    assert picture(graph) == arrived


def test_what_an_article_no_longer_says_joins_nothing(graph: Graph) -> None:
    write(graph, *map(article, ("a1", "a2")))
    assert one(graph, "Ardena", "Ardena Group")
    write(graph, article("a1", "Rolf Inger met."))
    assert not one(graph, "Ardena", "Ardena Group")
    assert graph.read("MATCH (e:Entity {id: $id}) RETURN e.id", id=entity_id("Ardena Group")) == []


def canonical(graph: Graph, name: str) -> str | None:
    (row,) = graph.read("MATCH (e:Entity {id: $id}) RETURN e.canonical AS canonical", id=entity_id(name))
    return row["canonical"]


def test_who_was_named_first_is_the_canonical_one_as_long_as_that_stands(graph: Graph) -> None:
    short, long = "Ardena", "Ardena Group"
    write(graph, article("a1", published=date(2024, 5, 2)), article("a2", published=date(2024, 5, 3)))
    assert (canonical(graph, short), canonical(graph, long)) == (entity_id(long), None)
    write(graph, article("a3", published=date(2024, 5, 4)), article("a7", published=date(2024, 5, 5)))
    assert canonical(graph, long) is None
    write(graph, article("a3", published=date(2024, 4, 30)))
    assert (canonical(graph, short), canonical(graph, long)) == (None, entity_id(short))
    withdraw(graph, ["a3"], at=AT, by="Ann", because="mistaken")
    assert (canonical(graph, short), canonical(graph, long)) == (entity_id(long), None)
    reinstate(graph, ["a3"])
    assert canonical(graph, long) == entity_id(short)
    arrived = picture(graph)
    rebuild(graph, on_progress=lambda *_: None)
    assert picture(graph) == arrived


def test_a_judgement_keeps_apart_what_the_names_join_until_it_is_taken_back(graph: Graph) -> None:
    write(graph, *map(article, ("a1", "a2")))
    sides = [EntityAnchor(entity_id(name), name) for name in ("Ardena", "Ardena Group")]
    made = judge(graph, Judgement(Matter.ENTITY, Verdict.DIFFERENT, *sides, by="Ann", at=AT, why="two"))
    assert not one(graph, "Ardena", "Ardena Group")
    write(graph, article("a3"))
    assert not one(graph, "Ardena", "Ardena Group")
    undo(graph, made.id)
    assert one(graph, "Ardena", "Ardena Group")


def test_a_thousand_entities_of_one_surname_are_written_and_joined_with_nobody(graph: Graph) -> None:
    names = [f"{first}{n} Smith" for n in range(250) for first in ("Ann", "Bob", "Cy", "Di")]
    text = ", ".join((*names, "Smith"))
    entities, at = [], 0
    for name in (*names, "Smith"):
        entities.append(Entity(entity_id(name), name, PERSON, (Span(at, at + len(name), name),)))
        at += len(name) + 2
    write(graph, Extraction(Article("many", text, title="many"), (), tuple(entities), ()))
    assert graph.read("MATCH (e:Entity) WHERE e.canonical IS NOT NULL RETURN e.id") == []


def articles_on(told: list[tuple[str, str, str]]) -> list[Extraction]:
    """What the default pipeline reads in these articles: id, day and text."""
    articles = [
        Article(id=name, text=text, title=name, published=date.fromisoformat(day), source=f"Paper {name}")
        for name, day, text in told
    ]
    return extract_all(articles)


STRIKER = ("s1", "2025-02-01", "John Smith, a striker, signed for Ajax on January 30, 2025 in Amsterdam.")
AGAIN = ("s3", "2025-02-03", "John Smith, the Ajax striker, was arrested on February 2, 2025 in Amsterdam.")
SENATOR = ("s2", "2025-02-02", "John Smith, a senator, introduced a bill on January 31, 2025 in Washington.")
SILENT = ("s4", "2025-02-04", "John Smith visited Paris on February 3, 2025.")


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)], ids=["forwards", "backwards", "mixed"])
def test_two_people_of_one_name_stay_two_where_their_callings_part_them(graph: Graph, order: tuple[int, ...]) -> None:
    found = articles_on([STRIKER, SENATOR, AGAIN, SILENT])
    for number in order:
        write(graph, found[number])
    hits = queries.find_entities(graph, "John Smith")
    assert sorted(hit.articles for hit in hits) == [2, 2]
    striker, senator = (queries.entity(graph, hit.id) for hit in hits)
    assert striker is not None
    assert senator is not None
    assert {view.id for view in (*striker.articles, *senator.articles)} == {"s1", "s2", "s3", "s4"}
    assert {"s1", "s3"} in ({view.id for view in striker.articles}, {view.id for view in senator.articles})
    assert [view.id for view in striker.namesakes] == [senator.entity.id]
    once = picture(graph)
    rebuild(graph, on_progress=lambda what, count: None)
    assert picture(graph) == once


ELDER = ("b1", "2025-02-01", "John Smith (1905–1988), a politician, was honoured on January 30, 2025 in Ottawa.")
YOUNGER = ("b2", "2025-02-02", "John Smith, born in 1948, introduced a bill on January 31, 2025 in Ottawa.")


def test_two_people_of_one_name_and_calling_stay_two_where_their_births_part_them(graph: Graph) -> None:
    for extraction_ in articles_on([ELDER, YOUNGER]):
        write(graph, extraction_)
    assert [hit.articles for hit in queries.find_entities(graph, "John Smith")] == [1, 1]
    once = picture(graph)
    rebuild(graph, on_progress=lambda what, count: None)
    assert picture(graph) == once


IN_LEEDS = ("o1", "2025-02-01", "Leeds mayor John Smith opened a bridge with Ann Lee on January 30, 2025.")
IN_LEEDS_AGAIN = ("o2", "2025-02-03", "John Smith, the mayor of Leeds, fined Acme Corp on February 2, 2025.")
IN_YORK = ("o3", "2025-02-02", "John Smith, mayor of York, signed a contract with Borealis Corp on January 31, 2025.")
WITH_LEE = ("o4", "2025-02-05", "John Smith and Ann Lee visited Paris on February 4, 2025.")


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)], ids=["forwards", "backwards", "mixed"])
def test_two_people_of_one_name_stay_two_where_one_office_in_two_places_parts_them(
    graph: Graph, order: tuple[int, ...]
) -> None:
    found = articles_on([IN_LEEDS, IN_LEEDS_AGAIN, IN_YORK, WITH_LEE])
    for number in order:
        write(graph, found[number])
    hits = queries.find_entities(graph, "John Smith")
    read = [{view.id for view in detail.articles} for hit in hits if (detail := queries.entity(graph, hit.id))]
    assert sorted(map(sorted, read)) == [["o1", "o2", "o4"], ["o3"]]
    assert sorted(hit.roles for hit in hits) == [("mayor of Leeds",), ("mayor of York",)]
    assert {hit.roles for hit in queries.find_entities(graph, "John Smith", as_of="2025-02-02")} == {()}
    once = picture(graph)
    rebuild(graph, on_progress=lambda what, count: None)
    assert picture(graph) == once


def test_one_whose_birth_is_told_once_is_one(graph: Graph) -> None:
    for extraction_ in articles_on([YOUNGER, SILENT]):
        write(graph, extraction_)
    (hit,) = queries.find_entities(graph, "John Smith")
    assert hit.articles == 2


def test_one_of_whom_nothing_is_told_is_the_only_one_of_that_name(graph: Graph) -> None:
    for extraction_ in articles_on([STRIKER, SILENT]):
        write(graph, extraction_)
    (hit,) = queries.find_entities(graph, "John Smith")
    assert hit.articles == 2


def test_a_renamed_company_is_one_and_goes_by_the_name_of_the_day(graph: Graph) -> None:
    told = [
        ("x1", "2022-11-01", "Elon Musk completed his takeover of Twitter on October 27, 2022."),
        ("x2", "2024-05-20", "X Corp., formerly known as Twitter, sued a watchdog on May 17, 2024."),
    ]
    first, second = articles_on(told)
    write(graph, first)
    assert [hit.name for hit in queries.find_entities(graph, "Twitter")] == ["Twitter"]
    write(graph, second)
    (now_,) = queries.find_entities(graph, "Twitter")
    (then,) = queries.find_entities(graph, "Twitter", as_of="2023-01-01")
    assert (now_.id, now_.name, then.id, then.name) == (now_.id, "X", now_.id, "Twitter")
    assert then.aliases == ("Twitter",)
    detail = queries.entity(graph, now_.id)
    assert detail is not None
    assert [(view.name, view.first, view.last) for view in detail.names if view.name == "Twitter"] == [
        ("Twitter", "2022-11-01", "2024-05-20")
    ]
    before = queries.timeline(graph, EventFilter(as_of="2023-01-01"))
    assert {actor.name for event in before for actor in event.actors} == {"Elon Musk", "Twitter"}


def persons(
    id_: str, *names: str, others: Sequence[str] = ("Ohio Board",), published: date = date(2024, 5, 1)
) -> Extraction:
    """An article that names these people and the Ohio Board, or other bodies."""
    text = ", ".join((*names, *others)) + " met."
    kinds = [(name, PERSON) for name in names] + [(name, AGENCY) for name in others]
    spans = [(name, kind, text.index(name)) for name, kind in kinds]
    entities = tuple(Entity(entity_id(n), n, k, (Span(at, at + len(n), n),)) for n, k, at in spans)
    return Extraction(Article(id_, text, title=id_, published=published), (), entities, ())


def test_a_surname_that_too_many_bear_stops_telling_and_tells_again_when_they_go(graph: Graph) -> None:
    write(graph, persons("b1", "Bea Smith"), persons("b2", "B. Smith"))
    assert one(graph, "Bea Smith", "B. Smith")
    others = [f"Bo{chr(97 + n // 26)}{chr(97 + n % 26)} Smith" for n in range(LARGEST_BLOCK)]
    write(graph, persons("b3", *others[: LARGEST_BLOCK - 4]))
    assert one(graph, "Bea Smith", "B. Smith")
    write(graph, persons("b4", *others[LARGEST_BLOCK - 4 :]))
    assert not one(graph, "Bea Smith", "B. Smith")
    crowded = picture(graph)
    rebuild(graph, on_progress=lambda *_: None)
    assert picture(graph) == crowded
    write(graph, persons("b4", "Tom Field"))
    assert one(graph, "Bea Smith", "B. Smith")
