"""The article in a web page: its text without navigation, and what the page says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kb.errors import TimeValueError
from kb.timevalue import parse_day

_FEWEST_WORDS = 10
"""With fewer words, what was found is a button or a caption, no article."""


@dataclass(frozen=True, slots=True)
class WebPage:
    """What was found in a page; None for what was not."""

    text: str | None
    title: str | None = None
    published: date | None = None
    site: str | None = None
    url: str | None = None


def read_page(html: str, *, today: date) -> WebPage:
    """The main text of a page, with its title, site, canonical address and the day it says it was published.

    Days are read from the page's metadata and its marked dates only, never guessed from loose numbers.
    """
    from trafilatura import bare_extraction  # a second to import, and only pages need it
    from trafilatura.settings import Document

    dates = {"original_date": True, "extensive_search": False, "max_date": (today + timedelta(days=1)).isoformat()}
    found = bare_extraction(html, include_comments=False, with_metadata=True, date_extraction_params=dates)
    if not isinstance(found, Document) or len((found.text or "").split()) < _FEWEST_WORDS:
        return WebPage(None)
    return WebPage(found.text, found.title, _day(found.date), found.sitename or found.hostname, found.url)


def _day(text: str | None) -> date | None:
    try:
        return parse_day(text) if text else None
    except TimeValueError:
        return None
