"""What was read of a whole graph and put beside it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kb.store.aside import Stamp, keep, load

_STAMP = Stamp("harbour", 7, 1)
_TOLD = {"title": ["Fähre legt ab", "\u202eferry", "a\nb\ud800"], "claims": [1, 2, None]}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    kept = tmp_path / "places.table.json"
    keep(kept, _STAMP, _TOLD)
    return kept


def test_what_is_kept_is_taken_as_it_was_told(file):
    assert load(file, _STAMP) == _TOLD
    assert [one.name for one in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("other", [{"writes": 8}, {"writes": 6}, {"graph": "pier"}, {"form": 2}], ids=" ".join)
def test_what_was_read_of_another_graph_or_at_another_time_or_told_in_another_form_is_not_taken(file, other):
    assert load(file, replace(_STAMP, **other)) is None


def test_what_was_kept_before_forms_were_counted_is_not_taken(file):
    head, told = file.read_bytes().split(b"\n", 1)
    before = {name: value for name, value in json.loads(head).items() if name != "form"}
    file.write_bytes(json.dumps(before).encode() + b"\n" + told)
    assert load(file, _STAMP) is None


def test_what_is_torn_or_changed_anywhere_is_not_taken(file):
    whole = file.read_bytes()
    for end in range(len(whole)):
        file.write_bytes(whole[:end])
        assert load(file, _STAMP) is None
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert load(file, _STAMP) is None


@pytest.mark.parametrize("text", [b"", b"\n", b"[]\n[]", b"[" * 100_000, b"\xff\xfe\n{}"])
def test_what_is_none_of_ours_is_not_taken(file, text):
    file.write_bytes(text)
    assert load(file, _STAMP) is None


def test_where_nothing_can_be_kept_nothing_is(file):
    missing = file.parent / "gone" / file.name
    keep(missing, _STAMP, _TOLD)
    assert load(missing, _STAMP) is None
    folder = file.parent / "folder.json"
    folder.mkdir()
    keep(folder, _STAMP, _TOLD)
    assert load(folder, _STAMP) is None
