"""Descriptions and pronouns: given to the named thing that they mean, or to nothing."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

import pytest
import yaml

from ingest.extract.entities import find_entities
from ingest.extract.entities.references.discourse import Discourse, Referent, Sighting
from ingest.extract.entities.references.nouns import Sex, load_nouns
from ingest.extraction import extract_articles, reraise
from ingest.nlp.pipeline import Draft, annotate
from kb.contract import verify_spans
from kb.model import Article, Entity, EntityKind, Extraction
from kb.ontology import load_ontology

Find = Callable[[str], dict[str, list[str]]]


@pytest.fixture
def meant(nlp) -> Find:
    """Name of each entity -> what else the text calls it."""

    def find(text: str) -> dict[str, list[str]]:
        return {entity.name: [span.text for span in entity.references] for entity in _entities(nlp, text)}

    return find


def _entities(nlp, text: str) -> tuple[Entity, ...]:
    (doc,) = annotate(nlp, [Draft(text)])
    return find_entities(doc)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        pytest.param(
            "The U.S. Supreme Court heard the case on Monday. The court did not say when it would rule.",
            "Supreme Court of the United States",
            ["The court", "it"],
            id="a court",
        ),
        pytest.param(
            "The Federal Trade Commission sued on Monday. The agency said that the commission had voted 3 to 2.",
            "Federal Trade Commission",
            ["The agency", "the commission"],
            id="an agency by two words",
        ),
        pytest.param(
            "ByteDance must sell TikTok. TikTok's parent company said it would go to court.",
            "ByteDance",
            ["TikTok's parent company", "it"],
            id="a parent that the gazetteer knows",
        ),
        pytest.param(
            "First Minister Ronan Keogh spoke in Perth on Monday. The prime minister will answer the first minister.",
            "Ronan Keogh",
            ["the first minister"],
            id="a minister of another field",
        ),
        pytest.param("Ardena, a bottle maker, cut jobs.", "Ardena", ["a bottle maker"], id="an apposition"),
        pytest.param(
            "Actress Carla Mendel was jailed on Thursday. The actress must surrender on July 20.",
            "Carla Mendel",
            ["The actress"],
            id="a calling",
        ),
        pytest.param(
            "Police arrested Terrence Boyd on Saturday. The suspect worked at the store.",
            "Terrence Boyd",
            ["The suspect"],
            id="what was done to him",
        ),
        pytest.param(
            "The U.S. Chamber of Commerce sued on Monday. The Chamber called the rule unlawful.",
            "U.S. Chamber of Commerce",
            [],
            id="a part of the name is a name",
        ),
        pytest.param(
            "Judge Martha Roe read the sentence. Her clerk wept, and she left.", "Martha Roe", ["Her", "she"], id="she"
        ),
        pytest.param("Boeing says they have 800 orders for the plane.", "Boeing", ["they"], id="a company as they"),
        pytest.param(
            "Vidigo was fined on Monday. The company said it would appeal.",
            "Vidigo",
            ["The company", "it"],
            id="a body of which only the tagger tells the kind",
        ),
        pytest.param(
            "The sponsor is the Board of Pilots and Concordia, a trade union.",
            "Concordia",
            ["a trade union"],
            id="an apposition behind two names",
        ),
        pytest.param(
            "Chile ratified the Andean Water Treaty. Peru ratified the treaty on 12 August.",
            "Andean Water Treaty",
            ["the treaty"],
            id="a day behind it restricts nothing",
        ),
        pytest.param(
            "Google paid Apple. The Chrome browser stays.", "Chrome", ["The Chrome browser"], id="a name inside"
        ),
    ],
)
def test_what_a_text_means_is_given_to_what_it_names(meant: Find, text: str, name: str, expected: list[str]) -> None:
    assert meant(text)[name] == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Google said on Monday that it is clear that prices rise.", id="it is clear that"),
        pytest.param("Google was quiet. It rained on Monday.", id="weather"),
        pytest.param("Google denied wrongdoing. It was a difficult decision.", id="what was told"),
        pytest.param("Martha Roe spoke to the man. He left on Monday.", id="another sex"),
        pytest.param("Google makes phones. A company in Ohio was fined. The company closed.", id="a nameless company"),
        pytest.param("The U.S. Navy sailed. The Indian navy sank a ship.", id="of another country"),
        pytest.param("The U.S. Supreme Court ruled on Monday. The appeals court waits.", id="another level"),
        pytest.param("Judge Martha Roe ruled. The lawyer left.", id="another calling"),
        pytest.param("The Liberal Reform Party met. The committee left.", id="named by another telling word"),
        pytest.param("The Federal Network Agency met. The elections office was shut.", id="of another field"),
        pytest.param("Moody's cut the rating on Monday. The central bank was silent.", id="no central bank"),
        pytest.param("The House of Councillors met on Monday. The lower house did not.", id="the other house"),
    ],
)
def test_what_means_something_else_is_given_to_nothing(meant: Find, text: str) -> None:
    assert all(references == [] for references in meant(text).values())


def test_a_quoted_he_is_not_the_speaker(meant: Find) -> None:
    found = meant('Terrence Boyd pleaded guilty on Monday. "He has no record," Alan Crewe said.')
    assert found["Terrence Boyd"] == ["He"]
    assert found["Alan Crewe"] == []


def test_he_who_is_the_object_is_not_the_subject(meant: Find) -> None:
    found = meant("Donald Trump spoke on Monday. Joe Biden called him on Tuesday.")
    assert found["Donald Trump"] == ["him"]


def test_references_are_no_names_and_stand_where_they_say(nlp) -> None:
    text = "Meta said on Monday that it would appeal. The company and its lawyers declined to comment."
    extraction = Extraction(Article("a1", text), (), _entities(nlp, text), ())
    verify_spans(extraction)
    (entity,) = extraction.entities
    assert [span.text for span in entity.mentions] == ["Meta"]
    assert [span.text for span in entity.places] == ["Meta", "it", "The company", "its"]


def test_a_pronoun_becomes_an_actor(nlp) -> None:
    text = "Lemon8 is an app of ByteDance. It launched in the U.S. in February 2023."
    (extraction,) = extract_articles(
        [Article("a1", text)],
        nlp=nlp,
        ontology=load_ontology(),
        find_boilerplate=lambda _: (),
        on_failure=reraise,
    )
    claims = [claim for claim in extraction.claims if claim.when]
    assert [(actor.role, actor.name) for claim in claims for actor in claim.actors] == [
        ("product", "Lemon8"),
        ("market", "United States"),
    ]


def test_no_first_name_is_listed_for_both_sexes() -> None:
    nouns = load_nouns()
    names = yaml.safe_load(files("ingest.extract.entities.references").joinpath("first_names.yaml").read_text("utf-8"))
    assert set(names["male"]) & set(names["female"]) == set()
    assert nouns.sexes["anna"] is Sex.FEMALE
    assert nouns.nouns["actress"].sex is Sex.FEMALE
    assert len(nouns.sexes) > 700


def test_the_referents_looked_at_for_one_word_are_bounded() -> None:
    discourse = Discourse()
    for n in range(1000):
        named = Referent(frozenset((EntityKind.COMPANY,)), Entity(f"e{n}", "", EntityKind.COMPANY, ()))
        nameless = Referent(frozenset((EntityKind.OTHER,)), nouns={f"thing{n}"})
        for at, referent in enumerate((named, nameless)):
            discourse.sight(referent, Sighting(n, 2 * n + at, 100.0))
    assert len(discourse.named((EntityKind.COMPANY,), "company")) == 40
    assert len(list(discourse.recent(1000, within=3))) < 10
    assert discourse.unnamed("thing1") is None
