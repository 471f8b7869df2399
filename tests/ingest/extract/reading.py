"""Claims of a text made by hand, and the tables of sentences under `tables/`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from spacy.tokens import Doc

from ingest.extract.claims import find_claims
from ingest.extract.entities import find_entities
from ingest.extract.times import find_times
from kb.model import Article, Claim
from kb.ontology import load_ontology
from tests.sheets import read_sheet

PUBLISHED = date(2025, 3, 12)
ONTOLOGY = load_ontology()
TABLES = Path(__file__).parent / "tables"


def claims_of(doc: Doc, published: date | None = PUBLISHED) -> tuple[Claim, ...]:
    """What an article of that text, published on that day, claims."""
    article = Article(id="a1", text=doc.text, title="A title", published=published)
    return find_claims(doc, article, find_times(doc, published), find_entities(doc), ONTOLOGY)


def table(name: str) -> list[tuple[str | None, str, str]]:
    """Rows of a table, whatever construction they stand under: what is expected, the event's word, the sentence."""
    groups = read_sheet(TABLES / f"{name}.yaml")
    return [(row[0], row[1], row[2]) for rows in groups.values() for row in rows]


def about(claims: tuple[Claim, ...], words: str) -> Claim | None:
    """The claim whose trigger is one of `words` ("a|b"), rather one with a date."""
    named = [claim for claim in claims if claim.trigger.text in words.split("|")]
    return next((claim for claim in named if claim.when), next(iter(named), None))
