"""Where the words of a search are found."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kb.queries.finding import has, matches, those_having, those_with
from kb.queries.names import begins, holds


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("60", "Within 60 days", True),
        ("60", "Within 360 days", False),
        ("60", "A 60-day pause", True),
        ("day", "Within 60 days", True),
        ("art", "The party met", False),
        ("art", "The ARTISTS met", True),
        ("within 60 days", "due within\n60 days of notice", True),
        ("ferry-act", "the Ferry‑Act", True),
        ("$5", "a fine of $5 million", True),
        ("ömür", "in Ömürlü", True),
        ("东京", "在新东京湾", True),
        ("كتاب", "قرأ الكتاب", True),
        ("(", "a (late) bid", True),
    ],
)
def test_a_word_is_found_where_a_word_of_the_text_begins_with_it(word: str, text: str, found: bool) -> None:
    assert has(text, word) is found
    assert bool(matches(text, [word])) is found


def test_of_many_texts_those_are_told_that_have_the_word() -> None:
    assert those_with(["within 360 days", "60 days", "ferry‑act 60"], "60") == [False, True, True]
    assert those_with(["the ferry‑act"], "ferry-act") == [True]


@pytest.mark.parametrize(
    ("name", "text", "held", "begun"),
    [
        ("European Union", "eu", True, True),
        ("Natural History Museum", "eu", True, False),
        ("Bank of Lorne", "lorne", True, True),
        ("Straße 60", "strasse", True, True),
        ("Ferry Board", "barge", False, False),
    ],
)
def test_a_name_has_letters_within_and_at_the_beginnings_of_its_words(
    name: str, text: str, held: bool, begun: bool
) -> None:
    assert (holds(name, text), begins(name, text)) == (held, begun)


@given(
    st.lists(st.text("aA é-\u2019'İKkıs\u00a0 .\n", max_size=12), max_size=8),
    st.text("aé-'ks ", min_size=1, max_size=4),
)
def test_many_texts_at_once_have_what_each_of_them_has(texts: list[str], word: str) -> None:
    word = " ".join(word.split())
    assume(word)
    assert those_having(texts, word) == [has(text, word) for text in texts]
