"""The day of publication is found where a page states it, and nowhere else."""

# ruff: noqa: E501 - a page is one row of the table
from __future__ import annotations

from datetime import date

import pytest
from lxml.html import HtmlElement

from ingest.inputs.articles import make_articles
from ingest.inputs.moment import Moment
from ingest.inputs.problem import Problem
from ingest.inputs.records import Record, Told
from kb.model import Article

TODAY = date(2026, 11, 25)
STORY = (
    "<p>The Supreme Court upheld on Friday a law requiring the company to divest its American business, and several "
    "justices wrote separately about the scope of the ruling and the remedy.</p><p>The company said that it would appeal "
    "to the president, who had promised on 3 March 2019 to look at the matter, and that its users would not be affected "
    "for the moment.</p><p>Lawmakers of both parties said that the law should be enforced as it stands.</p>"
)


def page(head: str = "", *, before: str = "", after: str = "", tail: str = "", pre: str = "", lang: str = "en") -> str:
    """A page with something in its head, before and after its headline, below and above its story."""
    return (
        f"<!doctype html><html lang={lang}><head><title>Court upholds the law - Paper</title>{head}</head>"
        f"<body><nav><a href=/>Home</a></nav>{pre}<main><article>{before}<h1>Court upholds the law on divestment</h1>"
        f"{after}{STORY}</article></main>{tail}</body></html>"
    )


def LD(text: str) -> str:  # noqa: N802 - short, for the table
    """JSON-LD."""
    return f"<script type='application/ld+json'>{text}</script>"


def read(html: str, url: str | None = None) -> Article:
    record = Record(url or "page.html", url or "page.html", html=html, told=Told(base=url))
    return make_articles(record, today=TODAY, report=lambda _: None)[0]


PAGES = [
    pytest.param(
        page(
            LD('{"@type":"NewsArticle","datePublished":"2025-01-17T10:00:00Z","dateModified":"2025-01-19T10:00:00Z"}')
        ),
        None,
        "2025-01-17",
        id="JSON-LD",
    ),
    pytest.param(
        page(
            LD(
                '{"@graph":[{"@type":"WebPage","datePublished":"2025-01-17T10:00:00+00:00","dateModified":"2025-02-17T10:00:00+00:00"}]}'
            )
        ),
        None,
        "2025-01-17",
        id="JSON-LD of the page",
    ),
    pytest.param(
        page(LD('{"@type":"NewsArticle","dateCreated":"2025-01-17","dateModified":"2025-02-17"}')),
        None,
        "2025-01-17",
        id="JSON-LD, when it was made",
    ),
    pytest.param(
        page(
            LD('{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2020-01-01"}]}'),
            after="<p class=date>17 January 2025</p>",
        ),
        None,
        "2025-01-17",
        id="JSON-LD of other stories",
    ),
    pytest.param(
        page(
            '<meta property="article:published_time" content="2025-01-17T23:30:00-05:00"><meta property="article:modified_time" content="2025-01-20">'
        ),
        None,
        "2025-01-17",
        id="Open Graph",
    ),
    pytest.param(page('<meta name="DC.date.issued" content="2025-01-17">'), None, "2025-01-17", id="Dublin Core"),
    pytest.param(
        page('<meta name="dcterms.created" content="2025-01-17"><meta name="dcterms.modified" content="2025-02-17">'),
        None,
        "2025-01-17",
        id="meta dcterms.created",
    ),
    pytest.param(
        page('<meta name="DC.date.created" content="2025-01-17">'), None, "2025-01-17", id="meta DC.date.created"
    ),
    pytest.param(
        page(
            '<meta property="OG:Updated_Time" content="2025-02-17"><meta property="OG:Original_Time" content="2025-01-17">'
        ),
        None,
        "2025-01-17",
        id="Open Graph, the original time",
    ),
    pytest.param(page('<meta name="pubdate" content="20250117">'), None, "2025-01-17", id="meta pubdate"),
    pytest.param(
        page('<meta name="citation_publication_date" content="2025/01/17">'), None, "2025-01-17", id="meta citation"
    ),
    pytest.param(
        page('<meta property="bt:pubDate" content="Fri, 17 Jan 2025 10:00:00 +0000">'),
        None,
        "2025-01-17",
        id="meta bt:pubDate",
    ),
    pytest.param(
        page('<meta name="displaydate" content="January 17, 2025">'), None, "2025-01-17", id="meta displaydate"
    ),
    pytest.param(
        page('<meta property="rnews:datePublished" content="2025-01-17T10:00:00Z">'),
        None,
        "2025-01-17",
        id="meta rnews",
    ),
    pytest.param(page('<meta itemprop="datePublished" content="2025-01-17">'), None, "2025-01-17", id="meta itemprop"),
    pytest.param(
        page(after='<meta itemprop="datePublished" content="2025-01-17">'), None, "2025-01-17", id="meta itemprop body"
    ),
    pytest.param(page('<meta name="published" content="17/01/2025">'), None, "2025-01-17", id="meta published"),
    pytest.param(page('<meta name="release_date" content="2025-01-17">'), None, "2025-01-17", id="meta release"),
    pytest.param(
        page('<meta name="original-publish-date" content="2025-01-17">'),
        None,
        "2025-01-17",
        id="meta original-publish-date",
    ),
    pytest.param(
        page('<meta http-equiv="date" content="Fri, 17 Jan 2025 10:00:00 GMT">'),
        None,
        "2025-01-17",
        id="meta http-equiv date",
    ),
    pytest.param(
        page(
            '<meta name="date" content="0000-00-00"><meta property="article:published_time" content="">',
            after="<p class=byline>January 17, 2025</p>",
        ),
        None,
        "2025-01-17",
        id="metadata that say nothing",
    ),
    pytest.param(page('<meta name="date" content="2025-01">'), None, None, id="metadata that say a month"),
    pytest.param(
        page('<meta property="article:published_time" content="1737108000">'), None, "2025-01-17", id="seconds"
    ),
    pytest.param(page(after='<time datetime="2025-01-17T10:00:00Z">Jan 17</time>'), None, "2025-01-17", id="a time"),
    pytest.param(page(after="<time>January 17, 2025</time>"), None, "2025-01-17", id="a time in words"),
    pytest.param(
        page(
            after='<time class="published" datetime="2025-01-17">Jan 17</time> Updated <time class="updated" datetime="2025-01-20">Jan 20</time>'
        ),
        None,
        "2025-01-17",
        id="two times",
    ),
    pytest.param(
        page(
            after='Updated <time class="updated" datetime="2025-01-20">Jan 20</time> Published <time class="published" datetime="2025-01-17">Jan 17</time>'
        ),
        None,
        "2025-01-17",
        id="two times, the update first",
    ),
    pytest.param(
        page(
            pre='<aside><ul><li><a href=/o>Other</a> <time datetime="2025-02-20">Feb 20</time></li></ul></aside>',
            after='<time datetime="2025-01-17">Jan 17</time>',
        ),
        None,
        "2025-01-17",
        id="a time of another story above",
    ),
    pytest.param(
        page(
            tail='<aside><h2>Related</h2><ul><li><a href=/o>Other story of the day</a> <time datetime="2024-02-20">Feb 20</time></li></ul></aside>'
        ),
        None,
        None,
        id="a time of another story below",
    ),
    pytest.param(
        page(
            tail='<section id=comments class=comments><div class=comment><time datetime="2025-02-20">Feb 20</time><p>I think that this is right.</p></div></section>'
        ),
        None,
        None,
        id="a time of a comment",
    ),
    pytest.param(
        page(after='<span itemprop="datePublished" content="2025-01-17">last week</span>'),
        None,
        "2025-01-17",
        id="microdata span",
    ),
    pytest.param(
        page(
            after='<time itemprop="dateModified" datetime="2025-01-20">x</time><time itemprop="datePublished" datetime="2025-01-17">x</time>'
        ),
        None,
        "2025-01-17",
        id="microdata time",
    ),
    pytest.param(
        page(after='<span itemprop="datePublished">January 17, 2025</span>'), None, "2025-01-17", id="microdata text"
    ),
    pytest.param(
        page(after='<abbr class="published" title="2025-01-17T10:00:00Z">Friday</abbr>'), None, "2025-01-17", id="abbr"
    ),
    pytest.param(page(after='<div class="date">January 17, 2025</div>'), None, "2025-01-17", id="class date"),
    pytest.param(
        page(after='<div class="byline">By Jane Doe | Jan. 17, 2025 | 5:00 pm</div>'),
        None,
        "2025-01-17",
        id="class byline",
    ),
    pytest.param(page(after="<div>January 17, 2025</div>"), None, "2025-01-17", id="a line of its own"),
    pytest.param(page(after="<p>January 17, 2025</p>"), None, "2025-01-17", id="a paragraph of its own"),
    pytest.param(page(before="<p>January 17, 2025</p>"), None, "2025-01-17", id="above the headline"),
    pytest.param(
        page(before="<p>FOR IMMEDIATE RELEASE</p><p>Friday, January 17, 2025</p>"),
        None,
        "2025-01-17",
        id="For Immediate Release",
    ),
    pytest.param(
        page(after="<p>WASHINGTON, Jan. 17, 2025 (Wire) - The court spoke.</p>"), None, "2025-01-17", id="dateline"
    ),
    pytest.param(
        page(after="<p>Published: 17 January 2025 at 10:15 GMT</p>"), None, "2025-01-17", id="published label"
    ),
    pytest.param(
        page(after="<span>Posted on</span> <span>17 January 2025</span> by <a href=/j>Jane</a>"),
        None,
        "2025-01-17",
        id="a label, a day and an author",
    ),
    pytest.param(
        page(after="<p>Last updated: 20 January 2025</p><p>First published: 17 January 2025</p>"),
        None,
        "2025-01-17",
        id="two labelled days",
    ),
    pytest.param(page(after='<div class="date">17.01.2025</div>'), None, "2025-01-17", id="with dots"),
    pytest.param(page(after='<div class="date">01/17/2025</div>'), None, "2025-01-17", id="American"),
    pytest.param(page(after='<div class="date">03/04/2025</div>'), None, None, id="American or British"),
    pytest.param(page(after='<div class="date">Friday 17th January, 2025</div>'), None, "2025-01-17", id="an ordinal"),
    pytest.param(page(after='<div class="meta">2025-01-17 10:15</div>'), None, "2025-01-17", id="iso text"),
    pytest.param(page(after='<div class="meta">17-Jan-2025</div>'), None, "2025-01-17", id="dash text"),
    pytest.param(page(), "https://paper.example/2025/01/17/court", "2025-01-17", id="an address"),
    pytest.param(page(), "https://paper.example/news/20250117-court", "2025-01-17", id="an address in one number"),
    pytest.param(page(), "https://paper.example/news/2025-01-17-court.html", "2025-01-17", id="url dash"),
    pytest.param(page(), "https://paper.example/2025/01/court", None, id="an address with a month"),
    pytest.param(page(), "https://paper.example/2025/1/7/court", "2025-01-07", id="an address without zeros"),
    pytest.param(
        page(), "https://paper.example/news/17-01-2025/court", "2025-01-17", id="an address with the year last"
    ),
    pytest.param(page(), "https://paper.example/news/17/01/2025/court", "2025-01-17", id="in folders"),
    pytest.param(page(), "https://paper.example/17-january-2025.html", "2025-01-17", id="with the month's name"),
    pytest.param(page(), "https://paper.example/Jan-17-2025/court", "2025-01-17", id="with the month first"),
    pytest.param(page(), "https://paper.example/01-17-2025/court", "2025-01-17", id="with the month first, in numbers"),
    pytest.param(page(), "https://paper.example/04-03-2025/court", None, id="that may be one of two"),
    pytest.param(page(), "https://paper.co.uk/04-03-2025/court", "2025-03-04", id="where days come first"),
    pytest.param(page(), "https://agency.gov/04-03-2025/court", "2025-04-03", id="where months come first"),
    pytest.param(page(), "https://paper.example/vote-due-17-01-2025", None, id="an address that tells of a day"),
    pytest.param(page(), "https://paper.example/a/31-02-2025/court", None, id="an address with no day of any month"),
    pytest.param(
        page('<meta property="article:published_time" content="2025-01-17">'),
        "https://paper.example/2025/01/16/court",
        "2025-01-17",
        id="an address that says otherwise",
    ),
    pytest.param(page(), "https://paper.example/2025/jan/17/court", "2025-01-17", id="url mon word"),
    pytest.param(page(tail="<footer>© 2024 Paper. All rights reserved.</footer>"), None, None, id="copyright"),
    pytest.param(
        page(tail="<footer>Copyright 2001-2024. Site updated 1 January 2024.</footer>"),
        None,
        None,
        id="a copyright with a day",
    ),
    pytest.param(page(), None, None, id="a day in the story"),
    pytest.param(page(tail="<div id=footer>Today is November 25, 2026</div>"), None, None, id="today below"),
    pytest.param(
        page(
            pre="<header><div class=date>Wednesday, November 25, 2026</div></header>",
            after='<p class="byline">By Jane Doe, January 17, 2025</p>',
        ),
        None,
        "2025-01-17",
        id="today above",
    ),
    pytest.param(
        page(
            pre="<header><time datetime='2026-11-25'>Wednesday, November 25, 2026</time></header>",
            after="<p>January 17, 2025</p>",
        ),
        None,
        "2025-01-17",
        id="today above as a time",
    ),
    pytest.param(
        page(after='<p><b id="publishDate">Friday, January 17, 2025</b>&nbsp;</p>'), None, "2025-01-17", id="bold"
    ),
    pytest.param(
        page(
            after='<strong class="published"><span id="publishDate" class="value-title" title="2025-01-17"></span>Friday, January 17, 2025</strong>'
        ),
        None,
        "2025-01-17",
        id="wikinews2",
    ),
    pytest.param(
        page(after="<dl><dt>Date:</dt><dd>January 17, 2025</dd></dl>"), None, "2025-01-17", id="a list of terms"
    ),
    pytest.param(
        page(
            after='<dl class="metadata"><dt>Published</dt><dd>17 January 2025</dd><dt>Last updated</dt><dd>20 January 2025</dd></dl>'
        ),
        None,
        "2025-01-17",
        id="two labelled days in a list",
    ),
    pytest.param(page(after="<div>17. Januar 2025</div>"), None, "2025-01-17", id="in German"),
    pytest.param(page(after="<div>Publié le 17 janvier 2025 à 10h30</div>"), None, "2025-01-17", id="in French"),
    pytest.param(page(after="<time>17 de enero de 2025</time>"), None, "2025-01-17", id="a time in Spanish"),
    pytest.param(page(after="<div>2025年1月17日</div>"), None, "2025-01-17", id="in Japanese"),
    pytest.param(page(after="<div>17.1.25</div>"), None, "2025-01-17", id="a short year"),
    pytest.param(
        page().replace(
            "</article>", "<footer class=entry-footer>Posted on January 17, 2025 in News</footer></article>"
        ),
        None,
        "2025-01-17",
        id="at the foot of the article",
    ),
    pytest.param(page(tail="<aside>Published 17 January 2025</aside>"), None, "2025-01-17", id="a label at the side"),
    pytest.param(page(tail="<aside>Open day: 17 January 2025</aside>"), None, None, id="an announcement at the side"),
    pytest.param(
        page(tail="<div class=comments><p>Posted 17 January 2025 by Bob</p></div>"), None, None, id="a comment's label"
    ),
    pytest.param(
        page(after="<p>The company, which on 17/01/2025 opened an office, said nothing about it.</p>"),
        None,
        None,
        id="numbers in a sentence",
    ),
    pytest.param(
        f"<html lang=en><body><div>January 17, 2025</div>{STORY}</body></html>", None, "2025-01-17", id="no headline"
    ),
    pytest.param(
        f"<html lang=en><body><div>January 17, 2025</div><div>January 20, 2025</div>{STORY}</body></html>",
        None,
        None,
        id="no headline and two days",
    ),
    pytest.param(
        page(after="<p>Last updated: 20 January 2025</p>"),
        None,
        "2025-01-20",
        id="an update is better than nothing",
    ),
    pytest.param(
        page(tail="<div><h3>Next event</h3><p>20 May 2025</p></div>"), None, None, id="the day of an event below"
    ),
    pytest.param(page(after="<p>Comments are due by 20 May 2025</p>"), None, None, id="a deadline"),
    pytest.param(
        page(after="<p>Washington D.C., Jan. 17, 2025 — The Commission said so.</p>"),
        None,
        "2025-01-17",
        id="a dateline in small letters",
    ),
    pytest.param(
        page(after="<p>Argued January 10, 2025—Decided January 17, 2025</p>"), None, "2025-01-17", id="an opinion"
    ),
    pytest.param(
        page(after="<ul><li>Publication Date: 01/17/2025</li><li>Effective Date: 02/17/2025</li></ul>"),
        None,
        "2025-01-17",
        id="a label beside another one",
    ),
    pytest.param(
        page('<meta name=\'parsely-page\' content=\'{"title":"x","pub_date":"2025-01-17T10:00:00Z"}\'>'),
        None,
        "2025-01-17",
        id="parsely page",
    ),
    pytest.param(
        page(LD('{"datePublished":"2025-01-17T10:00:00Z"}')), None, "2025-01-17", id="JSON-LD that does not say of what"
    ),
    pytest.param(
        page('<meta itemprop="datePublished" datetime="2025-01-17">'),
        None,
        "2025-01-17",
        id="meta tag with its datetime",
    ),
    pytest.param(
        page(after="<p>Published on <!-- -->January 17, 2025</p>"), None, "2025-01-17", id="a comment in the line"
    ),
    pytest.param(
        page(after="<abbr class=published data-utime=1737108000>yesterday</abbr>"), None, "2025-01-17", id="seconds"
    ),
    pytest.param(page(after="<span class=published>am 17.01.25</span>"), None, "2025-01-17", id="a mark around words"),
    pytest.param(
        page(
            tail="<p>This entry was posted on Friday, January 17th, 2025 at 4:13 pm and is filed under Courts. You can "
            "follow any responses to this entry.</p>"
        ),
        None,
        "2025-01-17",
        id="a sentence of a blog",
    ),
    pytest.param(
        page(
            tail="<p>Dieser Artikel wurde zuletzt am 17. Januar 2025 um 9 Uhr von der Redaktion unseres Hauses "
            "ausführlich aktualisiert und ergänzt.</p>"
        ),
        None,
        None,
        id="a sentence of a blog on an update",
    ),
    pytest.param(
        page(tail="<footer class=article-footer><p>Veröffentlicht am 17. Januar 2025 um 14:56 Uhr.</p></footer>"),
        None,
        "2025-01-17",
        id="the foot of an article",
    ),
    pytest.param(
        page(
            tail="".join(
                f"<div class=strip><article><h3>Other {day}</h3><time pubdate datetime=2025-02-0{day}>x</time></article></div>"
                for day in range(1, 5)
            )
        ),
        None,
        None,
        id="marks of other stories",
    ),
    pytest.param(
        page(
            tail="<a href=/x>Another story that is told in so many words here <time pubdate datetime=2025-02-01>x</time></a>",
            after="<p>January 17, 2025</p>",
        ),
        None,
        "2025-01-17",
        id="a mark in the card of another story",
    ),
    pytest.param(
        f"<html lang=en><body><div class='teaser-body'><h5>17.01.2025</h5>{STORY}</div><div class=teaser>20.01.2025</div></body></html>",
        None,
        "2025-01-17",
        id="a box with most of the text, whatever its name",
    ),
    pytest.param(
        f"<html lang=en><body><div class='widget Blog'><div class=hentry><abbr class=published title=2025-01-17>x</abbr></div>"
        f"</div>{STORY}</body></html>",
        None,
        "2025-01-17",
        id="the only posting",
    ),
    pytest.param(
        page('<meta property="article:modified_time" content="2025-01-20">'),
        None,
        "2025-01-20",
        id="only a later change",
    ),
]


@pytest.mark.parametrize(("html", "url", "day"), PAGES)
def test_the_day_of_publication_is_the_one_that_the_page_states(html: str, url: str | None, day: str | None) -> None:
    published = read(html, url).published
    assert (published.isoformat() if published else None) == day


NUMBERS = "<div class=date>03/04/2025</div>"


@pytest.mark.parametrize(
    ("html", "url", "day"),
    [
        pytest.param(page(after=NUMBERS, lang="en-GB"), None, date(2025, 4, 3), id="British"),
        pytest.param(page(after=NUMBERS, lang="en-US"), None, date(2025, 3, 4), id="American"),
        pytest.param(page(after=NUMBERS), "https://a.gov/x", date(2025, 3, 4), id="of a government"),
        pytest.param(page(after=NUMBERS), "https://a.co.uk/x", date(2025, 4, 3), id="of the kingdom"),
    ],
)
def test_numbers_are_read_as_where_the_page_comes_from(html: str, url: str | None, day: date) -> None:
    assert read(html, url).published == day


@pytest.mark.parametrize(
    ("html", "by", "sure"),
    [
        pytest.param(page('<meta name="date" content="2025-01-17">'), "metadata", 0.95, id="stated"),
        pytest.param(page(after='<b itemprop="datePublished">17 January 2025</b>'), "page", 0.9, id="marked"),
        pytest.param(page(after="<p>17 January 2025</p>"), "page", 0.8, id="beside the headline"),
        pytest.param(page(after="<p>We hear: <time>2025-01-17</time> is it now</p>"), "page", 0.6, id="found"),
    ],
)
def test_how_sure_a_day_is_depends_on_its_place(html: str, by: str, sure: float) -> None:
    article = read(html)
    assert (article.published, article.dated_by, article.dated_with) == (date(2025, 1, 17), by, sure)


def test_a_day_in_the_future_gives_way_to_another() -> None:
    future = '<meta property="article:published_time" content="2031-01-17">'
    assert read(page(future)).published is None
    assert read(page(future, after="<p>17 January 2025</p>")).published == date(2025, 1, 17)


def test_a_day_in_the_future_gives_way_to_that_of_the_feed() -> None:
    html = page('<meta property="article:published_time" content="2031-01-17">')
    record = Record("p", "p", html=html, told=Told(published=Moment(date(2025, 1, 17))))
    article = make_articles(record, today=TODAY, report=lambda _: None)[0]
    assert (article.published, article.dated_by) == (date(2025, 1, 17), "feed")


def test_a_live_blog_whose_entries_have_their_days_misses_none() -> None:
    entries = "".join(
        f"<article class=e id=e{n}><h2>Step {n}</h2><time datetime=2025-01-17T1{n}:00:00Z>x</time>{STORY}</article>"
        for n in range(3)
    )
    html = f"<html lang=en><body><main><h1>Live: the ruling</h1>{entries}</main></body></html>"
    said: list[Problem] = []
    articles = make_articles(Record("p", "p", html=html, told=Told()), today=TODAY, report=said.append)
    assert ([article.published for article in articles], said) == ([date(2025, 1, 17)] * 3, [])


@pytest.mark.parametrize(("year", "taken"), [(2015, True), (1935, False)])
def test_a_day_that_stands_alone_is_no_older_than_pages_are(year: int, taken: bool) -> None:
    html = page().replace("</article>", f"<p>The signing, 14 August {year}</p></article>")
    assert (read(html).published == date(year, 8, 14)) is taken


def test_what_computers_write_for_no_day_is_none() -> None:
    assert read(page('<meta name="date" content="1970-01-01T00:00:00Z">')).published is None


def test_when_a_page_was_updated_is_kept_with_its_zone() -> None:
    marked = '<time class="updated" datetime="2025-01-20T09:00:00-05:00">x</time><p>Published: 17 January 2025</p>'
    article = read(page(after=marked))
    assert (article.published, article.updated_at) == (date(2025, 1, 17), "2025-01-20T09:00:00-05:00")


def test_a_line_that_tells_of_an_update_is_kept() -> None:
    article = read(page(after="<p>Published: 17 January 2025</p><p>Last updated: 20 January 2025</p>"))
    assert (article.published, article.updated_at) == (date(2025, 1, 17), "2025-01-20")


def test_a_page_of_many_boxes_in_one_another_is_read() -> None:
    assert read(page(after="<div>" * 100 + "</div>" * 100)).published is None


def test_very_many_days_in_one_link_are_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    content = HtmlElement.text_content
    monkeypatch.setattr(HtmlElement, "text_content", lambda part: looked.append(part.tag) or content(part))
    days = "".join(f"<span class=published>2025-01-{n % 28 + 1:02}</span> " for n in range(400))
    assert read(page(after=f"<a href=x>{days}</a>")).published is None
    assert looked.count("a") < 50
