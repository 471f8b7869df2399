"""One GET after another against a real server: conditions, patience, politeness, limits."""

from __future__ import annotations

import gzip
import re
import time
import zlib
from collections.abc import Callable

import pytest

from ingest.fetch import Fetcher, FetchFailed, Validators, Why
from ingest.fetch.pace import MemoryTurns
from tests.ingest.fetch.conftest import Clock, visiting
from tests.loopback import Answer, Asked, Site, site


def failure(fetcher: Fetcher, url: str) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught:
        fetcher.get(url)
    return caught.value


def test_a_page_comes_with_its_type_charset_and_validators(web: Site, fetcher: Fetcher) -> None:
    headers = {"ETag": '"1"', "Last-Modified": "Wed, 15 Jan 2025 10:00:00 GMT", "Cache-Control": "max-age=600"}
    web["/a"] = Answer("café".encode("latin-1"), type="text/html; charset=ISO-8859-1", headers=headers)
    got = fetcher.get(web.url + "/a")
    assert (got.url, got.body, got.content_type, got.charset) == (web.url + "/a", b"caf\xe9", "text/html", "iso-8859-1")
    assert got.validators == Validators('"1"', "Wed, 15 Jan 2025 10:00:00 GMT")
    assert got.fresh_for == 600
    assert got.moved_to is None


def test_a_type_with_a_long_gap_is_read_in_time_that_grows_with_its_length(web: Site, fetcher: Fetcher) -> None:
    web["/a"] = Answer("x", type="text/html; charset=" + " " * 30_000 + "!")
    began = time.process_time()
    assert fetcher.get(web.url + "/a").charset is None
    assert time.process_time() - began < 2


def test_an_unchanged_page_is_not_sent_again(web: Site, fetcher: Fetcher) -> None:
    def conditional(asked: Asked) -> Answer:
        return (
            Answer(status=304) if asked.headers.get("if-none-match") == '"1"' else Answer("x", headers={"ETag": '"1"'})
        )

    web["/a"] = conditional
    first = fetcher.get(web.url + "/a")
    second = fetcher.get(web.url + "/a", Validators(first.validators.etag, "Wed, 15 Jan 2025 10:00:00 GMT"))
    assert (first.not_modified, second.not_modified) == (False, True)
    assert web.asked[-1].headers["if-modified-since"] == "Wed, 15 Jan 2025 10:00:00 GMT"


def test_we_say_who_we_are_and_who_answers_for_us(web: Site, fetcher: Fetcher) -> None:
    web["/a"] = "x"
    fetcher.get(web.url + "/a")
    assert {asked.headers["user-agent"] for asked in web.asked} == {web.asked[0].headers["user-agent"]}
    assert re.fullmatch(r"Chronograph/[\d.]+ \(\+editor@desk\.example\)", web.asked[0].headers["user-agent"])


def test_a_contact_cannot_smuggle_a_header(web: Site, clock: Clock) -> None:
    web["/a"] = "x"
    with Fetcher(visiting(web), contact="me\r\nX-Evil: 1", clock=clock, sleep=clock.sleep) as fetcher:
        fetcher.get(web.url + "/a")
    assert "x-evil" not in web.asked[-1].headers


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        pytest.param(Answer("User-agent: *\nDisallow: /private"), False, id="forbidden to all"),
        pytest.param(Answer("User-agent: Chronograph\nDisallow: /private"), False, id="forbidden to us by name"),
        pytest.param(
            Answer("User-agent: chronograph\nAllow: /\n\nUser-agent: *\nDisallow: /"), True, id="we alone may"
        ),
        pytest.param(Answer("User-agent: Other\nDisallow: /"), True, id="forbidden to others"),
        pytest.param(
            Answer("User-agent: *\nDisallow: /private\nAllow: /private/page"), True, id="the longer rule counts"
        ),
        pytest.param(Answer(b"\xef\xbb\xbfUser-agent: *\nDisallow: /"), False, id="with a byte order mark"),
        pytest.param(Answer("<html>Not found</html>"), True, id="a page instead"),
        pytest.param(Answer(status=404), True, id="none there"),
        pytest.param(Answer(status=403), True, id="not for us to see"),
        pytest.param(Answer(status=500), False, id="cannot be had"),
        pytest.param(Answer(b"User-agent: *\nDisallow: /\n" + b"#" * 600_000), False, id="a huge one"),
        pytest.param(Answer(b"User-agent: *\nDisallow: /\n" + b"# more\n" * 3_000_000), False, id="larger than a page"),
        pytest.param(
            Answer(b"User-agent: *\n" + b"#" * (500 * 1024 - 26) + b"\nDisallow: /other"), True, id="cut in a rule"
        ),
        pytest.param(
            Answer(gzip.compress(b"User-agent: *\nDisallow: /"), headers={"Content-Encoding": "gzip"}),
            False,
            id="packed",
        ),
        pytest.param(
            Answer(b"User-agent: *\nAllow: /", headers={"Content-Encoding": "gzip"}), False, id="not packed as it says"
        ),
        pytest.param(Answer("User-agent: *\nDisallow: /", type="image/png"), False, id="of a wrong type"),
    ],
)
def test_robots_txt_is_followed(web: Site, fetcher: Fetcher, robots: Answer, allowed: bool) -> None:
    web["/robots.txt"] = robots
    web["/private/page"] = "x"
    if allowed:
        assert fetcher.get(web.url + "/private/page").body == b"x"
    else:
        assert failure(fetcher, web.url + "/private/page").why in (Why.ROBOTS, Why.SERVER_ERROR)
        assert web.paths == []


@pytest.mark.parametrize(("hops", "allowed"), [(1, False), (5, False), (7, True)])
def test_the_redirects_of_a_robots_txt_are_followed_some_way(
    web: Site, fetcher: Fetcher, hops: int, allowed: bool
) -> None:
    web["/robots.txt"] = Answer(status=301, headers={"Location": "/r1"})
    for number in range(1, hops):
        web[f"/r{number}"] = Answer(status=302, headers={"Location": f"/r{number + 1}"})
    web[f"/r{hops}"] = "User-agent: *\nDisallow: /a"
    web["/a"] = "x"
    if allowed:
        assert fetcher.get(web.url + "/a").body == b"x"
    else:
        assert failure(fetcher, web.url + "/a").why is Why.ROBOTS


def test_why_a_robots_txt_cannot_be_had_is_said(web: Site, fetcher: Fetcher) -> None:
    web["/robots.txt"] = Answer(status=502)
    error = failure(fetcher, web.url + "/a")
    assert (error.why, "the server answered 502" in error.reason) == (Why.SERVER_ERROR, True)


@pytest.mark.parametrize(
    "etag", ['"caf\xe9"', '"a\r\nX-Evil: 1"', '"\u20ac"'], ids=["latin-1", "two lines", "no latin-1"]
)
def test_a_validator_that_is_no_header_is_not_sent(web: Site, fetcher: Fetcher, etag: str) -> None:
    web["/a"] = "x"
    assert fetcher.get(web.url + "/a", Validators(etag)).body == b"x"
    assert not {"x-evil", "if-none-match"} & set(web.asked[-1].headers)


def test_nothing_is_unchanged_that_was_never_had(web: Site, fetcher: Fetcher) -> None:
    web["/a"] = Answer(status=304)
    assert failure(fetcher, web.url + "/a").why is Why.CLIENT_ERROR


def test_robots_txt_is_read_once_a_site_and_for_the_target_of_a_redirect_too(web: Site, clock: Clock) -> None:
    with site() as other:
        other["/robots.txt"] = "User-agent: *\nDisallow: /closed"
        web["/a"] = Answer(status=302, headers={"Location": other.url + "/closed"})
        web["/b"] = "x"
        with Fetcher(visiting(web, other), clock=clock, sleep=clock.sleep) as fetcher:
            assert failure(fetcher, web.url + "/a").why is Why.ROBOTS
            fetcher.get(web.url + "/b")
        assert other.paths == []
    assert [asked.path for asked in web.asked].count("/robots.txt") == 1


def test_a_host_gets_a_pause_between_two_requests(web: Site, fetcher: Fetcher, clock: Clock) -> None:
    web["/a"] = "x"
    for _ in range(3):
        fetcher.get(web.url + "/a", delay=2.0)
    assert clock.waits == pytest.approx([2.0, 2.0])


def test_a_crawl_delay_is_kept_up_to_a_limit(web: Site, fetcher: Fetcher, clock: Clock) -> None:
    web["/robots.txt"] = "User-agent: *\nCrawl-delay: 7"
    web["/a"] = "x"
    fetcher.get(web.url + "/a")
    fetcher.get(web.url + "/a")
    assert clock.waits == pytest.approx([7.0])


def test_a_failing_server_is_asked_again_with_growing_pauses(web: Site, fetcher: Fetcher, clock: Clock) -> None:
    answers = iter([Answer(status=503), Answer(status=502), Answer("there")])
    web["/a"] = lambda _: next(answers)
    assert fetcher.get(web.url + "/a", delay=0).body == b"there"
    assert 1 <= clock.waits[0] <= 2 <= clock.waits[1] <= 4


@pytest.mark.parametrize("soon", ["0", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_a_server_that_wants_to_be_asked_at_once_gets_growing_pauses_too(
    web: Site, fetcher: Fetcher, clock: Clock, soon: str
) -> None:
    web["/a"] = Answer(status=503, headers={"Retry-After": soon})
    failure(fetcher, web.url + "/a")
    assert 1 <= clock.waits[0] <= 2 <= clock.waits[-1] <= 4


@pytest.mark.parametrize("status", [500, 507, 520, 530, 202])
def test_a_server_that_goes_on_failing_is_given_up(web: Site, fetcher: Fetcher, status: int) -> None:
    web["/a"] = Answer(status=status)
    found = failure(fetcher, web.url + "/a")
    assert (found.why, found.passing) == (Why.SERVER_ERROR, True)
    assert len(web.paths) == 3


@pytest.mark.parametrize(
    ("status", "why"),
    [(401, Why.CLIENT_ERROR), (403, Why.CLIENT_ERROR), (501, Why.CLIENT_ERROR), (404, Why.GONE), (410, Why.GONE)],
)
def test_a_refusal_is_taken_for_one(web: Site, fetcher: Fetcher, status: int, why: Why) -> None:
    web["/a"] = Answer(status=status)
    found = failure(fetcher, web.url + "/a")
    assert (found.why, found.passing) == (why, False)
    assert len(web.paths) == 1


def test_a_short_retry_after_is_waited_for(web: Site, fetcher: Fetcher, clock: Clock) -> None:
    answers = iter([Answer(status=429, headers={"Retry-After": "12"}), Answer("there")])
    web["/a"] = lambda _: next(answers)
    assert fetcher.get(web.url + "/a").body == b"there"
    assert sum(clock.waits) == pytest.approx(12)


def test_a_host_that_has_had_too_many_requests_is_left_alone_for_a_minute(
    web: Site, fetcher: Fetcher, clock: Clock
) -> None:
    web["/a"] = Answer(status=429)
    found = failure(fetcher, web.url + "/a")
    assert (found.why, found.wait, found.reason) == (Why.WAIT, 60, "the server answered 429")
    assert failure(fetcher, web.url + "/b").why is Why.WAIT
    clock.now += 61
    web["/b"] = "there"
    assert fetcher.get(web.url + "/b").body == b"there"
    assert web.paths == ["/a", "/b"]


def test_a_host_that_wants_to_be_left_alone_is_not_asked_for_its_robots_txt(web: Site, clock: Clock) -> None:
    turns = MemoryTurns()
    turns.hold(f"127.0.0.1:{web.port}", clock.now + 3600)
    with Fetcher(visiting(web), turns=turns, clock=clock, sleep=clock.sleep) as fetcher:
        found = failure(fetcher, web.url + "/a")
        assert (found.why, found.wait) == (Why.WAIT, 3600)
        assert web.asked == []
        turns.hold(f"127.0.0.1:{web.port}", clock.now)
        clock.now += 3580
        web["/a"] = "there"
        assert fetcher.get(web.url + "/a").body == b"there"
        assert clock.waits == [20]


def test_a_long_retry_after_closes_the_host_until_then(web: Site, fetcher: Fetcher, clock: Clock) -> None:
    web["/a"] = Answer(status=503, headers={"Retry-After": "3600"})
    web["/b"] = "x"
    assert failure(fetcher, web.url + "/a").wait == pytest.approx(3600)
    assert failure(fetcher, web.url + "/b").why is Why.WAIT
    assert web.paths == ["/a"]
    clock.now += 3601
    assert fetcher.get(web.url + "/b").body == b"x"


@pytest.mark.parametrize(
    ("header", "kind", "charset"),
    [
        ('Text/HTML; charset="UTF-8"', "text/html", "utf-8"),
        ("text/html;charset=utf-8, text/html", "text/html", "utf-8"),
        ("text/html; charset*=utf-8''%ff; charset*0=a; charset*1=b", "text/html", None),
        (';;;"=', "", None),
    ],
)
def test_a_type_is_read_as_far_as_it_is_legible(
    web: Site, fetcher: Fetcher, header: str, kind: str, charset: str | None
) -> None:
    web["/a"] = Answer("x", type=header)
    got = fetcher.get(web.url + "/a")
    assert (got.content_type, got.charset) == (kind, charset)


@pytest.mark.parametrize(
    "day", ["soon", "Fri, 31 Dec 99999999999999999999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 +2359"]
)
def test_a_day_that_is_none_is_no_wait(web: Site, fetcher: Fetcher, day: str) -> None:
    web["/a"] = Answer(status=503, headers={"Retry-After": day})
    web["/b"] = Answer("x", headers={"Expires": day})
    assert failure(fetcher, web.url + "/a").why is Why.SERVER_ERROR
    assert fetcher.get(web.url + "/b").fresh_for == 0


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [
        pytest.param([301], True, id="moved"),
        pytest.param([308, 301], True, id="moved twice"),
        pytest.param([302], False, id="for now"),
        pytest.param([307, 301], False, id="for now, then moved"),
    ],
)
def test_only_a_permanent_redirect_changes_the_address(
    web: Site, fetcher: Fetcher, statuses: list[int], moved: bool
) -> None:
    for number, status in enumerate(statuses):
        web[f"/{number}"] = Answer(status=status, headers={"Location": f"/{number + 1}#part"})
    web[f"/{len(statuses)}"] = "there"
    got = fetcher.get(web.url + "/0", delay=0)
    assert (got.body, got.url) == (b"there", f"{web.url}/{len(statuses)}")
    assert got.moved_to == (got.url if moved else None)


def test_the_part_of_a_chain_that_is_permanent_is_what_moves(web: Site, fetcher: Fetcher) -> None:
    web["/0"] = Answer(status=301, headers={"Location": "/1"})
    web["/1"] = Answer(status=302, headers={"Location": "/2"})
    web["/2"] = "there"
    assert fetcher.get(web.url + "/0", delay=0).moved_to == web.url + "/1"


@pytest.mark.parametrize(
    "location", [pytest.param(lambda n: f"/{n + 1}", id="endless"), pytest.param(lambda n: f"/{1 - n}", id="a circle")]
)
def test_redirects_end_somewhere(web: Site, fetcher: Fetcher, location: Callable[[int], str]) -> None:
    for number in range(30):
        web[f"/{number}"] = Answer(status=302, headers={"Location": location(number)})
    assert failure(fetcher, web.url + "/0").why is Why.REDIRECTS
    assert len(web.paths) < 12


def test_a_page_is_unpacked(web: Site, fetcher: Fetcher) -> None:
    text = b"The court ruled. " * 1000
    raw = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    web["/gzip"] = Answer(gzip.compress(text), headers={"Content-Encoding": "gzip"})
    web["/two"] = Answer(gzip.compress(text) + gzip.compress(text), headers={"Content-Encoding": "gzip"})
    web["/deflate"] = Answer(zlib.compress(text), headers={"Content-Encoding": "deflate"})
    web["/raw"] = Answer(raw.compress(text) + raw.flush(), headers={"Content-Encoding": "deflate"})
    web["/twice"] = Answer(zlib.compress(gzip.compress(text)), headers={"Content-Encoding": "gzip, identity, deflate"})
    web["/none"] = Answer(text, headers={"Content-Encoding": "UTF-8"})
    for path, times in (("/gzip", 1), ("/two", 2), ("/deflate", 1), ("/raw", 1), ("/twice", 1), ("/none", 1)):
        assert fetcher.get(web.url + path, delay=0).body == text * times


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        pytest.param(
            Answer(gzip.compress(b"0" * 40_000_000), headers={"Content-Encoding": "gzip"}), Why.BOMB, id="bomb"
        ),
        pytest.param(Answer(b"x" * 12_000_001), Why.SIZE, id="large"),
        pytest.param(Answer(b"x", length=100_000_000), Why.SIZE, id="says it is large"),
        pytest.param(Answer(b"not gzip", headers={"Content-Encoding": "gzip"}), Why.ENCODING, id="not gzip"),
        pytest.param(
            Answer(gzip.compress(b"x" * 99)[:-9], headers={"Content-Encoding": "gzip"}), Why.ENCODING, id="cut"
        ),
        pytest.param(Answer(b"x", headers={"Content-Encoding": "br"}), Why.ENCODING, id="not asked for"),
        pytest.param(
            Answer(gzip.compress(gzip.compress(b"0" * 40_000_000)), headers={"Content-Encoding": "gzip, gzip"}),
            Why.BOMB,
            id="a bomb in a bomb",
        ),
        pytest.param(Answer(b"x", headers={"Content-Encoding": "gzip, gzip, gzip"}), Why.ENCODING, id="packed thrice"),
        pytest.param(Answer(b"\x89PNG", type="image/png"), Why.KIND, id="a picture"),
        pytest.param(Answer(b"PK", type="application/zip"), Why.KIND, id="an archive"),
    ],
)
def test_what_is_too_much_or_no_page_is_refused(web: Site, clock: Clock, answer: Answer, why: Why) -> None:
    web["/a"] = answer
    policy = visiting(web, max_bytes=12_000_000)
    with Fetcher(policy, clock=clock, sleep=clock.sleep) as fetcher:
        found = failure(fetcher, web.url + "/a")
    assert (found.why, found.passing) == (why, False)


def test_an_answer_that_trickles_ends_in_time(web: Site, clock: Clock) -> None:
    web["/a"] = Answer([b"x"] * 200, before_piece=lambda: time.sleep(0.05))
    policy = visiting(web, total_timeout=0.5, tries=1)
    began = time.monotonic()
    with Fetcher(policy, clock=clock, sleep=clock.sleep) as fetcher:
        assert failure(fetcher, web.url + "/a").why is Why.TIMEOUT
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("page", ["/silent", "/0"], ids=["a page tried again", "a chain of slow redirects"])
def test_what_is_asked_of_one_address_ends_in_time_in_all(web: Site, clock: Clock, page: str) -> None:
    def silent(_: Asked) -> Answer:
        time.sleep(3)
        return Answer("x")

    def onward(asked: Asked) -> Answer:
        time.sleep(0.3)
        return Answer(status=302, headers={"Location": f"/{int(asked.path[1:]) + 1}"})

    web["/silent"] = silent
    web.routes |= {f"/{number}": onward for number in range(9)}
    with Fetcher(visiting(web, timeout=0.6, total_timeout=1.0), clock=clock, sleep=clock.sleep) as fetcher:
        began = time.monotonic()
        assert failure(fetcher, web.url + page).why is Why.TIMEOUT
    assert time.monotonic() - began < 2


def test_a_server_that_says_nothing_is_left(web: Site, clock: Clock) -> None:
    web["/a"] = Answer([b"x"], before_piece=lambda: time.sleep(1.5))
    with Fetcher(visiting(web, timeout=0.2, tries=1), clock=clock, sleep=clock.sleep) as fetcher:
        assert failure(fetcher, web.url + "/a").why is Why.TIMEOUT


def test_a_body_that_breaks_off_is_no_page(web: Site, clock: Clock) -> None:
    def broken(_: Asked) -> Answer:
        return Answer(b"half", length=1000, headers={"Connection": "close"})

    web["/a"] = broken
    with Fetcher(visiting(web, tries=1, timeout=0.5), clock=clock, sleep=clock.sleep) as fetcher:
        assert failure(fetcher, web.url + "/a").passing


def test_a_certificate_that_does_not_fit_is_named(clock: Clock) -> None:
    with site(tls=True) as secure, Fetcher(visiting(secure), clock=clock, sleep=clock.sleep) as fetcher:
        found = failure(fetcher, secure.url + "/a")
    assert found.why is Why.CERTIFICATE
    assert "certificate" in found.reason
    assert not found.passing


def test_nobody_at_home_is_named(clock: Clock) -> None:
    with site() as gone:
        pass
    with Fetcher(visiting(gone), clock=clock, sleep=clock.sleep) as fetcher:
        assert failure(fetcher, gone.url + "/a").why in (Why.CONNECTION, Why.WAIT)


def test_cookies_are_not_kept(web: Site, fetcher: Fetcher) -> None:
    web["/a"] = Answer("x", headers={"Set-Cookie": "id=1"})
    fetcher.get(web.url + "/a")
    fetcher.get(web.url + "/a")
    assert all("cookie" not in asked.headers for asked in web.asked)
