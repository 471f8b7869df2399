"""Rows for teaching and judging the second opinion on types: a trigger in its sentence, and the type that is right.

    python -m tools.quality.type_rows [--docs FOLDER --gold FILE]... [--apart PREFIX]... > rows.jsonl

Passages, fixture articles and the bank of sentences always count; `--docs` and `--gold` add others, as for
`tools.quality.calibrate`. `group` tells where a row is from; groups that end in `apart` are for judging only: the
fixtures and sentences that are held back, and documents whose name starts with a `--apart`. `claim` and `weight` are
what the ontology says by itself.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from ingest.boilerplate import find_boilerplate
from ingest.extract.claims import find_claims
from ingest.extract.entities import find_entities
from ingest.extract.grammar import Reading, read, tokens_of
from ingest.extract.times import find_times
from ingest.extract.triggers import type_of
from ingest.nlp.pipeline import Draft, annotate, load_pipeline
from kb.config import load_settings
from kb.model import Article, Claim, Extraction
from kb.ontology import Ontology, load_ontology
from tests.golden.extracted import read_fixtures
from tests.golden.gold import expected_paths, load_expected
from tests.golden.score import dated_claims, pair_up
from tools.quality.passages import Mark, read_passages

ROOT = Path(__file__).parents[2]
_TABLES = ROOT / "tests" / "ingest" / "extract" / "tables"


class Right(NamedTuple):
    """A trigger's offset in its article, the type that is right, and the type of the claim there."""

    start: int
    type: str
    claim: str


class Read(NamedTuple):
    """An article as it was read."""

    reading: Reading
    claims: tuple[Claim, ...]


def main() -> None:
    """Print the rows."""
    options = _options()
    desk = _Desk()
    for rows in (
        _of_passages(desk),
        _of_fixtures(desk),
        _of_bank(desk),
        _of_folders(desk, options.docs, options.gold, tuple(options.apart)),
    ):
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


class _Desk:
    """Pipeline and ontology, loaded once."""

    def __init__(self) -> None:
        self._nlp = load_pipeline(load_settings(os.environ, ROOT).model)
        self._ontology: Ontology = load_ontology()

    def read(self, articles: Sequence[Article]) -> Iterator[Read]:
        docs = annotate(self._nlp, (Draft(article.text, find_boilerplate(article.text)) for article in articles))
        for article, doc in zip(articles, docs, strict=True):
            times, entities = find_times(doc, article.published), find_entities(doc)
            claims = find_claims(doc, article, times, entities, self._ontology)
            yield Read(read(doc, times, entities), claims)

    def rows(self, group: str, article: Article, read_: Read, rights: Sequence[Right]) -> Iterator[dict[str, Any]]:
        for right in rights:
            trigger = tokens_of(read_.reading.doc, right.start, right.start + 1)[0]
            yield {
                "group": group,
                "title": article.title or "",
                "sentence": trigger.sent.text,
                "start": trigger.idx - trigger.sent.start_char,
                "gold": right.type,
                "claim": right.claim,
                "weight": type_of(read_.reading, self._ontology, trigger).weight,
            }


def _of_passages(desk: _Desk) -> Iterator[dict[str, Any]]:
    passages = list(read_passages())
    for passage, read_ in zip(passages, desk.read([p.article for p in passages]), strict=True):
        rights = [right for mark in passage.marks for right in _told(mark, passage.marks, read_.claims)]
        yield from desk.rows("passages", passage.article, read_, rights)


def _told(mark: Mark, marks: Sequence[Mark], claims: Sequence[Claim]) -> Iterator[Right]:
    """The mark itself and, if a claim has its date but another word of the sentence for trigger, that word too."""
    own = next((c for c in claims if c.trigger.start == mark.start), None)
    if own is None:
        taken = {other.start for other in marks}
        own = next((c for c in claims if _is_same_event(c, mark) and c.trigger.start not in taken), None)
        if own is not None:
            yield Right(own.trigger.start, mark.type, own.type)
    yield Right(mark.start, mark.type, own.type if own else "other")


def _is_same_event(claim: Claim, mark: Mark) -> bool:
    dated = claim.when is not None and claim.when.span.text == mark.time
    return dated and claim.sentence.start <= mark.start < claim.sentence.end


def _of_fixtures(desk: _Desk) -> Iterator[dict[str, Any]]:
    articles = read_fixtures()
    expected = [load_expected(path) for path in expected_paths()]
    for gold, read_ in zip(expected, desk.read([articles[gold.title] for gold in expected]), strict=True):
        article = articles[gold.title]
        pairs = pair_up(gold, Extraction(article, (), (), read_.claims))
        rights = [Right(p.claim.trigger.start, p.event.type, p.claim.type) for p in pairs]
        yield from desk.rows("fixtures apart" if gold.held_back else "fixtures", article, read_, rights)


def _of_bank(desk: _Desk) -> Iterator[dict[str, Any]]:
    for name, group in (("types_open", "bank"), ("types_held_back", "bank apart")):
        sentences = yaml.load((_TABLES / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
        articles = [Article(f"{name}-{i}", s["text"], None, date(2025, 6, 15)) for i, s in enumerate(sentences)]
        for sentence, article, read_ in zip(sentences, articles, desk.read(articles), strict=True):
            start = sentence["text"].index(sentence["trigger"])
            claims = [c for c in read_.claims if c.trigger.start == start] or [c for c in read_.claims if c.when]
            right = Right(start, sentence["type"], claims[0].type if claims else "other")
            yield from desk.rows(group, article, read_, [right])


def _of_folders(
    desk: _Desk, folders: Sequence[str], gold_files: Sequence[str], apart: tuple[str, ...]
) -> Iterator[dict[str, Any]]:
    gold = [json.loads(line) for file in gold_files for line in Path(file).read_text("utf-8").splitlines() if line]
    wanted = {row["doc"] for row in gold}
    files = [path for folder in folders for path in sorted(Path(folder).glob("*.json"))]
    documents = [d for d in (json.loads(path.read_text("utf-8")) for path in files) if d["id"] in wanted]
    articles = [Article(d["id"], d["text"], d["title"], date.fromisoformat(d["published"])) for d in documents]
    for document, article, read_ in zip(documents, articles, desk.read(articles), strict=True):
        events = [row for row in gold if row["doc"] == article.id and not row.get("none")]
        claims = dated_claims(Extraction(article, (), (), read_.claims))
        rights = _matched(events, claims, document["sentences"])
        yield from desk.rows(
            "documents apart" if article.id.startswith(apart) else "documents", article, read_, list(rights)
        )


def _matched(events: list[dict[str, Any]], claims: Sequence[Claim], sentences: Sequence[Any]) -> Iterator[Right]:
    """One event for each claim of its sentence and days: the one whose trigger overlaps, or the next."""
    left = list(events)
    for claim in claims:
        assert claim.when is not None
        at = next((i for i, (start, end) in enumerate(sentences) if start <= claim.trigger.start < end), -1)
        days = (claim.when.interval.first_day, claim.when.interval.last_day)
        same = [e for e in left if e["sent"] == at and (e["first_day"], e["last_day"]) == days]
        same.sort(key=lambda e: e["trigger"].lower() != claim.trigger.text.lower())
        if same:
            left.remove(same[0])
            yield Right(claim.trigger.start, same[0]["type"], claim.type)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", action="append", default=[], help="folder of documents; may be given again")
    parser.add_argument("--gold", action="append", default=[], help="file of gold rows; may be given again")
    parser.add_argument("--apart", action="append", default=[], help="beginning of names of documents to keep apart")
    return parser.parse_args()


if __name__ == "__main__":
    main()
