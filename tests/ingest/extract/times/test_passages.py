"""The temporal tagger over whole passages, scored as TempEval-3 does: what is found, and what it means."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from spacy.language import Language

from ingest.extract.times import find_times
from ingest.nlp.pipeline import Draft, annotate
from tests.ingest.extract.times.passages import Figures, Timex, figures, pairs, read_passages, tagged

HERE = Path(__file__).parent
FLOORS = {"newswire.yaml": Figures(0.98, 0.99, 0.98, 0.99), "held_back.yaml": Figures(0.96, 0.98, 0.96, 0.97)}


@pytest.mark.parametrize("name", FLOORS)
def test_passages_are_tagged_as_well_as_they_were(name: str, nlp: Language) -> None:
    passages = read_passages(HERE / name)
    docs = annotate(nlp, [Draft(p.text) for p in passages])
    scored = [(p.gold, tagged(find_times(doc, p.published))) for p, doc in zip(passages, docs, strict=True)]
    reached = figures(scored)
    wrong = [
        (p.name, p.text[a.start : a.end], a, b)
        for p, (gold, system) in zip(passages, scored, strict=True)
        for a, b in pairs(gold, system)
        if a != b
    ]
    assert all(a >= b for a, b in zip(reached, FLOORS[name], strict=True)), (reached, wrong)


def test_there_are_as_many_expressions_as_a_table_of_them_needs() -> None:
    marked = sum(len(p.gold) for name in FLOORS for p in read_passages(HERE / name))
    table = yaml.safe_load((HERE / "expressions.yaml").read_text(encoding="utf-8"))
    assert marked + sum(len(rows) for rows in table.values()) >= 600


def test_the_figures_are_those_of_tempeval_3() -> None:
    gold = (Timex(0, 4, "DATE", "2024"), Timex(10, 14, "DATE", "2025"))
    system = (Timex(0, 4, "DATE", "2024"), Timex(8, 14, "DATE", "2026"), Timex(20, 22, "SET", "P1D"))
    assert figures([(gold, system)]) == Figures(2 / 5, 4 / 5, 2 / 5, 4 / 5)
