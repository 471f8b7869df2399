"""Events as a report in Markdown: a line each, by year, with the quotes as footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, pairwise

from kb.exports.harmless import as_markdown, web_address
from kb.fold import MENTIONED
from kb.queries.views import ClaimView, EventDetail

_MOST_NOTES = 6
"""Quotes an event; further ones are counted."""


def write(events: Iterable[EventDetail], today: date) -> bytes:
    """The report, footnotes last."""
    found = list(events)
    lines = ["# Timeline", "", f"{len(found)} events, as of {today.isoformat()}. Every statement has its quote below."]
    notes: list[str] = []
    for year, some in groupby(found, key=lambda detail: detail.event.first_day[:4]):
        lines += ["", f"## {year}", ""]
        for detail in some:
            lines.append(_line(detail, notes))
    return "\n".join([*lines, "", *notes, ""]).encode("utf-8", "replace")


def _line(detail: EventDetail, notes: list[str]) -> str:
    event = detail.event
    days = event.first_day if event.first_day == event.last_day else f"{event.first_day} to {event.last_day}"
    vague = "" if event.precision in {"day", "range"} else f" ({event.precision})"
    actors = ", ".join(dict.fromkeys(as_markdown(a.name, 100) for a in event.actors if a.role != MENTIONED))
    marks = []
    for claim in detail.claims[:_MOST_NOTES]:
        notes.append(f"[^{len(notes) + 1}]: {_note(claim)}")
        marks.append(f"[^{len(notes)}]")
    more = f" and {len(detail.claims) - _MOST_NOTES} more claims" if len(detail.claims) > _MOST_NOTES else ""
    told = " · ".join(part for part in (event.status, event.type.replace("_", " "), actors) if part)
    after = "".join([*marks, more, *_moves(detail)])
    return f"- **{days}**{vague}: {as_markdown(event.title, 300)} ({told}){after}"


def _moves(detail: EventDetail) -> Iterator[str]:
    """Each change, by the day on which it was published."""
    for before, after in pairwise(detail.revisions):
        known = after.known_on or "an unknown day"
        if before.first_day != after.first_day:
            yield f"\n    - {known}: moved from {before.first_day} to {after.first_day}"
        if before.status != after.status:
            yield f"\n    - {known}: {before.status}, then {after.status}"


def _note(claim: ClaimView) -> str:
    url = web_address(claim.url)
    parts = [
        f"“{as_markdown(claim.quote)}”",
        as_markdown(claim.source) or "unnamed source",
        f"*{as_markdown(claim.article_title)}*" if claim.article_title else "",
        claim.published or "undated",
        f"according to {as_markdown(claim.attributed_to, 200)}" if claim.attributed_to else "",
        f"<{url}>" if url else "",
    ]
    return ", ".join(part for part in parts if part)
