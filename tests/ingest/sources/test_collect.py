"""Runs of sources against a real server: nothing lost, nothing doubled, nobody annoyed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.aside import Aside
from ingest.sources.lock import locked
from kb.errors import StoreFull
from kb.ids import digest
from kb.store import health
from kb.store.runs import ItemOutcome, RunStatus
from tests.ingest.sources.conftest import STORY, Desk, rss, story
from tests.loopback import Answer, Asked, Site

GERMAN = "Das Gericht hat am Montag entschieden, dass die Firma nicht mehr in der EU ist. "
MAP = "<urlset><url><loc>{}</loc></url></urlset>"
Publish = Callable[[list[int]], None]


def test_a_new_source_gives_its_articles_once(desk: Desk, web: Site, court: Publish) -> None:
    court([1, 2, 3])
    first = desk.detail(desk.run())
    assert (first.run.status, first.run.fetched, first.run.waiting) == (RunStatus.WAITING, 3, 3)
    articles = desk.write_all()
    assert [article.title for article in articles] == ["Ruling 1", "Ruling 2", "Ruling 3"]
    assert [article.published for article in articles] == [date(2025, 1, 11), date(2025, 1, 12), date(2025, 1, 13)]
    assert {article.dated_by for article in articles} == {"feed"}
    assert desk.detail(desk.run()).run.unchanged == 3
    assert desk.waiting() == []
    assert web.paths == ["/feed", "/a/1", "/a/2", "/a/3", "/feed"]


def test_the_run_is_done_once_its_articles_are_in_the_graph(desk: Desk, court: Publish) -> None:
    court([1, 2])
    collected = desk.run()
    desk.write_all()
    run = desk.detail(collected).run
    assert (run.status, run.new, run.waiting, run.claims) == (RunStatus.DONE, 2, 0, 2)


def test_what_is_new_in_a_feed_is_fetched_and_the_rest_is_not(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    desk.run()
    court([2, 1])
    desk.later(hours=1)
    desk.run()
    assert web.paths == ["/feed", "/a/1", "/feed", "/a/2"]
    assert len(desk.write_all()) == 2


def test_an_unchanged_feed_is_asked_for_by_its_etag(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    feed = web.routes["/feed"]
    assert isinstance(feed, Answer)

    def conditional(asked: Asked) -> Answer:
        if asked.headers.get("if-none-match") == '"7"':
            return Answer(status=304)
        return Answer(feed.body, type=feed.type, headers={"ETag": '"7"'})

    web["/feed"] = conditional
    desk.run()
    desk.later(hours=1)
    assert desk.run().status is RunStatus.DONE
    desk.later(hours=1)
    desk.run()
    assert [asked.headers.get("if-none-match") for asked in web.asked if asked.path == "/feed"] == [None, '"7"', '"7"']


def test_an_article_that_its_feed_says_changed_becomes_a_new_version(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    desk.run()
    (before,) = desk.write_all()
    web["/feed"] = Answer(rss(web, [1], title1="Ruling 1, corrected"), type="application/rss+xml")
    web["/a/1"] = story(1, STORY.replace("must sell", "must not sell"))
    desk.later(hours=1)
    desk.run()
    (after,) = desk.write_all()
    assert after.id == before.id
    assert "must not sell" in after.text


def test_a_feed_that_calls_everything_changed_does_not_have_it_fetched_each_time(
    desk: Desk, web: Site, court: Publish
) -> None:
    for hour in range(24):
        court([1])
        items = rss(web, [1], title1=f"Ruling 1, told {hour}")
        web["/feed"] = Answer(items, type="application/rss+xml")
        for _ in range(4):
            desk.run()
            desk.later(minutes=15)
    assert len(desk.write_all()) == 1
    looked = web.paths.count("/a/1")
    assert looked <= 20
    web["/a/1"] = story(1, STORY.replace("must", "need not"))
    for hour in range(4):
        web["/feed"] = Answer(rss(web, [1], title1=f"Ruling 1, mended {hour}"), type="application/rss+xml")
        desk.run()
        desk.later(hours=1)
    assert len(desk.write_all()) == 1


def test_an_article_edited_in_silence_is_noticed_when_it_is_looked_at_again(
    desk: Desk, web: Site, court: Publish
) -> None:
    court([1])
    desk.run()
    (before,) = desk.write_all()
    web["/a/1"] = story(1, STORY.replace("must sell", "must not sell"))
    desk.later(hours=1)
    desk.run()
    assert desk.waiting() == []
    desk.later(hours=4)
    desk.run()
    (after,) = desk.write_all()
    assert (after.id, after.text != before.text) == (before.id, True)


def test_looks_at_an_unchanged_article_become_rarer_and_end(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    for _ in range(8 * 20):
        desk.run()
        desk.later(hours=3)
    looks = web.paths.count("/a/1")
    assert 5 <= looks <= 9
    assert len(desk.write_all()) == 1


def test_addresses_that_differ_in_tracking_only_are_one_article(desk: Desk, web: Site, court: Publish) -> None:
    court([])
    items = "".join(
        f"<item><link>{web.url}/a/1?{query}</link></item>" for query in ("utm_source=a", "utm_source=b", "fbclid=1")
    )
    web["/feed"] = f"<rss version='2.0'><channel>{items}</channel></rss>"
    web["/a/1"] = story(1)
    desk.run()
    assert [article.url for article in desk.write_all()] == [f"{web.url}/a/1"]


def test_an_amp_page_and_a_print_page_are_twins_of_the_article(desk: Desk, web: Site, court: Publish) -> None:
    own = f'<link rel="canonical" href="{web.url}/a/1">'
    court([1])
    web["/a/1"] = story(1, head=own)
    web["/a/2"] = story(1, head=own).replace("<html", "<html ⚡").replace("More about", "AMP more about")
    web["/a/3"] = story(1, head=own).replace("More about", "Printed: more about")
    web["/feed"] = rss(web, [1, 2, 3])
    run = desk.detail(desk.run())
    assert dict(run.run.skipped) == {"twin": 2}
    (article,) = desk.write_all()
    assert article.url == f"{web.url}/a/1"
    for _ in range(30):
        desk.later(hours=12)
        desk.run()
    assert desk.waiting() == []


@pytest.mark.parametrize(
    ("link", "path"),
    [
        pytest.param('<https://ledger.example/a/9>; rel="canonical"', "/a/1", id="of another site"),
        pytest.param('</a/9?utm_source=x>; rel="canonical"', "/a/9", id="its own"),
        pytest.param('</?p=1>; rel=shortlink, </a/9>; rel="canonical"', "/a/9", id="among others"),
        pytest.param('</a/9>; rel="next"', "/a/1", id="another relation"),
        pytest.param("<javascript:alert(1)>; rel=canonical", "/a/1", id="a script"),
        pytest.param("</a/9", "/a/1", id="cut off"),
    ],
)
def test_a_server_may_name_the_canonical_address_in_a_header(
    desk: Desk, web: Site, court: Publish, link: str, path: str
) -> None:
    court([1])
    web["/a/1"] = Answer(story(1), headers={"Link": link})
    desk.run()
    assert [article.url for article in desk.write_all()] == [f"{web.url}{path}"]


def test_a_page_that_names_its_own_address_goes_before_its_server(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    named = f'<link rel="canonical" href="{web.url}/a/2">'
    web["/a/1"] = Answer(story(1, head=named), headers={"Link": '</a/9>; rel="canonical"'})
    desk.run()
    assert [article.url for article in desk.write_all()] == [f"{web.url}/a/2"]


def test_an_amp_page_alone_leads_to_its_article(desk: Desk, web: Site, court: Publish) -> None:
    court([])
    web["/a/1"] = story(1, head=f'<link rel="canonical" href="{web.url}/full">').replace("<html", "<html amp")
    web["/full"] = story("one in full")
    web["/feed"] = rss(web, [1])
    desk.run()
    (article,) = desk.write_all()
    assert (article.url, "in full" in article.text) == (f"{web.url}/full", True)


@pytest.mark.parametrize(
    ("content", "title"),
    [("0; URL=/b/2", "Ruling 2"), ("3;url='/b/2'", "Ruling 2"), ("0", "Ruling 1"), ("600; url=/b/2", "Ruling 1")],
)
def test_a_page_that_leads_on_is_read_where_it_leads(
    desk: Desk, web: Site, court: Publish, content: str, title: str
) -> None:
    court([1])
    web["/a/1"] = story(1, head=f'<meta http-equiv="Refresh" content="{content}">')
    web["/b/2"] = story(2)
    desk.run()
    (article,) = desk.write_all()
    assert article.title == title


def test_a_page_that_leads_on_to_nothing_is_tried_again(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    web["/a/1"] = "<html><head><meta http-equiv=refresh content='0;url=/b/1'></head><body>Please wait</body></html>"
    web["/b/1"] = Answer(status=503)
    assert dict(desk.detail(desk.run()).run.failed) == {"server error": 1}
    web["/b/1"] = story(1)
    desk.later(minutes=15)
    desk.run()
    assert len(desk.write_all()) == 1


def test_the_same_words_at_another_address_are_a_twin(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    web["/a/2"] = web.routes["/a/1"]
    again = f"<item><title>Ruling 1</title><link>{web.url}/a/2</link>"
    again += "<pubDate>Fri, 11 Jan 2025 10:00:00 GMT</pubDate></item>"
    web["/feed"] = rss(web, [1]).replace("</channel>", again + "</channel>")
    assert dict(desk.detail(desk.run()).run.skipped) == {"twin": 1}
    assert len(desk.write_all()) == 1


def test_an_article_that_two_sources_name_comes_from_the_first(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    desk.source("again", f"kind: urls\nurls: {web.url}/a/1\ndelay: 0\n")
    desk.run()
    run = desk.detail(desk.run("again"))
    assert dict(run.run.skipped) == {"twin": 1}
    assert [article.dated_by for article in desk.write_all()] == ["feed"]


def test_what_one_source_filters_out_another_may_want(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    desk.source("picky", f"kind: feed\nurl: {web.url}/feed\ndelay: 0\nfilters:\n  keywords: Brexit\n")
    desk.run("picky")
    desk.run()
    assert len(desk.write_all()) == 1


def test_the_text_in_a_feed_is_taken_where_it_has_no_pages(desk: Desk, web: Site) -> None:
    item = f"<title>Ruling</title><guid isPermaLink='false'>7</guid><description>{STORY} {STORY}</description>"
    web["/feed"] = f"<rss version='2.0'><channel><item>{item}</item></channel></rss>"
    desk.source()
    desk.run()
    (article,) = desk.write_all()
    assert article.text.startswith("The Supreme Court ruled")
    assert web.paths == ["/feed"]
    desk.later(days=2)
    desk.run()
    assert desk.waiting() == []


@pytest.mark.parametrize("link", ["", "<link>{0}/news</link>"], ids=["no page", "one page for all"])
def test_the_entries_of_a_feed_without_pages_of_their_own_are_articles_of_their_own(
    desk: Desk, web: Site, link: str
) -> None:
    items = "".join(
        f"<item><title>Ruling {n}</title><guid isPermaLink='false'>{n}</guid>{link.format(web.url)}"
        f"<description>{STORY} This was case {n}.</description></item>"
        for n in range(3)
    )
    web["/feed"] = f"<rss version='2.0'><channel>{items}</channel></rss>"
    desk.source()
    desk.run()
    written = desk.write_all()
    assert [article.title for article in written] == ["Ruling 0", "Ruling 1", "Ruling 2"]
    assert len({article.id for article in written}) == 3
    assert [article.url and article.url.partition("#")[2] for article in written] == ["0", "1", "2"]


def test_halves_of_characters_in_what_a_page_states_stop_nothing(desk: Desk, web: Site, court: Publish) -> None:
    states = r'{"@type":"NewsArticle","author":{"name":"Jane \udc00 Doe"},"articleSection":"La\ud83dw"}'
    court([1, 2])
    web["/a/1"] = story(1, head=f"<script type='application/ld+json'>{states}</script>")
    desk.run()
    first, second = desk.write_all()
    assert (first.authors, first.section) == (("Jane \ufffd Doe",), "La\ufffdw")
    assert second.title == "Ruling 2"


def test_an_article_on_several_pages_is_one(desk: Desk, web: Site, court: Publish) -> None:
    court([])
    web["/a/1"] = story("one", head='<link rel="next" href="/a/1?page=2">')
    web["/a/1?page=2"] = story("two", head='<link rel="prev" href="/a/1"><link rel="next" href="/a/1?page=3">')
    web["/a/1?page=3"] = story("three", head='<link rel="prev" href="/a/1?page=2">')
    web["/feed"] = rss(web, [1]).replace("</channel>", f"<item><link>{web.url}/a/1?page=2</link></item></channel>")
    run = desk.detail(desk.run())
    assert dict(run.run.skipped) == {"later page": 1}
    (article,) = desk.write_all()
    assert [f"case number {n}" in article.text for n in ("one", "two", "three")] == [True] * 3


def test_a_live_blog_gives_its_entries_each_with_its_day(desk: Desk, web: Site, court: Publish) -> None:
    court([])
    entries = "".join(
        f"<div class=block id=b{n}><time datetime='2025-01-1{n}T10:00:00-05:00'>x</time><h2>Step {n}</h2>"
        f"<p>{STORY}</p></div>"
        for n in range(3)
    )
    head = "<meta property='og:title' content='Ruling: live updates'>"
    web["/a/1"] = story(1, head=head).replace("</article>", entries + "</article>")
    web["/feed"] = rss(web, [1])
    desk.run()
    articles = desk.write_all()
    assert [article.published for article in articles] == [date(2025, 1, 10), date(2025, 1, 11), date(2025, 1, 12)]
    assert [article.url for article in articles] == [f"{web.url}/a/1#b{n}" for n in range(3)]
    assert len({article.id for article in articles}) == 3


def test_a_live_blog_of_several_pages_gives_the_entries_of_all(desk: Desk, web: Site, court: Publish) -> None:
    def live(numbers: range, link: str) -> str:
        blocks = "".join(
            f"<div class=b id=b{n}><time datetime='2025-01-1{n}T10:00:00-05:00'>x</time>"
            f"<h2>Step {n}</h2><p>{STORY}</p></div>"
            for n in numbers
        )
        head = f"<meta property='og:title' content='Ruling: live updates'><link {link}>"
        return story(1, head=head).replace("</article>", blocks + "</article>")

    court([1])
    web["/a/1"] = live(range(4, 8), "rel=next href='/a/1?page=2'")
    web["/a/1?page=2"] = live(range(4), "rel=prev href='/a/1'")
    desk.run()
    assert [article.title for article in desk.write_all()] == [f"Step {n}" for n in range(8)]


@pytest.mark.parametrize("day", ["Fri, 17 Jan 2099 10:00:00 GMT", "Tue, 30 Feb 2025 10:00:00 GMT", "soon", ""])
def test_a_day_in_the_future_or_none_is_not_made_up_for(desk: Desk, web: Site, court: Publish, day: str) -> None:
    court([])
    item = f"<item><title>Ruling 1</title><link>{web.url}/a/1</link><pubDate>{day}</pubDate></item>"
    web["/feed"] = f"<rss version='2.0'><channel>{item}</channel></rss>"
    web["/a/1"] = story(1)
    collected = desk.run()
    (article,) = desk.write_all()
    assert (article.published, article.dated_by) == (None, None)
    assert any("publication date" in str(note) for note in collected.notes)


def test_filters_leave_out_what_is_not_wanted_and_count_it(desk: Desk, web: Site, court: Publish) -> None:
    court([1, 2])
    web["/a/2"] = story(2, STORY.replace("TikTok", "an app"))
    desk.source(text=f"kind: feed\nurl: {web.url}/feed\ndelay: 0\nfilters:\n  keywords: TikTok\n")
    run = desk.detail(desk.run())
    assert dict(run.run.skipped) == {"no keyword": 1}
    assert [article.title for article in desk.write_all()] == ["Ruling 1"]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        pytest.param(story(1, GERMAN * 4), "language", id="another language"),
        pytest.param("<html><body><nav>Menu</nav></body></html>", "no text", id="no story"),
        pytest.param(Answer(b""), "no text", id="nothing"),
        pytest.param(Answer(b"%PDF-1.7", type="text/html"), "not a page", id="a PDF in disguise"),
        pytest.param(Answer('{"text": "x"}', type="application/ld+json"), "not a page", id="data"),
        pytest.param(Answer(b"a\x00b" * 100), "not a page", id="binary"),
        pytest.param(
            story(1).replace("</h1>", "</h1><div>Already a subscriber? Log in</div>"), "paywall", id="paywall"
        ),
    ],
)
def test_a_page_without_an_article_is_counted_by_reason(
    desk: Desk, web: Site, court: Publish, page: str | Answer, reason: str
) -> None:
    court([1, 2])
    web["/a/1"] = page
    run = desk.detail(desk.run())
    assert dict(run.run.skipped) == {reason: 1}
    assert len(desk.waiting()) == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(Answer(status=500), "server error", id="an error"),
        pytest.param(Answer(status=404), "not found", id="gone"),
        pytest.param(Answer(status=302, headers={"Location": "/a/1"}), "redirects", id="a circle"),
        pytest.param(Answer(b"x", length=100_000_000), "too large", id="100 MB"),
        pytest.param(Answer(status=302, headers={"Location": "http://localhost/"}), "address not allowed", id="inside"),
    ],
)
def test_a_page_that_cannot_be_fetched_is_counted_by_reason_and_the_rest_goes_on(
    desk: Desk, web: Site, court: Publish, answer: Answer, reason: str
) -> None:
    court([1, 2])
    web["/a/1"] = answer
    collected = desk.run()
    assert collected.status is RunStatus.DONE
    assert dict(desk.detail(collected).run.failed) == {reason: 1}
    assert [article.title for article in desk.write_all()] == ["Ruling 2"]


@pytest.mark.parametrize("stuck", ["/feed", "/a/2"])
def test_what_holds_up_the_process_that_reads_it_is_counted_and_the_rest_goes_on(
    desk: Desk, web: Site, court: Publish, stuck: str
) -> None:
    aside = Aside(seconds=5.0)

    def call(what: str, function: Callable[..., Any], /, *args: object, **named: object) -> Any:
        if what == web.url + stuck:
            return aside.call(what, re.match, "(a|a)+$", "a" * 60 + "b")
        return aside.call(what, function, *args, **named)

    court([1, 2, 3])
    desk.call = call  # type: ignore[assignment]
    with closing(aside):
        collected = desk.run()
    if stuck == "/feed":
        assert (collected.error or "").endswith("/feed: reading it took more than 5 seconds")
        assert desk.health().state == "failing"
    else:
        assert sorted((item.title, item.reason) for item in desk.detail(collected).items) == [
            ("Ruling 1", None),
            ("Ruling 2", "too intricate"),
            ("Ruling 3", None),
        ]


def test_a_page_that_failed_is_tried_again_later_although_its_feed_is_unchanged(
    desk: Desk, web: Site, court: Publish
) -> None:
    court([1])
    web["/a/1"] = Answer(status=500)
    desk.run()
    web["/a/1"] = story(1)
    desk.later(minutes=5)
    desk.run()
    assert desk.waiting() == []
    desk.later(minutes=10)
    desk.run()
    assert len(desk.write_all()) == 1


@pytest.mark.parametrize(("status", "tries"), [(500, 12), (403, 6), (404, 6)])
def test_a_page_is_given_up_after_some_tries(desk: Desk, web: Site, court: Publish, status: int, tries: int) -> None:
    court([1])
    web["/a/1"] = Answer(status=status)
    for _ in range(40):
        desk.run()
        desk.later(hours=12)
    assert web.paths.count("/a/1") == tries


def test_a_page_whose_host_is_not_there_is_given_up_too_and_keeps_no_other_waiting(desk: Desk, web: Site) -> None:
    dead = [f"http://127.0.0.1:9/{number}" for number in range(4)]
    items = "".join(f"<item><title>Far</title><link>{url}</link></item>" for url in dead)
    web["/feed"] = Answer(f"<rss version='2.0'><channel>{items}</channel></rss>", type="application/rss+xml")
    desk.source(text=f"kind: feed\nurl: {web.url}/feed\ndelay: 0\nlimit: 4\n")
    first = desk.detail(desk.run()).run
    assert first.failed == (("connection failed", 4),)
    more = f"<item><title>Near</title><link>{web.url}/a/1</link></item>"
    web["/feed"] = Answer(f"<rss version='2.0'><channel>{items}{more}</channel></rss>", type="application/rss+xml")
    web["/a/1"] = story(1)
    desk.later(hours=1)
    desk.run()
    assert "/a/1" in web.paths
    for _ in range(20):
        desk.later(hours=25)
        desk.run()
    assert desk.journal.rows("SELECT url FROM pending") == []


def test_an_article_is_not_replaced_by_a_page_that_stands_in_for_it(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    desk.run()
    desk.write_all()
    web["/a/1"] = f"<html><head><title>Maintenance</title></head><body><h1>The Ledger</h1><p>{STORY}</p></body></html>"
    desk.later(hours=4)
    run = desk.detail(desk.run())
    assert dict(run.run.skipped) == {"no article": 1}
    web["/a/1"] = story(1, STORY.replace("must", "need not"))
    desk.later(days=1)
    desk.run()
    (article,) = desk.write_all()
    assert "need not" in article.text


def test_an_article_is_not_replaced_by_the_home_page_it_leads_to(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    desk.run()
    desk.write_all()
    page = web.routes["/a/1"]
    web["/a/1"] = Answer(status=302, headers={"Location": "/"})
    web["/"] = story(99)
    desk.later(hours=4)
    assert dict(desk.detail(desk.run()).run.skipped) == {"no article": 1}
    web["/a/1"] = page
    desk.later(days=1)
    desk.run()
    assert desk.write_all() == []  # it is what it was


def test_a_feed_may_be_ahead_of_its_pages(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    web["/a/1"] = Answer(status=404)
    desk.run()
    web["/a/1"] = story(1)
    desk.later(minutes=15)
    desk.run()
    assert len(desk.write_all()) == 1


def test_pages_that_are_never_there_do_not_speak_against_their_source(desk: Desk, web: Site, court: Publish) -> None:
    court([1, 2, 3, 4])
    for number in (1, 2, 3):
        web[f"/a/{number}"] = Answer(status=404)
    statuses = []
    for _ in range(3):
        statuses.append(desk.run().status)
        desk.later(hours=1)
    assert statuses == [RunStatus.DONE] * 3
    assert web.paths.count("/a/1") == 3


def test_pages_of_a_host_that_wants_to_be_left_alone_wait_for_it(desk: Desk, web: Site, court: Publish) -> None:
    court([1, 2, 3])
    web["/a/1"] = Answer(status=429, headers={"Retry-After": "7200"})
    desk.run()
    assert web.paths == ["/feed", "/a/1"]
    web["/a/1"] = story(1)
    desk.later(hours=1)
    desk.run()
    assert web.paths == ["/feed", "/a/1"]
    desk.later(hours=2)
    desk.run()
    assert len(desk.write_all()) == 3


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Answer("<html><body>Sorry</body></html>"), id="a page"),
        pytest.param(Answer(b""), id="nothing"),
        pytest.param(Answer(b"<rss><channel", type="application/rss+xml", status=503), id="down"),
        pytest.param(Answer(status=404), id="gone"),
        pytest.param(Answer(b"x", length=200_000_000), id="gigantic"),
    ],
)
def test_a_source_that_cannot_be_asked_is_told_and_slowed(
    desk: Desk, web: Site, court: Publish, answer: Answer
) -> None:
    court([1])
    web["/feed"] = answer
    waits = []
    for _ in range(3):
        collected = desk.run()
        assert collected.status is RunStatus.FAILED
        assert collected.error
        due = health.state(desk.journal, "court").next_due
        assert due
        waits.append(due - desk.now.timestamp())
        desk.later(days=2)
    assert waits[0] < waits[1] < waits[2]
    assert (desk.health().state, desk.health().failures) == ("failing", 3)
    assert desk.health().error


def test_a_source_that_goes_on_failing_is_paused_and_can_be_resumed(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    good = web.routes["/feed"]
    web["/feed"] = Answer(status=500)
    collected = [desk.run() for _ in range(health.PAUSE_AFTER)]
    assert [one.paused for one in collected] == [False] * (health.PAUSE_AFTER - 1) + [True]
    assert desk.health().state == "paused"
    health.resume(desk.journal, "court")
    web["/feed"] = good
    assert desk.run().status is RunStatus.DONE
    assert (desk.health().state, desk.health().error) == ("ok", None)


def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    web["/new"] = web.routes["/feed"]
    web["/feed"] = Answer(status=301, headers={"Location": "/new"})
    collected = desk.run()
    assert "moved permanently" in str(collected.notes[-1])
    assert f"url: {web.url}/new\n" in (desk.sources / "court.yml").read_text(encoding="utf-8")
    desk.run()
    assert web.paths == ["/feed", "/new", "/a/1", "/new"]


def test_where_the_file_cannot_be_changed_the_new_address_is_kept_beside_it(
    desk: Desk, web: Site, court: Publish
) -> None:
    court([1])
    web["/new"] = web.routes["/feed"]
    web["/feed"] = Answer(status=308, headers={"Location": "/new"})
    desk.source(text=f"kind: feed\nurl: {web.url}/feed\ntitle: from {web.url}/feed\ndelay: 0\n")
    desk.run()
    desk.run()
    assert web.paths == ["/feed", "/new", "/a/1", "/new"]


def test_a_redirect_for_now_changes_nothing(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    web["/new"] = web.routes["/feed"]
    web["/feed"] = Answer(status=302, headers={"Location": "/new"})
    desk.run()
    desk.run()
    assert web.paths == ["/feed", "/new", "/a/1", "/feed", "/new"]


def test_a_stopped_run_ends_between_pages_and_the_next_goes_on(desk: Desk, web: Site, court: Publish) -> None:
    court([1, 2, 3, 4])
    desk.stop_after = 2
    assert desk.run().status is RunStatus.STOPPED
    desk.stop_after = None
    assert len(desk.waiting()) == 2
    desk.run()
    assert len(desk.write_all()) == 4
    assert sorted(web.paths) == sorted(["/feed", "/feed", "/a/1", "/a/2", "/a/3", "/a/4"])


def test_one_run_fetches_no_more_than_its_limit(desk: Desk, web: Site, court: Publish) -> None:
    court([1, 2, 3, 4, 5])
    desk.source(text=f"kind: feed\nurl: {web.url}/feed\ndelay: 0\nlimit: 2\n")
    assert [desk.detail(desk.run()).run.fetched for _ in range(3)] == [2, 2, 1]


def test_a_run_that_takes_long_leaves_the_rest_to_the_next_which_comes_soon(
    desk: Desk, web: Site, court: Publish
) -> None:
    court(list(range(20)))
    desk.source(text=f"kind: feed\nurl: {web.url}/feed\ndelay: 60\ninterval: 1d\n")
    began = desk.now
    collected = desk.run()
    assert [str(note) for note in collected.notes][-1].endswith("it is taking long: the rest is left for the next run")
    assert desk.now - began < timedelta(minutes=20)
    first = len(desk.write_all())
    assert 14 <= first <= 16
    due = health.state(desk.journal, "court").next_due
    assert due
    assert due - desk.now.timestamp() == pytest.approx(300)
    desk.later(minutes=5)
    desk.run()
    assert first + len(desk.write_all()) == 20


def test_two_runs_of_a_source_do_not_go_at_once(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    with locked(desk.home / "data", "source-court") as ours:
        assert ours
        assert desk.run().run is None
    assert web.paths == []
    assert desk.run().run


def test_what_another_process_ran_meanwhile_is_not_run_again(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    desk.run(only_if_due=True)
    assert desk.run(only_if_due=True).run is None
    desk.later(days=2)
    assert desk.run(only_if_due=True).run


@pytest.mark.parametrize(
    ("extra", "headers", "least"),
    [
        pytest.param("interval: 1h\n", {}, 3240, id="its own interval"),
        pytest.param("interval: 10m\n", {"Cache-Control": "max-age=7200"}, 7200, id="the server's"),
        pytest.param("interval: 10m\n", {"Cache-Control": "max-age=31536000"}, 80_000, id="a year is a day"),
        pytest.param("", {}, 77_000, id="silent since long"),
    ],
)
def test_the_next_time_is_that_of_the_source(
    desk: Desk, web: Site, extra: str, headers: dict[str, str], least: float
) -> None:
    for number in (1, 2, 3, 4):
        web[f"/a/{number}"] = story(number)
    web["/feed"] = Answer(rss(web, [1, 2, 3, 4]), headers=headers)
    desk.source(text=f"kind: feed\nurl: {web.url}/feed\ndelay: 0\n{extra}")
    desk.run()
    due = health.state(desk.journal, "court").next_due
    assert due
    assert least <= due - desk.now.timestamp() <= 86_400


def test_a_page_list_gives_the_links_that_its_selector_names(desk: Desk, web: Site) -> None:
    web["/list"] = (
        "<nav><a href=/>Home</a></nav><h2><a href=/a/1?utm_source=x>One</a></h2><h2><a href='/a/2'>Two</a></h2>"
    )
    web["/a/1"], web["/a/2"] = story(1), story(2)
    desk.source(text=f"kind: pages\nurl: {web.url}/list\nselector: h2 a\ndelay: 0\n")
    desk.run()
    assert [article.url for article in desk.write_all()] == [f"{web.url}/a/1", f"{web.url}/a/2"]
    desk.source(text=f"kind: pages\nurl: {web.url}/list\nselector: h3 a\ndelay: 0\n")
    assert "h3 a" in (desk.run().error or "")


@pytest.mark.parametrize(
    ("page", "first"),
    [
        pytest.param('<?xml version="1.0" encoding="utf-8"?><html><body>{}', "/a/1", id="a declaration of XML"),
        pytest.param("<html><head><base href='http://[x'></head><body>{}", "/a/1", id="a base that is none"),
        pytest.param("<html><head><base target=x><base href='/x/'></head><body>{}", "/x/a/1", id="a base"),
    ],
)
def test_a_page_list_is_read_as_a_browser_reads_it(desk: Desk, web: Site, page: str, first: str) -> None:
    links = "<a href='http://[y'>Five words of a headline</a><a href=a/1>Five words of a headline</a>"
    web["/"] = page.format(links)
    desk.source(text=f"kind: pages\nurl: {web.url}/\ndelay: 0\n")
    desk.run()
    assert web.paths == ["/", first]


def test_a_sitemap_and_an_index_of_some_give_their_pages(desk: Desk, web: Site) -> None:
    web["/sitemap.xml"] = f"<sitemapindex><sitemap><loc>{web.url}/s1.xml</loc></sitemap></sitemapindex>"
    web["/s1.xml"] = (
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
        " xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>"
        f"<url><loc>{web.url}/a/1</loc><news:news><news:publication_date>2025-01-20</news:publication_date>"
        f"<news:title>Ruling 1</news:title></news:news></url>"
        f"<url><loc>{web.url}/a/2</loc><lastmod>2020-01-01</lastmod></url></urlset>"
    )
    web["/a/1"] = story(1)
    desk.source(text=f"kind: sitemap\nurl: {web.url}/sitemap.xml\nnewer_than: 30d\ndelay: 0\n")
    desk.run()
    (article,) = desk.write_all()
    assert (article.published, article.dated_by) == (date(2025, 1, 20), "feed")


def index_of(*maps: str) -> str:
    return f"<sitemapindex>{''.join(f'<sitemap><loc>{one}</loc></sitemap>' for one in maps)}</sitemapindex>"


def test_an_index_of_indexes_gives_its_pages_too_and_one_that_names_itself_ends(desk: Desk, web: Site) -> None:
    web["/sitemap.xml"] = index_of("/2024.xml", "/2025.xml")
    web["/2025.xml"] = index_of("/2025/1.xml", "/sitemap.xml", "/2025.xml")
    for number, path in enumerate(("/2024.xml", "/2025/1.xml")):
        web[path] = f"<urlset><url><loc>/a/{number}</loc></url></urlset>"
        web[f"/a/{number}"] = story(number)
    desk.source(text=f"kind: sitemap\nurl: {web.url}/sitemap.xml\ndelay: 0\n")
    desk.run()
    assert len(desk.write_all()) == 2
    assert web.paths[:4] == ["/sitemap.xml", "/2025.xml", "/2025/1.xml", "/2024.xml"]


def test_of_an_index_of_many_maps_the_newest_are_read_and_that_is_told(desk: Desk, web: Site) -> None:
    web["/sitemap.xml"] = index_of(*(f"/map-{number}.xml" for number in range(1, 103)))
    for number in range(1, 103):
        web[f"/map-{number}.xml"] = "<urlset><url><loc>/a/1</loc></url></urlset>"
    web["/a/1"] = story(1)
    desk.source(text=f"kind: sitemap\nurl: {web.url}/sitemap.xml\ndelay: 0\n")
    note = desk.run().notes[0]
    assert web.paths[1:26] == [f"/map-{number}.xml" for number in range(102, 77, -1)]
    assert "newest 25 are read" in str(note)


def tagged(web: Site, path: str, body: str) -> None:
    """A page that is sent only to those who do not have it as it is now."""
    etag = f'"{digest("", body)}"'
    web[path] = lambda asked: (
        Answer(status=304) if asked.headers.get("if-none-match") == etag else Answer(body, headers={"ETag": etag})
    )


def test_of_the_maps_of_an_index_those_that_changed_are_sent(desk: Desk, web: Site) -> None:
    tagged(web, "/sitemap.xml", index_of("/1.xml", "/more.xml", "/broken.xml"))
    tagged(web, "/more.xml", index_of("/2.xml"))
    tagged(web, "/broken.xml", "no sitemap")
    for number in (1, 2):
        tagged(web, f"/{number}.xml", f"<urlset><url><loc>/a/{number}</loc></url></urlset>")
        web[f"/a/{number}"] = story(number)
    desk.source(text=f"kind: sitemap\nurl: {web.url}/sitemap.xml\ndelay: 0\n")
    desk.run()
    assert len(desk.write_all()) == 2
    asked = len(web.asked)
    tagged(web, "/2.xml", "<urlset><url><loc>/a/2</loc></url><url><loc>/a/3</loc></url></urlset>")
    web["/a/3"] = story(3)
    desk.later(hours=1)
    assert any("broken.xml" in str(note) for note in desk.run().notes)
    assert len(desk.write_all()) == 1
    conditional = [one.path for one in web.asked[asked:] if "if-none-match" in one.headers]
    assert conditional == ["/1.xml", "/2.xml"]


def test_of_several_pages_those_that_changed_are_sent(desk: Desk, web: Site) -> None:
    page = "<html><body><h2><a href='/a/{0}'>The court rules on case number {0} today</a></h2></body></html>"
    for number in (1, 2):
        tagged(web, f"/list/{number}", page.format(number))
        web[f"/a/{number}"] = story(number)
    desk.source(text=f"kind: pages\nurls: [{web.url}/list/1, {web.url}/list/2]\ndelay: 0\n")
    desk.run()
    assert len(desk.write_all()) == 2
    tagged(web, "/list/2", page.format(3))
    web["/a/3"] = story(3)
    desk.later(hours=1)
    desk.run()
    assert len(desk.write_all()) == 1
    assert web.paths[-3:] == ["/list/1", "/list/2", "/a/3"]
    assert "if-none-match" in web.asked[-3].headers


QUIET = (
    "<skipDays><day>Saturday</day><day>Sunday</day></skipDays><skipHours><hour>24</hour><hour> 1 </hour></skipHours>"
)


def test_a_feed_is_left_alone_in_the_hours_and_days_it_names(desk: Desk, web: Site, court: Publish) -> None:
    court([1])
    tagged(web, "/feed", rss(web, [1]).replace("<item>", f"{QUIET}<item>", 1))
    desk.source(text=f"kind: feed\nurl: {web.url}/feed\ndelay: 0\ninterval: 1h\n")
    desk.now = datetime(2025, 1, 31, 23, 30, tzinfo=UTC)  # a Friday
    for _ in range(2):  # the second time the feed is not sent
        desk.run()
        due = health.state(desk.journal, "court").next_due
        assert due == datetime(2025, 2, 3, 2, 0, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + MAP.format("&e;"), id="a file"),
        pytest.param("<!DOCTYPE x [<!ENTITY a 'http://a.b/'><!ENTITY b '&a;&a;'>]>" + MAP.format("&b;"), id="laughs"),
        pytest.param("<html><body>Not here</body></html>", id="a page"),
        pytest.param("", id="nothing"),
        pytest.param("<urlset></urlset>", id="an empty one"),
    ],
)
def test_a_sitemap_that_is_none_is_told(desk: Desk, web: Site, body: str) -> None:
    web["/sitemap.xml"] = body
    desk.source(text=f"kind: sitemap\nurl: {web.url}/sitemap.xml\ndelay: 0\n")
    collected = desk.run()
    assert collected.status is RunStatus.FAILED or desk.detail(collected).run.fetched == 0
    assert desk.waiting() == []


def test_a_list_of_addresses_is_fetched(desk: Desk, web: Site) -> None:
    listed = f"\ufeff# ours\n{web.url}/a/1 # one\n\nno address\n{web.url}/a/2\n"
    (desk.sources / "list.txt").write_text(listed, encoding="utf-8")
    web["/a/1"], web["/a/2"] = story(1), story(2)
    desk.source(text="kind: urls\nlist: list.txt\ndelay: 0\n")
    note = desk.run().notes[0]
    assert str(note).startswith(f"{desk.sources / 'list.txt'}:4: note: 'no address' is not a web address")
    assert len(desk.write_all()) == 2


def test_a_folder_gives_what_is_new_or_changed_and_moves_nothing(desk: Desk) -> None:
    folder = desk.home / "articles"
    folder.mkdir()
    path = folder / "a.txt"
    path.write_text(f"Ruling\n\nJan. 17, 2025\n\n{STORY}\n", encoding="utf-8")
    (folder / "b.jsonl").write_text(f'{{"id": "b", "text": "{STORY}"}}\nnonsense\n', encoding="utf-8")
    desk.source(text="kind: folder\npath: ../articles\n")
    run = desk.detail(desk.run())
    assert (run.run.waiting, dict(run.run.skipped)) == (2, {"unreadable": 1})
    assert len(desk.write_all()) == 2
    desk.run()
    assert desk.waiting() == []
    path.write_text(f"Ruling\n\nJan. 17, 2025\n\n{STORY} It will.\n", encoding="utf-8")
    desk.run()
    assert [article.published for article in desk.write_all()] == [date(2025, 1, 17)]
    assert path.exists()


def drop(desk: Desk, name: str, content: bytes) -> Path:
    folder = desk.home / "incoming"
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    os.utime(path, (desk.now.timestamp() - 60,) * 2)
    return path


MAIL = (
    "From: Court News <news@court.example>\r\nTo: me@desk.example\r\nSubject: =?utf-8?q?Ruling_=E2=80=93_today?=\r\n"
    "Date: Fri, 17 Jan 2025 10:00:00 -0500\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + STORY + "\r\n"
)


def test_a_drop_folder_is_emptied_into_done_and_failed(desk: Desk) -> None:
    desk.source(text="kind: drop\npath: ../incoming\n")
    good, bad = drop(desk, "a.txt", STORY.encode()), drop(desk, "b.json", b"{broken")
    mail, other = drop(desk, "c.eml", MAIL.encode()), drop(desk, "d.docx", b"PK\x00\x01")
    half = drop(desk, "e.txt.part", STORY.encode())
    desk.run()
    articles = {article.title: article for article in desk.write_all()}
    assert articles["Ruling – today"].source == "Court News"
    assert articles["Ruling – today"].published == date(2025, 1, 17)
    assert len(articles) == 2
    assert not any(path.exists() for path in (good, bad, mail, other))
    assert half.exists()
    assert sorted(path.name for path in (good.parent / "done").iterdir()) == ["a.txt", "c.eml"]
    assert "not valid JSON" in (bad.parent / "failed" / "b.json.reason").read_text(encoding="utf-8")
    assert "binary data" in (bad.parent / "failed" / "d.docx.reason").read_text(encoding="utf-8")


def test_a_dropped_file_that_is_still_written_to_waits(desk: Desk) -> None:
    desk.source(text="kind: drop\npath: ../incoming\n")
    path = drop(desk, "a.txt", STORY.encode())
    os.utime(path, (desk.now.timestamp() - 0.5,) * 2)
    desk.run()
    assert path.exists()
    desk.later(minutes=1)
    desk.run()
    assert not path.exists()
    assert len(desk.write_all()) == 1


def test_a_file_dropped_again_is_not_written_over(desk: Desk) -> None:
    desk.source(text="kind: drop\npath: ../incoming\n")
    for _ in range(2):
        drop(desk, "a.txt", STORY.encode())
        desk.run()
        desk.later(minutes=5)
    assert len(list((desk.home / "incoming" / "done").iterdir())) == 2
    assert len(desk.write_all()) <= 2


def test_an_article_that_waits_already_is_told_of_the_run_that_has_it(desk: Desk) -> None:
    desk.source(text="kind: drop\npath: ../incoming\n")
    desk.source("twice", "kind: folder\npath: ../other\n")
    drop(desk, "a.txt", STORY.encode())
    drop(desk, "b.txt", STORY.encode())
    first = desk.run()
    (desk.home / "other").mkdir()
    (desk.home / "other" / "c.txt").write_text(STORY, encoding="utf-8")
    second = desk.run("twice")
    assert len(desk.write_all()) == 1
    assert [item.outcome for item in desk.detail(first).items].count(ItemOutcome.WAITING) == 0
    assert [(item.outcome, item.reason) for item in desk.detail(second).items] == [(ItemOutcome.SKIPPED, "twin")]


def test_a_missing_folder_is_told(desk: Desk) -> None:
    desk.source(text="kind: folder\npath: ../nowhere\n")
    assert "no such folder" in (desk.run().error or "")


def test_a_run_that_was_killed_is_told_so_by_the_next(desk: Desk, court: Publish) -> None:
    court([1])
    with desk.journal.transaction() as connection:
        connection.execute("INSERT INTO run (id, source, started, status) VALUES ('old', 'court', '2025', 'running')")
    desk.run()
    row = desk.journal.row("SELECT status FROM run WHERE id = 'old'")
    assert row == {"status": RunStatus.INTERRUPTED}


def test_a_full_disk_stops_with_a_clear_line(desk: Desk, web: Site, court: Publish) -> None:
    court([1, 2, 3])
    for number in (1, 2, 3):
        web[f"/a/{number}"] = story(number, "".join(f"{STORY} So said judge {n}. " for n in range(300)))
    pages = desk.journal.rows("PRAGMA page_count")[0]["page_count"]
    desk.journal._connection().execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreFull, match="full: free some space"):
        desk.run()
    desk.journal._connection().execute("PRAGMA max_page_count = 1000000")
    desk.run()
    assert len(desk.write_all()) == 3
