"""Events without a calendar expression: words that name an event by themselves, and the day a heading lends them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from ingest.extract.grammar import Reading, auxiliaries
from ingest.extract.headword import trigger_of
from ingest.extract.triggers import STATEMENT, lemma, own_type
from kb.model import TimeMention
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


def headings(doc: Doc, times: Sequence[TimeMention]) -> list[TimeMention]:
    """Expressions that fill a line of their own: what stands below, up to the next one, is of that day."""
    text = doc.text
    found = []
    for mention in times:
        start = text.rfind("\n", 0, mention.span.start) + 1
        end = text.find("\n", mention.span.end)
        line = text[start : end if end >= 0 else len(text)]
        if mention.time.interval is not None and line.strip(" \t#*•-–—:.[]()") == mention.span.text:
            found.append(mention)
    return found


def heading_above(found: Sequence[TimeMention], offset: int) -> TimeMention | None:
    """The last heading before `offset`."""
    return next((m for m in reversed(found) if m.span.end <= offset), None)
