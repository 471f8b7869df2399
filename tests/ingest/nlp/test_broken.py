"""Words that stuck together, and marks that were broken on their way, are read as what they were."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from tests.ingest.extract.reading import claims_of


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("The port closed.- Ships wait.", ["The port closed.-", "Ships wait."], id="a dash and a gap"),
        pytest.param("It opened in May.-The port closed.", ["It opened in May.-", "The port closed."], id="a dash"),
        pytest.param('He called it "dead".- Ships wait.', ['He called it "dead".-', "Ships wait."], id="a quote"),
        pytest.param('"It is dead."?The port closed.', ['"It is dead."?', "The port closed."], id="half a mark"),
        pytest.param("“It is dead.”The port closed.", ["“It is dead.”", "The port closed."], id="a mark"),
        pytest.param("It fell 2.5%.The port closed.", ["It fell 2.5%.", "The port closed."], id="a share"),
        pytest.param("It opened in 2019.The port closed.", ["It opened in 2019.", "The port closed."], id="a year"),
        pytest.param(
            "It opened (Newswire)The port closed.", ["It opened (Newswire)", "The port closed."], id="a source"
        ),
        pytest.param("The U.S.-Mexican border was closed.", None, id="an abbreviation"),
        pytest.param("The border was closed in Jan.-March 2019.", None, id="a span of months"),
    ],
)
def test_sentences_that_stick_together_are_parted(nlp: Language, text: str, sentences: list[str] | None) -> None:
    assert [sent.text.strip() for sent in nlp(text).sents] == (sentences or [text])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param('paid,"?Roe said', ["paid", ",", '"?', "Roe", "said"], id="the end of a quote"),
        pytest.param('a plan "?the first', ["a", "plan", '"?', "the", "first"], id="a dash"),
        pytest.param("•The court", ["•", "The", "court"], id="a bullet"),
        pytest.param("They don\ufffdt", ["They", "do", "n\ufffdt"], id="no apostrophe"),
        pytest.param("it doesnâ€™t", ["it", "does", "nâ€™t"], id="another encoding"),
        pytest.param("The court&#8217;s ruling", ["The", "court", "&#8217;s", "ruling"], id="a reference"),
        pytest.param("Did the court? It did.", ["Did", "the", "court", "?", "It", "did", "."], id="a question"),
        pytest.param("the U.S.-led force", ["the", "U.S.-led", "force"], id="a compound"),
    ],
)
def test_words_are_cut_as_if_nothing_had_happened(nlp: Language, text: str, words: list[str]) -> None:
    doc = nlp.make_doc(text)
    assert [token.text for token in doc] == words
    assert doc.text == text


def test_what_is_broken_is_told_as_what_was_meant(parse: Callable[..., Doc]) -> None:
    text = 'The firm wasn\ufffdt fined in 2019."?The court ruled on March 3, 2025.-The minister resigned in May 2024.- '
    claims = claims_of(parse(text))
    assert [
        (c.trigger.text, c.status.value, c.sentence.text.strip(), str(c.when.interval.first_day))
        for c in claims
        if c.when
    ] == [
        ("fined", "denied", 'The firm wasn\ufffdt fined in 2019."?', "2019-01-01"),
        ("ruled", "occurred", "The court ruled on March 3, 2025.-", "2025-03-03"),
        ("resigned", "occurred", "The minister resigned in May 2024.-", "2024-05-01"),
    ]


def test_a_quote_ends_at_half_a_mark(parse: Callable[..., Doc]) -> None:
    text = 'Ada Roe said: "We will sue the port on Friday over it."?The city sued the firm on Monday. "We won."'
    sued = {c.trigger.text: c.attributed_to is not None for c in claims_of(parse(text))}
    assert sued["sue"]
    assert not sued["sued"]
