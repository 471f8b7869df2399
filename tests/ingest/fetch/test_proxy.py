"""Through a proxy, the same rules hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from socket import gaierror

import pytest

from ingest.fetch import Fetcher, FetchFailed, Policy, Why
from kb.config import load_settings
from kb.errors import UsageError
from tests.ingest.fetch.conftest import Clock, visiting
from tests.loopback import Site, site


def nobody_knows(host: str, port: int) -> list[str]:
    raise gaierror


def fetch(url: str, proxy: Site, clock: Clock, *, policy: Policy, known: dict[str, str] | None = None) -> bytes:
    resolve = (lambda host, _: [known[host]]) if known else nobody_knows
    way = f"http://joe:secret@127.0.0.1:{proxy.port}"
    with Fetcher(policy, resolve=resolve, proxy=way, clock=clock, sleep=clock.sleep) as fetcher:
        return fetcher.get(url).body


POLICY = Policy(timeout=2.0, total_timeout=4.0, tries=1)


def test_the_proxy_is_asked_for_what_is_outside(web: Site, clock: Clock) -> None:
    web["/a"] = "there"
    assert fetch("http://court.example/a", web, clock, policy=POLICY) == b"there"
    assert {asked.path for asked in web.asked} == {"http://court.example/robots.txt", "http://court.example/a"}
    assert web.asked[-1].headers["proxy-authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("url", "known"),
    [
        pytest.param("http://10.0.0.1/a", {"10.0.0.1": "10.0.0.1"}, id="an address inside"),
        pytest.param("http://inside.example/a", {"inside.example": "192.168.0.1"}, id="a name of one"),
        pytest.param("http://169.254.169.254/a", {"169.254.169.254": "169.254.169.254"}, id="metadata"),
    ],
)
def test_what_is_inside_is_not_asked_for_through_the_proxy_either(
    web: Site, clock: Clock, url: str, known: dict[str, str]
) -> None:
    with pytest.raises(FetchFailed) as caught:
        fetch(url, web, clock, policy=POLICY, known=known)
    assert caught.value.why is Why.ADDRESS
    assert web.asked == []


def test_hosts_of_our_own_are_asked_directly(web: Site, clock: Clock) -> None:
    web["/a"] = "there"
    with site() as proxy:
        policy = replace(visiting(web), tries=1)
        assert fetch(web.url + "/a", proxy, clock, policy=policy, known={"127.0.0.1": "127.0.0.1"}) == b"there"
        assert proxy.asked == []


def test_a_proxy_that_refuses_is_named_and_its_password_not(web: Site, clock: Clock) -> None:
    with pytest.raises(FetchFailed) as caught:
        fetch("https://court.example/a", web, clock, policy=POLICY)
    assert caught.value.passing
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("named", ["proxy:3128", "socks5://proxy:1", "http://"])
def test_what_is_no_proxy_is_named(tmp_path: Path, named: str) -> None:
    with pytest.raises(UsageError, match="CHRONOGRAPH_PROXY"):
        load_settings({"CHRONOGRAPH_PROXY": named}, tmp_path)


def test_a_proxy_is_a_setting(tmp_path: Path) -> None:
    assert load_settings({"CHRONOGRAPH_PROXY": "http://p.example:3128"}, tmp_path).proxy == "http://p.example:3128"
    assert load_settings({"HTTPS_PROXY": "http://p.example:3128"}, tmp_path).proxy is None
