"""Words that colour an event: modals, negation, conditions, plans that came to nothing, and what governs a verb.

Each function yields at most the readings that some word gives, with that word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from ingest.extract.grammar import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS, auxiliaries, is_passive, is_verb
from kb.model import Status
from kb.ontology.model import Ontology, StatusLexicon

_CLIMB = 5
_CLAUSAL = frozenset(
    "xcomp ccomp acl pcomp relcl conj oprd attr acomp prep pobj".split() + list(OBJECTS | PASSIVE_SUBJECTS)
)
_PLANS = (Status.SCHEDULED, Status.PROPOSED)
_NO_PLANS = frozenset("agree offer ask urge try attempt seek tell order direct call vote need require".split())
"""Govern a proposal without being a plan that can fail: "had asked the court to step in"."""
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_REGRETS = frozenset(("would", "to", "should", "could", "might"))
_NOBODY = frozenset(("no", "nobody", "neither", "none", "nothing"))
_EXCEPT = frozenset(("until", "only", "merely", "before"))
"""Beside a negation they say that it does happen: "did not go out until November"."""


class Reality(NamedTuple):
    """A status and the words that give it."""

    status: Status
    cues: tuple[str, ...] = ()


def carrier_of(trigger: Token) -> Token | None:
    """The verb whose tense and mood the trigger has."""
    node = trigger
    for _ in range(4):
        if is_verb(node):
            return node
        if node.head.i == node.i or node.dep_ in ("relcl", "acl", "advcl"):
            return None
        node = node.head
    return None


def unfulfilled(lexicon: StatusLexicon, verb: Token, *, past: bool) -> Iterator[Reality]:
    """Plans told in the past that did not come true: "would have become", "was to have begun", "had been due to"."""
    words = [t.lower_ for t in auxiliaries(verb)]
    if "have" in words and not _REGRETS.isdisjoint(words):
        yield Reality(Status.CANCELLED, tuple(words))
    carrier = carrier_of(verb.head)
    if carrier is None or verb.tag_ != "VB" or verb.dep_ not in ("xcomp", "acl", "ccomp", "advcl"):
        return
    plan = _plan(lexicon, _names(verb.head, carrier))
    told = [carrier.lower_, *(t.lower_ for t in auxiliaries(carrier))]
    if plan and "had" in told:
        yield Reality(Status.CANCELLED, ("had", plan))
    elif past and (plan or verb.head.lemma_ == "be") and ("was" in told or "were" in told):
        yield Reality(Status.CANCELLED, ("was", plan or "to"))


def unfulfilled_noun(lexicon: StatusLexicon, noun: Token, carrier: Token) -> Iterator[Reality]:
    """Nouns under such a plan: "had been expected for a meeting", "had been due for hearing"."""
    if noun.dep_ in ("pobj", "dobj", "nsubjpass", "npadvmod") and "had" in [t.lower_ for t in auxiliaries(carrier)]:
        plan = _plan(lexicon, [noun.head.lemma_.lower(), *_names(noun.head.head, carrier)])
        if plan:
            yield Reality(Status.CANCELLED, ("had", plan))


def conditional(lexicon: StatusLexicon, verb: Token) -> Iterator[Reality]:
    """Inside an if-clause, or in the main clause of one that is not told as a fact."""
    for node in (verb, *_above(verb)):
        mark = next((t for t in node.children if t.dep_ in ("mark", "advmod") and t.lower_ in lexicon.conditions), None)
        if mark is not None:
            yield Reality(Status.HYPOTHETICAL, (mark.lower_,))
            return
        if node.dep_ in ("ccomp", "relcl"):
            break
    first = verb
    while first.dep_ == "conj" and is_verb(first.head):
        first = first.head
    if first.tag_ in ("VBD", "VBN") and not any(t.tag_ == "MD" or t.lower_ == "are" for t in auxiliaries(first)):
        return
    clauses = (t for t in first.children if t.dep_ == "advcl")
    for mark in (t for clause in clauses for t in clause.children if t.dep_ == "mark"):
        if mark.lower_ in ("if", "unless"):
            yield Reality(Status.HYPOTHETICAL, (mark.lower_,))


def chance(lexicon: StatusLexicon, verb: Token) -> Iterator[Reality]:
    """What only may be: "a chance that it will be banned", "fears that"."""
    head = verb.head
    if verb.dep_ not in ("acl", "ccomp", "relcl", "pcomp") or head.pos_ not in ("NOUN", "ADJ"):
        return
    if lexicon.governors.get(head.lemma_.lower()) is Status.HYPOTHETICAL:
        yield Reality(Status.HYPOTHETICAL, (head.lower_,))


def negated(verb: Token) -> Iterator[Reality]:
    """A "not" or a "no" on the verb, or on the verb that an infinitive hangs on."""
    node = verb
    negation = _negation(node)
    while negation is None and node.dep_ == "xcomp" and node.tag_ == "VB":
        node = node.head
        negation = _negation(node)
    if negation is not None and not any(t.lower_ in _EXCEPT for t in (*node.children, *verb.children)):
        yield Reality(Status.DENIED, (negation.lower_,))


def modal(lexicon: StatusLexicon, verb: Token) -> Iterator[Reality]:
    """The first modal before the verb."""
    found = next((t for t in auxiliaries(verb) if t.lower_ in lexicon.modals), None)
    if found is not None:
        yield Reality(lexicon.modals[found.lower_], (found.lower_,))


def planned(ontology: Ontology, verb: Token) -> Iterator[Reality]:
    """The verb itself puts its event in the future: "is scheduled for", "is expected on"."""
    name = verb.lemma_.lower()
    status = ontology.status.governors.get(name)
    if status not in _PLANS or name not in ontology.words.fixing or not is_passive(verb):
        return
    if any(t.dep_ in ("auxpass", "aux") and t.lower_ in ("is", "are", "'s", "been", "be") for t in verb.children):
        yield Reality(status, (verb.lower_,))


def governed(ontology: Ontology, verb: Token) -> Iterator[Reality]:
    """What the verb depends on: "plans to", "is due to", "asked the court to"."""
    node = verb
    for above in _above(verb):
        if node.dep_ == "relcl":
            return
        told = node.dep_ == "ccomp" and _is_finite(node) and above.lemma_.lower() in ontology.speech.verbs
        if not told and node.dep_ in ("xcomp", "ccomp", "acl", "pcomp", "advcl"):
            yield from _governors(ontology.status, node, above)
        node = above


def _governors(lexicon: StatusLexicon, node: Token, above: Token) -> Iterator[Reality]:
    names = [above.lower_, above.lemma_.lower()]
    if is_verb(above):
        names += [t.lemma_.lower() for t in above.children if t.dep_ in ("acomp", "attr", "oprd") or t.lower_ == "due"]
    name = next((n for n in names if n in lexicon.governors), None)
    if name is not None:
        yield Reality(lexicon.governors[name], (name,))
    elif above.lemma_ == "be" and node.dep_ == "xcomp" and node.tag_ == "VB":
        yield Reality(Status.SCHEDULED, ("is to",))
    elif not _is_finite(node):
        yield from modal(lexicon, above)


def _negation(verb: Token) -> Token | None:
    own = next((t for t in verb.children if t.dep_ == "neg" and t.lower_ != "only"), None)
    if own is not None:
        return own
    subject = next((t for t in verb.children if t.dep_ in SUBJECTS | PASSIVE_SUBJECTS), None)
    words = (subject, *subject.children) if subject is not None else ()
    return next((t for t in words if t.lower_ in _NOBODY), None)


def _plan(lexicon: StatusLexicon, names: list[str]) -> str | None:
    return next((n for n in names if lexicon.governors.get(n) in _PLANS and n not in _NO_PLANS), None)


def _names(governor: Token, carrier: Token) -> list[str]:
    adjectives = (t.lemma_.lower() for t in carrier.children if t.dep_ in ("acomp", "oprd", "prep"))
    return [governor.lemma_.lower(), carrier.lemma_.lower(), *adjectives]


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in _FINITE or any(t.tag_ in _FINITE for t in verb.children if t.dep_ in ("aux", "auxpass"))


def _above(token: Token) -> Iterator[Token]:
    """Up through the clauses that `token` depends on, as far as they colour it."""
    node = token
    for _ in range(_CLIMB):
        purpose = node.dep_ == "advcl" and node.tag_ == "VB"
        joined = node.dep_ == "conj" and any(t.dep_ in SUBJECTS | PASSIVE_SUBJECTS for t in node.children)
        if node.head.i == node.i or joined or not (purpose or node.dep_ in _CLAUSAL):
            return
        node = node.head
        yield node
