"""The program's own sheets."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from kb import shipped
from kb.gazetteer import names
from kb.ontology import load
from kb.shipped import compiled, read_yaml

SHEETS = [
    ("kb", "tracking.yaml"),
    ("kb.fold", "ties.yaml"),
    ("kb.resolve", "roles.yaml"),
    ("kb.fold", "phrases.yaml"),
    ("ingest", "boilerplate.yaml"),
    ("ingest.extract", "calibration.yaml"),
    ("ingest.extract.titles", "words.yaml"),
    ("ingest.inputs", "months.yaml"),
    ("ingest.inputs", "stand_in.yaml"),
]


@pytest.mark.parametrize(("package", "file"), SHEETS)
def test_a_sheet_holds_what_the_plain_parser_finds_in_it(package: str, file: str) -> None:
    assert read_yaml(package, file) == yaml.safe_load(files(package).joinpath(file).read_text(encoding="utf-8"))


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a package `sheets_of_a_test`, whose one sheet says 1."""
    folder = tmp_path / "sheets_of_a_test"
    (folder / "more").mkdir(parents=True)
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "more" / "sheet.yaml").write_text("1", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    sys.modules.pop("sheets_of_a_test", None)


@pytest.fixture
def make(package: Path) -> Callable[[], list[int]]:
    """Makes of the sheet what it says, and how often that was done before."""
    times: list[int] = []

    def made() -> list[int]:
        times.append(len(times))
        return [int((package / "more" / "sheet.yaml").read_text(encoding="utf-8")), times[-1]]

    return lambda: compiled("sheets_of_a_test", made)


def test_what_is_made_of_sheets_is_made_once(make: Callable[[], list[int]]) -> None:
    assert [make(), make()] == [[1, 0], [1, 0]]


def test_a_changed_sheet_or_a_changed_module_is_never_overlooked(
    package: Path, make: Callable[[], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    make()
    (package / "more" / "sheet.yaml").write_text("2", encoding="utf-8")
    assert make() == [2, 1]
    (package / "__init__.py").write_text("#", encoding="utf-8")
    assert make() == [2, 2]
    (package / "more" / "new.yaml").write_text("", encoding="utf-8")
    assert make() == [2, 3]
    monkeypatch.setattr(shipped, "_HOME", package)  # where the modules are that every package is made with
    assert make() == [2, 4]
    assert len(list(package.glob("__pycache__/*.pickle"))) == 1


@pytest.mark.parametrize("damage", [b"", b"no pickle", b"\x80\x05c", b"cno.such\nmodule\n."])
def test_what_is_damaged_is_made_anew(package: Path, make: Callable[[], list[int]], damage: bytes) -> None:
    make()
    (kept,) = package.glob("__pycache__/*.pickle")
    kept.write_bytes(damage)
    assert [make(), make()] == [[1, 1], [1, 1]]


def test_where_nothing_can_be_kept_it_is_made_each_time(package: Path, make: Callable[[], list[int]]) -> None:
    (package / "__pycache__").write_text("no folder", encoding="utf-8")
    assert [make(), make()] == [[1, 0], [1, 1]]


def test_what_is_kept_is_what_the_sheets_say() -> None:
    kept, made = names._loaded.__wrapped__(None), names.parse_gazetteer(names._own_sheets())
    assert (kept.forms, kept.words, kept.head_words, kept.contexts, kept.things_behind) == (
        made.forms,
        made.words,
        made.head_words,
        made.contexts,
        made.things_behind,
    )
    assert kept.get("Instagram") == made.get("Instagram")
    assert load.load_ontology() == load._read_types(None)
