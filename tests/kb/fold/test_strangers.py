"""Articles that name several things each, and none in common, tell of nothing in common."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.fold import ReportedClaim
from kb.fold.likeness import liken
from kb.fold.strangers import are_strangers, names_several, things_of
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
    assert are_strangers(DUE, other) is are_strangers(other, DUE) is strangers
    assert (liken(DUE, other) is None) is strangers


def test_who_acts_in_a_claim_is_known_though_its_article_is_about_others() -> None:
    other = replace(ELSEWHERE, profile=("bolt", "pump-act", "senate"), actors=(("mentioned", "acme"),))
    assert not are_strangers(DUE, other)


def test_an_article_is_no_stranger_to_itself_and_words_are_nothing_named() -> None:
    other = replace(ELSEWHERE, article="a1", profile=("bolt", "pump-act", "senate"))
    assert not are_strangers(DUE, other)
    assert things_of(DUE) == {"acme", "toy-act", "union"}
    assert names_several(DUE)
    assert not names_several(replace(DUE, id="c3", profile=("acme", *DUE.profile[3:])))
