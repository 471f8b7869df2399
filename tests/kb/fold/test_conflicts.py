"""Claims that cannot both hold: what is found, what is not, and how it is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.fold import ReportedClaim, Rulings, thread_claims
from kb.fold.conflicts import find_clashes
from kb.fold.leaders import leaders
from kb.fold.offices import cannot_sign, misplaced
from kb.fold.quantities import disagree, quantities
from kb.fold.threads import Thread
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
        pytest.param({"status": Status.DENIED, "trigger": "debated", "title": "Senate debates aid package"}, [],
                     id="another thing denied"),
        pytest.param({"status": Status.DENIED, "actors": ()}, [], id="denied of nobody in particular"),
        pytest.param({"status": Status.CANCELLED, "trigger": "cancelled", "title": "Senate cancels aid package"}, [],
                     id="the calling off itself"),
        pytest.param({"status": Status.DENIED, "last_day": "2024-04-30", "precision": "week"}, [],
                     id="denied of a longer time"),
        pytest.param({"trigger": "rejected", "title": "Senate rejects aid package"},
                     [("outcome", "“passed” or “rejected”")], id="outcome"),
        pytest.param({"quote": "The Senate passed it 78 to 19."},
                     [("number", "votes: 79 to 18 or 78 to 19")], id="number"),
        pytest.param({"quote": "It passed 78 to 19.", "article": "a1"}, [], id="one article speaks of two votes"),
        pytest.param({"quote": "It passed 78 to 19.", "origin": "a1"}, [], id="a copy with a slip is one text"),
        pytest.param({"quote": "The Senate may pass it 78 to 19.", "status": Status.PROPOSED}, [],
                     id="a number that is only expected"),
        pytest.param({"first_day": "2024-04-24", "last_day": "2024-04-24"}, [], id="another vote on the day after"),
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


SUIT = replace(
    VOTE, type="lawsuit_filed", title="States led by Dakora sue", trigger="sue", actors=(), quote="They sued."
)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("States headed by Montoya sue", True),
        ("Group of states led by the governor of New Montoya sues", True),
        ("States led by Dakora and Montoya sue", False),
        ("States sue", False),
        ("States led by their leaders sue", False),
    ],
)
def test_who_leads_those_who_act_is_told_otherwise(title: str, found: bool) -> None:
    told = clashes(SUIT, replace(SUIT, id="c2", article="a2", origin="a2", source="s2", title=title))
    assert told == ([("actor", f"led by: “{SUIT.title}” or “{title}”")] if found else [])


def test_the_name_of_who_leads_is_read_from_the_title() -> None:
    assert leaders(replace(SUIT, title="States led by the governor of New York, and others, sue")) == ("New", "York")


SIGNED = replace(VOTE, type="law_enacted", trigger="signed", title="President signs aid package", actors=())
DAY_AFTER = {"first_day": "2024-04-24", "last_day": "2024-04-24"}


def signed(number: int, **changes: object) -> ReportedClaim:
    own = {"id": f"c{number}", "article": f"a{number}", "origin": f"a{number}", "source": f"s{number}"}
    return replace(SIGNED, **{**own, "quote": "The president signed the package.", **changes})  # type: ignore[arg-type]


def test_what_is_done_once_was_done_on_one_of_two_days() -> None:
    assert clashes(SIGNED, signed(2, **DAY_AFTER)) == [("date", "2024-04-23 or 2024-04-24")]


def test_two_words_for_what_there_are_many_of_are_of_two_days() -> None:
    named = signed(1, type="appointment", trigger="confirmed", title="Roe was confirmed as minister")
    sworn = replace(named, id="c2", article="a2", origin="a2", source="s2", trigger="sworn", title="Roe was sworn in")
    assert clashes(named, replace(sworn, **DAY_AFTER)) == []  # type: ignore[arg-type]
    again = replace(sworn, trigger="confirmed", title="Senate confirmed Roe as minister")
    assert clashes(named, replace(again, **DAY_AFTER)) == [("date", "2024-04-23 or 2024-04-24")]  # type: ignore[arg-type]


def test_a_matter_is_one_conflict_however_many_reports_are_on_each_side() -> None:
    told = [signed(2), signed(3), signed(4, **DAY_AFTER), signed(5, **DAY_AFTER)]
    assert clashes(SIGNED, *told) == [("date", "2024-04-23 (3 reports) or 2024-04-24 (2 reports)")]
    (clash,) = (clash for thread in thread_claims([SIGNED, *told], Rulings()) for clash in find_clashes(thread))
    assert (clash.one, clash.other) == ("c1", "c4")


def test_days_that_one_article_tells_apart_are_two_events() -> None:
    both = [signed(3), signed(4, article="a3", origin="a3", title="President signs other package", **DAY_AFTER)]
    assert clashes(SIGNED, *both) == []


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
        ("President Johnson signed the law.", "1974-07-02", "President Johnson was in office 1963-11-22 to 1969-01-20"),
        ("Prime Minister Biden signed the law.", "2024-04-24", None),
        ("President Lee Teng-hui gave a speech.", "1996-05-20", None),
        (
            "President Lee Myung-bak gave a speech.",
            "1996-05-20",
            "President Lee was in office 2008-02-25 to 2013-02-25",
        ),
        (
            "President Sebastian Pinera spoke.",
            "2016-05-20",
            "President Pinera was in office 2010-03-11 to 2014-03-11, ",
        ),
        ("President Fernando Pinera spoke.", "2016-05-20", None),
        ("President Biden Monday signed it.", "2016-05-20", "President Biden was in office"),
        ("President Johnson signed the act.", "1965-07-30", None),
        ("President Erdogan met Prime Minister Trump.", "2017-05-16", None),
        ("President Lyndon Johnson signed the act.", "1965-07-30", None),
        ('"President Biden signed it," Roe wrote.', "2016-05-20", None),
        ("“Nobody knows how kind President Biden was,” said Roe.", "2016-05-20", None),
        ('"It is done," said President Biden.', "2016-05-20", "President Biden was in office"),
    ],
)
def test_a_title_fits_the_day_or_is_named(quote: str, day: str, says: str | None) -> None:
    found = misplaced(other(type="executive_action", quote=quote, title=quote, first_day=day, last_day=day))
    assert found is None if says is None else found and found.startswith(says)


@pytest.mark.parametrize(
    ("quote", "office"),
    [
        ("Ann Roe, Solicitor General of the United States, signed a law on fees.", "Solicitor General"),
        ("Ann Roe, the Deputy Attorney General, signed the bill.", "Attorney General"),
        ("Senator Ann Roe signed the bill into law.", "Senator"),
        ("Ann Roe, a senator from Ohio, signed the bill.", "senator"),
        ("Senator Max Poe signed a letter after Ann Roe signed the bill.", None),
        ("Ann Roe, a judge turned governor, signed the bill.", None),
        ("Ann Roe, Minister of Justice, signed the bill.", None),
        ("Ann Roe, a former senator, signed the bill.", None),
        ("Former Senator Ann Roe signed the bill.", None),
        ("Governor Ann Roe signed the bill of Senator Max Poe.", None),
        ("Senator Ann Roe said the president signed the bill.", None),
        ("President Ann Roe signed the bill.", None),
    ],
)
def test_an_office_that_signs_no_laws_is_named(quote: str, office: str | None) -> None:
    found = cannot_sign(other(type="law_enacted", trigger="signed", title="Roe signs bill", quote=quote))
    assert found == (office and f"a holder of the office “{office}” does not sign laws")
    assert cannot_sign(other(type="agreement", trigger="signed", title="Roe signs bill", quote=quote)) is None


def test_what_cannot_have_been_signed_is_named_though_no_day_is_told() -> None:
    quote = "Senator Ann Roe signed the bill into law."
    signed = other(type="law_enacted", trigger="signed", title="Roe signs bill", quote=quote)
    thread = Thread(claims=(), groups=(), links=(), undated=(signed,))
    assert [(clash.one, clash.other, clash.on) for clash in find_clashes(thread)] == [(signed.id, signed.id, "office")]


def test_papers_call_people_by_the_title_that_they_bear_now() -> None:
    quote = "President Biden won the primary in South Carolina."
    days = {"first_day": "2020-02-29", "last_day": "2020-02-29"}
    assert misplaced(other(type="election", quote=quote, title=quote, published="2024-03-01", **days)) is None
    assert misplaced(other(type="election", quote=quote, title=quote, published="2025-03-01", **days))


@pytest.mark.parametrize(
    ("one", "two", "numbers"),
    [
        pytest.param(
            "The bank paid $38 million in tax",
            "It paid $45 million in tax",
            ["money: 38,000,000 or 45,000,000"],
            id="one",
        ),
        pytest.param("The bank paid $38 million in tax", "It wrote off $100m in losses", [], id="two things"),
    ],
)
def test_sums_are_compared_that_are_of_one_thing(one: str, two: str, numbers: list[str]) -> None:
    assert [says for on, says in clashes(SIGNED, signed(2)) if on == "number"] == []
    told = clashes(replace(SIGNED, quote=one), signed(2, quote=two))
    assert [says for on, says in told if on == "number"] == numbers


FIRE = {"type": "disaster", "trigger": "killed", "title": "Fire at Aldgrove mill kills workers"}


@pytest.mark.parametrize(
    ("one", "two", "published", "numbers"),
    [
        ("A fire killed four workers", "A fire killed seven workers", "2024-04-24", ["killed: 4 or 7"]),
        ("A fire killed four workers", "A fire killed seven workers", "2024-04-25", []),
        ("A fire killed seven workers", "A fire killed four workers", "2024-04-25", ["killed: 7 or 4"]),
        ("A fire killed four workers", "A fire killed at least seven workers", "2024-04-24", []),
        ("A fire killed four workers", "A fire killed 2 percent of workers", "2024-04-24", []),
        ("A fire killed four workers", "A fire killed workers", "2024-04-24", []),
        ("A fire killed four workers.", "A fire killed seven workers.", "2024-04-24", ["killed: 4 or 7"]),
        ("A fire killed 12, the mayor said.", "A fire killed 15.", "2024-04-24", ["killed: 12 or 15"]),
        ("Twelve people were killed in a fire", "A fire killed 15 and hurt 30", "2024-04-24", ["killed: 12 or 15"]),
        ("Twelve workers were killed and 30 were hurt", "A fire killed 12 workers", "2024-04-24", []),
        ("At least 12 people were killed in a fire", "A fire killed 15", "2024-04-24", []),
        ("Two fires killed 12", "A fire killed 12", "2024-04-24", []),
        ("A fire killed 12 to 15 people", "A fire killed 11 people", "2024-04-24", []),
        ("It fined Novalon 300 million euros", "It fined Novalon €340 million", "2024-04-24",
         ["money: 300,000,000 or 340,000,000"]),
    ],
)  # fmt: skip
def test_what_is_counted_by_one_verb_is_compared(one: str, two: str, published: str, numbers: list[str]) -> None:
    first = replace(SIGNED, quote=one, **FIRE)  # type: ignore[arg-type]
    told = clashes(first, signed(2, quote=two, published=published, **FIRE))
    assert [says for on, says in told if on == "number"] == numbers


def test_days_that_only_a_person_brings_together_are_a_contradiction() -> None:
    week_later = signed(2, first_day="2024-05-01", last_day="2024-05-01")
    assert clashes(SIGNED, week_later) == []
    judged = thread_claims([SIGNED, week_later], Rulings(joined=frozenset({("c1", "c2")})))
    assert [clash.says for thread in judged for clash in find_clashes(thread)] == ["2024-04-23 or 2024-05-01"]


def test_shares_of_two_places_are_two() -> None:
    tariff = replace(SIGNED, quote="A tariff of 34 percent on goods from there was signed.")
    here = replace(tariff, actors=(("mentioned", "e-norland"),))
    there = signed(
        2, quote="A tariff of 25 percent on goods from there was signed.", actors=(("mentioned", "e-sudland"),)
    )
    assert clashes(tariff, replace(there, actors=())) == [("number", "percent: 34 or 25")]
    assert clashes(here, there) == []


def test_who_acts_in_another_clause_is_in_office_on_another_day() -> None:
    quote = "A judge stopped the ban in 2020, and President Biden revoked it."
    assert misplaced(other(quote=quote, title="Judge stops ban", first_day="2020-09-27", last_day="2020-09-27")) is None


def test_a_title_says_nothing_about_what_is_only_planned() -> None:
    planned = other(quote="President Biden will sign.", first_day="2026-01-01", last_day="2026-01-01")
    assert misplaced(replace(planned, status=Status.SCHEDULED)) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("by 79 votes to 18", (("votes", (79.0, 18.0), 0.0),)),
        ("a 352-65 vote", (("votes", (352.0, 65.0), 0.0),)),
        ("with 532 votes in favour", (("votes", (532.0,), 0.0),)),
        ("from 2019 to 2023", ()),
        ("from 6 to 9 June", ()),
        ("$1.5 billion and 34%", (("money $", (1.5e9,), 1e8), ("percent", (34.0,), 1.0))),
        ("Rs 1,386 crore", (("money Rs", (1.386e10,), 1e7),)),
        ("first $1 million, then $2 million", ()),
        ("nothing", ()),
    ],
)
def test_quantities_of_a_sentence(text: str, found: tuple[object, ...]) -> None:
    assert quantities(text) == found


@pytest.mark.parametrize(
    ("one", "two", "says"),
    [
        ("79 to 18", "78 to 19", ("votes", "79 to 18", "78 to 19")),
        ("by 523 votes to 46", "532 votes in favor", ("votes", "523 to 46", "532")),
        ("$20 billion", "$18bn", ("money", "20,000,000,000", "18,000,000,000")),
        ("Rs 1,368 crore", "Rs 1,386 crore", ("money", "13,680,000,000", "13,860,000,000")),
        ("79 to 18", "18 percent", None),
        ("about $95bn", "$95.3 billion", None),
        ("$95bn", "$61 billion", ("money", "95,000,000,000", "61,000,000,000")),
        ("$95bn", "€61bn", None),
    ],
)
def test_numbers_disagree_beyond_rounding(one: str, two: str, says: tuple[str, str, str] | None) -> None:
    assert disagree(one, two) == says


@pytest.mark.parametrize(("parties", "found"), [(2, 1), (4, 6), (5, 0)])
def test_what_many_are_each_said_to_have_done_that_day_is_no_contradiction(parties: int, found: int) -> None:
    told = [
        other(id=f"c{n}", article=f"a{n}", origin=f"a{n}", source=f"s{n}", actors=(("chamber", f"e-{n}"),),
              names=(f"e-{n}", "e-package"))
        for n in range(parties)
    ]  # fmt: skip
    assert len([on for on, _ in clashes(*told) if on == "actor"]) == found
