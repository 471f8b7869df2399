"""Processes that use a graph at the same time as others, run as `python -m tests.contract.hammer JOB SETTINGS …`.

open            open it, say that it answers
count N         add one to a counter, N times
relate N        relate the same N pairs of nodes as everybody else
pairs NAME      write transactions of `SIZE` nodes and their relationships without end, number each stored one
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from itertools import count
from pathlib import Path

from kb.config import Neo4jServer, Settings
from kb.store import Graph, embedded, open_graph
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
SIZE = 50


def launch(settings: Settings, job: str, *args: object) -> subprocess.Popen[str]:
    """One such process; what it says comes line by line."""
    raw = {"data": str(settings.data), "neo4j": asdict(settings.neo4j) if settings.neo4j else None}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.contract.hammer", job, json.dumps(raw), *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def finish(processes: list[subprocess.Popen[str]]) -> list[str]:
    """What each of them said, once all have ended well."""
    spoken = [process.communicate(timeout=PATIENCE) for process in processes]
    for process, (_, errors) in zip(processes, spoken, strict=True):
        assert process.returncode == 0, errors
    return [said.strip() for said, _ in spoken]


def main() -> None:
    job, raw, *args = sys.argv[1:]
    found = json.loads(raw)
    server = Neo4jServer(**found["neo4j"]) if found["neo4j"] else None
    settings = Settings(Path(found["data"]), server, "none")
    with open_graph(settings, create=True) as graph:
        if job == "open":
            say(f"{graph.server} {embedded.status(settings.data).pid}")
        elif job == "count":
            for _ in range(int(args[0])):
                add_one(graph)
        elif job == "relate":
            for number in range(int(args[0])):
                relate(graph, number)
        else:
            for number in count():
                write_pairs(graph, args[0], number)
                say(str(number))


def add_one(graph: Graph) -> None:
    def work(writer):
        (row,) = writer.run("MATCH (s:Source {id: 'hot'}) RETURN s.count AS count")
        writer.run("MATCH (s:Source {id: 'hot'}) SET s.count = $count", count=row["count"] + 1)

    graph.write(work)


def relate(graph: Graph, number: int) -> None:
    graph.write(
        lambda writer: writer.run(
            "MATCH (a:Article {id: $id}) MATCH (e:Entity {id: 'hot'}) MERGE (a)-[:MENTIONS]->(e)", id=f"a{number}"
        )
    )


def write_pairs(graph: Graph, name: str, number: int) -> None:
    """Transaction `number` of `name`: nodes in one statement, relationships in another."""
    rows = [{"id": f"{name}-{number}-{at}", "to": f"{name}-{number}-{(at + 1) % SIZE}"} for at in range(SIZE)]

    def work(writer):
        writer.run("UNWIND $rows AS row MERGE (e:Event {id: row.id}) SET e.type = $number", rows=rows, number=number)
        writer.run(
            "UNWIND $rows AS row MATCH (a:Event {id: row.id}) MATCH (b:Event {id: row.to}) MERGE (a)-[:NEXT]->(b)",
            rows=rows,
        )

    graph.write(work)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
