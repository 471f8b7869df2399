"""Feeds of every dialect, and what only looks like one."""

from __future__ import annotations

import json
import time
from datetime import date
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import pytest

from ingest.inputs import feed as module
from ingest.inputs.feed import Feed, looks_like_feed, read_feed
from ingest.inputs.moment import Moment
from kb.errors import SkipInput

URL = "https://court.example/feed"
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Court &amp; Law</title><language>en-us</language><ttl>45</ttl>
<item><title>A &lt;b&gt;ruling&lt;/b&gt;</title><link>https://court.example/a?utm_source=rss</link>
<pubDate>Sat, 18 Jan 2025 02:30:00 GMT</pubDate><dc:creator>Jane Doe</dc:creator><category>Courts</category>
<description>Short.</description>
<content:encoded>&lt;p&gt;The whole story of the ruling.&lt;/p&gt;</content:encoded></item>
<item><title>No link</title><description>The court ruled.</description></item>
<item></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://court.example/"><title>Court</title>
<entry><id>urn:1</id><title>A ruling</title><link rel="alternate" href="a"/>
<published>2025-01-17T21:30:00-05:00</published>
<updated>2025-01-18T10:00:00Z</updated><author><name>Jane Doe</name></author><category term="Courts"/></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Court</title></channel>
<item rdf:about="https://court.example/a"><title>A ruling</title><link>https://court.example/a</link>
<dc:date>2025-01-17T21:30:00-05:00</dc:date><dc:creator>Jane Doe</dc:creator><dc:subject>Courts</dc:subject></item>
</rdf:RDF>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Court",
        "items": [
            {
                "id": "1",
                "url": "/a",
                "title": "A ruling",
                "date_published": "2025-01-17T21:30:00-05:00",
                "authors": [{"name": "Jane Doe"}],
                "tags": ["Courts"],
                "content_html": "<p>The whole story of the ruling.</p>",
            }
        ],
    }
)


def read(text: str | bytes, **options: object) -> Feed:
    body = text.encode() if isinstance(text, str) else text
    return read_feed(body, url=URL, zone=ZoneInfo("America/New_York"), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [RSS, ATOM, RDF, JSON], ids=["RSS", "Atom", "RDF", "JSON Feed"])
def test_every_dialect_gives_the_same_entry(text: str) -> None:
    entry = read(text).entries[0]
    assert (entry.url, entry.title) == ("https://court.example/a", "A ruling")
    assert entry.published
    assert entry.published.day == date(2025, 1, 17)
    assert (entry.authors, entry.sections, entry.html) == (("Jane Doe",), ("Courts",), None)


@pytest.mark.parametrize("text", [RSS, JSON], ids=["RSS", "JSON Feed"])
def test_the_text_of_a_feed_is_taken_when_asked_for(text: str) -> None:
    assert read(text, full_text=True).entries[0].html == "<p>The whole story of the ruling.</p>"


def test_an_entry_without_address_keeps_its_text_and_an_empty_one_is_counted() -> None:
    feed = read(RSS)
    assert [entry.html for entry in feed.entries] == [None, "The court ruled."]
    assert feed.notes == ("1 entry has neither a web address nor a text, and cannot be read",)
    assert (feed.ttl, feed.title, feed.language) == (2700, "Court & Law", "en-us")


@pytest.mark.parametrize(
    ("written", "day", "at"),
    [
        ("Fri, 17 Jan 2025", date(2025, 1, 17), None),
        ("2025-01-17", date(2025, 1, 17), None),
        ("Sat, 18 Jan 2025 03:00:00 +0000", date(2025, 1, 17), "2025-01-18T03:00:00+00:00"),
        ("17 Jan 2025 21:30 EST", date(2025, 1, 17), "2025-01-18T02:30:00+00:00"),
        ("2025-Januar-17T9:15-05:00", date(2025, 1, 17), None),
        ("Пт, 17 января 2025 10:00:00 +0300", date(2025, 1, 17), None),
        ("2025년 1월 17일  오후 01:31:15", date(2025, 1, 17), None),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None, None),
        ("whenever", None, None),
        ("", None, None),
    ],
)
def test_the_day_of_an_entry_is_that_of_its_outlet(written: str, day: date | None, at: str | None) -> None:
    feed = read(
        f"<rss version='2.0'><channel><item><link>https://a.example/b</link><pubDate>{written}</pubDate></item></channel></rss>"
    )
    published = feed.entries[0].published
    assert (published.day if published else None) == day
    if at:
        assert published == Moment(date(2025, 1, 17), published.at if published else None)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("jane@paper.example (Jane Doe)", ("Jane Doe",)),
        ("Jane Doe &lt;jane@paper.online&gt;", ("Jane Doe",)),
        ("Jane Doe", ("Jane Doe",)),
        ("jane@paper.example", ()),
    ],
)
def test_an_author_is_named_without_the_mail_address(written: str, name: tuple[str, ...]) -> None:
    assert read(item(f"<link>https://a.example/b</link><author>{written}</author>")).entries[0].authors == name


def test_a_json_feed_may_give_addresses_from_its_own() -> None:
    items = [{"id": 1, "url": "stories/1"}, {"id": "2", "content_text": "A text."}]
    feed = read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}))
    assert [entry.url for entry in feed.entries] == [urljoin(URL, "stories/1"), f"{URL}#2"]


def item(inside: str, root: str = "") -> str:
    return f"<rss version='2.0' {root}><channel><item>{inside}</item></channel></rss>"


def of_one_page(*entries: tuple[str, str, str], link: str = "/news") -> str:
    """A feed whose entries, each with its id, title and the part of the page, all link to one page."""
    items = "".join(
        f"<item><guid isPermaLink='false'>{id_}</guid><title>{title}</title><link>{link}{part}</link>"
        f"<description>{title} was told at {id_}.</description></item>"
        for id_, title, part in entries
    )
    return f"<rss version='2.0'><channel>{items}</channel></rss>"


@pytest.mark.parametrize(
    ("entries", "of_page", "of_feed"),
    [
        pytest.param([("1", "A", ""), ("2", "B", "")], ["#1", "#2"], ["#1", "#2"], id="articles without a page"),
        pytest.param([("1", "A", ""), ("2", "A", "")], [""], ["#1", "#2"], id="one told again"),
        pytest.param([("1", "A", "#a"), ("2", "B", "#b")], [""], ["#1", "#2"], id="parts of a page"),
        pytest.param([("1", "A", ""), ("1", "B", "")], [""], [""], id="one id"),
    ],
)
def test_entries_that_share_a_page_are_told_apart_by_their_ids(
    entries: list[tuple[str, str, str]], of_page: list[str], of_feed: list[str]
) -> None:
    for full_text, wanted in ((False, of_page), (True, of_feed)):
        found = read(of_one_page(*entries), full_text=full_text).entries
        assert [entry.url for entry in found] == [f"https://court.example/news{part}" for part in wanted]
        assert [entry.html is not None for entry in found] == [full_text or bool(part) for part in wanted]


def test_entries_of_a_json_feed_that_share_a_page_are_told_apart() -> None:
    items = [{"id": n, "url": "/news", "title": f"Ruling {n}", "content_text": f"Text {n}."} for n in (1, 2)]
    feed = read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}))
    assert [entry.url for entry in feed.entries] == [f"https://court.example/news#{n}" for n in (1, 2)]


@pytest.mark.parametrize(
    "text",
    [
        item("<title>Half &#55357; a pair</title><link>/a</link>"),
        item("<title>Half &#xD83D; a pair, & more</title><link>/a</link>"),
        item("<title>Half &#99999999999; a pair</title><link>/a</link>"),
        json.dumps({"items": [{"url": "/a", "title": "Half \ud83d a pair", "authors": [{"name": "J \udc00"}]}]}),
    ],
    ids=["a number", "in hexadecimal", "too large a number", "JSON"],
)
def test_what_is_no_character_is_a_mark(text: str) -> None:
    (entry,) = read(text).entries
    assert entry.title
    assert entry.title.startswith("Half \ufffd a pair")
    json.dumps(entry.found().entry, ensure_ascii=False).encode()


def test_a_feed_that_the_parser_trips_over_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(*_: object, **__: object) -> None:
        raise AssertionError("too odd")

    monkeypatch.setattr("feedparser.parse", trip)
    with pytest.raises(SkipInput, match=r"cannot be read \(AssertionError: too odd\)"):
        read(RSS)


@pytest.mark.parametrize("written", ["2025-01", "2025", "2025/01", "17. Januar", "12:01 2025-02"])
def test_no_part_of_a_day_is_taken_from_today(written: str) -> None:
    assert read(item(f"<link>https://a.example/b</link><pubDate>{written}</pubDate>")).entries[0].published is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(item("<title>A &amp;amp; B &lt;b&gt;win&lt;/b&gt;</title><link>/a</link>"), "A & B win", id="RSS"),
        pytest.param(item("<title><![CDATA[A & B <i>win</i>]]></title><link>/a</link>"), "A & B win", id="CDATA"),
        pytest.param(item("<title>if 1 &lt; 2 then</title><link>/a</link>"), "if 1 < 2 then", id="no markup"),
        pytest.param(ATOM.replace("<title>A ruling", "<title type='text'>The &lt;b&gt; tag"), "The <b> tag", id="text"),
        pytest.param(ATOM.replace("<title>A ruling", "<title type='html'>A &amp;amp; B"), "A & B", id="HTML"),
    ],
)
def test_a_title_is_what_a_reader_sees(text: str, title: str) -> None:
    assert read(text).entries[0].title == title


@pytest.mark.parametrize(
    ("text", "url"),
    [
        pytest.param(item("<link>b/1</link>", "xml:base='https://b.example/x/'"), "https://b.example/x/b/1", id="base"),
        pytest.param(item("<guid>https://court.example/g</guid>"), "https://court.example/g", id="a permanent id"),
        pytest.param(
            item(
                "<link>https://feeds.example/~r/1</link><fb:origLink>https://court.example/1</fb:origLink>",
                "xmlns:fb='http://rssnamespace.org/feedburner/ext/1.0'",
            ),
            "https://court.example/1",
            id="behind a counter",
        ),
        pytest.param(
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://b.example/x/'><entry xml:base='y/'>"
            "<title>A</title><link rel='self' href='s'/><link rel='replies' href='r'/><link href='1'/></entry></feed>",
            "https://b.example/x/y/1",
            id="among other links",
        ),
        pytest.param(
            '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "/1"}]}', "https://court.example/1"
        ),
    ],
)
def test_an_entry_is_where_its_feed_says(text: str, url: str) -> None:
    assert [entry.url for entry in read(text).entries] == [url]


def test_entries_without_an_address_are_told_apart() -> None:
    texts = "</item><item>".join(f"<description>The court ruled in case {number}.</description>" for number in range(3))
    feed = read(item(texts))
    assert len({entry.url for entry in feed.entries}) == 3
    assert [entry.url for entry in read(item(texts)).entries] == [entry.url for entry in feed.entries]


def test_a_plain_text_is_not_taken_for_markup() -> None:
    text = json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "content_text": "a <b & c"}]})
    assert read(text).entries[0].html == "<p>a &lt;b &amp; c</p>"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_a_feed_is_known_in_every_encoding(encoding: str) -> None:
    body = f"<?xml version='1.0' encoding='{encoding[:6].rstrip('-')}'?>\n{RSS.partition('?>')[2]}".encode(encoding)
    assert looks_like_feed(body)
    assert read(body).entries[0].title == "A ruling"


def test_entities_of_a_feed_are_not_resolved_and_bombs_do_not_go_off() -> None:
    xxe = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + item("<title>A &x; B</title><link>/a</link>")
    many = "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    bomb = f"<!DOCTYPE rss [<!ENTITY a 'ha'>{many}]>" + item("<title>A &j; B</title><link>/a</link>")
    assert "root:" not in (read(xxe).entries[0].title or "")
    assert len(read(bomb).entries[0].title or "") < 100


def test_an_entry_that_changes_gets_another_mark_and_one_that_does_not_keeps_it() -> None:
    first, again = read(RSS).entries[0].found(), read(RSS).entries[0].found()
    changed = read(RSS.replace("ruling", "reversal")).entries[0].found()
    assert first == again
    assert (changed.url, changed.mark != first.mark) == (first.url, True)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param("", "empty", id="nothing"),
        pytest.param("  \n", "empty", id="blanks"),
        pytest.param("<!doctype html><html><body>Hi</body></html>", "a page, not a feed", id="a page"),
        pytest.param(
            '<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head></html>',
            "https://court.example/rss.xml",
            id="a page that names its feed",
        ),
        pytest.param("just some words", "neither RSS nor Atom", id="words"),
        pytest.param("{}", "no items", id="another JSON"),
        pytest.param("{broken", "readable JSON", id="broken JSON"),
        pytest.param("[" * 100_000, "readable JSON", id="deep JSON"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "neither RSS nor Atom", id="a picture"),
    ],
)
def test_what_is_no_feed_is_named(body: str | bytes, words: str) -> None:
    with pytest.raises(SkipInput, match=words) as caught:
        read(body)
    assert caught.value.kind == "not a feed"


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_can_be() -> None:
    feed = read(RSS.replace("</channel></rss>", "<item><title>Cut"))
    assert feed.notes[0].startswith("not well-formed: ")
    assert feed.entries[0].title == "A ruling"


def test_a_path_is_not_opened_and_an_address_not_fetched() -> None:
    for body in (b"/etc/passwd", b"http://169.254.169.254/latest/meta-data/"):
        with pytest.raises(SkipInput):
            read(body)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        pytest.param(f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>', id="a billion laughs"),
        pytest.param('<!DOCTYPE rss [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>', id="a file"),
        pytest.param('<!DOCTYPE rss [<!ENTITY l9 SYSTEM "http://127.0.0.1:1/x">]>', id="an address"),
        pytest.param('<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x"> %p;]>', id="a parameter"),
    ],
)
def test_entities_of_xml_are_not_expanded(doctype: str) -> None:
    text = f"<?xml version='1.0'?>{doctype}<rss version='2.0'><channel><title>&l9;</title>"
    text += "<item><title>&l9;</title><link>https://a.example/b</link></item></channel></rss>"
    began = time.process_time()
    try:
        feed = read(text)
    except SkipInput:
        return
    assert time.process_time() - began < 5
    assert all("root:" not in (entry.title or "") and len(entry.title or "") < 100 for entry in feed.entries)
    assert len(feed.title or "") < 100


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(f"<description><![CDATA[{'<!--' * 50_000}]]></description>", id="comments that are left open"),
        pytest.param(f"<author>{'a.' * 50_000}@</author>", id="an author of very many names"),
    ],
)
def test_an_entry_is_read_in_time_that_grows_with_its_length(inside: str) -> None:
    began = time.process_time()
    feed = read(f"<rss version='2.0'><channel><item><link>https://a.example/b</link>{inside}</item></channel></rss>")
    assert [entry.url for entry in feed.entries] == ["https://a.example/b"]
    assert time.process_time() - began < 2


def test_a_feed_that_takes_for_ever_to_read_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SECONDS", 0.3)
    many = " ".join(f"a{number}='1'" for number in range(30_000))
    with pytest.raises(SkipInput, match="too intricate"):
        read_feed(f"<rss {many}><channel><item><title>A</title></item></channel></rss>".encode(), url=URL)


def test_a_gigantic_feed_is_read_up_to_a_limit() -> None:
    item = "<item><title>A</title><link>https://a.example/{}</link></item>"
    many = "".join(item.format(n) for n in range(3000))
    feed = read(f"<rss version='2.0'><channel>{many}</channel></rss>")
    assert (len(feed.entries), feed.notes) == (2000, ("of its 3,000 entries the first 2,000 are read",))


def test_a_feed_is_told_from_a_page_by_its_first_bytes() -> None:
    assert all(looks_like_feed(text.encode()) for text in (RSS, ATOM, RDF, JSON, "\ufeff" + RSS))
    assert not looks_like_feed(b"<!doctype html><html><body><p>an rss feed &lt;rss&gt;</p></body></html>")
    assert not looks_like_feed(b'{"items": []}')


def test_a_feed_of_a_mainframe_is_one() -> None:
    body = RSS.replace('<?xml version="1.0"?>', "").strip()
    body = f'<?xml version="1.0" encoding="cp037"?>{body[body.index("<rss") :]}'
    assert looks_like_feed(body.encode("cp037"))
    assert not looks_like_feed('<?xml version="1.0" encoding="cp037"?><html/>'.encode("cp037"))


def test_a_channel_that_names_nothing_yet_is_a_feed() -> None:
    feed = read_feed(b"<CHANNEL><TITLE>Court</TITLE></CHANNEL>", url="https://court.example/cdf")
    assert (feed.title, feed.entries) == ("Court", ())
