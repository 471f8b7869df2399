"""Pages that stand where an article should be, and short articles that only sound like them."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.inputs.page import read_page
from ingest.inputs.stand_in import stands_in

SHORT = "This is said in a sentence or two, and nothing more is told on this page, as anybody can see who reads it."
STATED = "<meta property='article:published_time' content='2025-01-17'>"


@pytest.mark.parametrize(
    ("name", "stand_in"),
    [
        *[(name, True) for name in ("404", "404 Not Found", "Error 404: Page not found | The Ledger", "Oops!")],
        *[(name, True) for name in ("Sorry, this page doesn’t exist", "Access Denied", "The Ledger - Log in")],
        *[(name, True) for name in ("We’ll be back soon!", "Our website is under maintenance", "Just a moment...")],
        *[(name, True) for name in ("Attention Required! | Cloudflare", "Are you a robot?", "We value your privacy")],
        *[(name, False) for name in ("404 people arrested in raid", "Human error", "Oops moment for the Senate")],
        *[(name, False) for name in ("Access denied to the archive", "Court finds error", "", "The Ledger")],
    ],
)
def test_a_page_that_calls_itself_no_article_is_none(name: str, stand_in: bool) -> None:
    assert stands_in(SHORT, [name]) is stand_in
    assert not stands_in(SHORT * 10, [name])


@pytest.mark.parametrize(
    ("head", "heading", "stand_in"),
    [
        pytest.param("<title>Page not found | The Ledger</title>", "The Ledger", True, id="by its title"),
        pytest.param("<title>The Ledger</title>", "Page not found", True, id="by its headline"),
        pytest.param("<title>The Ledger</title>", "Court lets law stand", False, id="an article"),
        pytest.param(f"<title>Coming soon</title>{STATED}", "Coming soon", False, id="one that states its day"),
    ],
)
def test_a_page_is_read_for_what_it_calls_itself(head: str, heading: str, stand_in: bool) -> None:
    html = f"<html><head>{head}</head><body><article><h1>{heading}</h1><p>{SHORT}</p></article></body></html>"
    assert read_page(html, today=date(2025, 6, 1)).stand_in is stand_in
