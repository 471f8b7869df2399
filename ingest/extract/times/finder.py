"""Finding the temporal expressions of an article, and what each of them means."""

from __future__ import annotations

from datetime import date

from spacy.tokens import Doc

from ingest.extract.times.checks import check_times
from ingest.extract.times.expressions import (
    Expression,
    Found,
    Happening,
    Numeric,
    Partial,
    RangeEnd,
    Shift,
    ThisDocument,
)
from ingest.extract.times.reading import Reading
from ingest.extract.times.resolve import Resolver
from ingest.nlp.words import Words
from kb.model import Span, TimeMention
from kb.timevalue import TimeValue


def find_times(doc: Doc, published: date | None, *, words: Words | None = None) -> tuple[TimeMention, ...]:
    """The temporal expressions of `doc` in text order, each with its exact span.

    They do not overlap, except that the two dates of a range ("from 2009 to 2011") lie inside it. Relative expressions
    are resolved from `published` and from other dates of the text; without a publication day they stay unresolved and
    say so. Blocks in `doc.spans["boilerplate"]` are skipped. The tense of a clause is read from the dependency parse,
    names from the entities, where `doc` has them. `words` are those of `doc`, if somebody has made them already.
    """
    words = words or Words(doc)
    text = words.text
    read = list(Reading(words).expressions())
    resolver = Resolver(published, day_first=_day_first(text, [found for found, _ in read]))
    values = [resolver.resolve(found.expression, place) for found, place in read]
    # What happens may be dated only further down ("the day before his inauguration … sworn in on January 20").
    values = [
        resolver.resolve(found.expression, place, again=True) if _may_be_dated_below(found, value) else value
        for (found, place), value in zip(read, values, strict=True)
    ]
    mentions = [_mention(text, found, value) for (found, _), value in zip(read, values, strict=True)]
    return check_times(mentions, [place for _, place in read], published)


def _may_be_dated_below(found: Found, value: TimeValue) -> bool:
    """True for what is unresolved and counts from something that the text may date further down."""
    expression = found.expression
    counts_on = isinstance(expression, Shift) and isinstance(expression.anchor, Happening | ThisDocument)
    return counts_on and value.unresolved is not None


def _mention(text: str, found: Found, value: TimeValue) -> TimeMention:
    """The mention; a length whose anchor is not dated stands alone, without "within" and without the anchor."""
    start, end, shift = found.start, found.end, found.expression
    if value.interval is None and isinstance(shift, Shift):
        start = shift.begins or start
        end = shift.anchor.behind if value.unresolved and isinstance(shift.anchor, Happening) else end
    return TimeMention(Span(start, end, text[start:end]), value)


def _day_first(text: str, found: list[Found]) -> bool | None:
    """How the article writes dates: day first, month first (also without evidence), or None if in both orders."""
    if not any(isinstance(_own(f), Numeric) for f in found):
        return False
    orders = {text[f.start].isdigit() for f in found if _shows_order(text, f)}
    return None if len(orders) == 2 else True in orders


def _shows_order(text: str, found: Found) -> bool:
    p = _own(found)
    full = isinstance(p, Partial) and p.day and p.month and not p.weekday
    return bool(full) and not text[found.start : found.start + 4].isdigit()


def _own(found: Found) -> Expression:
    return found.expression.own if isinstance(found.expression, RangeEnd) else found.expression
