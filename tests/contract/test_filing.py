"""The index of places follows its graph, whatever became of either. Runs over every store."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, LiteralString

import pytest

from kb.config import Settings
from kb.fold import ReportedClaim
from kb.fold.likeness import Link
from kb.fold.packing import unpack
from kb.fold.reported import reported_claims
from kb.fold.rulings import Pair
from kb.judgement import Judgement, Matter, Verdict
from kb.store import Graph, filing, folding_cypher, open_graph
from kb.store.filing import claims_near, standing_claims
from kb.store.folding import refold
from kb.store.graph import Writer
from kb.store.judgements import anchor_of_claim, anchor_of_entity, judge, undo
from kb.store.rebuilding import rebuild
from kb.store.record import record
from kb.store.withdrawing import reinstate, withdraw
from tests.contract.synthetic import extraction, now, picture


def write(graph: Graph, *numbers: int) -> None:
    record(graph, [extraction(number) for number in numbers], recorded_at=now(), extractor="test")


def probe(*numbers: int) -> list[ReportedClaim]:
    return [claim for number in numbers for claim in reported_claims(extraction(number))]


def index_of(graph: Graph) -> Path:
    """The file of the index; nobody but a test needs to know."""
    return graph.places()._path


def copy_index(graph: Graph, to: Path) -> None:
    """Copy the index as it is, with what waits beside its file."""
    with closing(sqlite3.connect(index_of(graph))) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)


def near(graph: Graph, *numbers: int) -> set[str]:
    return {other.id for _, other in claims_near(graph, probe(*numbers))}


def kept(graph: Graph, *numbers: int) -> dict[str, ReportedClaim]:
    """The claims that stand in the index, of articles by number."""
    ids = {claim.id for claim in probe(*numbers)}
    with graph.places() as places:
        told = places.kept_of([f"article-{number}" for number in numbers])
    return {claim.id: replace(claim, origin="") for data in told.values() for claim in unpack(data, ids)}


def stands(graph: Graph, *numbers: int) -> dict[str, ReportedClaim]:
    """The same, of the graph. Where a text was printed first is of no matter to what links claims."""
    claims = standing_claims(graph.read, [f"article-{number}" for number in numbers])
    return {claim.id: replace(claim, origin="") for claim in claims}


def names(graph: Graph) -> set[tuple[str, str]]:
    """Under which keys the entities of these tests are filed."""
    entities = {entity.id for number in range(6) for entity in extraction(number).entities}
    return graph.write(lambda writer: filing.places_of(writer).name_keys(entities))


def naming(graph: Graph) -> dict[str, tuple[str | None, list[str]]]:
    """Whom the articles of these tests name, and when they were published, as the index has it."""
    articles = [f"article-{number}" for number in range(6)]
    found = graph.write(lambda writer: filing.places_of(writer).naming_of(articles))
    return {id_: (published, sorted(entities)) for id_, (published, entities) in found.items()}


def named(graph: Graph) -> dict[str, tuple[str | None, list[str]]]:
    """The same, as the graph has it."""
    rows = graph.read(
        "MATCH (a:Article)-[:MENTIONS]->(e:Entity) RETURN a.id AS id, a.published AS published, e.id AS entity"
    )
    found: dict[str, tuple[str | None, list[str]]] = {}
    for row in rows:
        found.setdefault(row["id"], (row["published"], []))[1].append(row["entity"])
    return {id_: (published, sorted(entities)) for id_, (published, entities) in found.items()}


def lose(graph: Graph) -> None:
    for file in index_of(graph).parent.glob(index_of(graph).name + "*"):
        file.unlink()


def damage(graph: Graph) -> None:
    lose(graph)
    index_of(graph).write_bytes(b"nothing of use " * 400)


def belong_to_another(graph: Graph) -> None:
    with graph.places() as places:
        places.note("another graph", 10**6)


def run_ahead(graph: Graph) -> None:
    with graph.places() as places:
        seen = places.seen
        assert seen
        places.note(seen[0], seen[1] + 1000)


@pytest.mark.parametrize("harm", [lose, damage, belong_to_another, run_ahead])
def test_an_index_that_does_not_fit_is_made_anew(graph: Graph, harm: Callable[[Graph], None]) -> None:
    write(graph, *range(6))
    before = near(graph, *range(6))
    assert before
    called = names(graph)
    assert called
    harm(graph)
    write(graph, 6)
    assert near(graph, *range(6)) >= before
    assert near(graph, *range(7)) > before
    assert names(graph) == called


def test_what_was_filed_while_the_index_was_elsewhere_is_made_good(graph: Graph, tmp_path: Path) -> None:
    write(graph, 0, 1)
    kept = tmp_path / "kept.sqlite"
    copy_index(graph, kept)
    write(graph, 2, 3)
    withdraw(graph, ["article-0"], at=now(), by="Ann", because="wrong")
    after = near(graph, *range(4))
    lose(graph)
    shutil.copy(kept, index_of(graph))
    assert near(graph, *range(4)) == after


def add(graph: Graph) -> None:
    write(graph, 2, 3)


def tell_anew(graph: Graph) -> None:
    """Article 1 names another act now, and nobody the one that it named."""
    record(graph, [extraction(0, id_=1)], recorded_at=now(), extractor="test")


def withdraw_one(graph: Graph) -> None:
    withdraw(graph, ["article-1"], at=now(), by="Ann", because="wrong")


def rebuild_it(graph: Graph) -> None:
    rebuild(graph, on_progress=lambda *_: None)


@pytest.mark.parametrize("change", [add, tell_anew, withdraw_one])
def test_names_follow_what_became_of_their_articles_meanwhile(
    graph: Graph, tmp_path: Path, change: Callable[[Graph], None]
) -> None:
    write(graph, 0, 1)
    before = names(graph)
    kept = tmp_path / "kept.sqlite"
    copy_index(graph, kept)
    change(graph)
    after = names(graph)
    assert after != before
    lose(graph)
    shutil.copy(kept, index_of(graph))
    assert names(graph) == after
    lose(graph)
    assert names(graph) == after


@pytest.mark.parametrize("change", [add, tell_anew, withdraw_one])
def test_whoever_an_article_names_has_a_first_one_and_nobody_else_does(
    graph: Graph, change: Callable[[Graph], None]
) -> None:
    write(graph, 0, 1)
    for step in (change, rebuild_it):
        step(graph)
        first = graph.read("MATCH (e:Entity) WHERE size(e.seen_in) > 0 RETURN e.id AS id")
        assert {row["id"] for row in first} == {id_ for _, ids in named(graph).values() for id_ in ids} != set()


def test_articles_bear_the_number_of_the_transaction_that_filed_them_from_the_first(graph: Graph) -> None:
    for number in range(2):
        write(graph, number)
        (meta,) = graph.read("MATCH (m:Meta {id: 'schema'}) RETURN m.filed AS filed, m.writes AS writes")
        (filed,) = graph.read("MATCH (a:Article {id: $id}) RETURN a.filed AS filed", id=f"article-{number}")
        assert filed["filed"] == meta["filed"] == meta["writes"]


@pytest.mark.parametrize("change", [add, tell_anew, withdraw_one])
def test_whom_articles_name_is_noted_as_the_graph_has_it_whatever_became_of_them(
    graph: Graph, tmp_path: Path, change: Callable[[Graph], None]
) -> None:
    write(graph, 0, 1)
    assert naming(graph) == named(graph) != {}
    kept = tmp_path / "kept.sqlite"
    copy_index(graph, kept)
    change(graph)
    after = naming(graph)
    assert after == named(graph)
    lose(graph)
    assert naming(graph) == after
    lose(graph)
    shutil.copy(kept, index_of(graph))
    assert naming(graph) == after
    reinstate(graph, ["article-1"])
    assert naming(graph) == named(graph)


def test_an_article_that_is_taken_back_where_the_index_is_behind_is_compared_all_the_same(
    graph: Graph, tmp_path: Path
) -> None:
    write(graph, 0, 1)
    called = names(graph)
    withdraw(graph, ["article-1"], at=now(), by="Ann", because="wrong")
    kept = tmp_path / "kept.sqlite"
    copy_index(graph, kept)
    write(graph, 2)
    lose(graph)
    shutil.copy(kept, index_of(graph))
    reinstate(graph, ["article-1"])
    assert names(graph) >= called


def test_a_withdrawn_article_is_filed_nowhere_until_it_is_taken_back(graph: Graph) -> None:
    write(graph, 0, 1, 2)
    before = near(graph, 0, 1, 2)
    withdraw(graph, ["article-1"], at=now(), by="Ann", because="wrong")
    assert near(graph, 0, 1, 2) == before - {claim.id for claim in probe(1)}
    reinstate(graph, ["article-1"])
    assert near(graph, 0, 1, 2) == before


def test_claims_are_kept_in_the_index_as_the_graph_has_them_whatever_is_judged(graph: Graph) -> None:
    write(graph, 0, 1)
    write(graph, *range(2, 6))
    before = kept(graph, *range(6))
    assert before == stands(graph, *range(6))
    assert len(before) == 12
    acts = [anchor_of_entity(graph, name) for name in ("Act 1", "Act 0")]
    same = Judgement(Matter.ENTITY, Verdict.SAME, *acts, by="Ann", at=now())
    ruling = anchor_of_claim(graph, next(claim.id for claim in probe(3) if claim.type == "court_ruling"))
    correct = Judgement(
        Matter.EVENT, Verdict.CORRECT, ruling, None, by="Ann", at=now(), field="first_day", value="2024-12-01"
    )
    made = [judge(graph, judgement) for judgement in (same, correct)]
    after = kept(graph, *range(6))
    assert after == stands(graph, *range(6))
    assert sum(after[id_] != before[id_] for id_ in before) > 2
    for judgement in made:
        undo(graph, judgement.id)
    assert kept(graph, *range(6)) == before == stands(graph, *range(6))


def test_only_what_is_related_is_read(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    write(graph, *range(6))
    read: set[str] = set()
    weighed: set[str] = set()

    def weighing(_: ReportedClaim, other: ReportedClaim, links: dict[Pair, Link | None] | None = None) -> bool:
        weighed.add(other.id)
        return other.article == "article-1"

    def running(writer: Writer, cypher: LiteralString, /, **params: Any) -> list[dict[str, Any]]:
        assert cypher not in (folding_cypher.CLAIMS, folding_cypher.CLAIMS_OF_THREADS)
        read.update(params["ids"] if cypher == folding_cypher.FILED else ())
        return run(writer, cypher, **params)

    run = Writer.run
    monkeypatch.setattr(filing, "related", weighing)
    monkeypatch.setattr(Writer, "run", running)
    write(graph, 6)
    assert read == weighed & {claim.id for claim in probe(1)} != weighed
    assert read


def test_claims_that_are_not_filed_are_read_from_the_graph(graph: Graph) -> None:
    write(graph, *range(6))
    before = picture(graph)
    threads = {row["thread"] for row in graph.read("MATCH (c:Claim) RETURN DISTINCT c.thread AS thread")} - {None}

    def fold_again(writer: Writer) -> None:
        writer.places.clear()
        writer.places.note(writer.turn.graph, writer.turn.filed)
        refold(writer, threads=threads)

    graph.write(fold_again)
    assert len(threads) > 1
    assert picture(graph) == before


def test_a_rebuild_makes_the_index_anew(graph: Graph) -> None:
    write(graph, *range(5))
    before = near(graph, *range(5))
    with graph.places() as places:
        places.clear()
        seen = graph.read("MATCH (m:Meta {id: 'schema'}) RETURN m.graph AS graph, m.filed AS filed")[0]
        places.note(seen["graph"], seen["filed"])  # empty, and taken for up to date
    assert near(graph, *range(5)) == set()
    told: list[tuple[str, int]] = []
    rebuild(graph, on_progress=lambda what, count: told.append((what, count)))
    assert near(graph, *range(5)) == before
    assert told[:2] == [("entities looked up", 7), ("articles filed", 5)]


def test_another_connection_finds_what_this_one_filed(graph: Graph, settings_for_server: Settings) -> None:
    write(graph, 0)
    with open_graph(settings_for_server) as other:
        write(other, 1)
        assert near(graph, 0, 1) == near(other, 0, 1) != set()


def test_a_new_index_is_not_made_of_what_its_first_writer_writes(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def reading(_: object, articles: Collection[str]) -> list[ReportedClaim]:
        read.extend(articles)
        return []

    write(graph, 1)
    lose(graph)
    monkeypatch.setattr(filing, "standing_claims", reading)
    write(graph, 2, 3)
    assert read == [extraction(1).article.id]
