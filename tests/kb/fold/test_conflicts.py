"""Claims that cannot both hold: what is found, what is not, and how it is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.fold import ReportedClaim, Rulings, thread_claims
from kb.fold.conflicts import find_clashes
from kb.fold.offices import misplaced
from kb.fold.quantities import disagree, quantities
from kb.model import Status

VOTE = ReportedClaim(
    id="c1",
    type="legislative_vote",
    status=Status.OCCURRED,
    title="Senate passes aid package",
    first_day="2024-04-23",
    last_day="2024-04-23",
    precision="day",
    actors=(("chamber", "e-senate"),),
    source="s1",
    published="2024-04-24",
    confidence=0.8,
    article="a1",
    origin="a1",
    trigger="passed",
    quote="The Senate passed the package by 79 votes to 18.",
    names=("e-senate", "e-package"),
    topics=("e-app", "e-senate"),
)


def other(**changes: object) -> ReportedClaim:
    base = replace(VOTE, id="c2", article="a2", origin="a2", source="s2", quote="The Senate passed the package.")
    return replace(base, **changes)  # type: ignore[arg-type]


def clashes(*claims: ReportedClaim) -> list[tuple[str, str]]:
    threads = thread_claims(claims, Rulings())
    return [(clash.on, clash.says) for thread in threads for clash in find_clashes(thread)]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        pytest.param({}, [], id="they agree"),
        pytest.param({"status": Status.DENIED}, [("status", "occurred or denied")], id="status"),
        pytest.param({"status": Status.PROPOSED}, [], id="a plan before is no contradiction"),
        pytest.param({"status": Status.DENIED, "published": "2024-04-22"}, [], id="denied before it happened"),
        pytest.param({"trigger": "rejected", "title": "Senate rejects aid package"},
                     [("outcome", "“passed” or “rejected”")], id="outcome"),
        pytest.param({"quote": "The Senate passed it 78 to 19."},
                     [("number", "votes: 79 to 18 or 78 to 19")], id="number"),
        pytest.param({"quote": "It passed 78 to 19.", "article": "a1"}, [], id="one article speaks of two votes"),
        pytest.param({"quote": "It passed 78 to 19.", "origin": "a1"}, [], id="a copy with a slip is one text"),
        pytest.param({"first_day": "2024-04-24", "last_day": "2024-04-24"},
                     [("date", "2024-04-23 or 2024-04-24")], id="date"),
        pytest.param({"first_day": "2024-05-24", "last_day": "2024-05-24"}, [], id="a month later it is another vote"),
        pytest.param({"actors": (("chamber", "e-house"),), "names": ("e-house", "e-package")},
                     [("actor", "“Senate passes aid package” or “Senate passes aid package”")], id="actor"),
        pytest.param({"doubts": ("weekday-mismatch",)},
                     [("weekday", "the weekday does not fit the date")], id="weekday"),
        pytest.param({"doubts": ("sum-mismatch",)},
                     [("arithmetic", "the number of days does not fit the dates")], id="arithmetic"),
    ],
)  # fmt: skip
def test_two_reports(changes: dict[str, object], found: list[tuple[str, str]]) -> None:
    assert clashes(VOTE, other(**changes)) == found
    assert clashes(other(**changes), VOTE) == found


def test_days_that_one_article_tells_apart_are_two_events() -> None:
    second = {"first_day": "2024-04-24", "last_day": "2024-04-24"}
    both = [other(id="c3", article="a3", origin="a3"), other(id="c4", article="a3", origin="a3", **second)]
    assert clashes(VOTE, other(**second), *both) == []


@pytest.mark.parametrize(
    ("quote", "day", "says"),
    [
        ("President Biden signed the law.", "2024-04-24", None),
        ("President Biden signed the order.", "2025-04-04", "President Biden was in office 2021-01-20 to 2025-01-20"),
        ("Former President Biden signed the book.", "2025-04-04", None),
        ("President Donald Trump signed it.", "2018-04-04", None),
        ("President Donald Trump signed it.", "2022-04-04", "President Trump was in office 2017-01-20 to 2021-01-20, "),
        ("Vice President Biden said so.", "2012-04-04", None),
        ("Prime Minister Theresa May resigned.", "2019-05-24", None),
        ("Prime Minister Boris Johnson resigned.", "2019-05-24", "Prime Minister Johnson was in office 2019-07-24"),
    ],
)
def test_a_title_fits_the_day_or_is_named(quote: str, day: str, says: str | None) -> None:
    found = misplaced(other(quote=quote, first_day=day, last_day=day))
    assert found is None if says is None else found and found.startswith(says)


def test_a_title_says_nothing_about_what_is_only_planned() -> None:
    planned = other(quote="President Biden will sign.", first_day="2026-01-01", last_day="2026-01-01")
    assert misplaced(replace(planned, status=Status.SCHEDULED)) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("by 79 votes to 18", (("votes", (79.0, 18.0)),)),
        ("a 352-65 vote", (("votes", (352.0, 65.0)),)),
        ("from 2019 to 2023", ()),
        ("$1.5 billion and 34%", (("money $", (1.5e9,)), ("percent", (34.0,)))),
        ("first $1 million, then $2 million", ()),
        ("nothing", ()),
    ],
)
def test_quantities_of_a_sentence(text: str, found: tuple[object, ...]) -> None:
    assert quantities(text) == found


@pytest.mark.parametrize(
    ("one", "two", "says"),
    [
        ("79 to 18", "78 to 19", "votes: 79 to 18 or 78 to 19"),
        ("79 to 18", "18 percent", None),
        ("about $95bn", "$95.3 billion", None),
        ("$95bn", "$61 billion", "money: 95,000,000,000 or 61,000,000,000"),
        ("$95bn", "€61bn", None),
    ],
)
def test_numbers_disagree_beyond_rounding(one: str, two: str, says: str | None) -> None:
    assert disagree(one, two) == says
