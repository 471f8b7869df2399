"""Statements that people write: reading only, within limits, and clear about what is wrong."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from kb.errors import QueryRejected
from kb.store import Graph, asking, open_graph
from tests.contract.conftest import Server, wait_until
from tests.contract.synthetic import wipe

NODES = 1000
ENDLESS = "MATCH (a:Event), (b:Event), (c:Event) WHERE a.id < b.id AND b.id < c.id RETURN count(*) AS n"


@pytest.fixture(scope="module")
def filled(server: Server) -> Iterator[Graph]:
    """A graph of 1,000 events and one relationship, which no test here can change."""
    with open_graph(server.settings, create=True) as graph:
        wipe(graph)
        graph.write(
            lambda writer: (
                writer.run("UNWIND range(1, $nodes) AS n MERGE (e:Event {id: toString(n)})", nodes=NODES),
                writer.run("MATCH (a:Event {id: '1'}) MATCH (b:Event {id: '2'}) MERGE (a)-[:NEXT {weight: 1.5}]->(b)"),
            )
        )
        yield graph


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements are sent as they are: the store alone has to refuse them."""
    monkeypatch.setattr(asking, "check_reading", lambda cypher: None)


def picture(graph: Graph) -> tuple[object, ...]:
    return (
        graph.read("MATCH (n) RETURN count(n) AS nodes"),
        graph.read("MATCH (n:Event) WHERE n.id IN ['1', '2', '3', 'new'] RETURN n, labels(n) AS labels ORDER BY n.id"),
        graph.read("MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS type, b.id AS b"),
        sorted(row["name"] for row in graph.read("SHOW CONSTRAINTS")),
        len(graph.read("SHOW INDEXES")),
    )


def running(graph: Graph) -> list[str]:
    return [str(row["currentQuery"]) for row in graph.read("SHOW TRANSACTIONS")]


def test_rows_come_with_their_columns(filled: Graph) -> None:
    result = filled.query(
        "MATCH (e:Event) WHERE e.id IN $ids RETURN e.id AS id, 1 AS one ORDER BY id", {"ids": ["1", "2"]}
    )
    assert (result.columns, result.rows, result.truncated) == (("id", "one"), (("1", 1), ("2", 1)), False)


def test_no_row_has_no_columns(filled: Graph) -> None:
    result = filled.query("MATCH (e:Event {id: 'none'}) RETURN e.id AS id", {})
    assert (result.columns, result.rows, result.truncated) == ((), (), False)


def test_values_are_plain(filled: Graph) -> None:
    (row,) = filled.query(
        """
        MATCH p = (a:Event {id: '1'})-[r]->(b)
        RETURN a, r, p, [a.id, {k: null}],
               date('2025-01-19'), datetime('2025-01-19T10:00:00Z'), duration({days: 3}), 0.0 / 0.0
        """,
        {},
    ).rows
    assert json.loads(json.dumps(row)) == list(row)
    node, relationship, path, nested, day, moment, length, nan = row
    assert (node["labels"], node["properties"]) == (["Event"], {"id": "1"})
    assert (relationship["type"], relationship["properties"]) == ("NEXT", {"weight": 1.5})
    assert [relationship["start"], relationship["end"]] == [node["id"] for node in path["nodes"]]
    assert path["relationships"] == [relationship]
    assert nested == ["1", {"k": None}]
    assert (day, length, nan) == ("2025-01-19", "P3D", "nan")
    assert moment.startswith("2025-01-19T10:00:00")


@pytest.mark.parametrize(("limit", "truncated"), [(NODES - 1, True), (NODES, False), (NODES + 1, False)])
def test_the_row_limit_cuts_and_says_so(filled: Graph, limit: int, truncated: bool) -> None:
    result = filled.query("MATCH (e:Event) RETURN e.id AS id", {}, row_limit=limit)
    assert (len(result.rows), result.truncated) == (min(limit, NODES), truncated)


def test_the_rest_of_a_long_result_is_neither_fetched_nor_computed(filled: Graph) -> None:
    began = time.monotonic()
    result = filled.query("MATCH (a:Event), (b:Event), (c:Event) RETURN a.id, b.id, c.id", {}, row_limit=10)
    assert (len(result.rows), result.truncated) == (10, True)
    assert time.monotonic() - began < 3
    wait_until(lambda: not any("c.id" in text for text in running(filled)), seconds=20)


def test_an_expensive_statement_ends_in_time_and_leaves_the_server_idle(filled: Graph) -> None:
    began = time.monotonic()
    with pytest.raises(QueryRejected, match=r"took longer than 0\.5 seconds: narrow it down"):
        filled.query(ENDLESS, {}, timeout=0.5)
    assert time.monotonic() - began < 5
    wait_until(lambda: not any(ENDLESS in text for text in running(filled)), seconds=20)


def test_one_long_expression_does_not_keep_its_asker_waiting(filled: Graph) -> None:
    nested = "reduce(a = 0, i IN range(x, x + 5000) | a + i % 7)"
    began = time.monotonic()
    with pytest.raises(QueryRejected, match=r"took longer than 0\.2 seconds: narrow it down"):
        filled.query(f"RETURN reduce(s = 0, x IN range(1, 20000) | s + {nested}) AS n", {}, timeout=0.2)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (:Event {id: 'new'})",
        "CREATE (:Unheard {id: 'new'})",
        "MERGE (:Event {id: 'new'})",
        "MATCH (e:Event {id: '1'}) SET e.title = 'new'",
        "MATCH (e:Event {id: '1'}) SET e:Other",
        "MATCH (e:Event {id: '1'}) REMOVE e.id",
        "MATCH (e:Event {id: '3'}) DELETE e",
        "MATCH (e:Event {id: '1'}) DETACH DELETE e",
        "MATCH (a:Event {id: '1'})-[r]->() DELETE r",
        "MATCH (a:Event {id: '1'}) MATCH (b:Event {id: '3'}) CREATE (a)-[:NEXT]->(b)",
        "MATCH (a:Event {id: '1'}) MATCH (b:Event {id: '3'}) MERGE (a)-[:UNHEARD]->(b)",
        "FOREACH (n IN [1] | CREATE (:Event {id: 'new'}))",
        "CALL { CREATE (:Event {id: 'new'}) } RETURN 1",
        "MATCH (e:Event {id: '1'}) CALL (e) { SET e.title = 'new' } RETURN 1",
        "CREATE INDEX new_index FOR (e:Event) ON (e.new)",
        "CREATE CONSTRAINT new_constraint FOR (e:Event) REQUIRE e.new IS UNIQUE",
        "DROP INDEX event_type",
        "DROP CONSTRAINT event_id",
        "CREATE USER other SET PASSWORD 'long enough'",
        "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
        "CALL db.createLabel('Unheard')",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "LOAD CSV WITH HEADERS FROM 'file:///etc/passwd' AS line RETURN line",
    ],
)
@pytest.mark.usefixtures("unchecked")
def test_the_store_itself_refuses(filled: Graph, statement: str) -> None:
    before = picture(filled)
    with pytest.raises(QueryRejected):
        filled.query(statement, {})
    assert picture(filled) == before


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        pytest.param("MATCH (n RETURN n", "RETURN", id="syntax"),
        pytest.param("RETURN unheard(1)", "unheard", id="function"),
        pytest.param("MATCH (n) RETURN m", "m", id="variable"),
        pytest.param("RETURN $missing", "missing", id="parameter"),
        pytest.param("RETURN 1 / 0", "zero", id="arithmetic"),
        pytest.param("SHOW USERS", "SHOW does not start", id="not sent"),
    ],
)
def test_a_wrong_statement_is_answered_in_one_clear_line(filled: Graph, statement: str, words: str) -> None:
    with pytest.raises(QueryRejected) as caught:
        filled.query(statement, {})
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("procedure", ["db.labels", "db.relationshipTypes"])
def test_procedures_that_describe_the_graph_are_there(filled: Graph, procedure: str) -> None:
    names = {value for (value,) in filled.query(f"CALL {procedure}()", {}).rows}
    assert names & {"Event", "NEXT"}
