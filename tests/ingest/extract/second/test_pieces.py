"""Text into the pieces of words that the encoder knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.second.pieces import cut

WORDS = ("[PAD]", "[UNK]", "the", "court", "over", "##rule", "##d", "cafe", ".", "u", "s")
VOCABULARY = {word: number for number, word in enumerate(WORDS)}


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("The court", ["the", "court"], id="known words, in lower case"),
        pytest.param("overruled", ["over", "##rule", "##d"], id="longest beginning first, then the rest"),
        pytest.param("café", ["cafe"], id="accents fall"),
        pytest.param("U.S.", ["u", ".", "s", "."], id="marks stand alone"),
        pytest.param("xyz the", ["[UNK]", "the"], id="a word of unknown pieces is odd"),
        pytest.param("overx", ["[UNK]"], id="so is one whose end is unknown"),
        pytest.param("the" * 30, ["[UNK]"], id="and one of ninety letters"),
        pytest.param(" \n\t", [], id="white space is nothing"),
    ],
)
def test_cuts(text: str, pieces: list[str]) -> None:
    assert [WORDS[piece.id] for piece in cut(text, VOCABULARY)] == pieces


def test_every_piece_of_a_word_stands_where_its_word_does() -> None:
    assert [(piece.start, piece.end) for piece in cut("the overruled", VOCABULARY)] == [
        (0, 3),
        (4, 13),
        (4, 13),
        (4, 13),
    ]


@given(st.text(max_size=200))
def test_any_text_is_cut_in_order(text: str) -> None:
    pieces = cut(text, VOCABULARY)
    assert all(0 <= piece.start < piece.end <= len(text) for piece in pieces)
    assert [piece.start for piece in pieces] == sorted(piece.start for piece in pieces)
