"""Words that name a happening, of a type that nobody knows, become claims without a day near the head of an article."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from ingest.extract.salient import shipped_lexicon
from kb.model import Claim
from kb.ontology import load_ontology
from tests.ingest.extract.reading import claims_of


def named(doc: Doc, word: str) -> list[Claim]:
    """The claims that a word names."""
    return [claim for claim in claims_of(doc) if claim.trigger.text == word]


@pytest.mark.parametrize(
    ("text", "word", "title"),
    [
        pytest.param("The robber fled through the park.", "fled", "Robber flees through park", id="a verb"),
        pytest.param("Two men were rescued from the roof.", "rescued", "Two men were rescued from roof", id="passive"),
        pytest.param("He sold the rings stolen from the hotel.", "stolen", None, id="a participle behind its noun"),
        pytest.param("The escape of two bosses was a shock.", "escape", "Escape of two bosses", id="a noun by itself"),
        pytest.param("Officials called the race off.", "called", None, id="a verb with a word that makes it another"),
        pytest.param("Thousands attended the funeral.", "funeral", None, id="an object of a fact"),
        pytest.param("Two men were killed in clashes.", "clashes", None, id="several, where something happened"),
        pytest.param("The raids followed a tip.", "raids", None, id="several that are known"),
        pytest.param("She resigned after losing the vote.", "losing", None, id="what came before"),
        pytest.param("A bus crashed, killing two men and injuring six.", "injuring", None, id="the second outcome"),
    ],
)
def test_a_word_for_what_happened_is_a_claim_without_a_day(
    parse: Callable[[str], Doc], text: str, word: str, title: str | None
):
    (claim,) = named(parse(text), word)
    assert claim.when is None
    assert title is None or claim.title == title


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("They wanted to flee at night.", "flee", id="an infinitive"),
        pytest.param("The stolen rings were worth little.", "stolen", id="what is only said of a thing"),
        pytest.param("The robber did not flee.", "flee", id="what was not done"),
        pytest.param("He might have fled.", "fled", id="what is only thought of"),
        pytest.param("Every theft is a shame.", "theft", id="any"),
        pytest.param("It was the third theft of that kind.", "theft", id="one of several"),
        pytest.param("The jury awaited the verdict.", "verdict", id="an object of what may not come"),
        pytest.param("They might attend the funeral.", "funeral", id="an object of what may not be"),
        pytest.param("Officials called the race a success.", "called", id="the verb without its word"),
        pytest.param("He was accused of robbing a bank.", "robbing", id="what somebody is only accused of"),
        pytest.param("They may end it by robbing a bank.", "robbing", id="how it may come"),
        pytest.param("Raids are costly.", "Raids", id="several of any kind"),
        pytest.param("Nothing more was said. " * 80 + "The robber fled.", "fled", id="far below"),
    ],
)
def test_a_word_that_tells_no_fact_of_one_thing_is_none(parse: Callable[[str], Doc], text: str, word: str):
    assert named(parse(text), word) == []


def test_a_word_with_a_day_is_told_once(parse: Callable[[str], Doc]):
    (claim,) = named(parse("The robber fled on May 3, 2024."), "fled")
    assert claim.when is not None


def test_no_claim_of_such_a_word_gets_a_day_from_elsewhere(parse: Callable[[str], Doc]):
    told = claims_of(parse("Two men escaped on May 3, 2024. The two men escaped by a tunnel."))
    assert [claim.when is None for claim in told if claim.trigger.text == "escaped"] == [False, True]


def test_words_are_spelt_as_they_are_looked_for():
    lexicon, ontology = shipped_lexicon(), load_ontology()
    assert all(word == word.lower() for word in lexicon.verbs | lexicon.phrases | lexicon.nouns)
    assert not lexicon.verbs & ontology.speech.verbs - {"admit", "confess", "testify"}
