"""Every example sentence of every event type, through the real pipeline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from spacy.language import Language

from ingest.extract.claims import find_claims
from ingest.extract.entities import find_entities
from ingest.extract.times import find_times
from ingest.nlp.pipeline import Draft, annotate
from kb.model import Article, Claim
from kb.ontology import Example, Ontology, load_ontology

PUBLISHED = date(2025, 1, 15)
ONTOLOGY = load_ontology()
EXAMPLES = [
    pytest.param(type_.id, example, id=f"{type_.id}: {example.text[:50]}")
    for type_ in ONTOLOGY.types.values()
    for example in type_.examples
]


HOW_TO = Path(__file__).parents[3] / "docs" / "how-to" / "add-an-event-type.md"


def claims_of(nlp: Language, texts: Sequence[str], ontology: Ontology) -> dict[str, tuple[Claim, ...]]:
    found = {}
    for text, doc in zip(texts, annotate(nlp, [Draft(text) for text in texts]), strict=True):
        article = Article(id=text, text=text, published=PUBLISHED)
        found[text] = find_claims(doc, article, find_times(doc, PUBLISHED), find_entities(doc), ontology)
    return found


@pytest.fixture(scope="module")
def claims_by_text(nlp: Language) -> dict[str, tuple[Claim, ...]]:
    texts = sorted({example.text for type_ in ONTOLOGY.types.values() for example in type_.examples})
    return claims_of(nlp, texts, ONTOLOGY)


@pytest.mark.parametrize(("type_", "example"), EXAMPLES)
def test_a_type_is_found_where_its_examples_say(
    claims_by_text: dict[str, tuple[Claim, ...]], type_: str, example: Example
) -> None:
    found = [c for c in claims_by_text[example.text] if c.type == type_ and c.trigger.text == example.trigger]
    assert bool(found) is example.holds
    if example.status is not None:
        assert [claim.status for claim in found] == [example.status]


def test_the_type_in_the_how_to_is_one_that_works(nlp: Language, tmp_path: Path) -> None:
    (block,) = re.findall(r"```yaml\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "commemoration.yaml").write_text(block, encoding="utf-8")
    ontology = load_ontology(tmp_path)
    examples = ontology.types["commemoration"].examples
    found = claims_of(nlp, [example.text for example in examples], ontology)
    for example in examples:
        test_a_type_is_found_where_its_examples_say(found, "commemoration", example)
