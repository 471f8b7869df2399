"""Full dates in formats that the grammar does not know, read by dateparser inside spaCy's DATE entities."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache

from spacy.tokens import Doc

from ingest.extract.times.expressions import Expression, Found, Partial, Timed

_WORTH = re.compile(r"[\w .,/:'-]{6,40}")
"""Entities that may hold a full date, by their length and signs."""
_DAY = re.compile(r"(?<![0-9])[0-3]?[0-9](?![0-9])")
_MONTH = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])")


def find_free_dates(doc: Doc, found: Sequence[Found]) -> Iterator[Found]:
    """Dates with day, month and year that the expressions `found` miss or read in part: "Sun Jan 5 10:30:00 2021"."""
    at = 0
    for entity in doc.ents:
        if entity.label_ != "DATE" or not _is_worth(entity.text):
            continue
        start, end = entity.start_char, entity.end_char
        while at < len(found) and found[at].end <= start:
            at += 1
        inside = [f for f in found[at : at + 4] if f.start < end]
        if all(f.end <= end and _in_part(f.expression) for f in inside) and (full := _read(entity.text)):
            yield Found(full, start, end)


def _is_worth(text: str) -> bool:
    return bool(_WORTH.fullmatch(text) and _YEAR.search(text) and _DAY.search(text) and _MONTH.search(text))


def _in_part(expression: Expression) -> bool:
    """True if an expression may be the part of a date: a day without a year, a mere year, a time."""
    if isinstance(expression, Timed):
        return expression.date is None or _in_part(expression.date)
    return isinstance(expression, Partial) and not (expression.year and expression.month)


def _read(text: str) -> Partial | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # dateparser warns of its own use of deprecated calls
        moment = _full_date_reader()(text)
    return Partial(year=moment.year, month=moment.month, day=moment.day) if moment else None


@cache
def _full_date_reader() -> Callable[[str], date | None]:
    from dateparser.date import DateDataParser  # takes a second to import, and most articles never need it

    parts = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"]}
    parser = DateDataParser(languages=["en"], settings=parts)

    def read(text: str) -> date | None:
        moment: date | None = parser.get_date_data(text).date_obj
        return moment

    return read
