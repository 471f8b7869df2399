"""Offices as texts give them beside a name, and whom they part."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.gazetteer import load_gazetteer
from kb.ids import entity_id
from kb.model import Article, Entity, EntityKind, Extraction, Span
from kb.resolve.offices import OfficeReader, are_held_apart, offices_of
from kb.resolve.roles import fields_of
from kb.resolve.senses import with_senses

KINDS = {
    EntityKind.PERSON: ("John Smith", "Ann Lee"),
    EntityKind.PLACE: ("Leeds", "York", "Ohio", "Texas", "China", "Japan", "Witney", "Lee County"),
    EntityKind.COMPANY: ("Acme", "Borealis Paper"),
}


def reading(text: str) -> Extraction:
    """What an article of this text names, of the things above."""
    return Extraction(Article("a", text), (), tuple(_named(text)), ())


def _named(text: str) -> Iterator[Entity]:
    for kind, names in KINDS.items():
        for name in names:
            if (at := text.find(name)) >= 0:
                yield Entity(entity_id(name), name, kind, (Span(at, at + len(name), name),))


@pytest.mark.parametrize(
    ("text", "office"),
    [
        pytest.param("John Smith, mayor of Leeds, resigned.", "mayor of Leeds", id="behind"),
        pytest.param("John Smith, the Labour mayor of Leeds, resigned.", "mayor of Leeds", id="behind, with a party"),
        pytest.param("John Smith is the mayor of Leeds.", "mayor of Leeds", id="is"),
        pytest.param("John Smith, the Leeds mayor, resigned.", "mayor of Leeds", id="the place first"),
        pytest.param("Leeds mayor John Smith resigned.", "mayor of Leeds", id="before"),
        pytest.param("Leeds's mayor, John Smith, resigned.", "mayor of Leeds", id="before, whose"),
        pytest.param("They met the mayor of Leeds, John Smith.", "mayor of Leeds", id="before, of"),
        pytest.param("Mayor John Smith of Leeds resigned.", "mayor of Leeds", id="around"),
        pytest.param("Texas Gov. John Smith vetoed it.", "governor of Texas", id="a title cut short"),
        pytest.param("Sen. John Smith (R-Ohio) objected.", "senator from Ohio", id="a party and a state"),
        pytest.param("Rep. John Smith, D-Calif., objected.", "representative from California", id="a state cut short"),
        pytest.param("Senator John Smith, a Democrat from Ohio, objected.", "senator from Ohio", id="a party in words"),
        pytest.param("Ohio state Senator John Smith objected.", "state senator from Ohio", id="of a state's senate"),
        pytest.param("John Smith, MP for Witney, objected.", "member for Witney", id="of a constituency"),
        pytest.param("Lee County Sheriff John Smith was fined.", "sheriff of Lee County", id="of a county"),
        pytest.param("Japan's finance minister, John Smith, left.", "minister of Japan", id="of a country"),
        pytest.param("Japanese Finance Minister John Smith left.", "minister of Japan", id="of a people"),
        pytest.param("John Smith, US ambassador to China, left.", "ambassador to China", id="sent to"),
        pytest.param("Acme CEO John Smith left.", "chief executive of Acme", id="of a company"),
        pytest.param(
            "John Smith, chief executive of Acme, left.", "chief executive of Acme", id="behind, of a company"
        ),
        pytest.param("John Smith, former mayor of Leeds, left.", None, id="held before"),
        pytest.param("Former Leeds mayor John Smith left.", None, id="held before, the place first"),
        pytest.param("John Smith, the then-Leeds mayor, left.", None, id="held then"),
        pytest.param("John Smith, ex-mayor of Leeds, left.", None, id="ex"),
        pytest.param("John Smith, deputy mayor of Leeds, left.", None, id="not the office"),
        pytest.param("China's ambassador, John Smith, left.", None, id="sent from"),
        pytest.param("John Smith, mayor of the town, left.", None, id="no place"),
        pytest.param("John Smith, mayor of Acme, left.", None, id="no seat of that office"),
        pytest.param("John Smith met the mayor of Leeds.", None, id="another's"),
        pytest.param("John Smith, Leeds mayor Ann Lee and others met.", None, id="the next one's"),
        pytest.param("Ann Lee, the mayor of Leeds, John Smith and others met.", None, id="the one's before"),
        pytest.param("In Leeds, John Smith left.", None, id="no office"),
    ],
)
def test_an_office_stands_with_its_place_beside_a_name(text: str, office: str | None) -> None:
    extraction = reading(text)
    (smith,) = (entity for entity in extraction.entities if entity.name == "John Smith")
    told = OfficeReader(extraction, load_gazetteer()).roles_of(smith)
    assert offices_of(told) == ({office} if office else frozenset())
    assert not office or len(told) == 1 or fields_of(told)


@pytest.mark.parametrize(
    ("ours", "theirs", "apart"),
    [
        pytest.param("mayor of Leeds", "mayor of York", True, id="two towns"),
        pytest.param("senator from Ohio", "senator from Texas", True, id="two states"),
        pytest.param("chief executive of Acme", "chief executive of Borealis Paper", True, id="two companies"),
        pytest.param("mayor of Leeds", "mayor of Leeds", False, id="one town"),
        pytest.param("mayor of Leeds", "member for York", False, id="two offices"),
        pytest.param("mayor of York", "mayor of New York City", False, id="one name within the other"),
        pytest.param("governor of Texas", "governor of Kano", False, id="a state and a place of another kind"),
        pytest.param("ambassador to China", "ambassador to United Nations", False, id="a country and a body"),
        pytest.param("mayor", "mayor of York", False, id="no place told"),
    ],
)
def test_one_office_of_two_places_parts(ours: str, theirs: str, apart: bool) -> None:
    assert are_held_apart([ours], [theirs]) is apart
    assert are_held_apart([theirs], [ours]) is apart


def test_whoever_shares_an_office_is_not_parted_by_another() -> None:
    assert not are_held_apart(["mayor of Leeds", "mayor of York"], ["mayor of York"])
    assert not are_held_apart(["mayor of Leeds", "member for Witney"], ["mayor of York", "member for Witney"])


def test_an_office_gives_a_name_an_id_of_its_own() -> None:
    told, silent = (with_senses(reading(text)) for text in ("Leeds mayor John Smith left.", "John Smith left Leeds."))
    (mayor,) = (entity for entity in told.entities if entity.name == "John Smith")
    assert mayor.id == entity_id("John Smith", "mayor of Leeds")
    assert "mayor of Leeds" in mayor.roles
    assert entity_id("John Smith") in {entity.id for entity in silent.entities}
