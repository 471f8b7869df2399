"""Nothing inside is ever reached: not by name, by number, by redirect, nor by a name that changes its mind."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

import pytest

from ingest.fetch import Fetcher, FetchFailed, Policy, Why
from ingest.fetch.policy import is_public
from tests.ingest.fetch.conftest import Clock, visiting
from tests.loopback import Answer, Site

INSIDE = [
    *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("100.100.100.200", "168.63.129.16", "192.0.0.192", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254"),
    *("64:ff9b::a00:1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a9fe:a9fe::", "2001:db8::1"),
    *("fec0::1", "3fff::1", "64:ff9b:1::a00:1", "::7f00:1"),
]


@pytest.mark.parametrize("text", INSIDE)
def test_an_address_inside_is_not_public(text: str) -> None:
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_an_address_outside_is(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


@pytest.fixture
def strict(clock: Clock) -> Iterator[Fetcher]:
    with Fetcher(Policy(timeout=2.0), clock=clock, sleep=clock.sleep) as opened:
        yield opened


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "ftp://example.org/a", "gopher://example.org/", "data:text/html,x", "//example.org/a"),
        *("javascript:alert(1)", "http://", "http:///a", "/etc/passwd", "http://user:secret@example.org/", ""),
        *(
            "http://example.org:22/",
            "http://example.org:6379/",
            "http://example.org:99999/",
            "http://[::1",
            "http://a b/",
        ),
        *("http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/"),
        *("http://127.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest/meta-data/"),
        *("http://0/", "http://10.1.2.3/", "http://[fe80::1%25eth0]/", "http://①②⑦.0.0.1/"),
    ],
)
def test_an_address_that_is_not_allowed_is_refused(strict: Fetcher, url: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        strict.get(url)
    assert caught.value.why in (Why.ADDRESS, Why.CONNECTION, Why.WAIT)
    assert "secret" not in str(caught.value)


def test_a_refusal_names_the_setting_that_would_allow_it(strict: Fetcher) -> None:
    with pytest.raises(FetchFailed, match="CHRONOGRAPH_ALLOWED_HOSTS") as caught:
        strict.get("http://127.0.0.1/")
    assert caught.value.why is Why.ADDRESS


def outside(answers: dict[str, list[list[str]]], asked: list[str]):
    """A resolver that gives a name its next list of addresses each time."""

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        lists = answers[host]
        return lists.pop(0) if len(lists) > 1 else lists[0]

    return resolve


@pytest.mark.parametrize(
    "addresses",
    [["10.0.0.1"], ["169.254.169.254"], ["::1"], ["93.184.216.34", "127.0.0.1"], ["::ffff:192.168.0.1"]],
    ids=str,
)
def test_a_name_that_points_inside_is_refused(clock: Clock, addresses: list[str]) -> None:
    asked: list[str] = []
    resolve = outside({"inside.example": [addresses]}, asked)
    with (
        Fetcher(Policy(), resolve=resolve, clock=clock, sleep=clock.sleep) as fetcher,
        pytest.raises(FetchFailed) as caught,
    ):
        fetcher.get("http://inside.example/")
    assert caught.value.why is Why.ADDRESS


def test_a_redirect_inside_is_refused(web: Site, clock: Clock) -> None:
    web["/a"] = Answer(status=302, headers={"Location": "http://localhost/admin"})
    web["/b"] = Answer(status=302, headers={"Location": "file:///etc/passwd"})
    web["/c"] = Answer(status=301, headers={"Location": f"http://localhost:{web.port}/secret"})
    web["/secret"] = "the secret"
    with Fetcher(visiting(web), clock=clock, sleep=clock.sleep) as fetcher:
        for path in ("/a", "/b", "/c"):
            with pytest.raises(FetchFailed) as caught:
                fetcher.get(web.url + path, delay=0)
            assert caught.value.why is Why.ADDRESS
    assert "/secret" not in web.paths


def test_a_name_that_changes_its_mind_gets_nowhere(web: Site, clock: Clock) -> None:
    """Public when looked at, loopback when connected to: each connection uses what was checked for it."""
    asked: list[str] = []
    host = f"rebinding.example:{web.port}"
    web["/secret"] = "the secret"
    for first in (["192.0.2.1"], ["127.0.0.1"]):
        resolve = outside({"rebinding.example": [["127.0.0.1"], first, ["127.0.0.1"]]}, asked)
        policy = Policy(timeout=0.5, tries=1)
        with Fetcher(policy, resolve=resolve, clock=clock, sleep=clock.sleep) as fetcher:
            with pytest.raises(FetchFailed):
                fetcher.get("http://rebinding.example/secret")
            with pytest.raises(FetchFailed):
                fetcher.get(f"http://{host}/secret")
    assert web.asked == []


def test_what_was_checked_is_what_is_connected_to(web: Site, clock: Clock) -> None:
    """The name is resolved once a connection: had the system resolved it again, it would not be found at all."""
    asked: list[str] = []
    web["/robots.txt"] = web["/a"] = "x"
    resolve = outside({"pinned.example": [["127.0.0.1"]]}, asked)
    policy = Policy(frozenset({f"pinned.example:{web.port}"}))
    with Fetcher(policy, resolve=resolve, clock=clock, sleep=clock.sleep) as fetcher:
        assert fetcher.get(f"http://pinned.example:{web.port}/a", delay=0).body == b"x"
    assert web.asked[-1].headers["host"] == f"pinned.example:{web.port}"
    assert asked == ["pinned.example"]


def test_proxies_of_the_environment_are_not_used(web: Site, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    web["/a"] = "x"
    with Fetcher(visiting(web), clock=clock, sleep=clock.sleep) as fetcher:
        assert fetcher.get(web.url + "/a").body == b"x"
