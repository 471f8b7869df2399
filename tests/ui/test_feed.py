"""The calendar feed over a real store: what it answers, and to whom."""

import re
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
import yaml

from kb.store import open_graph
from kb.store.record import record
from tests.patience import PATIENCE
from tests.ui.sample import BYTEDANCE, _article, _claim, _extraction
from tests.ui.sample import _day as day_of
from tests.ui.test_pages import _open
from ui.feed import ADDRESS, feeding


def ask(address, path=None, method="GET", **headers):
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)
    connection.request(method, path or parts.path, headers={"Host": parts.netloc, **headers})
    found = connection.getresponse()
    body = found.read().decode()
    connection.close()
    return found.status, {name.lower(): value for name, value in found.getheaders()}, body.replace("\r\n ", "")


def path_of(address):
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


@pytest.fixture
def feed(filled):
    with feeding(filled, "127.0.0.1", 8870) as address:
        yield address


def test_deadlines_can_be_subscribed_to(feed):
    status, headers, body = ask(feed)
    assert status == 200
    assert headers["content-type"] == "text/calendar; charset=utf-8"
    assert body.count("BEGIN:VEVENT") == 1
    assert "ByteDance to sell TikTok" in body
    assert "shopping service" not in body


@pytest.mark.parametrize(
    ("query", "deadlines"),
    [("?from=2025-01-19&to=2025-01-19", 1), ("?from=2025-01-20", 0), ("?q=tiktok", 1), ("?known=2025-01-11", 0)],
)
def test_deadlines_are_taken_along_as_they_are_filtered(feed, query, deadlines):
    assert ask(feed, f"/deadlines.ics{query}")[2].count("BEGIN:VEVENT") == deadlines


def test_the_calendar_of_the_deadlines_holds_what_passes_the_filters_of_the_page(feed, filled, monkeypatch):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(filled.data))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.setenv(ADDRESS, feed)
    asked = {"from": "2025-01-19", "q": "tiktok", "by": "who"}
    (address,) = (code.value for code in _open("deadlines", **asked).code)
    assert urlsplit(address).query == "from=2025-01-19&q=tiktok"
    assert ask(feed, path_of(address))[2].count("BEGIN:VEVENT") == 1


def test_what_did_not_change_is_not_sent_again(feed):
    _, headers, _ = ask(feed)
    status, _, body = ask(feed, **{"If-None-Match": headers["etag"]})
    assert (status, body) == (304, "")
    assert ask(feed, "/events.ics")[1]["etag"] != headers["etag"]


def test_a_calendar_program_may_ask_for_the_head_alone(feed):
    status, headers, body = ask(feed, method="HEAD")
    assert (status, body) == (200, "")
    assert int(headers["content-length"]) > 100


@pytest.mark.parametrize(
    ("query", "events"),
    [
        pytest.param("", 5, id="all"),
        pytest.param("?entity=ByteDance", 1, id="entity"),
        pytest.param("?status=denied&status=proposed", 2, id="statuses"),
        pytest.param("?q=shopping", 1, id="words"),
        pytest.param("?from=2025-01-11&to=2025-12-31", 1, id="window"),
        pytest.param("?known=2025-01-11", 3, id="as known then"),
        pytest.param("?main=2", 2, id="main ones"),
    ],
)
def test_the_feed_takes_the_filters_of_the_timeline(feed, query, events):
    assert ask(feed, f"/events.ics{query}")[2].count("BEGIN:VEVENT") == events


def test_the_address_to_follow_what_a_page_shows_is_one_that_the_feed_answers(feed, filled, monkeypatch):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(filled.data))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.setenv(ADDRESS, feed)
    asked = {"q": "shopping service", "status": ["occurred", "scheduled"], "lanes": "actor"}
    deadlines, events = (code.value for code in _open(**asked).code)
    assert urlsplit(events).query == "q=shopping+service&status=occurred&status=scheduled"
    assert [ask(feed, path_of(one))[2].count("BEGIN:VEVENT") for one in (events, deadlines)] == [1, 0]
    *_, watched = (code.value for code in _open("entities", entity=BYTEDANCE).code)
    assert yaml.safe_load(watched) == {"watch": [{"entity": BYTEDANCE}]}


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/", 404, "/deadlines.ics"),
        ("/../../etc/passwd", 404, "/deadlines.ics"),
        ("/events.ics?nonsense=1", 400, "'nonsense' is no filter"),
        ("/events.ics?main=most", 400, "main is a number"),
        ("/events.ics?from=2025-02-30", 400, "not a valid date"),
        ("/events.ics?entity=Nobody+At+All", 400, "no entity is called 'Nobody At All'"),
        ("/events.ics?status=done", 400, "'done' is no status"),
        ("/events.ics?type=%3Cscript%3E", 400, "is no type"),
        ("/events.ics?" + "&".join(["q=x"] * 300), 400, "fields"),
    ],
)
def test_what_cannot_be_read_is_named(feed, path, status, told):
    found, headers, body = ask(feed, path)
    assert found == status
    assert told in body
    assert headers["content-type"].startswith("text/plain")
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8870", "", "127.0.0.1.evil.example:8870"])
def test_a_page_of_another_site_that_points_its_name_here_gets_nothing(feed, host):
    status, _, body = ask(feed, Host=host)
    assert status == 403
    assert "VEVENT" not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_the_feed_is_read_only(feed, method):
    assert ask(feed, method=method)[0] == 501


def test_a_store_that_is_not_there_is_told_in_plain_words(tmp_path, filled):
    from dataclasses import replace

    with feeding(replace(filled, data=tmp_path / "nowhere"), "127.0.0.1", 8870) as address:
        status, _, body = ask(address)
    assert status == 503
    assert "nowhere" in body


def test_a_taken_port_gives_way_to_the_next(filled, feed):
    with feeding(filled, "127.0.0.1", urlsplit(feed).port) as other:
        assert urlsplit(other).port > urlsplit(feed).port


def _entry(address):
    _, _, body = ask(address)
    found = re.search(r"BEGIN:VEVENT.*?UID:(\S+).*?SEQUENCE:(\d+).*?DTSTART;VALUE=DATE:(\d+)", body, re.DOTALL)
    return found.groups()


def test_a_deadline_that_moves_moves_in_the_subscribers_calendar(tmp_path):
    """The same UID on another day, under a higher SEQUENCE."""
    from datetime import date

    from kb.config import Settings
    from kb.model import Status
    from kb.store import embedded
    from kb.timevalue import Precision

    due = "ByteDance must sell TikTok by January 19, 2025."
    later = "The deadline for ByteDance to sell TikTok was extended from January 19, 2025 to April 5, 2025."
    actors = (("obliged", "ByteDance"), ("object", "TikTok"))
    settings = Settings(tmp_path / "data", None, "unused")

    def told(id_, day, sentence, trigger, *, words, when, type_="deadline"):
        article = _article(id_, "A deadline", day, "Harbor Post", sentence)
        return _extraction(
            article,
            _claim(
                article, sentence, trigger, type_=type_, status=Status.SCHEDULED, actors=actors,
                when=(words, when, Precision.DAY), title="ByteDance to sell TikTok",
            ),
        )  # fmt: skip

    first = told("one", date(2024, 4, 24), due, "sell", words="January 19, 2025", when=day_of(2025, 1, 19))
    second = told(
        "two",
        date(2025, 1, 20),
        later,
        "extended",
        words="April 5, 2025",
        when=day_of(2025, 4, 5),
        type_="deadline_change",
    )
    with open_graph(settings, create=True) as graph, feeding(settings, "127.0.0.1", 8880) as address:
        record(graph, (first,), recorded_at="2024-04-25T00:00:00Z", extractor="sample")
        uid, before, start = _entry(address)
        assert start == "20250119"
        record(graph, (second,), recorded_at="2025-01-21T00:00:00Z", extractor="sample")
        again, after, moved = _entry(address)
        windows = ("to=2025-01-31", "from=2025-04-01")
        found = [ask(address, f"/deadlines.ics?{window}")[2].count("BEGIN:VEVENT") for window in windows]
    embedded.stop(settings.data)
    assert (again, moved) == (uid, "20250405")
    assert int(after) > int(before)
    assert found == [0, 1]
