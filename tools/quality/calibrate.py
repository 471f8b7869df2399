"""Makes `ingest/extract/calibration.yaml`: how often claims of so much evidence are right.

    python -m tools.quality.calibrate [--docs FOLDER --gold FILE]... [--apart PREFIX]... [--texts FILE --marks FILE]...

The fixture articles that are held back and their gold always count: what the second opinion was taught on it knows too
well to be judged by. `--docs` and `--gold` add others: `<id>.json` with id, title, published, text and sentences, and
rows of JSON with doc, sent, first_day, last_day, type and status; with `--apart`, only those whose id starts so.
`--texts` and `--marks` add articles of which single words are marked: JSON Lines with id, title, published and text,
and with source, sentence, start (of the word in it), type and status, both null if the word is no event of its date.
A claim is right if a gold event of its sentence has its days, its type and its status, or if its word is marked with
its type and status; of what is not marked nothing is said. Every document is judged by a
mapping that was fitted without it (five folds); the table that is printed shows how well those judgements hold. The
mapping that is written is fitted on all.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from ingest.boilerplate import find_boilerplate
from ingest.extract.claims import find_claims
from ingest.extract.confidence import Calibration
from ingest.extract.entities import find_entities
from ingest.extract.second import shipped_opinion
from ingest.extract.times import find_times
from ingest.nlp.pipeline import Draft, annotate, load_pipeline
from kb.config import load_settings
from kb.model import Article, Claim, Extraction
from kb.ontology import load_ontology
from tests.golden.extracted import read_fixtures
from tests.golden.gold import expected_paths, load_expected
from tests.golden.score import dated_claims, pair_up

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "ingest" / "extract" / "calibration.yaml"
RAW = Calibration(((0.0, 0.0), (1.0, 1.0)))
"""Gives the evidence itself."""
FOLDS = 5
LEAST = 25
"""Claims that a step of the mapping must rest on."""
LOWEST, HIGHEST = 0.05, 0.95
"""Nothing is said to be surer than that."""
BINS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.01)


class Judged(NamedTuple):
    """One dated claim: its document, its evidence, and whether the gold bears it out."""

    document: str
    evidence: float
    right: bool


class Step(NamedTuple):
    """Claims of about as much evidence: the sum of it, how many are right, how many there are."""

    evidence: float
    right: int
    count: int

    @property
    def share(self) -> float:
        """How many of them are right."""
        return self.right / self.count

    def with_(self, other: Step) -> Step:
        """Both together."""
        return Step(self.evidence + other.evidence, self.right + other.right, self.count + other.count)


def main() -> None:
    """Judge all claims, print the reliability table, write the mapping."""
    options = _options()
    judged = [
        *_of_fixtures(),
        *_of_folders(options.docs, options.gold, tuple(options.apart) or ("",)),
        *judged_marks(options.texts, options.marks),
    ]
    estimates = list(_cross_fitted(judged))
    sys.stdout.write(_table(judged, estimates))
    knots = fit([(j.evidence, j.right) for j in judged])
    lines = TARGET.read_text(encoding="utf-8").splitlines()[:2]
    TARGET.write_text("\n".join([*lines, f"knots: {[list(knot) for knot in knots]}"]) + "\n", encoding="utf-8")


def judged_marks(texts: Sequence[str], marks: Sequence[str]) -> Iterator[Judged]:
    """The claims that stand on a marked word: right if they are of its type and status."""
    words = {(m["source"], m["sentence"], m["start"]): (m["type"], m["status"]) for m in map(json.loads, _lines(marks))}
    wanted = {source for source, _, _ in words}
    records = [record for record in map(json.loads, _lines(texts)) if record["id"] in wanted]
    articles = {r["id"]: Article(r["id"], r["text"], r["title"], _day(r["published"])) for r in records}
    for key, extraction in _extract(list(articles.values())).items():
        for claim in dated_claims(extraction):
            sentence = articles[key].text[claim.sentence.start : claim.sentence.end]
            told = words.get((key, sentence, claim.trigger.start - claim.sentence.start))
            if told is not None:
                yield Judged(key, claim.confidence, told == (claim.type, claim.status.value))


def fit(points: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Knots of the rising mapping nearest to `points` (isotonic regression), each of at least `LEAST` points."""
    groups: dict[float, list[bool]] = {}
    for evidence, right in points:
        groups.setdefault(evidence, []).append(right)
    steps: list[Step] = []
    for evidence in sorted(groups):
        steps.append(Step(evidence * len(groups[evidence]), sum(groups[evidence]), len(groups[evidence])))
        while len(steps) > 1 and _falls(*steps[-2:]):
            last = steps.pop()
            steps[-1] = steps[-1].with_(last)
    if len(steps) > 1 and steps[-1].count < LEAST:
        last = steps.pop()
        steps[-1] = steps[-1].with_(last)
    return [(round(step.evidence / step.count, 3), round(min(max(step.share, LOWEST), HIGHEST), 3)) for step in steps]


def _falls(lower: Step, upper: Step) -> bool:
    """True if the steps must become one: the lower is too small, or no less often right."""
    return lower.count < LEAST or (upper.count >= LEAST and lower.share >= upper.share)


def _cross_fitted(judged: Sequence[Judged]) -> Iterator[float]:
    documents = sorted({j.document for j in judged})
    fold_of = {document: number % FOLDS for number, document in enumerate(documents)}
    mappings = [
        Calibration(tuple(fit([(j.evidence, j.right) for j in judged if fold_of[j.document] != fold])))
        for fold in range(FOLDS)
    ]
    for j in judged:
        yield mappings[fold_of[j.document]].share_right(j.evidence)


def _table(judged: Sequence[Judged], estimates: Sequence[float]) -> str:
    rows = ["| confidence | claims | mean confidence | right |", "|---|---:|---:|---:|"]
    gap = 0.0
    for low, high in pairwise(BINS):
        inside = [(e, j.right) for e, j in zip(estimates, judged, strict=True) if low <= e < high]
        if inside:
            mean = sum(e for e, _ in inside) / len(inside)
            share = sum(right for _, right in inside) / len(inside)
            gap += abs(mean - share) * len(inside) / len(judged)
            rows.append(f"| {low:.1f} to {min(high, 1):.1f} | {len(inside)} | {mean:.2f} | {share:.2f} |")
    brier = sum((e - j.right) ** 2 for e, j in zip(estimates, judged, strict=True)) / len(judged)
    base = sum(j.right for j in judged) / len(judged)
    documents = len({j.document for j in judged})
    return (
        "\n".join(rows)
        + f"\n\n{len(judged)} claims of {documents} documents; mean gap {gap:.3f}; Brier score {brier:.3f} "
        + f"(always saying {base:.2f}: {base * (1 - base):.3f})\n"
    )


def _of_fixtures() -> Iterator[Judged]:
    articles = read_fixtures()
    held_back = [(path, gold) for path in expected_paths() if (gold := load_expected(path)).held_back]
    found = _extract([articles[gold.title] for _, gold in held_back])
    for path, expected in held_back:
        extraction = found[articles[expected.title].id]
        right = {pair.claim.id for pair in pair_up(expected, extraction) if "full" in set(pair.levels)}
        yield from (Judged(path.stem, c.confidence, c.id in right) for c in dated_claims(extraction))


def _of_folders(folders: Sequence[str], gold_files: Sequence[str], apart: tuple[str, ...]) -> Iterator[Judged]:
    rows = [json.loads(line) for file in gold_files for line in Path(file).read_text("utf-8").splitlines() if line]
    documents = {d["id"]: d for folder in folders for d in map(_load, sorted(Path(folder).glob("*.json")))}
    wanted = {row["doc"] for row in rows}
    articles = [
        Article(d["id"], d["text"], d["title"], date.fromisoformat(d["published"]))
        for d in documents.values()
        if d["id"] in wanted and d["id"].startswith(apart)
    ]
    for key, extraction in _extract(articles).items():
        events = [row for row in rows if row["doc"] == key and not row.get("none")]
        for claim in dated_claims(extraction):
            yield Judged(key, claim.confidence, _is_borne_out(claim, documents[key]["sentences"], events))


def _is_borne_out(claim: Claim, sentences: Sequence[Sequence[int]], events: list[dict[str, Any]]) -> bool:
    """True if an event that no claim has taken yet agrees; it is taken."""
    assert claim.when is not None
    at = next((i for i, (start, end) in enumerate(sentences) if start <= claim.trigger.start < end), -1)
    days = (claim.when.interval.first_day, claim.when.interval.last_day)
    for event in events:
        same = (event["first_day"], event["last_day"]) == days and event["sent"] == at
        if same and (event["type"], event["status"]) == (claim.type, claim.status.value):
            events.remove(event)
            return True
    return False


def _extract(articles: Sequence[Article]) -> dict[str, Extraction]:
    nlp, ontology = load_pipeline(load_settings(os.environ, ROOT).model), load_ontology()
    docs = annotate(nlp, (Draft(article.text, find_boilerplate(article.text)) for article in articles))
    found: dict[str, Extraction] = {}
    for article, doc in zip(articles, docs, strict=True):
        times, entities = find_times(doc, article.published), find_entities(doc)
        claims = find_claims(doc, article, times, entities, ontology, calibration=RAW, opinion=shipped_opinion())
        found[article.id] = Extraction(article, times, entities, claims)
    return found


def _lines(files: Sequence[str]) -> Iterator[str]:
    for file in files:
        yield from Path(file).read_text("utf-8").splitlines()


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published[:10]) if published else None


def _load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", action="append", default=[], help="folder of documents; may be given again")
    parser.add_argument("--gold", action="append", default=[], help="file of gold rows; may be given again")
    parser.add_argument("--apart", action="append", default=[], help="beginning of ids of documents to judge by")
    parser.add_argument(
        "--texts", action="append", default=[], help="file of articles with marked words; may be given again"
    )
    parser.add_argument("--marks", action="append", default=[], help="file of words marked in them; may be given again")
    return parser.parse_args()


if __name__ == "__main__":
    main()
