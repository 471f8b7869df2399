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
        pytest.param("The deal pleased the owners.", "deal", id="a type whose nouns name things"),
        pytest.param(
            "Nothing more happened. " * 80 + "It was not far from the earthquake.", "earthquake", id="far below"
        ),
    ],
)
def test_a_noun_that_points_at_nothing_known_is_no_claim(parse: Callable[[str], Doc], text: str, noun: str):
    assert noun not in [claim.trigger.text for claim in claims_of(parse(text))]
