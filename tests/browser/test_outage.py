"""A store that stops while the page is open: it is said in plain words, and once it runs again the page works on."""

import os
import signal

import pytest

from kb.config import Settings
from kb.store import embedded, open_graph
from tests.browser.conftest import serving, settle
from tests.browser.test_parts import ARTICLE
from tests.ui.sample import fill


@pytest.fixture
def fragile(tmp_path):
    """Where a desk is served, and the settings of its store."""
    settings = Settings(tmp_path / "data", None, "unused")
    fill(settings)
    with serving(settings, 8790) as address:
        yield address, settings
    embedded.stop(settings.data)


def test_a_store_that_stops_while_the_page_is_open_costs_nothing_but_a_try_again(desk, fragile):
    address, settings = fragile
    page = desk("/articles", at=address)
    embedded.stop(settings.data)
    search = page.get_by_role("searchbox").or_(page.get_by_label("Search articles"))
    search.first.fill("court")
    search.first.press("Enter")
    page.wait_for_url("**q=court**")
    page.get_by_text("1 article").or_(page.get_by_role("button", name="Try again")).first.wait_for()
    settle(page)
    assert "Traceback" not in page.inner_text("body")
    if page.get_by_role("button", name="Try again").count():
        assert "chronograph db start" in page.inner_text("body")
        open_graph(settings).close()  # starts it, as that command does
        page.get_by_role("button", name="Try again").click()
    page.get_by_text("1 article").wait_for()
    assert page.get_by_role("button", name="Try again").count() == 0
    page.close()  # before the server ends, of which it would complain


def test_the_first_articles_are_read_on_the_page_where_there_is_no_store_yet(desk, tmp_path):
    settings = Settings(tmp_path / "data", None, "unused")
    with serving(settings, 8795) as address:
        page = desk("/", at=address)
        page.get_by_role("link", name="Read articles on the Data page").click()
        page.locator("input[type=file]").set_input_files(
            [{"name": "ferry.md", "mimeType": "text/markdown", "buffer": ARTICLE}]
        )
        page.get_by_text("ferry.md").first.wait_for()
        settle(page)
        page.get_by_role("button", name="Read into the graph").click()
        page.get_by_text("1 new, 0 updated, 0 unchanged, 0 left out").wait_for()
        settle(page)
        assert page.get_by_text("The graph is empty").count() == 0
        page.get_by_role("link", name="Articles", exact=True).click()
        page.get_by_text("1 article", exact=True).wait_for()
        page.close()
    embedded.stop(settings.data)


def test_what_takes_long_shows_where_it_will_be(desk, fragile):
    address, settings = fragile
    page = desk("/articles", at=address)
    store = embedded.status(settings.data).pid
    os.kill(store, signal.SIGSTOP)  # it answers nothing, as one that is very busy
    try:
        page.get_by_role("link", name="Entities").click()
        page.get_by_test_id("stSkeletonElement").wait_for()
    finally:
        os.kill(store, signal.SIGCONT)
    page.get_by_test_id("stDataFrame").wait_for()
    settle(page)
    page.close()
