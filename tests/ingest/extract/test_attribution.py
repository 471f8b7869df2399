"""Who says it: a table of texts, each with one event and its source."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from tests.ingest.extract.reading import about, claims_of, table


@pytest.mark.parametrize(
    ("source", "word", "text"), [pytest.param(*row, id=f"{row[1]} - {row[2][:60]}") for row in table("sources")]
)
def test_who_says_it(parse: Callable[..., Doc], source: str | None, word: str, text: str) -> None:
    claim = about(claims_of(parse(text)), word)
    assert claim is not None, f"no claim {word!r}"
    said_by = claim.attributed_to
    assert (said_by and re.sub(r"^(the|an?) ", "", said_by, flags=re.IGNORECASE).casefold()) == (
        source and source.casefold()
    )


def test_a_quote_that_runs_over_paragraphs_ends_with_each(parse: Callable[..., Doc]) -> None:
    text = '"The firm sold the plant in 2021," Ann Roe said.\n\nThe union sued the firm in 2022.\n'
    sued = about(claims_of(parse(text)), "sued")
    assert sued is not None
    assert sued.attributed_to is None
