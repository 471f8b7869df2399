"""The journal of before."""

from __future__ import annotations

from pathlib import Path

from kb.store.journal import FILE, connect_to, open_journal


def test_a_journal_of_before_gets_what_it_lacks(tmp_path: Path) -> None:
    with open_journal(tmp_path, create=True) as journal:
        wanted = journal.rows("SELECT name FROM pragma_table_info('page')")
    old = connect_to(tmp_path / FILE)
    old.executescript(
        "ALTER TABLE page DROP COLUMN doubted; ALTER TABLE source DROP COLUMN told; "
        "ALTER TABLE source DROP COLUMN form; DROP TABLE delivered;"
        "PRAGMA user_version = 3;"
    )
    old.execute("INSERT INTO page (source, url, mark, entry, fetched) VALUES ('court', '/a', 'm', '{}', 1)")
    old.close()
    for _ in range(2):
        with open_journal(tmp_path) as journal:
            assert journal.rows("SELECT name FROM pragma_table_info('page')") == wanted
            assert journal.rows("SELECT url, doubted FROM page") == [{"url": "/a", "doubted": None}]
            assert journal.rows("SELECT * FROM delivered") == []
            assert journal.rows("SELECT told, form FROM source") == []


def test_a_journal_of_the_version_before_gets_what_came_since_alone(tmp_path: Path) -> None:
    with open_journal(tmp_path, create=True):
        pass
    old = connect_to(tmp_path / FILE)
    old.executescript(
        "ALTER TABLE source DROP COLUMN told; ALTER TABLE source DROP COLUMN form; PRAGMA user_version = 4;"
    )
    old.close()
    with open_journal(tmp_path) as journal:
        assert journal.rows("SELECT told, form FROM source") == []
        assert journal.rows("SELECT doubted FROM page") == []
