"""What a clause leaves out because one before has said it: "the Senate in May and the House in June", "may do so"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from ingest.extract.entities.references.nouns import BODIES, load_nouns
from ingest.extract.grammar import (
    OBJECTS,
    TENSES,
    Reading,
    has_to,
    is_passive,
    is_verb,
    object_of,
    own_subject,
    subject_of,
)
from ingest.nlp.words import Span, Token
from kb.model import EntityKind

_ACTING = BODIES | {EntityKind.PERSON}
_PEOPLE = frozenset(("i", "we", "you", "he", "she", "they", "who"))
_JOINING = ("and", "but", "then")
_LED_IN = ("ADP", "SCONJ", "ADV")
_CLIMB = 8
_LIKE_IT = frozenset(("ccomp", "xcomp", "acl", "relcl", "advcl", "conj", "pcomp"))


class Gap(NamedTuple):
    """A verb told once for two: "the Senate passed it on Tuesday and the House on Wednesday"."""

    verb: Token
    old: Token
    """Who or what it was told of: the Senate."""
    new: Token
    """Who or what stands in its place: the House."""


def gap_before(reading: Reading, expression: Span) -> Gap | None:
    """The gap that the time `expression` stands behind; None where it dates a clause with its own verb.

    What stands there replaces the one noun before the first time that is like it: somebody who may act, or a thing,
    behind the same preposition if it has one.
    """
    new = _remnant(reading, expression)
    if new is None:
        return None
    led = new.head if new.dep_ == "pobj" else None
    joint = (led or new.left_edge).i
    verb = next((t for t in reversed(new.doc[new.sent.start : joint]) if is_verb(t)), None)
    if verb is None or not any(t.i in reading.times for t in new.doc[verb.i : joint]):
        return None
    parts = {t.i: t for t in _parts(reading, verb, joint)}.values()
    if led is not None:
        alike = [t for t in parts if t.dep_ == "pobj" and t.head.lower_ == led.lower_]
    else:
        alike = [*parts] if len(parts) == 1 else [t for t in parts if may_act(reading, t) is may_act(reading, new)]
    return Gap(verb, alike[0], new) if len(alike) == 1 else None


def _remnant(reading: Reading, expression: Span) -> Token | None:
    """The noun between "and" and the day, where the parser joins it to a verb, to another day, or to no verb behind."""
    doc, first = expression.doc, expression.sent.start
    at = expression.start - 1
    while at > first and doc[at].pos_ in _LED_IN:
        at -= 1
    noun = doc[at]
    if at <= first or noun.pos_ not in ("NOUN", "PROPN", "NUM") or noun.i in reading.times:
        return None
    if noun.dep_ == "pobj" and noun.head.dep_ in ("prep", "agent", "conj"):
        edge = noun.head
    elif noun.dep_ == "conj" and noun.pos_ != "NUM" and (is_verb(noun.head) or noun.head.i in reading.times):
        edge = noun.left_edge
    else:
        return None
    return noun if edge.i > first and edge.nbor(-1).lower_ in _JOINING else None


def _parts(reading: Reading, verb: Token, end: int) -> Iterator[Token]:
    """Subject and object of `verb`, and the nouns behind its prepositions, up to token number `end`."""
    yield from (t for t in (own_subject(verb) or subject_of(verb), object_of(verb)) if t is not None)
    for child in verb.rights:
        if child.dep_ in ("prep", "agent", "dative") and child.i < end:
            yield from (t for t in child.children if t.dep_ == "pobj" and t.i < end and t.i not in reading.times)


def may_act(reading: Reading, noun: Token) -> bool:
    """True for somebody who is named, for "treasurer" and "court", and for "they"."""
    kind = reading.kind(noun)
    if kind is not None:
        return kind in _ACTING
    known = load_nouns().nouns.get(noun.lemma_.lower()) if noun.pos_ in ("NOUN", "PROPN") else None
    return noun.lower_ in _PEOPLE or (known is not None and not known.kinds.isdisjoint(_ACTING))


def done_before(reading: Reading, verb: Token) -> Token | None:
    """The verb that "do so" stands for, or a bare "did": that of the clause it is joined to, or of the one before."""
    if not _is_stand_in(reading, verb):
        return None
    found = _said_before(verb)
    if found is not None and verb.tag_ == "VB":
        found = _meant_to(found) or found
    unlike = found is not None and verb.tag_ == "VBN" != found.tag_ and not found.lower_.endswith("ed")
    return None if unlike else found


def _meant_to(verb: Token) -> Token | None:
    """The "appeal" of "vowed to appeal, but cannot do so yet"."""
    told = any(t.dep_ in OBJECTS for t in verb.rights)
    return None if told else next((t for t in verb.rights if t.dep_ == "xcomp" and has_to(t)), None)


def _said_before(verb: Token) -> Token | None:
    node = verb
    for _ in range(_CLIMB):
        if node.dep_ == "conj" and is_verb(node.head):
            return _told_in_full(node.head) if own_subject(node) is not None else None
        if node.dep_ not in _LIKE_IT or node.head.i == node.i:
            break
        node = node.head
    return _before(verb)


def _before(verb: Token) -> Token | None:
    """The nearest verb before it that is not above it in its sentence, or that of the sentence before."""
    above = {t.i for t in islice(verb.ancestors, _CLIMB)}
    sentence = verb.sent
    for token in reversed(verb.doc[sentence.start : verb.i]):
        if is_verb(token) and token.i not in above:
            return _told_in_full(token)
    root = verb.doc[sentence.start - 1].sent.root if sentence.start else None
    said = root is None or not is_verb(root) or any(t.dep_ == "ccomp" for t in root.children)
    return None if said or root is None else _told_in_full(root)


def _is_stand_in(reading: Reading, verb: Token) -> bool:
    if verb.lemma_ != "do" or not is_verb(verb):
        return False
    behind = [t for t in verb.rights if not t.is_punct and not _is_time(reading, t) and t.dep_ not in ("cc", "conj")]
    if any(t.lower_ == "so" for t in verb.doc[verb.i + 1 : verb.i + 2]):
        return True
    finite = verb.tag_ in TENSES or any(t.tag_ == "MD" for t in verb.lefts)
    bare = finite and own_subject(verb) is not None and not behind
    return bare and verb.dep_ in ("ROOT", "conj") and not any(t.tag_.startswith("W") for t in verb.lefts)


def _is_time(reading: Reading, token: Token) -> bool:
    """True for a time, and for the preposition of one."""
    return token.i in reading.times or (bool(token.children) and all(t.i in reading.times for t in token.children))


def _told_in_full(verb: Token) -> Token | None:
    """`verb`, unless it says too little to be said again: "was", "had", another "did", or a passive."""
    weak = verb.lemma_ in ("be", "have", "do") or is_passive(verb)
    return None if weak or not any(verb.rights) else verb


def in_form_of(stand_in: Token, verb: Token) -> str | None:
    """`verb` in the form of "do", "doing" or "done"; None for that of "did" or "does"."""
    base = verb.lemma_
    if stand_in.tag_ == "VBG":
        return verb.text if verb.tag_ == "VBG" else _gerund(base)
    if stand_in.tag_ == "VBN":
        return verb.text
    return base if stand_in.tag_ == "VB" else None


def _gerund(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    vowels = [letter in "aeiou" for letter in base]
    closed = len(base) > 2 and vowels[-3:] == [False, True, False] and sum(vowels) == 1 and base[-1] not in "wxy"
    return base + base[-1] * closed + "ing"
