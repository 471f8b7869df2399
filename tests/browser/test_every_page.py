"""What holds of every page, in light, in dark and on a phone: each is opened once, and only looked at."""

from pathlib import Path

import pytest

from tests.browser.conftest import opening
from tests.browser.test_desk import OVERFLOW

AXE = (Path(__file__).parent / "axe" / "axe-4.14.1.min.js").read_text("utf-8")
PAGES = {
    "timeline": "/",
    "search": "/?q=tiktok",
    "deadlines": "/deadlines",
    "due": "/deadlines?known=2025-01-13",
    "review": "/review",
    "duplicates": "/review?queue=twins",
    "entities": "/entities",
    "entity": "/entities?entity=TikTok",
    "articles": "/articles",
    "reader": "/articles?article=harbor",
    "query": "/query?cypher=MATCH%20(e:Event)%20RETURN%20e.title%20AS%20event",
    "data": "/data",
}
TITLES = {"entity": "TikTok", "reader": "TikTok waits for the court"}
"""What a tab is called that shows one thing."""
VIEWS = {"light": ("light", 1400), "dark": ("dark", 1400), "phone": ("light", 390)}
"""The colour scheme, and how many pixels wide the screen is."""


OPENED = [(name, view) for name in PAGES for view in VIEWS]


@pytest.fixture(scope="module", params=OPENED, ids="-".join)
def shown(request, contexts, address):
    """The name of a page, the width it was opened at, and what the browser shows."""
    name, view = request.param
    scheme, width = VIEWS[view]
    with opening(contexts, address) as open_page:
        page = open_page(PAGES[name], scheme=scheme, width=width)
        page.wait_for_timeout(300)
        yield name, width, page


@pytest.mark.parametrize("shown", [one for one in OPENED if "phone" not in one], indirect=True, ids="-".join)
def test_nobody_is_kept_out(shown):
    """axe-core finds no serious violation of WCAG 2 A and AA."""
    _, _, page = shown
    page.evaluate(AXE)
    found = page.evaluate(
        """() => axe.run(document, {
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations"],
        }).then(({ violations }) => violations
            .filter(({ impact }) => impact === "serious" || impact === "critical")
            .map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map((node) => node.html.slice(0, 160))].join(" | ")))"""
    )
    assert found == []


def test_every_target_is_large_enough_for_a_finger(shown):
    _, _, page = shown
    small = page.evaluate(
        """() => {
            const within = (root) => [...(root?.querySelectorAll("*") ?? [])];
            const targets = "button, select, [role=button], [role=radio], [role=tab]";
            return within(document).flatMap((element) => [element, ...within(element.shadowRoot)])
                .filter((element) => element.matches(targets))
                .map((element) => [element, element.getBoundingClientRect()])
                .filter(([, box]) => box.width > 0 && box.height > 0 && (box.height < 30 || box.width < 30))
                .map(([{ tagName, textContent, ariaLabel }, { width, height }]) =>
                    `${tagName} ${textContent.slice(0, 30) || ariaLabel} ${width}x${height}`);
        }"""
    )
    assert small == []


def test_a_page_opens_without_an_error_and_fits_every_screen(shown):
    name, opened_at, page = shown
    assert page.get_by_test_id("stException").count() == 0
    assert page.get_by_test_id("stAlert").count() == 0
    named = TITLES.get(name) or PAGES[name].partition("?")[0].strip("/").capitalize() or "Timeline"
    assert page.title() == f"{named} · Chronograph"
    for width in (1400, 768, 390, opened_at):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(150)
        assert page.evaluate(OVERFLOW) <= 0, f"wider than {width} pixels"
