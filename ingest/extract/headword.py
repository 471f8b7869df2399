"""The word that names an event: the noun under a verb of little meaning, the complement of "be", else the verb."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.extract.grammar import Reading, auxiliaries, is_passive, is_verb, object_of, subject_of
from ingest.extract.triggers import is_event_noun, lemma, noun_type, own_type, type_of
from ingest.nlp.words import Token
from kb.ontology.model import OTHER, Ontology

_STRONG = 2
"""Weight from which a verb's own type beats that of the noun it puts on stage."""
_SUBJECTS = ("nsubj", "nsubjpass")
_COMPLEMENTS = ("acomp", "attr", "oprd")
_PERCENT = ("%", "percent", "pct", "cent")


def trigger_of(reading: Reading, ontology: Ontology, governor: Token) -> Token:
    """The word by which the event of `governor` is known."""
    if not is_verb(governor):
        return governor
    if governor.lemma_ == "be":
        return _of_copula(reading, ontology, governor)
    if governor.lemma_ == "become":
        return next((t for t in governor.children if t.dep_ == "acomp" and t.pos_ == "ADJ"), governor)
    return _staged(reading, ontology, governor) or _vessel(ontology, governor) or governor


def _staged(reading: Reading, ontology: Ontology, verb: Token) -> Token | None:
    """The event noun that `verb` only puts on stage: "held a hearing", "the trial opened", "a vote is expected"."""
    words, name = ontology.words, lemma(verb, ontology.verbs)
    hosts = [object_of(verb)] if name in words.support or (name in words.arranging and is_passive(verb)) else []
    if name in words.happening and not is_passive(verb):
        hosts.append(subject_of(verb))
    own = own_type(reading, ontology, verb)
    for noun in (t for t in hosts if t is not None and is_event_noun(reading, ontology, t)):
        named = noun_type(reading, ontology, noun)
        if own is None or own.weight < _STRONG or (named is not None and named.type == own.type):
            return noun
    return None


def _vessel(ontology: Ontology, verb: Token) -> Token | None:
    """The noun without which the verb says nothing: "took effect", "entered into force", "takes office"."""
    for child in verb.rights:
        nouns = child.children if child.dep_ == "prep" and child.lower_ in ("into", "in") else (child,)
        for noun in nouns:
            if noun.dep_ in ("dobj", "pobj") and noun.lower_ in ontology.words.vessels:
                return noun
    return None


def mood_bearer(ontology: Ontology, trigger: Token) -> Token:
    """The word whose tense and mood the event has: "taken" for the "effect" of "would have taken effect"."""
    if is_verb(trigger):
        return trigger
    in_phrase = trigger.dep_ == "pobj" and trigger.head.lower_ in ("into", "in")
    verb = trigger.head.head if in_phrase else trigger.head
    if not is_verb(verb) or not (in_phrase or trigger.dep_ in ("dobj", *_SUBJECTS)):
        return trigger
    if trigger.lower_ in ontology.words.vessels and trigger.dep_ != "nsubjpass":
        return verb
    happening = (t for t in _downward(verb) if lemma(t, ontology.verbs) in ontology.words.happening)
    return next(happening, trigger) if trigger.dep_ in _SUBJECTS else trigger


def _downward(verb: Token) -> Iterator[Token]:
    """`verb` and the infinitives it leads down to: "was due to start", "is expected to resume"."""
    node: Token | None = verb
    while node is not None:
        yield node
        below = (t for t in node.rights if t.dep_ in _COMPLEMENTS or t.dep_ == "xcomp")
        node = next(below, None)


def _of_copula(reading: Reading, ontology: Ontology, verb: Token) -> Token:
    if any(t.lower_ in ("must", "shall") for t in auxiliaries(verb)):
        return verb
    complements = (t for t in verb.children if t.dep_ in _COMPLEMENTS and t.i not in reading.times)
    complement = next(complements, None)
    if complement is not None and complement.pos_ == "ADJ":
        due = _what_is_due(reading, ontology, verb, complement) if complement.lower_ == "due" else None
        return due or complement
    nouns = (t for t in (subject_of(verb), complement) if t is not None and is_event_noun(reading, ontology, t))
    if complement is not None and _is_figure(complement) and type_of(reading, ontology, verb).type != OTHER:
        complement = None
    return next(nouns, None) or complement or _vessel(ontology, verb) or verb


def _is_figure(word: Token) -> bool:
    """True for the "%" of "growth was 1.6% in March", which is no name for what is told."""
    return word.pos_ in ("NUM", "SYM") or word.lower_ in _PERCENT


def _what_is_due(reading: Reading, ontology: Ontology, verb: Token, due: Token) -> Token | None:
    """The ruling of "a ruling is due"; the start of "is due to start", where the parser takes "start" for a noun."""
    for token in due.children:
        if token.dep_ == "npadvmod" and token.nbor(-1).lower_ == "to" and token.i not in reading.times:
            return token
    subject = subject_of(verb)
    if subject is None or subject.lemma_.lower() in ontology.words.duties:
        return None
    return subject if noun_type(reading, ontology, subject) is not None else None
