"""Words are found in what articles say, on both servers, and as far as it was known on a day."""

from __future__ import annotations

from datetime import date

import pytest

from kb import queries
from kb.queries import EventFilter, matches, words_of
from kb.store import Graph
from kb.store.record import record
from kb.store.withdrawing import withdraw
from tests.browser.stories import votes
from tests.contract.synthetic import TEXT, extraction, now

EARLY, LATE = "2025-03-01", date(2025, 4, 1)
SAID_LATE = TEXT.replace("on Friday", "on Friday by a narrow five-four vote")


@pytest.fixture
def told(graph: Graph) -> Graph:
    """A ruling that one article tells of early, another in other words and later; and a vote that two outlets count."""
    late = extraction(0, id_=9, text=SAID_LATE, published=LATE, source="Late Herald")
    articles = [extraction(0), *votes(date(2025, 2, 11), "Ferry Act"), late]
    record(graph, articles, recorded_at=now(), extractor="test")
    return graph


def types_with(graph: Graph, text: str, as_of: str | None = None) -> set[str]:
    """Types of the events that a search finds, by the list and by the columns alike."""
    wanted = EventFilter(text=text, as_of=as_of)
    found = queries.timeline(graph, wanted)
    assert queries.count_events(graph, wanted) == len(found) == len(queries.marks(graph, wanted))
    return {event.type for event in found}


@pytest.mark.parametrize(
    ("text", "types"),
    [
        pytest.param("79", {"legislative_vote"}, id="a number of one outlet"),
        pytest.param("79 ferry", {"legislative_vote"}, id="one word in the quote, one in the title"),
        pytest.param("79 78", {"legislative_vote"}, id="words of two quotes"),
        pytest.param("“79 to 18”", {"legislative_vote"}, id="a phrase"),
        pytest.param('"18 to 79"', set(), id="a phrase the other way round"),
        pytest.param("five\u2011four", {"court_ruling"}, id="another hyphen"),
        pytest.param("bruary", set(), id="no beginning of a word"),
        pytest.param("the five of", {"court_ruling"}, id="small words are left out"),
        pytest.param("--", set(), id="nothing but signs"),
    ],
)
def test_events_are_found_by_what_is_quoted_of_them(told: Graph, text: str, types: set[str]) -> None:
    assert types_with(told, text) == types


def test_what_was_said_later_finds_nothing_on_a_day_before(told: Graph) -> None:
    assert types_with(told, "narrow five-four vote", LATE.isoformat()) == {"court_ruling"}
    assert types_with(told, "narrow five-four vote", EARLY) == set()
    assert types_with(told, "79", EARLY) == {"legislative_vote"}
    assert types_with(told, "upheld", EARLY) == {"court_ruling"}
    assert queries.quotes(told, EventFilter(text="narrow", as_of=EARLY)).total == 0
    assert queries.quotes(told, EventFilter(text="upheld", as_of=EARLY)).total == 1


def test_quotes_come_newest_first_each_sentence_once(told: Graph) -> None:
    record(told, [extraction(0, id_=8, source="Copyist", published=date(2025, 3, 1))], recorded_at=now(), extractor="t")
    found = queries.quotes(told, EventFilter(text="court upheld"))
    assert [claim.source for claim in found.claims] == ["Late Herald", "Outlet 0"]
    assert found.total == 2
    (event,) = queries.timeline(told, EventFilter(types=("court_ruling",)))
    assert {claim.event for claim in found.claims} == {event.id}
    short = queries.quotes(told, EventFilter(text="court upheld"), most=1)
    assert (short.total, len(short.claims)) == (2, 1)


def test_quotes_are_those_of_events_that_pass_the_other_filters(told: Graph) -> None:
    assert queries.quotes(told, EventFilter(text="may", types=("deadline",))).total == 1
    assert queries.quotes(told, EventFilter(text="may", types=("court_ruling",))).total == 0
    assert queries.quotes(told, EventFilter()).total == 0


def test_what_is_withdrawn_is_found_no_more_and_what_is_new_at_once(told: Graph) -> None:
    assert types_with(told, "narrow") == {"court_ruling"}
    withdraw(told, ["article-9"], by="somebody", because="retracted", at=now())
    assert types_with(told, "narrow") == set()
    record(told, [extraction(3, text=SAID_LATE.replace("narrow", "tiny"))], recorded_at=now(), extractor="test")
    assert types_with(told, "tiny") == {"court_ruling"}


def test_words_and_phrases_of_a_search() -> None:
    assert words_of("The “Within  60 days” Ferry ferry") == ("within 60 days", "ferry")
    assert words_of('"open end') == ("open", "end")
    assert words_of("to be or") == ("be",)
    assert words_of("the") == ("the",)
    assert words_of(' " ') == ()


def test_where_words_stand_in_a_quote() -> None:
    said = "Trump\u2019s ban\non banks"
    assert [said[start:end] for start, end in matches(said, ["trump's", "ban on", "ban"])] == [
        "Trump\u2019s", "ban\non", "ban", "banks",
    ]  # fmt: skip
    assert matches("It costs $1.5bn", ["$1.5"]) == [(9, 15)]
