"""A site on loopback, and a fetcher that may visit it, with a clock of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from ingest.fetch import Fetcher, Policy
from tests.loopback import Site, site


class Clock:
    """Seconds since 1970 that pass only when something waits."""

    def __init__(self) -> None:
        self.now = 1_760_000_000.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as running:
        yield running


def visiting(*sites: Site, **changes: object) -> Policy:
    """A policy that lets these sites be visited; short of patience."""
    hosts = frozenset(f"127.0.0.1:{each.port}" for each in sites)
    return replace(Policy(hosts, timeout=2.0, total_timeout=4.0), **changes)  # type: ignore[arg-type]


@pytest.fixture
def fetcher(web: Site, clock: Clock) -> Iterator[Fetcher]:
    with Fetcher(visiting(web), contact="editor@desk.example", clock=clock, sleep=clock.sleep) as opened:
        yield opened
