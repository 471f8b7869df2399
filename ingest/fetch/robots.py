"""What a site's robots.txt allows us (RFC 9309), remembered for a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from ingest.fetch.exclusion import Exclusion, read_exclusion
from ingest.fetch.failure import FetchFailed, Why

AGENT = "Chronograph"
"""The name that sites can address us by."""
LARGEST = 500 * 1024
"""Bytes of a robots.txt that are read, however long it is; the standard asks for no less."""
_KEEP = 3600.0 * 12
_KEEP_FAILURE = 600.0
_NOBODY = "User-agent: *\nDisallow: /\n"

Get = Callable[[str], "tuple[int, bytes]"]
"""Status and body of an address, redirects followed. Raises FetchFailed when there is none to be had."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a site cannot be asked for anything."""

    why: Why
    reason: str


@dataclass(frozen=True, slots=True)
class Rules:
    """One site's rules."""

    exclusion: Exclusion
    until: float
    closed: Closed | None = None
    """Why the rules could not be had, if they could not: nothing is fetched meanwhile."""

    def allows(self, url: str) -> bool:
        """Whether we may fetch `url`."""
        return self.exclusion.allows(url)

    @property
    def delay(self) -> float | None:
        """The seconds between two requests that the site asks for."""
        return self.exclusion.delay


class Robots:
    """The rules of every site met so far."""

    def __init__(self, get: Get, clock: Callable[[], float]) -> None:
        self._get = get
        self._clock = clock
        self._known: dict[str, Rules] = {}

    def knows(self, url: str) -> bool:
        """True if the rules for the site of `url` need not be asked for now."""
        known = self._known.get(_site(url))
        return known is not None and known.until >= self._clock()

    def rules(self, url: str) -> Rules:
        """The rules for the site of `url`."""
        site = _site(url)
        if not self.knows(url):
            self._known[site] = self._read(site, url)
        return self._known[site]

    def _read(self, site: str, url: str) -> Rules:
        try:
            status, body = self._get(f"{site}/robots.txt")
        except FetchFailed as failure:
            if failure.why in (Why.ADDRESS, Why.CERTIFICATE):
                raise FetchFailed(url, failure.why, failure.reason) from failure
            if failure.why in (Why.CONNECTION, Why.TIMEOUT):
                return self._rules(_NOBODY, _KEEP_FAILURE, closed=Closed(failure.why, failure.reason))
            if failure.passing or failure.why is Why.ENCODING:
                reason = f"its robots.txt is not available ({failure.reason}), and nothing is fetched without it"
                why = failure.why if failure.passing else Why.SERVER_ERROR
                return self._rules(_NOBODY, _KEEP_FAILURE, closed=Closed(why, reason))
            return self._rules("", _KEEP)
        if status >= 400:
            return self._rules("", _KEEP)
        whole = body if len(body) < LARGEST else body[:LARGEST].rpartition(b"\n")[0]  # half a rule is another rule
        return self._rules(whole.decode("utf-8-sig", "replace"), _KEEP)

    def _rules(self, text: str, keep: float, *, closed: Closed | None = None) -> Rules:
        return Rules(read_exclusion(text, AGENT), self._clock() + keep, closed)


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
