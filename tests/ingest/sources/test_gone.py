"""Pages that are not there any more: looked for some times, and then their articles are gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.store import pages
from tests.ingest.sources.conftest import STORY, Desk, story
from tests.loopback import Answer, Site

Publish = Callable[[list[int]], None]


def gone(desk: Desk) -> list[str]:
    return [row["url"].rpartition("/")[2] for row in pages.gone_articles(desk.journal)]


def vanish(desk: Desk, web: Site, number: int, status: int) -> None:
    """The page answers so from the next look at it on."""
    desk.run()
    desk.write_all()
    web[f"/a/{number}"] = Answer(status=status)
    desk.later(hours=4)
    desk.run()


@pytest.fixture(autouse=True)
def two_pages(court: Publish) -> None:
    court([1, 2])


def test_a_page_that_is_not_found_for_a_day_and_a_half_is_gone(desk: Desk, web: Site) -> None:
    vanish(desk, web, 1, 404)
    seen = [gone(desk)]
    for hours in (6, 7, 23, 2, 100):
        desk.later(hours=hours)
        desk.run()
        seen.append(gone(desk))
    assert seen == [[], [], [], [], ["1"], ["1"]]
    assert web.paths.count("/a/1") == 4
    (row,) = pages.gone_articles(desk.journal)
    assert row["because"] == "there is no such page (404)"


def test_a_page_that_says_it_is_gone_is(desk: Desk, web: Site) -> None:
    vanish(desk, web, 1, 410)
    assert gone(desk) == ["1"]
    pages.forget_gone(desk.journal, pages.gone_articles(desk.journal)[0]["article"])
    assert gone(desk) == []


def test_a_page_that_is_back_is_not_gone(desk: Desk, web: Site) -> None:
    vanish(desk, web, 1, 404)
    web["/a/1"] = story(1)
    for _ in range(5):
        desk.later(hours=30)
        desk.run()
    assert gone(desk) == []


def test_a_page_that_is_in_trouble_is_not_gone(desk: Desk, web: Site) -> None:
    vanish(desk, web, 1, 500)
    for _ in range(10):
        desk.later(hours=30)
        desk.run()
    assert gone(desk) == []


def test_an_article_is_gone_with_its_page_whatever_stood_there_last(desk: Desk, web: Site) -> None:
    desk.run()
    desk.write_all()
    web["/a/1"] = f"<html><head><title>Maintenance</title></head><body><article><p>{STORY}</p></article></body></html>"
    desk.later(hours=4)
    assert [item.reason for item in desk.detail(desk.run()).items] == ["no article"]
    web["/a/1"] = Answer(status=410)
    desk.later(days=1)
    desk.run()
    assert gone(desk) == ["1"]


def test_a_page_that_never_was_there_is_not_gone(desk: Desk, web: Site) -> None:
    web["/a/1"] = Answer(status=410)
    desk.run()
    assert gone(desk) == []


def test_an_article_that_is_at_another_address_too_is_not_gone(desk: Desk, web: Site) -> None:
    web["/b"] = story(1)
    desk.source("other", f"kind: urls\nurls: [{web.url}/b]\ndelay: 0\n")
    web["/a/1"] = story(1, head=f"<link rel=canonical href='{web.url}/b'>")
    desk.run("other")
    vanish(desk, web, 1, 410)
    assert gone(desk) == []


def test_the_entries_of_a_live_blog_are_gone_with_its_page(desk: Desk, web: Site) -> None:
    def live(numbers: range) -> str:
        blocks = "".join(
            f"<div class=block id=b{n}><time datetime='2025-01-1{n}T10:00:00-05:00'>x</time><h2>Step {n}</h2>"
            f"<p>{STORY}</p></div>"
            for n in numbers
        )
        head = "<meta property='og:title' content='Ruling: live updates'>"
        return story(1, head=head).replace("</article>", blocks + "</article>")

    web["/a/1"] = live(range(4))
    desk.run()
    first = {article.id for article in desk.write_all()}
    web["/a/1"] = live(range(1, 6))
    desk.later(hours=4)
    desk.run()
    ids = first | {article.id for article in desk.write_all()}
    web["/a/1"] = Answer(status=410)
    desk.later(hours=9)
    desk.run()
    told = {row["article"] for row in pages.gone_articles(desk.journal)}
    assert len(ids) == 7  # six entries, and the other page
    assert len(ids - told) == 1
