"""How real an event is, over tables of sentences: one that rules were written for, and two held back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kb.model import Status
from tests.ingest.extract.reading import about, claims_of, table


@pytest.mark.parametrize(
    ("name", "least_right", "least_right_of_found"),
    [
        pytest.param("statuses", 0.95, 0.96, id="tuned on"),
        pytest.param("statuses_held_back", 0.85, 0.96, id="held back"),
        pytest.param("statuses_policy_held_back", 0.65, 0.72, id="policy prose, held back"),
    ],
)
def test_status_of_sentences(
    parse: Callable[..., Doc], name: str, least_right: float, least_right_of_found: float
) -> None:
    rows = table(name)
    found = [(row, about(claims_of(parse(row[2])), row[1])) for row in rows]
    right = sum(claim is not None and claim.status == row[0] for row, claim in found)
    wrong = [
        f"{row[0]} expected of {row[1]!r}, got {claim.status if claim else 'no claim'}: {row[2]}"
        for row, claim in found
        if claim is None or claim.status != row[0]
    ]
    missing = sum(claim is None for _, claim in found)
    assert right / len(rows) >= least_right, "\n".join(wrong)
    assert right / (len(rows) - missing) >= least_right_of_found, "\n".join(wrong)


@pytest.mark.parametrize("name", ["statuses", "statuses_held_back", "statuses_policy_held_back"])
def test_tables_name_a_status_and_a_word_of_the_sentence(name: str) -> None:
    for status, words, sentence in table(name):
        assert status in set(Status)
        assert any(word in sentence for word in words.split("|")), sentence


@pytest.mark.parametrize(
    ("sentence", "word", "cues"),
    [
        ("The carmaker plans to cut 3,000 jobs by 2027.", "cut", ("plan",)),
        ("The company scrapped plans to launch the phone in February 2026.", "launch", ("scrapped", "plan")),
        ("If talks fail, tariffs will be imposed on July 9, 2025.", "imposed", ("if",)),
        ("The trial was to have begun on March 3, 2025.", "begun|trial", ("was", "to")),
        ("Neither country ratified the treaty in 2019.", "ratified", ("neither",)),
        ("The summit did not take place on March 3, 2025 as planned.", "summit", ("not", "as planned")),
        ("The jet ought to have flown in 2013.", "flown", ("ought", "have")),
        ("The agency dismissed claims that it sold the data in 2021.", "sold", ("dismissed", "claims")),
        ("May said on Tuesday that the vote was lost.", "said", ()),
        ("The bill was not passed until March 6, 2025.", "passed", ("not", "until")),
        ("The bank did not deny that it had sold the loans in January 2025.", "sold", ("not", "deny")),
        ("The minister did not rule out a vote in May 2025.", "vote", ("not", "rule")),
        ("It is not certain that parliament will pass the budget on Friday.", "pass", ("not",)),
    ],
    ids=[
        "governor",
        "scrapped plan",
        "condition",
        "unfulfilled",
        "negation",
        "not as planned",
        "ought",
        "rejected hearsay",
        "Ms May",
        "not until",
        "denial denied",
        "exclusion denied",
        "no certainty",
    ],
)
def test_the_words_that_gave_the_status_are_kept(
    parse: Callable[..., Doc], sentence: str, word: str, cues: tuple[str, ...]
) -> None:
    claim = about(claims_of(parse(sentence)), word)
    assert claim is not None
    assert claim.cues == cues
