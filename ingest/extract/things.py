"""Dates that are a part of a thing's name or description: "the outlook for 2005", "the quarter ended October 31"."""

from __future__ import annotations

from ingest.extract.dating import Dating, root_of
from ingest.extract.grammar import OBJECTS, Reading, is_passive, is_verb
from ingest.nlp.words import Token
from kb.ontology.model import Ontology

_PERIODS = frozenset("year months quarter half weeks".split())
_INSIDE = ("compound", "nmod", "amod", "nummod")
_PARTS = frozenset(
    "end start beginning course rest remainder close middle part half quarter week month day morning evening whole bulk"
    " most majority".split()
)
"""Nouns whose "of" names the period that they are a part of."""
_MOMENTS = ("in", "at", "during")
_LONG = 80
"""Days: what is as long as a season or a year."""


def is_of_thing(reading: Reading, ontology: Ontology, dating: Dating, found: Token) -> bool:
    """True if the expression says which thing is meant, and not when `found` came about."""
    if _ends_period(found) or _is_looked_to(ontology, dating):
        return True
    return is_verb(found) and (_is_before_noun(dating) or _is_behind_of(reading, dating))


def _is_looked_to(ontology: Ontology, dating: Dating) -> bool:
    """True for "cut its outlook for 2005", wherever the parser hangs the year."""
    doc, start = dating.expression.doc, dating.start
    if start < dating.expression.sent.start + 2 or doc[start - 1].lower_ != "for":
        return False
    return doc[start - 2].pos_ == "NOUN" and doc[start - 2].lemma_.lower() in ontology.words.outlooks


def _ends_period(found: Token) -> bool:
    """True for the "ended" of "the quarter ended October 31"."""
    return found.lemma_ == "end" and found.dep_ == "acl" and found.head.lower_ in _PERIODS


def what_is_followed(dating: Dating, found: Token) -> Token | None:
    """The complaints of "the inquiry follows complaints last month", if `found` is the inquiry or what it does."""
    verb = found if is_verb(found) else found.head
    if verb.lemma_ != "follow" or is_passive(verb) or not dating.past or found.i > verb.i:
        return None
    return next((t for t in verb.children if t.dep_ in OBJECTS and verb.i < t.i < dating.start), None)


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
