"""Bulk: a packed stream, several processes, and a run that is killed and goes on."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.inputs.articles import read_articles
from ingest.inputs.problem import Problem
from ingest.progress import duration
from kb.store import embedded
from kb.store.journal import FILE, open_journal
from tests.ingest.test_watch import until
from tests.patience import PATIENCE

pytestmark = pytest.mark.timeout(3 * PATIENCE)

STORY = "The Supreme Court ruled on Friday that ByteDance must sell TikTok, and company {0} said that it would appeal."
ARTICLES = 60


def corpus(path: Path, count: int = ARTICLES) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for n in range(count):
            record = {"id": f"b{n}", "title": f"Report {n}", "published": "2025-01-17", "text": STORY.format(n)}
            out.write(json.dumps(record) + "\n")
    return path


def start(data: Path, *words: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "CHRONOGRAPH_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "kb", "ingest", "--json", *words],
        env={**kept, "CHRONOGRAPH_DATA": str(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text(encoding="utf-8").split()] if listed.exists() else []


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def _is_worker(pid: int) -> bool:
    try:
        return b"multiprocessing" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def test_a_packed_stream_goes_through_two_processes_survives_a_kill_and_goes_on(tmp_path: Path) -> None:
    data, path = tmp_path / "data", corpus(tmp_path / "big.jsonl.gz")
    try:
        process = start(data, "--workers", "2", str(path))
        until(lambda: _written(data) > 0)
        family = children(process.pid)
        process.send_signal(signal.SIGKILL)
        assert "leaked" not in process.communicate(timeout=PATIENCE)[1]  # nothing that only its author understands
        until(lambda: not any(map(alive, family)))
        again = start(data, "--workers", "2", str(path))
        out, err = again.communicate(timeout=PATIENCE)
        assert again.returncode == 0, err
        report = json.loads(out)
        assert report["unchanged"] > 0
        assert report["unchanged"] + report["new"] == ARTICLES
        last = start(data, str(path))
        assert json.loads(last.communicate(timeout=PATIENCE)[0])["unchanged"] == ARTICLES
    finally:
        embedded.stop(data)


def test_a_run_that_is_told_to_end_leaves_nothing_behind(tmp_path: Path) -> None:
    data, path = tmp_path / "data", corpus(tmp_path / "big.jsonl.gz", 300)
    try:
        process = start(data, "--workers", "2", str(path))
        until(lambda: (data / FILE).exists() and bool(_runs(data)))
        family = children(process.pid)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, out, err) == (128 + signal.SIGTERM, "", "")
        until(lambda: not any(map(alive, family)))
        assert _runs(data) == [{"status": "stopped", "error": "ended by SIGTERM"}]
    finally:
        embedded.stop(data)


def _runs(data: Path) -> list[dict[str, object]]:
    with open_journal(data) as journal:
        return [dict(row) for row in journal.rows("SELECT status, error FROM run")]


def _written(data: Path) -> int:
    """Articles that are in the graph, as a reader beside the run sees them."""
    from kb.config import Settings
    from kb.errors import ChronographError
    from kb.store import open_graph

    try:
        with open_graph(Settings(data, None, "none")) as graph:
            return int(graph.read("MATCH (v:Version) RETURN count(v) AS n")[0]["n"])
    except ChronographError:
        time.sleep(0.5)
        return 0


def test_what_a_run_over_inputs_did_is_recorded(tmp_path: Path) -> None:
    data, path = tmp_path / "data", corpus(tmp_path / "big.jsonl.gz", 3)
    (tmp_path / "bad.json").write_text("{broken", encoding="utf-8")
    try:
        process = start(data, str(path), str(tmp_path / "bad.json"))
        out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 1, err
        with open_journal(data) as journal:
            rows = journal.rows("SELECT outcome, count(*) AS n FROM run_item GROUP BY outcome ORDER BY outcome")
        assert {row["outcome"]: row["n"] for row in rows} == {"new": 3, "skipped": 1}
        assert json.loads(out)["run"]
    finally:
        embedded.stop(data)


def test_missing_files_are_named_and_start_neither_store_nor_worker(tmp_path: Path) -> None:
    data = tmp_path / "data"
    process = start(data, "--workers", "2", str(tmp_path / "nothing"), str(tmp_path / "none.txt"))
    until(lambda: process.poll() is not None or any(map(_is_worker, children(process.pid))))
    assert process.poll() is not None
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert err.count("no such file; check the name") == 2
    report = json.loads(out)
    assert (report["failed"], report["new"], report["run"]) == (2, 0, None)
    assert not data.exists()


def read(path: Path, limit: int = 1_000_000) -> tuple[int, list[Problem]]:
    from datetime import date
    from io import BytesIO

    problems: list[Problem] = []
    found = read_articles([str(path)], today=date(2025, 6, 1), limit=limit, stdin=BytesIO(), report=problems.append)
    return sum(1 for _ in found), [problem for problem in problems if problem.skipped]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(gzip.compress(b" " * 120_000_000), "refused|more than", id="a bomb"),
        pytest.param(gzip.compress(b"\n" * 120_000_000), "refused", id="a bomb of lines"),
        pytest.param(b"not gzip at all", "the gzip file is damaged", id="no gzip"),
        pytest.param(
            gzip.compress(b'{"text": "x"}\n' * 5000)[:-40], "the gzip file is damaged|unreadable|empty", id="cut off"
        ),
        pytest.param(gzip.compress(b""), "empty", id="nothing in it"),
    ],
)
def test_a_packed_file_that_is_none_or_a_bomb_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "big.jsonl.gz"
    path.write_bytes(content)
    _, problems = read(path)
    assert any(word in str(problem) for problem in problems for word in words.split("|"))


def test_a_packed_text_is_one_article(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(STORY.encode()))
    assert read(path) == (1, [])


@pytest.mark.parametrize(("seconds", "text"), [(40, "40 s"), (700, "12 min"), (11_100, "3 h 05 min")])
def test_time_that_is_left_is_told_for_people(seconds: float, text: str) -> None:
    assert duration(seconds) == text
