"""The server's time for each page of the desk, on a graph of 100,000 events.

    python -m tools.bench_pages --data /tmp/large             the embedded store, made if there is none
    python -m tools.bench_pages --data /tmp/large --neo4j     the server of NEO4J_URI and the rest, filled if empty

Pages run in this process, as Streamlit runs them for a browser. `first` is a page for which nothing is kept of before;
`median` is over addresses that nobody has asked for yet (another entity, event or filter each time) while the graph
stands; `again` is one that somebody looked at, `after a write` the same once the graph was written to. Times are
wall-clock; the load of the machine stands beside them, and the CPU time that a page of the median takes of this process
and, where its process is known (`--server-pid` for Neo4j), of the store: others may be at work on the machine.
"""

from __future__ import annotations

import argparse
import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

from kb.config import load_settings
from kb.store import Graph, open_graph
from tools.bench import ROOT
from tools.synthetic_graph import Synthetic, write

GOAL = 0.300
_STARTS = 7
Address = tuple[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Figure:
    """Seconds of the server for a page."""

    page: str
    first: float
    written: float
    median: float
    again: float
    cpu: float
    store: float | None
    """CPU of the store's process, where that is known."""

    @property
    def line(self) -> str:
        """A row of the table, in milliseconds."""
        values = (self.first, self.written, self.median, self.again, self.cpu, self.store)
        told = ("?" if value is None else f"{value * 1000:,.0f}" for value in values)
        return f"| {self.page} | {' | '.join(told)} |"


def main() -> None:
    """Make the graph if need be, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the embedded store; kept for the next time")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--neo4j", action="store_true", help="the server of NEO4J_URI instead of the embedded store")
    parser.add_argument("--server-pid", type=int, help="process of the store, to measure its CPU time (Linux)")
    parser.add_argument("--only", nargs="+", help="these pages")
    parser.add_argument("--page", type=Path, help="write the figures into this page, as a section of its own")
    chosen = parser.parse_args()
    os.environ["CHRONOGRAPH_DATA"] = str(chosen.data)
    if not chosen.neo4j:
        os.environ["NEO4J_URI"] = ""
    with open_graph(load_settings(os.environ, Path.cwd()), create=True) as graph:
        if not graph.read("MATCH (e:Event) RETURN e.id AS id LIMIT 1"):
            began = time.perf_counter()
            write(graph, chosen.events)
            print(f"written in {time.perf_counter() - began:.0f} s")
        store = graph.server
        lines = _head(store, chosen.events)
        print("\n".join(lines), flush=True)
        pid = chosen.server_pid or (None if chosen.neo4j else _daemon(chosen.data))
        for figure in _measure(graph, chosen.events, chosen.only, pid):
            lines.append(figure.line)
            print(figure.line, flush=True)
    if chosen.page:
        _write_section(chosen.page, store, lines)


def _head(store: str, events: int) -> list[str]:
    load = os.getloadavg()[0]
    return [
        f"On {'Neo4j' if store == 'neo4j' else 'the embedded store'} with {events:,} events, load of the machine "
        f"{load:.1f} on {os.cpu_count()} cores, in milliseconds:",
        "",
        "| page | first | after a write | median | again | CPU of the median | and of the store |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]


def _daemon(data: Path) -> int | None:
    """The process of the embedded store."""
    found = (data / "daemon.lock").read_text("ascii").strip()
    return int(found) if found else None


def _cpu_of(pid: int | None) -> float:
    """Seconds of CPU that a process took so far, in hundredths; 0 for none."""
    if pid is None:
        return 0.0
    told = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _measure(graph: Graph, events: int, only: list[str] | None, pid: int | None) -> Iterator[Figure]:
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    from ui.answers import forget

    run = _runner()
    run("data", {})  # imports
    for name, addresses in _pages(Synthetic(events), Random(3)).items():
        if only and name not in only:
            continue
        forget()
        first = _timed(run, addresses[0], pid)
        others = [_timed(run, address, pid) for address in addresses[1:]]
        again = _timed(run, addresses[0], pid)
        graph.write(lambda writer: writer.run("MATCH (m:Meta {id: 'schema'}) SET m.touched = true"))
        time.sleep(1.1)  # the server looks once a second whether somebody wrote
        written = _timed(run, addresses[0], pid)
        wall, own, store = (median(column) for column in zip(*others, strict=True))
        yield Figure(name, first[0], written[0], wall, again[0], own, store if pid else None)
        time.sleep(4)  # let what was asked for anew in the background come to its end


def _timed(run: Callable[[str, Mapping[str, str]], None], address: Address, pid: int | None) -> tuple[float, ...]:
    """Seconds by the clock, of CPU here, and of CPU of the store's process."""
    before = (time.perf_counter(), time.process_time(), _cpu_of(pid))
    run(*address)
    after = (time.perf_counter(), time.process_time(), _cpu_of(pid))
    return tuple(end - start for start, end in zip(before, after, strict=True))


def _runner() -> Callable[[str, Mapping[str, str]], None]:
    from streamlit.testing.v1 import AppTest

    def run(page: str, params: Mapping[str, str]) -> None:
        """One run of the page in a session of its own."""
        at = AppTest.from_file(str(ROOT / "ui" / "app.py"), default_timeout=300)
        at._page_hash = _hash_of(page)  # what `switch_page` sets, after running the home page
        for name, value in params.items():
            at.query_params[name] = value
        at.run()
        told = [*at.exception, *at.error]
        if told:
            raise SystemExit(f"{page} {dict(params)}: {told[0].value}")

    return run


def _hash_of(page: str) -> str:
    from streamlit.util import calc_hash

    return "" if page == "timeline" else str(calc_hash(page))


def _pages(made: Synthetic, random: Random) -> dict[str, list[Address]]:
    """Addresses by page, each asked for once."""
    entities = made.entities[:400]
    types = sorted({event["type"] for event in made.events})

    def some(page: str, name: str, values: list[str]) -> list[Address]:
        return [(page, {name: value}) for value in random.sample(values, _STARTS)]

    events = [event["id"] for event in made.events[:: max(len(made.events) // 900, 1)]]
    articles = [article["id"] for article in made.articles]
    statements = [f"MATCH (e:Event) RETURN e.title LIMIT {at}" for at in range(5, 60)]
    days = [f"{year}-0{month}-01" for year in range(2016, 2025) for month in range(1, 9)]
    return {
        "timeline": [("timeline", {}), *some("timeline", "type", types)],
        "timeline, a window": some("timeline", "from", days),
        "timeline, an entity": some("timeline", "entity", entities),
        "timeline, an event open": [("timeline", {}), *some("timeline", "event", events)],
        "deadlines": [("deadlines", {}), *some("deadlines", "q", [f"Actor {at} " for at in range(300)])],
        "entities": [("entities", {}), *some("entities", "q", [f"actor {at}" for at in range(10, 300)])],
        "entity": some("entities", "entity", entities),
        "articles": [("articles", {}), *some("articles", "q", [f"report {at}" for at in range(10, 300)])],
        "article": some("articles", "article", articles),
        "review": [("review", {}), *[("review", {"queue": queue}) for queue in ("twins", "doubts", "conflicts")]],
        "query": [
            ("query", {}),
            *some("query", "cypher", statements),
        ],
        "data": [("data", {}), ("data", {"of": "1"}), ("data", {"of": "2"})],
    }


def _write_section(page: Path, store: str, lines: list[str]) -> None:
    """The page with the section on this store written anew, at its end."""
    title = f"## Pages of the desk on {'Neo4j' if store == 'neo4j' else 'the embedded store'}"
    text = page.read_text(encoding="utf-8")
    before, _, after = text.partition(f"\n{title}\n")
    rest = after.partition("\n## ")[2]
    parts = [before.rstrip(), "", title, "", *lines, ""]
    page.write_text("\n".join(parts) + (f"\n## {rest}" if rest else ""), encoding="utf-8")


if __name__ == "__main__":
    main()
