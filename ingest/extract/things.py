"""Dates that are a part of a thing's name or description: "the outlook for 2005", "the quarter ended October 31"."""

from __future__ import annotations

from ingest.extract.dating import Dating, root_of
from ingest.extract.grammar import ANY_SUBJECT, SUBJECTS, Reading, auxiliaries, is_verb
from ingest.extract.triggers import is_event_noun
from ingest.nlp.words import Token
from kb.ontology.model import Ontology

_PERIODS = frozenset("year years months quarter half week weeks days period plan".split())
_INSIDE = ("compound", "nmod", "amod", "nummod")
_PARTS = frozenset(
    "end start beginning course rest remainder close middle part half quarter week month day morning evening whole bulk"
    " most majority".split()
)
"""Nouns whose "of" names the period that they are a part of."""
_MOMENTS = ("in", "at", "during")
_NEAR = 6
"""Tokens between a subject and its verb, at most."""
_LONG = 80
"""Days: what is as long as a season or a year."""


def is_of_thing(reading: Reading, ontology: Ontology, dating: Dating, found: Token) -> bool:
    """True if the expression says which thing is meant, and not when `found` came about."""
    if (
        _ends_period(reading, dating, found)
        or _is_looked_to(ontology, dating)
        or _is_subject(reading, ontology, dating, found)
    ):
        return True
    return is_verb(found) and (_is_before_noun(dating) or _is_behind_of(reading, dating))


def _is_looked_to(ontology: Ontology, dating: Dating) -> bool:
    """True for "cut its outlook for 2005", wherever the parser hangs the year."""
    doc, start = dating.expression.doc, dating.start
    if start < dating.expression.sent.start + 2 or doc[start - 1].lower_ != "for":
        return False
    return doc[start - 2].pos_ == "NOUN" and doc[start - 2].lemma_.lower() in ontology.words.outlooks


def _ends_period(reading: Reading, dating: Dating, found: Token) -> bool:
    """True for the "ended" of "the quarter ended October 31" and of "fiscal 2024, ending June 30"."""
    if found.lemma_ != "end" or found.tag_ not in ("VBG", "VBN", "VBD") or auxiliaries(found):
        return False
    if dating.start != found.i + 1 or found.i <= found.sent.start:
        return False
    before = found.nbor(-1)
    if before.is_punct and before.i > found.sent.start:
        before = before.nbor(-1)
    return before.lower_ in _PERIODS or before.i in reading.times


def _is_subject(reading: Reading, ontology: Ontology, dating: Dating, found: Token) -> bool:
    """True for "2004 was a good year" and "the day came", not for "the week saw a strike", "May 3 is the deadline"."""
    root = root_of(dating.expression)
    if root.dep_ not in SUBJECTS or not is_verb(root.head) or root.head.lemma_ in ontology.words.light:
        return False
    if root.i + _NEAR < root.head.i:
        return False
    told = (t for t in root.head.children if t.dep_ == "attr")
    if any(is_event_noun(reading, ontology, t) or any(c.tag_ == "JJS" for c in t.children) for t in told):
        return False
    alone = sum(t.dep_ in ANY_SUBJECT for t in root.head.children) == 1
    before = root.doc[dating.start - 1] if dating.start > dating.expression.sent.start else None
    named = before is not None and before.pos_ in ("NOUN", "PROPN")
    return alone and not named and found.i == root.head.i


def _is_before_noun(dating: Dating) -> bool:
    """True for the year of "backed the 2012 bid"; a day there may be the verb's: "the company Monday said"."""
    root = root_of(dating.expression)
    inside = root.dep_ in _INSIDE and root.head.pos_ in ("NOUN", "PROPN") and root.head.i >= dating.expression.end
    return inside and dating.interval.length > _LONG


def _is_behind_of(reading: Reading, dating: Dating) -> bool:
    """True for "faced the first questions of 2005", where the noun is no event.

    But "a letter of 3 May" and "agreed at the talks of 2004" tell when.
    """
    preposition = root_of(dating.expression).head
    noun = preposition.head
    if preposition.lower_ != "of" or dating.interval.length <= _LONG or noun.pos_ != "NOUN" or noun.i >= preposition.i:
        return False
    if noun.dep_ == "pobj" and noun.head.lower_ in _MOMENTS:
        return False
    return noun.lemma_.lower() not in _PARTS and noun.i not in reading.times
