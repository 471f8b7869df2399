"""Sentences that are read at once: each looks at itself and the title, and at nothing else."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.second.batch import groups, pieces_of

LINES = st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=50).map(tuple), min_size=1, max_size=20, unique=True)


@given(LINES)
def test_every_sentence_is_read_once_with_such_of_about_its_length(lines: list[tuple[int, ...]]) -> None:
    found = groups(lines)
    assert sorted(line for group in found for line in group) == sorted(lines)
    lengths = [len(line) for group in found for line in group]
    assert lengths == sorted(lengths)


def test_long_sentences_are_read_in_smaller_groups() -> None:
    short, long = [(number,) * 8 for number in range(10)], [(number,) * 45 for number in range(10)]
    assert len(groups(short)) == 1
    assert len(groups(long)) == 2


@given(LINES, st.integers(0, 3), st.integers(0, 17))
def test_a_sentence_looks_at_the_title_and_itself(lines: list[tuple[int, ...]], first: int, beside: int) -> None:
    told = pieces_of(lines, first=first, beside=beside)
    title = [-1] * beside
    both = np.array([*title, *told["ids"]])
    for line, seen, shown in zip(lines, told["seen"], told["shown"], strict=True):
        assert both[seen[shown == 1]].tolist() == [*title, *line]


@given(LINES)
def test_every_piece_asks_at_its_place_and_is_found_again(lines: list[tuple[int, ...]]) -> None:
    told = pieces_of(lines, first=5, beside=0)
    asking = told["ids"][told["asking"]]
    for line, row in zip(lines, asking, strict=True):
        assert tuple(row[: len(line)]) == line
    assert told["asking"].ravel()[told["back"]].tolist() == [*range(len(told["ids"]))]
    assert told["places"].tolist() == [5 + place for line in lines for place in range(len(line))]
