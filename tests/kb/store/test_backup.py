"""What a backup keeps of the journal."""

from __future__ import annotations

from pathlib import Path

from kb.store.backup import JOURNALLED
from kb.store.journal import open_journal


def test_all_of_the_journal_is_kept_but_what_a_host_asked_for(tmp_path: Path) -> None:
    with open_journal(tmp_path, create=True) as journal:
        tables = journal.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    assert sorted(row["name"] for row in tables) == sorted([*JOURNALLED, "host", "robots"])
