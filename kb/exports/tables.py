"""Events as CSV, one a row, and as JSON with every claim."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

from kb.exports.harmless import as_cell, one_line
from kb.queries.changes import Difference
from kb.queries.views import EventDetail

COLUMNS = (
    "id", "first_day", "last_day", "precision", "status", "type", "title", "actors", "sources", "claims",
    "first_reported", "last_reported", "quote", "quoted_from", "url", "due", "state", "slippage",
)  # fmt: skip
"""The last three are those of a deadline's ledger, where an event has one: the day it runs out, what became of it, and
by how many days it was put off."""
CHANGES = (
    "change", "id", "type", "title", "status_before", "status", "first_day_before", "last_day_before", "first_day",
    "last_day", "sources", "last_reported",
)  # fmt: skip


def as_csv(events: Iterable[EventDetail], _today: date) -> bytes:
    """A table that opens in a spreadsheet, in UTF-8 with its mark; no cell is a formula."""
    return _table(COLUMNS, map(_row, events))


def as_json(events: Iterable[EventDetail], _today: date) -> bytes:
    """A list of objects as `chronograph event ID --format json` prints them."""
    return json.dumps([asdict(detail) for detail in events], ensure_ascii=False, indent=2).encode("utf-8", "replace")


def changes_as_csv(found: Iterable[Difference]) -> bytes:
    """What changed between two days, one event a row: as it was, and as it is; for a spreadsheet like `as_csv`."""
    return _table(CHANGES, map(_changed, found))


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([as_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _changed(one: Difference) -> list[object]:
    event, before, after = one.event, one.before, one.after
    return [
        one.change.value, event.id, event.type, one_line(event.title),
        before.status if before else "", after.status if after else "",
        *((before.first_day, before.last_day) if before else ("", "")),
        *((after.first_day, after.last_day) if after else ("", "")),
        event.sources, event.last_reported,
    ]  # fmt: skip


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
