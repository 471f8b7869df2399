"""What the entity rules need to know about a parsed article, looked up once."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Self

from spacy.tokens import Doc

from ingest.nlp.pipeline import BOILERPLATE
from ingest.nlp.words import Words

_NO_NAMES = frozenset(("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "NORP", "LANGUAGE"))


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed article, as spaCy has it and as plain objects, and its text, which spaCy puts together at each call."""

    doc: Doc
    text: str
    words: Words
    boilerplate: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, words: Words) -> Self:
        """The page of the words of a Doc from `ingest.nlp.pipeline.annotate`."""
        blocks = words.doc.spans.get(BOILERPLATE, ())
        return cls(words.doc, words.text, words, tuple((block.start_char, block.end_char) for block in blocks))

    def is_article(self, offset: int) -> bool:
        """False inside boilerplate."""
        at = bisect_right(self.boilerplate, offset, key=lambda block: block[0]) - 1
        return at < 0 or offset >= self.boilerplate[at][1]

    def is_tagged_name(self, start: int, end: int) -> bool:
        """True if the tagger sees a name there: a named entity, or a proper noun inside a sentence."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        if span is None or span[0].ent_type_ in _NO_NAMES:
            return False
        return bool(span[0].ent_type_) or (span[0].pos_ == "PROPN" and not span[0].is_sent_start)
