"""Articles that name several things each, and hardly one in common, tell of nothing in common."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.fold import ReportedClaim
from kb.fold.likeness import liken
from kb.fold.strangers import are_strangers, breadth, telling_things, things_of
from kb.ids import entity_id
from kb.model import Status

DUE = ReportedClaim(
    id="c1",
    type="deadline",
    status=Status.SCHEDULED,
    title="Makers to comply",
    first_day="2026-08-02",
    last_day="2026-08-02",
    precision="day",
    actors=(),
    source="one",
    published="2026-02-01",
    confidence=0.9,
    article="a1",
    origin="a1",
    trigger="comply",
    quote="Makers of toys have until 2 August to comply.",
    time_text="2 August",
    topics=("word:comply", "word:toys"),
    profile=("acme", "toy-act", "union", "word:comply", "word:makers", "word:rules", "word:toys"),
)
ELSEWHERE = replace(DUE, id="c2", article="a2", origin="a2")


@pytest.mark.parametrize(
    ("theirs", "strangers"),
    [
        pytest.param(("bolt", "pump-act", "senate"), True, id="names-others"),
        pytest.param(("bolt", "toy-act", "senate"), False, id="names-one-of-ours"),
        pytest.param(("bolt", "senate"), False, id="names-too-little-to-tell"),
    ],
)
def test_strangers_name_several_things_and_none_of_ours(theirs: tuple[str, ...], *, strangers: bool) -> None:
    words = tuple(thing for thing in DUE.profile if thing.startswith("word:"))
    other = replace(ELSEWHERE, profile=(*theirs, *words))
    assert are_strangers(DUE, other, one_day=True) is are_strangers(other, DUE, one_day=True) is strangers
    assert (liken(DUE, other) is None) is strangers


def test_who_acts_in_a_claim_is_known_though_its_article_is_about_others() -> None:
    other = replace(ELSEWHERE, profile=("bolt", "pump-act", "senate"), actors=(("mentioned", "acme"),))
    assert not are_strangers(DUE, other)


@pytest.mark.parametrize("known", ["Supreme Court of the United States", "Parliament", "European Commission", "France"])
def test_what_is_always_in_the_news_makes_nobody_known_to_another(known: str) -> None:
    one = replace(DUE, profile=("acme", "toy-act", "union", entity_id(known)))
    other = replace(ELSEWHERE, profile=("bolt", "pump-act", "guild", entity_id(known)))
    assert are_strangers(one, other, one_day=True)
    assert entity_id(known) in things_of(one) - telling_things(one)


MANY = ("acme", "ann", "bob", "toy-act", "union")


@pytest.mark.parametrize(
    ("theirs", "strangers"),
    [
        pytest.param(("acme", "bolt", "cy", "dora", "pump-act"), True, id="one-of-many"),
        pytest.param(("acme", "ann", "bolt", "cy", "pump-act"), False, id="two-of-many"),
        pytest.param(("acme", "bolt", "cy", "pump-act"), False, id="one-of-a-few"),
    ],
)
def test_what_is_told_of_two_times_takes_two_things_in_common(theirs: tuple[str, ...], *, strangers: bool) -> None:
    one, other = replace(DUE, profile=MANY), replace(ELSEWHERE, profile=theirs)
    assert are_strangers(one, other) is are_strangers(other, one) is strangers
    assert not are_strangers(one, other, one_day=True)


def test_reports_of_one_day_are_linked_by_what_a_month_and_a_day_are_not() -> None:
    words = tuple(thing for thing in DUE.profile if thing.startswith("word:"))
    told = {"type": "rule_action", "names": ("toy-act",), "actors": (("rule", "toy-act"),)}
    one = replace(DUE, profile=(*MANY, *words), **told)  # type: ignore[arg-type]
    other = replace(ELSEWHERE, profile=("bolt", "cy", "dora", "pump-act", "toy-act", *words), **told)  # type: ignore[arg-type]
    month = {"first_day": "2026-08-01", "last_day": "2026-08-31", "precision": "month"}
    assert liken(one, other) is not None
    assert liken(one, replace(other, **month)) is None  # type: ignore[arg-type]


def test_an_article_is_no_stranger_to_itself_and_words_are_nothing_named() -> None:
    other = replace(ELSEWHERE, article="a1", profile=("bolt", "pump-act", "senate"))
    assert not are_strangers(DUE, other)
    assert things_of(DUE) == {"acme", "toy-act", "union"}
    assert breadth(DUE) == 3
