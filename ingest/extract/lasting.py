"""What has gone on since a day and still does: "shut since July", "on strike since May".

Not a law "in force since 1998": that day is the one on which it came into force.
"""

from __future__ import annotations

from ingest.extract.grammar import OBJECTS, SUBJECTS, auxiliaries, is_passive, is_verb
from ingest.extract.modality import carrier_of, negation_of
from ingest.extract.triggers import lemma
from ingest.nlp.words import Token
from kb.ontology.model import StatusLexicon

_PRESENT = frozenset(("has", "have", "'ve", "’ve", "is", "are", "'s", "’s", "am"))
_STATES = ("in", "on", "under", "at", "behind")
"""Before a noun that names a state: "in force", "on strike", "under review"."""
_BARE = ("acl", "advcl", "amod", "relcl")


def goes_on(lexicon: StatusLexicon, trigger: Token) -> bool:
    """True for what a "since" says still holds: a present, a perfect of what lasts, a state."""
    verb = carrier_of(trigger)
    if verb is not None and negation_of(lexicon, verb) is not None:
        return False
    if lemma(trigger, lexicon.validity) in lexicon.validity:
        return False
    if is_state(trigger):
        return True
    if verb is None:
        return _is_left_so(lexicon, trigger)
    return _is_left_so(lexicon, verb) or _lasts(lexicon, verb)


def _lasts(lexicon: StatusLexicon, verb: Token) -> bool:
    words = [t.lower_ for t in auxiliaries(verb)]
    counted = any(t.dep_ in OBJECTS and any(c.dep_ == "nummod" for c in t.children) for t in verb.children)
    ended = lemma(verb, lexicon.momentary) in lexicon.momentary
    counted = counted or (ended and any(_is_counted(t) for t in verb.children if t.dep_ in SUBJECTS))
    done = ended and is_passive(verb)
    if counted or done:
        return False
    if not words:
        return verb.tag_ in ("VBZ", "VBP") or verb.lower_ in _PRESENT
    return words[0] in _PRESENT or (words[:2] == ["had", "been"] and verb.tag_ == "VBG")


def _is_counted(noun: Token) -> bool:
    """True for "fifteen people", "fifteen"."""
    return noun.pos_ == "NUM" or any(t.dep_ == "nummod" for t in noun.children)


def _is_left_so(lexicon: StatusLexicon, participle: Token) -> bool:
    """True for the "suspended" of "duties, suspended since August, come back"."""
    bare = participle.tag_ == "VBN" and participle.dep_ in _BARE and not auxiliaries(participle)
    return bare and is_verb(participle) and lemma(participle, lexicon.momentary) not in lexicon.momentary


def is_state(noun: Token) -> bool:
    """True for the "strike" of "on strike since May" and the "force" of "in force since July"."""
    above = noun.head
    bare = not any(t.dep_ in ("det", "nummod", "poss") for t in noun.children)
    return noun.pos_ == "NOUN" and noun.dep_ == "pobj" and above.lower_ in _STATES and above.i == noun.i - 1 and bare
