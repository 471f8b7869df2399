"""Words: the plain objects say what spaCy's tokens and spans say."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc

from ingest.nlp import words as words_module
from ingest.nlp.words import Words

_TEXT = (
    "Old news\n\nThe Supreme Court of Ohio, which had heard the case in May, ruled on Monday that the ban (in force "
    'since 2019 and 2020) may stand. "We will appeal," said Ann Roe.\n\n  It is not over .'
)
_PLAIN = (
    "i idx text lower_ lemma_ pos_ tag_ dep_ ent_type_ whitespace_ text_with_ws "
    "is_alpha is_digit is_lower is_upper is_space is_punct"
).split()
_TIES = ("children", "lefts", "rights", "subtree", "ancestors", "conjuncts")


@pytest.fixture(scope="module")
def doc(parse: Callable[..., Doc]) -> Doc:
    return parse(_TEXT, ((0, 10),))


@pytest.mark.parametrize("name", _PLAIN)
def test_a_token_says_of_itself_what_spacy_says(doc: Doc, name: str) -> None:
    assert [getattr(word, name) for word in Words(doc)] == [getattr(token, name) for token in doc]


def test_strings_at_hand_are_bounded_and_right_in_another_store(doc: Doc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words_module, "_MOST_AT_HAND", 3)
    for other in (English()("Rome voted on the ban."), doc, English()("May the ban stand?")):
        assert [(word.text, word.lower_) for word in Words(other)] == [(token.text, token.lower_) for token in other]
        assert len(words_module._AT_HAND) < 8 * len(other) + 4


@pytest.mark.parametrize("name", _TIES)
def test_a_token_is_tied_to_the_same_tokens(doc: Doc, name: str) -> None:
    def numbers(tokens: Iterable[object]) -> list[list[int]]:
        return [[other.i for other in getattr(token, name)] for token in tokens]

    assert numbers(Words(doc)) == numbers(doc)


def test_a_token_knows_where_sentences_and_names_begin(doc: Doc) -> None:
    assert [word.is_sent_start for word in Words(doc)] == [bool(token.is_sent_start) for token in doc]
    assert [word.ent_iob_ for word in Words(doc)] == [token.ent_iob_ for token in doc]


@pytest.mark.parametrize("name", ["head", "left_edge", "right_edge"])
def test_a_token_leads_to_the_same_token(doc: Doc, name: str) -> None:
    assert [getattr(word, name).i for word in Words(doc)] == [getattr(token, name).i for token in doc]


def test_a_token_stands_in_the_same_sentence(doc: Doc) -> None:
    for word, token in zip(Words(doc), doc, strict=True):
        ours, theirs = word.sent, token.sent
        assert (ours.start, ours.end, ours.text) == (theirs.start, theirs.end, theirs.text)
        assert (ours.start_char, ours.end_char, ours.root.i) == (theirs.start_char, theirs.end_char, theirs.root.i)


def test_a_walk_does_not_fall_off_the_text(doc: Doc) -> None:
    words = Words(doc)
    assert words[1].nbor(-1) is words[0]
    for at, step in ((0, -1), (len(words) - 1, 1)):
        with pytest.raises(IndexError):
            words[at].nbor(step)
    with pytest.raises(IndexError):
        words[2:4][2]


@settings(deadline=None)
@given(start=st.integers(-3, len(_TEXT) + 3), end=st.integers(-3, len(_TEXT) + 3))
def test_the_same_tokens_cover_a_stretch_of_characters(doc: Doc, start: int, end: int) -> None:
    ours = Words(doc).covering(start, end)
    theirs = doc.char_span(start, end, alignment_mode="expand") if 0 <= start < end <= len(_TEXT) else None
    assert list(map(str, ours)) == [token.text for token in theirs or ()]


@settings(deadline=None)
@given(st.slices(50))
def test_a_stretch_is_cut_as_spacy_cuts_it(doc: Doc, cut: slice) -> None:
    cut = slice(cut.start, cut.stop)
    ours, theirs = Words(doc)[3:40][cut], doc[3:40][cut]
    assert [token.i for token in ours] == [token.i for token in theirs]


def test_a_text_without_words_has_none() -> None:
    words = Words(English()(""))
    assert (len(words), words.text, list(words), len(words.covering(0, 1))) == (0, "", [], 0)
