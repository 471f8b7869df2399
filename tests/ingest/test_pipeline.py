"""Annotated documents: blocks parsed apart, joined to one Doc with the article's offsets."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps
from threadpoolctl import threadpool_info

from ingest.nlp.pipeline import BOILERPLATE, Draft, annotate, cut_blocks, load_pipeline
from kb.errors import AbortRun


@given(st.text(alphabet=st.sampled_from("ab .\n\r\t　é"), max_size=200))
def test_blocks_follow_each_other_and_cover_the_text(text: str) -> None:
    blocks = cut_blocks(text)
    assert "".join(text[start:end] for start, end in blocks) == text
    assert all(start < end for start, end in blocks)


def test_a_paragraph_without_end_is_cut_at_spaces() -> None:
    text = "word " * 10_000
    blocks = cut_blocks(text)
    assert max(end - start for start, end in blocks) <= 10_000
    assert all(text[start:end].endswith(" ") for start, end in blocks)


def test_a_line_without_a_single_space_is_cut_all_the_same() -> None:
    assert len(cut_blocks("x" * 25_000)) == 3


@pytest.mark.parametrize(
    "text",
    ["", "\n", "One.", "One.\n\nTwo.\n", "\n\nIndented\n   \n  text", "Tab\tand odd spaces", "a\r\nb\r\n"],
)
def test_the_document_has_the_text_of_the_article(nlp: Language, text: str) -> None:
    (doc,) = annotate(nlp, [Draft(text)])
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_lines_that_an_editor_broke_are_parsed_as_one_paragraph(nlp: Language) -> None:
    text = (
        "A federal appeals court on Friday upheld a law that would force the\n"
        "owner of the video application to sell it by the middle of January,\n"
        "or to see it vanish from the application stores of the country.\n\n"
        "The company said it would appeal.\n"
    )
    (doc,) = annotate(nlp, [Draft(text)])
    assert doc.text == text
    assert len(list(doc.sents)) == 2


def test_short_lines_and_headlines_stay_apart() -> None:
    text = "Key dates\nMarch 13: House vote\nApril 24: signed into law by the president\nJanuary 19: deadline\n"
    assert len(cut_blocks(text)) == 4


def test_no_sentence_reaches_over_a_line_end_and_no_word_has_its_head_in_another_paragraph(nlp: Language) -> None:
    text = "Court upholds law\n\nThe company said on Monday that it would appeal\n\nA hearing is due in May"
    (doc,) = annotate(nlp, [Draft(text)])
    assert [sentence.text.strip() for sentence in doc.sents] == [line for line in text.split("\n") if line]
    assert all(token.sent == token.head.sent for token in doc)


def test_boilerplate_is_there_but_not_annotated(nlp: Language) -> None:
    text = "The court ruled on Monday.\nRelated Posts\nApple Sues Google On Friday\n"
    start = text.index("Related")
    (doc,) = annotate(nlp, [Draft(text, ((start, len(text)),))])
    assert doc.text == text
    assert [span.text for span in doc.spans[BOILERPLATE]] == ["Related Posts\n", "Apple Sues Google On Friday\n"]
    assert all(entity.start_char < start for entity in doc.ents)
    assert not any(token.has_dep() for span in doc.spans[BOILERPLATE] for token in span)


def test_documents_come_in_order_and_one_by_one(nlp: Language) -> None:
    read: list[int] = []

    def drafts() -> object:
        for number in range(400):
            read.append(number)
            yield Draft(f"Article {number} was published on Monday. " * 20)

    docs = annotate(nlp, drafts())  # type: ignore[arg-type]
    assert next(docs).text.startswith("Article 0 ")
    assert len(read) < 200
    assert next(docs).text.startswith("Article 1 ")


def test_a_missing_pipeline_says_how_to_get_one() -> None:
    with pytest.raises(AbortRun, match="make setup"):
        load_pipeline("en_no_such_pipeline")


def test_what_is_parsed_at_once_stays_small_however_long_the_blocks(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    def pipe(texts: list[str], batch_size: int) -> Iterator[Doc]:
        assert len(texts) <= batch_size
        sizes.append(sum(map(len, texts)))
        return (nlp.make_doc(text) for text in texts)

    monkeypatch.setattr(nlp, "pipe", pipe)
    text = "word " * 30_000 + "\n" + "Short line.\n" * 100
    (doc,) = annotate(nlp, [Draft(text)])
    assert doc.text == text
    assert max(sizes) <= 40_000 < sum(sizes)


def _products(model: Language) -> set[str]:
    """By what the nodes of the embedding and tagging networks multiply."""
    networks = [model.get_pipe(name).model for name in ("tok2vec", "tagger")]
    return {"blis" if node.ops.use_blis else "numpy" for network in networks for node in network.walk()}


def test_a_loaded_pipeline_multiplies_by_numpy_on_one_thread_and_what_others_load_does_not(nlp: Language) -> None:
    assert _products(nlp) == {"numpy"}
    assert {pool["num_threads"] for pool in threadpool_info() if pool["internal_api"] == "openblas"} == {1}
    assert _products(spacy.load(nlp.meta["lang"] + "_" + nlp.meta["name"])) == {"blis"}


def test_products_by_numpy_change_nothing_but_the_last_bits(nlp: Language) -> None:
    text = "The Supreme Court of Ohio ruled on Monday that the ban, which took effect in May, may stand."
    ours, as_it_comes = nlp(text), spacy.load(nlp.meta["lang"] + "_" + nlp.meta["name"])(text)
    assert [(t.tag_, t.dep_, t.lemma_, t.ent_type_) for t in ours] == [
        (t.tag_, t.dep_, t.lemma_, t.ent_type_) for t in as_it_comes
    ]
    assert np.allclose(ours.tensor, as_it_comes.tensor, atol=1e-4)


class _OtherOps(NumpyOps):
    """Stands for a library that somebody has chosen."""


def test_another_library_that_was_chosen_is_left_alone(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.nlp.products.get_current_ops", _OtherOps)
    assert _products(load_pipeline(nlp.meta["lang"] + "_" + nlp.meta["name"])) == {"blis"}
