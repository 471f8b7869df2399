"""Who takes part: entities that stand where the ontology looks for the roles of an event type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.extract.ellipsis import Gap
from ingest.extract.entities.references.nouns import BODIES
from ingest.extract.grammar import (
    ANY_SUBJECT,
    AUXILIARIES,
    OBJECTS,
    PASSIVE_SUBJECTS,
    Reading,
    antecedents,
    filling,
    is_passive,
    is_verb,
    object_of,
)
from ingest.extract.triggers import lemma
from ingest.nlp.words import Token
from kb.model import Actor, Entity, EntityKind
from kb.ontology.model import Ontology, Role

_ALONE = "alone"
"""The subject of a verb that is done to nobody else: who resigned or left her post, but not who dismissed somebody."""
_PARTING = "parting"
"""The subject of a verb of giving away: who sold the app did not buy it."""
_OWNER = "owner"
"""Whose the object is: whose appeal was rejected, or, behind a noun, "the rejection of Roe's appeal"."""
_ADDRESSED = "addressed"
"""The object of a verb of speaking to somebody: whom he told, but not whom he denounced."""
_BY_ACT = (_ALONE, _PARTING, _ADDRESSED, _OWNER)
_DOING = ("subject", "by")
"""Places of whoever does it."""
_PERSONS = ("he", "she")
_HELD, _SETTER = "held", "setter"
"""Who is held to a deadline, and who sets or moves it: "the court gave him a deadline", "he missed the deadline"."""


def actors_of(
    reading: Reading, ontology: Ontology, type_: str, trigger: Token, gap: Gap | None = None
) -> tuple[Actor, ...]:
    """One actor per entity, in the order of the type's roles; an entity keeps the first role it fits.

    What stands in a `gap` has the role of what it replaces.
    """
    actors: dict[str, Actor] = {}
    standing = _Standing(reading, ontology, trigger)
    for role in ontology.types[type_].roles:
        others = ([e for e in found if e.id not in actors] for found in _by_place(standing, role))
        for entity in next(filter(None, others), ()):
            actors.setdefault(entity.id, Actor(role.name, entity.id, entity.name))
    return tuple(actors.values() if gap is None else _with_replaced(reading, gap, actors.values()))


def _with_replaced(reading: Reading, gap: Gap, actors: Iterable[Actor]) -> Iterator[Actor]:
    old, new = reading.entities.get(gap.old.i), reading.entities.get(gap.new.i)
    for actor in actors:
        if old is None or actor.entity != old.id:
            yield actor
        elif new is not None:
            yield Actor(actor.role, new.id, new.name)


class _Standing:
    """The entities that stand at the places around a trigger, each place looked up once for all roles."""

    def __init__(self, reading: Reading, ontology: Ontology, trigger: Token) -> None:
        self.trigger = trigger
        self._reading = reading
        self._ontology = ontology
        self._carrier = _carrier(ontology, trigger)
        self._found: dict[str, Sequence[Entity]] = {}

    def at(self, place: str) -> Sequence[Entity]:
        """Those at that place, but for the event itself; one may come twice."""
        if place not in self._found:
            tokens = _at(self._reading, self._ontology, self.trigger, self._carrier, place)
            meant = (e for t in tokens for e in _meant(self._reading, self._ontology, t))
            self._found[place] = [e for e in meant if not _is_event(self._reading, e, self.trigger)]
        return self._found[place]


def _by_place(standing: _Standing, role: Role) -> Iterator[Sequence[Entity]]:
    """For each place of the role, the entities that stand there and fit it."""
    for place in role.places:
        if place == "of" and role.places[0] == "subject" and is_verb(standing.trigger):
            continue  # "commuted the sentence of X": what is done to him, not by him
        if role.places[0] == _HELD != place and is_verb(standing.trigger):
            continue  # "must send the data to X": not X has to
        if there := standing.at(place):
            yield [e for e in there if _fits(role, e, place)]


def _fits(role: Role, entity: Entity, place: str) -> bool:
    if entity.kind not in role.kinds:
        return False
    if entity.kind is not EntityKind.PERSON or not role.callings or not role.callings.isdisjoint(entity.roles):
        return True
    return role.uncalled and not entity.roles and place in _DOING  # "his conviction" is not by him


def _is_event(reading: Reading, entity: Entity, trigger: Token) -> bool:
    """True for the body that the parser sees in "the Conference on Syria", whose conference is the event."""
    own = reading.entities.get(trigger.i)
    return own is not None and own.id == entity.id and entity.kind in BODIES


def _setting_verb(ontology: Ontology, trigger: Token) -> Token | None:
    """The verb by which somebody sets or moves the deadline that is its object or, in the passive, its subject."""
    verb = trigger.head
    if is_verb(trigger) or not is_verb(verb) or trigger.dep_ not in OBJECTS | PASSIVE_SUBJECTS:
        return None
    return verb if _changes(ontology, verb) else None


def _sets_itself(ontology: Ontology, trigger: Token) -> bool:
    """True for the "set" of "the board had set October 12 as the date": who set or moved it is not held to it."""
    return trigger.tag_ in ("VBD", "VBN") and not is_passive(trigger) and _changes(ontology, trigger)


def _changes(ontology: Ontology, verb: Token) -> bool:
    words = ontology.status
    return any(lemma(verb, known) in known for known in (words.sets, words.moves, words.holds_up))


def _given_or_giver(verb: Token, place: str) -> Iterator[Token]:
    """Whom a verb gives something, or who gives it: one and the same where somebody sets himself a deadline."""
    given = [t for t in verb.children if t.dep_ == "dative" and t.pos_ != "ADP"]
    oneself = any(t.lower_.endswith(("self", "selves")) for t in given)
    if place == _HELD and not oneself:
        yield from given
    elif (place == _HELD) is oneself and not is_passive(verb):
        yield from filling(verb, "subject", guess=False)


def _meant(reading: Reading, ontology: Ontology, token: Token) -> Iterator[Entity]:
    """The entity that `token` names; for a pronoun in the subject, the only one it can stand for."""
    named = reading.entities.get(token.i) or _named_behind(reading, ontology, token)
    if named is not None:
        yield named
    elif token.dep_ in ANY_SUBJECT:
        found = (reading.entities.get(t.i) for t in antecedents(token))
        person = token.lower_ in _PERSONS
        possible = {e.id: e for e in found if e is not None and (e.kind is EntityKind.PERSON or not person)}
        if len(possible) == 1:
            yield from possible.values()


def _named_behind(reading: Reading, ontology: Ontology, noun: Token) -> Entity | None:
    """The city that "the city of Baltimore" names, and who "the prosecutor of the court, Amara Diallo," is."""
    if noun.pos_ != "NOUN":
        return None
    inside = [t for p in noun.rights if p.dep_ == "prep" for t in p.rights if t.dep_ == "pobj"]
    if noun.lower_ in ontology.words.seats:
        return next((e for t in inside if t.head.lower_ == "of" and (e := reading.entities.get(t.i))), None)
    apart = (t for near in inside for t in near.rights if t.dep_ == "appos" and t.left_edge.nbor(-1).text == ",")
    people = (e for t in apart if (e := reading.entities.get(t.i)) and e.kind is EntityKind.PERSON)
    return next(people, None)


def _is_own_act(reading: Reading, ontology: Ontology, trigger: Token) -> bool:
    """True for "resigned", "took the oath" and "gave up her post", not for "dismissed him" and "chose a successor"."""
    if not is_verb(trigger):
        return trigger.head.lemma_ == "take" and trigger.dep_ in OBJECTS and not is_passive(trigger.head)
    if is_passive(trigger):
        return False
    thing = object_of(trigger)
    if thing is None:
        return True
    own = lemma(trigger, ontology.words.installing) not in ontology.words.installing
    return own and reading.kind(thing) is not EntityKind.PERSON and thing.tag_ != "PRP"


def _verb_of_state(trigger: Token) -> Token | None:
    """The verb of "is in force", "entered into force"."""
    above = trigger.head.head
    inside = trigger.dep_ == "pobj" and trigger.head.lower_ in ("in", "into") and is_verb(above)
    return above if inside and (above.lemma_ == "be" or trigger.head.lower_ == "into") else None


def _is_lent(noun: Token) -> bool:
    """True for the "of" of a verb or of its object, not of where it is done: "swept through areas north of Baghdad"."""
    host = noun.head.head
    return is_verb(host) or host.dep_ in OBJECTS | PASSIVE_SUBJECTS or host.dep_ == "attr"


def _author_of(ontology: Ontology, participle: Token) -> Iterator[Token]:
    """Who filed the briefs in "X argued in briefs filed last month"."""
    paper, verb = participle.head, participle.head.head.head
    bare = participle.tag_ == "VBN" and not any(t.dep_ in AUXILIARIES or t.dep_ == "agent" for t in participle.children)
    said_in = bare and participle.dep_ == "acl" and paper.dep_ == "pobj" and paper.head.lower_ == "in"
    papers = ontology.words.documents | ontology.words.reports
    if said_in and paper.lemma_.lower() in papers and is_verb(verb):
        yield from filling(verb, "subject", guess=False)


def _carrier(ontology: Ontology, trigger: Token) -> Token | None:
    """The verb of little meaning whose prepositions belong to the event noun: "held talks in May with the union"."""
    head = trigger.head
    if is_verb(trigger) or not is_verb(head):
        return None
    words, name = ontology.words, lemma(head, ontology.verbs)
    return (
        head if any(name in known for known in (words.support, words.happening, words.arranging, words.light)) else None
    )


def _by_act(reading: Reading, ontology: Ontology, trigger: Token, place: str) -> Iterator[Token]:
    """What stands at those places that depend on what kind of act it is."""
    if place == _ALONE:
        verb = trigger if is_verb(trigger) else trigger.head
        yield from filling(verb, "subject", guess=False) if _is_own_act(reading, ontology, trigger) else ()
    elif place == _PARTING:
        sold = is_verb(trigger) and lemma(trigger, ontology.words.parting) in ontology.words.parting
        yield from filling(trigger, "subject", guess=False) if sold else ()
    elif place == _ADDRESSED:
        told = is_verb(trigger) and lemma(trigger, ontology.words.addressing) in ontology.words.addressing
        yield from filling(trigger, "object", guess=False) if told else ()
    elif place == _OWNER:
        things = filling(trigger, "object" if is_verb(trigger) else "of", guess=False)
        yield from (t for thing in things for t in thing.children if t.dep_ == "poss" and t.pos_ == "PROPN")


def _at(reading: Reading, ontology: Ontology, trigger: Token, carrier: Token | None, place: str) -> Iterator[Token]:
    if place in _BY_ACT:
        yield from _by_act(reading, ontology, trigger, place)
    elif place in (_HELD, _SETTER):
        setting = _setting_verb(ontology, trigger)
        if setting is not None:
            yield from _given_or_giver(setting, place)
        elif place == _HELD and not _sets_itself(ontology, trigger):
            yield from _at(reading, ontology, trigger, carrier, "subject")
    elif is_verb(trigger):
        found = [t for t in filling(trigger, place, guess=False) if place != "of" or _is_lent(t)]
        yield from found
        if not found and place == "subject":
            yield from _author_of(ontology, trigger)
    elif place == "possessor":
        yield from (t for t in trigger.children if t.dep_ in ("poss", "compound", "nmod"))
    elif place in ("subject", "object"):
        above = trigger.head if is_verb(trigger.head) else _verb_of_state(trigger)
        yield from filling(above, place, guess=False) if above is not None else ()
    else:
        yield from filling(trigger, place)
        if carrier is not None:
            yield from filling(carrier, place)
