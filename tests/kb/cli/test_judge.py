"""The command `judge` where there is no store yet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli.judge import judge
from kb.config import Settings
from kb.errors import StoreUnavailable
from kb.store import embedded

LINE = json.dumps(
    {
        "on": "entity",
        "verdict": "same",
        "one": {"entity": "e1", "name": "Twitter"},
        "other": {"entity": "e2", "name": "X"},
        "by": "Ann",
        "at": "2026-02-01T10:00:00+00:00",
    }
)


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    yield Settings(tmp_path / "data", None, "none")
    embedded.stop(tmp_path / "data")


def run(settings: Settings, *words: str, text: str | None = None) -> Result:
    return CliRunner().invoke(judge, words, obj=settings, input=text, catch_exceptions=False)


def test_judgements_are_imported_before_anything_is_ingested(settings: Settings) -> None:
    assert "1 judgement read, 0 lines left out" in run(settings, "import", "-", text=LINE + "\n").stderr
    listed = run(settings, "list").stdout
    assert listed.splitlines()[0].split()[1:6] == ["same", "Twitter", "|", "X", "by"]
    assert listed.count("waiting: ") == 2


def test_a_file_without_judgements_makes_no_store(settings: Settings) -> None:
    with pytest.raises(StoreUnavailable, match="no store in"):
        run(settings, "import", "-", text="\n")
    assert not settings.data.exists()
