import json

import pytest
from click.testing import CliRunner

from kb.cli import cli
from kb.errors import UsageError


@pytest.fixture
def run(filled, monkeypatch):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(filled.data))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    return lambda *args: CliRunner().invoke(cli, ["export", *args], catch_exceptions=False)


def test_filters_are_respected_and_the_count_is_told(run):
    done = run("--entity", "ByteDance", "--format", "json")
    assert [entry["event"]["title"] for entry in json.loads(done.stdout)] == ["ByteDance to sell TikTok"]
    assert "1 event as json" in done.stderr


def test_the_name_of_the_file_says_the_format(run, tmp_path):
    target = tmp_path / "out.ics"
    run("-o", str(target), "--as-of", "2025-01-15")
    assert target.read_text().startswith("BEGIN:VCALENDAR")
    assert list(tmp_path.iterdir()) == [target]


def test_an_entity_that_nobody_knows_is_named(run):
    from kb.errors import NotFound

    with pytest.raises(NotFound, match="no entity is called 'Nobody'"):
        run("--entity", "Nobody")


def test_a_folder_that_is_not_there_is_named_without_the_unfinished_file(run, tmp_path):
    with pytest.raises(UsageError, match=r"nowhere/out\.csv: No such file or directory"):
        run("-o", str(tmp_path / "nowhere" / "out.csv"))
