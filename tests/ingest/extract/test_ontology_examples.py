"""Every example sentence of every event type, through the real pipeline."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from ingest.extract.claims import find_claims
from ingest.extract.entities import find_entities
from ingest.extract.times import find_times
from ingest.nlp.pipeline import Draft, annotate
from kb.model import Article, Claim
from kb.ontology import Example, load_ontology

PUBLISHED = date(2025, 1, 15)
ONTOLOGY = load_ontology()
EXAMPLES = [
    pytest.param(type_.id, example, id=f"{type_.id}: {example.text[:50]}")
    for type_ in ONTOLOGY.types.values()
    for example in type_.examples
]


@pytest.fixture(scope="module")
def claims_by_text(nlp: Language) -> dict[str, tuple[Claim, ...]]:
    texts = sorted({example.text for type_ in ONTOLOGY.types.values() for example in type_.examples})
    found = {}
    for text, doc in zip(texts, annotate(nlp, [Draft(text) for text in texts]), strict=True):
        article = Article(id=text, text=text, published=PUBLISHED)
        found[text] = find_claims(doc, article, find_times(doc, PUBLISHED), find_entities(doc), ONTOLOGY)
    return found


@pytest.mark.parametrize(("type_", "example"), EXAMPLES)
def test_a_type_is_found_where_its_examples_say(
    claims_by_text: dict[str, tuple[Claim, ...]], type_: str, example: Example
) -> None:
    found = [c for c in claims_by_text[example.text] if c.type == type_ and c.trigger.text == example.trigger]
    assert bool(found) is example.holds
    if example.status is not None:
        assert [claim.status for claim in found] == [example.status]
