"""The stories of the fixtures told in other worlds."""

from __future__ import annotations

import pytest

from kb.ids import entity_id
from kb.model import Article, Entity, EntityKind, Extraction, Span
from tools.worlds import Vocabulary, World, vocabulary_of

VOCABULARY = Vocabulary(
    names=frozenset({"Jones"}),
    brands=frozenset({"Acme"}),
    bodies=frozenset({"Senate"}),
    kinds={
        "pump": ("pump", "valve", "wheel"),
        "valve": ("pump", "valve", "wheel"),
        "wheel": ("pump", "valve", "wheel"),
    },
    plain={"AI Act": "Intelligence Act", "EU AI Act": "Intelligence Act", "Intelligence Act": "Intelligence Act"},
)
TOLD = "Jones told the Senate that the AI Act binds Acme. The EU AI Act, or Intelligence Act, is a law."


def test_a_name_of_common_words_is_another_name_elsewhere_and_one_however_it_is_told() -> None:
    here, there = (World(VOCABULARY, number).text(TOLD, None) for number in (1, 2))
    assert "the AI Act" not in here
    assert here != there
    (brand,) = {here.split(f" {told}")[0].split()[-1] for told in ("AI Act binds", "EU AI Act", "Intelligence Act")}
    assert brand.istitle()


@pytest.mark.parametrize("word", ["Jones", "Acme", "Senate"])
def test_who_takes_part_is_another_elsewhere(word: str) -> None:
    assert word not in World(VOCABULARY, 1).text(TOLD, None)


def test_the_first_world_is_as_it_is_told() -> None:
    assert World(VOCABULARY, 0).text(TOLD, None) == TOLD


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("iPhone", EntityKind.PRODUCT),
        ("BP", EntityKind.COMPANY),
        ("X", EntityKind.COMPANY),
        ("H.R. 815", EntityKind.LAW),
    ],
)
def test_short_names_and_those_with_a_capital_inside_are_others_elsewhere_too(name: str, kind: EntityKind) -> None:
    mention = Span(0, len(name), name)
    entity = Entity(entity_id(name), name, kind, (mention,))
    vocabulary = vocabulary_of([], [Extraction(Article("a", name), (), (entity,), ())])
    here, there = (World(vocabulary, number).text(f"{name} is news.", None) for number in (1, 2))
    assert len({here, there, f"{name} is news."}) == 3
