"""Connections for the HTTP client: names resolved once, checked, and pinned; every wait within the request's time."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from socket import SOCK_STREAM, gaierror, getaddrinfo
from typing import Any

import httpcore
import httpx

from ingest.fetch.policy import Policy

Resolve = Callable[[str, int], list[str]]

_ends: ContextVar[float] = ContextVar("ends", default=float("inf"))
"""When the request that is under way must be over, on the monotonic clock."""


@dataclass(slots=True)
class Allowance:
    """Seconds that may still be spent on requests, however many they are and however slowly an answer trickles."""

    left: float

    @contextmanager
    def spent(self) -> Iterator[None]:
        """Whatever is sent or read in this block ends when nothing is left; the time it takes is taken off."""
        began = time.monotonic()
        token = _ends.set(began + self.left)
        try:
            yield
        finally:
            _ends.reset(token)
            self.left -= time.monotonic() - began


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, in the order the system prefers."""
    found = getaddrinfo(host, port, type=SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class PinnedTransport(httpx.HTTPTransport):
    """The client's transport over `PinnedBackend`; certificates are checked against the name, as ever."""

    def __init__(self, policy: Policy, resolve: Resolve, context: ssl.SSLContext | None = None) -> None:
        context = context or httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=context, trust_env=False)
        self._pool.close()
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_connections=20,
            max_keepalive_connections=10,
            keepalive_expiry=15.0,
            network_backend=PinnedBackend(policy, resolve),
        )


class ProxiedTransport(httpx.HTTPTransport):
    """Through a proxy, but for the hosts inside that the settings name: those are asked directly.

    The proxy resolves names again. Addresses, and names that this machine can resolve, are checked all the same before
    anything is sent; which others may be reached is the proxy's own affair.
    """

    def __init__(self, policy: Policy, resolve: Resolve, proxy: str, context: ssl.SSLContext | None = None) -> None:
        context = context or httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=context, trust_env=False)
        self._pool.close()
        url = httpx.URL(proxy)
        self._pool = httpcore.HTTPProxy(
            proxy_url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=b"/"),
            proxy_auth=(url.username.encode(), url.password.encode()) if url.username else None,
            ssl_context=context,
            max_connections=20,
            max_keepalive_connections=10,
            keepalive_expiry=15.0,
            network_backend=_TimedBackend(),
        )
        self._direct = PinnedTransport(policy, resolve, context)
        self._policy = policy
        self._resolve = resolve

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send it directly or through the proxy. Raises PermissionError for an address inside."""
        host = request.url.host
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        if self._policy.allows_inside(host, port):
            return self._direct.handle_request(request)
        try:
            found = self._resolve(host, port)
        except (gaierror, UnicodeError):
            found = []  # only the proxy knows it
        self._policy.check_addresses(host, port, found)
        return super().handle_request(request)

    def close(self) -> None:
        """Close both ways."""
        self._direct.close()
        super().close()


def transport(
    policy: Policy, *, resolve: Resolve = resolve, proxy: str | None = None, context: ssl.SSLContext | None = None
) -> httpx.HTTPTransport:
    """The way to the web: directly, or through a proxy."""
    return ProxiedTransport(policy, resolve, proxy, context) if proxy else PinnedTransport(policy, resolve, context)


class _TimedBackend(httpcore.SyncBackend):
    """Connections whose waits are cut to what is left of the request's time."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        return _Timed(super().connect_tcp(host, port, _left(timeout), local_address, socket_options))


class PinnedBackend(httpcore.NetworkBackend):
    """Resolves a name itself and connects to what it checked: nobody resolves it a second time."""

    def __init__(self, policy: Policy, resolve: Resolve) -> None:
        self._policy = policy
        self._resolve = resolve
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of the name's addresses. Raises PermissionError for an address inside."""
        try:
            found = self._resolve(host.strip("[]"), port)
        except (gaierror, UnicodeError) as err:
            raise httpcore.ConnectError(f"the host name {host} is not known") from err
        failure: Exception = httpcore.ConnectError(f"the host name {host} has no address")
        for address in self._policy.check_addresses(host.strip("[]"), port, found):
            try:
                return _Timed(self._sockets.connect_tcp(address, port, _left(timeout), local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as err:
                failure = err
        raise failure

    def sleep(self, seconds: float) -> None:
        """As the backend below."""
        self._sockets.sleep(seconds)


class _Timed(httpcore.NetworkStream):
    """A stream whose every wait is cut to what is left of the request's time."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as the class it stands for
        return self._stream.get_extra_info(info)


def _left(timeout: float | None) -> float:
    left = _ends.get() - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the response took too long in total")
    return min(left, timeout if timeout is not None else 3600.0)
