"""Marks that were broken on their way, and words that stuck together: what the tokenizer has to know of them.

A text that was read in a wrong encoding, or lost its line ends, is left as it is: quotes are looked up in it. But its
words are cut where they would be cut had nothing happened to it, and a mark is taken for the one that it was.

"We will."?Ada Roe left.- Then they voted. -> "We will." | Ada Roe left.- | Then they voted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spacy.attrs import NORM, ORTH  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

COMPONENT = "chronograph_broken"
_BROKEN = r"[\"“”][?\ufffd]+"
"""A quotation mark or a dash of which half was lost."""
BROKEN_MARKS = tuple(quote + lost for quote in '"“”' for lost in ("?", "\ufffd"))
_APOSTROPHES = ('"', "?", "\ufffd", "â€™", "&#8217;", "&#39;", "&rsquo;")
"""What became of apostrophes."""
_ENDS = r"[a-z\d%)\]\"”]"
"""What stands before the mark that ends a sentence; a capital may be the end of an abbreviation."""
_SHORTENED = (
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mr Mrs Ms Dr St Sen Rep Gov Gen Lt Col Prof No vs".split()
)
_WHOLE = "".join(rf"(?<!\b{word})" for word in _SHORTENED)
_WHOLE_MARKED = "".join(rf"(?<!\b{word}\.)" for word in _SHORTENED)
"""No shortened word stands before, and before the mark."""
_PREFIXES = (rf"{_BROKEN}(?=[\w\[])", "[•●▪◦‣]")
_SUFFIXES = (r"(?<=[.!?\"”)])-+", *(rf"(?<=[a-z]){re.escape(mark)}s" for mark in _APOSTROPHES))
_INFIXES = (
    rf"{_BROKEN}(?=[\w\[\"“-])",
    rf"(?<={_ENDS})[.,!?](?=[\"”])",
    rf"(?<={_ENDS}){_WHOLE}[.!?](?=-+[A-Z\"“])",
    rf"(?:(?<={_ENDS}[.!?]){_WHOLE_MARKED}|(?<=[\"”]))-+(?=[A-Z\"“])",
    rf"(?<={_ENDS})[.!?](?=[A-Z][a-z])",
    r"(?<=[.,!?])[\"”](?=[A-Za-z“(])",
    r"(?<=[a-z\d])[;](?=[A-Za-z])",
    r"(?<=[a-z])\)(?=[A-Z][a-z])",
)
_STUCK = re.compile(rf"(?<={_ENDS}){_WHOLE}(?:[.!?][\"”]?-+ ?|\.(?:\"[?\ufffd]+|”))(?=[“\"]?[A-Z])")
"""What stands between a sentence and the next one that sticks to it, where nothing else can be meant."""


@Language.factory(COMPONENT, assigns=["token.is_sent_start"])
def create_broken(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 - spaCy passes both
    """The component, which has to stand before the parser."""
    return part_stuck


def know_broken_marks(nlp: Language) -> None:
    """Give `nlp` a tokenizer that knows what is said above."""
    tokenizer, own = nlp.tokenizer, nlp.Defaults
    if not isinstance(tokenizer, Tokenizer):
        return
    shortened = [(word, parts) for word, parts in tokenizer.rules.items() if re.fullmatch(r"[A-Za-z]+'[a-z]+", word)]
    broken = {
        word.replace("'", mark): list(_with_mark(nlp.vocab, parts, mark))
        for word, parts in shortened
        for mark in _APOSTROPHES
    }
    nlp.tokenizer = type(tokenizer)(  # another one: each change to one has it learn all its exceptions again
        nlp.vocab,
        rules={**tokenizer.rules, **broken},
        prefix_search=compile_prefix_regex([*_PREFIXES, *(own.prefixes or ())]).search,
        suffix_search=compile_suffix_regex([*(own.suffixes or ()), *_SUFFIXES]).search,
        infix_finditer=compile_infix_regex([*_INFIXES, *(own.infixes or ())]).finditer,
        token_match=tokenizer.token_match,
        url_match=tokenizer.url_match,
        faster_heuristics=tokenizer.faster_heuristics,
    )
    for mark in _APOSTROPHES:
        _take_for(nlp.vocab, f"{mark}s", "'s")
    for mark in BROKEN_MARKS:
        _take_for(nlp.vocab, mark, mark[0])


def part_stuck(doc: Doc) -> Doc:
    """`doc` with the sentences that stick to the one before marked as such, for the parser to go by."""
    for found in _STUCK.finditer(doc.text):
        marks = doc.char_span(*found.span(), alignment_mode="expand")
        if marks is not None and marks.end < len(doc):
            for mark in marks[1:]:
                mark.is_sent_start = False
            doc[marks.end].is_sent_start = True
    return doc


def _with_mark(vocab: Vocab, parts: list[dict[int, str]], mark: str) -> Iterator[dict[int, str]]:
    for part in parts:
        word = part[ORTH]
        broken = word.replace("'", mark)
        if broken != word:
            _take_for(vocab, broken, word)
        yield {ORTH: broken, NORM: part.get(NORM, vocab[word].norm_)}


def _take_for(vocab: Vocab, word: str, meant: str) -> None:
    """Let the model see another word where this one stands: it goes by these four."""
    lexeme, other = vocab[word], vocab[meant]
    for form in ("norm_", "prefix_", "suffix_", "shape_"):
        setattr(lexeme, form, getattr(other, form))
