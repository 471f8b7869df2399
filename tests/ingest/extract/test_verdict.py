"""Type and status of an event: the rules' answer, and what a second opinion makes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from math import log
from typing import ClassVar

import pytest
from spacy.tokens import Doc

from ingest.extract.claims import find_claims
from ingest.extract.entities import find_entities
from ingest.extract.second import TYPES, Opinion, Place, SecondOpinion
from ingest.extract.times import find_times
from kb.model import Article, Claim, Status
from kb.ontology import load_ontology

ONTOLOGY = load_ontology()
PUBLISHED = date(2025, 3, 12)


class Prompted(SecondOpinion):
    """Says the same of everything, and keeps what it was asked."""

    asked: ClassVar[list[Place]] = []
    says: ClassVar[Status] = Status.CANCELLED

    def on(self, title: str, places: Sequence[Place]) -> list[Opinion]:
        Prompted.asked = list(places)
        types = {type_: log(0.7 if type_ == "protest" else 0.01) for type_ in TYPES}
        statuses = {status: log(0.8 if status is Prompted.says else 0.03) for status in Status}
        return [Opinion(types, statuses) for _ in places]


@pytest.fixture(scope="module")
def read(parse: Callable[..., Doc]) -> Callable[[str], tuple[Claim, ...]]:
    def claims(text: str) -> tuple[Claim, ...]:
        doc = parse(text)
        article = Article(id="a1", text=text, title="A title", published=PUBLISHED)
        times, entities = find_times(doc, PUBLISHED), find_entities(doc)
        return find_claims(doc, article, times, entities, ONTOLOGY, opinion=Prompted(None, {}, {}))

    return claims


class Dunning(SecondOpinion):
    """Takes everything for a deadline, and its status from the rules."""

    def on(self, title: str, places: Sequence[Place]) -> list[Opinion]:
        types = {type_: log(0.7 if type_ == "deadline" else 0.01) for type_ in TYPES}
        return [Opinion(types, {status: log(1 / len(Status)) for status in Status}) for _ in places]


@pytest.fixture(scope="module")
def dun(parse: Callable[..., Doc]) -> Callable[[str], tuple[Claim, ...]]:
    def claims(text: str) -> tuple[Claim, ...]:
        doc = parse(text)
        article = Article(id="a1", text=text, title="A title", published=PUBLISHED)
        times, entities = find_times(doc, PUBLISHED), find_entities(doc)
        return find_claims(doc, article, times, entities, ONTOLOGY, opinion=Dunning(None, {}, {}))

    return claims


Reader = Callable[[str], tuple[Claim, ...]]


def test_a_doubtful_answer_is_reconsidered(read: Reader) -> None:
    (claim,) = read("Lorries will line the bridge on Friday.")
    assert (claim.type, claim.status) == ("protest", Status.CANCELLED)


def test_words_that_told_another_status_are_not_shown_as_evidence(read: Reader) -> None:
    (claim,) = read("Lorries may line the bridge on Friday.")
    assert (claim.status, claim.cues) == (Status.CANCELLED, ())


def test_no_opinion_makes_a_fact_of_a_question(read: Reader) -> None:
    (claim,) = read("Will the council approve the budget on Friday?")
    assert (claim.status, claim.cues) == (Status.HYPOTHETICAL, ("?",))


def test_no_opinion_calls_off_what_is_held_to_have_happened(read: Reader) -> None:
    (claim,) = read("The driver was thought to have left the country in January 2025.")
    assert (claim.status, claim.cues) == (Status.OCCURRED, ("to have",))


def test_what_the_rules_are_sure_of_is_asked_about_too(read: Reader) -> None:
    (claim,) = read("The Ninth Circuit upheld the order on December 6, 2024.")
    assert (claim.type, claim.status) == ("protest", Status.CANCELLED)
    assert Prompted.asked[0].names[0][1] == "court"


def test_the_place_of_trigger_and_time_is_told(read: Reader) -> None:
    read("Rain fell. Lorries will line the bridge on Friday.")
    (place,) = Prompted.asked
    assert (place.sentence[place.start :][:4], place.sentence[place.time :][:6]) == ("line", "Friday")


def test_an_event_without_a_date_is_left_to_the_rules(read: Reader) -> None:
    (claim,) = read("The court upheld the order.")
    assert (claim.type, Prompted.asked) == ("court_ruling", [])


def test_of_an_endless_sentence_only_the_part_around_the_trigger_is_read(read: Reader) -> None:
    read("and so on and on, " * 400 + "lorries will line the bridge on Friday, " + "and so on and on, " * 400)
    (place,) = Prompted.asked
    assert place.sentence[place.start :][:4] == "line"
    assert len(place.sentence) <= 2000


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Replies should arrive by April 30, 2025.", Status.SCHEDULED),
        ("Member states should have passed the law by January 31, 2025.", Status.OCCURRED),
        ("Member states should have passed the law by May 31, 2025.", Status.CANCELLED),
        ("The firm will not sell the unit before April 30, 2025.", Status.DENIED),
    ],
    ids=["to come", "not done by a day gone", "given up before its day", "denied"],
)
def test_what_only_the_opinion_takes_for_a_deadline_has_the_status_of_one(
    dun: Reader, text: str, status: Status
) -> None:
    (claim,) = dun(text)
    assert claim.status is status


@pytest.mark.parametrize(("day", "status"), [("Friday", Status.SCHEDULED), ("Monday", Status.OCCURRED)])
def test_no_opinion_makes_a_fact_of_what_is_to_come(
    read: Reader, monkeypatch: pytest.MonkeyPatch, day: str, status: Status
) -> None:
    monkeypatch.setattr(Prompted, "says", Status.OCCURRED)
    (claim,) = read(f"Lorries {'will line' if day == 'Friday' else 'lined'} the bridge on {day}.")
    assert claim.status is status


@pytest.mark.parametrize("day", ["instead of May 9, 2025", "instead of on May 9, 2025", "instead of 9 May 2025"])
def test_a_day_that_another_one_replaces_is_cancelled(read: Reader, monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setattr(Prompted, "says", Status.SCHEDULED)
    claims = read(f"Farmers now have until June 3, 2025 to submit plans, {day}.")
    days = {claim.when.interval.first_day: claim.status for claim in claims if claim.when}
    assert days == {"2025-06-03": Status.SCHEDULED, "2025-05-09": Status.CANCELLED}


def test_what_is_over_is_never_scheduled(read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Prompted, "says", Status.SCHEDULED)
    (claim,) = read("Lorries lined the bridge on March 7.")
    assert claim.status == Status.OCCURRED


def test_no_opinion_denies_what_was_not_done_until_then(read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Prompted, "says", Status.DENIED)
    (claim,) = read("The bridge was not opened until March 7.")
    assert claim.status == Status.OCCURRED
