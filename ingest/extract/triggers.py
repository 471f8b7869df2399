"""Which type of event a word names, by the ontology: its lemma, the rest of its phrase, and what stands around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from ingest.extract.grammar import (
    Reading,
    Typing,
    antecedents,
    filling,
    is_passive,
    is_verb,
    object_of,
    subject_of,
)
from ingest.extract.shortlist import shortlist
from ingest.nlp.words import Token
from kb.model import EntityKind
from kb.ontology.model import OTHER, Condition, Filler, Ontology, Pattern

_REACH = 12
"""Tokens between a verb and the last word of its phrase ("handed the verdict down")."""
_ANY = "*"
_PARTS = ("acomp", "attr", "oprd", "xcomp", "dobj", "nsubj", "nsubjpass")
_AIMS = ("xcomp", "advcl", "relcl", "acl")
STATEMENT = "statement"
_VAGUE = (EntityKind.ORGANIZATION, EntityKind.GOVERNMENT, EntityKind.OTHER)
"""Kinds that do not speak against a word: "the Judiciary Committee" may be an organization to the entity finder."""


def lemma(token: Token, index: Container[str]) -> str:
    """The token's lemma as the index spells it: repairs the model's slips ("fined" -> "fin", "sanctions" as a name)."""
    found = token.lemma_.lower()
    if found in index or len(found) < 3:
        return found
    word = token.lower_
    if not word.endswith(("d", "g", "s")):
        return found
    for ending, stands in (("ed", ("", "e")), ("ing", ("", "e")), ("ies", ("y",)), ("s", ("",)), ("d", ("",))):
        if word.endswith(ending):
            for stand in stands:
                if (guess := word[: -len(ending)] + stand) in index:
                    return guess
    return found


def verb_type(reading: Reading, ontology: Ontology, verb: Token) -> Typing | None:
    """The type a verb names by itself or through its arguments; None if the ontology does not know it."""
    head = lemma(verb, ontology.verbs)
    own = own_type(reading, ontology, verb)
    if own and own.weight >= 2 and not (head in ontology.words.announce and is_passive(verb)):
        return own
    lent = _lent_type(reading, ontology, verb, head) or _type_of_aim(reading, ontology, verb, head)
    if lent is not None and (
        own is None or lent.weight >= own.weight or own.type == STATEMENT or head in ontology.words.light
    ):
        return lent
    return own


def own_type(reading: Reading, ontology: Ontology, verb: Token) -> Typing | None:
    """The type by the verb's own patterns, without looking at what its nouns name."""
    if verb.i not in reading.typings:
        patterns = ontology.verbs.get(lemma(verb, ontology.verbs))
        reading.typings[verb.i] = _best(reading, ontology, verb, [patterns], noun=False) if patterns else None
    return reading.typings[verb.i]


def noun_type(reading: Reading, ontology: Ontology, noun: Token) -> Typing | None:
    """The type an event noun names; None if the ontology does not know it."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return None
    key = -1 - noun.i
    if key not in reading.typings:
        names = dict.fromkeys((lemma(noun, ontology.nouns), noun.lower_))
        known = [ontology.nouns[name] for name in names if name in ontology.nouns]
        reading.typings[key] = _best(reading, ontology, noun, known, noun=True) if known else None
    return reading.typings[key]


def is_event_noun(reading: Reading, ontology: Ontology, noun: Token) -> bool:
    """True for a noun that names something that happens, typed or not."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return False
    if noun.i in reading.times:
        return False
    named = noun.lemma_.lower() in ontology.words.event_nouns or noun_type(reading, ontology, noun) is not None
    return named and not _is_thing(ontology, noun)


def _is_thing(ontology: Ontology, noun: Token) -> bool:
    """True for a "tax return", whatever else a return may be."""
    name = noun.lemma_.lower()
    return any(t.dep_ == "compound" and f"{t.lower_} {name}" in ontology.words.things for t in noun.children)


def type_of(reading: Reading, ontology: Ontology, trigger: Token) -> Typing:
    """The type of any trigger; `other` with weight 0 when nothing speaks for another."""
    if is_verb(trigger):
        found = verb_type(reading, ontology, trigger)
    else:
        found = noun_type(reading, ontology, trigger)
        if found is None and (carrier := _carrier(trigger)) is not None:
            found = verb_type(reading, ontology, carrier)
    return found or _by_company(reading, ontology, trigger) or Typing(OTHER, 0)


def _carrier(trigger: Token) -> Token | None:
    """The verb that a noun or adjective is a part of: "took" of "effect", "entered" of "into force"."""
    head = trigger.head.head if trigger.dep_ == "pobj" and trigger.head.lower_ in ("into", "in") else trigger.head
    return head if is_verb(head) and (trigger.dep_ in _PARTS or head.i != trigger.head.i) else None


def _by_company(reading: Reading, ontology: Ontology, trigger: Token) -> Typing | None:
    """What the words around an unknown verb or noun suggest: patterns that hold for any verb."""
    carrier = trigger if is_verb(trigger) or not is_verb(trigger.head) else trigger.head
    return _best(reading, ontology, carrier, [ontology.verbs.get(_ANY, ())], noun=False)


def _lent_type(reading: Reading, ontology: Ontology, verb: Token, head: str) -> Typing | None:
    """The type of the noun that a verb of little meaning of its own puts on stage."""
    light = ontology.words
    hosts: list[Token | None] = []
    if head in light.announce and is_passive(verb):
        hosts.append(object_of(verb))
    if head in light.light:
        hosts.append(object_of(verb))
    if head in light.aspect:
        hosts += [object_of(verb), subject_of(verb)]
    nouns = (t for host in hosts if host is not None for t in (host, *antecedents(host)))
    found = (noun_type(reading, ontology, t) for t in nouns)
    return next((typing for typing in found if typing is not None and typing.type != OTHER), None)


def _type_of_aim(reading: Reading, ontology: Ontology, verb: Token, head: str) -> Typing | None:
    """The type of the infinitive under a verb of trying, deciding or agreeing."""
    if head not in ontology.words.conative:
        return None
    hosts = (verb, *(t for t in verb.children if t.dep_ == "attr")) if head == "become" else (verb,)
    aims = (t for host in hosts for t in host.rights if t.tag_ == "VB" and t.dep_ in _AIMS)
    found = next((own for t in aims if (own := own_type(reading, ontology, t))), None)
    return None if found is None or found.type == STATEMENT else found


def _best(
    reading: Reading, ontology: Ontology, token: Token, known: Iterable[tuple[Pattern, ...]], *, noun: bool
) -> Typing | None:
    """What the patterns of a word, `known` under one head or two, say of it together."""
    support: dict[str, float] = {}
    against: defaultdict[str, float] = defaultdict(float)
    around = _Surroundings(reading, token, ontology.topics)
    beside = around.words_before if noun else around.words_behind
    for pattern in chain.from_iterable(shortlist(one).possible(beside, around.slot) for one in known):
        type_, weight = pattern.type, pattern.weight
        if 0 <= weight <= support.get(type_, -1.0):
            continue
        if pattern.rest and not (_preceded(token, pattern.rest) if noun else around.followed(pattern.rest)):
            continue
        if pattern.conditions and not around.meet_all(pattern.conditions):
            continue
        if weight < 0:
            against[type_] += weight
        else:
            support[type_] = weight
    if not support:
        return None
    scored = (Typing(type_, weight + against[type_]) for type_, weight in support.items())
    best = max(scored, key=lambda typing: typing.weight)
    return best if best.weight > 0 else None


class _Surroundings:
    """What stands in the slots of one token, each looked up once for all patterns."""

    def __init__(self, reading: Reading, token: Token, topics: Mapping[str, frozenset[str]]) -> None:
        self._reading = reading
        self._topics = topics
        self._token = token
        self._slots: dict[str, _Slot] = {}
        self._behind: frozenset[str] | None = None

    def meet_all(self, conditions: Iterable[Condition]) -> bool:
        """True if every slot holds what is asked of it, or lacks what is forbidden it."""
        for condition in conditions:
            if self.slot(condition.slot).holds(condition.filler) is condition.absent:
                return False
        return True

    def followed(self, words: tuple[str, ...]) -> bool:
        """True if the rest of a verb's phrase stands behind it."""
        if len(words) > 1 and not self.words_behind().issuperset(words):
            return False
        return _followed(self._token, words)

    def words_behind(self) -> frozenset[str]:
        """Words and lemmas that may be of a verb's phrase; the object of a passive one may stand before it."""
        if self._behind is None:
            behind = self._token.doc.tokens[self._token.i + 1 : self._token.i + _REACH]
            words = [word for t in behind for word in (t.lower_, t.lemma_.lower())]
            if is_passive(self._token) and (thing := object_of(self._token)) is not None:
                words.append(thing.lemma_.lower())
            self._behind = frozenset(words)
        return self._behind

    def words_before(self) -> frozenset[str]:
        """The word before, and its lemma: one of them is the last of a noun's phrase."""
        if self._token.i == 0:
            return frozenset()
        before = self._token.nbor(-1)
        return frozenset((before.lower_, before.lemma_.lower()))

    def slot(self, name: str) -> _Slot:
        """What stands in the slot of that name."""
        return self._slots.get(name) or self._look_up(name)

    def _look_up(self, name: str) -> _Slot:
        """Kept in `_slots`."""
        if name == "topic":
            slot = _Slot(self._reading.topics_near(self._token, self._topics))
        elif name == "nearby":
            slot = _Slot(self._reading.words_near(self._token))
        else:
            slot = _Slot.of(self._reading, filling(self._token, name))
        self._slots[name] = slot
        return slot


class _Slot(NamedTuple):
    """What patterns ask of the tokens that stand in a slot, of all of them together."""

    words: Collection[str] = ()
    """Their lemmas and they themselves, in lower case, and what is put before names: "court" of "Court Justice Roe"."""
    bare: Collection[str] = ()
    """The same without names of a certain kind, whose words count nothing where another kind is asked for."""
    kinds: Collection[EntityKind] = ()
    dated: bool = False

    @classmethod
    def of(cls, reading: Reading, tokens: Iterable[Token]) -> _Slot:
        """The slot in which `tokens` stand."""
        words: list[str] = []
        bare: list[str] = []
        kinds: list[EntityKind] = []
        dated = False
        for token in tokens:
            own = [token.lemma_.lower(), token.lower_]
            kind, name = reading.kind(token), token.pos_ == "PROPN"
            parts = [t.lower_ for t in token.children if t.dep_ == "compound"] if name else []
            words += own + parts
            if kind is None or kind in _VAGUE or not name:
                bare += own
            bare += parts
            if kind is not None:
                kinds.append(kind)
            dated = dated or token.i in reading.times
        return cls(words, bare, kinds, dated)

    def holds(self, filler: Filler) -> bool:
        """True if one of the tokens is what is asked for."""
        if filler.kinds and not filler.kinds.isdisjoint(self.kinds):
            return True
        words = self.bare if filler.kinds else self.words
        return not filler.words.isdisjoint(words) or (filler.dated and self.dated)


def _preceded(noun: Token, words: tuple[str, ...]) -> bool:
    at = noun.i - len(words)
    if at < 0:
        return False
    for word, before in zip(words, noun.doc.tokens[at : noun.i], strict=True):
        if word not in (before.lower_, before.lemma_.lower()):
            return False
    return True


def _followed(verb: Token, words: tuple[str, ...]) -> bool:
    """True if `words` follow the verb in order, hanging on it or on each other; a passive subject may stand before."""
    hosts = {verb.i}
    at = verb.i
    for word in words:
        window = verb.doc[at + 1 : min(verb.i + _REACH, len(verb.doc))]
        found = next(
            (t for t in window if word in (t.lower_, t.lemma_.lower()) and t.head.i in hosts and not _dates(t)), None
        )
        if found is None:
            return len(words) == 1 and is_passive(verb) and _is_object(verb, words[0])
        hosts.add(found.i)
        at = found.i
    return True


def _dates(token: Token) -> bool:
    """True for the "on" of "on Friday", which is no part of a phrase such as "call on"."""
    return token.pos_ == "ADP" and any(t.dep_ == "pobj" and t.ent_type_ in ("DATE", "TIME") for t in token.children)


def _is_object(verb: Token, word: str) -> bool:
    found = object_of(verb)
    return found is not None and word == found.lemma_.lower()
