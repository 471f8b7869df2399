"""The calendar feed: events as iCalendar under an address that a calendar program reads again and again.

Read-only and on loopback only, as there is no sign-in: `http://127.0.0.1:8502/deadlines.ics`, and `/events.ics`, which
takes the parameters that the timeline has in its own address.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import parse_qs, urlsplit

from kb import queries
from kb.config import Settings, today_in
from kb.errors import ChronographError, UsageError
from kb.exports import FORMATS, Kind
from kb.ontology import type_names
from kb.queries import EventDetail, EventFilter
from kb.store import Graph, open_graph
from kb.timevalue import parse_day
from ui.statuses import LOOKS

PORT = 8502
ADDRESS = "CHRONOGRAPH_CALENDAR"
"""The variable in which the desk is told where the feed is."""
DEADLINES, EVENTS = "/deadlines.ics", "/events.ics"
FILTERS = frozenset({"entity", "type", "status", "q", "from", "to", "known", "main"})
"""Parameters of the timeline's own address that the feed takes."""
_PORTS_TRIED = 50
_MOST = 100_000
_SLOWEST = 20.0
"""Seconds in which a client has to have said what it wants."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the feed says to a request."""

    status: HTTPStatus
    body: bytes
    mime: str = "text/plain; charset=utf-8"
    etag: str | None = None


def filter_of(path: str, query: Mapping[str, list[str]], graph: Graph) -> EventFilter:
    """The events that an address of the feed stands for. Raises UsageError that names what cannot be read."""
    unknown = sorted(set(query) - FILTERS)
    if unknown:
        raise UsageError(f"{unknown[0][:60]!r} is no filter: there are {', '.join(sorted(FILTERS))}")
    entity = _last(query, "entity")
    found = queries.resolve_entity(graph, entity) if entity else None
    if entity and found is None:
        raise UsageError(f"no entity is called {entity[:100]!r}")
    types = _some(query, "type", type_names())
    return EventFilter(
        entity=found.id if found else None,
        types=types or (queries.LEDGERED if path == DEADLINES else ()),
        statuses=_some(query, "status", list(LOOKS)),
        first=_day(query, "from"),
        last=_day(query, "to"),
        text=_last(query, "q"),
        as_of=_day(query, "known"),
        main=_number(query, "main"),
    )


def answer(settings: Settings, target: str, *, known: str | None = None) -> Answer:
    """The calendar at `target`, or nothing where the client has that very one (`known` is its ETag)."""
    parts = urlsplit(target)
    if parts.path not in (DEADLINES, EVENTS):
        return _told(HTTPStatus.NOT_FOUND, f"There is {DEADLINES} and {EVENTS} here.")
    try:
        with open_graph(settings) as graph:
            wanted = filter_of(parts.path, parse_qs(parts.query, max_num_fields=100), graph)
            today = today_in(settings.timezone)
            etag = f'"{sha256(repr((target, queries.writes(graph), today)).encode()).hexdigest()[:24]}"'
            if known == etag:
                return Answer(HTTPStatus.NOT_MODIFIED, b"", etag=etag)
            if parts.path == DEADLINES:
                body = deadline_calendar(graph, wanted, today=today)
            else:
                body = _calendar(queries.details(graph, wanted, today=wanted.as_of or today.isoformat()), today)
            return Answer(HTTPStatus.OK, body, f"{FORMATS[Kind.ICS].mime}; charset=utf-8", etag)
    except (UsageError, ValueError) as err:
        return _told(HTTPStatus.BAD_REQUEST, str(err))
    except ChronographError as err:
        return _told(HTTPStatus.SERVICE_UNAVAILABLE, str(err))


def deadline_calendar(graph: Graph, wanted: EventFilter, *, today: date) -> bytes:
    """The deadlines among the events that pass the filter, on the days that their ledgers have.

    The days of the filter are those on which they are due: one that was put off is found where it stands now.
    """
    if wanted.first or wanted.last:
        window = queries.Window(wanted.first, wanted.last)
        lines = queries.ledger_lines(graph, today=today.isoformat(), as_of=wanted.as_of)
        due = frozenset(line.event for line in lines if window.covers(line.first_day, line.due))
        wanted = replace(wanted, first=None, last=None, events=due if wanted.events is None else due & wanted.events)
    events = queries.details(graph, wanted, today=wanted.as_of or today.isoformat())
    return _calendar((detail for detail in events if detail.deadline), today)


def _calendar(events: Iterable[EventDetail], today: date) -> bytes:
    return FORMATS[Kind.ICS].write(events, today)


@contextmanager
def feeding(settings: Settings, host: str, port: int) -> Iterator[str]:
    """Serve the feed meanwhile, at `port` or the next free one. Gives the address of the deadlines.

    Raises UsageError when there is no free port nearby.
    """
    server = _listening(settings, host, port)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, name="calendar feed", daemon=True)
    thread.start()
    try:
        yield f"http://{f'[{host}]' if ':' in host else host}:{server.server_port}{DEADLINES}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, settings: Settings, host: str, port: int) -> None:
        self.settings = settings
        self.one_at_a_time = Lock()
        self.names = {"localhost", "127.0.0.1", "[::1]", f"[{host}]" if ":" in host else host}
        super().__init__((host, port), _Handler)


class _Server6(_Server):
    from socket import AF_INET6 as address_family  # noqa: N811 - as the base class calls it


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version = "Chronograph"
    sys_version = ""
    timeout = _SLOWEST

    def do_GET(self) -> None:
        self._send(body=True)

    def do_HEAD(self) -> None:
        self._send(body=False)

    def log_message(self, *_: object) -> None:
        """Nothing: calendars ask every hour."""

    def _send(self, *, body: bool) -> None:
        found = self._answer()
        self.send_response(found.status)
        self.send_header("Content-Type", found.mime)
        self.send_header("Content-Length", str(len(found.body)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        if found.etag:
            self.send_header("ETag", found.etag)
        self.end_headers()
        if body:
            self.wfile.write(found.body)

    def _answer(self) -> Answer:
        """A page of another site that points its own name here gets nothing."""
        name = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if name not in self.server.names:
            return _told(HTTPStatus.FORBIDDEN, "This feed answers to localhost only.")
        with self.server.one_at_a_time:
            return answer(self.server.settings, self.path, known=self.headers.get("If-None-Match"))


def _listening(settings: Settings, host: str, port: int) -> _Server:
    kind = _Server6 if ":" in host else _Server
    for candidate in range(port, min(port + _PORTS_TRIED, 65536)):
        try:
            return kind(settings, host, candidate)
        except OSError:
            continue
    raise UsageError(f"no free port from {port} on at {host}: name another with --calendar-port")


def _told(status: HTTPStatus, message: str) -> Answer:
    return Answer(status, f"{' '.join(message.split())}\n".encode("utf-8", "replace"))


def _last(query: Mapping[str, list[str]], name: str) -> str | None:
    return query.get(name, [None])[-1]


def _some(query: Mapping[str, list[str]], name: str, known: Collection[str]) -> tuple[str, ...]:
    values = tuple(query.get(name, ()))
    unknown = [value for value in values if value not in known]
    if unknown:
        raise UsageError(f"{unknown[0][:60]!r} is no {name}: there are {', '.join(known)}")
    return values


def _day(query: Mapping[str, list[str]], name: str) -> str | None:
    value = _last(query, name)
    return parse_day(value).isoformat() if value else None


def _number(query: Mapping[str, list[str]], name: str) -> int | None:
    value = _last(query, name)
    if value and not (value.isdecimal() and 0 < int(value) <= _MOST):
        raise UsageError(f"{name} is a number from 1 to {_MOST:,}, not {value[:60]!r}")
    return int(value) if value else None
