"""A headline without the names of outlet and section."""

from __future__ import annotations

import pytest

from ingest.inputs.headline import headline, likeliest


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


RULING = "Court upholds law"


@pytest.mark.parametrize(
    ("title", "document", "others", "expected"),
    [
        pytest.param("The Paper", f"{RULING} - The Paper", ["The Paper", RULING], RULING, id="the outlet's name"),
        pytest.param("The Paper", f"{RULING} | The Paper | Since 1905", [], RULING, id="told by the document alone"),
        pytest.param("News in brief", f"{RULING}: The Paper", ["Read on", RULING], RULING, id="another heading"),
        pytest.param("Service menu", f"The Paper / {RULING}", ["The menu", RULING], RULING, id="behind the outlet"),
        pytest.param(RULING, f"{RULING} - The Paper", ["Judges at odds"], RULING, id="what the document begins with"),
        pytest.param(RULING, f"Paper - Press - {RULING}", ["Paper - Press"], RULING, id="what it ends with"),
        pytest.param(RULING, "The Paper", ["The Paper"], RULING, id="a document that names the outlet"),
        pytest.param(RULING, "What the ruling means", ["Judges at odds"], RULING, id="other words"),
        pytest.param(RULING, "", ["Judges at odds"], RULING, id="a document without title"),
        pytest.param(None, f"{RULING} - The Paper", [RULING], RULING, id="no title"),
    ],
)
def test_of_several_titles_the_page_itself_names_the_likeliest(
    title: str | None, document: str, others: list[str], expected: str
) -> None:
    assert likeliest(title, document=document, others=others, names=["The Paper"]) == expected


def test_what_stands_before_a_short_headline_is_the_outlet_or_its_section() -> None:
    outlet = "The Harbour Post"
    assert (
        likeliest("Mayor wins", document=f"{outlet} - Mayor wins", others=["Mayor wins"], names=[outlet])
        == "Mayor wins"
    )
    document, twice = "Money and the bank - Rates held - The Paper", ["Rates held", "Rates held"]
    assert likeliest("Rates held", document=document, others=twice, stated=True) == "Rates held"


def test_a_title_that_metadata_states_gives_way_to_a_longer_one_beside_it_only() -> None:
    assert likeliest("Judges agree", document=f"{RULING} - The Paper", others=[RULING], stated=True) == "Judges agree"
    assert likeliest("The Paper", document=f"{RULING} - The Paper", others=[RULING], stated=True) == RULING
