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
        "Published March 12, 2024 | Updated 9:14 a.m.",
        "Subscribe by March 31 and save 20%.",
        "LIKE 0",
        "Comments (12)",
        "5 min read",
        "Advertisement",
        "FOR IMMEDIATE RELEASE",
        "Media contact: Press Office, (202) 555-0143",
        "This video can not be played",
        "|---|---|",
        "* * *",
        "Share",
        "  • Subscribe To Our News",
        "Sign up for our morning letter",
        "We use cookies to improve your experience",
        "Reporting by Jane Doe; Editing by John Roe",
        "© 2025 The Ledger. All rights reserved.",
        "Read more: Five things to know about the law",
        "Read also: Why the law matters",
        "Follow us on X and Facebook",
        "Home | Politics | World | Business | Elections 2024",
        "Home > News > Politics > 2025 > March",
        "Home | World | Courts | Published March 3, 2025 | By Ada Roe",
        "Home » News » Posted on 3 March 2025",
        "Our privacy policy changed on May 25, 2024. Please review it.",
        "We and our 842 partners store and access personal data on your device until December 31, 2025.",
        "Last updated on 4 March 2025 at 10.12 GMT",
        "Published: March 3, 2025 at 4:15 PM EST",
        "Posted on January 5, 2025 by admin",
        "FILE - President Joe Biden signs the bill on April 24, 2024, in Washington.",
        "A protester holds a sign outside the court on January 10, 2025. REUTERS/John Smith",
        "ALSO READ | Minister resigns on Sunday",
        "More on this story: Tariffs take effect on April 2",
        "This article was amended on 4 March 2025 to correct the name of the judge.",
        "A version of this article appears in print on March 4, 2025, Section A, Page 1.",
        "You have read 2 of 5 free articles this month.",
        "Photograph: John Roe/Agency, taken on March 3, 2025",
        "Subscribe now: $1 a week until April 30, 2025",
        "We have updated our privacy policy, effective January 1, 2025. By continuing you accept it.",
        "Accept all cookies. Your choice was saved on March 3, 2025.",
        "Terms of use updated March 1, 2025",
        "Next article: The senate voted on March 4, 2025",
        "Previous: Minister resigned on Friday",
        "About the author: Jane Doe has written here since 2005.",
        "Copyright 2025 Wire Inc. This material was published on March 3, 2025 and may not be redistributed.",
    ],
)
def test_a_line_that_is_no_story_is_dropped_wherever_it_stands(line: str) -> None:
    assert dropped(f"{STORY}\n{line}\n\n{STORY}") == [line.strip()]


def test_a_long_request_for_consent_is_dropped() -> None:
    line = "We use cookies and similar technologies on this site. " + "They remember your choices for 13 months. " * 12
    assert dropped(f"{STORY}\n{line}\n\n{STORY}") == [line.strip()]


@pytest.mark.parametrize(
    "line",
    [
        "Jane Doe is a reporter in the Washington bureau. She joined the paper in 2019.",
        "Jane Doe has covered trade policy since 2015. Follow her on X @janedoe.",
        "Jane Doe covers courts for the Daily News. She joined the paper in 2019 and won a prize in 2021.",
        "Jane Doe writes about trade. She moved to Geneva in May 2021.",
    ],
)
def test_the_author_is_introduced_at_the_end_only(line: str) -> None:
    assert dropped(f"{STORY}\n{STORY}\n{line}\n") == [line]
    assert dropped(f"{line}\n" + STORY * 6) == []


def test_what_the_sender_of_a_release_says_of_itself_is_dropped() -> None:
    about = ["# # #", "About the Agency", "The Agency protects consumers and was founded on 3 March 1995 in Dublin."]
    assert dropped(f"{STORY}{STORY}" + "\n".join(about)) == about
    assert dropped(f"{STORY}{STORY}ENDS\n{STORY}") == ["ENDS"]
    elsewhere = "About Time\nIt was about time that the court ruled, and on Friday it did, to the relief of many.\n"
    assert dropped(elsewhere + STORY * 5) == []


def test_a_name_with_an_office_at_the_paper_is_dropped_at_the_head() -> None:
    assert dropped(f"Court lets law stand\nJane Doe\nLegal correspondent\n{STORY}") == [
        "Jane Doe",
        "Legal correspondent",
    ]
    assert dropped(f"Court lets law stand\nJane Doe\nThe plaintiff\n{STORY}") == []


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
        pytest.param("Published figures show that exports fell on March 3, 2025.\n" + STORY, id="published as a word"),
        pytest.param("| Vote | March 3, 2025 |\n" + STORY, id="a short row of a table"),
        pytest.param("| March 3, 2025 | Court rules | Appeal |\n" + STORY, id="a row of a table"),
        pytest.param(
            "The watchdog fined the firm over cookies in 2022, and you can refuse them.\n" + STORY, id="cookies"
        ),
        pytest.param("Ann Roe is a reporter who was freed on Monday.\n" + STORY * 5, id="a reporter in the news"),
        pytest.param("Previous rules lapsed on March 3, 2025.\n" + STORY, id="previous as a word"),
        pytest.param("Terms of use of the app changed on March 3, 2025.\n" + STORY, id="terms of use in the news"),
        pytest.param("Copyright law changes on March 3, 2025.\n" + STORY, id="copyright in the news"),
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
