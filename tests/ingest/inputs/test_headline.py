"""A headline without the names of outlet and section."""

from __future__ import annotations

import pytest

from ingest.inputs.headline import headline


@pytest.mark.parametrize(
    ("title", "headings", "names", "expected"),
    [
        pytest.param("Court upholds law | The Paper", [], ["The Paper"], "Court upholds law", id="outlet behind"),
        pytest.param(
            "The Paper: news | Court upholds law", ["Court upholds law"], [], "Court upholds law", id="heading"
        ),
        pytest.param("The Paper - Court upholds law", [], ["The Paper"], "Court upholds law", id="outlet before"),
        pytest.param(
            "Court upholds law - Politics - Paper", [], ["Paper", "Politics"], "Court upholds law", id="section"
        ),
        pytest.param(
            "Court upholds law | Paper Politics", [], ["Paper"], "Court upholds law", id="a part of the outlet"
        ),
        pytest.param(
            "Court’s word - DW - 19.01.2020", ["Court's word"], [], "Court’s word", id="other marks of quotes"
        ),
        pytest.param("Court upholds law – for now", ["Court"], ["Paper"], "Court upholds law – for now", id="a dash"),
        pytest.param("Budget 2025-26 passed", ["Budget 2025"], [], "Budget 2025-26 passed", id="a dash in a word"),
        pytest.param("Court upholds law", ["Court upholds law"], ["Court"], "Court upholds law", id="nothing else"),
        pytest.param("The Paper", [], ["The Paper"], "The Paper", id="only the outlet"),
        pytest.param("| The Paper", [], ["The Paper"], "| The Paper", id="no headline"),
        pytest.param(None, ["Court upholds law"], [], None, id="no title"),
    ],
)
def test_a_headline_names_neither_outlet_nor_section(
    title: str | None, headings: list[str], names: list[str], expected: str | None
) -> None:
    assert headline(title, headings=headings, names=names) == expected


def test_the_name_of_a_host_is_left_out_at_the_end_only() -> None:
    named = headline("Court - a history - court.example", headings=[], names=[], hosts=["court.example", "court"])
    assert named == "Court - a history"
