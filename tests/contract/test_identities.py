"""Who is who in the graph: found as articles come and go, whatever their order, and never against a judgement."""

from __future__ import annotations

import random
from datetime import date

import pytest

from kb import queries
from kb.ids import entity_id
from kb.judgement import EntityAnchor, Judgement, Matter, Verdict
from kb.model import Article, Entity, EntityKind, Extraction, Span
from kb.resolve.blocks import LARGEST_BLOCK
from kb.store import Graph
from kb.store.judgements import judge, undo
from kb.store.rebuilding import rebuild
from kb.store.record import record
from tests.contract.synthetic import now, picture

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


def article(id_: str, text: str = "") -> Extraction:
    names = STORIES[id_]
    text = text or ", ".join(name for name, _ in names) + " met."
    entities = []
    for name, kind in names:
        if name in text:
            start = text.index(name)
            entities.append(Entity(entity_id(name), name, kind, (Span(start, start + len(name), name),)))
    return Extraction(Article(id_, text, title=id_, published=date(2024, 5, 1)), (), tuple(entities), ())


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


def test_what_an_article_no_longer_says_joins_nothing(graph: Graph) -> None:
    write(graph, *map(article, ("a1", "a2")))
    assert one(graph, "Ardena", "Ardena Group")
    write(graph, article("a1", "Rolf Inger met."))
    assert not one(graph, "Ardena", "Ardena Group")
    assert graph.read("MATCH (e:Entity {id: $id}) RETURN e.id", id=entity_id("Ardena Group")) == []


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


def persons(id_: str, *names: str) -> Extraction:
    """An article that names these people and the Ohio Board."""
    text = ", ".join((*names, "Ohio Board")) + " met."
    kinds = [(name, PERSON) for name in names] + [("Ohio Board", AGENCY)]
    spans = [(name, kind, text.index(name)) for name, kind in kinds]
    entities = tuple(Entity(entity_id(n), n, k, (Span(at, at + len(n), n),)) for n, k, at in spans)
    return Extraction(Article(id_, text, title=id_, published=date(2024, 5, 1)), (), entities, ())


def test_a_surname_that_too_many_bear_stops_telling_and_tells_again_when_they_go(graph: Graph) -> None:
    write(graph, persons("b1", "Bea Smith"), persons("b2", "B. Smith"))
    assert one(graph, "Bea Smith", "B. Smith")
    others = [f"Zo{chr(97 + n // 26)}{chr(97 + n % 26)} Smith" for n in range(LARGEST_BLOCK)]
    write(graph, persons("b3", *others[:30]))
    assert one(graph, "Bea Smith", "B. Smith")
    write(graph, persons("b4", *others[30:]))
    assert not one(graph, "Bea Smith", "B. Smith")
    crowded = picture(graph)
    rebuild(graph, on_progress=lambda *_: None)
    assert picture(graph) == crowded
    write(graph, persons("b4", "Tom Field"))
    assert one(graph, "Bea Smith", "B. Smith")
