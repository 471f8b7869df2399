"""The head of a plain text: which line is the headline, which one says when."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.inputs.head import byline_day, find_published, find_title, is_byline, parse_date
from kb.errors import TimeValueError

STORY = "The court ruled on Friday that the law may stand, and the company said that it would appeal. " * 4


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Jan. 15, 2025", "2025-01-15"),
        ("January 15th, 2025", "2025-01-15"),
        ("15 January 2025", "2025-01-15"),
        ("Wednesday, January 15, 2025", "2025-01-15"),
        ("2025-01-15", "2025-01-15"),
        ("2025-01-15T10:00:00Z", "2025-01-15"),
        ("Published: Jan 15, 2025 10:30 AM EST", "2025-01-15"),
        ("Updated 3:15 p.m. ET Jan. 16, 2025", "2025-01-16"),
        ("Posted on Jan 5, 2025 by Bob Smith", "2025-01-05"),
        ("By Jane Doe | Jan. 15, 2025, 5:00 p.m. ET", "2025-01-15"),
        ("Jane Doe, January 15, 2025", "2025-01-15"),
        ("janedoe ・ Jan. 15, 2025", "2025-01-15"),
        ("Jan 15, 2025 · 4 min read", "2025-01-15"),
        ("The Deccan Observer, 22 March 2024", "2024-03-22"),
        ("HELSINKI, 1 August 2024", "2024-08-01"),
        ("**Sept. 3, 2024**", "2024-09-03"),
        ("Transcript of the broadcast of January 10, 2025", "2025-01-10"),
        ("TikTok ban takes effect on Jan. 19, 2025", None),
        ("Jan. 6, 2021 riot suspects charged", None),
        ("Jan. 6, 2021: What happened", None),
        ("Congress votes on Jan. 6, 2021 panel", None),
        ("The court ruled Jan. 17, 2025", None),
        ("Deadline: Jan 19, 2025", None),
        ("Jan. 15", None),
        ("January 2025", None),
        ("Feb. 30, 2025", None),
        ("", None),
    ],
)
def test_a_byline_gives_its_day_and_a_headline_none(line: str, day: str | None) -> None:
    assert byline_day(line) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param(f"Judge lets the law stand\nBy Jane Doe\nJan. 15, 2025\n{STORY}", date(2025, 1, 15), id="byline"),
        pytest.param(f"WASHINGTON, Jan. 6, 2025 (Reuters) - {STORY}", date(2025, 1, 6), id="dateline"),
        pytest.param(f"WASHINGTON, Jan 6 (Reuters) - {STORY}", None, id="dateline without a year"),
        pytest.param(
            f"Updated Jan. 16, 2025\nPublished Jan. 15, 2025\n{STORY}", date(2025, 1, 15), id="published first"
        ),
        pytest.param(f"{STORY}\n{STORY}\n{STORY}\nJan. 15, 2025\n", None, id="inside the story"),
        pytest.param(f"On Jan. 15, 2025 the court met. {STORY}", None, id="in the first sentence"),
        pytest.param("", None, id="empty"),
    ],
)
def test_the_day_of_publication_stands_at_the_head(text: str, day: date | None) -> None:
    assert find_published(text) == day


@pytest.mark.parametrize(
    ("head", "title"),
    [
        pytest.param(
            "Judge lets the law stand for now\nBy Jane Doe\n\n", "Judge lets the law stand for now", id="first"
        ),
        pytest.param("jane ・ Jan. 15, 2025\nJudge lets law stand\n", "Judge lets law stand", id="below the byline"),
        pytest.param("PRESS RELEASE\nParis, 1 August 2024\nForum cheers\n", "Forum cheers", id="below a label"),
        pytest.param("Court rules\nBy Jane Doe\n", "Court rules", id="a short one"),
        pytest.param("# Judge lets the law stand\n\n", "Judge lets the law stand", id="a Markdown heading"),
        pytest.param("", None, id="none"),
    ],
)
def test_the_headline_is_found(head: str, title: str | None) -> None:
    assert find_title(head + STORY) == title


def test_an_empty_text_has_no_headline() -> None:
    assert find_title("") is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Jane Doe and John Roe", True),
        ("Jan. 15, 2025", True),
        ("By January, the company must sell.", False),
        ("Judge lets the law stand", False),
    ],
)
def test_a_byline_is_told_from_a_sentence(line: str, expected: bool) -> None:
    assert is_byline(line) is expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-01-15", date(2025, 1, 15)),
        ("2025-01-15T23:59:00+02:00", date(2025, 1, 15)),
        ("Wed, 15 Jan 2025 10:00:00 GMT", date(2025, 1, 15)),
        ("January 15, 2025", date(2025, 1, 15)),
        ("15/01/2025", None),
        ("last Tuesday", None),
        ("published around Jan 15, 2025, I think", None),
    ],
)
def test_a_given_date_is_read_in_full_or_not_at_all(text: str, day: date | None) -> None:
    assert parse_date(text) == day


def test_a_given_date_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(TimeValueError, match="2025-02-30 is not a valid date"):
        parse_date("2025-02-30")


@given(st.text(alphabet="aA1 .,|-:/\n2025Jn", max_size=200))
def test_any_head_is_read_without_an_error(text: str) -> None:
    assert find_published(text) is None or find_published(text) == find_published(text + "\n")
    find_title(text)
