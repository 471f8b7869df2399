"""Collecting that is killed, doubled, or finds the graph away: no fetched article is lost, and none is there twice."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from kb.config import Settings
from kb.errors import StoreUnavailable
from kb.queries.runs import queue_length, runs
from kb.store import Graph
from kb.store.journal import open_journal
from tests.contract.collecting import collect_and_drain
from tests.contract.conftest import Server
from tests.loopback import Answer, Site, site
from tests.patience import PATIENCE

pytestmark = pytest.mark.timeout(3 * PATIENCE)

ARTICLES = 40
KILLS = 20
STORY = (
    "<p>The court ruled on Friday that the law may stand in case {0}, and company {0} said that it would appeal.</p>"
)


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as running:
        items = "".join(
            f"<item><title>Ruling {n}</title><link>{running.url}/a/{n}</link></item>" for n in range(ARTICLES)
        )
        feed = f"<rss version='2.0'><channel>{items}</channel></rss>"
        running["/feed"] = lambda asked: (
            Answer(status=304)
            if asked.headers.get("if-none-match") == '"1"'
            else Answer(feed, headers={"ETag": '"1"'}, type="application/rss+xml")
        )
        for n in range(ARTICLES):
            story = STORY.format(n) * 2
            running[f"/a/{n}"] = (
                f"<html><head><title>Ruling {n}</title></head><body><article>{story}</article></body></html>"
            )
        yield running


@pytest.fixture
def sources(tmp_path: Path, web: Site) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "court.yml").write_text(f"kind: feed\nurl: {web.url}/feed\ndelay: 0\n", encoding="utf-8")
    return folder


@pytest.fixture
def settings(settings_for_server: Settings, server: Server, tmp_path: Path) -> Settings:
    """The server's settings; the journal of a Neo4j's is in a folder of the test, an embedded store's beside it."""
    if server.settings.neo4j:
        return Settings(tmp_path / "data", settings_for_server.neo4j, "none")
    (settings_for_server.data / "journal.sqlite").unlink(missing_ok=True)
    for rest in ("-wal", "-shm"):
        (settings_for_server.data / f"journal.sqlite{rest}").unlink(missing_ok=True)
    return settings_for_server


def launch(settings: Settings, sources: Path) -> subprocess.Popen[str]:
    given = {**asdict(settings), "data": str(settings.data)}
    wanted = json.dumps({name: given[name] for name in ("data", "neo4j")})
    return subprocess.Popen(
        [sys.executable, "-m", "tests.contract.collecting", wanted, str(sources), "court"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill_somewhere(process: subprocess.Popen[str], web: Site) -> bool:
    """Kill it a moment after it has asked for so many pages, or the feed alone: while it reads, keeps, or writes.

    False if it had ended before.
    """
    wanted = len(web.asked) + random.randint(1, 5)
    give_up = time.monotonic() + 20
    while len(web.asked) < wanted and process.poll() is None and time.monotonic() < give_up:
        if len(web.asked) >= wanted - 6 and random.random() < 0.02:
            break
        time.sleep(0.005)
    time.sleep(random.choice((0.0, random.uniform(0, 0.1), random.uniform(0, 2.0))))
    running = process.poll() is None
    process.kill()
    process.communicate(timeout=PATIENCE)
    return running


def assert_all_there_once(graph: Graph, settings: Settings) -> None:
    rows = graph.read("MATCH (a:Article)-[:HAS_VERSION]->(v:Version) RETURN a.title AS title, v.id AS version")
    assert sorted(row["title"] for row in rows) == sorted(f"Ruling {n}" for n in range(ARTICLES))
    with open_journal(settings.data) as journal:
        assert queue_length(journal) == 0
        assert journal.rows("SELECT * FROM pending") == []


def test_a_run_killed_at_any_moment_loses_no_article_and_doubles_none(
    graph: Graph, settings: Settings, sources: Path, web: Site
) -> None:
    hit = [kill_somewhere(launch(settings, sources), web) for _ in range(KILLS)]
    assert hit.count(True) >= KILLS // 2
    collect_and_drain(settings, sources, "court")
    assert_all_there_once(graph, settings)
    assert len([path for path in web.paths if path.startswith("/a/")]) <= ARTICLES + KILLS  # one again a kill


def test_two_processes_at_once_fetch_each_page_once(graph: Graph, settings: Settings, sources: Path, web: Site) -> None:
    both = [launch(settings, sources) for _ in range(2)]
    for process in both:
        assert process.wait(PATIENCE) == 0, process.communicate()[1]
        process.communicate()
    assert_all_there_once(graph, settings)
    assert [web.paths.count(f"/a/{n}") for n in range(ARTICLES)] == [1] * ARTICLES


def test_while_the_graph_is_away_articles_wait_on_disk(
    graph: Graph, settings: Settings, sources: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> Graph:
        raise StoreUnavailable("the graph is away")

    with monkeypatch.context() as patch:
        patch.setattr("tests.contract.collecting.open_graph", away)
        for _ in range(2):
            with pytest.raises(StoreUnavailable):
                collect_and_drain(settings, sources, "court")
    with open_journal(settings.data) as journal:
        assert queue_length(journal) == ARTICLES
        assert [run.status for run in runs(journal)][-1] == "waiting"
    collect_and_drain(settings, sources, "court")
    assert_all_there_once(graph, settings)
    with open_journal(settings.data) as journal:
        first = runs(journal)[-1]
        assert (first.status, first.new, first.waiting) == ("done", ARTICLES, 0)


def look_again(settings: Settings, sources: Path, number: int) -> None:
    """Another run, in which this page is due for another look."""
    with open_journal(settings.data) as journal, journal.transaction() as connection:
        connection.execute("UPDATE page SET next_look = 1 WHERE url LIKE ?", (f"%/a/{number}",))
    collect_and_drain(settings, sources, "court")


def test_an_article_whose_page_is_gone_for_good_is_withdrawn(
    graph: Graph, settings: Settings, sources: Path, web: Site
) -> None:
    collect_and_drain(settings, sources, "court")
    web["/a/7"] = Answer(status=410)
    look_again(settings, sources, 7)
    (row,) = graph.read(
        "MATCH (a:Article)-[:HAS_VERSION]->(v:Version) WHERE v.superseded_at IS NOT NULL "
        "RETURN a.title AS title, v.withdrawn_by AS by, v.withdrawn_because AS because"
    )
    assert (row["title"], row["by"]) == ("Ruling 7", "ingestion")
    assert row["because"].endswith("/a/7: there is no such page (410)")
    with open_journal(settings.data) as journal:
        assert journal.rows("SELECT * FROM gone") == []
