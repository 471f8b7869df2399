"""Somebody who never saw the desk: within three clicks and thirty seconds they know what is due and why, what is new,
and where sources disagree.

Seconds of work, that is: how long somebody else kept the machine from it says nothing about the desk.
"""

import re

import pytest

from tests.browser.conftest import settle
from tests.browser.work import work_until_now

CLICKS, SECONDS = 3, 30


def what_is_due(page):
    page.get_by_role("link", name="due in the next 30 days").click()
    listed = page.locator(".st-key-due-list")
    listed.get_by_role("heading", name=re.compile(", (this|next) month")).wait_for()
    listed.get_by_role("link", name="Meridian Bank to publish its accounts").wait_for()
    listed.get_by_text("must publish its accounts by").wait_for()
    return 1


def why(page):
    clicks = what_is_due(page)
    page.locator(".st-key-due-list").get_by_role("link", name="Meridian Bank to publish its accounts").click()
    page.get_by_role("heading", name="Meridian Bank to publish its accounts").wait_for()
    page.get_by_text("read from “must”").first.wait_for()
    page.get_by_role("link", name="A bank and its accounts").click()
    page.locator(".cg-reader mark.open").first.wait_for()
    assert "must publish its accounts by" in page.locator(".cg-reader").inner_text()
    return clicks + 2


def what_changed(page):
    page.get_by_role("button", name="what changed").click()
    heading = page.get_by_role("heading", name="Since ")
    heading.wait_for()
    assert "1 added" in heading.inner_text()
    return 1


def who_disagrees(page):
    page.get_by_role("link", name="sources disagree").click()
    page.get_by_text(re.compile("votes: (79 to 18 or 78 to 19|78 to 19 or 79 to 18)")).first.wait_for()
    settle(page)
    quotes = page.locator("blockquote.cg-quote").all_inner_texts()
    assert [any(votes in quote for quote in quotes) for votes in ("79 to 18", "78 to 19")] == [True, True]
    return 1


@pytest.mark.parametrize("answer", [what_is_due, why, what_changed, who_disagrees])
def test_a_first_visit_answers(browser, desk, newcomer, answer):
    page = desk("/", at=newcomer)
    before = work_until_now(browser, newcomer)
    assert answer(page) <= CLICKS
    assert work_until_now(browser, newcomer) - before < SECONDS
    settle(page)
