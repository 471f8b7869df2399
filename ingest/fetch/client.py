"""One GET: allowed, robots.txt followed, the host not hurried, every redirect checked, the body within limits."""

from __future__ import annotations

import random
import re
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import version
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx

from ingest.fetch.body import Bomb, Broken, TooLarge, beginning, unpack
from ingest.fetch.failure import FetchFailed, Why
from ingest.fetch.freshness import fresh_for, retry_after
from ingest.fetch.network import Allowance, Resolve, resolve, transport
from ingest.fetch.pace import HostLocks, MemoryTurns, Turns
from ingest.fetch.policy import Policy
from ingest.fetch.robots import AGENT, LARGEST, Robots
from kb.weburl import joined

_MOVED = frozenset({301, 308})
_REDIRECTS = _MOVED | {302, 303, 307}
_PAGE = frozenset({200, 203})
_BUSY = frozenset({429, 503})
_PASSING = frozenset({202, 408, 425, 429})
_NEVER = frozenset({501, 505})
"""Errors of a server that will answer no better another time; all its others pass."""
_UNTOLD = 60.0
"""Seconds to stay away from a host that has had too many requests (429) and does not say for how long."""
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,text/plain;q=0.8,*/*;q=0.5"
_NO_TEXT = ("image/", "video/", "audio/", "font/", "application/zip", "application/pdf", "application/x-tar")
_KIND = re.compile(r"\s*([\w.+-]{1,80}/[\w.+-]{1,80})\s*(?:[;,]|\Z)", re.ASCII)
_CHARSET = re.compile(r";\s*charset\s*=\s*(?:[\"']\s*)?([\w.:+-]{1,40})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask "has it changed since?" with."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The conditions of the next request."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value and value.isascii() and value.isprintable()}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `body` is unpacked, and empty when nothing changed since the validators were given."""

    url: str
    """Where it was found in the end."""
    body: bytes
    content_type: str = ""
    """Lower case, without parameters."""
    charset: str | None = None
    validators: Validators = field(default=Validators())
    moved_to: str | None = None
    """The new address, if the one asked for has moved for good."""
    fresh_for: float | None = None
    """Seconds for which the server says nothing will change."""
    not_modified: bool = False
    canonical: str | None = None
    """The address that its server calls its own, in a `Link` header."""


class Fetcher:
    """Fetches one address after another; a context manager. Threads may share it."""

    def __init__(
        self,
        policy: Policy,
        *,
        contact: str | None = None,
        turns: Turns | None = None,
        resolve: Resolve = resolve,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], object] = time.sleep,
        context: ssl.SSLContext | None = None,
        proxy: str | None = None,
    ) -> None:
        """`contact` (an address or page of whoever runs this) goes into the user agent's name.

        `turns` keeps each host's next free moment; `clock` gives seconds since 1970, `sleep` waits; `proxy` is the
        address of an HTTP proxy to go through.
        """
        self._policy = policy
        self._turns = turns or MemoryTurns()
        self._locks = HostLocks()
        self._clock = clock
        self._sleep = sleep
        self._robots = Robots(self._robots_txt, clock, self._turns)
        self._client = httpx.Client(
            transport=transport(policy, resolve=resolve, proxy=proxy, context=context),
            headers={"User-Agent": user_agent(contact), "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"},
            timeout=policy.timeout,
            follow_redirects=False,
            trust_env=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, url: str, validators: Validators | None = None, *, delay: float | None = None) -> Fetched:
        """The answer at `url`, asked again with growing pauses when it fails for a passing reason and time is left.

        With `validators`, only what has changed since is sent. `delay` is the least pause between two requests to the
        host. Raises FetchFailed saying why there is nothing.
        """
        allowance = Allowance(self._policy.total_timeout)
        for left in range(self._policy.tries - 1, -1, -1):
            try:
                return self._follow(url, validators or Validators(), delay, allowance)
            except FetchFailed as failure:
                pause = _pause(failure, self._policy.tries - left)
                hopeless = not left or not failure.passing or allowance.left <= 0
                if hopeless or pause > self._policy.max_wait:
                    raise
            self._sleep(pause)
        raise AssertionError  # tries is at least 1

    def _follow(self, url: str, validators: Validators, delay: float | None, allowance: Allowance) -> Fetched:
        seen, moved = [url], True
        moved_to = None
        for _ in range(self._policy.max_redirects + 1):
            answer = self._ask_for(url, seen[-1], validators, delay, allowance)
            if isinstance(answer, Fetched):
                return answer if moved_to is None else _moved(answer, moved_to)
            moved = moved and answer.permanent
            moved_to = answer.target if moved else moved_to
            if answer.target in seen:
                raise FetchFailed(url, Why.REDIRECTS, f"redirected in a circle, back to {answer.target}")
            seen.append(answer.target)
        raise FetchFailed(url, Why.REDIRECTS, f"redirected more than {self._policy.max_redirects} times")

    def _ask_for(
        self, url: str, at: str, validators: Validators, delay: float | None, allowance: Allowance
    ) -> Fetched | _Redirect:
        """The answer at `at`, to which `url` has led; what goes wrong there is told of `url`."""
        try:
            return self._ask(at, validators, delay, allowance)
        except FetchFailed as failure:
            if at == url:
                raise
            reason = f"it redirects to {at}: {failure.reason}"
            raise FetchFailed(url, failure.why, reason, wait=failure.wait, for_good=failure.for_good) from failure

    def _ask(self, url: str, validators: Validators, delay: float | None, allowance: Allowance) -> Fetched | _Redirect:
        self._policy.check_url(url)
        if not self._robots.knows(url):
            self._check_turn(url, self._policy.max_wait)
        rules = self._robots.rules(url)
        if not rules.allows(url):
            if rules.closed:
                raise FetchFailed(url, rules.closed.why, rules.closed.reason, wait=rules.until - self._clock())
            raise FetchFailed(url, Why.ROBOTS, "the site's robots.txt does not allow it to be fetched")
        pause = max(rules.delay or 0.0, self._policy.delay if delay is None else delay)
        with self._turn(url, min(pause, self._policy.max_delay)):
            return self._send(url, validators, allowance)

    @contextmanager
    def _turn(self, url: str, delay: float) -> Iterator[None]:
        """The host to ourselves, once its next moment has come."""
        host = urlsplit(url).netloc.lower()
        with self._locks.alone(host):
            self._wait_for(host, url, delay)
            yield

    def _wait_for(self, host: str, url: str, delay: float) -> None:
        self._check_turn(url, max(self._policy.max_wait, delay))
        now = self._clock()
        at = self._turns.reserve(host, now, delay)
        if at > now:
            self._sleep(at - now)

    def _check_turn(self, url: str, longest: float) -> None:
        """Raise FetchFailed if the host wants no request for more than `longest` seconds."""
        host = urlsplit(url).netloc.lower()
        wait = self._turns.held_until(host) - self._clock()
        if wait > longest:
            raise FetchFailed(url, Why.WAIT, f"{host} asked for no requests for {wait:.0f} s", wait=wait)

    def _send(
        self, url: str, validators: Validators, allowance: Allowance, *, first: int | None = None
    ) -> Fetched | _Redirect:
        """One request. With `first`, only so many bytes of the body are read, of whatever type it says to be."""
        try:
            with (
                allowance.spent(),
                self._client.stream("GET", url, headers=validators.headers()) as response,
            ):
                return self._read(url, response, validators, first)
        except PermissionError as err:
            raise FetchFailed(url, Why.ADDRESS, str(err)) from err
        except httpx.TimeoutException as err:
            raise FetchFailed(url, Why.TIMEOUT, f"no response in time ({err or 'timed out'})") from err
        except httpx.InvalidURL as err:
            raise FetchFailed(url, Why.ADDRESS, f"not a valid web address ({err})") from err
        except httpx.TransportError as err:
            raise _connection_failure(url, err) from err

    def _read(
        self, url: str, response: httpx.Response, validators: Validators, first: int | None
    ) -> Fetched | _Redirect:
        status, headers = response.status_code, response.headers
        if status in _REDIRECTS and "location" in headers:
            return _Redirect(_target(url, headers["location"]), permanent=status in _MOVED)
        now = datetime.fromtimestamp(self._clock(), UTC)
        if status == 304 and validators.headers():
            return Fetched(
                url, b"", validators=_validators(headers), fresh_for=fresh_for(headers, now), not_modified=True
            )
        if status not in _PAGE:
            raise self._refusal(url, status, retry_after(headers, now))
        kind, charset = _content_type(headers.get("content-type", ""))
        if kind.startswith(_NO_TEXT) and first is None:
            raise FetchFailed(url, Why.KIND, f"it is {kind}, not a page")
        return Fetched(
            url=url,
            body=self._body(url, response, first),
            content_type=kind,
            charset=charset,
            validators=_validators(headers),
            fresh_for=fresh_for(headers, now),
            canonical=_canonical(url, response),
        )

    def _refusal(self, url: str, status: int, wait: float | None) -> FetchFailed:
        asked = _for(wait)
        wait = _UNTOLD if wait is None and status == 429 else wait
        if wait and status in _BUSY | {403}:
            self._turns.hold(urlsplit(url).netloc.lower(), self._clock() + wait)
        if status in _PASSING or (status >= 500 and status not in _NEVER):
            why = Why.WAIT if status in _BUSY and wait else Why.SERVER_ERROR
            return FetchFailed(url, why, f"the server answered {status}{asked}", wait=wait)
        if status in (404, 410):
            return FetchFailed(url, Why.GONE, f"there is no such page ({status})", for_good=status == 410)
        if status < 400:
            return FetchFailed(url, Why.CLIENT_ERROR, f"the server answered {status} without a page")
        return FetchFailed(url, Why.CLIENT_ERROR, f"the server refuses it ({status})")

    def _body(self, url: str, response: httpx.Response, first: int | None) -> bytes:
        limit = self._policy.max_bytes
        length = response.headers.get("content-length", "")
        encoding = response.headers.get("content-encoding", "").strip().lower()
        try:
            if first is not None:
                return beginning(response.iter_raw(), encoding, limit=first)
            if length.isdigit() and int(length) > limit:
                raise TooLarge
            return unpack(response.iter_raw(), encoding, limit=limit, ratio=self._policy.max_ratio)
        except TooLarge as err:
            raise FetchFailed(url, Why.SIZE, f"larger than the {limit / 1e6:g} MB limit for a page") from err
        except Bomb as err:
            raise FetchFailed(url, Why.BOMB, "it unpacks to far more than was sent and was refused") from err
        except Broken as err:
            raise FetchFailed(url, Why.ENCODING, str(err)) from err

    def _robots_txt(self, url: str) -> tuple[int, bytes]:
        """Status and body of a robots.txt; its redirects are followed, its own rules not asked."""
        at, allowance = url, Allowance(self._policy.total_timeout)
        for _ in range(6):
            self._policy.check_url(at)
            try:
                with self._turn(at, 0.0):
                    answer = self._send(at, Validators(), allowance, first=LARGEST)
            except FetchFailed as failure:
                if failure.why is Why.GONE:
                    return 404, b""
                raise
            if isinstance(answer, Fetched):
                return 200, answer.body
            at = answer.target
        return 404, b""  # RFC 9309: after five redirects it may be taken as missing


@dataclass(frozen=True, slots=True)
class _Redirect:
    target: str
    permanent: bool


def user_agent(contact: str | None) -> str:
    """The name we go by: `Chronograph/0.1.0 (+contact)`."""
    named = "".join(
        char for char in contact or "" if char.isascii() and char.isprintable() and char not in "()"
    ).strip()
    return f"{AGENT}/{version('chronograph')} ({'+' + named if named else 'no contact given'})"


def _moved(answer: Fetched, moved_to: str) -> Fetched:
    return replace(answer, moved_to=moved_to)


def _pause(failure: FetchFailed, attempt: int) -> float:
    """Seconds until the next try: as the server says, and doubling at least, with some chance in it."""
    return max(failure.wait or 0.0, random.uniform(0.5, 1.0) * 2.0**attempt)  # noqa: S311


def _target(url: str, location: str) -> str:
    try:
        return str(httpx.URL(url).join(location).copy_with(fragment=None))
    except (httpx.InvalidURL, ValueError) as err:
        raise FetchFailed(url, Why.REDIRECTS, f"redirected to an invalid address: {location[:80]!r}") from err


def _connection_failure(url: str, err: httpx.TransportError) -> FetchFailed:
    cause: BaseException | None = err
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return FetchFailed(url, Why.CERTIFICATE, f"its certificate is not valid: {cause.verify_message}")
        cause = cause.__cause__ or cause.__context__
    if isinstance(err, httpx.ProtocolError):
        return FetchFailed(url, Why.CONNECTION, f"the response is not valid HTTP ({err})")
    return FetchFailed(url, Why.CONNECTION, f"no connection ({err or type(err).__name__})")


def _validators(headers: httpx.Headers) -> Validators:
    return Validators(headers.get("etag"), headers.get("last-modified"))


def _content_type(value: str) -> tuple[str, str | None]:
    """Type and charset of a Content-Type header in lower case: '' and None for what it does not say legibly."""
    kind, charset = _KIND.match(value), _CHARSET.search(value)
    return (kind[1].lower() if kind else ""), (charset[1].lower() if charset else None)


def _canonical(url: str, response: httpx.Response) -> str | None:
    return joined(url, response.links.get("canonical", {}).get("url", "")) or None


def _for(wait: float | None) -> str:
    return f" and asked to wait {wait:.0f} s" if wait else ""
