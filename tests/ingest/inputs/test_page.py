"""Pages as the web has them: what they say of themselves, whose they are, and what is not their story."""

from __future__ import annotations

import json
import time
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from lxml.html import document_fromstring, tostring

from ingest.inputs.articles import make_articles
from ingest.inputs.dating import DatePlace
from ingest.inputs.page import Hints, WebPage, page_of, read_page
from ingest.inputs.records import Record

TODAY = date(2025, 6, 1)
NEW_YORK = ZoneInfo("America/New_York")
BASE = "https://www.ledger.example/2025/news/court-lets-law-stand"
LONG = "".join(
    f"<p>Paragraph {n} tells at some length what lawyer {n} said to judge {n} before the court of appeals.</p>"
    for n in range(40)
)
STORY = "<p>The court ruled on Friday that the law may stand, and the company said it would appeal to the justices.</p>"


def page(head: str = "", body: str = STORY * 4, *, html: str = "<html lang='en-US'>", **options: object) -> WebPage:
    text = f"<!doctype html>{html}<head><title>Court lets law stand</title>{head}</head><body>"
    text += f"<nav><a href='/'>Home</a></nav><article><h1>Court lets law stand</h1>{body}</article></body></html>"
    return read_page(text, today=TODAY, **{"base": BASE, **options})  # type: ignore[arg-type]


def ld(**fields: object) -> str:
    whole = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(whole)}</script>'


@pytest.mark.parametrize(
    ("head", "day", "place"),
    [
        pytest.param(ld(datePublished="2025-01-17T10:00:00-05:00"), date(2025, 1, 17), "metadata", id="JSON-LD"),
        pytest.param(
            ld(**{"@type": "WebSite", "@graph": [{"@type": ["NewsArticle"], "datePublished": "2025-01-17"}]}),
            date(2025, 1, 17),
            "metadata",
            id="JSON-LD graph",
        ),
        pytest.param(
            '<meta property="article:published_time" content="2025-01-17T23:30:00Z">',
            date(2025, 1, 17),
            "metadata",
            id="meta tag",
        ),
        pytest.param('<meta itemprop="datePublished" content="20250117">', date(2025, 1, 17), "metadata", id="compact"),
        pytest.param(ld(datePublished="January 17, 2025"), date(2025, 1, 17), "metadata", id="in words"),
        pytest.param('<meta name="publishdate" content="1737108000">', date(2025, 1, 17), "metadata", id="seconds"),
        pytest.param('<meta name="DC.date.issued" content="2025-01">', None, None, id="a month: no day is made up"),
        pytest.param("<script type='application/ld+json'>{broken</script>", None, None, id="broken JSON-LD"),
        pytest.param(
            "<script type='application/ld+json'>//<![CDATA[\n"
            '{"@type": "NewsArticle", "headline": "Of a list [1,]", "datePublished": "2025-01-17", "about": ["law",],}'
            "\n//]]></script>",
            date(2025, 1, 17),
            "metadata",
            id="JSON-LD with a comma too many, hidden from old parsers",
        ),
        pytest.param(
            ld(headline="Another story", url="/2020/another", datePublished="2020-05-05")
            + ld(headline="Court lets law stand", datePublished="2025-01-17"),
            date(2025, 1, 17),
            "metadata",
            id="another story first, told by its headline",
        ),
        pytest.param(
            ld(headline="Another story", url="/2020/another", datePublished="2020-05-05")
            + ld(headline="Law stands", mainEntityOfPage={"@id": f"{BASE}?utm_source=a"}, datePublished="2025-01-17"),
            date(2025, 1, 17),
            "metadata",
            id="another story first, told by its address",
        ),
        pytest.param(ld(datePublished="soon"), None, None, id="no date"),
        pytest.param(ld(datePublished="2025-02-30"), None, None, id="no such day"),
        pytest.param("", None, None, id="none"),
    ],
)
def test_the_day_of_publication_is_what_the_page_states(head: str, day: date | None, place: str | None) -> None:
    found = page(head)
    assert (found.published, found.dated_by) == (day, place)


def test_a_day_in_the_address_counts_for_less_than_a_statement() -> None:
    base = "https://www.ledger.example/2025/01/16/court"
    found = page(base=base)
    assert (found.published, found.dated_by) == (date(2025, 1, 16), "address")
    stated = page(ld(datePublished="2025-01-17T10:00:00-05:00"), base=base)
    assert (stated.published, stated.dated_by) == (date(2025, 1, 17), "metadata")
    assert (found.dated_with or 0) < (stated.dated_with or 0)


def test_a_day_is_that_of_the_outlets_clock() -> None:
    head = ld(datePublished="2025-01-18T03:30:00Z", dateModified="2025-01-18T15:00:00Z")
    assert page(head).published == date(2025, 1, 18)
    there = page(head, hints=Hints(zone=NEW_YORK))
    assert there.published == date(2025, 1, 17)
    assert there.published_at == "2025-01-18T03:30:00+00:00"
    assert there.updated_at == "2025-01-18T15:00:00+00:00"


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        pytest.param(ld(author={"@type": "Person", "name": "Jane Doe"}), ("Jane Doe",), id="one"),
        pytest.param(ld(author=[{"name": "Jane Doe"}, {"name": "Sam Roe"}]), ("Jane Doe", "Sam Roe"), id="two"),
        pytest.param(ld(author="Jane  Doe"), ("Jane Doe",), id="a text"),
        pytest.param('<meta name="author" content="By Jane Doe">', ("Jane Doe",), id="meta tag"),
        pytest.param('<meta property="article:author" content="https://facebook.example/jane">', (), id="an address"),
        pytest.param(
            '<meta name="author" content="Jane A. Doe, Sam Roe and Ann van Dam, AP">',
            ("Jane A. Doe", "Sam Roe", "Ann van Dam"),
            id="a list",
        ),
        pytest.param(
            '<meta name="author" content="Department of Health and Human Services">',
            ("Department of Health and Human Services",),
            id="an office with an and in its name",
        ),
        pytest.param('<meta name="author" content="Doe, Jane">', ("Doe, Jane",), id="a name turned round"),
    ],
)
def test_authors_are_named(head: str, authors: tuple[str, ...]) -> None:
    assert page(head).authors == authors


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        pytest.param('<meta property="og:locale" content="de_DE">', "de", id="Open Graph"),
        pytest.param('<meta http-equiv="Content-Language" content="fr-CH">', "fr", id="header"),
        pytest.param(ld(inLanguage="es"), "es", id="JSON-LD"),
        pytest.param('<meta name="language" content="English">', None, id="no code"),
    ],
)
def test_a_language_is_taken_from_where_the_page_says_it(tag: str, language: str | None) -> None:
    html = f"<html><head>{tag}</head><body><article><h1>Bank warns</h1>{STORY}</article></body></html>"
    assert read_page(html, today=TODAY).language == language


def test_a_text_without_spaces_is_a_text() -> None:
    story = "<p>国家卫生健康委说，相关部门将继续依托工作机制，深入优化监测预警与分级应对体系。</p>" * 2
    assert read_page(f"<html><body><article><h1>要闻</h1>{story}</article></body></html>", today=TODAY).text


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("View all posts by Jane Doe", ("Jane Doe",)),
        ("Follow", ()),
        ("Jane Doe", ("Jane Doe",)),
        ("17", ()),
        ("January", ()),
        ("Jan.", ()),
        ("April Roe", ("April Roe",)),
    ],
)
def test_a_label_or_button_is_no_author(byline: str, authors: tuple[str, ...]) -> None:
    assert page(body=f"<a rel=author>{byline}</a>{STORY * 4}").authors == authors


@pytest.mark.parametrize(
    ("stated", "path", "day"),
    [
        pytest.param("2025-01-17T02:30:00Z", "/2025/01/16/a", date(2025, 1, 16), id="evening in the west"),
        pytest.param("2025-01-16T20:30:00Z", "/2025/01/17/a", date(2025, 1, 17), id="morning in the east"),
        pytest.param("2025-01-17T15:30:00Z", "/2025/01/16/a", date(2025, 1, 17), id="nowhere"),
        pytest.param("2025-01-17T02:30:00+01:00", "/2025/01/16/a", date(2025, 1, 17), id="stated with its place"),
        pytest.param("2025-01-17", "/2025/01/16/a", date(2025, 1, 17), id="a day"),
        pytest.param("2025-01-17T02:30:00Z", "/2025/01/a", date(2025, 1, 17), id="no day in the address"),
    ],
)
def test_a_moment_in_utc_is_on_the_day_that_the_address_names(stated: str, path: str, day: date) -> None:
    found = page(ld(datePublished=stated), base=f"https://www.ledger.example{path}")
    assert (found.published, found.dated_by) == (day, "metadata")
    known = page(ld(datePublished=stated), base=f"https://www.ledger.example{path}", hints=Hints(zone=ZoneInfo("UTC")))
    assert known.published == date.fromisoformat(stated[:10])


def test_section_site_and_language_are_kept() -> None:
    found = page(ld(articleSection=["Politics", "US"]) + '<meta property="og:site_name" content="The Ledger">')
    assert (found.section, found.site, found.language) == ("Politics", "The Ledger", "en")


@pytest.mark.parametrize(
    ("head", "url"),
    [
        pytest.param('<link rel="canonical" href="/a?utm_source=x#top">', "https://www.ledger.example/a", id="its own"),
        pytest.param(
            '<link rel="canonical" href="https://ledger.example/a">', "https://ledger.example/a", id="its twin"
        ),
        pytest.param('<link rel="canonical" href="https://other.example/a">', None, id="of another site"),
        pytest.param('<link rel="canonical" href="/">', None, id="the front page"),
        pytest.param('<link rel="canonical" href="javascript:x">', None, id="a script"),
        pytest.param("", None, id="none"),
    ],
)
def test_a_canonical_address_is_believed_on_its_own_site_only(head: str, url: str | None) -> None:
    assert page(head).url == url


def test_an_amp_page_is_its_articles_twin() -> None:
    found = page(
        '<link rel="canonical" href="https://www.ledger.example/a">',
        html="<html ⚡ lang=en>",
        base="https://amp.ledger.example/a.amp.html",
    )
    assert (found.amp, found.url) == (True, "https://www.ledger.example/a")


@pytest.mark.parametrize(
    ("base", "link", "next_page"),
    [
        ("https://a.example/story", "/story?page=2", "https://a.example/story?page=2"),
        ("https://a.example/story", "/story/2", "https://a.example/story/2"),
        ("https://a.example/story?page=2", "/story?page=3", "https://a.example/story?page=3"),
        ("https://a.example/story", "/another-story", None),
        ("https://a.example/story", "https://b.example/story?page=2", None),
        ("https://a.example/story?page=2", "/story?page=4", None),
    ],
)
def test_a_next_page_is_one_of_the_same_article(base: str, link: str, next_page: str | None) -> None:
    assert page(f'<link rel="next" href="{link}">', base=base).next_page == next_page


def test_a_later_page_names_the_first_one() -> None:
    found = page('<link rel="prev" href="/story">', base="https://a.example/story?page=2")
    assert found.first_page == "https://a.example/story"
    third = page('<link rel="prev" href="/story?page=2">', base="https://a.example/story?page=3")
    assert third.first_page == "https://a.example/story"


def test_a_page_is_numbered_at_its_end() -> None:
    assert page_of("https://a.example/2025/01/17/story") == ("https://a.example/2025/01/17/story", 1)
    assert page_of("https://a.example/story/page/3/") == ("https://a.example/story", 3)


@pytest.mark.parametrize(
    ("head", "body", "paywalled", "stub"),
    [
        pytest.param(ld(isAccessibleForFree=False), STORY * 2, True, True, id="stated, two sentences"),
        pytest.param(ld(isAccessibleForFree="False"), LONG, True, False, id="stated, yet all there"),
        pytest.param(
            ld(isAccessibleForFree=True), STORY + "<p>Subscribe to continue reading</p>", False, False, id="free"
        ),
        pytest.param("", STORY * 2 + "<p>Already a subscriber? Log in</p>", True, True, id="asked for"),
        pytest.param("", LONG + "<p>Already a subscriber? Log in</p>", False, False, id="asked for below a story"),
        pytest.param('<meta property="article:content_tier" content="locked">', STORY, True, True, id="meta tag"),
        pytest.param("", STORY * 2, False, False, id="short"),
    ],
)
def test_a_paid_story_is_told_from_its_first_lines(head: str, body: str, paywalled: bool, stub: bool) -> None:
    found = page(head, body)
    assert (found.paywalled, found.stub) == (paywalled, stub)


def test_a_person_can_say_where_the_story_and_its_day_are() -> None:
    body = f"<div class=when>Issued: 17 January 2025</div><p>{'Menu item. ' * 20}</p><div class=main>{STORY * 2}</div>"
    hints = Hints(text_selector="div.main", date_place=DatePlace(".when", "Issued: %d %B %Y"))
    found = page("", body, hints=hints)
    assert found.published == date(2025, 1, 17)
    assert found.text
    assert "Menu" not in found.text
    assert found.text.startswith("The court ruled")


def entry(number: int, text: str, tag: str = "article", day: int = 17) -> str:
    stamp = f"2025-01-{day}T{10 + number}:00:00-05:00"
    inside = f'<time datetime="{stamp}">then</time><h2>Step {number}</h2><p>{text}</p>'
    return f'<{tag} class="block" id="b{number}">{inside}</{tag}>'


SENTENCE = "The senators said they would vote today on the bill before them."


@pytest.mark.parametrize("tag", ["article", "section", "li", "div"])
def test_a_live_blog_is_cut_into_its_entries(tag: str) -> None:
    body = STORY + "<div>" + "".join(entry(n, SENTENCE, tag, 17 + n % 2) for n in range(4)) + "</div>"
    found = page('<meta property="og:title" content="Senate vote: live updates">', body)
    assert [e.anchor for e in found.entries] == ["b0", "b2", "b1", "b3"]
    assert {e.moment.day for e in found.entries} == {date(2025, 1, 17), date(2025, 1, 18)}
    assert found.entries[0].text == f"Step 0\n\n{SENTENCE}"


def test_a_page_calls_itself_live_in_its_headline_too() -> None:
    entries = "".join(entry(n, SENTENCE) for n in range(3))
    html = f"<html lang=en><body><main><h1>Live updates: the vote</h1>{entries}</main></body></html>"
    assert len(read_page(html, today=TODAY, base=BASE).entries) == 3


def test_the_entries_that_a_live_blog_states_are_taken() -> None:
    updates = [
        {"@type": "BlogPosting", "headline": f"Step {n}", "articleBody": f"<p>{SENTENCE}</p><p>More.</p>",
         "datePublished": f"2025-01-17T1{n}:00:00Z", "url": f"{BASE}#post-{n}"}
        for n in range(3)
    ]  # fmt: skip
    found = page(ld(**{"@type": "LiveBlogPosting", "liveBlogUpdate": updates}))
    assert [(e.anchor, e.title, e.text) for e in found.entries][:1] == [
        ("post-0", "Step 0", f"Step 0\n\n{SENTENCE}\n\nMore.")
    ]
    assert len(found.entries) == 3


def test_entries_that_claim_one_place_are_told_apart_by_their_time() -> None:
    updates = [
        {"headline": f"Step {n}", "articleBody": SENTENCE, "datePublished": f"2025-01-17T1{n}:00:00Z", "url": BASE}
        for n in (0, 1, 2, 2)
    ]
    found = page(ld(**{"@type": "LiveBlogPosting", "liveBlogUpdate": updates}))
    assert [e.title for e in found.entries] == ["Step 0", "Step 1", "Step 2"]
    assert len({e.anchor for e in found.entries}) == 3


def test_a_live_blog_that_a_script_draws_is_read_from_what_it_states() -> None:
    updates = [
        {"headline": f"Update {at}", "articleBody": SENTENCE, "datePublished": f"2025-01-17T1{at}:00:00Z"}
        for at in range(3)
    ]
    stated = ld(**{"@type": "LiveBlogPosting", "liveBlogUpdate": updates})
    found = page(stated, "<div id='app'></div>")
    assert (found.title, len(found.entries)) == ("Court lets law stand", 3)
    assert found.text == "\n\n".join(entry.text for entry in found.entries)


def test_a_page_with_a_few_times_is_no_live_blog() -> None:
    body = STORY * 3 + "".join(entry(n, SENTENCE) for n in range(4))
    assert page("", body).entries == ()  # it does not say that it is one
    assert page('<meta property="og:title" content="live updates">', STORY + entry(1, SENTENCE)).entries == ()


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<div>" * 50_000 + STORY, id="deep"),
        pytest.param("<time datetime='2025-01-17T10:00:00Z'>x</time><p></p>" * 50_000, id="many times"),
        pytest.param("<meta property='og:title' content='live'>" + "<div><time>x</time>" * 20_000, id="deep times"),
        pytest.param('<script type="application/ld+json">' + "[" * 100_000 + "</script>" + STORY * 4, id="deep JSON"),
        pytest.param(f"{STORY}<p>{'<a href=/x>one</a> and ' * 20_000}</p>", id="links in one paragraph"),
        pytest.param(
            f"{STORY}<p>{('<i>' + '<a>one</a> and ' * 200 + '</i>') * 100}</p>", id="links in a paragraph's parts"
        ),
        pytest.param(f"<p {' '.join(f'data-{n}=1' for n in range(50_000))}>x</p>{STORY * 4}", id="attributes"),
        pytest.param("<?xml version='1.0' encoding='latin-1'?>" + STORY * 4, id="a declaration"),
        pytest.param(
            "<a href='//[::1'>x</a><link rel=canonical href='http://[::1'>" + STORY * 4, id="broken addresses"
        ),
        pytest.param("", id="nothing"),
        pytest.param("\x00\x01", id="controls"),
    ],
)
def test_a_hostile_page_is_read_or_left_in_good_time(html: str, parsing: float) -> None:
    began = time.process_time()
    read_page(html, today=TODAY, base=BASE)
    assert time.process_time() - began < 90 * parsing


@pytest.fixture(scope="module")
def parsing() -> float:
    """CPU seconds that this machine takes to parse, walk and write a large page: an eighth of one is usual."""
    large = "<time datetime='2025-01-17T10:00:00Z'>x</time><p></p>" * 50_000
    taken = []
    for _ in range(3):
        began = time.process_time()
        tree = document_fromstring(large)
        tostring(tree)
        assert len(list(tree.iter())) > 100_000
        taken.append(time.process_time() - began)
    return max(taken)


def test_a_paragraph_of_very_many_links_keeps_its_words() -> None:
    links = " ".join(f'<a href="/{n}">name{n}</a> went with the others and' for n in range(1200))
    text = page("", f"<h1>Ruling</h1>{STORY * 2}<p>{links}</p>").text or ""
    assert [word for word in text.split() if word.startswith("name")] == [f"name{n}" for n in range(1200)]


def test_a_tag_of_many_attributes_is_read_without_them_and_others_with_theirs() -> None:
    many = " ".join(f'data-{n}="a b"' for n in range(1001))
    path = f'<svg d="{"M 0 " * 2000}"></svg>'
    text = page("", f"<p {many}>{SENTENCE}</p>{path}{STORY * 2}").text or ""
    assert SENTENCE in text
    assert "data-" not in text


def test_lines_that_are_no_part_of_the_story_are_left_out_of_it() -> None:
    body = f"<h1>Ruling</h1><p>Last updated on 4 March 2025 at 10.12 GMT</p>{STORY * 2}<h2>Sources</h2><ul>"
    body += '<li>John Roe. "Court to rule" — Other Paper, January 14, 2025</li></ul>'
    record = Record("a.html", "a.html", html=f"<html><body><article>{body}</article></body></html>")
    text = make_articles(record, today=date(2025, 6, 1), report=lambda _: None)[0].text
    assert "Last updated" not in text
    assert "Other Paper" not in text


def test_a_paper_that_sells_subscriptions_above_every_story_tells_the_short_ones_all_the_same() -> None:
    short = (
        "<article><h1>Court to meet</h1><p>The court is to meet on Friday to hear the case of two firms.</p></article>"
    )
    offer = "<a href=/s>Already a subscriber? Log in</a>"
    html = "<html><body>{above}<main>{story}</main>{below}</body></html>"
    free = html.format(above=f"<header>{offer}</header>", story=short, below=f"<footer>{offer}</footer>")
    paid = html.format(above="", story=short + f"<div class=paywall>{offer}</div>", below="")
    read = [read_page(text, today=date(2025, 6, 1)) for text in (free, paid)]
    assert [(found.paywalled, found.stub) for found in read] == [(False, False), (True, True)]


@pytest.mark.timeout(120)
@pytest.mark.parametrize("filler", [" ", "\n", "<", "<nav></nav>x", "&amp;", "<!-- -->", "2025-01-"])
def test_a_page_that_is_nearly_all_filler_takes_no_longer_than_its_length(filler: str) -> None:
    """What grows with the square of the length would take minutes here, and the test's time would be up."""
    html = f"<html><body><h1>Ruling</h1><p>{filler * 30_000}</p><article>{STORY * 2}</article></body></html>"
    read_page(html, today=date(2025, 6, 1))
