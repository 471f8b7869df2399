"""A heading that runs into the sentence behind it is a sentence of its own."""

from __future__ import annotations

import pytest
from spacy.language import Language

GOES_ON = "A fleet of forty trams left the depot on May 3."


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param(
            f"Forty new trams for the harbor {GOES_ON}", ["Forty new trams for the harbor", GOES_ON], id="an article"
        ),
        pytest.param(
            "Mayors agree on night buses When the last train leaves, the buses will wait.",
            ["Mayors agree on night buses", "When the last train leaves, the buses will wait."],
            id="a clause",
        ),
        pytest.param(
            "Ferries wait for better weather Since October, Ada Roe has met the crews.",
            ["Ferries wait for better weather", "Since October, Ada Roe has met the crews."],
            id="a month",
        ),
        pytest.param(
            "New chief for the port authority    Ada Roe was named on May 3.",
            ["New chief for the port authority", "Ada Roe was named on May 3."],
            id="a wide gap",
        ),
        pytest.param("The mayor said The Harbor Post was wrong.", None, id="the name of a paper"),
        pytest.param("She danced in Gone With the Wind last year.", None, id="the title of a work"),
        pytest.param("Roads lead from point A to point B.", None, id="a letter"),
        pytest.param("The mayor said The law is unfair.", None, id="what is said"),
        pytest.param("The mayor,     Ada Roe, left on May 3.", None, id="a gap behind a comma"),
    ],
)
def test_a_sentence_begins_behind_a_heading(nlp: Language, text: str, sentences: list[str] | None) -> None:
    assert [sent.text.strip() for sent in nlp(text).sents] == (sentences or [text])
