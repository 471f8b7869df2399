"""The whole path as a user walks it: articles on disk, one command, a timeline with quotes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.cli import main
from kb.config import load_settings
from kb.store import Graph, embedded, open_graph
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "fixtures" / "articles"
PAGES = (ROOT / "README.md", ROOT / "docs" / "data-model.md")
CYPHER = [
    pytest.param(block, id=f"{page.name} {number}")
    for page in PAGES
    for number, block in enumerate(re.findall(r"```cypher\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL), 1)
]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An environment with a data folder of its own, ingested into once."""
    data = tmp_path_factory.mktemp("data") / "store"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "CHRONOGRAPH_"))}
    yield {**inherited, "CHRONOGRAPH_DATA": str(data)}
    embedded.stop(data)


def chronograph(environment: dict[str, str], *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "kb", *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=3 * PATIENCE,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture(scope="module")
def first_report(environment: dict[str, str]) -> dict[str, object]:
    report: dict[str, object] = json.loads(chronograph(environment, "ingest", "--json", str(ARTICLES)).stdout)
    return report


@pytest.fixture(scope="module")
def graph(environment: dict[str, str], first_report: dict[str, object]) -> Iterator[Graph]:
    assert first_report
    with open_graph(load_settings(environment, ROOT)) as opened:
        yield opened


def test_the_data_model_names_what_is_in_the_graph(graph: Graph) -> None:
    page = (ROOT / "docs" / "data-model.md").read_text(encoding="utf-8")
    nodes = "MATCH (n) WHERE NOT n:Meta UNWIND keys(n) AS key RETURN DISTINCT key"
    relationships = "MATCH ()-[r]->() RETURN DISTINCT type(r) AS type"
    named = [str(row[0]) for query in (nodes, relationships) for row in graph.query(query, {}).rows]
    assert len(named) > 60
    assert [name for name in named if not re.search(rf"\b{name}\b", page)] == []


@pytest.mark.usefixtures("first_report")
def test_a_second_run_adds_nothing(environment: dict[str, str], first_report: dict[str, object]) -> None:
    before = chronograph(environment, "timeline", "--format", "json").stdout
    again = json.loads(chronograph(environment, "ingest", "--json", str(ARTICLES)).stdout)
    assert (again["new"], again["updated"], again["failed"]) == (0, 0, 0)
    assert again["unchanged"] == first_report["new"]
    assert chronograph(environment, "timeline", "--format", "json").stdout == before


@pytest.mark.usefixtures("first_report")
@pytest.mark.parametrize(
    ("day", "type_", "status"),
    [
        pytest.param("2024-03-13", "legislative_vote", "occurred", id="the House vote"),
        pytest.param("2024-04-24", "law_enacted", "occurred", id="the signing"),
        pytest.param("2024-12-06", "court_ruling", "occurred", id="the appeals court"),
        pytest.param("2025-01-10", "court_hearing", "occurred", id="the argument"),
        pytest.param("2025-01-17", "court_ruling", "occurred", id="the Supreme Court"),
    ],
)
def test_the_tiktok_story_is_on_the_timeline_with_quotes(
    environment: dict[str, str], day: str, type_: str, status: str
) -> None:
    found = json.loads(
        chronograph(
            environment, "timeline", "--from", day, "--to", day, "--type", type_, "--status", status, "--format", "json"
        ).stdout
    )
    assert found
    detail = json.loads(chronograph(environment, "event", found[0]["id"], "--format", "json").stdout)
    assert all(claim["quote"] and claim["article"] for claim in detail["claims"])


@pytest.mark.usefixtures("first_report")
def test_the_timeline_of_an_entity_holds_only_its_events(environment: dict[str, str]) -> None:
    found = json.loads(chronograph(environment, "timeline", "--entity", "TikTok", "--format", "json").stdout)
    assert len(found) > 5
    assert all("TikTok" in [actor["name"] for actor in event["actors"]] for event in found)


@pytest.mark.usefixtures("first_report")
def test_nothing_published_later_is_known_earlier(environment: dict[str, str]) -> None:
    found = json.loads(chronograph(environment, "timeline", "--as-of", "2024-04-30", "--format", "json").stdout)
    assert found
    assert max(event["last_reported"] for event in found) <= "2024-04-30"


def test_every_quote_stands_in_its_article(graph: Graph) -> None:
    rows = graph.read(
        "MATCH (v:Version)-[:STATES]->(c:Claim) "
        "RETURN v.text AS text, c.quote AS quote, c.start AS start, c.end AS end, c.trigger AS trigger, "
        "c.trigger_start AS trigger_start, c.time_text AS time_text, c.time_start AS time_start"
    )
    assert len(rows) > 200
    for row in rows:
        assert row["text"][row["start"] : row["end"]] == row["quote"]
        assert row["text"][row["trigger_start"] :].startswith(row["trigger"])
        if row["time_text"]:
            assert row["text"][row["time_start"] :].startswith(row["time_text"])


@pytest.mark.parametrize("cypher", CYPHER)
def test_queries_of_the_documents_find_something(graph: Graph, cypher: str) -> None:
    result = graph.query(cypher, {})
    assert result.rows


def test_the_rows_that_the_readme_shows_below_a_query_are_found_by_it(graph: Graph) -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"```cypher\n([^`]*)```\n\n[^\n]*\n\n((?:\|.*\n)+)", page)
    assert shown
    for cypher, table in shown:
        names, _, *rows = [
            tuple(cell.strip() for cell in line.strip("|\n ").split(" | ")) for line in table.splitlines()
        ]
        found = graph.query(cypher, {})
        columns = [found.columns.index(name) for name in names]
        assert [row for row in rows if row not in {tuple(row[at] for at in columns) for row in found.rows}] == []


def test_there_are_at_least_five_queries_on_each_page() -> None:
    names = [parameter.id.split(" ")[0] for parameter in CYPHER if parameter.id]
    assert all(names.count(page.name) >= 5 for page in PAGES)


@pytest.mark.usefixtures("first_report")
@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        pytest.param(["event", "no-such-event"], 1, "no event", id="unknown event"),
        pytest.param(["entity", "Nobody Of That Name"], 1, "no entity", id="unknown entity"),
        pytest.param(["timeline", "--from", "2025-02-30"], 2, "not a valid date", id="no such day"),
        pytest.param(["timeline", "--status", "perhaps"], 2, "perhaps", id="no such status"),
        pytest.param(["timeline", "--type", "perhaps"], 2, "is not an event type", id="no such type"),
        pytest.param(["query", "CREATE (n:Thing)"], 1, "read", id="a write"),
        pytest.param(["query", "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l"], 1, "reads", id="a file"),
        pytest.param(["query", "MATCH (n RETURN n"], 1, "", id="a syntax error"),
        pytest.param(["query", "RETURN 1", "--param", "x"], 2, "name=value", id="a parameter without a value"),
        pytest.param(["nonsense"], 2, "nonsense", id="no such command"),
    ],
)
def test_a_mistake_gets_one_clear_line(
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    arguments: list[str],
    code: int,
    words: str,
) -> None:
    """In this process, since it takes longer to start one than to say that it is no use."""
    for name in os.environ.keys() - environment.keys():
        monkeypatch.delenv(name)
    monkeypatch.setenv("CHRONOGRAPH_DATA", environment["CHRONOGRAPH_DATA"])
    monkeypatch.setattr(sys, "argv", ["chronograph", *arguments])
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == code
    out, err = capsys.readouterr()
    assert words in err
    assert "Traceback" not in err
    assert out == ""


def test_reading_without_a_store_says_what_to_do(tmp_path: Path) -> None:
    nothing = {**os.environ, "CHRONOGRAPH_DATA": str(tmp_path / "none")}
    nothing.pop("NEO4J_URI", None)
    done = chronograph(nothing, "timeline", code=1)
    assert "chronograph ingest" in done.stderr
    assert not (tmp_path / "none").exists()
