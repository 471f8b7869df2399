"""Several processes at once, and processes that end when nobody expects it."""

from __future__ import annotations

import random
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.config import Settings
from kb.store import Graph, open_graph, schema
from tests.contract import hammer
from tests.contract.conftest import EmbeddedServer, Server
from tests.patience import PATIENCE

pytestmark = pytest.mark.timeout(3 * PATIENCE)

RELATED = 60
COUNTED = 60


def test_two_writers_of_one_node_lose_nothing(graph: Graph, settings_for_server: Settings) -> None:
    graph.write(lambda writer: writer.run("CREATE (:Source {id: 'hot', count: 0})"))
    hammer.finish([hammer.launch(settings_for_server, "count", COUNTED) for _ in range(2)])
    assert graph.read("MATCH (s:Source) RETURN s.count AS count") == [{"count": 2 * COUNTED}]


def test_writers_that_make_the_same_relationships_make_each_once(graph: Graph, settings_for_server: Settings) -> None:
    ids = [f"a{number}" for number in range(RELATED)]
    graph.write(
        lambda writer: (
            writer.run("CREATE (:Entity {id: 'hot'})"),
            writer.run("UNWIND $ids AS id CREATE (:Article {id: id})", ids=ids),
        )
    )
    hammer.finish([hammer.launch(settings_for_server, "relate", RELATED) for _ in range(3)])
    found = Counter(row["id"] for row in graph.read("MATCH (a:Article)-[:MENTIONS]->(:Entity) RETURN a.id AS id"))
    assert found == Counter(ids)


@pytest.fixture
def bare(server: Server, tmp_path: Path) -> Iterator[Settings]:
    """A store without a schema; for the embedded server one that does not run and is not even made."""
    if isinstance(server, EmbeddedServer):
        fresh = EmbeddedServer(tmp_path / "data")
        yield fresh.settings
        fresh.stop()
        return
    with open_graph(server.settings) as graph:
        for kind, kinds in (("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES")):
            for row in graph.read(f"SHOW {kinds} YIELD name, type WHERE type <> 'LOOKUP' RETURN name"):
                graph.define(f"DROP {kind} {row['name']}")
        graph.define("MATCH (n) DETACH DELETE n")
    yield server.settings


def test_three_that_open_a_bare_store_at_once_make_one_server_and_one_schema(bare: Settings) -> None:
    said = hammer.finish([hammer.launch(bare, "open") for _ in range(3)])
    assert len(set(said)) == 1
    with open_graph(bare) as graph:
        names = {row["name"] for row in graph.read("SHOW CONSTRAINTS")}
        assert names == {statement.split()[2] for statement in schema.CONSTRAINTS}
        assert graph.read("MATCH (m:Meta) RETURN m.version AS version") == [{"version": schema.VERSION}]
    if bare.neo4j is None:
        assert _daemons(bare.data) == [said[0].split()[1]]


def _daemons(data: Path) -> list[str]:
    listed = subprocess.run(["ps", "-ww", "-eo", "pid=,args="], capture_output=True, text=True, check=True).stdout
    return [line.split()[0] for line in listed.splitlines() if f"--data {data}" in line]


def test_a_server_killed_while_writing_keeps_what_it_acknowledged_and_nothing_by_half(
    graph: Graph, server: Server
) -> None:
    writer = hammer.launch(server.settings, "pairs", "w")
    acknowledged = [_next_line(writer) for _ in range(5)]
    time.sleep(random.uniform(0.0, 0.5))
    server.kill()
    writer.kill()
    assert writer.stdout
    acknowledged += writer.stdout.read().split()  # `communicate` would miss what was read ahead with the lines above
    writer.communicate(timeout=PATIENCE)
    server.start()

    # `graph` was open all the time, and goes on with the server that came back.
    nodes = graph.read("MATCH (e:Event) RETURN e.type AS number, count(e) AS nodes")
    edges = graph.read("MATCH (a:Event)-[r:NEXT]->(:Event) RETURN a.type AS number, count(r) AS edges")
    whole = {row["number"]: row["nodes"] for row in nodes}
    assert set(whole.values()) == {hammer.SIZE}
    assert {row["number"]: row["edges"] for row in edges} == whole
    assert set(map(int, acknowledged)) <= set(whole)
    assert len(whole) <= len(acknowledged) + 1
    hammer.write_pairs(graph, "w", 0)
    assert len(graph.query("MATCH (e:Event {type: 0}) RETURN e.id", {}).rows) == hammer.SIZE


def test_a_writer_that_was_killed_does_not_keep_others_waiting(
    graph: Graph, empty: Callable[[], None], settings_for_server: Settings
) -> None:
    writer = hammer.launch(settings_for_server, "pairs", "w")
    _next_line(writer)
    writer.kill()
    writer.communicate(timeout=PATIENCE)
    began = time.monotonic()
    hammer.write_pairs(graph, "other", 1)
    assert time.monotonic() - began < 5


def test_a_server_stopped_cleanly_has_everything_when_it_is_back(graph: Graph, server: Server) -> None:
    hammer.write_pairs(graph, "kept", 1)
    server.stop()
    server.start()
    with open_graph(server.settings) as again:
        assert again.read("MATCH (e:Event) RETURN count(e) AS events") == [{"events": hammer.SIZE}]


def _next_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    line = process.stdout.readline().strip()
    assert line, process.communicate()[1]
    return line
