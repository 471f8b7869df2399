"""Events without a calendar expression: words that name an event by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.extract.grammar import Reading, auxiliaries
from ingest.extract.headword import trigger_of
from ingest.extract.triggers import STATEMENT, lemma, own_type
from ingest.nlp.words import Token
from kb.ontology.model import OTHER, Ontology

_LEAST = 1.8
"""Weight of a type below which a word alone is no evidence of an event …"""
_PUBLIC, _LEAST_PUBLIC = frozenset(("courts", "legislature", "executive", "society")), 1.0
"""… but verbs of public life ("sued", "vetoed", "arrested") mean little else."""


def undated_triggers(reading: Reading, ontology: Ontology, taken: frozenset[int]) -> Iterator[Token]:
    """Verbs that state an event of a definite type, other than those at the offsets `taken`."""
    for token in reading.doc:
        if token.pos_ != "VERB" or token.idx in taken or not _is_told(token):
            continue
        if lemma(token, ontology.verbs) not in ontology.verbs:
            continue
        typing = own_type(reading, ontology, token)
        if typing is None or typing.type in (STATEMENT, OTHER):
            continue
        public = ontology.types[typing.type].family in _PUBLIC
        if typing.weight < (_LEAST_PUBLIC if public else _LEAST):
            continue
        trigger = trigger_of(reading, ontology, token)
        if trigger.idx not in taken:
            yield trigger


def _is_told(verb: Token) -> bool:
    """True for a finite verb or one with an auxiliary; not for an infinitive, nor for "the proposed rule"."""
    if verb.dep_ in ("amod", "compound"):
        return False
    return verb.tag_ in ("VBD", "VBZ", "VBP") or any(t.lower_ != "to" for t in auxiliaries(verb))
