from datetime import date

import pytest

from kb.timevalue import Interval
from ui import days


@pytest.mark.parametrize(
    ("first", "last", "precision", "short", "long"),
    [
        pytest.param("2025-01-10", "2025-01-10", "day", "10 Jan 2025", "10 January 2025 (day)", id="day"),
        pytest.param("2024-12-01", "2024-12-31", "month", "Dec 2024", "December 2024 (month)", id="month"),
        pytest.param("2009-01-01", "2009-03-31", "quarter", "Q1 2009", "Q1 2009 (quarter)", id="quarter"),
        pytest.param("2024-12-01", "2025-02-28", "season", "Winter 2024–25", "Winter 2024–25 (season)", id="winter"),
        pytest.param("1999-12-01", "2000-02-29", "season", "Winter 1999–00", "Winter 1999–00 (season)", id="century"),
        pytest.param("2024-06-01", "2024-08-31", "season", "Summer 2024", "Summer 2024 (season)", id="summer"),
        pytest.param("2009-01-01", "2009-12-31", "year", "2009", "2009 (year)", id="year"),
        pytest.param("1990-01-01", "1999-12-31", "decade", "1990s", "1990s (decade)", id="decade"),
        pytest.param("2025-01-06", "2025-01-12", "week", "6–12 Jan 2025", "6–12 January 2025 (week)", id="week"),
        pytest.param("2024-06-01", "2024-06-10", "range", "1–10 Jun 2024", "1–10 June 2024 (range)", id="early June"),
        pytest.param(
            "2024-05-28", "2024-06-03", "range", "28 May – 3 Jun 2024", "28 May – 3 June 2024 (range)", id="two months"
        ),
        pytest.param(
            "2024-12-30", "2025-01-05", "week", "30 Dec 2024 – 5 Jan 2025", "30 December 2024 – 5 January 2025 (week)",
            id="two years",
        ),
        pytest.param("2006-10-01", "2006-12-31", "range", "Oct–Dec 2006", "October–December 2006 (range)", id="months"),
        pytest.param(
            "2023-11-01", "2024-01-31", "range", "Nov 2023 – Jan 2024", "November 2023 – January 2024 (range)",
            id="winter months",
        ),
        pytest.param("2006-01-01", "2008-12-31", "range", "2006–2008", "2006–2008 (range)", id="years"),
        pytest.param(None, None, None, "undated", "undated", id="no date"),
    ],
)  # fmt: skip
def test_days_are_said_as_precisely_as_they_are_known(first, last, precision, short, long):
    assert days.span(first, last, precision) == short
    assert days.span_in_words(first, last, precision) == long


def test_a_publication_day_may_be_missing():
    assert days.day(None) == "–"
    assert days.day("2025-01-09") == "9 Jan 2025"


@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_is_never_given_a_day(month):
    whole = Interval.month(2024, month)
    assert not days.span(whole.first_day, whole.last_day, "month")[0].isdigit()
    assert days.span(whole.first_day, whole.last_day, "range") == days.span(whole.first_day, whole.last_day, "month")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        pytest.param("2025-01-10", "2025-01-10", "today", id="today"),
        pytest.param("2025-01-15", "2025-01-15", "in 5 days", id="a day"),
        pytest.param("2025-02-01", "2025-02-28", "in 22 to 49 days", id="a month to come"),
        pytest.param("2025-01-01", "2025-12-31", "within 355 days", id="the year that runs"),
        pytest.param("2024-01-01", "2025-01-11", "within 1 day", id="until tomorrow"),
        pytest.param("2024-01-01", "2024-12-31", "10 days ago", id="a year that is over"),
        pytest.param("2025-01-01", "2025-01-10", "today", id="its last day"),
    ],
)
def test_how_far_away_a_span_is_is_said_as_precisely_as_it_is_known(first, last, words):
    assert days.countdown(first, last, date(2025, 1, 10)) == words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2025-01-19 or 2025-04-05", "19 Jan 2025 or 5 Apr 2025"),
        ("fee: 2025-02-30 or 10", "fee: 2025-02-30 or 10"),
        ("case 12025-01-190, a-2025-01-19", "case 12025-01-190, a-2025-01-19"),
        ("٢٠٢٥-٠١-١٩", "٢٠٢٥-٠١-١٩"),
    ],
    ids=["days", "no day", "longer numbers", "other digits"],
)
def test_days_in_the_programs_own_words_are_written_like_all_others(text, shown):
    assert days.in_text(text) == shown
