"""How the cost of the extraction grows with the length of a text: `python -m tools.quality.growth [most words]`.

Prose is generated from a seed, so that every run reads the same. Each text is parsed by the bare pipeline and then read
by each step, one after the other in the same run; what is printed are shares of the pipeline's time, which must not
grow with the text, and a table in Markdown.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import spacy

from ingest.extract.claims import find_claims
from ingest.extract.entities import find_entities
from ingest.extract.times import find_times
from ingest.nlp.pipeline import Draft, annotate
from kb.config import load_settings
from kb.model import Article
from kb.ontology import load_ontology

PUBLISHED = date(2025, 3, 12)
MOST_WORDS = 1_000_000
SENTENCE_WORDS = 5_000
_WHO = ["The court", "A federal judge", "The ministry", "Acme Corp.", "The European Commission", "Ann Roe", "Lawmakers"]
_DID = [
    "struck down the tariff",
    "said that it would appeal the ruling",
    "signed an agreement with Globex Ltd.",
    "opened an investigation into the merger",
    "postponed the hearing",
    "agreed to close two plants by 2027",
    "refused to extend the deadline",
    "told reporters that the talks had failed",
]
_WHEN = ["on {month} {day}, 202{year}", "last week", "in {month} 202{year}", "by the end of the year", "on Monday", ""]
_MONTHS = ["January", "March", "May", "July", "October"]
_MORE = [
    "which surprised the industry",
    "while prices went on rising in most of the country",
    "after weeks of protest in the capital",
    "because the law leaves no other way",
    "although its own experts had warned against it",
]


def main() -> None:
    """Measure texts of growing length, and two shapes that are hard on a parser."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else MOST_WORDS
    say("| text | words | bare pipeline, s | times | entities | claims |")
    say("|---|---:|---:|---:|---:|---:|")
    length = 1_000
    while length <= most:
        measure("prose", "\n\n".join(paragraphs(length)))
        length *= 10
    measure("one line", " ".join(paragraphs(min(most, 20_000))))
    measure("one sentence", " and ".join(clauses(SENTENCE_WORDS)) + ".")


def measure(name: str, text: str) -> None:
    """Print one row: the shares of the bare pipeline's time that the steps take on `text`."""
    nlp = spacy.load(load_settings(os.environ, Path.cwd()).model)
    ontology, article = load_ontology(), Article("growth", text, "Growth", PUBLISHED)
    nlp("Warm up.")
    started = time.process_time()
    doc = next(annotate(nlp, [Draft(text)]))
    parsed = time.process_time()
    times = find_times(doc, PUBLISHED)
    timed = time.process_time()
    entities = find_entities(doc)
    named = time.process_time()
    find_claims(doc, article, times, entities, ontology)
    claimed = time.process_time()
    bare = parsed - started
    shares = [(b - a) / bare for a, b in ((parsed, timed), (timed, named), (named, claimed))]
    say(f"| {name} | {len(text.split()):,} | {bare:.2f} | " + " | ".join(f"{share:.2f}" for share in shares) + " |")


def paragraphs(words: int) -> Iterator[str]:
    """Paragraphs of three sentences, until there are `words` words."""
    dice, count = random.Random(words), 0
    while count < words:
        text = " ".join(f"{_clause(dice)}, {dice.choice(_MORE)}." for _ in range(3))
        count += len(text.split())
        yield text


def clauses(words: int) -> Iterator[str]:
    """Main clauses for one sentence of `words` words."""
    dice, count = random.Random(words), 0
    while count < words:
        text = _clause(dice)
        count += len(text.split()) + 1
        yield text[0].lower() + text[1:]


def _clause(dice: random.Random) -> str:
    when = dice.choice(_WHEN).format(month=dice.choice(_MONTHS), day=dice.randint(1, 28), year=dice.randint(3, 6))
    return f"{dice.choice(_WHO)} {dice.choice(_DID)} {when}".strip()


def say(line: str) -> None:
    """Print at once, so that a long run shows how far it is."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
