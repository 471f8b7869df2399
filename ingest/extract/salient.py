"""Words near the head of an article that name a happening whose type nobody knows: "fled", "the theft", "rescued".

A claim of theirs has no day and mostly no type. It stands on no timeline, and is there for what other reports say of
the same thing in the same words, or in words for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from ingest.extract.grammar import Reading, is_outcome
from ingest.extract.triggers import lemma
from ingest.extract.undated import HEAD, OTHERS, PARTS, is_definite, is_of_nobody, is_told
from ingest.nlp.words import Token
from kb.shipped import read_form

SURE = 1.0
"""Weight from which on the type that patterns give such a word is believed."""
_FILE = "salient.yaml"
_CLOSE = 5
"""Words behind a verb among which the rest of its phrase stands."""
_REDUCED = ("acl", "relcl")
_DONE = ("after", "by", "since")
"""What stands before a deed that was done, or is done with that of the verb: "resigned after losing the vote"."""
_SETTINGS = ("in", "during", "after")
_GENERAL = frozenset(("no", "any", "every", "each", "some", "all", "many"))


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    verbs: list[str]
    phrases: list[str]
    nouns: list[str]
    unreal: list[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lemmas of words that name a happening by themselves."""

    verbs: frozenset[str]
    phrases: frozenset[str]
    """Verbs with what stands behind them: "call off"."""
    nouns: frozenset[str]
    unreal: frozenset[str]
    """Verbs whose object need not have happened: "avoided the trial"."""


@cache
def shipped_lexicon() -> Lexicon:
    """The words that come with the program; OntologyError names what is wrong with their file."""
    form = read_form("ingest.extract", _FILE, _Form)
    return Lexicon(*map(frozenset, (form.verbs, form.phrases, form.nouns, form.unreal)))


def salient_words(reading: Reading, taken: frozenset[int]) -> Iterator[Token]:
    """Those words, other than the ones at the offsets `taken`, in text order."""
    known = shipped_lexicon()
    for token in reading.doc:
        if token.idx > HEAD:
            return
        if token.idx in taken or token.i in reading.times:
            continue
        if token.pos_ == "VERB":
            if _is_known(token, known) and _is_fact(token) and not is_of_nobody(token):
                yield token
        elif (
            token.pos_ == "NOUN" and token.lemma_.lower() in known.nouns and _is_placed(token, known) and _is_one(token)
        ):
            yield token


def _is_known(verb: Token, known: Lexicon) -> bool:
    """True for a verb of the list, alone or with a word close behind it."""
    own = lemma(verb, known.verbs)
    behind = verb.doc[verb.i + 1 : verb.i + 1 + _CLOSE]
    return own in known.verbs or any(f"{own} {t.lower_}" in known.phrases for t in behind if t.head.i == verb.i)


def _is_placed(noun: Token, known: Lexicon) -> bool:
    """True for a noun whose happening its place in the sentence leaves no doubt of."""
    if noun.dep_ != "dobj":
        return noun.dep_ in PARTS
    return is_definite(noun) and _is_fact(noun.head) and noun.head.lemma_.lower() not in known.unreal


def _is_fact(verb: Token) -> bool:
    """True for what is told as a fact, and for "stolen from the hotel" and "after losing the vote"."""
    if (verb.tag_, verb.dep_) == ("VBG", "pcomp"):
        return verb.head.lower_ in _DONE and _is_fact(verb.head.head)
    return is_told(verb) or is_outcome(verb) or (verb.tag_ == "VBN" and verb.dep_ in _REDUCED)


def _is_one(noun: Token) -> bool:
    """True for a single thing that is not one among others, or known ones: "the theft", "a blast", "the raids"."""
    words = [t for t in noun.children if t.i < noun.i]
    several = noun.tag_ == "NNS" and (is_definite(noun) or _is_setting(noun))
    return (noun.tag_ == "NN" or several) and not any(
        t.lower_ in OTHERS or t.lower_ in _GENERAL or t.tag_ in ("JJS", "CD") for t in words
    )


def _is_setting(noun: Token) -> bool:
    """True for the "clashes" of "were killed in clashes"."""
    return noun.dep_ == "pobj" and noun.head.lower_ in _SETTINGS and _is_fact(noun.head.head)
