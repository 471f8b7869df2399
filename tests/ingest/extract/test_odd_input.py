"""Texts that are no prose: what they state is read, what they do not state is not made up, and nothing breaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from ingest.boilerplate import find_boilerplate
from kb.model import Claim
from tests.ingest.extract.reading import claims_of

STORY = "The court struck down the tariff on Monday, March 10, 2025, and the ministry said that it would appeal.\n"

Parse = Callable[..., Doc]


def told(claims: tuple[Claim, ...]) -> list[tuple[str, str, str]]:
    return [(c.trigger.text, c.when.interval.first_day, c.when.basis.value) for c in claims if c.when]


def read(parse: Parse, text: str) -> tuple[Claim, ...]:
    return claims_of(parse(text, find_boilerplate(text)))


def test_readers_comments_are_no_story_and_no_quote(parse: Parse) -> None:
    comments = "Comments (12)\nJoeB March 11, 2025 at 9:14 am\nThey fired him on Friday! I voted for her on Tuesday.\n"
    claims = read(parse, STORY + comments)
    assert told(claims) == told(read(parse, STORY))
    assert {claim.sentence.text for claim in claims} == {STORY.strip()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "| Date | Event |\n|---|---|\n| March 3, 2025 | Court upholds the ban |\n| 2 August 2026 | Rules apply |\n",
            [("upholds", "2025-03-03", "explicit"), ("apply", "2026-08-02", "explicit")],
            id="a table",
        ),
        pytest.param(
            "Key dates:\n- January 19, 2025: the ban takes effect\n* Sept. 17, 2025 – deadline for a sale\n",
            [("effect", "2025-01-19", "explicit"), ("deadline", "2025-09-17", "explicit")],
            id="a list",
        ),
        pytest.param(
            "The week.\n\nMarch 3, 2025\n\n- The court struck down the tariff.\n\nMarch 4, 2025\n\n"
            "- The company sued the ministry.\n",
            [("struck", "2025-03-03", "context"), ("sued", "2025-03-04", "context")],
            id="lists under dated headings",
        ),
        pytest.param(
            "Q: When does the law take effect?\nA: On January 19, 2026.\n",
            [("effect", "2026-01-19", "context")],
            id="question and answer",
        ),
        pytest.param(
            "SENATE PASSES BUDGET ON MARCH 3, 2025\n",
            [("PASSES", "2025-03-03", "explicit")],
            id="a headline in capitals",
        ),
        pytest.param(
            "Senate Passes Budget On March 3, 2025\n",
            [("Passes", "2025-03-03", "explicit")],
            id="a headline in title case",
        ),
        pytest.param(
            "LONDON, March 11, 2025 (Wire) - The court ruled on Monday.\n\n"
            "PARIS, March 9, 2025 (Wire) - The senate passed the bill on March 8, 2025.\n",
            [("ruled", "2025-03-10", "relative"), ("passed", "2025-03-08", "explicit")],
            id="datelines of a live blog",
        ),
        pytest.param(
            "def main():\n    if x > date(2024, 1, 1): raise ValueError('expired on 2024-01-01')\n"
            "    return {'released': '2025-03-03', 'v': 3}\n",
            [],
            id="code",
        ),
        pytest.param(
            "SELECT * FROM orders WHERE created >= '2024-01-01' AND status = 'cancelled';\n", [], id="a query"
        ),
        pytest.param("date,event,amount\n2025-03-03,court ruling,5\n2025-04-09,hearing,7\n", [], id="comma-separated"),
        pytest.param("Quarter\tRevenue\nQ1 2024\t310\nQ2 2024\t305\n", [], id="tab-separated"),
        pytest.param(
            "| Act | Adopted | Applies |\n|---|---|---|\n| Data Act | 13 May 2023 | 1 July 2025 |\n",
            [],
            id="a table whose head says what a day is",
        ),
        pytest.param("News\nPolitics\nElections 2024\nSign in\nSubscribe\n", [], id="a menu"),
    ],
)
def test_what_is_no_prose(parse: Parse, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(read(parse, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Parliament passed the {'Very ' * 2000}Long Act on March 3, 2025.", id="a name of words"),
        pytest.param(f"{'The court of ' * 1500}appeals ruled on March 3, 2025.", id="courts of courts"),
        pytest.param(f"Mr Q{'q' * 10_000} resigned on March 3, 2025.", id="one word"),
        pytest.param(f"{'Ann, ' * 3000}and Bob met on March 3, 2025.", id="a list"),
    ],
)
def test_an_endless_name_stops_nothing(parse: Parse, text: str) -> None:
    found = read(parse, text)
    assert found
    assert all(len(claim.title) <= 100 for claim in found)


def test_a_transcript_gives_every_turn_its_speaker(parse: Parse) -> None:
    text = (
        "MODERATOR: Welcome to you all.\nMS. ROE: The agency issued the rule on March 3, 2025.\n"
        "MR. HILL: We sued on March 5, 2025.\nMS. ROE: The court heard us on March 7, 2025.\n"
    )
    said = {
        c.trigger.text: (c.attributed_to or "").upper().removeprefix("MS. ").removeprefix("MR. ")
        for c in read(parse, text)
    }
    assert {word: said[word] for word in ("issued", "sued", "heard")} == {
        "issued": "ROE",
        "sued": "HILL",
        "heard": "ROE",
    }


@pytest.mark.parametrize(
    "line",
    [
        "Home | Politics | World | Business | Elections 2024",
        "By Jane Doe and John Roe, March 3, 2025",
        "Last updated on 4 March 2025 at 10.12 GMT",
        "Published March 12, 2025 at 9:14 am | Updated March 12, 2025 at 10:02 am",
        "Related: Senate passes budget on March 3, 2025",
        "We use cookies on this site until December 31, 2025; your consent was given on March 3, 2025.",
        "Jane Doe is a reporter in the Washington bureau. She joined the paper in 2019.",
    ],
    ids=["navigation", "byline", "stamp", "two stamps", "related post", "cookies", "biography"],
)
@pytest.mark.parametrize("place", ["head", "tail"])
def test_no_event_comes_from_around_the_story(parse: Parse, line: str, place: str) -> None:
    if place == "head" and "reporter" in line:
        line = "Reporting by Jane Doe since March 3, 2025"
    text = f"Judge speaks\n{line}\n\n{STORY}" if place == "head" else f"{STORY}\n{STORY}\n{line}\n"
    start = text.index(line)
    around = [c for c in read(parse, text) if start <= c.trigger.start < start + len(line)]
    assert around == []


@pytest.mark.parametrize(
    "below",
    [
        "Comments (12)\n\nJohnny88 3 hours ago\nThey banned it on March 1, 2025.\nReply\n",
        "12 Comments\nmark_t says:\nMarch 4, 2025 at 9:01 am\nThe minister resigned on March 3, 2025.\n",
        "```python\n# shipped on March 3, 2025\nlog.info('deadline moved to 2025-04-01')\n```\n",
    ],
    ids=["comments", "comments of a blog", "fenced code"],
)
def test_no_event_comes_from_what_is_marked_off(parse: Parse, below: str) -> None:
    text = f"{STORY}\n{STORY}\n{below}"
    assert [c for c in read(parse, text) if c.trigger.start >= text.index(below)] == []


@pytest.mark.parametrize(
    "line", ["Comments", "Comments are due by April 7, 2025.", "Responses to the proposal came in on March 3, 2025."]
)
def test_a_story_about_comments_is_read(parse: Parse, line: str) -> None:
    text = f"{STORY}\n{line}\nThe agency extended the comment period on March 4, 2025.\n"
    assert any(c.trigger.text == "extended" for c in read(parse, text))


def test_a_poem_of_no_date_states_no_dated_event(parse: Parse) -> None:
    text = "The woods are lovely, dark and deep,\nBut I have promises to keep,\nAnd miles to go before I sleep.\n"
    assert told(read(parse, text)) == []


PARTS = [
    STORY,
    "\n",
    "\t",
    "| ",
    "- ",
    '"',
    "“",
    "”",
    "March 3, 2025",
    "by ",
    "?",
    "MS. ROE: ",
    "said ",
    "(",
    ")",
    "1. ",
]
WORDS = ["the deadline ", "from ", "to ", "moved ", "it ", "\u200b", "…", "THE COURT ", "if ", "not ", "according to "]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*PARTS, *WORDS]), max_size=25))
def test_any_mixture_is_read_without_fuss(parse: Parse, parts: list[str]) -> None:
    text = "".join(parts)
    for claim in read(parse, text):
        assert text[claim.trigger.start : claim.trigger.end] == claim.trigger.text
        assert 0 < claim.confidence < 1


def test_a_sentence_without_an_end_is_quoted_in_part(parse: Parse) -> None:
    claims = read(parse, "The Senate approved the bill on January 1, 2025, " * 400)
    assert claims
    assert max(len(claim.sentence.text) for claim in claims) <= 8100
    assert all(c.sentence.start <= c.trigger.start < c.sentence.end for c in claims)
