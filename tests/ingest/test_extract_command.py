"""`chronograph extract` from the outside: what it prints, in which order, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from spacy.language import Language
from spacy.tokens import Doc

from ingest import extraction
from ingest.boilerplate import find_boilerplate
from ingest.cli import extract
from ingest.extraction import extract_articles, reraise
from kb.config import load_settings
from kb.errors import AbortRun
from kb.model import Article, Extraction
from kb.ontology import load_ontology
from tests.patience import PATIENCE

STORY = (
    "WASHINGTON - The U.S. Supreme Court held a hearing on January 10 about TikTok’s future.\n\n"
    "President Joe Biden signed the law on April 24, 2024. ByteDance must sell the app by January 19, 2025.\n"
)


@pytest.fixture
def run(nlp: Language, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[object]:
    """Runs the command in this process, with the pipeline already loaded."""
    monkeypatch.setattr("ingest.nlp.pipeline.load_pipeline", lambda model: nlp)
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str, stdin: bytes = b"") -> Result:
        settings = load_settings({}, tmp_path)
        return CliRunner().invoke(extract, arguments, input=stdin, obj=settings, catch_exceptions=False)

    return ran


def write(name: str, **fields: object) -> str:
    Path(name).write_text(json.dumps({"text": STORY, "published": "2025-01-15", **fields}), encoding="utf-8")
    return name


def test_one_line_is_printed_for_each_article_in_the_order_of_the_input(run) -> None:
    names = [write(f"{name}.json", id=name) for name in ("c", "a", "b")]
    result = run(*names, "-", stdin=json.dumps({"id": "d", "text": STORY, "published": "2025-01-15"}).encode())
    assert result.exit_code == 0
    assert [json.loads(line)["article"]["id"] for line in result.stdout.splitlines()] == ["c", "a", "b", "d"]
    assert result.stderr == ""


def test_the_story_is_read_with_its_quotes(run) -> None:
    (line,) = run(write("a.json")).stdout.splitlines()
    found = json.loads(line)
    text = found["article"]["text"]
    assert text == STORY
    names = {entity["name"]: entity["kind"] for entity in found["entities"]}
    assert names["Supreme Court of the United States"] == "court"
    assert names["TikTok"] == "product"
    spans = [
        *found["times"],
        *(mention for entity in found["entities"] for mention in entity["mentions"]),
        *(claim["trigger"] for claim in found["claims"]),
        *(claim["when"] for claim in found["claims"] if claim["when"]),
    ]
    assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)
    days = {(claim["type"], claim["when"]["first_day"]) for claim in found["claims"] if claim["when"]}
    assert {("law_enacted", "2024-04-24"), ("deadline", "2025-01-19")} <= days


def test_a_second_run_prints_the_same_bytes(run) -> None:
    names = [write("a.json"), write("b.json", title="Another", url="https://example.org/b")]
    assert run(*names).stdout_bytes == run(*names).stdout_bytes


def test_bad_inputs_are_named_on_standard_error_and_the_exit_code_is_1(run) -> None:
    Path("empty.txt").touch()
    result = run("empty.txt", write("good.json"), "missing.txt")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    first, second, summary = result.stderr.splitlines()
    assert first.startswith("empty.txt: ")
    assert second.startswith("missing.txt: ")
    assert summary == "1 article read, 2 inputs left out"


def test_a_remark_alone_is_no_failure(run) -> None:
    result = run(write("a.json", published=None))
    assert result.exit_code == 0
    assert "no publication date" in result.stderr


@pytest.mark.parametrize("arguments", [[], ["--no-such-option", "a.txt"], ["--max-mb", "0", "a.txt"]])
def test_wrong_usage_ends_with_2(run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")


def test_the_size_limit_can_be_set(run) -> None:
    name = write("a.json")
    assert run("--max-mb", "0.0001", name).exit_code == 1
    assert run("--max-mb", "1", name).exit_code == 0


def test_a_pipeline_that_is_not_there_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(AbortRun, match="'no_such_pipeline' is not installed"):
        CliRunner().invoke(
            extract, ["--model", "no_such_pipeline", "-"], obj=load_settings({}, tmp_path), catch_exceptions=False
        )


def test_results_come_before_all_inputs_are_read(nlp: Language) -> None:
    read = 0

    def articles() -> Iterator[Article]:
        nonlocal read
        for number in range(5000):
            read += 1
            yield Article(f"a{number}", STORY, published=date(2025, 1, 15))

    found = extract_articles(
        articles(), nlp=nlp, ontology=load_ontology(), find_boilerplate=find_boilerplate, on_failure=reraise
    )
    assert next(found).article.id == "a0"
    assert read < 500


def test_an_article_without_end_is_left_out_and_the_rest_goes_on(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_time = extraction.extract_doc

    def loops(doc: Doc, article: Article, *args: Any, **names: Any) -> Extraction:
        while article.id == "a1":
            pass
        return in_time(doc, article, *args, **names)

    monkeypatch.setattr(extraction, "extract_doc", loops)
    monkeypatch.setattr(extraction, "_SECONDS", 2.0)
    failed: list[tuple[str, str]] = []
    found = extract_articles(
        [Article(f"a{number}", STORY, published=date(2025, 1, 15)) for number in range(3)],
        nlp=nlp,
        ontology=load_ontology(),
        find_boilerplate=find_boilerplate,
        on_failure=lambda article, error: failed.append((article.id, str(error))),
    )
    assert [one.article.id for one in found] == ["a0", "a2"]
    assert failed == [("a1", "took more than 2 seconds")]


def test_loading_the_command_is_quick() -> None:
    loaded = "import sys, ingest.cli; print([name for name in ('spacy', 'trafilatura') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    line = (
        json.dumps({"text": "The café’s owner sued the city on May 5, 2024. " * 50, "published": "2024-06-01"}) + "\n"
    )
    (tmp_path / "many.jsonl").write_text(line * 200, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "kb", "extract", "many.jsonl"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    first = process.stdout.readline().decode("utf-8")
    process.stdout.close()
    assert "café’s" in first
    assert process.wait(timeout=PATIENCE) == 0
    assert process.stderr.read() == b""
    process.stderr.close()
