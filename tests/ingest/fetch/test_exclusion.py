"""A robots.txt as RFC 9309 and its readers understand it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fetch.exclusion import read_exclusion

LONG = "a" * 16_660
RULES = [
    pytest.param("user-agent: Chronograph\ndisallow: /\n", "/x/y", False, id="a plain group"),
    pytest.param("foo: Chronograph\nbar: /\n", "/x/y", True, id="no group at all"),
    pytest.param("user-agent Chronograph\ndisallow /\n", "/x/y", False, id="forgotten colons"),
    pytest.param(
        "user-agent: Chronograph\ndisallow: /\nallow: /x/\nuser-agent: b\n\nuser-agent: Chronograph\nallow: /z/",
        "/x/b",
        True,
        id="groups of one name are one",
    ),
    pytest.param(
        "user-agent: Chronograph\ndisallow: /\n\nuser-agent: b\ndisallow: /q\n\nuser-agent: Chronograph\nallow: /z/",
        "/z/d",
        True,
        id="groups of one name are one, with another between",
    ),
    pytest.param(
        "user-agent: Chronograph\ndisallow: /\nallow: /x/\nuser-agent: BarBot\ndisallow: /\nallow: /y/\n",
        "/y/c",
        False,
        id="rules of two names",
    ),
    pytest.param(
        "allow: /foo/bar/\n\nuser-agent: Chronograph\ndisallow: /\n", "/foo/bar/", False, id="a rule outside groups"
    ),
    pytest.param(
        "User-agent: BarBot\nSitemap: https://foo.bar/sitemap\nUser-agent: *\nDisallow: /\n",
        "/",
        False,
        id="a sitemap ends no group of others",
    ),
    pytest.param(
        "User-agent: Chronograph\nSitemap: https://foo.bar/sitemap\nUser-agent: *\nDisallow: /\n",
        "/",
        False,
        id="a sitemap ends no group",
    ),
    pytest.param(
        "User-agent: Chronograph\nInvalid-Unknown-Line: unknown\nUser-agent: *\nDisallow: /\n",
        "/",
        False,
        id="an unknown line ends no group",
    ),
    pytest.param("USER-AGENT: Chronograph\nALLOW: /x/\nDISALLOW: /\n", "/x/y", True, id="keys in capitals allow"),
    pytest.param("USER-AGENT: Chronograph\nALLOW: /x/\nDISALLOW: /\n", "/a/b", False, id="keys in capitals forbid"),
    pytest.param("user-agent: Chronograph/2.0\ndisallow: /\n", "/x", False, id="a name with a version"),
    pytest.param(
        "user-agent: *\nallow: /\nuser-agent: Chronograph\ndisallow: /\n", "/x", False, id="our group, not that of all"
    ),
    pytest.param(
        "user-agent: *\ndisallow: /\nuser-agent: Chronograph\nallow: /x\n",
        "/y",
        True,
        id="our group, though all are forbidden",
    ),
    pytest.param("user-agent: *\ndisallow: /\nuser-agent: Chronograph\n", "/y", True, id="an empty group of ours"),
    pytest.param("user-agent: Chrono\ndisallow: /\n", "/x", True, id="a name that ours begins with"),
    pytest.param("user-agent: ChronographNews\ndisallow: /\n", "/x", True, id="a name that begins with ours"),
    pytest.param("user-agent: Chronograph\ndisallow: /X/\n", "/x/y", True, id="the case of a path counts"),
    pytest.param(
        "user-agent: Chronograph\ndisallow: /x/page.html\nallow: /x/\n",
        "/x/page.html",
        False,
        id="the longer rule forbids",
    ),
    pytest.param(
        "user-agent: Chronograph\nallow: /x/page.html\ndisallow: /x/\n",
        "/x/page.html",
        True,
        id="the longer rule allows",
    ),
    pytest.param(
        "user-agent: Chronograph\nallow: /x/page.html\ndisallow: /x/\n", "/x/", False, id="the longer rule does not fit"
    ),
    pytest.param(
        "user-agent: Chronograph\ndisallow: /x/page.html\nallow: /x/page.html\n",
        "/x/page.html",
        True,
        id="allow wins a tie",
    ),
    pytest.param("user-agent: Chronograph\ndisallow: \nallow: \n", "/x", True, id="rules without a path"),
    pytest.param(
        "user-agent: Chronograph\ndisallow: *.html\nallow: /page\n",
        "/page.html",
        False,
        id="the longer rule has a star",
    ),
    pytest.param(
        "user-agent: Chronograph\ndisallow: *.html\nallow: /x/page.\n",
        "/x/page.html",
        True,
        id="the longer rule has none",
    ),
    pytest.param(
        "User-agent: Chronograph\nDisallow: /\nAllow: /foo/bar?qux=taz&baz=http://foo.bar?tar&par\n",
        "/foo/bar?qux=taz&baz=http://foo.bar?tar&par",
        True,
        id="marks of a query",
    ),
    pytest.param(
        "User-agent: Chronograph\nDisallow: /\nAllow: /foo/bar/ツ\n",
        "/foo/bar/%E3%83%84",
        True,
        id="letters not escaped",
    ),
    pytest.param(
        "User-agent: Chronograph\nDisallow: /\nAllow: /foo/bar/%E3%83%84\n",
        "/foo/bar/%E3%83%84",
        True,
        id="letters escaped",
    ),
    pytest.param(
        "User-agent: Chronograph\nDisallow: /\nAllow: /foo/bar/%62%61%7A\n",
        "/foo/bar/baz",
        True,
        id="plain letters escaped in a rule",
    ),
    pytest.param(
        "User-agent: Chronograph\nDisallow: /foo/bar/baz\n",
        "/foo/bar/%62%61%7A",
        False,
        id="plain letters escaped in an address",
    ),
    pytest.param(
        "User-agent: Chronograph\nDisallow: /foo/%e3%83%84\n", "/foo/%E3%83%84", False, id="escapes in small letters"
    ),
    pytest.param("User-agent: Chronograph\nDisallow: /a%2Fb\n", "/a/b", True, id="an escaped slash is none"),
    pytest.param("User-agent: Chronograph\nDisallow: /a%2Fb\n", "/a%2fb", False, id="an escaped slash"),
    pytest.param("User-agent: Chronograph\nDisallow: /a%2A\n", "/abc", True, id="an escaped star is no sign"),
    pytest.param(
        "User-agent: Chronograph\nDisallow: /path/file-with-a-%2A.html\n",
        "/path/file-with-a-*.html",
        False,
        id="an escaped star is a star",
    ),
    pytest.param("User-agent: Chronograph\nDisallow: /a%24\n", "/a$b", False, id="an escaped dollar is a dollar"),
    pytest.param("User-agent: Chronograph\nDisallow: /a%24\n", "/a", True, id="an escaped dollar is no sign"),
    pytest.param("User-agent: Chronograph\nDisallow: /foo/bar*\n", "/foo/bar/x", False, id="a star at the end"),
    pytest.param(
        "User-agent: Chronograph\nDisallow: /foo/bar*qux\n", "/foo/bar_zzz_qux", False, id="a star for something"
    ),
    pytest.param("User-agent: Chronograph\nDisallow: /foo/bar*qux\n", "/foo/barqux", False, id="a star for nothing"),
    pytest.param("User-agent: Chronograph\nDisallow: /foo/bar$\n", "/foo/bar", False, id="the end"),
    pytest.param("User-agent: Chronograph\nDisallow: /foo/bar$\n", "/foo/bar/", True, id="not the end"),
    pytest.param("User-agent: Chronograph\nDisallow: /a$b\n", "/a$bc", False, id="a dollar in the middle"),
    pytest.param("User-agent: Chronograph\nDisallow: /*.php$\n", "/x.php?y", True, id="a star and the end"),
    pytest.param(
        "User-Agent: *\nAllow: /allowed-slash/index.html\nDisallow: /\n",
        "/allowed-slash/",
        True,
        id="an index is its folder",
    ),
    pytest.param(
        "User-Agent: chrono\r\nAllow: /some/path\r\nUser-Agent: *\r\nDisallow: /\r\n",
        "/x",
        False,
        id="lines of Windows",
    ),
    pytest.param(
        "User-Agent: chrono\rAllow: /some/path\rUser-Agent: *\rDisallow: /\r", "/x", False, id="lines of old Macs"
    ),
    pytest.param("\ufeffUser-Agent: *\nDisallow: /\n", "/x", False, id="a byte order mark"),
    pytest.param("User-Agent: * # all\nDisallow: /x # no\n", "/x", False, id="comments"),
    pytest.param("User-Agent: *\nDisallow: /x#y\n", "/xz", False, id="a comment without a space"),
    pytest.param("User-agent : *\nDisallow : /x\n", "/x", False, id="spaces before the colon"),
    pytest.param("  User-agent: *\n\tDisallow:\t/x\n", "/x", False, id="indented"),
    pytest.param("User-agent: *\nDissallow: /x\n", "/x", False, id="a misspelt rule"),
    pytest.param("useragent: *\nDisallow: /x\n", "/x", False, id="a misspelt name of a group"),
    pytest.param("user agent: *\nDisallow: /x\n", "/x", False, id="a name of a group in two words"),
    pytest.param("User-agent: *\nDisallow: /\n", "/robots.txt", True, id="robots.txt itself"),
    pytest.param(
        "User-agent: a\nCrawl-delay: 5\nUser-agent: *\nDisallow: /x\n", "/x", False, id="a delay of another group"
    ),
    pytest.param(
        "User-agent: Chronograph\nCrawl-delay: 5\n\nUser-agent: b\nDisallow: /x\n",
        "/x",
        False,
        id="a delay and a blank line end no group",
    ),
    pytest.param(
        "User-agent: Chronograph\nDisallow: /y\nCrawl-delay: 5\nUser-agent: b\nDisallow: /x\n",
        "/x",
        True,
        id="a rule before the delay ends it",
    ),
    pytest.param("\ufffdUser-Agent: *\nDisallow: /\n", "/x", False, id="half a byte order mark"),
    pytest.param("\ufffd\x11\ufffdUser-Agent: *\nDisallow: /\n", "/x", True, id="no byte order mark at all"),
    pytest.param(f"User-agent: *\nDisallow: /{LONG}/q\n", f"/{LONG}/f", False, id="a rule that goes on too long"),
    pytest.param(f"User-agent: *\nDisallow: /{LONG}/q\n", "/f", True, id="another path than the long one"),
    pytest.param("User-agent: *\nDisallow: /a\x00b\n", "/a", True, id="a NUL in a rule"),
    pytest.param("\x00\x01<html>\nUser-agent: *\nfoo\nDisallow: /x\n", "/x", False, id="garbage around the rules"),
    pytest.param("User-agent: Chronograph Bot\nDisallow: /x\n", "/x", False, id="a name up to its first space"),
    pytest.param("User-agent: * and all\nDisallow: /x\n", "/x", False, id="a star and a space"),
    pytest.param("User-agent: *bot\nDisallow: /x\n", "/x", True, id="a star that is part of a name"),
    pytest.param("User-agent: *\nDisallow: /x\nDisallow:\n", "/x", False, id="an empty rule takes nothing back"),
    pytest.param("User-agent: *\nAllow: /$\nDisallow: /\n", "/", True, id="the root alone is allowed"),
    pytest.param("User-agent: *\nAllow: /$\nDisallow: /\n", "/x.html", False, id="all but the root is not"),
    pytest.param("User-agent: *\nDisallow: x\n", "/x", True, id="a rule that does not begin with a slash"),
    pytest.param("User-agent: *\nDisallow: http://foo.bar/x\n", "/x", True, id="a rule that is an address"),
    pytest.param("User-agent: *\nDisallow: /*?\n", "/x?y=1", False, id="any query"),
    pytest.param("User-agent: *\nDisallow: /x;y\n", "/x;y=1", False, id="parameters"),
    pytest.param("User-agent: *\nDisallow: /$\n", "", False, id="the root alone"),
    pytest.param("User-agent: *\nDisallow: //x\n", "//x/y", False, id="two slashes"),
]


@pytest.mark.parametrize(("text", "path", "allowed"), RULES)
def test_the_rules_of_a_site_are_followed(text: str, path: str, allowed: bool) -> None:
    assert read_exclusion(text, "Chronograph").allows("https://site.example" + path) is allowed


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        pytest.param("User-agent: *\nCrawl-delay: 7", 7.0, id="of all"),
        pytest.param("User-agent: *\nCrawl-delay: 7\n\nUser-agent: Chronograph\nAllow: /", None, id="of others"),
        pytest.param("User-agent: a\nCrawl-delay: 7\nUser-agent: *\nCrawl-delay: 0.5", 0.5, id="of one group only"),
        pytest.param("User-agent: *\nCrawl-delay: .5", 0.5, id="less than one"),
        pytest.param(
            "User-agent: *\nCrawl-delay: 1\nUser-agent: b\nCrawl-delay: 12\nUser-agent: c",
            1.0,
            id="of those named first",
        ),
        pytest.param("User-agent: *\nCrawl-delay: soon", None, id="no number"),
        pytest.param("User-agent: *\nCrawl-delay: 1e9", None, id="a trick"),
    ],
)
def test_the_delay_is_that_of_our_group(text: str, delay: float | None) -> None:
    assert read_exclusion(text, "Chronograph").delay == delay


@given(st.text(), st.text(alphabet="/*$%aé?2F"))
def test_whatever_a_site_writes_it_can_be_read(text: str, path: str) -> None:
    rules = f"User-agent: *\nDisallow: {path}\nAllow: {text}\n{text}"
    assert read_exclusion(rules, "Chronograph").allows("https://site.example/" + path) in (True, False)


@given(st.text(alphabet="/ab*", min_size=1).map(lambda rule: "/" + rule), st.text(alphabet="ab/"))
def test_a_star_stands_for_anything(rule: str, something: str) -> None:
    path = rule.replace("*", something)
    assert not read_exclusion(f"User-agent: *\nDisallow: {rule}$", "Chronograph").allows("https://site.example" + path)
