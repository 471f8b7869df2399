"""Moments as machines write them, in every dialect."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.inputs.moment import Moment, read_moment

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        pytest.param("2025-01-17", Moment(date(2025, 1, 17)), id="a day stays where it is"),
        pytest.param("Fri, 17 Jan 2025 03:00:00 GMT", Moment(date(2025, 1, 16), "2025-01-17T03:00:00+00:00"), id="RFC"),
        pytest.param("2025-01-17T03:00:00", Moment(date(2025, 1, 17), "2025-01-17T03:00:00"), id="no offset"),
        pytest.param("January 17", None, id="no year"),
        pytest.param("2025-01", None, id="a month"),
        pytest.param("2025", None, id="a year"),
        pytest.param(20250117, None, id="a number"),
        pytest.param("0001-01-01T00:00:00+00:00", None, id="the first year"),
        pytest.param("9999-12-31T23:59:59-12:00", None, id="the last year"),
        pytest.param("0000-00-00T00:00:00", None, id="no day at all"),
        pytest.param("x" * 100, None, id="long"),
        pytest.param("2025-01-17T24:00:00Z", Moment(date(2025, 1, 17), "2025-01-18T00:00:00+00:00"), id="24 o'clock"),
        pytest.param(
            "2025-01-17T10:14:60Z", Moment(date(2025, 1, 17), "2025-01-17T10:14:59+00:00"), id="a leap second"
        ),
        pytest.param("2025-01-17T10Z", Moment(date(2025, 1, 17), "2025-01-17T10:00:00+00:00"), id="hours alone"),
        pytest.param(
            "2025-01-17 01:00 EST", Moment(date(2025, 1, 17), "2025-01-17T01:00:00-05:00"), id="a zone's name"
        ),
        pytest.param("2025-01-17T08:00:00 +0200", Moment(date(2025, 1, 17), "2025-01-17T08:00:00+02:00"), id="apart"),
        pytest.param("2025-1-7", Moment(date(2025, 1, 7)), id="single digits"),
        pytest.param("2025-017", Moment(date(2025, 1, 17)), id="the day of a year"),
        pytest.param("2025-366", None, id="a day that the year has not"),
        pytest.param(
            "Fri, 2025/01/17 08:19:53 EST", Moment(date(2025, 1, 17), "2025-01-17T08:19:53-05:00"), id="slashes"
        ),
        pytest.param("January 17, 2025 8:00 PM EST", Moment(date(2025, 1, 17), "2025-01-17T20:00:00-05:00"), id="PM"),
        pytest.param(
            "January 17, 2025 12:05 a.m. EST", Moment(date(2025, 1, 17), "2025-01-17T00:05:00-05:00"), id="a.m."
        ),
        pytest.param("17.01.2025", Moment(date(2025, 1, 17)), id="with dots"),
        pytest.param("01/17/2025", Moment(date(2025, 1, 17)), id="American"),
        pytest.param("17/01/2025 10:00", Moment(date(2025, 1, 17)), id="British"),
        pytest.param("01/02/2025", None, id="American or British"),
        pytest.param("02/02/2025", Moment(date(2025, 2, 2)), id="American and British"),
        pytest.param("31.02.2025", None, id="a day that the month has not"),
        pytest.param("17. Januar 2025", Moment(date(2025, 1, 17)), id="German"),
        pytest.param(
            "17 janvier 2025 à 10h30", Moment(date(2025, 1, 17), "2025-01-17T10:30:00"), id="French, with its clock"
        ),
        pytest.param("17 de enero de 2025", Moment(date(2025, 1, 17)), id="Spanish"),
        pytest.param("2025年1月17日", Moment(date(2025, 1, 17)), id="Japanese"),
        pytest.param("Januar 2025", None, id="a month in German"),
        pytest.param("32. Januar 2025", None, id="no day in German"),
        pytest.param(
            "Fri, 17 Jan 2025 21:30:00 PT",
            Moment(date(2025, 1, 18), "2025-01-17T21:30:00-08:00"),
            id="a zone without its season",
        ),
        pytest.param(
            "Thu, 17 Jul 2025 21:30:00 ET", Moment(date(2025, 7, 17), "2025-07-17T21:30:00-04:00"), id="in summer"
        ),
        pytest.param(
            "Fri, 17 Jan 2025 03:00:00 -0000",
            Moment(date(2025, 1, 16), "2025-01-17T03:00:00+00:00"),
            id="universal time of nowhere",
        ),
        pytest.param(
            "Fri, 17 Jan 2025 03:00:00 CET",
            Moment(date(2025, 1, 16), "2025-01-17T03:00:00+01:00"),
            id="a zone of Europe in a mail",
        ),
        pytest.param(
            "Fri, 17 Jan 2025 03:00:00 GMT-01:01",
            Moment(date(2025, 1, 16), "2025-01-17T03:00:00-01:01"),
            id="an offset of both standards",
        ),
        pytest.param(
            "17. Januar 2025 14:56 MEZ",
            Moment(date(2025, 1, 17), "2025-01-17T14:56:00+01:00"),
            id="German, with clock and zone",
        ),
        pytest.param("17 janvier 2025 10:00 XYZ", Moment(date(2025, 1, 17)), id="a zone that nobody knows"),
        pytest.param("Fri Jan 17 10:00:00 2025", Moment(date(2025, 1, 17), "2025-01-17T10:00:00"), id="as C writes it"),
        pytest.param("Fri, 17 Jan xx 10:00:00 +0000", None, id="an offset is no year"),
        pytest.param("17 Jan 25", Moment(date(2025, 1, 17)), id="a year of two digits"),
        pytest.param("2025-W03-5", Moment(date(2025, 1, 17)), id="the day of a week"),
        pytest.param("2025-W03", None, id="a week"),
        pytest.param("1970-01-01T00:00:00Z", None, id="what computers write for no day"),
        pytest.param("1737082800", Moment(date(2025, 1, 16), "2025-01-17T03:00:00+00:00"), id="seconds"),
        pytest.param(1737082800, Moment(date(2025, 1, 16), "2025-01-17T03:00:00+00:00"), id="seconds as a number"),
        pytest.param(1737082800123, Moment(date(2025, 1, 16), "2025-01-17T03:00:00+00:00"), id="milliseconds"),
        pytest.param(20250117, None, id="a number that is no time"),
        pytest.param(True, None, id="no number"),
    ],
)
def test_a_moment_is_read_from_what_machines_write(text: object, moment: Moment | None) -> None:
    assert read_moment(text, NEW_YORK) == moment


@given(st.text(max_size=70) | st.text("0123456789-/.:TZ +apmGSE", max_size=30))
def test_no_text_breaks_the_reading_of_moments(text: str) -> None:
    read_moment(text, NEW_YORK)


@given(st.datetimes(timezones=st.just(NEW_YORK)))
@example(datetime(1970, 1, 1, tzinfo=NEW_YORK))
@example(datetime(1969, 12, 31, 19, tzinfo=NEW_YORK))
def test_what_is_written_in_iso_is_read_as_it_was(moment) -> None:
    if 1 < moment.year < 9998:
        found = read_moment(moment.isoformat(), NEW_YORK)
        no_day = moment.date() in (date(1969, 12, 31), date(1970, 1, 1))
        assert (found and found.day) == (None if no_day else moment.date())
