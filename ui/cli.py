"""`chronograph serve`: the desk in a browser, on loopback, until Ctrl-C."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from kb.config import Settings
from kb.errors import AbortRun, UsageError
from kb.examples import examples
from ui.feed import ADDRESS, PORT, feeding

if TYPE_CHECKING:
    from ui.roles import SignIn

SIGN_IN = "CHRONOGRAPH_SIGN_IN"
"""The variable by which the server is told of the file that describes sign-in."""
_HOME = Path(__file__).parent
_FLAGS = {
    "browser.gatherUsageStats": "false",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "client.toolbarMode": "minimal",
    "logger.enableRich": "false",
    "logger.level": "warning",
    "runner.magicEnabled": "false",
    "server.enableStaticServing": "true",
    "server.enableXsrfProtection": "true",
    "server.fileWatcherType": "none",
    "server.headless": "true",
    "theme.base": str(_HOME / "theme.toml"),
}
_NAMES = ("localhost", "127.0.0.1", "::1")
"""Host names the server answers to: a page of another site that points its own name here gets nothing."""
_FEED_HOST = "127.0.0.1"
"""The feed knows no sign-in: it is for this machine alone, wherever the UI is served."""
_PORTS_TRIED = 50
_PATIENCE = 60.0
"""Seconds the server may take to answer for the first time."""
_GRACE = 5.0
"""Seconds it may take to end."""


@click.command(epilog=examples("chronograph serve", "chronograph serve --host 0.0.0.0 --sign-in sign-in.toml"))
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8501,
    show_default=True,
    help="Of the UI; the next free one if taken.",
)
@click.option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen: a loopback address, or any with --sign-in.",
)
@click.option(
    "--sign-in",
    "sign_in_file",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar=SIGN_IN,
    help="A TOML file that says how people sign in and which roles they have (see docs/how-to/sign-in.md).",
)
@click.option(
    "--calendar-port",
    type=click.IntRange(1, 65535),
    default=PORT,
    show_default=True,
    help="Of the calendar feed beside it; the next free one if taken.",
)
@click.option("--calendar/--no-calendar", default=True, help="Serve the deadlines as a calendar feed, too.")
@click.option("--open/--no-open", "open_", default=None, help="Open a browser. Default: if there is a screen.")
@click.pass_obj
def serve(
    settings: Settings,
    *,
    port: int,
    host: str,
    sign_in_file: Path | None,
    calendar_port: int,
    calendar: bool,
    open_: bool | None,
) -> None:
    """Serve the UI until Ctrl-C.

    Its address is printed. Without --sign-in it is for this machine alone. Beside it the deadlines are served as a
    calendar to subscribe to; with sign-in there is no calendar, as its readers cannot sign in.
    """
    door = _door(sign_in_file)
    port = free_port(host if door else _loopback(host), port)
    with feeding(settings, _FEED_HOST, calendar_port) if calendar and not door else nullcontext() as feed:
        _serve(settings, port=port, host=host, feed=feed, open_=open_, door=door, file=sign_in_file)


@click.command(epilog=examples("chronograph calendar", "chronograph calendar --port 8600"))
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=PORT,
    show_default=True,
    help="Of the calendar; the next free one if taken.",
)
@click.pass_obj
def calendar(settings: Settings, *, port: int) -> None:
    """Serve the deadlines as a calendar to subscribe to.

    This is iCalendar, on loopback, without the UI, until Ctrl-C.

    /deadlines.ics holds all deadlines, /events.ics all events; both take entity, type, status, q, from, to, known and
    main as the address of the timeline does: /events.ics?entity=TikTok&status=scheduled
    """
    with _stopped_by_signals() as stop, feeding(settings, _FEED_HOST, port) as feed:
        click.echo(f"The calendar is at {feed} (Ctrl-C stops it)")
        while not stop:
            time.sleep(0.1)


def _serve(
    settings: Settings,
    *,
    port: int,
    host: str,
    feed: str | None,
    open_: bool | None,
    door: SignIn | None,
    file: Path | None,
) -> None:
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    with _stopped_by_signals() as stop:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter, and arguments made here
            [*_command(host, port), *_signing_in(door, file)],
            env={**os.environ, **environment(settings, os.environ), **_told_of(file), ADDRESS: feed or ""},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches this process alone, which then ends the other in order
        )
        try:
            if _answers(child, host, port, stop):
                beside = f"; its deadlines as a calendar at {feed}" if feed else ""
                click.echo(f"Chronograph is at {address} (Ctrl-C stops it){beside}")
                if _has_screen() if open_ is None else open_:
                    webbrowser.open(address)
            while child.poll() is None and not stop:
                time.sleep(0.1)
        finally:
            code = _end(child)
    if not stop:
        raise AbortRun(f"the UI at {address} ended by itself (exit code {code}): see the lines above")


def free_port(host: str, port: int) -> int:
    """`port`, or the next one on which nobody listens. Raises UsageError when there is none nearby."""
    for candidate in range(port, min(port + _PORTS_TRIED, 65536)):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    raise UsageError(f"no free port from {port} on at {host}: name another with --port")


def environment(settings: Settings, inherited: Mapping[str, str]) -> dict[str, str]:
    """The variables from which `kb.config.load_settings` makes the same settings in the server's process."""
    chosen = {
        "CHRONOGRAPH_DATA": str(settings.data),
        "CHRONOGRAPH_MODEL": settings.model,
        "CHRONOGRAPH_SOURCES": str(settings.sources),
        "CHRONOGRAPH_ALERTS": str(settings.alerts),
        "CHRONOGRAPH_CONTACT": settings.contact or "",
        "CHRONOGRAPH_ALLOWED_HOSTS": " ".join(sorted(settings.allowed_hosts)),
        "CHRONOGRAPH_TIMEZONE": settings.timezone or "",
    }
    if settings.neo4j is None:
        return {**chosen, "NEO4J_URI": ""} if "NEO4J_URI" in inherited else chosen
    return {
        **chosen,
        "NEO4J_URI": settings.neo4j.uri,
        "NEO4J_USER": settings.neo4j.user,
        "NEO4J_PASSWORD": settings.neo4j.password,
        "NEO4J_DATABASE": settings.neo4j.database,
    }


def _loopback(host: str) -> str:
    if host == "localhost":
        return "127.0.0.1"
    try:
        allowed = ipaddress.ip_address(host).is_loopback
    except ValueError:
        allowed = False
    if not allowed:
        raise UsageError(
            f"--host {host}: without sign-in the UI serves loopback only; to reach it from elsewhere: "
            "--sign-in FILE, or ssh -L 8501:127.0.0.1:8501 THIS_MACHINE"
        )
    return host


def _command(host: str, port: int) -> list[str]:
    flags = {**_FLAGS, "server.address": host, "server.port": str(port)}
    options = [*flags.items(), *(("server.allowedHosts", name) for name in (*_NAMES, host))]
    command = [sys.executable, "-m", "ui.server", "run", str(_HOME / "app.py")]
    return [*command, *(f"--{name}={value}" for name, value in options)]


def _door(file: Path | None) -> SignIn | None:
    if file is None:
        return None
    from ui.roles import read_sign_in

    return read_sign_in(file)


def _signing_in(door: SignIn | None, file: Path | None) -> list[str]:
    """What Streamlit needs to know for it; pages of the desk's own host may connect then."""
    if door is None:
        return []
    host = door.host()
    return [f"--secrets.files={file}", f"--server.allowedHosts={host}", f"--browser.serverAddress={host}"]


def _told_of(file: Path | None) -> dict[str, str]:
    return {SIGN_IN: str(file.absolute()) if file else ""}


@contextmanager
def _stopped_by_signals() -> Iterator[list[int]]:
    """A list that is no longer empty once Ctrl-C or SIGTERM came."""
    seen: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        seen.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield seen
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _answers(child: subprocess.Popen[bytes], host: str, port: int, stop: list[int]) -> bool:
    """Wait until the server is healthy; False when it ended, was stopped, or takes too long."""
    deadline = time.monotonic() + _PATIENCE
    while child.poll() is None and not stop and time.monotonic() < deadline:
        if _healthy(host, port):
            return True
        time.sleep(0.1)
    return False


def _healthy(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _end(child: subprocess.Popen[bytes]) -> int:
    """End the server, gently if it lets us. Returns its exit code."""
    if child.poll() is None:
        child.terminate()
    try:
        return child.wait(_GRACE)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def _has_screen() -> bool:
    on_terminal = sys.stdout.isatty()
    return on_terminal and (
        sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    )
