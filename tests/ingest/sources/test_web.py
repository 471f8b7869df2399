"""Web addresses named on the command line."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from ingest.inputs.articles import read_articles
from ingest.inputs.problem import Problem
from ingest.sources.web import web_reader
from kb.model import Article
from tests.ingest.sources.conftest import Desk, rss, story
from tests.loopback import Answer, Site


def read(desk: Desk, *urls: str) -> tuple[list[Article], list[Problem]]:
    problems: list[Problem] = []
    with desk.fetcher() as fetcher:
        today = date(2025, 6, 1)
        articles = read_articles(
            urls,
            today=today,
            limit=10**7,
            stdin=BytesIO(),
            report=problems.append,
            read_web=web_reader(fetcher, today=today, limit=10**7),
        )
        return list(articles), [problem for problem in problems if problem.skipped]


def test_a_page_is_an_article_with_its_address(desk: Desk, web: Site) -> None:
    web["/a/1"] = story(1)
    (article,), problems = read(desk, web.url + "/a/1?utm_source=x")
    assert (article.title, article.url, problems) == ("Ruling 1", web.url + "/a/1", [])


def test_a_feed_is_its_entries(desk: Desk, web: Site) -> None:
    web["/feed"] = Answer(rss(web, [1, 2]), type="application/rss+xml")
    web["/a/1"] = story(1)
    articles, problems = read(desk, web.url + "/feed")
    assert [article.title for article in articles] == ["Ruling 1"]
    assert [problem.kind for problem in problems] == ["not found"]


def test_a_feed_that_links_to_nothing_on_the_web_is_named(desk: Desk, web: Site) -> None:
    items = "".join(f"<item><title>A</title><link>{link}</link></item>" for link in ("javascript:x()", "file:///etc/a"))
    web["/feed"] = Answer(f"<rss version='2.0'><channel>{items}</channel></rss>", type="application/rss+xml")
    problems: list[Problem] = []
    with desk.fetcher() as fetcher:
        read_web = web_reader(fetcher, today=date(2025, 6, 1), limit=10**7)
        assert list(read_web(web.url + "/feed", problems.append)) == []
    (problem,) = problems
    assert problem.reason == "2 entries have neither a web address nor a text, and cannot be read"


def test_what_cannot_be_fetched_is_named_and_the_rest_goes_on(desk: Desk, web: Site) -> None:
    web["/a/1"] = story(1)
    articles, problems = read(desk, web.url + "/none", "http://localhost/", web.url + "/a/1")
    assert [article.title for article in articles] == ["Ruling 1"]
    assert [problem.kind for problem in problems] == ["not found", "address not allowed"]


def test_a_page_read_twice_is_one_article(desk: Desk, web: Site) -> None:
    web["/a/1"] = story(1)
    articles, _ = read(desk, web.url + "/a/1#top", web.url.replace("http", "HTTP") + "/a/1?fbclid=1")
    assert len({article.id for article in articles}) == 1


def test_a_page_in_another_charset_is_read_as_its_header_says(desk: Desk, web: Site) -> None:
    page = story(1).replace("Supreme Court", "Cour suprême – café")
    web["/header"] = Answer(page.encode("cp1252"), type="text/html; charset=windows-1252")
    web["/meta"] = Answer(page.replace("<head>", "<head><meta charset=cp1252>").encode("cp1252"), type="text/html")
    web["/bom"] = Answer(page.encode("utf-16"), type="text/html")
    web["/lies"] = Answer(page.encode(), type="text/html; charset=x-unknown")
    web["/stray"] = Answer(page.encode() + b"\xff", type="text/html; charset=utf-8")
    articles, problems = read(desk, *(f"{web.url}/{path}" for path in ("header", "meta", "bom", "lies", "stray")))
    assert [("Cour suprême – café" in article.text) for article in articles] == [True] * 5
    assert problems == []
