"""One page has one address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.weburl import canonical_url, same_site


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("https://a.example/b?utm_source=x&utm_medium=y", "https://a.example/b", id="tracking"),
        pytest.param("https://a.example/b?id=7&fbclid=abc&page=2", "https://a.example/b?id=7&page=2", id="some of it"),
        pytest.param("https://a.example/b?amp=1", "https://a.example/b", id="AMP by parameter"),
        pytest.param("https://A.Example:443/B#c", "https://a.example/B", id="capitals, port, fragment"),
        pytest.param("http://a.example:80", "http://a.example/", id="no path"),
        pytest.param("http://a.example:8080/b", "http://a.example:8080/b", id="another port"),
        pytest.param("https://a.example./b", "https://a.example/b", id="a dot at the end"),
        pytest.param(" https://a.example/b?q=1=2&&x ", "https://a.example/b?q=1=2&x", id="odd parameters stay"),
        pytest.param("http://[::1]:8080/a", "http://[::1]:8080/a", id="IPv6"),
        pytest.param("https://a.example/%7ejoe/%61", "https://a.example/~joe/a", id="escaped without need"),
        pytest.param("https://a.example/a b?q=caf\u00e9", "https://a.example/a%20b?q=caf%C3%A9", id="not escaped"),
        pytest.param("https://a.example/a%2fb%3f", "https://a.example/a%2Fb%3F", id="escaped in need"),
        pytest.param("https://b\u00fccher.example/", "https://xn--bcher-kva.example/", id="another alphabet"),
        pytest.param("https://a.example/b/./c/../d", "https://a.example/b/d", id="dots"),
        pytest.param("https://a.example/../..", "https://a.example/", id="dots above the root"),
        pytest.param("https://a.example/b/..", "https://a.example/", id="dots at the end"),
        pytest.param("https://a.example/.well-known/x..y", "https://a.example/.well-known/x..y", id="dots in names"),
        pytest.param("https://a.example//b//c", "https://a.example//b//c", id="two slashes"),
        pytest.param("ftp://a.example/b", "", id="another scheme"),
        pytest.param("http://[::1/a", "", id="no address"),
        pytest.param("javascript:alert(1)", "", id="a script"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_only_says_how_a_reader_got_there_is_dropped(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


@given(st.text(), st.from_regex(r"[a-z]{1,8}\.example", fullmatch=True))
def test_an_address_that_is_canonical_stays_as_it_is(rest: str, host: str) -> None:
    once = canonical_url(f"https://{host}/{rest}")
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.a.example/b", "https://amp.a.example/c", True),
        ("https://a.example/b", "http://a.example:80/", True),
        ("https://a.example/b", "https://b.example/b", False),
        ("https://a.example:8080/b", "https://a.example/b", False),
        ("nonsense", "nonsense", False),
    ],
)
def test_a_site_is_its_host_with_its_mirrors(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same
