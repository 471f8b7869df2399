"""The embedded store's daemon: one per folder, private, and gone when told so."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.config import Settings
from kb.errors import QueryRejected, StoreFull, StoreUnavailable
from kb.store import daemon, embedded, folder, open_graph
from kb.store.folder import Folder
from tests.patience import PATIENCE

pytestmark = pytest.mark.timeout(3 * PATIENCE)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a store that was started once; its name wants care."""
    path = tmp_path_factory.mktemp("it's a test") / "data ü"
    embedded.start(path)
    yield path
    embedded.stop(path)


def settings(data: Path) -> Settings:
    return Settings(data=data, neo4j=None, model="none")


def ended(pid: int) -> bool:
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return listed.stdout.strip()[:1] in ("", "Z")


def test_starting_what_runs_starts_nothing(data: Path) -> None:
    assert embedded.start(data) == embedded.start(data)
    status = embedded.status(data)
    assert (status.running, status.pid) == (True, embedded.start(data).pid)
    assert status.version
    assert status.since


def test_pages_are_of_32_kb(data: Path) -> None:
    with open_graph(settings(data), create=True):
        claims = data / "store" / "databases" / "neo4j"
        assert [path.name.split(".")[2] for path in claims.glob("Claim_0.*.bucket")] == ["32768"]


def test_new_records_go_to_the_end_of_their_file_not_among_older_ones(data: Path) -> None:
    create = (
        "UNWIND range(1, 400) AS n CREATE (x:Long {text: $text}) RETURN toInteger(split(elementId(x), ':')[1]) AS at"
    )
    with open_graph(settings(data), create=True) as graph:
        first = graph.write(lambda writer: writer.run(create, text="x" * 1000))
        graph.write(lambda writer: writer.run("MATCH (x:Long) DELETE x"))
        second = graph.write(lambda writer: writer.run(create, text="y" * 1000))
    page = 2048  # places that a page has room for
    assert max(row["at"] for row in first) // page <= min(row["at"] for row in second) // page


def test_a_statement_that_sorts_more_than_there_is_memory_for_says_so(data: Path) -> None:
    long = "x" * 2000
    statement = f"UNWIND range(1, 200000) AS n RETURN n, '{long}' + n AS text ORDER BY text DESC"
    with (
        open_graph(settings(data), create=True) as graph,
        pytest.raises(QueryRejected, match="needs more memory than the store has: narrow it down"),
    ):
        graph.query(statement, {}, timeout=60)


def test_the_passwords_are_for_the_owner_of_the_folder_only(data: Path) -> None:
    running = embedded.start(data)
    assert stat.S_IMODE((data / "daemon.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    secrets = {running.password, running.reader_password}
    assert len(secrets) == 2
    assert all(len(secret) >= 32 for secret in secrets)
    assert not any(secret in repr(running) for secret in secrets)
    assert [path for path in data.rglob("*.log") if any(s in path.read_text("utf-8", "replace") for s in secrets)] == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads the sockets of a process from /proc")
def test_it_listens_on_loopback_only(data: Path) -> None:
    running = embedded.start(data)
    links = [str(path.readlink()) for path in Path(f"/proc/{running.pid}/fd").iterdir() if path.is_symlink()]
    inodes = {link.removeprefix("socket:[").rstrip("]") for link in links if link.startswith("socket:[")}
    listening = [
        fields[1].split(":")
        for table in ("tcp", "tcp6")
        for fields in map(str.split, Path(f"/proc/{running.pid}/net/{table}").read_text().splitlines()[1:])
        if fields[3] == "0A" and fields[9] in inodes
    ]
    assert running.port in {int(port, 16) for _, port in listening}
    loopback = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}
    assert {address for address, _ in listening} <= loopback


def test_what_a_killed_daemon_leaves_behind_is_replaced(data: Path) -> None:
    before = embedded.start(data)
    os.kill(before.pid, signal.SIGKILL)
    while embedded.status(data).running:
        time.sleep(0.01)
    assert (data / "daemon.json").exists()
    assert not embedded.stop(data)
    after = embedded.start(data)
    assert after.pid != before.pid
    assert after.password != before.password


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly_while_a_client_is_connected(data: Path, number: signal.Signals) -> None:
    with open_graph(settings(data)) as graph:
        graph.write(lambda writer: writer.run("MERGE (:Event {id: $id})", id=number.name))
        pid = embedded.start(data).pid
        os.kill(pid, number)
        while not ended(pid):
            time.sleep(0.01)
        assert "Timeout" not in (data / "daemon.log").read_text(encoding="utf-8")
        assert not (data / "daemon.json").exists()
        assert graph.read("MATCH (e:Event {id: $id}) RETURN e.id AS id", id=number.name) == [{"id": number.name}]


def test_stopping_waits_until_it_is_gone(data: Path) -> None:
    pid = embedded.start(data).pid
    assert embedded.stop(data)
    assert ended(pid)
    assert not embedded.stop(data)


def test_one_that_does_not_hear_is_killed_and_what_it_wrote_stays(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "_STOP_WITHIN", 0.1)
    with open_graph(settings(data)) as graph:
        graph.write(lambda writer: writer.run("MERGE (:Event {id: 'unheard'})"))
        pid = embedded.start(data).pid
        os.kill(pid, signal.SIGSTOP)
        assert embedded.stop(data)
        assert ended(pid)
        assert graph.read("MATCH (e:Event {id: 'unheard'}) RETURN count(e) AS events") == [{"events": 1}]


def test_a_daemon_of_another_version_of_the_program_can_be_stopped(data: Path) -> None:
    pid = embedded.start(data).pid
    (data / "daemon.json").write_text(json.dumps({"pid": pid, "socket": "elsewhere"}))
    with pytest.raises(StoreUnavailable, match="runs another version of this program: run 'chronograph db stop'"):
        embedded.start(data)
    assert embedded.stop(data)


@pytest.mark.parametrize(
    ("database", "line"),
    [
        pytest.param({"configuration.json": "{}", "schema.json": "{}"}, "configuration", id="damaged"),
        pytest.param("not a folder", "Not a directory", id="foreign"),
    ],
)
def test_a_folder_that_holds_no_good_store_is_one_clear_line(tmp_path: Path, database: object, line: str) -> None:
    place = tmp_path / "store" / "databases" / "neo4j"
    place.parent.mkdir(parents=True)
    if isinstance(database, dict):
        place.mkdir()
        for name, text in database.items():
            (place / name).write_text(text)
    else:
        place.write_text(str(database))
    with pytest.raises(StoreUnavailable, match=f"the store in .* did not start: .*{line}") as caught:
        embedded.start(tmp_path)
    assert "\n" not in str(caught.value)
    assert embedded.status(tmp_path) == embedded.Status(running=False)


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(
        StoreUnavailable, match=r"did not start: .*Not a directory: '.*file/data'; set CHRONOGRAPH_DATA"
    ):
        open_graph(settings(tmp_path / "file" / "data"), create=True)


def test_a_folder_of_another_user_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    for name in ("read_text", "is_dir"):
        monkeypatch.setattr(Path, name, refuse)
    for use in (lambda: embedded.status(tmp_path), lambda: open_graph(settings(tmp_path))):
        with pytest.raises(StoreUnavailable, match="belongs to another user: set CHRONOGRAPH_DATA"):
            use()


def test_an_owner_that_does_not_answer_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    holder = Folder(tmp_path)
    assert holder.take()
    holder.sign()
    monkeypatch.setattr(daemon, "_PATIENCE", 0.1)
    assert daemon.main(["--data", str(tmp_path)]) == 1
    assert f"process {os.getpid()} holds {tmp_path} and does not answer" in capsys.readouterr().err
    holder.release()


def test_a_full_disk_is_noticed_before_anything_is_written(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_graph(settings(data), create=True) as graph:
        monkeypatch.setattr(folder, "ROOM", 2**60)
        with pytest.raises(StoreFull, match=r"the disk that holds .* is full: \d+ MB are free, \d+ MB are needed"):
            graph.write(lambda writer: pytest.fail("it wrote"))
        assert graph.read("RETURN 1 AS one") == [{"one": 1}]


def test_a_start_that_fails_on_a_full_disk_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "store").write_text("in the way")
    monkeypatch.setattr(folder, "ROOM", 2**60)
    with pytest.raises(StoreFull, match="is full"):
        embedded.start(tmp_path)


_STORE = """
import os, signal, threading, time
from types import SimpleNamespace
from kb.store import daemon

daemon._LONGEST_STOP = 0.2
daemon._start_server = lambda folder: (server, None)
folder = SimpleNamespace(sign=lambda: None, publish=lambda running: print("up", flush=True), withdraw=lambda: None)
"""
_HANGING = """
server = SimpleNamespace(stop=lambda: time.sleep(600))
daemon._serve(folder, None)
"""
_LAUNCHED_BY_NOBODY = """
reading, writing = os.pipe()
os.close(reading)
server = SimpleNamespace(stop=lambda: print("stopped", flush=True))
daemon._serve(folder, writing)
"""
_TOLD_ELSEWHERE = """
server = SimpleNamespace(stop=lambda: print("stopped", flush=True))
threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
daemon._serve(folder, None)
"""
_FAILING = """
threading.Thread(target=time.sleep, args=(600,)).start()
server = SimpleNamespace(stop=lambda: 1 / 0)
daemon._serve(folder, None)
"""


@pytest.mark.parametrize(
    ("program", "said", "code"),
    [
        (_HANGING, b"", 1),
        (_LAUNCHED_BY_NOBODY, b"stopped\n", 0),
        (_TOLD_ELSEWHERE, b"stopped\n", 0),
        (_FAILING, b"", 1),
    ],
)
def test_a_store_ends_when_told_to_whatever_its_server_or_launcher_does(program: str, said: bytes, code: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _STORE + program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        process.send_signal(signal.SIGTERM)
        assert (process.wait(timeout=PATIENCE), process.stdout.read()) == (code, said)
