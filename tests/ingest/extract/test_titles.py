"""The word lists of titles, and the line of at most 100 characters that a title is."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from ingest.extract.titles.lexicon import TitleLexicon, title_lexicon
from ingest.extract.titles.line import LONGEST, cut


def test_word_lists_are_full_and_in_small_letters():
    for name, words in title_lexicon():
        assert words, name
        assert all(word == word.lower().strip() for word in words), name


def test_a_list_that_no_rule_reads_is_an_error():
    lists = title_lexicon().model_dump()
    with pytest.raises(ValidationError, match="slips"):
        TitleLexicon.model_validate({**lists, "slips": ["slip"]})


def test_a_short_title_stays_as_it_is():
    assert cut(["court", "upholds", "law,"]) == "Court upholds law"


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(["of", "the"], id="preposition and article"),
        pytest.param(["that", "will"], id="the head of a clause"),
        pytest.param(["by", "1,200"], id="a number"),
    ],
)
def test_a_long_title_does_not_break_off_behind_words_that_say_nothing(end: list[str]):
    start = ["regulators", "in", "seventeen", "countries", "approve", "the", "takeover"]
    title = cut([*start, *end, "x" * LONGEST])
    assert title == "Regulators in seventeen countries approve the takeover…"


def test_a_title_has_at_most_100_characters():
    assert len(cut(["ten-letter"] * 20)) <= LONGEST
