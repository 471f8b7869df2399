"""Nouns that only say where the verb's own event took place: "said at a news conference on Friday" is one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.extract.grammar import is_verb
from ingest.extract.supersession import Told
from ingest.nlp.words import Token
from kb.ontology.model import Ontology

_INSIDE = frozenset(("in", "at", "during"))
_THROUGH = frozenset(("prep", "pcomp", "xcomp", "dobj", "advmod"))
"""By way of which a setting hangs on the verb whose it is."""
_CLIMB = 3


def without_settings(ontology: Ontology, dated: Sequence[Told]) -> Iterator[Told]:
    """`dated` without nouns that have type and date of the verb they are the setting of.

    "Rejected in a referendum in May" tells of one vote; "was named at a congress in May" of two, if of two types.
    What is an occasion of its own stays beside its verb: "died in the attack on Sunday".
    """
    verbs = {_key(one, one.trigger) for one in dated if is_verb(one.trigger)}
    for one in dated:
        over = () if _is_of_its_own(ontology, one) else _over_setting(one.trigger)
        if not any(_key(one, word) in verbs for word in over):
            yield one


def _is_of_its_own(ontology: Ontology, told: Told) -> bool:
    """True for verbs, occasions, and what goes by its day and so was made on it: "in the order of July 8, I direct"."""
    named = told.dating is not None and told.dating.word_before == "of"
    return named or is_verb(told.trigger) or told.trigger.lower_ in ontology.words.occasions


def _key(told: Told, trigger: Token) -> tuple[int, int | None, str]:
    when = told.claim.when
    return trigger.i, when.span.start if when else None, told.claim.type


def _over_setting(noun: Token) -> Iterator[Token]:
    """The words over the preposition of a setting: "backed" over "backed the deal in a vote", by way of the deal."""
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ not in _INSIDE or preposition.dep_ != "prep":
        return
    node = preposition.head
    yield node
    for _ in range(_CLIMB):
        if node.dep_ not in _THROUGH or node.head.i == node.i:
            return
        node = node.head
        yield node
