"""Patterns are searched from their left end: what is known by its id stands there, or all others are gone through."""

from __future__ import annotations

import re
from pathlib import Path

import kb

_FROM_ANYWHERE = re.compile(r"MATCH \(\w*:\w+\)\s*<?-[^\n]*\{id: ")


def test_patterns_begin_with_what_is_known_by_its_id() -> None:
    assert _FROM_ANYWHERE.search("MATCH (c:Claim)-[:ABOUT]->(:Event {id: id})")
    assert not _FROM_ANYWHERE.search("MATCH (:Event {id: id})<-[:ABOUT]-(c:Claim)")
    sheets = list(Path(kb.__file__).parent.rglob("*.py"))
    assert len(sheets) > 50
    found = [
        f"{sheet.name}: {match[0]}" for sheet in sheets for match in _FROM_ANYWHERE.finditer(sheet.read_text("utf-8"))
    ]
    assert found == []
