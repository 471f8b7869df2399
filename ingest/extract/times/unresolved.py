"""Expressions that cannot be put on the calendar: the reasons, and what is known all the same."""

from __future__ import annotations

from datetime import date

from ingest.extract.times.expressions import (
    Expression,
    Grant,
    Happening,
    Length,
    Numeric,
    Partial,
    Run,
    Shift,
    Stretch,
    ThisDocument,
    Timed,
)
from ingest.extract.times.lengths import length_value
from ingest.extract.times.spans import whole_steps
from kb.timevalue import Offset, TimeValue, TimexType

NO_PUBLICATION = "relative to the day of publication, which is not known"
NO_FOCUS = "relative to another date, and there is none before it"
NO_WHOLE = "part of a period that has no calendar date"


class Unresolved(Exception):
    """An expression has no calendar interval; the message is the reason."""


def unresolved_value(expression: Expression, reason: str) -> TimeValue:
    """What is known of an expression that has no calendar interval."""
    match expression:
        case Shift():
            value = length_value(expression.length.parts)
            offset = offset_of(expression.length, expression.sign, anchor_text(expression))
            return TimeValue(TimexType.DURATION, value, mod=expression.length.mod, offset=offset, unresolved=reason)
        case Grant(length) | Stretch(length) | Run(length):
            return TimeValue(TimexType.DURATION, length_value(length.parts), mod=length.mod, unresolved=reason)
        case Timed(_, clock):
            return TimeValue(TimexType.TIME, f"XXXX-XX-XXT{clock}", unresolved=reason)
        case Partial():
            return TimeValue(TimexType.DATE, _open_value(expression), unresolved=reason)
        case Numeric(_, _, year):
            return TimeValue(TimexType.DATE, f"{year:04d}-XX-XX", unresolved=reason)
    return TimeValue(TimexType.DATE, "XXXX-XX-XX", unresolved=reason)


def offset_of(length: Length, sign: int, anchor: str, counted_from: date | None = None) -> Offset | None:
    """The distance that a length makes from an anchor, None for a vague or an hourly one."""
    amount, unit = length.parts[0]
    if amount is None or unit.startswith("T"):
        return None
    steps, step_unit = whole_steps(amount, unit, business=length.business)
    return Offset(sign * steps, step_unit, anchor, counted_from)


def anchor_text(shift: Shift) -> str:
    """What a shift counts from, as the text says it; 'publication' where it is the day of the article."""
    anchor = shift.anchor
    return anchor.text if isinstance(anchor, Happening | ThisDocument) else "publication"


def _open_value(p: Partial) -> str:
    """The TIMEX3 value with X for what is not known."""
    year = f"{p.year:04d}" if p.year else "XXXX"
    if p.weekday and not p.month:
        return f"{year}-WXX-{p.weekday}"
    if p.month:
        return f"{year}-{p.month:02d}" + (f"-{p.day:02d}" if p.day else "")
    if p.quarter:
        return f"{year}-Q{p.quarter}"
    return f"{year}-XX-XX"
