"""Days that the text around lends to an event without one of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kb.model import Claim
from kb.timevalue import Basis
from tests.ingest.extract.reading import claims_of


def lent(claims: tuple[Claim, ...]) -> list[tuple[str, str, str]]:
    return [
        (c.trigger.text, c.status.value, c.when.interval.first_day)
        for c in claims
        if c.when is not None and c.when.basis is Basis.CONTEXT
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "On December 6, 2024, the Supreme Court upheld the law. Lawyers were surprised. "
            "The Supreme Court upheld it after a short hearing.",
            [("upheld", "occurred", "2024-12-06")],
            id="the same event dated in another sentence",
        ),
        pytest.param(
            "On December 6, 2024, the Supreme Court upheld the law. On January 17, 2025, the Supreme Court upheld it. "
            "The Supreme Court upheld it after a short hearing.",
            [],
            id="no day where others disagree",
        ),
        pytest.param(
            "On December 6, 2024, the Supreme Court upheld the law. Congress upheld the veto.",
            [],
            id="no day from another's act",
        ),
        pytest.param(
            "When did the company sue the ministry? In March 2024.",
            [("sue", "occurred", "2024-03-01")],
            id="an answer",
        ),
        pytest.param("Did the company sue the ministry? In March 2024.", [], id="not the answer to another question"),
        pytest.param(
            "What comes.\n\nMarch 14, 2025\n\nSenate vote on the budget\n- The ban takes effect\n",
            [("vote", "scheduled", "2025-03-14"), ("effect", "scheduled", "2025-03-14")],
            id="a list without verbs under a day to come",
        ),
        pytest.param(
            "The week.\n\nMarch 3, 2025\n\nThe company sued the ministry.\n\nMarch 4, 2025\n\nThe minister resigned.\n",
            [("sued", "occurred", "2025-03-03"), ("resigned", "occurred", "2025-03-04")],
            id="headings",
        ),
        pytest.param("The company sued the ministry. Prices rose.", [], id="nothing to lend"),
    ],
)
def test_a_day_is_lent(parse: Callable[..., Doc], text: str, expected: list[tuple[str, str, str]]) -> None:
    assert lent(claims_of(parse(text))) == expected


def test_a_lent_day_points_to_the_words_it_came_from(parse: Callable[..., Doc]) -> None:
    text = "On December 6, 2024, the Supreme Court upheld the law. The Supreme Court upheld it after a hearing."
    claims = claims_of(parse(text))
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        if claim.when is not None:
            assert text[claim.when.span.start : claim.when.span.end] == claim.when.span.text
