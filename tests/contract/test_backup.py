"""Backups: one whole file, restored into an empty store of either kind. Runs over every store."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.config import Settings
from kb.errors import AbortRun, SchemaMismatch, UsageError
from kb.judgement import Judgement, Matter, Verdict
from kb.store import Graph, backup_cypher, embedded, open_graph, restoring
from kb.store.backup import check_backup, write_backup
from kb.store.journal import open_journal
from kb.store.judgements import anchor_of_entity, judge
from kb.store.record import record
from kb.store.restoring import restore
from kb.store.saved import save_query
from kb.store.withdrawing import withdraw
from tests.contract.synthetic import extraction, now, picture
from tests.contract.test_folding import story
from tests.contract.test_folding import write as write_articles


def quiet(what: str, count: int) -> None:
    """No progress."""


@pytest.fixture
def full(graph: Graph, tmp_path: Path) -> Graph:
    """A graph with everything in it, and a journal beside it."""
    write_articles(graph, [*story(), extraction(7)])
    write_articles(graph, [extraction(7, text=extraction(7).article.text + " Corrected.")])
    one, other = anchor_of_entity(graph, "Apple"), anchor_of_entity(graph, "The Court")
    judge(graph, Judgement(Matter.ENTITY, Verdict.DIFFERENT, one, other, by="Ann", at=now(), why="of course"))
    save_query(graph, "All", "MATCH (n) RETURN n LIMIT 1", at=now())
    withdraw(graph, ["article-3"], at=now(), by="Ann", because="retracted")
    with open_journal(tmp_path / "data", create=True) as journal, journal.transaction() as connection:
        connection.execute("INSERT INTO run (id, source, started, status) VALUES ('r1', 'feed', '2025-01-01', 'done')")
        connection.execute("INSERT INTO queue (run, version, article) VALUES ('r1', 'v1', '{\"x\": 1}')")
    return graph


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Settings]:
    """An embedded store that nothing is in yet."""
    yield Settings(data=tmp_path / "elsewhere", neo4j=None, model="none")
    embedded.stop(tmp_path / "elsewhere")


def lines_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def test_what_is_restored_is_what_was_backed_up(full: Graph, elsewhere: Settings, tmp_path: Path) -> None:
    file, again = tmp_path / "all.backup", tmp_path / "again.backup"
    before = picture(full)
    counts = write_backup(full, tmp_path / "data", file, on_progress=quiet)
    assert counts["j"] == 2
    with open_graph(elsewhere, create=True, unfinished=True) as graph:
        assert restore(graph, elsewhere.data, file, on_progress=quiet) == counts
        assert picture(graph) == before
        write_backup(graph, elsewhere.data, again, on_progress=quiet)
    assert again.read_bytes() == file.read_bytes()


def test_into_a_server_of_another_kind_and_back(
    full: Graph, empty: Callable[[], None], elsewhere: Settings, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.backup", tmp_path / "second.backup"
    before = picture(full)
    write_backup(full, tmp_path / "data", first, on_progress=quiet)
    with open_graph(elsewhere, create=True, unfinished=True) as other:
        restore(other, elsewhere.data, first, on_progress=quiet)
        write_backup(other, elsewhere.data, second, on_progress=quiet)
    empty()
    restore(full, tmp_path / "back", second, on_progress=quiet)
    assert picture(full) == before
    write_articles(full, [extraction(99)])


def test_every_label_and_kind_of_relationship_is_part_of_it(full: Graph) -> None:
    labels = {label for row in full.read("MATCH (n) RETURN DISTINCT labels(n) AS labels") for label in row["labels"]}
    assert labels == {*backup_cypher.LABELS, "Meta"}
    rows = full.read("MATCH (a)-[r]->(b) RETURN DISTINCT labels(a)[0] AS a, type(r) AS r, labels(b)[0] AS b")
    assert {(row["a"], row["r"], row["b"]) for row in rows} <= set(backup_cypher.EDGES)


def test_what_is_not_of_the_program_is_not_lost_in_silence(full: Graph, tmp_path: Path) -> None:
    full.write(lambda writer: writer.run("CREATE (:Note {id: 'mine'})"))
    with pytest.raises(AbortRun, match="1 nodes and 0 relationships that Chronograph did not create"):
        write_backup(full, tmp_path / "data", tmp_path / "all.backup", on_progress=quiet)
    assert list(tmp_path.glob("*.backup*")) == []


def test_a_store_that_is_not_empty_is_left_alone(full: Graph, tmp_path: Path) -> None:
    file = tmp_path / "all.backup"
    write_backup(full, tmp_path / "data", file, on_progress=quiet)
    before = picture(full)
    with pytest.raises(UsageError, match="is not empty"):
        restore(full, tmp_path / "other", file, on_progress=quiet)
    assert picture(full) == before
    with pytest.raises(UsageError, match="already exists: name another file, or give --force"):
        write_backup(full, tmp_path / "data", file, on_progress=quiet)


def test_a_journal_that_is_not_empty_is_left_alone(full: Graph, elsewhere: Settings, tmp_path: Path) -> None:
    file = tmp_path / "all.backup"
    write_backup(full, tmp_path / "data", file, on_progress=quiet)
    with open_graph(elsewhere, create=True) as graph, pytest.raises(UsageError, match="already holds a journal"):
        restore(graph, tmp_path / "data", file, on_progress=quiet)


def test_half_a_restore_does_not_count_and_the_next_one_starts_over(
    full: Graph, elsewhere: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "all.backup"
    before = picture(full)
    write_backup(full, tmp_path / "data", file, on_progress=quiet)

    def killed(what: str, count: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(restoring, "_TELL_EVERY", 100)
    with open_graph(elsewhere, create=True, unfinished=True) as graph, pytest.raises(KeyboardInterrupt):
        restore(graph, elsewhere.data, file, on_progress=killed)
    with pytest.raises(SchemaMismatch, match="run 'chronograph restore FILE' again"):
        open_graph(elsewhere)
    with open_graph(elsewhere, unfinished=True) as graph:
        restore(graph, elsewhere.data, file, on_progress=quiet)
    with open_graph(elsewhere) as graph:
        assert picture(graph) == before


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _other_line(content: bytes) -> bytes:
    lines = gzip.decompress(content).splitlines(keepends=True)
    lines[1] = lines[1].replace(b"Outlet", b"0utlet", 1)
    return gzip.compress(b"".join(lines))


def _without_end(content: bytes) -> bytes:
    return gzip.compress(b"".join(gzip.decompress(content).splitlines(keepends=True)[:-1]))


def _newer(content: bytes) -> bytes:
    return gzip.compress(gzip.decompress(content).replace(b'"version":1', b'"version":9', 1))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        pytest.param(_cut, "is incomplete", id="cut off"),
        pytest.param(_without_end, "is incomplete", id="without its last line"),
        pytest.param(_other_line, "is damaged", id="changed"),
        pytest.param(_newer, "restore it with the program that made it", id="of another version"),
        pytest.param(lambda content: b"nothing of the kind", "is not a backup", id="not gzipped"),
        pytest.param(lambda content: gzip.compress(b"[1]\n"), "is not a backup", id="other lines"),
        pytest.param(lambda content: gzip.compress(b""), "is not a backup", id="empty"),
    ],
)
def test_a_file_that_is_no_whole_backup_is_refused_before_anything_is_written(
    graph: Graph, tmp_path: Path, spoil: Callable[[bytes], bytes], says: str
) -> None:
    record(graph, [extraction(0)], recorded_at=now(), extractor="test")
    file = tmp_path / "all.backup"
    write_backup(graph, tmp_path / "none", file, on_progress=quiet)
    file.write_bytes(spoil(file.read_bytes()))
    with pytest.raises(UsageError, match=says):
        check_backup(file)
    graph.write(lambda writer: writer.run("MATCH (n) WHERE NOT n:Meta DETACH DELETE n"))
    with pytest.raises(UsageError, match=says):
        restore(graph, tmp_path / "none", file, on_progress=quiet)
    assert picture(graph) == ""


def test_the_first_line_says_what_it_is_and_the_last_that_it_is_whole(full: Graph, tmp_path: Path) -> None:
    file = tmp_path / "all.backup"
    counts = write_backup(full, tmp_path / "data", file, on_progress=quiet)
    first, *lines, last = lines_of(file)
    assert (first["chronograph"], first["version"]) == ("backup", 1)
    assert last["end"] == counts
    assert sum("n" in line for line in lines) == counts["n"]
    assert write_backup(full, tmp_path / "data", file, on_progress=quiet, overwrite=True) == counts
