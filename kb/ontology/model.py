"""What the program knows about kinds of events: types, the words that name them, and the words that colour them.

All of it is read from YAML (`kb.ontology.load`); nothing here knows a parser. A `Pattern` speaks of grammar only by the
names of slots (`subject`, `object`, a preposition …), which the extractor fills.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.model import EntityKind, Status

OTHER = "other"
"""Type of a dated event that fits no other type: every ontology has it."""


@dataclass(frozen=True, slots=True)
class Filler:
    """What may stand in a slot: one of these lemmas, an entity of one of these kinds, or (`dated`) a time."""

    words: frozenset[str]
    kinds: frozenset[EntityKind]
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One demand of a pattern on its surroundings. `absent` turns it round: nothing of the kind may stand there."""

    slot: str
    filler: Filler
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way to name an event: a head lemma, the rest of its phrase, and what must stand around it.

    For a verb, `rest` follows the head ("take effect", "step down"); for a noun it precedes it ("oral argument").
    """

    type: str
    head: str
    rest: tuple[str, ...]
    conditions: tuple[Condition, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Role:
    """A part an entity plays in an event: where to look for it, in order, and which kinds may fill it."""

    name: str
    places: tuple[str, ...]
    kinds: frozenset[EntityKind]
    callings: frozenset[str] = frozenset()
    """What the text must call a person who fills it, such as "judge"; empty if that does not matter."""
    uncalled: bool = False
    """A person whom the text calls nothing may fill it, too."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that states an event of the type (`status` as expected, if given), or looks like one and does not."""

    text: str
    trigger: str
    status: Status | None
    holds: bool


@dataclass(frozen=True, slots=True)
class EventType:
    """One kind of event."""

    id: str
    label: str
    description: str
    family: str
    plover: str | None
    """The nearest event type of PLOVER, for exchange; None where PLOVER has none."""
    roles: tuple[Role, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class StatusLexicon:
    """Words that say how real an event is."""

    modals: Mapping[str, Status]
    """An auxiliary before the event's verb."""
    governors: Mapping[str, Status]
    """A verb, noun or adjective that the event depends on ("plans to", "refused to", "scheduled for")."""
    opinions: frozenset[str]
    """Verbs and adjectives under which a "will" is only expected ("lawyers think it will sue")."""
    supposing: frozenset[str]
    """With "to have", what these say of the past is held to be so ("is believed to have left in May")."""
    pledges: frozenset[str]
    """Verbs of giving one's word, under which a "will" is not fixed ("will act by May, the minister promised")."""
    deniers: frozenset[str]
    hearsay: frozenset[str]
    rejecting: frozenset[str]
    """Verbs that say that a whole clause is not so."""
    implied: frozenset[str]
    """Governors of what came true where it lies in the past ("was forced to close in May")."""
    endings: Mapping[str, Status]
    """A verb whose subject or object the event is ("was called off")."""
    modifiers: Mapping[str, Status]
    """An adjective or adverb on the event ("planned", "possible", "originally")."""
    lasting: frozenset[str]
    """Complements of "be" that say that the event goes on ("under way")."""
    validity: frozenset[str]
    """Words of a law that holds: with "since" they tell the day on which it came to hold."""
    momentary: frozenset[str]
    """Passives that still hold with "since" ("has been detained since July")."""
    failing: frozenset[str]
    """What a plan does that comes to nothing ("collapsed", "fell through")."""
    dead: frozenset[str]
    """Complements that say so of a plan ("is off", "is moot")."""
    unmet: frozenset[str]
    """Complements that say so of what was put on a day, and not of others ("is unpaid", "looks unlikely")."""
    stopped: frozenset[str]
    """What is done to a thing that was put on a day and does not come then ("was held up", "was barred")."""
    promised: frozenset[str]
    """Verbs whose participle puts a thing on a day that may never come, besides those of `WordLexicon.fixing`."""
    meant: frozenset[str]
    """With "was" and an infinitive they tell of what was to come ("was meant to open")."""
    ceasing: frozenset[str]
    """Verbs that end what their gerund names ("stopped selling the car")."""
    hedges: Mapping[str, Status]
    """Adverbs beside the verb or the date of what is to come ("probably next week")."""
    repeals: frozenset[str]
    """Endings of what is there already: they say nothing against an event of the past ("struck down a 2018 law")."""
    conditions: frozenset[str]
    """Words that open a condition."""
    negations: frozenset[str]
    obligations: frozenset[str]
    """Verbs and nouns that make somebody do something: with "by DATE" they set a deadline."""
    demands: frozenset[str]
    """Verbs whose object has to be there by a day ("demanded answers by Friday")."""
    superseded: frozenset[str]
    """Adjectives of a deadline whose date no longer holds ("the original deadline")."""
    moves: frozenset[str]
    """Verbs that give a deadline another day."""
    holds_up: frozenset[str]
    """Verbs that hold a deadline up without giving it another day."""
    requests: frozenset[str]
    """Nouns by which somebody asks for something."""
    grants: frozenset[str]
    """Verbs by which it is given him ("granted a request to extend it")."""
    no_plans: frozenset[str]
    """Governors of a proposal that are no plan that can fail ("had asked the court to step in")."""
    wishes: frozenset[str]
    """Verbs of wishing ("aims to close by May")."""
    awaited: frozenset[str]
    """Told in the past of a day that is over, they say that it did not happen ("was scheduled for Monday")."""
    former: frozenset[str]
    """Wishes that had been ("had hoped to close by Friday")."""
    announced: frozenset[str]
    """With "for" and a day they put something on it ("had been listed for Tuesday")."""
    as_fixed: frozenset[str]
    """Behind "as" they say that it was to be ("as planned")."""
    going_on: frozenset[str]
    """Verbs whose present says that it goes on ("the ban remains in force")."""
    odds: frozenset[str]
    """What is not one of these may still come ("it is not certain that it will pass")."""
    readying: frozenset[str]
    """With "for" they await an event rather than wish for one."""
    sets: frozenset[str]
    """Verbs that give somebody a deadline."""


@dataclass(frozen=True, slots=True)
class SpeechLexicon:
    """Words that put a claim into somebody's mouth."""

    verbs: frozenset[str]
    sources: frozenset[str]
    """Openings such as "according to"."""
    hearsay: frozenset[str]
    """Adverbs that leave the source open ("reportedly")."""
    records: frozenset[str]
    """What has been written down and speaks at the end of a sentence ("court records show")."""
    shows: frozenset[str]
    """Forms of the verbs by which it speaks."""
    unnamed: frozenset[str]
    """Nouns for sources without a name ("people familiar with the matter")."""


@dataclass(frozen=True, slots=True)
class WordLexicon:
    """Verbs and nouns by how they carry events and dates."""

    light: frozenset[str]
    """Say little by themselves and take the type of their object ("held a hearing")."""
    support: frozenset[str]
    """Have no meaning of their own beside an event noun as their object, which then is the trigger."""
    arranging: frozenset[str]
    """In the passive, only put their event noun on the calendar ("a vote is expected")."""
    parting: frozenset[str]
    """Give away what is sold: their subject is no buyer ("agreed to divest the app")."""
    addressing: frozenset[str]
    """Verbs whose object is spoken to ("told the Council")."""
    installing: frozenset[str]
    """Done by one to another, whom they put into office or out of it ("named a successor")."""
    happening: frozenset[str]
    """Only say that their subject takes place ("the trial opened")."""
    vessels: frozenset[str]
    """Nouns without which their verb says nothing ("took effect")."""
    aspect: frozenset[str]
    """Take the type of their subject or object ("talks began", "ended the strike")."""
    announce: frozenset[str]
    """Speech in the active voice, the thing itself in the passive ("the merger was announced")."""
    planning: frozenset[str]
    """Above an infinitive: the date is the infinitive's ("plans to cut jobs by June")."""
    acts: frozenset[str]
    """Above an infinitive: a past date is theirs ("refused on Friday to step in"), a future one the infinitive's."""
    conative: frozenset[str]
    """Take the type of the infinitive under them ("agreed to buy")."""
    naming: frozenset[str]
    """Participles that only name the noun before them; a date behind them is not theirs."""
    starting: frozenset[str]
    """Participles that say from when ("operations starting in April")."""
    fixing: frozenset[str]
    """Participles that put the noun before them on a date ("a meeting planned for 12 May")."""
    event_nouns: frozenset[str]
    """Nouns that name something that happens without saying what type it is."""
    things: frozenset[str]
    """With the noun before them, no event ("a tax return")."""
    duties: frozenset[str]
    """Nouns that, when due, set a deadline ("comments are due")."""
    day_nouns: frozenset[str]
    """Nouns that are a day themselves ("the date of 17 March")."""
    terms: frozenset[str]
    """What is moved, met or missed where a day is ("the period")."""
    taking_place: frozenset[str]
    """Say of what was planned that it takes place ("did not materialise")."""
    appearing: frozenset[str]
    """Give a thing its day ("will be published in June")."""
    held: frozenset[str]
    """Their "not" calls off what has a day ("will not take place")."""
    occasions: frozenset[str]
    """Happen on the day of what is told with them ("died in the attack on Sunday")."""
    deeds: frozenset[str]
    """Nouns that name nothing but what was done ("his arrest")."""
    texts: frozenset[str]
    """Nouns of rulings that name what can be read ("the opinion")."""
    reports: frozenset[str]
    """Documents that say something, beside `documents` ("the study says")."""
    only_planned: frozenset[str]
    """Only fix a day ("first expected in May")."""
    calendared: frozenset[str]
    """Put on the calendar what a later sentence may call off."""
    states: frozenset[str]
    """Tell what is rather than happens ("owned 5 percent in 2023")."""
    outlooks: frozenset[str]
    """What stands behind their "for" is what they are of ("cut its outlook for 2026")."""
    foreseeing: frozenset[str]
    """A time behind their object is that object's ("expects a verdict by May")."""
    telling: frozenset[str]
    """Their verb is of the day before them, as that of a document ("Friday's resolution called for")."""
    seats: frozenset[str]
    """Their "of" names the place that they are ("the city of Baltimore")."""
    cohorts: frozenset[str]
    """A year tells them apart ("the class of 1804")."""
    by_year: frozenset[str]
    """Go by the year in which they come round ("the 2014 Games")."""
    swaying: frozenset[str]
    """May be done to such a thing at another time ("influenced the 2016 election")."""
    charging: frozenset[str]
    """A day of this week behind the deed is that of the charge ("charged with plotting a coup on Monday")."""
    timing: frozenset[str]
    """Say how long there is to do what stands behind the time ("has until June 30 to pay")."""
    pointing: frozenset[str]
    """With the word behind them, only mention a time ("referred to September 11")."""
    passing: frozenset[str]
    """What a day does that is over ("the deadline passed")."""
    fixtures: frozenset[str]
    """Nouns of what is known long before it takes place ("this year's election")."""
    feasts: frozenset[str]
    """Seasons and feasts, which may only describe what stands behind them ("a winter storm")."""
    festive: frozenset[str]
    """A feast makes a time of them ("the Christmas holidays")."""
    speaking_of: frozenset[str]
    """Their "of" names what is spoken of ("now speak of 2026")."""
    spending: frozenset[str]
    """Their object is a length of time ("it took three weeks")."""
    afterwards: frozenset[str]
    """Put their verb behind the time of the verb before it ("but later gave up")."""
    alongside: frozenset[str]
    """Join something to what was done at the same time ("said after meeting the president in June")."""
    giving_time: frozenset[str]
    """Hand over a length of time ("asked for three more months")."""
    documents: frozenset[str]
    """Nouns for what speaks: "in a letter on Friday, she said" is one event."""


@dataclass(frozen=True, slots=True)
class Ontology:
    """All event types with their triggers, indexed by head lemma, and the lexica."""

    types: Mapping[str, EventType]
    verbs: Mapping[str, tuple[Pattern, ...]]
    nouns: Mapping[str, tuple[Pattern, ...]]
    status: StatusLexicon
    speech: SpeechLexicon
    words: WordLexicon
    topics: Mapping[str, frozenset[str]]
    """Word -> what a passage that has many such words is about; patterns ask for it as `topic`."""
