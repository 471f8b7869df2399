"""Words by which a short text comes back to what it tells: "agreed to buy Roe … hopes to close the purchase".

Such a word stands where it would name nothing by itself. What the text tells says that it names a happening; a long
article comes back to what it is about too often for each time to be worth a claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.extract.grammar import Reading
from ingest.extract.salient import shipped_lexicon
from ingest.extract.triggers import is_event_noun
from ingest.extract.undated import HEAD, OTHERS, PARTS, is_definite, is_of_nobody, is_told
from ingest.nlp.words import Token
from kb.fold.identity import rules
from kb.fold.words import stem
from kb.model import Claim
from kb.ontology.model import Ontology

_PLACES = PARTS | {"dobj", "attr", "appos"}
_AMONG = OTHERS | {"no", "any", "every", "each"}
_SHORT = 3000
"""Characters of a text that comes back to few things."""


def echoing_words(
    reading: Reading, ontology: Ontology, told: Iterable[Claim], taken: frozenset[int]
) -> Iterator[Token]:
    """Verbs and nouns of something known, other than at the offsets `taken`, that say what a claim of `told` says.

    None of what is said rather than done: "said", "added".
    """
    if len(reading.text) > _SHORT:
        return
    meant = {sense for claim in told for sense in _meaning(claim.trigger.text)}
    for token in reading.doc:
        if token.idx > HEAD:
            return
        if token.pos_ not in ("VERB", "NOUN") or token.idx in taken or token.i in reading.times:
            continue
        if token.lemma_.lower() in ontology.speech.verbs:
            continue
        if not _names_one(reading, ontology, token) or meant.isdisjoint(
            (*_meaning(token.lemma_), *_meaning(token.text))
        ):
            continue
        yield token


def _meaning(word: str) -> frozenset[str]:
    return rules().may_mean((stem(word),))


def _names_one(reading: Reading, ontology: Ontology, token: Token) -> bool:
    """True for the "buy" of "agreed to buy", and for a noun of a happening, known or one, not of a text or a person."""
    if token.pos_ == "VERB":
        return (token.tag_, token.dep_) == ("VB", "xcomp") and is_told(token.head) and not is_of_nobody(token.head)
    word = token.lemma_.lower()
    if token.dep_ == "compound" or word in ontology.words.texts:
        return False
    known = word in shipped_lexicon().nouns
    if is_definite(token):
        return known or is_event_noun(reading, ontology, token)
    return known and _is_one(token)


def _is_one(noun: Token) -> bool:
    """True for one thing that need not be known: "filed a lawsuit", "gave them victory"; not for one among others."""
    words = [t for t in noun.children if t.i < noun.i]
    among = any(t.tag_ == "JJS" or t.lower_ in _AMONG for t in words)
    return noun.tag_ == "NN" and noun.dep_ in _PLACES and not among
