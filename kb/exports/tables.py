"""Events as CSV, one a row, and as JSON with every claim."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from kb.exports.harmless import as_cell, one_line
from kb.queries.views import EventDetail

COLUMNS = (
    "id", "first_day", "last_day", "precision", "status", "type", "title", "actors", "sources", "claims",
    "first_reported", "last_reported", "quote", "quoted_from", "url", "due", "state", "slippage",
)  # fmt: skip
"""The last three are those of a deadline's ledger, where an event has one: the day it runs out, what became of it, and
by how many days it was put off."""


def as_csv(events: Iterable[EventDetail], _today: date) -> bytes:
    """A table that opens in a spreadsheet, in UTF-8 with its mark; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for detail in events:
        writer.writerow([as_cell(value) for value in _row(detail)])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def as_json(events: Iterable[EventDetail], _today: date) -> bytes:
    """A list of objects as `chronograph event ID --format json` prints them."""
    return json.dumps([asdict(detail) for detail in events], ensure_ascii=False, indent=2).encode("utf-8", "replace")


def _row(detail: EventDetail) -> list[object]:
    event = detail.event
    claim = detail.claims[0] if detail.claims else None
    ledger = detail.deadline
    return [
        event.id, event.first_day, event.last_day, event.precision, event.status, event.type, one_line(event.title),
        "; ".join(f"{actor.role}: {one_line(actor.name)}" for actor in event.actors), event.sources, event.claims,
        event.first_reported, event.last_reported, one_line(claim.quote, 32_000) if claim else "",
        one_line(claim.source) if claim else "", claim.url if claim else "",
        *((ledger.due, ledger.state, ledger.slippage) if ledger else ("", "", "")),
    ]  # fmt: skip
