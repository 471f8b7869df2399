"""A site: paths with their answers, which may depend on the request, drip, or break."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

CERTIFICATE = Path(__file__).parent / "elsewhere.pem"
"""Signed by itself, for elsewhere.example: fits no server of ours."""


@dataclass(frozen=True)
class Answer:
    """What a path answers. A list of bytes is sent piece by piece, after `before_piece` each time."""

    body: str | bytes | list[bytes] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    type: str | None = "text/html; charset=utf-8"
    before_piece: Callable[[], object] = lambda: None
    length: int | None = None
    """A Content-Length other than the true one."""


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    headers: Mapping[str, str]


Route = Answer | str | Callable[[Asked], Answer]


class Site:
    """The site of one test."""

    def __init__(self, port: int, scheme: str = "http") -> None:
        self.port = port
        self.url = f"{scheme}://127.0.0.1:{port}"
        self.routes: dict[str, Route] = {}
        self.asked: list[Asked] = []
        self.posted: list[bytes] = []

    def __setitem__(self, path: str, route: Route) -> None:
        self.routes[path] = route

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        route = self.routes.get(asked.path)
        if route is None:
            route = self.routes.get(urlsplit(asked.path).path, Answer(b"no such page", 404))
        if callable(route):
            return route(asked)
        return Answer(route) if isinstance(route, str) else route


@contextmanager
def site(*, tls: bool = False) -> Iterator[Site]:
    """A running site on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = made.answer(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}))
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            pieces = body if isinstance(body, list) else [body]
            self.send_response(answer.status)
            if answer.type:
                self.send_header("Content-Type", answer.type)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            size = sum(map(len, pieces)) if answer.length is None else answer.length
            self.send_header("Content-Length", str(size))
            self.end_headers()
            try:
                for piece in pieces:
                    answer.before_piece()
                    self.wfile.write(piece)
                    self.wfile.flush()
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def do_POST(self) -> None:
            size = int(self.headers.get("content-length", 0))
            made.posted.append(self.rfile.read(size))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    made = Site(server.server_address[1], "https" if tls else "http")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
