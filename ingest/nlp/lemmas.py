"""spaCy's lemmatizer, asked once for each word: the same lemmas in a fifth of the time.

What it says depends on a word's form, part of speech and morphology alone, so it is kept. See
docs/decisions/026-names-at-once.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeGuard

import numpy as np
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

COMPONENT = "chronograph_lemmas"
_ASKED: list[int | str] = ["ORTH", "POS", "MORPH"]
_MOST_KEPT = 30_000
"""Words whose lemmas are kept, after which all are forgotten."""

_Word = tuple[int, int, int]
"""Its form, part of speech and morphology, as spaCy numbers them."""


@Language.factory(COMPONENT, assigns=["token.lemma"])
def create_lemmas(nlp: Language, name: str) -> QuickLemmas:  # noqa: ARG001 - spaCy passes both
    """The component, still without a lemmatizer."""
    return QuickLemmas()


class QuickLemmas:
    """What a `Lemmatizer` says, looked up by word. Lemmas that a text has already stay."""

    def take(self, lemmatizer: Lemmatizer) -> None:
        """Say what this one does; `suits(lemmatizer)` holds."""
        self._lemmatizer = lemmatizer
        _quicken_index(lemmatizer)
        self._kept: dict[_Word, int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The same text, its words with their lemmas."""
        if len(doc):
            own = doc.to_array("LEMMA").tolist()
            words = map(tuple, doc.to_array(_ASKED).tolist())
            lemmas = [told or self._of(word, doc, at) for at, (told, word) in enumerate(zip(own, words, strict=True))]
            doc.from_array(["LEMMA"], np.array(lemmas, dtype=np.uint64))  # type: ignore[arg-type]
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:  # noqa: ARG002 - spaCy passes it
        """The same texts, in order."""
        return map(self, stream)

    def _of(self, word: _Word, doc: Doc, at: int) -> int:
        found = self._kept.get(word)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = self._kept[word] = doc.vocab.strings.add(self._lemmatizer.lemmatize(doc[at])[0])
        return found


def _quicken_index(lemmatizer: Lemmatizer) -> None:
    """Known lemmas as sets: spaCy looks for each form of a new word through lists of tens of thousands."""
    index = lemmatizer.lookups.get_table("lemma_index", {})
    for part, known in index.items():
        index[part] = frozenset(known)


def suits(component: object) -> TypeGuard[Lemmatizer]:
    """True for a lemmatizer by rules as spaCy makes it, that keeps the lemmas it finds."""
    plain = type(component) in {Lemmatizer, EnglishLemmatizer}
    return plain and component.mode == "rule" and not component.overwrite  # type: ignore[attr-defined]
