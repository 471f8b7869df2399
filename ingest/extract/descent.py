"""Down from a verb to what it is about, where the date belongs to that: "plans to cut 300 jobs by June"."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.extract.dating import Dating
from ingest.extract.grammar import OBJECTS, Reading, auxiliaries, has_to, is_passive, is_verb
from ingest.extract.triggers import is_event_noun
from ingest.nlp.words import Token
from kb.ontology.model import Ontology

_DEPTH = 4
_CLAUSES = ("xcomp", "ccomp", "advcl")
_COMPLEMENTS = ("acomp", "attr", "oprd", "prep")
_AT = ("on", "in", "for", "at")


def step_in(reading: Reading, ontology: Ontology, verb: Token, dating: Dating) -> Token:
    """`verb`, or the infinitive or event noun below it that the expression dates."""
    noun = _yet_to_come(reading, ontology, verb, dating)
    if noun is not None:
        return noun
    for _ in range(_DEPTH):
        found = _embedded(reading, ontology, verb, dating)
        inner = next((t for t in found if t.i < dating.start or dating.start < verb.i or not is_verb(t)), None)
        if inner is None or not _hands_down(ontology, verb, inner, dating):
            return verb
        verb = inner
    return verb


def _yet_to_come(reading: Reading, ontology: Ontology, verb: Token, dating: Dating) -> Token | None:
    """The event noun of "cancelled the concert on March 15", told before that day: what is done has no date to come."""
    done = verb.tag_ == "VBD" or any(t.lower_ in ("has", "have", "had") for t in auxiliaries(verb))
    before = dating.expression.doc[dating.start - 1] if dating.start else None
    if not done or not dating.future or before is None or (before.pos_ == "ADP" and before.lower_ not in _AT):
        return None
    things = [t for t in verb.children if t.dep_ in OBJECTS and verb.i < t.i < dating.start]
    inner = [t for thing in things for link in thing.rights if link.dep_ == "prep" for t in link.children]
    nouns = (t for t in (*things, *inner) if t.i < dating.start)
    return next((t for t in nouns if is_event_noun(reading, ontology, t)), None)


def _hands_down(ontology: Ontology, verb: Token, inner: Token, dating: Dating) -> bool:
    words = ontology.words
    names = {verb.lemma_.lower()}
    if verb.lemma_ in ("be", "have"):
        names.update(t.lemma_.lower() for t in verb.children if t.dep_ in _COMPLEMENTS)
    before = dating.start < verb.i
    if not names.isdisjoint(words.planning):
        return not before or dating.limit or dating.future
    if not names.isdisjoint(words.acts) and (inner.tag_ == "VB" or not is_verb(inner)):
        return not before and (dating.future or dating.limit)
    return False


def _embedded(reading: Reading, ontology: Ontology, verb: Token, dating: Dating) -> Iterator[Token]:
    """Infinitives, and event nouns after "for", that `verb` is about."""
    for child in verb.rights:
        if child.dep_ in _CLAUSES:
            if has_to(child) if child.tag_ == "VB" else child.dep_ == "xcomp" and child.tag_ in ("VBG", "VBN"):
                yield child
        elif child.dep_ in _COMPLEMENTS or child.dep_ in OBJECTS:
            yield from (
                t for t in child.children if t.tag_ == "VB" and t.dep_ in ("xcomp", "acl", "relcl") and has_to(t)
            )
            if child.lower_ == "for" and is_passive(verb):
                nouns = (t for t in child.children if t.dep_ == "pobj" and not dating.holds(t))
                yield from (t for t in nouns if is_event_noun(reading, ontology, t))
