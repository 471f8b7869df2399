"""The process that owns an embedded store: one per data folder, loopback only, stopped by SIGTERM or SIGINT.

    python -m kb.store.daemon --data .chronograph [--detach]

It takes the folder's lock, starts ArcadeDB on its bundled Java runtime, publishes how to reach it, and waits. Programs
talk Bolt to it; `kb.store.embedded` starts it on demand.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import json
import os
import re
import secrets
import signal
import socket
import sys
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

import arcadedb_embedded
import jpype
from arcadedb_embedded.jvm import start_jvm

from kb.store import classes
from kb.store.folder import DATABASE, READER, Folder, Running

_HEAP = "320m"
"""Java fills all that it may have before it looks through it as a whole: of 345 MB 74 were in use then. The rest is for
the largest message, with what is made of it."""
_LARGEST_MESSAGE = 40 * 2**20
"""Bytes of one statement with its parameters: `kb.store.graph` sends less, and twice as much would not fit the heap."""
_LONGEST_STATEMENT = 60_000
"""Milliseconds after which the server ends any statement by itself, whoever sent it."""
_JVM_ARGS = (
    "-Darcadedb.opencypher.loadCsv.allowFileUrls=false",
    "-Darcadedb.opencypher.loadCsv.allowRemoteUrls=false",
    f"-Darcadedb.command.timeout={_LONGEST_STATEMENT}",
    "-Darcadedb.bucketDefaultPageSize=32768",
    "-Darcadedb.bucketReuseSpaceMode=low",
    "-Darcadedb.txPageSlotMerge=false",
    "-Darcadedb.graph.edgeAppendMerge=false",
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:TieredStopAtLevel=1",
    *classes.LAYOUT,
    "-Xmn40m",
    "-XX:MaxTenuringThreshold=1",
    "-XX:MetaspaceSize=128m",
)
"""A transaction holds each page that it writes to, and in a large graph these lie far apart: the server's own 64 KB are
too much of it, and of 16 KB half are header. New records go to the end of their file: to find room among older ones,
the server reads all of a file again every few seconds. It keeps nothing to merge transactions that write at once, as
they come one after another.

A store that ran out of memory ends, and comes back whole, rather than going on maimed. The quick compiler alone has
it ready with half the work, and is as fast over the first 50,000 claims; so small a heap is swept with the least work
by one thread, and not for what the classes take, which is less than that. What a transaction touches lives until it
ends, so it is moved to the old at once and most of the heap is theirs."""
_GROUPS = {
    "admin": {
        "access": ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
        "types": {"*": {"access": ["createRecord", "readRecord", "updateRecord", "deleteRecord"]}},
    },
    READER: {"access": [], "types": {"*": {"access": ["readRecord"]}}},
    "*": {"access": [], "types": {"*": {"access": []}}},
}
_LOGGING = """\
handlers = java.util.logging.FileHandler
.level = INFO
io.undertow.level = WARNING
org.xnio.level = WARNING
org.jboss.level = WARNING
java.util.logging.FileHandler.pattern = ./log/server.%g.log
java.util.logging.FileHandler.limit = 5000000
java.util.logging.FileHandler.count = 2
java.util.logging.FileHandler.formatter = com.arcadedb.log.LogFormatter
"""
_PATIENCE = 600.0
"""Seconds to wait for another owner to answer, or to end: as long as a start may take."""
_LONGEST_STOP = 30.0
"""Seconds in which a server has to stop once it was told to."""


def main(argv: Sequence[str] | None = None) -> int:
    """Own the store of `--data` until a signal ends it; with `--detach`, return once it answers in the background.

    Returns 0 as well when another process owns the store and answers; else 1, with one line on stderr.
    """
    parser = argparse.ArgumentParser(prog="python -m kb.store.daemon", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the store's folder")
    parser.add_argument("--detach", action="store_true", help="return when the store answers, and leave it running")
    options = parser.parse_args(argv)
    folder = Folder(options.data.absolute())
    try:
        owned = _own(folder)
    except OSError as err:
        return _say(f"{_reason(err)}; set CHRONOGRAPH_DATA to a folder you can write to")
    if owned is None:
        return _say(f"process {folder.owner()} holds {folder.path} and does not answer: end it first")
    if not owned:
        return 0
    if not options.detach:
        _serve(folder, None)
    return _detached(folder)


def _own(folder: Folder) -> bool | None:
    """True when this process owns the folder now, False when another does and answers, None when it does not."""
    folder.path.mkdir(parents=True, exist_ok=True, mode=0o700)
    deadline = time.monotonic() + _PATIENCE
    while not folder.take():
        if folder.running():
            return False
        if time.monotonic() > deadline:
            return None
        time.sleep(0.05)
    return True


def _detached(folder: Folder) -> int:
    """Serve in a background process of its own session; 0 once it answers, else 1 with its reason on stderr."""
    reading, writing = os.pipe()
    if not os.fork():
        os.close(reading)
        _serve_alone(folder, writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as answer:
        reason = answer.read()
    return 0 if reason == "ready" else _say(reason or f"it ended at once: see {folder.log}")


def _serve_alone(folder: Folder, launcher: int) -> NoReturn:
    """Serve apart from the terminal and the files of whoever launched it."""
    os.setsid()
    log = os.open(folder.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for source, target in ((os.open(os.devnull, os.O_RDONLY), 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    _serve(folder, launcher)


def _serve(folder: Folder, launcher: int | None) -> NoReturn:
    """Start the server, publish it, tell the launcher, wait for a signal, stop it.

    Ends the process itself, by `os._exit`, whatever happens: threads of the Java runtime would keep it alive, deaf to
    signals, as long as a client is connected. A server that does not stop in time is ended too; what was written stays,
    as after a power cut.
    """
    try:
        _serve_until_told(folder, launcher)
    except BaseException:  # noqa: BLE001 - it goes to the log, and the process ends
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _serve_until_told(folder: Folder, launcher: int | None) -> None:
    folder.sign()
    try:
        server, running = _start_server(folder)
        told = _signals()
        gc.freeze()  # the bridge to Java looks through all of Python's garbage whenever Java has looked through its own
        folder.publish(running)
    except (OSError, arcadedb_embedded.ArcadeDBError, jpype.JException) as err:
        _answer(launcher, _reason(err))
        raise
    _answer(launcher, "ready")
    os.read(told, 1)
    faulthandler.dump_traceback_later(_LONGEST_STOP, exit=True)  # its clock asks neither Python nor Java for a turn
    folder.withdraw()
    server.stop()


def _signals() -> int:
    """The end of a pipe that gets a byte when a signal tells the process to end, whichever of its threads is told.

    A thread of Python that waits for a lock would not hear of a signal that a thread of Java was given.
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    return reading


def _start_server(folder: Folder) -> tuple[arcadedb_embedded.ArcadeDBServer, Running]:
    """ArcadeDB on free ports, with fresh passwords: those of an earlier run are worth nothing."""
    running = Running(
        pid=os.getpid(),
        port=_free_port(),
        password=secrets.token_urlsafe(24),
        reader_password=secrets.token_urlsafe(24),
        version=version("arcadedb-embedded"),
        since=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    _configure(folder)
    logging = f"-Djava.util.logging.config.file={folder.store / 'config' / 'arcadedb-log.properties'}"
    start_jvm(heap_size=_HEAP, jvm_args=[*_JVM_ARGS, *classes.shared(), logging])
    server = arcadedb_embedded.create_server(
        root_path=str(folder.store),
        root_password=running.password,
        config={
            "host": "127.0.0.1",
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "bolt_port": running.port,
            "bolt_maxMessageSize": _LARGEST_MESSAGE,
            "bolt_packstream_maxValueLength": _LARGEST_MESSAGE,
            "http_port": _free_port(),
            "mode": "development",  # 'production' hides the texts of errors
            "server_saltIterations": 1,  # passwords of 192 random bits need no stretching, and each would take 0.2 s
            "serverMetrics": False,
            "txWalFlush": 1,
        },
    )
    server.start()
    server.create_database(DATABASE)
    _add_reader(server, running.reader_password)
    return server, running


def _configure(folder: Folder) -> None:
    """Who may do what, and a log of bounded size. Relative paths are the store's own from here on."""
    config = folder.store / "config"
    config.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder.store / "log").mkdir(exist_ok=True)
    (config / "server-users.jsonl").unlink(missing_ok=True)
    groups = {"version": 2, "databases": {"*": {"groups": _GROUPS}}}
    (config / "server-groups.json").write_text(json.dumps(groups), encoding="utf-8")
    (config / "arcadedb-log.properties").write_text(_LOGGING, encoding="utf-8")
    os.chdir(folder.store)


def _add_reader(server: arcadedb_embedded.ArcadeDBServer, password: str) -> None:
    """The user for statements that people write: the store itself refuses whatever it writes."""
    security = server._java_server.getSecurity()
    user = {"name": READER, "password": str(security.encodePassword(password)), "databases": {DATABASE: [READER]}}
    security.createUser(jpype.JClass("com.arcadedb.serializer.json.JSONObject")(json.dumps(user)))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answer(launcher: int | None, text: str) -> None:
    if launcher is not None:
        with suppress(BrokenPipeError):  # it was not waited for: the next one finds a store that answers
            os.write(launcher, text.encode())
        os.close(launcher)


def _reason(err: Exception) -> str:
    """Why it failed, on one line: of a chain of Java's errors, the words of the first cause."""
    cause = " ".join(str(err).split()).rpartition("caused by ")[2].rstrip(")")
    return re.sub(r"^(?:[\w ]+: )?[\w.$]+(?:Exception|Error): ", "", cause)


def _say(line: str) -> int:
    sys.stderr.write(line + "\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
