"""Neo4j Community for tests and for a first try, put together from Maven Central: no installer, no root.

    python tools/neo4j/server.py install          download it to .tools/ (once, about 120 MB; needs Maven and Java 17)
    python tools/neo4j/server.py start            start it on loopback and print what to set
    python tools/neo4j/server.py env              print that again
    python tools/neo4j/server.py stop

`--home DIR` keeps the data elsewhere than in .tools/neo4j-home; `--port N` takes another port than 17687.
"""

from __future__ import annotations

import argparse
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOLS = HERE.parents[1] / ".tools"
POM = HERE / "pom.xml"
PORT = 17687
PATIENCE = 240.0
"""Seconds a start or a stop may take, on a machine that is busy with other things."""
HOLD = 20.0
"""Seconds to wait for a port that something holds."""

CONF = """\
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.memory.heap.max_size=512m
server.memory.pagecache.size=64m
db.memory.transaction.max=256m
dbms.usage_report.enabled=false
dbms.security.allow_csv_import_from_file_urls=false
"""
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
"""Packages of the Java runtime the server reaches into."""
QUICK_START = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Half the work until it is ready; a server that stays up for days would want the opposite."""


class Trouble(Exception):
    """It did not work; the message says what to do."""


def main() -> int:
    """Run one subcommand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["install", "start", "env", "stop"])
    parser.add_argument("--home", type=Path, default=TOOLS / "neo4j-home", help="where its data lies")
    parser.add_argument("--port", type=int, default=PORT, help="its Bolt port on loopback")
    options = parser.parse_args()
    home = options.home.absolute()
    try:
        if options.command == "install":
            install()
        elif options.command == "start":
            start(home, options.port)
        elif options.command == "env":
            print_environment(home)
        else:
            stop(home)
    except Trouble as err:
        print(f"neo4j: {err}", file=sys.stderr)
        return 1
    return 0


def version() -> str:
    """The Neo4j version that pom.xml names."""
    found = re.search(r"<artifactId>neo4j</artifactId>\s*<version>([^<]+)<", POM.read_text(encoding="utf-8"))
    if not found:
        raise Trouble(f"{POM} names no version of org.neo4j:neo4j")
    return found[1]


def library() -> Path:
    """Where the jars are, once installed."""
    return TOOLS / f"neo4j-{version()}" / "lib"


def install() -> None:
    """Download the server with Maven; nothing to do when it is there. The folder appears only when complete."""
    lib = library()
    if lib.is_dir():
        return
    for program in ("mvn", "java"):
        if not shutil.which(program):
            raise Trouble(f"{program} is missing: on Debian, apt-get install maven openjdk-17-jre-headless")
    draft = lib.parent.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={draft / 'lib'}"]
    log(f"downloading Neo4j {version()} to {lib.parent} …")
    if subprocess.run(["mvn", "-q", "-B", "-ntp", "-f", str(POM), *goal], check=False).returncode:
        raise Trouble("Maven could not download it: see above")
    draft.rename(lib.parent)


def start(home: Path, port: int) -> None:
    """Start it on `port` of loopback, wait until it answers, and print what to set."""
    if not library().is_dir():
        raise Trouble("not installed yet: run `make neo4j-install` first")
    if not running(home):
        wait_for(port)
        prepare(home, port)
        launch(home, port)
    print_environment(home)


def wait_for(port: int) -> None:
    """Return when `port` is free: a server that was killed holds it until the last of its threads is gone."""
    deadline = time.monotonic() + HOLD
    while answers(port):
        if time.monotonic() > deadline:
            raise Trouble(f"port {port} is taken: give another with --port")
        time.sleep(0.1)


def prepare(home: Path, port: int) -> None:
    """Write the configuration, and at the first start a password."""
    (home / "conf").mkdir(parents=True, exist_ok=True)
    (home / "run").mkdir(exist_ok=True)
    (home / "conf" / "neo4j.conf").write_text(CONF.format(port=port), encoding="utf-8")
    password = home / "run" / "password"
    if password.exists():
        return
    secret = secrets.token_urlsafe(16)
    command = [*java(), "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", "--", secret]
    done = subprocess.run(
        command, env=os.environ | {"NEO4J_HOME": str(home)}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Trouble(f"no password could be set: {done.stderr.strip() or done.stdout.strip()}")
    password.touch(mode=0o600)
    password.write_text(secret, encoding="utf-8")


def launch(home: Path, port: int) -> None:
    """Start the server in the background and wait until it takes connections."""
    opened = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED]
    options = [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    command = [*java("-Xmx512m", *QUICK_START, *opened), "org.neo4j.server.CommunityEntryPoint", *options]
    with (home / "run" / "console.log").open("wb") as console:
        server = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=console, stderr=console, start_new_session=True, cwd=home
        )
    (home / "run" / "pid").write_text(str(server.pid), encoding="utf-8")
    (home / "run" / "port").write_text(str(port), encoding="utf-8")
    deadline = time.monotonic() + PATIENCE
    while not answers(port):
        if server.poll() is not None or time.monotonic() > deadline:
            raise Trouble(f"it did not start: see {home / 'logs' / 'neo4j.log'} and {home / 'run' / 'console.log'}")
        time.sleep(0.1)


def stop(home: Path) -> None:
    """End the server of `home` and wait until it is gone; nothing to do when it does not run."""
    pid = running(home)
    if not pid:
        return
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    while running(home):
        if time.monotonic() > deadline:
            raise Trouble(f"process {pid} did not stop in {PATIENCE:.0f} seconds: see {home / 'logs' / 'neo4j.log'}")
        time.sleep(0.1)


def running(home: Path) -> int | None:
    """Process id of the server of `home`: the one written down, if it is still that server and not another process."""
    try:
        pid = int((home / "run" / "pid").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    command = subprocess.run(
        ["ps", "-ww", "-o", "stat=,command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    state, _, line = command.stdout.strip().partition(" ")
    return pid if f"--home-dir={home}" in line and not state.startswith("Z") else None


def print_environment(home: Path) -> None:
    """What to set so that Chronograph uses the server, as a shell reads it."""
    if not running(home):
        raise Trouble("it does not run: start it first")
    port = (home / "run" / "port").read_text(encoding="utf-8")
    password = (home / "run" / "password").read_text(encoding="utf-8")
    print(f"export NEO4J_URI=bolt://127.0.0.1:{port} NEO4J_USER=neo4j NEO4J_PASSWORD={password} NEO4J_DATABASE=neo4j")


def java(*options: str) -> list[str]:
    """The start of a command that runs a class of the server."""
    return ["java", *options, "-cp", f"{library()}/*"]


def answers(port: int) -> bool:
    """True if something listens on `port` of loopback."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def log(line: str) -> None:
    """Progress goes to stderr."""
    print(line, file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
