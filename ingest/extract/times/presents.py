"""Present tenses that the tagger takes for something else: "the ban lapses on March 31" (a plural, to it)."""

from __future__ import annotations

from ingest.extract.times.lexicon import lexicon
from ingest.nlp.words import Token

_AUXILIARIES = frozenset({"aux", "auxpass"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_NOMINAL = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "compound", "attr", "appos"})
"""Places in which what the tagger takes for a present is a noun: "added fuel stops on Monday"."""
_UNCHANGED = frozenset({"become", "come", "run", "overcome"})
"""Verbs whose participle looks like their present: "dealings with them become punishable"."""
_REACH = 30
"""Words on either side that are searched for another verb."""


def is_present(verb: Token) -> bool:
    """True for a present form, tagged as one or not."""
    return verb.tag_ in {"VBZ", "VBP"} or is_hidden_present(verb)


def is_verb_form(token: Token) -> bool:
    """True for a verb; not for the "stops" of "fuel stops" that is tagged as one."""
    if token.pos_ not in {"VERB", "AUX"}:
        return token.tag_ == "NNS" and _is_plural_present(token)
    return not (token.tag_ in {"VBZ", "VBP"} and token.dep_ in _NOMINAL)


def is_hidden_present(verb: Token) -> bool:
    """True for "lapses" tagged a plural, the "return" of "were closed and return on Monday", and "become"."""
    if verb.tag_ not in {"NNS", "VBN", "VB"} or any(c.dep_ in _AUXILIARIES for c in verb.lefts):
        return False
    if verb.tag_ == "NNS":
        return _is_plural_present(verb)
    if verb.tag_ == "VBN":
        return verb.lower_ in _UNCHANGED and any(c.dep_ in _SUBJECTS for c in verb.lefts)
    return verb.dep_ == "conj" and verb.lower_ not in _UNCHANGED | lexicon().cues.alike and _is_told(verb.head)


def _is_told(verb: Token) -> bool:
    """True for a past tense, of which no infinitive can be a part."""
    words = {c.lower_ for c in verb.lefts}
    bare = verb.tag_ == "VB" or any(c.tag_ in {"MD", "TO"} for c in verb.lefts) or "did" in words
    return not bare and (verb.tag_ == "VBD" or not words.isdisjoint({"was", "were"}))


def _is_plural_present(noun: Token) -> bool:
    if noun.lemma_ not in lexicon().cues.plurals or noun.i == noun.sent.start:
        return False
    if noun.dep_ == "conj":
        return noun.head.pos_ == "VERB" and noun.head.i < noun.i
    if noun.dep_ not in {"ROOT", "appos", "ccomp"} or noun.nbor(-1).pos_ not in {"NOUN", "PROPN", "PART"}:
        return False
    return noun.dep_ != "ROOT" or not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in _around(noun))


def _around(token: Token) -> list[Token]:
    sentence = token.sent
    start, end = max(sentence.start, token.i - _REACH), min(sentence.end, token.i + _REACH)
    return list(token.doc[start:end])
