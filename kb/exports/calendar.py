"""Events as an iCalendar file (RFC 5545) that can be read again and again: an event that moves, moves.

The id of an event is its UID; SEQUENCE goes up with every change of its days or its status, so a subscriber's calendar
takes the new one for a change of the old.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from kb.exports.harmless import one_line, web_address
from kb.model import EventStatus as Status
from kb.queries.views import EventDetail, StepView

_STATUS: dict[str, str] = {
    Status.PROPOSED: "TENTATIVE", Status.HYPOTHETICAL: "TENTATIVE", Status.CANCELLED: "CANCELLED",
    Status.DENIED: "CANCELLED", Status.OVERTAKEN: "CANCELLED", "lapsed": "CANCELLED", "waived": "CANCELLED",
}  # fmt: skip
_PENDING = ("open", "passed")
"""States of a deadline that say no more than its day does."""
_OCTETS = 75


def write(events: Iterable[EventDetail], _today: date) -> bytes:
    """A calendar of whole-day events, each as long as the text is vague: a month is a month."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Chronograph//Chronograph//EN", "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Chronograph", "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]  # fmt: skip
    for detail in events:
        lines += _event(detail)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode("utf-8", "replace")


def sequence(detail: EventDetail) -> int:
    """How often days or status of the event have changed, as its claims tell and, of a deadline, as its ledger does."""
    steps = [(step.first_day, step.last_day, step.status) for step in detail.revisions]
    told = sum(before != after for before, after in pairwise(steps))
    return told + (len(detail.deadline.steps) - 1 if detail.deadline else 0)


def _event(detail: EventDetail) -> Iterator[str]:
    event = detail.event
    stamp = _stamp(detail)
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}@chronograph"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"SEQUENCE:{sequence(detail)}"
    first, last = _days(detail)
    yield f"DTSTART;VALUE=DATE:{first.replace('-', '')}"
    end = date.fromisoformat(last)
    if end < date.max:
        yield f"DTEND;VALUE=DATE:{(end + timedelta(days=1)).isoformat().replace('-', '')}"
    yield f"SUMMARY:{_text(_summary(detail))}"
    yield f"DESCRIPTION:{_text(_description(detail))}"
    yield f"STATUS:{_STATUS.get(_state(detail), 'CONFIRMED')}"
    yield f"CATEGORIES:{_text(event.type.replace('_', ' '))},{_text(event.status)}"
    yield "TRANSP:TRANSPARENT"
    url = next((found for claim in detail.claims if (found := web_address(claim.url))), None)
    if url:
        yield f"URL:{url}"
    yield "END:VEVENT"


def _days(detail: EventDetail) -> tuple[str, str]:
    """Its first and last day: the due day, where the ledger of a deadline has another one than its claims."""
    event = detail.event
    if detail.deadline is None or detail.deadline.due == event.last_day:
        return event.first_day, event.last_day
    return detail.deadline.due, detail.deadline.due


def _state(detail: EventDetail) -> str:
    """What became of a deadline, if anything was told of that; else the status of the event."""
    ledger = detail.deadline
    return ledger.state if ledger and ledger.state not in _PENDING else detail.event.status


def _summary(detail: EventDetail) -> str:
    state = _state(detail)
    told = "" if state in {Status.OCCURRED, Status.SCHEDULED} else f"[{state}] "
    return told + one_line(detail.event.title, 200)


def _description(detail: EventDetail) -> str:
    """Every quote with its source, newest last, and the days the event stood on before."""
    quotes = [
        f"“{one_line(claim.quote, 600)}” ({one_line(claim.source) or 'unnamed source'}, {claim.published or 'undated'})"
        for claim in detail.claims[:10]
    ]
    known = [step.first_day for step in detail.revisions] + [step.due for step in _steps(detail)]
    before = dict.fromkeys(day for day in known if day not in _days(detail))
    moved = [f"Before: {', '.join(before)}"] if before else []
    vague = [] if detail.event.precision == "day" else [f"The text gives the {detail.event.precision}, not the day."]
    return "\n".join([*vague, *moved, *quotes])


def _steps(detail: EventDetail) -> tuple[StepView, ...]:
    return detail.deadline.steps if detail.deadline else ()


def _stamp(detail: EventDetail) -> str:
    """When the newest claim was recorded: no clock, so that the same graph gives the same file."""
    told = [*detail.claims, *(step.claim for step in _steps(detail))]
    newest = max((claim.recorded_at for claim in told), default="1970-01-01T00:00:00")
    digits = "".join(char for char in newest[:19] if char.isdigit()).ljust(14, "0")
    return f"{digits[:8]}T{digits[8:14]}Z"


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> Iterator[str]:
    """`line` in pieces of at most 75 octets, those after the first with a space in front; no character is cut."""
    piece, size = "", 0
    for char in line:
        width = len(char.encode("utf-8", "replace"))
        if size + width > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece += char
        size += width
    yield piece
