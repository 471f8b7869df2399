"""Nouns that only say where the verb's own event took place: "said at a news conference on Friday" is one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.extract.grammar import is_verb
from ingest.extract.supersession import Told
from ingest.nlp.words import Token

_INSIDE = frozenset(("in", "at", "during"))


def without_settings(dated: Sequence[Told]) -> Iterator[Told]:
    """`dated` without nouns that have type and date of the verb they are the setting of.

    "Rejected in a referendum in May" tells of one vote; "was named at a summit in May" of two events, if of two types.
    """
    verbs = {_key(one, one.trigger.i) for one in dated if is_verb(one.trigger)}
    for one in dated:
        stage = None if is_verb(one.trigger) or _is_dated_by_name(one) else _stage(one.trigger)
        if stage is None or _key(one, stage) not in verbs:
            yield one


def _is_dated_by_name(told: Told) -> bool:
    """True for "in the order of July 8, 2022, I direct": what goes by its day was made on it."""
    return told.dating is not None and told.dating.word_before == "of"


def _key(told: Told, trigger: int) -> tuple[int, int | None, str]:
    when = told.claim.when
    return trigger, when.span.start if when else None, told.claim.type


def _stage(noun: Token) -> int | None:
    """The number of the word over the preposition of a setting: of the "said" of "said at a conference"."""
    preposition = noun.head
    inside = noun.dep_ == "pobj" and preposition.lower_ in _INSIDE and preposition.dep_ == "prep"
    return preposition.head.i if inside else None
