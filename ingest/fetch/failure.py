"""Why something was not fetched: named, so that it can be counted, and with what may be done about it."""

from __future__ import annotations

from enum import StrEnum

from kb.errors import SkipInput


class Why(StrEnum):
    """The reasons, as they are counted in reports."""

    ADDRESS = "address not allowed"
    ROBOTS = "robots.txt"
    WAIT = "asked to wait"
    TIMEOUT = "timeout"
    CONNECTION = "connection failed"
    CERTIFICATE = "certificate"
    REDIRECTS = "redirects"
    CLIENT_ERROR = "refused by the server"
    GONE = "not found"
    SERVER_ERROR = "server error"
    SIZE = "too large"
    BOMB = "decompression bomb"
    ENCODING = "content encoding"
    KIND = "not a page"


PASSING = frozenset({Why.WAIT, Why.TIMEOUT, Why.CONNECTION, Why.SERVER_ERROR})
"""Reasons that may be over by the next time: worth another try."""


class FetchFailed(SkipInput):
    """One address could not be fetched; `name` is the address."""

    def __init__(self, url: str, why: Why, reason: str, *, wait: float | None = None, for_good: bool = False) -> None:
        """`wait`: seconds the server wants us to stay away; `for_good`: it says that the page will not come back."""
        super().__init__(url, reason, kind=why.value)
        self.why = why
        self.wait = wait
        self.for_good = for_good

    @property
    def passing(self) -> bool:
        """True if trying again later may help."""
        return self.why in PASSING
