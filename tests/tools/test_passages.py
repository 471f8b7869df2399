"""The annotated passages: in form, in the ontology's terms, every event in the sentence of its date."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kb.model import Status
from kb.ontology import load_ontology
from tools.quality.passages import Passage, read_passages

PASSAGES = list(read_passages())


def test_marks_are_in_the_terms_of_the_ontology() -> None:
    types, statuses = set(load_ontology().types), {status.value for status in Status}
    odd = [(p.article.id, m) for p in PASSAGES for m in p.marks if m.type not in types or m.status not in statuses]
    assert odd == []


def test_every_mark_stands_in_its_text_and_so_does_its_time() -> None:
    def slips(passage: Passage) -> bool:
        text = passage.article.text
        return any(text[m.start : m.start + len(m.trigger)] != m.trigger or m.time not in text for m in passage.marks)

    assert [p.article.id for p in PASSAGES if slips(p)] == []


def test_every_type_is_shown_often_enough_to_learn_it() -> None:
    counts = Counter(mark.type for passage in PASSAGES for mark in passage.marks)
    assert min(counts[type_] for type_ in load_ontology().types) >= 25


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("## 12 May | wire, UK | Vote\nMPs {voted|legislative_vote|occurred|Tuesday} on Tuesday.\n", "'DAY | style"),
        ("## 2020-05-12 | wire, UK | Vote\nMPs {voted|legislative_vote|occurred} on Tuesday.\n", "a mark that is no"),
    ],
    ids=["a day that is none", "a mark without its time"],
)
def test_a_passage_out_of_form_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "p01.txt").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=f"passage p01-1.*{complaint}"):
        list(read_passages(tmp_path))
