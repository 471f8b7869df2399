"""Reading and writing: the same on every server."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from neo4j.exceptions import TransientError

from kb.config import Settings
from kb.errors import AbortRun, SchemaMismatch, StoreUnavailable
from kb.store import Graph, Writer, open_graph, schema
from tests.contract.conftest import free_port


def events(graph: Graph) -> list[str]:
    return [row["id"] for row in graph.read("MATCH (e:Event) RETURN e.id AS id ORDER BY id")]


def create(*ids: str):
    return lambda writer: writer.run("UNWIND $ids AS id MERGE (e:Event {id: id})", ids=list(ids))


def test_what_is_written_is_read_back(graph: Graph) -> None:
    properties = {"title": "Ünïcode ' \" \\ $ {}", "claims": 3, "score": 0.5, "open": True, "aliases": ["a", "b"]}
    graph.write(
        lambda writer: writer.run(
            "MERGE (e:Event {id: 'e1'}) SET e += $properties", properties=properties | {"no": None}
        )
    )
    (row,) = graph.read("MATCH (e:Event {id: $id}) RETURN e, e.no AS no", id="e1")
    assert row == {"e": {"id": "e1", **properties}, "no": None}


def test_write_returns_what_the_work_returns_and_sees_its_own_writing(graph: Graph) -> None:
    def work(writer: Writer) -> int:
        create("e1", "e2")(writer)
        return writer.run("MATCH (e:Event) RETURN count(e) AS events")[0]["events"]

    assert graph.write(work) == 2


def test_work_that_fails_leaves_nothing_behind(graph: Graph) -> None:
    def work(writer: Writer) -> None:
        create("e1")(writer)
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        graph.write(work)
    assert events(graph) == []


def test_a_statement_that_fails_leaves_nothing_behind(graph: Graph) -> None:
    def work(writer: Writer) -> None:
        create("e1")(writer)
        writer.run("THIS IS NO CYPHER")

    with pytest.raises(AbortRun, match=r"failed: .*THIS"):
        graph.write(work)
    assert events(graph) == []


def test_work_runs_again_when_another_transaction_was_in_its_way(graph: Graph) -> None:
    attempts = []

    def work(writer: Writer) -> None:
        attempts.append(len(attempts))
        create(f"e{len(attempts)}")(writer)
        if len(attempts) < 3:
            raise TransientError("busy")

    graph.write(work)
    assert (attempts, events(graph)) == ([0, 1, 2], ["e3"])


def test_an_id_is_there_once(graph: Graph) -> None:
    graph.write(create("e1"))
    with pytest.raises(AbortRun, match="e1"):
        graph.write(lambda writer: writer.run("CREATE (:Event {id: 'e1'})"))
    assert events(graph) == ["e1"]


def test_a_statement_that_fails_says_why(graph: Graph) -> None:
    with pytest.raises(AbortRun, match=r"failed: (Duplicated key \[twice\] found|Node.* already exists)") as failed:
        graph.write(lambda writer: writer.run("UNWIND [1, 2] AS n\nCREATE (:Article {id: 'twice'})"))
    assert "\n" not in str(failed.value)


def test_too_much_at_once_is_refused_before_it_is_sent(graph: Graph) -> None:
    text = "é" * (17 * 2**20)
    with pytest.raises(AbortRun, match=r"34 MB is too much to write at once \(32 MB at most\)"):
        graph.write(
            lambda writer: writer.run("MERGE (v:Version {id: 'v'}) SET v.text = $rows[0].text", rows=[{"text": text}])
        )


def test_the_schema_holds_every_constraint_and_index(graph: Graph) -> None:
    graph.read("MATCH (n) RETURN n LIMIT 1")
    constraints = {row["name"] for row in graph.read("SHOW CONSTRAINTS")}
    assert constraints == {statement.split()[2] for statement in schema.CONSTRAINTS}
    indexed = {
        (row["labelsOrTypes"][0].lower(), row["properties"][0])
        for row in graph.read("SHOW INDEXES")
        if row["properties"]
    }
    wanted = {tuple(statement.split()[2].split("_", 1)) for statement in schema.CONSTRAINTS + schema.INDEXES}
    assert indexed == wanted


def test_opening_what_is_there_is_quick(graph: Graph, settings_for_server: Settings) -> None:
    spent = []
    for _ in range(5):
        began = time.monotonic()
        with open_graph(settings_for_server) as again:
            assert again.server == graph.server
        spent.append(time.monotonic() - began)
    assert min(spent) < 0.5, spent


def test_another_version_of_the_schema_is_refused(graph: Graph, settings_for_server: Settings) -> None:
    def set_version(version: int) -> None:
        graph.write(
            lambda writer: writer.run("MATCH (m:Meta {id: 'schema'}) SET m.version = $version", version=version)
        )

    set_version(schema.VERSION + 1)
    try:
        with pytest.raises(SchemaMismatch, match=f"version {schema.VERSION + 1} of the schema.*: use a newer version"):
            open_graph(settings_for_server)
    finally:
        set_version(schema.VERSION)


def test_a_graph_of_another_program_is_refused(graph: Graph, settings_for_server: Settings) -> None:
    graph.write(create("theirs"))
    graph.write(lambda writer: writer.run("MATCH (m:Meta {id: 'schema'}) REMOVE m.version"))
    try:
        with pytest.raises(SchemaMismatch, match="holds Event nodes but no schema of Chronograph"):
            open_graph(settings_for_server)
    finally:
        graph.write(lambda writer: writer.run("MATCH (e:Event) DELETE e"))
        open_graph(settings_for_server).close()


def test_the_graph_says_what_it_is(graph: Graph, settings_for_server: Settings) -> None:
    server = settings_for_server.neo4j
    expected = f"Neo4j at {server.uri}" if server else f"the store in {settings_for_server.data}"
    assert graph.describe() == expected


@pytest.mark.neo4j
@pytest.mark.parametrize("server", ["neo4j"], indirect=True)
class TestNeo4jThatDoesNotLetUsIn:
    @pytest.mark.parametrize(
        ("change", "line"),
        [
            pytest.param(
                {"password": "wrong"}, "refuses user 'neo4j': check NEO4J_USER and NEO4J_PASSWORD", id="password"
            ),
            pytest.param({"database": "absent"}, "has no database 'absent': check NEO4J_DATABASE", id="database"),
            pytest.param(
                {"uri": f"bolt://127.0.0.1:{free_port()}"},
                "check that it is running and that NEO4J_URI is right",
                id="dead",
            ),
            pytest.param(
                {"uri": f"neo4j://127.0.0.1:{free_port()}"},
                "check that it is running and that NEO4J_URI is right",
                id="cluster",
            ),
            pytest.param({"uri": "neo4j://no.such.host.invalid"}, "no.such.host.invalid", id="host"),
            pytest.param(
                {"uri": "http://127.0.0.1:7474"}, "is not the address of a graph server: set NEO4J_URI", id="scheme"
            ),
            pytest.param({"uri": "bolt://[::1"}, "is not the address of a graph server: set NEO4J_URI", id="rubbish"),
        ],
    )
    def test_is_one_clear_line(self, settings_for_server: Settings, change: dict[str, str], line: str) -> None:
        assert settings_for_server.neo4j
        settings = replace(settings_for_server, neo4j=replace(settings_for_server.neo4j, **change))
        with pytest.raises(StoreUnavailable) as caught:
            open_graph(settings)
        assert line in str(caught.value)
        assert "\n" not in str(caught.value)


def test_without_a_store_the_line_says_how_to_make_one(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "none", neo4j=None, model="none")
    with pytest.raises(StoreUnavailable, match=r"no store in .*none yet: run 'chronograph ingest …' first, or set"):
        open_graph(settings)
    assert not settings.data.exists()
