"""Events without a calendar expression: words that name an event by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.extract.grammar import TENSES, Reading, auxiliaries, is_outcome, own_subject
from ingest.extract.headword import trigger_of
from ingest.extract.modality import ends_in_question
from ingest.extract.triggers import STATEMENT, lemma, noun_type, own_type
from ingest.nlp.words import Token
from kb.ontology.model import OTHER, Ontology

_LEAST = 1.0
"""Weight of a type below which a word alone is no evidence of an event."""
HEAD = 1500
"""Characters of an article in which nouns are looked at: it says there what it is about."""
PARTS = frozenset(("nsubj", "nsubjpass", "pobj"))
"""An object belongs to what its verb tells: "rejected the agreement" is of no agreement."""
_NOBODY = frozenset(("i", "we", "you", "who", "what", "whoever", "whatever", "anybody", "anyone"))
_KNOWN = frozenset(("the", "this", "these", "those"))
OTHERS = frozenset(
    ("other", "another", "first", "second", "third", "last", "next", "earlier", "previous", "such", "same")
)
_HAPPENINGS = frozenset(("conflict", "court_hearing", "court_ruling", "disaster", "protest"))
"""Types whose nouns name what happened; those of others as often name a thing: the bill, the deal, the order."""
_LEAST_NOUN = 0.9
"""Weight from which on a noun names it by itself: a verdict does, a decision may be anybody's."""
_LINE = 20
"""Words of an entry in a list of dates."""
_SUFFERED = frozenset(("conflict", "disaster", "protest"))
"""Those of them that are as well known as objects: "survived the crash", "condemned the attack"."""


def undated_triggers(reading: Reading, ontology: Ontology, taken: frozenset[int]) -> Iterator[Token]:
    """Verbs that state an event of a definite type, other than those at the offsets `taken`."""
    for token in reading.doc:
        if token.pos_ != "VERB" or token.idx in taken or not (is_told(token) or _is_suffered(token)):
            continue
        if is_of_nobody(token):
            continue
        if lemma(token, ontology.verbs) not in ontology.verbs:
            continue
        typing = own_type(reading, ontology, token)
        if typing is None or typing.type in (STATEMENT, OTHER):
            continue
        if typing.weight < _LEAST:
            continue
        if not is_told(token) and typing.type not in _SUFFERED:
            continue
        trigger = trigger_of(reading, ontology, token)
        if trigger.idx not in taken:
            yield trigger


def told_nouns(reading: Reading, ontology: Ontology, taken: frozenset[int]) -> Iterator[Token]:
    """Nouns near the head of an article that speak of a known event of a definite type: "the quake", "his trial"."""
    for token in reading.doc:
        if token.idx > HEAD:
            return
        if token.pos_ not in ("NOUN", "PROPN") or token.idx in taken or token.i in reading.times:
            continue
        if not is_definite(token):
            continue
        typing = noun_type(reading, ontology, token)
        if typing is None or typing.weight < _LEAST_NOUN:
            continue
        word, parts = token.lemma_.lower(), PARTS | {"dobj"} if typing.type in _SUFFERED else PARTS
        if token.dep_ in parts and (
            word in ontology.words.deeds or (typing.type in _HAPPENINGS and word not in ontology.words.texts)
        ):
            yield token


def listed_nouns(reading: Reading, ontology: Ontology, taken: frozenset[int]) -> Iterator[Token]:
    """Nouns of a definite type that lines without a verb are about, as in lists of dates: "House hearing on fees"."""
    for token in reading.doc:
        if token.head is not token or token.pos_ not in ("NOUN", "PROPN") or token.idx in taken:
            continue
        line = token.sent
        if len(line) > _LINE or token.i in reading.times or any(t.tag_ in TENSES for t in line):
            continue
        typing = noun_type(reading, ontology, token)
        if typing is not None and typing.type != OTHER and typing.weight >= _LEAST_NOUN:
            yield token


def is_definite(noun: Token) -> bool:
    """True behind "the", "this" or whose it is, unless it is one among others."""
    words = [t for t in noun.children if t.i < noun.i]
    known = any(t.lower_ in _KNOWN or t.dep_ == "poss" for t in words)
    return known and not any(t.lower_ in OTHERS or t.tag_ in ("JJS", "CD") for t in words)


def is_told(verb: Token) -> bool:
    """True for a finite verb or one with an auxiliary; not for an infinitive, nor for "the proposed rule"."""
    if verb.dep_ in ("amod", "compound"):
        return False
    if verb.tag_ in ("VBD", "VBZ", "VBP"):
        return True
    helping = {t.lower_ for t in auxiliaries(verb)}
    return bool(helping) and "to" not in helping


def is_of_nobody(verb: Token) -> bool:
    """True for what "we", "you" or anybody does, and for what is asked: "Whoever wins", "Who is buying?".

    "When does it take effect?" may be answered with a day.
    """
    if clause := next((t for t in verb.children if t.dep_ == "csubj"), None):
        return is_of_nobody(clause)
    subject = own_subject(verb)
    asked = ends_in_question(verb.sent) and not any(t.lower_ == "when" for t in verb.lefts)
    return asked or (subject is not None and subject.lower_ in _NOBODY)


def _is_suffered(verb: Token) -> bool:
    """True for what came of something, "crashed, killing 77", and for "the people slain at a factory"."""
    return is_outcome(verb) or ((verb.tag_, verb.dep_) == ("VBN", "acl") and not auxiliaries(verb))
