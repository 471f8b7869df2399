"""The gazetteer: its files are sound, and its names are found in texts."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import OntologyError
from kb.gazetteer import NameIndex, Use, load_gazetteer
from kb.gazetteer.names import parse_gazetteer
from kb.ids import name_key
from kb.model import EntityKind

WORDS = "words: {}\nhead_words: {}\ncontexts: {}\nthings_behind: {}\n"


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
        pytest.param("kind: court\nentries: [", "courts.yaml is not valid YAML", id="broken YAML"),
        pytest.param("kind: castle\nentries: []", "'castle' is not a kind", id="unknown kind"),
        pytest.param("kind: court\nentries: [{name: A, alias: [B]}]", "entries.0.alias", id="unknown key"),
        pytest.param("kind: court\nentries: [{country: US}]", "entries.0.name", id="no name"),
        pytest.param("kind: court\nentries: [{name: A}, {name: B, aliases: [A]}]", "'A' of 'B' already", id="twice"),
    ],
)
def test_a_faulty_file_is_named_with_the_fault(sheet: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        parse_gazetteer({"courts.yaml": sheet, "vocabulary.yaml": WORDS})


def sheet(*rows: str, kind: str = "company") -> str:
    return f"kind: {kind}\nentries:\n" + "".join(f"  - {row}\n" for row in rows)


def test_a_renamed_company_is_one_with_dated_names() -> None:
    listed = load_gazetteer().get("Twitter")
    assert listed is not None
    assert listed is load_gazetteer().get("X")
    assert [listed.name_on(date(2023, 7, day)) for day in (23, 24)] == ["Twitter", "X"]


def test_offices_are_held_from_a_day_to_a_day() -> None:
    listed = load_gazetteer().get("Gordon Brown")
    assert listed is not None
    held = [listed.held(day) for day in (date(2007, 6, 26), date(2007, 6, 27), date(2010, 5, 11), date(2010, 5, 12))]
    assert held == [(), ("Prime Minister of the United Kingdom",), ("Prime Minister of the United Kingdom",), ()]


def test_every_term_of_office_ends_after_it_begins() -> None:
    listed = {one for form in load_gazetteer().forms.values() for one in form.listed if one.terms}
    assert len(listed) > 40
    assert [one.name for one in listed for term in one.terms if term.to is not None and term.to <= term.since] == []


def test_owners_are_listed_themselves() -> None:
    known = load_gazetteer()
    owned = {one for form in known.forms.values() for one in form.listed if one.owner}
    assert [one.name for one in owned if known.get(one.owner or "") is None] == []


def test_no_two_things_share_a_wikidata_item() -> None:
    items = Counter(
        one.wikidata for one in {o for f in load_gazetteer().forms.values() for o in f.listed} if one.wikidata
    )
    assert [item for item, count in items.items() if count > 1] == []


COUNTRIES = sheet(
    "{name: Netherlands, article: the, country: NL, demonyms: [Dutch]}",
    "{name: Georgia (country), country: GE, short: [Georgia], demonyms: [Georgian]}",
    "{name: Tuvalu, country: TV}",
    "{name: Aruba, country: NL}",
    kind="place",
)


def test_a_row_can_stand_for_one_thing_in_every_country() -> None:
    row = "{name: 'Government of {country}', aliases: ['{people} government'], short: [Government], but: [TV]}"
    known = parse_gazetteer({"vocabulary.yaml": WORDS, "countries.yaml": COUNTRIES, "g.yaml": sheet(row)})
    assert {name: one.name for name in ("Dutch government", "Georgian government") if (one := known.get(name))} == {
        "Dutch government": "Government of the Netherlands",
        "Georgian government": "Government of Georgia",
    }
    assert [one.country for one in known.forms["Government"].listed] == ["NL", "GE"]


def test_what_a_country_has_a_row_of_is_not_there_twice() -> None:
    rows = sheet(
        "{name: Staten-Generaal, country: NL, short: [Parliament]}", "{name: 'P ({country})', short: [Parliament]}"
    )
    known = parse_gazetteer({"vocabulary.yaml": WORDS, "countries.yaml": COUNTRIES, "p.yaml": rows})
    named = {one.country: one.name for one in known.forms["Parliament"].listed}
    assert named == {"NL": "Staten-Generaal", "GE": "P (Georgia)", "TV": "P (Tuvalu)"}


def test_names_are_known_without_their_accents() -> None:
    own = sheet("{name: Łódź Søby}", "{name: Żara}", "{name: Zara}")
    forms = parse_gazetteer({"vocabulary.yaml": WORDS, "a.yaml": own}).forms
    assert {name: forms[name].listed[0].name for name in ("Lodz Soby", "Zara")} == {
        "Lodz Soby": "Łódź Søby",
        "Zara": "Zara",
    }


@pytest.mark.parametrize(
    ("file", "text"),
    [
        pytest.param("own.yaml", sheet("{name: Acme Widgets, country: NO, aliases: [AW]}"), id="yaml"),
        pytest.param("own.csv", "name,kind,country,aliases\nAcme Widgets,company,NO,AW\n", id="csv"),
    ],
)
def test_a_users_sheet_adds_things(file: str, text: str) -> None:
    listed = parse_gazetteer({"vocabulary.yaml": WORDS}, {file: text}).get("AW")
    assert listed is not None
    assert (listed.name, listed.kind, listed.country) == ("Acme Widgets", "company", "NO")


def test_a_users_sheet_adds_names_to_what_is_listed_and_wins_over_other_meanings() -> None:
    own = {"a.yaml": sheet("{name: Acme, aliases: [AC]}", "{name: Baker, aliases: [BK]}")}
    over = {"b.yaml": sheet("{name: Acme, aliases: [Acme Works, BK]}")}
    known = parse_gazetteer({"vocabulary.yaml": WORDS, **own}, over)
    names = {name: listed.name for name in ("AC", "Acme Works", "BK", "Baker") if (listed := known.get(name))}
    assert names == {"AC": "Acme", "Acme Works": "Acme", "BK": "Acme", "Baker": "Baker"}


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        pytest.param("a.csv", "title,kind\nx,company\n", "'name' is missing", id="no name column"),
        pytest.param("a.csv", "name,kind\nAcme,firm\n", "line 2: 'firm' is not a kind", id="unknown kind"),
        pytest.param("a.csv", "name,kind\nAcme,company,x\n", "line 2: more cells", id="too many cells"),
        pytest.param("a.csv", "name,kind,colour\nAcme,company,red\n", "line 2: colour", id="unknown column"),
        pytest.param("a.csv", f"name,kind\n{'x' * 10_000},company\n", "line 2: name", id="a name of 10,000 characters"),
        pytest.param("a.yaml", sheet("{name: Acme, wikidata: 95}"), "wikidata", id="not an item"),
        pytest.param("a.yaml", sheet("{name: Acme, former: [{name: Old, until: soon}]}"), "until", id="not a day"),
        pytest.param("a.yaml", "kind: [", "not valid YAML", id="not YAML"),
        pytest.param(
            "a.yaml", sheet("{name: Acme}", "{name: B, aliases: [Acme]}"), "already names", id="one name twice"
        ),
    ],
)
def test_a_faulty_sheet_is_refused_with_its_place(file: str, text: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        parse_gazetteer({"vocabulary.yaml": WORDS, file: text})


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="CHRONOGRAPH_GAZETTEER"):
        load_gazetteer(tmp_path / "missing")


def test_the_sheets_of_the_page_that_shows_how_are_sound() -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "add-names.md").read_text(encoding="utf-8")
    csv, yaml = (page.split(fence, 1)[1].split("```", 1)[0].strip() + "\n" for fence in ("```\nname", "```yaml\n"))
    known = parse_gazetteer({"vocabulary.yaml": WORDS}, {"a.csv": f"name{csv}", "b.yaml": yaml})
    names = {name: listed.name for name in ("RWB", "Acme", "Acme Gadgets") if (listed := known.get(name))}
    assert names == {"RWB": "Ruritanian Water Board", "Acme": "Acme Widgets", "Acme Gadgets": "Acme Widgets"}


def test_the_gazetteer_is_read_once_whoever_asks_for_it() -> None:
    assert load_gazetteer() is load_gazetteer(None)
