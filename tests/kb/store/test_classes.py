"""The archive of Java's classes: usable where it fits, passed over where it does not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kb.config import Settings
from kb.store import classes, embedded, open_graph


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it would lie."""
    path = tmp_path / "share" / "store.jsa"
    monkeypatch.setattr(classes, "ARCHIVE", path)
    return path


def test_a_store_without_an_archive_is_told_of_none(archive: Path) -> None:
    assert classes.shared() == ()


def test_java_takes_its_classes_from_the_archive(archive: Path) -> None:
    assert classes.main() == 0
    assert [path.name for path in archive.parent.iterdir()] == [archive.name], "a draft was left"
    jars = Path(classes.jvm.get_jar_path())
    path = os.pathsep.join(map(str, jars.glob("*.jar")))
    java = [str(jars.with_name("jre") / "bin" / "java"), *classes.LAYOUT, *classes.shared(), "-Xshare:on", "-cp", path]
    seen = subprocess.run(
        [*java, "-Xlog:class+load", "-version"], capture_output=True, text=True, check=False, timeout=120
    )
    assert seen.returncode == 0, seen.stdout[-500:]
    assert "java.lang.Object source: shared objects file" in seen.stdout


def test_a_store_starts_whatever_lies_where_the_archive_should(tmp_path: Path) -> None:
    """In a process of its own, with a prefix of its own, as a store would be started."""
    broken = tmp_path / "share" / "chronograph" / "store.jsa"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"no archive" * 1_000)
    data = tmp_path / "data"
    start = f"import sys; sys.prefix = {str(tmp_path)!r}\nfrom kb.store import daemon\nraise SystemExit(daemon.main())"
    words = [sys.executable, "-c", start, "--data", str(data), "--detach"]
    subprocess.run(words, check=True, timeout=120, capture_output=True)
    try:
        with open_graph(Settings(data, None, "none"), create=True) as graph:
            assert graph.read("MATCH (a:Article) RETURN count(a) AS held") == [{"held": 0}]
        assert "rror" not in (data / "daemon.log").read_text(encoding="utf-8")
    finally:
        embedded.stop(data)


def test_what_cannot_be_written_is_said_in_one_line(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    archive.parent.parent.mkdir(exist_ok=True)
    archive.parent.write_text("a file where a folder should be")
    assert classes.main() == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert str(archive) in told


def test_what_java_says_against_it_is_said_in_one_line(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(classes, "CLASSES", archive.with_name("no-such-list"))
    assert classes.main() == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert not list(archive.parent.iterdir()), "a draft was left"
