"""The word that a title is built around: mostly the verb of the clause that the trigger stands in."""

from __future__ import annotations

from dataclasses import replace

from ingest.extract.grammar import (
    ARGUMENTS,
    AUXILIARIES,
    Reading,
    auxiliaries,
    has_to,
    is_verb,
)
from ingest.extract.titles.lexicon import title_lexicon
from ingest.extract.titles.subjects import any_subject, is_duty_of
from ingest.extract.titles.wording import PRONOUNS, called
from ingest.nlp.words import Token

_INSIDE = frozenset("pobj pcomp prep compound amod conj dobj nsubj nsubjpass attr agent acomp npadvmod".split())
_CLIMB = 6
_PARTS = ARGUMENTS | {"acomp", "attr"}


def clause_head(trigger: Token) -> Token:
    """The verb whose subject, object or "into force" an event noun is; any other trigger itself."""
    if is_verb(trigger):
        return trigger
    if trigger.dep_ in _PARTS and is_verb(trigger.head):
        return trigger.head
    above, by = trigger.head.head, trigger.head.lower_
    in_phrase = trigger.dep_ == "pobj" and is_verb(above) and (by == "into" or (by == "in" and above.lemma_ == "be"))
    return above if in_phrase else trigger


def with_subject(reading: Reading, head: Token) -> Token:
    """`head`, or the verb above an infinitive of which only a pronoun is the subject: "(the court told) it to sell"."""
    if (letting := _letting(head)) is not None:
        return letting
    bare = head.dep_ == "ccomp" and head.tag_ == "VBN" and not auxiliaries(head)
    if bare and head.head.lemma_ in title_lexicon().wanting:
        return head.head
    for _ in range(_CLIMB):
        subject = any_subject(reading, head) if is_verb(head) and has_to(head) else None
        above = clause_around(head) if subject is not None else None
        if subject is None or above is None or above.i > head.i or head.dep_ in ("ROOT", "conj", "relcl"):
            return head
        if called(reading, subject, head).lower() not in PRONOUNS or is_duty_of(head, subject):
            return head
        head = above
    return head


def _letting(verb: Token) -> Token | None:
    """The "let" of "let the sale go ahead": a bare infinitive says by itself that something does not happen."""
    bare = verb.tag_ == "VB" and verb.dep_ == "ccomp" and not auxiliaries(verb)
    return verb.head if bare and verb.head.lemma_ in title_lexicon().letting and verb.head.i < verb.i else None


def clause_around(noun: Token) -> Token | None:
    """The verb above an event noun that is only an adverbial ("In an order, the court blocked"), or an infinitive."""
    node = noun
    for _ in range(_CLIMB):
        if node.head.i == node.i or (node.dep_ not in _INSIDE and not (is_verb(node) and has_to(node))):
            return None
        node = node.head
        if is_verb(node):
            return node
    return None


def noun_before(reading: Reading, verb: Token) -> Token | None:
    """The noun right before a verb of which nothing else is known: "platforms, launched in December"."""
    at = verb.i - 1
    while at > verb.sent.start and (verb.doc[at].text == "," or verb.doc[at].dep_ in AUXILIARIES):
        at -= 1
    noun = verb.doc[at]
    known = is_verb(verb) and verb.sent.start <= at < verb.i and noun.i not in reading.times
    return noun if known and noun.pos_ in ("NOUN", "PROPN") else None


def without_clause(reading: Reading, trigger: Token) -> Reading:
    """`reading` as if an expression that `trigger` is part of were no time: "weeks after the parties offered them"."""
    if trigger.i not in reading.times:
        return reading
    clause = (t.i for t in trigger.subtree if t.ent_type_ not in ("DATE", "TIME") and t.pos_ not in ("ADP", "NUM"))
    return replace(reading, times=reading.times.difference(clause))
