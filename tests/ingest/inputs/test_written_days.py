"""Full days in a line, in many ways of writing them, and nothing that is less than a day."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ingest.inputs.written_days import days_in, with_iso_day

DAY = date(2024, 3, 15)


@pytest.mark.parametrize(
    "line",
    [
        "March 15, 2024",
        "15th March 2024",
        "Friday, 15 March 2024 at 10:20",
        "15-Mar-2024",
        "15.03.2024",
        "15/3/2024",
        "03/15/2024",
        "15 | 03 | 2024",
        "2024-03-15",
        "2024/3/15",
        "3/15/24",
        "am 15.3.24",
        "15 Mar 24",
        "15 marzo ’24",
        "15. März 2024",
        "Publié le 15 mars 2024 à 10h30",
        "15 de marzo de 2024",
        "15 marzo 2024",
        "15 maart 2024",
        "15 de março de 2024",
        "15 marca 2024",
        "15 марта 2024",
        "15 березня 2024",
        "15 Mart 2024",
        "15. března 2024",
        "2024. március 15.",
        "15 Μαρτίου 2024",
        "15. maaliskuuta 2024",
        "2024年3月15日",
        "2024년 3월 15일",
    ],
)
def test_a_day_is_read_however_it_is_written(line: str) -> None:
    assert days_in(line) == {DAY}


@pytest.mark.parametrize(
    "line", ["March 2024", "15 March", "2024", "04/03/2024", "section 5.3.24", "31 February 2024", "15 Foo 2024", ""]
)
def test_what_is_less_than_a_day_or_may_be_two_is_none(line: str) -> None:
    assert days_in(line) == set()


def test_the_order_of_numbers_is_that_of_the_place() -> None:
    assert days_in("04/03/2024", day_first=True) == {date(2024, 3, 4)}
    assert days_in("04/03/2024", day_first=False) == {date(2024, 4, 3)}


@pytest.mark.parametrize(
    "line", ["15 December 2024", "15. Dezember 2024", "15 de dezembro de 2024", "15 décembre 2024", "15 Dec 24"]
)
def test_the_start_of_a_months_name_is_no_word_of_its_own(line: str) -> None:
    assert days_in(line) == {date(2024, 12, 15)}


def test_a_year_of_two_digits_is_one_of_the_web() -> None:
    assert days_in("15 March 98") == {date(1998, 3, 15)}


def test_the_clock_after_a_day_is_kept() -> None:
    assert with_iso_day("Παρ, 15 Μαρτίου 2024 12:00:00 EST") == "2024-03-15 12:00:00 EST"
    assert with_iso_day("soon") is None


def test_no_name_of_a_month_is_of_two() -> None:
    sheet = yaml.safe_load(files("ingest.inputs").joinpath("months.yaml").read_text("utf-8"))
    names = [name for listed in sheet.values() for name in set(listed.split())]
    assert len(names) == len(set(names))


@given(st.text(max_size=500) | st.text("0123456789-/.| ", max_size=500))
def test_no_line_breaks_the_reading(line: str) -> None:
    days_in(line, day_first=True)
