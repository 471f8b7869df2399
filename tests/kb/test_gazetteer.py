"""The gazetteer: its files are sound, and its names are found in texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import OntologyError
from kb.gazetteer import NameIndex, Use, load_gazetteer
from kb.gazetteer.names import parse_gazetteer
from kb.ids import name_key
from kb.model import EntityKind

WORDS = "words: {}\nhead_words: {}\ncontexts: {}\n"


def found(names: list[str], text: str) -> list[str]:
    return [name for _, _, name in NameIndex({name: name for name in names}).find(text)]


@pytest.mark.parametrize(
    ("names", "text", "expected"),
    [
        pytest.param(
            ["Supreme Court", "U.S. Supreme Court"], "the U.S. Supreme Court", ["U.S. Supreme Court"], id="longest"
        ),
        pytest.param(["Apple"], "Apple's store, Apple, an Apple-owned app", ["Apple"] * 3, id="punctuation after it"),
        pytest.param(["Apple"], "Applebee's and Pineapple", [], id="part of a word"),
        pytest.param(["US"], "tell us", [], id="another case"),
        pytest.param(["TikTok"], "#TikTok @TikTok example.org/TikTok", [], id="tags and addresses"),
        pytest.param(["U.S. Senate"], "the U.S.\u00a0Senate", ["U.S. Senate"], id="no-break space"),
        pytest.param(["McDonald's"], "McDonald’s said", ["McDonald's"], id="typographic apostrophe"),
        pytest.param(["AT&T", "T"], "AT&T said", ["AT&T"], id="ampersand"),
        pytest.param(["New York", "York Times"], "New York Times", ["New York"], id="first of two that overlap"),
        pytest.param(["Xarelto"], "", [], id="empty text"),
    ],
)
def test_names_are_found_as_whole_words(names: list[str], text: str, expected: list[str]) -> None:
    assert found(names, text) == expected


@given(
    st.text(alphabet="aB .'’&-", max_size=40), st.lists(st.text(alphabet="aB .'&-", min_size=1, max_size=6), max_size=5)
)
def test_what_is_found_stands_there_and_does_not_overlap(text: str, names: list[str]) -> None:
    done = 0
    for start, end, name in NameIndex({name: name for name in names}).find(text):
        assert done <= start < end
        assert text[start:end].replace("’", "'") == name
        done = end


def test_the_gazetteer_loads_and_names_every_kind_of_public_body() -> None:
    gazetteer = load_gazetteer()
    kinds = {form.listed[0].kind for form in gazetteer.forms.values()}
    assert {EntityKind.COURT, EntityKind.AGENCY, EntityKind.LEGISLATURE, EntityKind.GOVERNMENT} < kinds
    assert len(gazetteer.forms) > 1500


def test_no_two_things_of_the_gazetteer_share_an_identity() -> None:
    keys: dict[str, str] = {}
    for form in load_gazetteer().forms.values():
        for listed in form.listed:
            assert keys.setdefault(name_key(listed.name), listed.name) == listed.name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("ZTE Corp.", "ZTE", id="legal form"),
        pytest.param("PENTAGON", "United States Department of Defense", id="capitals"),
        pytest.param("the European Commission", "European Commission", id="article"),
        pytest.param("Supreme Court", None, id="depends on the country"),
        pytest.param("Meridian Widgets", None, id="unknown"),
    ],
)
def test_a_name_is_looked_up_in_any_spelling(name: str, expected: str | None) -> None:
    listed = load_gazetteer().get(name)
    assert (listed.name if listed else None) == expected


def test_a_product_knows_who_makes_it() -> None:
    listed = load_gazetteer().get("Instagram")
    assert listed is not None
    assert (listed.kind, listed.owner) == (EntityKind.PRODUCT, "Meta Platforms")


def test_a_short_name_keeps_all_its_meanings() -> None:
    (hit,) = load_gazetteer().find("Supreme Court")
    assert hit.use is Use.SHORT
    assert {"US", "GB"} < {listed.country for listed in hit.listed}


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        pytest.param("kind: court\nentries: [", "courts.yaml is not YAML", id="broken YAML"),
        pytest.param("kind: castle\nentries: []", "'castle' is not a kind", id="unknown kind"),
        pytest.param("kind: court\nentries: [{name: A, alias: [B]}]", "entries.0.alias", id="unknown key"),
        pytest.param("kind: court\nentries: [{country: US}]", "entries.0.name", id="no name"),
        pytest.param("kind: court\nentries: [{name: A}, {name: B, aliases: [A]}]", "'A' of 'B' already", id="twice"),
    ],
)
def test_a_faulty_file_is_named_with_the_fault(sheet: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        parse_gazetteer({"courts.yaml": sheet, "vocabulary.yaml": WORDS})
