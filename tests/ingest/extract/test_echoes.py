"""Short texts come back to what they tell in places where a word names nothing by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kb.model import Status
from tests.ingest.extract.reading import claims_of

TOLD = "Kestrel agreed to buy Bayline for $2 billion."


def words_of(doc: Doc) -> list[str]:
    """The words that claims of the text stand on."""
    return [claim.trigger.text for claim in claims_of(doc)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param(TOLD, "buy", id="what was agreed"),
        pytest.param(f"{TOLD} It hopes to close the purchase soon.", "purchase", id="a noun of what is known"),
        pytest.param(
            "The police arrested two men. Neighbours criticised the arrest.", "arrest", id="an object of a verb"
        ),
        pytest.param(
            "Kestrel bought Bayline. A shareholder spoke of a $2 billion purchase.",
            "purchase",
            id="not known by itself",
        ),
    ],
)
def test_a_word_for_what_the_text_tells_is_a_claim_without_a_day(parse: Callable[[str], Doc], text: str, word: str):
    (claim,) = [claim for claim in claims_of(parse(text)) if claim.trigger.text == word]
    assert claim.when is None


def test_what_was_agreed_is_yet_to_be_done(parse: Callable[[str], Doc]):
    assert [c.status for c in claims_of(parse(TOLD)) if c.trigger.text == "buy"] == [Status.PROPOSED]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("It hopes to close the purchase soon.", "purchase", id="of nothing that is told"),
        pytest.param(f"{TOLD} It hopes to close another purchase soon.", "purchase", id="another one"),
        pytest.param(f"{TOLD} It said no purchase was planned.", "purchase", id="none"),
        pytest.param(f"{TOLD} It has a purchase department.", "purchase", id="a kind of thing"),
        pytest.param(f"{TOLD} {'Nothing more is known. ' * 150}", "buy", id="a long text"),
        pytest.param(
            f"{TOLD} {'Nothing more is known. ' * 70} It hopes to close the purchase.", "purchase", id="far below"
        ),
    ],
)
def test_other_words_are_none(parse: Callable[[str], Doc], text: str, word: str):
    assert word not in words_of(parse(text))
