"""The program's own sheets."""

from importlib.resources import files

import pytest
import yaml

from kb.shipped import read_yaml

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
