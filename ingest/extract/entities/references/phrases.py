"""Noun phrases read off the parse: what they start with, how they stand in their clause, how much weight that gives."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.extract.grammar import ANY_SUBJECT, ARGUMENTS, AUXILIARIES, OBJECTS, PASSIVE_SUBJECTS
from ingest.nlp.words import Token
from kb.model import Span

_WEIGHTS = {"dobj": 50.0, "obj": 50.0, "dative": 45.0, "attr": 45.0, "poss": 35.0, "pobj": 35.0, "appos": 20.0}
_SUBJECT, _BASE, _LEAST, _INSIDE = 80.0, 100.0, 20.0, 60.0
_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_LEFT = frozenset(
    ("det", "predet", "amod", "compound", "nmod", "nummod", "poss", "quantmod", "advmod", "npadvmod", "punct")
)
_RESTRICTING = frozenset(("of", "for", "with", "in", "at", "from", "behind", "on"))
_LONGEST = 9
"""Words of a description; a longer stretch is a mistake of the parser."""


def is_head(noun: Token) -> bool:
    """False for a noun that only modifies another: "court" in "court filing"."""
    return noun.dep_ not in ("compound", "nmod", "amod", "npadvmod", "punct", "advmod")


def role_of(token: Token) -> str:
    """The dependency of a noun in its clause; that of the first noun for those coordinated with it."""
    for _ in range(4):
        if token.dep_ not in ("conj", "appos") or token.head.i == token.i:
            break
        token = token.head
    return token.dep_


def is_subject(token: Token) -> bool:
    """True for a subject, also of a passive."""
    return role_of(token) in ANY_SUBJECT


def weight_of(token: Token, role: str) -> float:
    """How much a mention at this place, in its `role`, puts its referent on the text's mind."""
    if role in ANY_SUBJECT:
        return _BASE + _SUBJECT
    if role == "pobj" and token.head.dep_ == "prep" and token.head.head.pos_ in ("NOUN", "PROPN"):
        return _INSIDE  # "the president of the Council" speaks of the president
    return _BASE + _WEIGHTS.get(role, _LEAST)


def fate_of(token: Token) -> str:
    """What is done to somebody, or what he does: the lemma of the verb, for a sufferer with "be" before it.

    "arrested Boyd", "Boyd was arrested" -> "be arrest"; "Boyd pleaded" -> "plead".
    """
    verb = token.head
    if verb.pos_ != "VERB":
        return ""
    lemma = verb.lemma_.lower()
    return f"be {lemma}" if token.dep_ in PASSIVE_SUBJECTS | OBJECTS else lemma


def determiner_of(noun: Token) -> str:
    """ "the", "a", "its", "'s" or "" for the word that a noun phrase starts with."""
    for child in noun.children:
        if child.i > noun.i:
            break
        if child.dep_ == "det":
            word = child.lower_
            return "the" if word in _DEFINITE else "a"
        if child.dep_ == "poss":
            return "its" if child.tag_ == "PRP$" else "'s"
    return ""


def possessor_of(noun: Token) -> Token | None:
    """ "TikTok" in "TikTok's owner"; "it" in "its owner"."""
    return next((child for child in noun.children if child.dep_ == "poss"), None)


def modifiers_of(noun: Token) -> Iterator[Token]:
    """Adjectives and nouns before a noun, in order, without possessors."""
    for child in noun.lefts:
        if child.dep_ in ("amod", "compound", "nmod"):
            yield from (t for t in child.lefts if t.dep_ in ("amod", "compound", "nmod", "advmod"))
            yield child


def is_restricted(noun: Token) -> bool:
    """True if what follows says which one is meant: "the company that made it", "the president of France"."""
    for child in noun.rights:
        if child.dep_ in ("relcl", "acl"):
            return child.left_edge.i == noun.i + 1
        if child.dep_ == "prep":
            dated = any(t.ent_type_ == "DATE" for t in child.rights)  # "ratified the treaty on 12 August"
            return child.i == noun.i + 1 and child.lower_ in _RESTRICTING and not dated
    return False


def description(noun: Token, text: str) -> Span | None:
    """The phrase from its first word to the noun, or None if the parse makes no sense of it."""
    start = noun.i
    for child in noun.lefts:
        if child.dep_ in _LEFT and child.dep_ != "punct":
            start = min(start, child.left_edge.i)
            break
    if noun.i - start > _LONGEST:
        return None
    begin, end = noun.doc[start].idx, noun.idx + len(noun)
    phrase = text[begin:end]
    return None if "\n" in phrase or text[end : end + 1] in ("-", "‑") else Span(begin, end, phrase)


def subjects_beside(token: Token) -> Iterator[Token]:
    """Nouns that `token` cannot mean: the subjects of what it is an object of, what its relative clause is about."""
    for verb in _verbs_over(token):
        for subject in _subjects(verb):
            if subject.i != token.i:
                yield from (subject, *(t for t in subject.children if t.dep_ in ("conj", "appos")))
    clause = token.head if token.dep_ in ARGUMENTS else None
    if clause is not None and clause.dep_ == "relcl":
        yield clause.head


def _verbs_over(token: Token) -> Iterator[Token]:
    """The verb that `token` is an object of; for the "it" of "watched it go", the verb above."""
    node = token
    clause = node.head
    if node.dep_ == "nsubj" and clause.dep_ == "ccomp" and clause.tag_ in ("VB", "VBG"):
        if not any(t.dep_ in AUXILIARIES or t.dep_ == "mark" for t in clause.children):
            yield clause.head
        return
    for _ in range(4):
        head = node.head
        if head.i == node.i or node.dep_ in ANY_SUBJECT:
            return
        if head.pos_ in ("VERB", "AUX"):
            if node.dep_ in OBJECTS or node.dep_ in ("prep", "agent", "pobj", "attr"):
                yield head
            return
        if node.dep_ not in ("pobj", "prep", "conj", "poss", "appos"):
            return
        node = head


def _subjects(verb: Token) -> Iterator[Token]:
    """Subjects of a verb; of an infinitive or a coordinated verb without one, those of the verb above."""
    for _ in range(4):
        own = [t for t in verb.children if t.dep_ in ANY_SUBJECT]
        if own or verb.head.i == verb.i:
            yield from own
            return
        if verb.dep_ == "acl" and verb.head.dep_ in OBJECTS:
            verb = verb.head  # "had no authority to issue it"
        elif verb.dep_ not in ("xcomp", "conj", "advcl"):
            return
        verb = verb.head
