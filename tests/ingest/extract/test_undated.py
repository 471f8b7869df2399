"""Nouns that speak of what happened, near the head of an article, become claims without a day."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from tests.ingest.extract.reading import claims_of


@pytest.mark.parametrize(
    ("text", "noun", "type_"),
    [
        pytest.param(
            "Soldiers reached villages that were cut off by the earthquake.", "earthquake", "disaster", id="by it"
        ),
        pytest.param("The trial was long, and people waited outside.", "trial", "court_hearing", id="the subject"),
        pytest.param("Relatives were silent after this verdict.", "verdict", "court_ruling", id="pointed at"),
    ],
)
def test_a_known_event_is_spoken_of_by_its_noun(parse: Callable[[str], Doc], text: str, noun: str, type_: str):
    (claim,) = [claim for claim in claims_of(parse(text)) if claim.trigger.text == noun]
    assert (claim.type, claim.when) == (type_, None)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        pytest.param("People there still fear a new earthquake.", "earthquake", id="any"),
        pytest.param("It was worse than the last earthquake.", "earthquake", id="another one"),
        pytest.param("The lawyers awaited the trial.", "trial", id="an object belongs to its verb"),
        pytest.param("The bill pleased the owners.", "bill", id="a type whose nouns name things"),
        pytest.param(
            "Nothing more happened. " * 80 + "It was not far from the earthquake.", "earthquake", id="far below"
        ),
    ],
)
def test_a_noun_that_points_at_nothing_known_is_no_claim(parse: Callable[[str], Doc], text: str, noun: str):
    assert noun not in [claim.trigger.text for claim in claims_of(parse(text))]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Whoever wins will meet the king.", id="whoever"),
        pytest.param("We broke the wall that the levees held.", id="we"),
        pytest.param("Has the regulator sued the bank?", id="asked"),
    ],
)
def test_what_nobody_in_particular_does_is_no_claim(parse: Callable[[str], Doc], text: str):
    assert not claims_of(parse(text))


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        pytest.param("They say the app is potentially banned.", "banned", "hypothetical", id="a doubtful present"),
        pytest.param("The firm is selling its shares before the ban takes effect.", "effect", "scheduled", id="before"),
        pytest.param("The firm sold its shares before the ban took effect.", "effect", "occurred", id="before, told"),
    ],
)
def test_the_status_of_what_has_no_day(parse: Callable[[str], Doc], text: str, word: str, status: str):
    (claim,) = [claim for claim in claims_of(parse(text)) if claim.trigger.text == word]
    assert claim.status == status
