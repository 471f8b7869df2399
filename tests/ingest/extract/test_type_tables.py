"""Which type an event has, over two tables of sentences of the world's press: one to look at, and one held back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kb.model import Claim
from tests.ingest.extract.reading import ONTOLOGY, TABLES, about, claims_of
from tests.sheets import read_sheet

PER_TYPE = 15


def rows_of(name: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = read_sheet(TABLES / f"{name}.yaml")
    return rows


@pytest.mark.parametrize(
    ("name", "least_found", "least_right_of_found"),
    [
        pytest.param("types_open", 0.80, 0.90, id="to look at"),
        pytest.param("types_held_back", 0.75, 0.62, id="held back"),
    ],
)
def test_types_of_sentences(
    parse: Callable[..., Doc], name: str, least_found: float, least_right_of_found: float
) -> None:
    rows = rows_of(name)
    claims = [about(claims_of(parse(row["text"])), row["trigger"]) for row in rows]
    found = [(row, claim) for row, claim in zip(rows, claims, strict=True) if claim is not None]
    wrong = [_said(row, claim) for row, claim in found if claim.type != row["type"]]
    assert len(found) / len(rows) >= least_found
    assert 1 - len(wrong) / len(found) >= least_right_of_found, "\n".join(wrong if name == "types_open" else [])


@pytest.mark.parametrize("name", ["types_open", "types_held_back"])
def test_every_type_has_its_sentences(name: str) -> None:
    types = [row["type"] for row in rows_of(name)]
    assert {type_: types.count(type_) for type_ in ONTOLOGY.types} == dict.fromkeys(ONTOLOGY.types, PER_TYPE)


def _said(row: dict[str, str], claim: Claim) -> str:
    return f"{row['type']} expected of {row['trigger']!r}, got {claim.type}: {row['text']}"
