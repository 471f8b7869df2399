"""Which lines are not part of a story, and that everything else is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.boilerplate import find_boilerplate

STORY = "The court ruled on Friday that the law may stand, and the company said that it would appeal at once.\n"


def dropped(text: str) -> list[str]:
    return [line.strip() for start, end in find_boilerplate(text) for line in text[start:end].splitlines() if line]


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe",
        "jane ・ Jan. 15, 2025",
        "Published January 15, 2025 at 5:00 p.m.",
    ],
)
def test_a_byline_at_the_head_is_dropped(line: str) -> None:
    assert dropped(f"Judge lets law stand\n{line}\n\n{STORY}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Image Source: Getty Images",
        "Photo by Jane Doe/Reuters",
        "Screenshot of the download page",
        "LIKE 0",
        "Comments (12)",
        "5 min read",
        "Advertisement",
        "Share",
        "  • Subscribe To Our News",
        "Sign up for our morning letter",
        "We use cookies to improve your experience",
        "Reporting by Jane Doe; Editing by John Roe",
        "© 2025 The Ledger. All rights reserved.",
        "Read more: Five things to know about the law",
        "Read also: Why the law matters",
        "Follow us on X and Facebook",
    ],
)
def test_a_line_that_is_no_story_is_dropped_wherever_it_stands(line: str) -> None:
    assert dropped(f"{STORY}\n{line}\n\n{STORY}") == [line.strip()]


@pytest.mark.parametrize(
    "heading", ["Related Posts", "READ NEXT", "More from The Ledger", "You may also like", "Most read:"]
)
def test_the_headlines_of_other_stories_are_dropped(heading: str) -> None:
    tail = [heading, "Trump to decide on app this weekend", "What’s next for the app?", "Chip maker to spin off a unit"]
    assert dropped(STORY + "\n".join(tail)) == tail


def test_the_story_after_an_inserted_link_list_is_kept() -> None:
    text = f"{STORY}Related:\nJudge doubts the law\n{STORY}"
    assert dropped(text) == ["Related:", "Judge doubts the law"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Section 1. Purpose.\n(a) The agency shall report.\n(b) Fees.\n(c) Terms.\n", id="an order"),
        pytest.param("- 1 January: the ban applies\n- 2 March: fines start\n* 5 May\n", id="a list of dates"),
        pytest.param("Q: What now?\nA: The court decides on Friday.\n", id="questions and answers"),
        pytest.param("Court lets the law stand\n\n" + STORY, id="a headline"),
        pytest.param("Share prices fell on Friday.\nLike others, it sold.\nHome sales rose.\n", id="words of buttons"),
        pytest.param("Related cases were heard on Monday.\n" + STORY, id="a sentence that starts like a heading"),
        pytest.param("The photo by Doe was published on May 5, 2024.\n" + STORY, id="a credit inside a sentence"),
        pytest.param("By January 19, the company must sell.\n" + STORY, id="a sentence that starts with By"),
        pytest.param("By Jane Doe", id="nothing but a byline"),
        pytest.param("", id="nothing"),
    ],
)
def test_story_is_kept(text: str) -> None:
    assert dropped(text) == []


@given(
    st.lists(st.sampled_from([STORY, "\n", "Related Posts\n", "LIKE 0\n", "Jan. 15, 2025\n", "By Jane\n", "x", " "]))
)
def test_ranges_are_whole_lines_sorted_and_disjoint(parts: list[str]) -> None:
    text = "".join(parts)
    ranges = find_boilerplate(text)
    for start, end in ranges:
        assert start < end
        assert start == 0 or text[start - 1] == "\n"
        assert end == len(text) or text[end - 1] == "\n"
    assert all(first[1] < second[0] for first, second in pairwise(ranges))
