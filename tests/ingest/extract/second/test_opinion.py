"""The second opinion: what the encoder says of a trigger, and what that makes of the rules' answer."""

from __future__ import annotations

import math
from datetime import date

import pytest

from ingest.extract.grammar import Typing
from ingest.extract.second import Opinion, Place, facts_of, likeliest_type, settled_status, shipped_opinion
from ingest.extract.second.facts import STATUSES, STEPS, TYPES, UNKNOWN, Facts
from kb.model import Status
from kb.ontology import load_ontology
from kb.timevalue import Interval

DAY = date(2025, 3, 14)


def opinion(types: dict[str, float] | None = None, statuses: dict[Status, float] | None = None) -> Opinion:
    return Opinion(
        {type_: math.log(share) for type_, share in (types or {}).items()},
        {status: math.log(share) for status, share in (statuses or {}).items()},
    )


def place(sentence: str, trigger: str, **more: object) -> Place:
    return Place(sentence, sentence.index(trigger), **more)  # type: ignore[arg-type]


def test_the_likeliest_type_is_settled_on() -> None:
    assert likeliest_type(opinion({"deal": 0.3, "court_ruling": 0.5, "other": 0.2})) == "court_ruling"


@pytest.mark.parametrize(
    ("shares", "status"),
    [
        pytest.param({Status.OCCURRED: 0.48, Status.DENIED: 0.52}, Status.OCCURRED, id="close: the rules"),
        pytest.param({Status.OCCURRED: 0.4, Status.DENIED: 0.6}, Status.DENIED, id="clear: the encoder"),
        pytest.param({Status.OCCURRED: 0.8, Status.DENIED: 0.2}, Status.OCCURRED, id="both agree"),
    ],
)
def test_a_status_is_overruled_only_clearly(shares: dict[Status, float], status: Status) -> None:
    assert settled_status(Status.OCCURRED, opinion(statuses=shares)) is status


@pytest.mark.parametrize(
    ("told", "status"),
    [(Status.SCHEDULED, Status.SCHEDULED), (Status.OCCURRED, Status.OCCURRED), (Status.DENIED, Status.DENIED)],
)
def test_a_status_that_is_ruled_out_is_not_settled_on(told: Status, status: Status) -> None:
    shares = {Status.OCCURRED: 0.8, Status.SCHEDULED: 0.01, Status.DENIED: 0.01, Status.PROPOSED: 0.15}
    assert settled_status(told, opinion(statuses=shares), without=[Status.OCCURRED]) is status


@pytest.mark.parametrize(
    ("interval", "days"),
    [
        pytest.param(Interval.day(date(2025, 3, 13)), 1, id="the day before"),
        pytest.param(Interval.day(date(2025, 3, 14)), 2, id="the day itself"),
        pytest.param(Interval.month(2025, 3), 2, id="the month around it"),
        pytest.param(Interval.day(date(2025, 3, 15)), 3, id="the day after"),
        pytest.param(None, 0, id="no day"),
    ],
)
def test_days_lie_before_around_or_after_publication(interval: Interval | None, days: int) -> None:
    assert facts_of(Typing("deal", 1), Status.OCCURRED, interval, DAY).days == days


def test_an_article_without_a_day_says_nothing_of_days() -> None:
    assert facts_of(Typing("deal", 1), Status.OCCURRED, Interval.month(2025, 3), None).days == 0


def test_every_answer_of_the_rules_has_its_own_number() -> None:
    weights = (0, *STEPS)
    numbers = {facts_of(Typing(t, w), Status.OCCURRED, None, None).typing for t in TYPES for w in weights}
    assert numbers == set(range(1, 1 + len(TYPES) * len(weights)))
    assert {facts_of(Typing("deal", 1), s, None, None).status for s in Status} == set(range(1, 1 + len(STATUSES)))


def test_a_type_it_was_not_taught_is_unknown_to_it() -> None:
    assert facts_of(Typing("coronation", 2), Status.OCCURRED, None, None) == Facts(UNKNOWN.typing, 1, 0)


def test_the_shipped_one_knows_every_type_of_the_ontology() -> None:
    assert set(TYPES) == set(load_ontology().types)


def test_shares_sum_to_one_and_come_in_the_order_of_the_places() -> None:
    first = place("The judge tossed out the suit on Friday.", "tossed")
    second = place("Voters go to the polls on Sunday.", "go")
    found = shipped_opinion().on("News of the week", [first, second, first])
    assert [sum(map(math.exp, one.types.values())) for one in found] == pytest.approx([1, 1, 1], abs=1e-3)
    assert [sum(map(math.exp, one.statuses.values())) for one in found] == pytest.approx([1, 1, 1], abs=1e-3)
    assert found[0] == found[2]
    assert [likeliest_type(one) for one in found] == ["court_ruling", "election", "court_ruling"]


def test_the_rules_are_listened_to() -> None:
    plain = place("They met on Friday.", "met")
    told = plain._replace(facts=facts_of(Typing("court_hearing", 3), Status.CANCELLED, None, None))
    alone, with_rules = shipped_opinion().on("", [plain, told])
    assert with_rules.types["court_hearing"] > alone.types["court_hearing"]
    assert with_rules.statuses[Status.CANCELLED] > alone.statuses[Status.CANCELLED]


def test_an_endless_sentence_is_read_around_its_trigger() -> None:
    words = "voters in the north go to the polls on Sunday, "
    (found,) = shipped_opinion().on("Vote", [Place(words * 6000, len(words) * 3000 + words.index("go"))])
    assert likeliest_type(found) == "election"


def test_an_opinion_is_the_same_whatever_else_is_asked_about() -> None:
    words = "The regulator cleared the merger on Tuesday, the second that it has cleared since it was set up".split()
    places = [place(" ".join(words[:count]), "cleared") for count in range(3, len(words) + 1)]
    alone = [shipped_opinion().on("Merger", [one])[0] for one in places]
    assert shipped_opinion().on("Merger", places) == alone
    assert shipped_opinion().on("Merger", places[::-1]) == alone[::-1]


def test_the_title_is_looked_at_and_may_be_missing_or_endless() -> None:
    bare = place("It was over on Friday.", "was")
    trial, election, endless, none = (
        shipped_opinion().on(title, [bare])[0]
        for title in ("Trial of the mayor", "Polls close in Ghana", "Trial of the mayor " * 5_000, "")
    )
    assert trial != election
    assert likeliest_type(none) in TYPES
    assert endless.types["court_hearing"] > none.types["court_hearing"]


def test_nothing_asked_nothing_said() -> None:
    assert shipped_opinion().on("", []) == []
