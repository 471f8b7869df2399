"""Of which kind a thing is that articles take for several: by vote, in any order, on any day. Runs over every store."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from kb import queries
from kb.config import Settings
from kb.errors import SchemaMismatch
from kb.ids import entity_id
from kb.model import Article, Entity, EntityKind, Extraction, Span
from kb.store import Graph, open_graph, schema
from kb.store.backup import write_backup
from kb.store.rebuilding import rebuild
from kb.store.record import record
from kb.store.restoring import restore
from kb.store.withdrawing import reinstate, withdraw
from tests.contract.synthetic import now, picture

AT = "2026-02-01T10:00:00+00:00"
COMPANY, PERSON, PLACE, PRODUCT = (EntityKind(kind) for kind in ("company", "person", "place", "product"))
DAY = date(2024, 5, 1)


def article(id_: str, named: Mapping[str, EntityKind], *, published: date = DAY, text: str = "") -> Extraction:
    """Article `id_`, which takes each of these names for a thing of that kind."""
    text = text or ", ".join(named) + " met."
    entities = tuple(
        Entity(entity_id(name), name, kind, (Span(start, start + len(name), name),))
        for name, kind in named.items()
        for start in [text.index(name)]
    )
    return Extraction(Article(id_, text, title=id_, published=published), (), entities, ())


def taken_for(*kinds: EntityKind, name: str = "Orvane") -> list[Extraction]:
    """Articles, one for each kind that they take Orvane for; each is published a day after the one before."""
    return [article(f"k{n}", {name: kind}, published=date(2024, 5, 1 + n)) for n, kind in enumerate(kinds)]


def write(graph: Graph, *extractions: Extraction) -> None:
    record(graph, extractions, recorded_at=now(), extractor="test")


def kind(graph: Graph, name: str = "Orvane", *, as_of: str | None = None) -> str:
    (hit,) = queries.find_entities(graph, name, as_of=as_of)
    return hit.kind


def counted(graph: Graph) -> dict[str, tuple[str, dict[str, int]]]:
    """What the graph keeps of each entity: its kind, and how many articles take it for what."""
    rows = graph.read("MATCH (e:Entity) RETURN e.id AS id, e.kind AS kind, e.kinds AS kinds, e.votes AS votes")
    return {row["id"]: (row["kind"], dict(zip(row["kinds"], row["votes"], strict=True))) for row in rows}


@pytest.mark.parametrize(
    ("kinds", "wanted"),
    [
        pytest.param((PERSON,), PERSON, id="one article"),
        pytest.param((PERSON, COMPANY, COMPANY), COMPANY, id="most articles"),
        pytest.param((PRODUCT, PLACE), PLACE, id="as many: the first in order"),
        pytest.param((PLACE, PRODUCT, PERSON, PRODUCT), PRODUCT, id="most though not half"),
    ],
)
def test_a_thing_is_what_most_articles_take_it_for(
    graph: Graph, kinds: tuple[EntityKind, ...], wanted: EntityKind
) -> None:
    write(graph, *taken_for(*kinds))
    assert kind(graph) == wanted
    assert counted(graph)[entity_id("Orvane")] == (wanted, dict(Counter(kinds)))


def test_what_the_gazetteer_knows_needs_no_votes(graph: Graph) -> None:
    write(graph, *taken_for(PERSON, PERSON, PERSON, name="Apple"))
    assert kind(graph, "Apple") == "company"
    assert kind(graph, "Apple", as_of="2024-05-02") == "company"


def test_each_day_shows_the_kind_that_was_known_on_it(graph: Graph) -> None:
    write(graph, *taken_for(PERSON, COMPANY, COMPANY))
    assert [kind(graph, as_of=f"2024-05-0{day}") for day in (1, 2, 3)] == ["person", "person", "company"]


def test_names_of_one_thing_vote_together(graph: Graph) -> None:
    same = {"Ohio Board": EntityKind.AGENCY, "Rolf Inger": PERSON, "Toledo Works": COMPANY}
    write(graph, article("a1", {"Orvane Group": EntityKind.ORGANIZATION} | same))
    write(graph, *(article(f"b{n}", {"Orvane": COMPANY} | same) for n in range(2)))
    (hit,) = queries.find_entities(graph, "Orvane")
    assert (set(hit.aliases), hit.kind) == ({"Orvane", "Orvane Group"}, "company")
    write(graph, *(article(f"c{n}", {"Orvane Group": EntityKind.ORGANIZATION} | same) for n in range(2)))
    assert kind(graph) == "organization"


def test_an_article_that_is_told_anew_or_withdrawn_votes_no_more(graph: Graph) -> None:
    write(graph, *taken_for(PERSON, COMPANY, COMPANY))
    write(graph, article("k1", {"Orvane": PERSON}, text="Orvane spoke."))
    assert counted(graph)[entity_id("Orvane")] == ("person", {"person": 2, "company": 1})
    write(graph, article("k1", {"Toledo Works": COMPANY}))
    assert counted(graph)[entity_id("Orvane")] == ("person", {"person": 1, "company": 1})
    withdraw(graph, ["k0"], at=AT, by="Ann", because="retracted")
    assert counted(graph)[entity_id("Orvane")] == ("company", {"company": 1})
    assert kind(graph, as_of="2024-05-01") == "person"
    reinstate(graph, ["k0"])
    assert counted(graph)[entity_id("Orvane")] == ("person", {"person": 1, "company": 1})


def test_one_who_becomes_a_person_is_found_among_people(graph: Graph) -> None:
    beside = {"Ohio Board": EntityKind.AGENCY, "Toledo Works": COMPANY, "Erie Mills": COMPANY}
    whole = [article(f"w{n}", {"Rolf Orvane": PERSON} | beside) for n in range(2)]
    write(graph, *whole, article("s1", {"Orvane": COMPANY} | beside))
    assert len(queries.find_entities(graph, "Orvane")) == 2
    write(graph, *(article(f"t{n}", {"Orvane": PERSON} | beside) for n in range(2)))
    (hit,) = queries.find_entities(graph, "Orvane")
    assert (hit.name, hit.kind) == ("Rolf Orvane", "person")


_NAMES = ("Orvane", "Rolf Orvane", "Apple", "Toledo Works", "Ohio Board")


def _arrivals(chance: random.Random) -> Iterator[Extraction]:
    """Versions of eight articles, each of which names a few things for something or other."""
    for n in range(20):
        names = chance.sample(_NAMES, 3)
        text = f"{', '.join(names)} met on day {n}."
        kinds = {name: chance.choice((COMPANY, PERSON, PLACE)) for name in names}
        yield article(f"d{chance.randrange(8)}", kinds, text=text)


@pytest.mark.parametrize("seed", range(4))
def test_counts_are_those_of_the_articles_that_stand_however_they_came(graph: Graph, seed: int) -> None:
    chance = random.Random(seed)
    standing: dict[str, Extraction] = {}
    for told in _arrivals(chance):
        write(graph, told)
        write(graph, told)
        standing[told.article.id] = told
    gone = chance.sample(sorted(standing), 2)
    for id_ in gone:
        withdraw(graph, [id_], at=AT, by="Ann", because="retracted")
    reinstate(graph, gone[:1])
    for id_ in gone[1:]:
        del standing[id_]
    votes = Counter((entity.id, entity.kind.value) for told in standing.values() for entity in told.entities)
    held = counted(graph)
    assert {(id_, kind): n for id_, (_, kinds) in held.items() for kind, n in kinds.items()} == votes
    before = picture(graph)
    rebuild(graph, on_progress=lambda *_: None)
    assert picture(graph) == before


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_arrival_changes_no_kind(graph: Graph, empty: object, seed: int) -> None:
    chance = random.Random(seed)
    told = list({one.article.id: one for one in _arrivals(chance)}.values())
    write(graph, *told)
    together = picture(graph)
    empty()  # type: ignore[operator]
    chance.shuffle(told)
    for one in told:
        write(graph, one)
    assert picture(graph) == together


def _as_before(graph: Graph) -> None:
    """Make the graph one of version 10, which had no votes and took the first kind in order."""
    graph.write(lambda w: w.run("MATCH (e:Entity) SET e.kinds = null, e.votes = null, e.kind = 'person'"))
    graph.write(lambda w: schema.note_schema(w, 10))


def test_a_rebuild_brings_a_store_of_version_10_over(graph: Graph, settings_for_server: Settings) -> None:
    write(graph, *taken_for(PERSON, COMPANY, COMPANY))
    now_ = picture(graph)
    _as_before(graph)
    try:
        with pytest.raises(SchemaMismatch, match=r"version 10 of the schema.*: run 'chronograph rebuild' once"):
            open_graph(settings_for_server)
        with open_graph(settings_for_server, older=True) as older:
            rebuild(older, on_progress=lambda *_: None)
        with open_graph(settings_for_server) as again:
            assert picture(again) == now_
    finally:
        graph.write(schema.note_schema)


def test_a_backup_of_version_10_is_restored_as_such(
    graph: Graph, settings_for_server: Settings, tmp_path, monkeypatch: pytest.MonkeyPatch, empty: object
) -> None:
    write(graph, *taken_for(PERSON, COMPANY, COMPANY))
    now_ = picture(graph)
    _as_before(graph)
    monkeypatch.setattr("kb.store.backup.VERSION", 10)
    write_backup(graph, tmp_path / "data", tmp_path / "old.backup", on_progress=lambda *_: None)
    monkeypatch.undo()
    empty()  # type: ignore[operator]
    try:
        graph.write(schema.note_schema)
        restore(graph, tmp_path / "data", tmp_path / "old.backup", on_progress=lambda *_: None)
        with pytest.raises(SchemaMismatch, match="run 'chronograph rebuild' once"):
            open_graph(settings_for_server)
        rebuild(graph, on_progress=lambda *_: None)
        assert picture(graph) == now_
    finally:
        graph.write(schema.note_schema)
