"""Rows for teaching and judging the second opinion: a trigger in its sentence, and the type and status that are right.

    python -m tools.quality.type_rows [--passages FOLDER] [--docs FOLDER --gold FILE]... [--apart PREFIX]...
        [--unmarked] [--texts FILE] > FILE

Passages, fixture articles and the bank of sentences always count; `--docs` and `--gold` add others, as for
`tools.quality.calibrate`. `group` tells where a row is from; groups that end in `apart` are for judging only: the
fixtures and sentences that are held back, and documents and passages whose name starts with a `--apart`. `told` is what
patterns and rules say by themselves, `facts` the same as the encoder is given it. With `--unmarked`, verbs and event
nouns of passages that nobody marked are rows too, with neither type nor status: a larger encoder answers for them
(`tools.quality.teacher`); so are those of `--texts`, JSON Lines of articles without marks (`id`, `title`, `published`,
`text`).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from ingest.boilerplate import find_boilerplate
from ingest.extract.claims import find_claims
from ingest.extract.deadlines import DEADLINE
from ingest.extract.entities import find_entities
from ingest.extract.grammar import Reading, Typing, read, tokens_of
from ingest.extract.second.facts import UNKNOWN, Facts, facts_of
from ingest.extract.times import find_times
from ingest.extract.triggers import type_of
from ingest.extract.verdict import names_in
from ingest.nlp.pipeline import Draft, annotate, load_pipeline
from ingest.nlp.words import Token, Words
from kb.config import load_settings
from kb.model import Article, Claim, Extraction, Status
from kb.ontology import Ontology, load_ontology
from kb.ontology.model import OTHER
from tests.golden.extracted import read_fixtures
from tests.golden.gold import expected_paths, load_expected
from tests.golden.score import dated_claims, pair_up
from tools.quality.passages import FOLDER, Mark, Passage, read_passages

ROOT = Path(__file__).parents[2]
_TABLES = ROOT / "tests" / "ingest" / "extract" / "tables"


class Right(NamedTuple):
    """A trigger's offset in its article, type and status that are right, its time's offset, and the claim there."""

    start: int
    type: str
    status: str
    time: int | None
    claim: Claim | None


class Read(NamedTuple):
    """An article as it was read."""

    reading: Reading
    claims: tuple[Claim, ...]


def main() -> None:
    """Print the rows."""
    options = _options()
    desk = _Desk()
    for rows in (
        _of_passages(desk, options.passages, tuple(options.apart), unmarked=options.unmarked),
        _of_fixtures(desk),
        _of_bank(desk),
        _of_folders(desk, options.docs, options.gold, tuple(options.apart)),
        _of_texts(desk, options.texts),
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
            yield Read(read(Words(doc), times, entities), claims)

    def rows(self, group: str, article: Article, read_: Read, rights: Sequence[Right]) -> Iterator[dict[str, Any]]:
        for right in rights:
            trigger = tokens_of(read_.reading.doc, right.start, right.start + 1)[0]
            typing, facts = self._told(article, read_, trigger, right.claim)
            yield {
                "group": group,
                **_where(article, read_, trigger, right.time),
                "type": right.type,
                "status": right.status,
                "told": [typing.type, typing.weight, right.claim.status.value if right.claim else None],
                "facts": list(facts),
            }

    def unmarked(self, article: Article, read_: Read, marked: Collection[int]) -> Iterator[dict[str, Any]]:
        """Verbs, and nouns that a pattern knows, at none of the offsets `marked`, with the nearest time."""
        dated = {claim.trigger.start: claim for claim in read_.claims if claim.when}
        times = sorted({claim.when.span.start for claim in dated.values() if claim.when})
        for token in read_.reading.doc:
            if token.pos_ not in ("VERB", "NOUN") or token.idx in marked:
                continue
            claim = dated.get(token.idx)
            if claim and claim.when:
                typing, facts = self._told(article, read_, token, claim)
                time: int | None = claim.when.span.start
            else:
                typing = type_of(read_.reading, self._ontology, token)
                if token.pos_ == "NOUN" and typing.type == OTHER:
                    continue
                inside = [time for time in times if token.sent.start_char <= time < token.sent.end_char]
                time = min(inside, key=lambda at: abs(at - token.idx), default=None)
                facts = Facts(facts_of(typing, Status.OCCURRED, None, None).typing, UNKNOWN.status, UNKNOWN.days)
            yield {
                "group": "unmarked",
                **_where(article, read_, token, time),
                "type": None,
                "status": None,
                "told": [typing.type, typing.weight, claim.status.value if claim else None],
                "facts": list(facts),
            }

    def _told(self, article: Article, read_: Read, trigger: Token, claim: Claim | None) -> tuple[Typing, Facts]:
        if claim is None:
            return Typing(OTHER, 0), UNKNOWN
        typing = type_of(read_.reading, self._ontology, trigger)
        if claim.type != typing.type:
            typing = Typing(claim.type, 3 if claim.type == DEADLINE else 0)
        return typing, facts_of(typing, claim.status, claim.when.interval if claim.when else None, article.published)


def _where(article: Article, read_: Read, trigger: Token, time: int | None) -> dict[str, Any]:
    """The sentence of a trigger, and where in it trigger, names and time start."""
    first, end = trigger.sent.start_char, trigger.sent.end_char
    return {
        "source": article.id,
        "title": article.title or "",
        "sentence": trigger.sent.text,
        "start": trigger.idx - first,
        "time": time - first if time is not None and first <= time < end else None,
        "names": names_in(read_.reading, first, end),
    }


def _of_passages(desk: _Desk, folder: Path, apart: tuple[str, ...], *, unmarked: bool) -> Iterator[dict[str, Any]]:
    passages = list(read_passages(folder))
    for passage, read_ in zip(passages, desk.read([p.article for p in passages]), strict=True):
        rights = [right for mark in passage.marks for right in _told(mark, passage, read_.claims)]
        kept = bool(apart) and passage.article.id.startswith(apart)
        yield from desk.rows("passages apart" if kept else "passages", passage.article, read_, rights)
        if unmarked and not kept:
            yield from desk.unmarked(passage.article, read_, {right.start for right in rights})


def _told(mark: Mark, passage: Passage, claims: Sequence[Claim]) -> Iterator[Right]:
    """The mark itself and, if a claim has its date but another word of the sentence for trigger, that word too."""
    time = _nearest(passage.article.text, mark)
    same = [c for c in claims if _is_same_event(c, mark)]
    own = next((c for c in same if c.trigger.start == mark.start), None)
    if own is None:
        taken = {other.start for other in passage.marks}
        other = next((c for c in same if c.trigger.start not in taken), None)
        if other is not None and other.when is not None:
            yield Right(other.trigger.start, mark.type, mark.status, other.when.span.start, other)
    yield Right(mark.start, mark.type, mark.status, time, own)


def _nearest(text: str, mark: Mark) -> int | None:
    """Where the words that date `mark` stand nearest to it."""
    before, after = text.rfind(mark.time, 0, mark.start), text.find(mark.time, mark.start)
    return min((at for at in (before, after) if at >= 0), key=lambda at: abs(at - mark.start), default=None)


def _is_same_event(claim: Claim, mark: Mark) -> bool:
    dated = claim.when is not None and (claim.when.span.text in mark.time or mark.time in claim.when.span.text)
    return dated and claim.sentence.start <= mark.start < claim.sentence.end


def _right(claim: Claim, type_: str, status: str) -> Right:
    return Right(claim.trigger.start, type_, status, claim.when.span.start if claim.when else None, claim)


def _of_fixtures(desk: _Desk) -> Iterator[dict[str, Any]]:
    articles = read_fixtures()
    expected = [load_expected(path) for path in expected_paths()]
    for gold, read_ in zip(expected, desk.read([articles[gold.title] for gold in expected]), strict=True):
        article = articles[gold.title]
        pairs = pair_up(gold, Extraction(article, (), (), read_.claims))
        rights = [_right(p.claim, p.event.type, p.event.status) for p in pairs]
        yield from desk.rows("fixtures apart" if gold.held_back else "fixtures", article, read_, rights)


def _of_bank(desk: _Desk) -> Iterator[dict[str, Any]]:
    for name, group in (("types_open", "bank"), ("types_held_back", "bank apart")):
        sentences = yaml.load((_TABLES / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
        articles = [Article(f"{name}-{i}", s["text"], None, date(2025, 6, 15)) for i, s in enumerate(sentences)]
        for sentence, article, read_ in zip(sentences, articles, desk.read(articles), strict=True):
            start = sentence["text"].index(sentence["trigger"])
            time = sentence["text"].find(sentence["time"])
            claim = next((c for c in read_.claims if c.trigger.start == start), None)
            right = Right(start, sentence["type"], sentence["status"], time if time >= 0 else None, claim)
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
        rights = list(_matched(events, claims, document["sentences"]))
        yield from desk.rows("documents apart" if article.id.startswith(apart) else "documents", article, read_, rights)


def _of_texts(desk: _Desk, path: Path | None) -> Iterator[dict[str, Any]]:
    """Everything in articles that nobody marked."""
    lines = path.read_text("utf-8").splitlines() if path else []
    records = [json.loads(line) for line in lines]
    days = [date.fromisoformat(r["published"][:10]) if r.get("published") else None for r in records]
    articles = [Article(r["id"], r["text"], r.get("title"), day) for r, day in zip(records, days, strict=True)]
    for article, read_ in zip(articles, desk.read(articles), strict=True):
        yield from desk.unmarked(article, read_, ())


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
            yield _right(claim, same[0]["type"], same[0]["status"])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=Path, default=FOLDER, help="folder of passages")
    parser.add_argument("--docs", action="append", default=[], help="folder of documents; may be given again")
    parser.add_argument("--gold", action="append", default=[], help="file of gold rows; may be given again")
    parser.add_argument("--apart", action="append", default=[], help="beginning of names to keep apart")
    parser.add_argument("--unmarked", action="store_true", help="verbs and event nouns that nobody marked, too")
    parser.add_argument("--texts", type=Path, help="file of articles without marks, to be answered for as well")
    return parser.parse_args()


if __name__ == "__main__":
    main()
