"""A sentence begins where a heading ends that runs into it, as in pages that lost their line ends.

Forty new trams for the harbor A fleet of forty trams left the depot on May 3.
-> Forty new trams for the harbor | A fleet of forty trams left the depot on May 3.

The parser takes both for one sentence otherwise, and gives the subject of one to the verb of the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

COMPONENT = "chronograph_headings"
_OPENERS = (
    "The A An In On At When After Before If It He She They We This That These Those While But As For With From There"
    " Although Since Despite During"
).split()
_DAYS = "January|February|March|April|June|July|August|September|October|November|December|[A-Z][a-z]+day"
_RUN_IN = re.compile(
    rf" (?:(?<=[a-zA-Z0-9 ] )(?P<word>{'|'.join(_OPENERS)})(?= (?:[a-z\d]|{_DAYS}))|  +(?P<far>[A-Z]\w*))"
)
"""A word that opens a sentence, in the middle of one and before a small word or a day; or any capital behind a gap."""
_OPENING = frozenset("DT IN PRP WRB CC EX WDT RB".split())
"""Tags of such words: not "Li He says", nor "point A to point B"."""
_ENDING = frozenset("NN NNS CD RB JJ VBN VBG VB RP PRP ADD".split())
"""Tags of what a heading ends with: not "said The law is", nor "in The game"."""
_NAMES = frozenset(("NNP", "NNPS"))
_BEHIND_NAMES = frozenset(("The", "This", "These"))
"""Behind a capital, other words may stand in the title of a work: "Gone With the Wind"."""


@Language.factory(COMPONENT, requires=["token.tag"], assigns=["token.is_sent_start"])
def create_headings(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 - spaCy passes both
    """The component, which has to stand between the tagger and the parser."""
    return part_headings


def part_headings(doc: Doc) -> Doc:
    """`doc` with the sentences that begin behind a heading marked as such, for the parser to go by."""
    for found in _RUN_IN.finditer(doc.text):
        start = found.start("word") if found["word"] else found.start("far")
        span = doc.char_span(start, found.end(), alignment_mode="expand")
        at = 0 if span is None else span.start
        if at and (_goes_on(doc, at) if found["far"] else _opens(doc, at)):
            doc[at].is_sent_start = True
    return doc


def _goes_on(doc: Doc, at: int) -> bool:
    """True if no mark ends what stands before the gap: the parser knows itself what a full stop or a comma means."""
    return not doc[max(at - 2, 0)].is_punct


def _opens(doc: Doc, at: int) -> bool:
    """True if the word at `at` may open a sentence, and the one before it end a heading."""
    before, word = doc[at - 1], doc[at]
    before = doc[at - 2] if before.is_space and at > 1 else before
    if word.tag_ not in _OPENING:
        return False
    named = before.tag_ in _NAMES and word.text in _BEHIND_NAMES
    return named or (before.tag_ in _ENDING and not before.text[:1].isupper())
