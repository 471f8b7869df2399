"""Annotated documents: spaCy run block by block, joined into one Doc with the article's own offsets.

A parser that sees a whole article joins sentences of different paragraphs; one that sees a paragraph does not. So a
text is cut into blocks (paragraphs with the line ends behind them), the blocks are parsed in batches over all articles,
and their Docs are joined again: `doc.text == text`, and `token.idx` is an offset into the article.
"""

from __future__ import annotations

import gc
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from ingest.garbage import keep_what_is_loaded
from ingest.nlp import attributes, broken, headings, lemmas, names, steps, vectors
from ingest.nlp.products import numpy_products
from kb.errors import AbortRun

BOILERPLATE = "boilerplate"
"""Key of `doc.spans` for the blocks that were tokenised but not annotated."""

_LINE = re.compile(r"[^\n]*\n+|[^\n]+")
_PARAGRAPH = re.compile(r"(?:[^\n]+\n)*[^\n]*\n+|[^\n]+")
_WRAPPED_WIDTH = (50, 100)
"""Characters: lines that were broken by an editor are about as long as one another, and no longer than this."""
_LONGEST_BLOCK = 10_000
"""Characters; a longer paragraph is cut at a space, so that one line of 50 MB cannot take all memory."""
_BATCH = 128
"""Blocks that are parsed at once, and their characters: a word takes ten kilobytes while it is."""
_BATCH_CHARACTERS = 30_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A text to annotate, with the sorted, disjoint ranges of its boilerplate (navigation, bylines, related posts)."""

    text: str
    boilerplate: tuple[tuple[int, int], ...] = field(default=())


def load_pipeline(model: str) -> Language:
    """The spaCy pipeline of that name or path, or AbortRun saying how to install it.

    What is there after loading is taken to stay until the next pipeline is loaded (`keep_what_is_loaded`): load what
    goes with it first.
    """
    gc.unfreeze()
    try:
        with numpy_products():
            nlp = spacy.load(model)
    except OSError as err:
        raise AbortRun(
            f"spaCy pipeline {model!r} is not installed: run 'make setup', or set CHRONOGRAPH_MODEL to one that is"
        ) from err
    _quicken(nlp)
    if nlp.lang == "en":
        broken.know_broken_marks(nlp)
    if "parser" in nlp.pipe_names:
        nlp.add_pipe(broken.COMPONENT, before="parser")
        nlp.add_pipe(headings.COMPONENT, before="parser")
    keep_what_is_loaded()
    return nlp


def _quicken(nlp: Language) -> None:
    """Put what decides the same in less time in place of components, and of parts of them, that it can stand for."""
    for name, component in nlp.pipeline:
        vectors.quicken(component)
        if attributes.suits(component):
            nlp.replace_pipe(name, attributes.COMPONENT).take(component)  # type: ignore[attr-defined]
        elif lemmas.suits(component):
            nlp.replace_pipe(name, lemmas.COMPONENT).take(component)  # type: ignore[attr-defined]
        elif names.suits(component):
            nlp.replace_pipe(name, names.COMPONENT).take(component)  # type: ignore[attr-defined]
        elif steps.suits(component):
            nlp.replace_pipe(name, steps.COMPONENT).take(component)  # type: ignore[attr-defined]


def annotate(nlp: Language, drafts: Iterable[Draft]) -> Iterator[Doc]:
    """One Doc per draft, in order, reading no further ahead than a batch needs."""
    pending: list[Draft] = []
    size = 0
    for draft in drafts:
        pending.append(draft)
        size += len(draft.text)
        if size > 50_000:
            yield from _annotate_batch(nlp, pending)
            pending, size = [], 0
    yield from _annotate_batch(nlp, pending)


def cut_blocks(text: str) -> list[tuple[int, int]]:
    """Ranges of the blocks of `text`: they follow each other without a gap and cover it all.

    A block is a line with the line ends behind it; in a text of hard-wrapped lines, all lines up to an empty one.
    """
    blocks: list[tuple[int, int]] = []
    for match in (_PARAGRAPH if is_hard_wrapped(text) else _LINE).finditer(text):
        start, end = match.span()
        while end - start > _LONGEST_BLOCK:
            cut = text.rfind(" ", start + _LONGEST_BLOCK // 2, start + _LONGEST_BLOCK) + 1 or start + _LONGEST_BLOCK
            blocks.append((start, cut))
            start = cut
        blocks.append((start, end))
    return blocks


def is_hard_wrapped(text: str) -> bool:
    """True if an editor broke the lines: none is long, and most of those that go on in a next line are nearly full."""
    least, most = _WRAPPED_WIDTH
    lines = text.split("\n")
    if max(map(len, lines)) > most:
        return False
    going_on = [len(line) for line, following in pairwise(lines) if line.strip() and following.strip()]
    full = sum(length >= least for length in going_on)
    return full >= 2 and full >= 0.7 * len(going_on)


def _annotate_batch(nlp: Language, drafts: list[Draft]) -> Iterator[Doc]:
    cuts = [cut_blocks(draft.text) for draft in drafts]
    wanted = [
        draft.text[start:end]
        for draft, blocks in zip(drafts, cuts, strict=True)
        for start, end in blocks
        if not _inside(start, draft.boilerplate)
    ]
    parsed = (doc for batch in _batches(wanted) for doc in nlp.pipe(batch, batch_size=len(batch)))
    for draft, blocks in zip(drafts, cuts, strict=True):
        docs = [
            nlp.make_doc(draft.text[start:end]) if _inside(start, draft.boilerplate) else next(parsed)
            for start, end in blocks
        ]
        yield _join(nlp, draft, docs, blocks)


def _batches(texts: list[str]) -> Iterator[list[str]]:
    """What is parsed at once: some thousands of words, whatever the length of the blocks, for flat memory."""
    for first in range(0, len(texts), _BATCH):
        batch: list[str] = []
        size = 0
        for text in texts[first : first + _BATCH]:
            if batch and size + len(text) > _BATCH_CHARACTERS:
                yield batch
                batch, size = [], 0
            batch.append(text)
            size += len(text)
        yield batch


def _join(nlp: Language, draft: Draft, docs: list[Doc], blocks: list[tuple[int, int]]) -> Doc:
    doc = _joined(docs) if docs else nlp.make_doc("")
    borders = [0]
    for part in docs:
        borders.append(borders[-1] + len(part))
    doc.spans[BOILERPLATE] = [
        doc[first:last]
        for (first, last), (start, _) in zip(pairwise(borders), blocks, strict=True)
        if _inside(start, draft.boilerplate)
    ]
    return doc


def _joined(docs: list[Doc]) -> Doc:
    # Without tensors: those of unparsed blocks have another width. spaCy's stub does not know the argument.
    return Doc.from_docs(docs, ensure_whitespace=False, exclude=["tensor"])  # type: ignore[call-arg]


def _inside(offset: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    """True if `offset` lies in one of the sorted, disjoint `ranges`."""
    at = bisect_right(ranges, offset, key=itemgetter(0)) - 1
    return at >= 0 and offset < ranges[at][1]
