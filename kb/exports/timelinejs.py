"""Events for TimelineJS (timeline.knightlab.com): its JSON, with texts escaped, as that page takes them for HTML."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Any

from kb.exports.harmless import one_line, web_address
from kb.queries.views import ClaimView, EventDetail

_PARTS = {"decade": 1, "year": 1, "season": 2, "quarter": 2, "month": 2}
"""How many parts of a date say no more than the text did; all three otherwise."""
_MOST_QUOTES = 5


def write(events: Iterable[EventDetail], _today: date) -> bytes:
    """The object that TimelineJS reads."""
    found = {
        "title": {"text": {"headline": "Chronograph", "text": "Every event with its quotes"}},
        "events": [_event(detail) for detail in events],
    }
    return json.dumps(found, ensure_ascii=False, indent=2).encode("utf-8", "replace")


def _event(detail: EventDetail) -> dict[str, Any]:
    event = detail.event
    made = {
        "unique_id": event.id,
        "start_date": _date(event.first_day, event.precision),
        "group": event.type.replace("_", " "),
        "text": {
            "headline": escape(one_line(event.title, 200)),
            "text": "".join([f"<p>{escape(event.status)}</p>", *map(_quote, detail.claims[:_MOST_QUOTES])]),
        },
    }
    if event.last_day != event.first_day:
        made["end_date"] = _date(event.last_day, event.precision)
    return made


def _date(day: str, precision: str) -> dict[str, int]:
    parts = date.fromisoformat(day).timetuple()[: _PARTS.get(precision, 3)]
    return dict(zip(("year", "month", "day"), parts, strict=False))


def _quote(claim: ClaimView) -> str:
    source = escape(one_line(claim.source) or "unnamed source")
    url = web_address(claim.url)
    told = f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{source}</a>' if url else source
    return f"<blockquote>{escape(one_line(claim.quote))}</blockquote><p>{told}, {claim.published or 'undated'}</p>"
