"""Short titles for events, of the sentence's own words: who, does what, to whom, and what the verb needs besides.

On December 6, 2024, a federal appeals court upheld a law requiring the firm to divest.
-> Federal appeals court upholds law requiring firm to divest
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from ingest.extract.grammar import (
    OBJECTS,
    PASSIVE_SUBJECTS,
    RELATIVES,
    SUBJECTS,
    Reading,
    auxiliaries,
    is_passive,
    is_verb,
    object_of,
    subject_of,
)

LONGEST = 100
_ARTICLES = frozenset(("the", "a", "an"))
_ASIDES = frozenset(("advcl", "appos", "parataxis", "relcl", "punct", "cc", "conj", "dep", "meta", "intj", "npadvmod"))
_CONDITIONS = frozenset(("if", "unless", "whether", "to"))
_ADVERBS = frozenset(
    ("also", "then", "however", "meanwhile", "separately", "still", "again", "earlier", "later", "finally")
)
_PRESENT = {"be": "is", "have": "has", "do": "does", "go": "goes"}
_NO_SPACE_BEFORE = frozenset((",", ".", ";", ":", ")", "%", "'s", "’s", "n't", "n’t", "'", "’"))


def title_of(reading: Reading, trigger: Token) -> str:
    """A line of at most 100 characters that reads like an entry of a timeline."""
    head = _clause_head(trigger)
    kept = sorted(set(_kept(reading, head)), key=lambda t: t.i)
    words = _words(kept, head)
    return _cut(words) or trigger.text


def _clause_head(trigger: Token) -> Token:
    """The verb whose subject or object an event noun is; any other trigger itself."""
    if (
        not is_verb(trigger)
        and trigger.dep_ in SUBJECTS | PASSIVE_SUBJECTS | OBJECTS | {"acomp", "attr"}
        and is_verb(trigger.head)
    ):
        return trigger.head
    return trigger


def _kept(reading: Reading, head: Token) -> Iterator[Token]:
    yield head
    if is_verb(head):
        subject = _outer_subject(head)
        if subject is not None:
            yield from _phrase(reading, subject, depth=1)
        yield from (t for t in auxiliaries(head) if t.head.i != head.i)
    for child in head.children:
        if _wanted(reading, child):
            yield from _phrase(reading, child, depth=0)


def _outer_subject(verb: Token) -> Token | None:
    """The subject where it stands outside the verb's own words."""
    if any(t.dep_ in SUBJECTS | PASSIVE_SUBJECTS and t.lower_ not in RELATIVES for t in verb.children):
        return None
    if verb.dep_ in ("acl", "relcl"):
        return verb.head
    if verb.dep_ not in ("conj", "xcomp", "advcl"):
        return None
    found = object_of(verb) if is_passive(verb) else subject_of(verb)
    return None if found is None or found.i > verb.i else found


def _wanted(reading: Reading, token: Token) -> bool:
    if token.i in reading.times or token.dep_ in _ASIDES or token.is_space or token.lower_ in RELATIVES:
        return False
    if token.lower_ in _ARTICLES or (token.dep_ == "mark" and token.lower_ not in _CONDITIONS) or token.tag_ == "WRB":
        return False
    if token.dep_ == "advmod" and token.lower_ in _ADVERBS:
        return False
    return not (token.pos_ in ("ADP", "SCONJ") and any(t.i in reading.times for t in token.children))


def _phrase(reading: Reading, token: Token, *, depth: int) -> Iterator[Token]:
    """A constituent without asides, times and articles; clauses inside a subject are left out."""
    yield token
    for child in token.children:
        inside_name = child.dep_ in ("conj", "cc") or (child.dep_ == "punct" and child.text in ("-", "/", "’", "'"))
        if not (_wanted(reading, child) or (inside_name and child.i not in reading.times)):
            continue
        if depth and child.dep_ in ("acl", "ccomp", "prep", "conj", "cc") and child.lower_ != "of":
            continue
        yield from _phrase(reading, child, depth=depth)


def _words(kept: list[Token], head: Token) -> list[str]:
    words: list[str] = []
    for token in kept:
        text = _present(token) if token.i == head.i and token.tag_ == "VBD" else token.text
        glued = words and (
            text in _NO_SPACE_BEFORE or (token.i > 0 and not token.nbor(-1).whitespace_ and kept[0].i != token.i)
        )
        if glued and token.nbor(-1) in kept:
            words[-1] += text
        else:
            words.append(text)
    return words


def _present(verb: Token) -> str:
    """The simple present of a past form: "upheld" -> "upholds", "agreed" (they) -> "agree"."""
    lemma = verb.lemma_
    subject = next((t for t in verb.children if t.dep_ in SUBJECTS), None)
    if auxiliaries(verb) or not lemma.isalpha() or lemma.endswith(("fin", "tim")):
        return verb.text
    plural = subject is not None and (
        subject.tag_ in ("NNS", "NNPS") or any(t.dep_ == "conj" for t in subject.children)
    )
    if plural or (subject is not None and subject.lower_ in ("they", "we", "i", "you")):
        return "are" if lemma == "be" else lemma
    if lemma in _PRESENT:
        return _PRESENT[lemma]
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma + "es"
    return lemma[:-1] + "ies" if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" else lemma + "s"


def _cut(words: list[str]) -> str:
    text = ""
    for word in words:
        longer = f"{text} {word}".strip()
        if len(longer) > LONGEST - 1:
            text = text.rstrip(" ,;:-") + "…"
            break
        text = longer
    text = text.strip(' ,;:-–—“”"')
    return text[:1].upper() + text[1:]
