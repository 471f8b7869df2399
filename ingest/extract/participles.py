"""Verbs in the past that the parser takes for a part of their object: "The bank capped card fees"."""

from __future__ import annotations

from ingest.nlp.words import Token

_SUBJECTS = frozenset(("nsubj", "nsubjpass", "npadvmod"))
"""What stands right before the verb, as the parser sees it: its subject in truth."""


def taken_for_participle(noun: Token) -> Token | None:
    """The "capped" of "The bank capped card fees", for the "fees" that the parser takes for the head of a clause."""
    if noun.pos_ != "NOUN" or noun.dep_ not in ("ROOT", "ccomp") or any(t.dep_ == "nsubj" for t in noun.lefts):
        return None
    verb = next((t for t in noun.lefts if t.dep_ == "amod" and t.tag_ in ("VBN", "VBD")), None)
    if verb is None or verb.i == 0:
        return None
    before = verb.nbor(-1)
    return verb if before.head.i == verb.i and before.dep_ in _SUBJECTS else None
