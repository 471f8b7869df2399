"""Words near the head of an article that name a happening whose type nobody knows: "fled", "the theft", "rescued".

A claim of theirs has no day and mostly no type. It stands on no timeline, and is there for what other reports say of
the same thing in the same words, or in words for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.extract.grammar import Reading, is_outcome
from ingest.extract.triggers import lemma
from ingest.extract.undated import HEAD, OTHERS, PARTS, is_of_nobody, is_told
from ingest.nlp.words import Token
from kb.errors import OntologyError

SURE = 1.0
"""Weight from which on the type that patterns give such a word is believed."""
_FILE = "salient.yaml"
_REDUCED = ("acl", "relcl")
_GENERAL = frozenset(("no", "any", "every", "each", "some", "all", "many"))


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    verbs: list[str]
    nouns: list[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lemmas of words that name a happening by themselves."""

    verbs: frozenset[str]
    nouns: frozenset[str]


@cache
def shipped_lexicon() -> Lexicon:
    """The words that come with the program; OntologyError names what is wrong with their file."""
    try:
        form = _Form.model_validate(yaml.safe_load(files("ingest.extract").joinpath(_FILE).read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError) as err:
        raise OntologyError(f"ingest/extract/{_FILE}: {err}") from err
    return Lexicon(frozenset(form.verbs), frozenset(form.nouns))


def salient_words(reading: Reading, taken: frozenset[int]) -> Iterator[Token]:
    """Those words, other than the ones at the offsets `taken`, in text order."""
    known = shipped_lexicon()
    for token in reading.doc:
        if token.idx > HEAD:
            return
        if token.idx in taken or token.i in reading.times:
            continue
        if token.pos_ == "VERB":
            if lemma(token, known.verbs) in known.verbs and _is_fact(token) and not is_of_nobody(token):
                yield token
        elif token.pos_ == "NOUN" and token.dep_ in PARTS and token.lemma_.lower() in known.nouns and _is_one(token):
            yield token


def _is_fact(verb: Token) -> bool:
    """True for what is told as a fact, and for "stolen from the hotel"."""
    return is_told(verb) or is_outcome(verb) or (verb.tag_ == "VBN" and verb.dep_ in _REDUCED)


def _is_one(noun: Token) -> bool:
    """True for a single thing that is not one among others: "the theft", "his arrest", "a blast"."""
    words = [t for t in noun.children if t.i < noun.i]
    return noun.tag_ == "NN" and not any(
        t.lower_ in OTHERS or t.lower_ in _GENERAL or t.tag_ in ("JJS", "CD") for t in words
    )
