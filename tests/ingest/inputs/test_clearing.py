"""What of a page is its story: every layout keeps its sentences, and nothing that only stands around them."""

# ruff: noqa: E501 - a page is one row of the table
from __future__ import annotations

import time
from datetime import date

import pytest

from ingest.inputs.articles import make_articles
from ingest.inputs.records import Record, Told
from kb.errors import SkipInput

TITLE = "Tariff schedule to lapse unless renewed"
FIRST = "The Commission said on Tuesday that the tariff schedule would expire on 30 June unless the council renews it."
SECOND = "Officials in three member states asked for more time, according to a letter sent to the trade directorate."
QUOTE = "“We cannot plan a season ahead when the rules change every quarter,” said the head of a large cooperative."
LAST = "A ruling by the General Court is expected in the autumn, and either side may appeal on points of law."
CARD = "<div><h3><a href=/{n}>Headline number {n} on something else</a></h3><p>A teaser sentence for story {n} which says what it is about.</p></div>"
CARDS = "".join(CARD.replace("{n}", str(n)) for n in range(8))
FORM = "<form><input type=email name=mail><button>Sign up</button></form>"


def text_of(body: str, *, html: str = "<html lang=en>") -> list[str]:
    whole = f"<!doctype html>{html}<head><title>{TITLE}</title></head><body><nav><a href=/>Home</a></nav>{body}<footer>© 2025 Ledger</footer></body></html>"
    record = Record("page", "page", html=whole, told=Told(base="https://ledger.example/a/tariffs"))
    (article,) = make_articles(record, today=date(2025, 6, 1), report=lambda _: None)
    return [line.removeprefix("- ") for line in article.text.split("\n") if line not in ("", TITLE)]


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"<div><div><h1>{TITLE}</h1>{paragraphs(FIRST, SECOND, LAST)}</div><div><h2>Related articles</h2>{CARDS}</div></div>", id="cards under a heading"),
        pytest.param(f"<div><h1>{TITLE}</h1>{paragraphs(FIRST, SECOND, LAST)}<div class=x><h2>More stories</h2></div><div>{CARDS}</div></div>", id="cards in a box of their own"),
        pytest.param(f"<article><h1>{TITLE}</h1>{paragraphs(FIRST)}<p><strong>Read more</strong></p><ul><li><a href=/1>Ports brace for a second strike over pay</a></li><li><a href=/2>What the vote means</a></li></ul>{paragraphs(SECOND, LAST)}</article>", id="a list of links inside"),
        pytest.param(f"<article><h1>{TITLE}</h1>{paragraphs(FIRST)}<div><div><h3>The Trade Brief</h3><p>The week in trade, every Friday in your inbox.</p>{FORM}</div></div>{paragraphs(SECOND, LAST)}</article>", id="a form to sign up with"),
        pytest.param(f"<article><h1>{TITLE}</h1>{paragraphs(FIRST)}<noscript><p>You need to enable JavaScript to see the chart that belongs to this story.</p></noscript>{paragraphs(SECOND, LAST)}</article>", id="a request for scripts"),
        pytest.param(f"<article><h1>{TITLE}</h1>{paragraphs(FIRST)}<div hidden>A template that nobody should see here at all</div><p style='display: none'>Another one of the kind, which is not shown</p>{paragraphs(SECOND, LAST)}</article>", id="what is hidden"),
        pytest.param(f"<div id=content><h1>{TITLE}</h1><div id=siteSub>From a wiki, the free source of news that you can write</div>{paragraphs(FIRST, SECOND, LAST)}<h2>Sources<span class=mw-editsection>[edit]</span></h2><ul><li>Jane Doe. <a href=/s>Schedule lapses</a>, 3 March 2025</li></ul><table class=navbox><tr><td>Share this on all networks now</td></tr></table></div>", id="a wiki"),
        pytest.param(f"<amp-sidebar><ul><li>News of the world and of the city</li></ul></amp-sidebar><article><h1>{TITLE}</h1>{paragraphs(FIRST, SECOND)}<amp-carousel><div>Another story about harbour fees in spring</div></amp-carousel>{paragraphs(LAST)}</article><amp-consent>We use cookies to serve you</amp-consent>", id="an AMP page"),
        pytest.param(f"<form id=aspnet action=/><input type=text><div><h1>{TITLE}</h1>{paragraphs(FIRST, SECOND, LAST)}</div></form>", id="a page that is a form"),
        pytest.param(f"<article class='post tag-related category-newsletter'><h1>{TITLE}</h1>{paragraphs(FIRST, SECOND, LAST)}</article>", id="misleading classes"),
        pytest.param(f"<article><h1>{TITLE}</h1><p class=teaser>{FIRST}</p>{paragraphs(SECOND, LAST)}</article>", id="a lead that is called a teaser"),
        pytest.param(f"<main><h1>{TITLE}</h1><section>{paragraphs(FIRST)}</section><section>{paragraphs(SECOND)}</section><section>{paragraphs(LAST)}</section></main>", id="sections"),
        pytest.param(f"<div id=story><h1>{TITLE}</h1>{FIRST}<br><br>{SECOND}<br><br>{LAST}</div>", id="line breaks"),
        pytest.param(f"<table><tr><td><a href=/>Home</a></td><td><h1>{TITLE}</h1><p>{FIRST}<p>{SECOND}<p>{LAST}</td></tr></table>", id="a table for layout"),
        pytest.param(f"<div id=story><h1>{TITLE}</h1>{FIRST}<p>{SECOND}<p>{LAST}</div>", id="text beside paragraphs"),
        pytest.param(f"<div id=story><h1>{TITLE}</h1><div>The <b>Commission</b> {FIRST.removeprefix('The Commission ')}<p>{SECOND}</p><span>{LAST}</span></div></div>", id="text with marks beside paragraphs"),
    ],
)  # fmt: skip
def test_the_story_is_taken_and_nothing_else(body: str) -> None:
    assert text_of(body) == [FIRST, SECOND, LAST]


def test_a_quote_in_a_figure_is_kept_with_who_said_it() -> None:
    figure = (
        f"<figure><blockquote><p>{QUOTE}</p></blockquote><figcaption>Ann Roe, who grows onions</figcaption></figure>"
    )
    found = text_of(f"<article><h1>{TITLE}</h1>{paragraphs(FIRST, SECOND)}{figure}{paragraphs(LAST)}</article>")
    assert found == [FIRST, SECOND, QUOTE, "Ann Roe, who grows onions", LAST]


def test_a_table_in_a_figure_is_kept() -> None:
    table = "<figure class=wp-block-table><table><tr><th>Stage</th><th>Day</th></tr><tr><td>Vote</td><td>14 May 2025</td></tr></table></figure>"
    found = text_of(f"<article><h1>{TITLE}</h1>{paragraphs(FIRST, SECOND)}{table}{paragraphs(LAST)}</article>")
    assert any("Vote" in line and "14 May 2025" in line for line in found)


def test_a_caption_of_a_picture_is_no_part_of_the_story() -> None:
    figure = "<figure><img src=a.jpg><figcaption>A market hall in Ghent last summer</figcaption></figure>"
    assert text_of(f"<article><h1>{TITLE}</h1>{figure}{paragraphs(FIRST, SECOND, LAST)}</article>") == [FIRST, SECOND, LAST]  # fmt: skip


def test_a_story_that_only_a_script_would_show_is_kept() -> None:
    story = paragraphs(*[f"{FIRST} That was number {n} of its answers." for n in range(12)])
    assert len(text_of(f"<article><h1>{TITLE}</h1><div style='display:none'>{story}</div></article>")) == 12


SUMMARY = "A summary of story {n}, which is long enough to look like a paragraph and tells of what came to pass there on Monday."
ROW = "".join(
    f"<li><div><h3><a href=/{n}>Headline {n}</a></h3><p>{SUMMARY.replace('{n}', str(n))}</p></div></li>"
    for n in range(9)
)
TOLD = [f"{FIRST} That was number {n} of its answers." for n in range(7)]


def test_a_row_of_other_stories_below_the_story_is_left_out_under_no_heading_too() -> None:
    assert text_of(f"<div><h1>{TITLE}</h1>{paragraphs(*TOLD)}</div><div><ul>{ROW}</ul></div>") == TOLD


@pytest.mark.parametrize(
    ("story", "row"),
    [
        pytest.param(TOLD[:1], ROW, id="an overview"),
        pytest.param(TOLD, ROW.replace("href=/", "href=#"), id="places in the page"),
        pytest.param(TOLD, ROW.replace("href=/", "href=https://ledger.example/a/tariffs#"), id="its own sections"),
        pytest.param(TOLD, ROW.replace("<a href=/", "<b id="), id="headings of its own"),
        pytest.param(TOLD, ROW.replace("on Monday.", f"on Monday. {FIRST} {SECOND} {LAST} {FIRST} {SECOND}"), id="long"),
    ],
)  # fmt: skip
def test_a_row_is_kept_that_may_be_the_story(story: list[str], row: str) -> None:
    found = text_of(f"<article><h1>{TITLE}</h1>{paragraphs(*story)}<ul>{row}</ul></article>")
    assert "A summary of story 8" in " ".join(found)


def test_what_follows_other_stories_is_kept() -> None:
    body = f"<article><h1>{TITLE}</h1>{paragraphs(FIRST)}<h3>Related</h3>{CARD}{paragraphs(SECOND, LAST)}</article>"
    assert text_of(body) == [FIRST, SECOND, LAST]


def test_a_page_of_headings_for_other_stories_is_read_in_time_that_grows_with_its_length() -> None:
    def seconds(count: int) -> float:
        began = time.process_time()
        text_of(f"<article><h1>{TITLE}</h1>{paragraphs(FIRST, SECOND, LAST)}{'<p><a href=/x>Related</a></p>' * count}</article>")  # fmt: skip
        return time.process_time() - began

    seconds(10)
    assert seconds(8000) < 12 * seconds(1000) + 1


def test_a_request_for_scripts_alone_is_no_article() -> None:
    asked = (
        "<noscript>You need to enable JavaScript to run this app and to read the story that is shown here.</noscript>"
    )
    with pytest.raises(SkipInput, match="no article text"):
        text_of(f"<div id=root></div>{asked}")


def test_a_story_for_those_without_scripts_is_one() -> None:
    assert text_of(f"<div id=root></div><noscript>{paragraphs(FIRST, SECOND, QUOTE, LAST) * 3}</noscript>")
