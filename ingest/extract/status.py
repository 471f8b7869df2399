"""How real an event is, as the article tells it.

Readings (`modality`) are tried from the strongest to the weakest; the first that some word gives wins, and tense
decides when none does. Every answer comes with the words it rests on, so that a reader can see why.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.extract.dating import Dating
from ingest.extract.embedding import (
    ending_of,
    governed,
    is_unreal,
    moves_day,
    opined,
    planned,
    spared,
    undone_by,
    unfulfilled,
    unfulfilled_noun,
)
from ingest.extract.grammar import (
    ANY_SUBJECT,
    ARGUMENTS,
    OBJECTS,
    PASSIVE_SUBJECTS,
    PERFECT,
    SUBJECTS,
    auxiliaries,
    has_to,
    is_verb,
)
from ingest.extract.lasting import goes_on
from ingest.extract.modality import (
    Reality,
    carrier_of,
    conditional,
    is_no_longer,
    modal,
    negated,
    negation_of,
    questioned,
)
from ingest.extract.overtaken import AT_FIRST, came_and_went, overtaken
from ingest.extract.triggers import lemma
from ingest.nlp.words import Token
from kb.model import Status
from kb.ontology.model import Ontology, StatusLexicon

_CARRIED = ARGUMENTS | {"attr", "acomp", "conj"}
"""Places in which a noun has the mood of its verb; a noun in an adverbial has not."""
_UNDONE = (Status.CANCELLED, Status.DENIED)
_PRESENT = frozenset(("is", "are", "'s", "’s", "am"))
_MOVED = _PRESENT | {"was", "were"}
"""With the participle of a verb that moves a day: "is put off to May 3" tells what was decided."""
_AWAITING = ("before", "until", "till", "once")
_SEEMING = frozenset(("be", "seem", "look", "appear", "remain", "become"))
_OVER = PERFECT | {"had", "was", "were", "did"}
_LEAVE = frozenset(("may", "can"))
"""Modals by which a rule allows something, and with a negation forbids it."""
_FORBIDDEN = ("from", "after")
_FORBIDDEN_TO = ("until", "till")
"""Before a day, not a year: "may not report until 2026" guesses."""
_PERMITTING = frozenset(("can", "may", "shall", "will", "should", "must"))
"""Modals that a deadline lives with: "may apply until May 15"."""


def status_of(ontology: Ontology, trigger: Token, dating: Dating | None, *, deadline: bool = False) -> Reality:
    """The status of the event that `trigger` names; `dating` is None for an event without a date."""
    past = dating is not None and dating.past
    if (lost := next(overtaken(ontology, trigger, dating, deadline=deadline), None)) is not None:
        return lost
    if deadline:
        return _of_deadline(ontology, trigger, past=past)
    verb = _staging_verb(ontology, trigger)
    if verb is not None:
        own = (*_ended(ontology.status, trigger, past=past), *_modified(ontology.status, trigger))
        return next(iter(own), None) or status_of(ontology, verb, dating)
    if dating is not None and dating.since and goes_on(ontology.status, trigger):
        return Reality(Status.ONGOING, ("since",))
    if dating is not None and dating.around and _is_being_done(trigger):
        return Reality(Status.ONGOING, (trigger.lower_,))
    readings = _of_verb if is_verb(trigger) else _of_noun
    told = readings(ontology, trigger, past=past, awaited=dating is not None and dating.awaited)
    reality = next(told, None) or _by_tense(ontology, trigger, dating)
    return _hedged(ontology.status, trigger, dating, _as_rule(ontology.status, trigger, dating, reality))


def _staging_verb(ontology: Ontology, noun: Token) -> Token | None:
    """The verb that says of an event noun only that it happens: "took effect", "held a hearing", "the trial opened"."""
    words, verb = ontology.words, noun.head
    if is_verb(noun) or noun.pos_ not in ("NOUN", "PROPN"):
        return None
    if noun.lower_ in words.vessels:
        verb = verb.head if verb.pos_ == "ADP" else verb
        return verb if is_verb(verb) and noun.dep_ in ("dobj", "pobj") else None
    if not is_verb(verb):
        return None
    if noun.dep_ in OBJECTS | PASSIVE_SUBJECTS:
        return verb if lemma(verb, ontology.verbs) in words.support else None
    if noun.dep_ not in SUBJECTS:
        return None
    aims = [t for host in (verb, *verb.rights) if host.i == verb.i or host.dep_ == "acomp" for t in host.rights]
    below = (t for t in aims if t.dep_ == "xcomp" and has_to(t))
    return next((t for t in (verb, *below) if lemma(t, ontology.verbs) in words.happening), None)


def _of_verb(ontology: Ontology, verb: Token, *, past: bool, awaited: bool) -> Iterator[Reality]:
    lexicon = ontology.status
    yield from unfulfilled(lexicon, verb, past=past)
    yield from conditional(lexicon, verb)
    yield from questioned(verb)
    yield from opined(ontology, verb, past=past)
    yield from negated(lexicon, verb, past=past, awaited=awaited)
    yield from modal(lexicon, verb)
    if past and _is_reduced(verb):
        return
    yield from planned(ontology, verb, past=past, awaited=awaited)
    yield from governed(ontology, verb, past=past, awaited=awaited)


def _of_noun(ontology: Ontology, noun: Token, *, past: bool, awaited: bool) -> Iterator[Reality]:
    lexicon = ontology.status
    yield from _none_of(noun)
    yield from _ended(lexicon, noun, past=past)
    yield from _modified(lexicon, noun)
    carrier = carrier_of(noun)
    if carrier is not None and noun.pos_ == "ADJ":
        yield from unfulfilled(lexicon, carrier, past=past)
    if carrier is not None:
        yield from unfulfilled_noun(lexicon, noun, carrier)
        yield from _under_way(lexicon, noun, carrier)
    if past:
        return
    yield from _wished(lexicon, noun)
    if carrier is not None and (noun.dep_ in _CARRIED or _is_in(noun, carrier)):
        yield from _deemed(lexicon, noun, carrier)
        yield from conditional(lexicon, carrier)
        yield from questioned(carrier)
        yield from opined(ontology, carrier, past=past)
        yield from spared(lexicon, noun, carrier)
        yield from negated(lexicon, carrier, past=past, awaited=awaited)
        yield from modal(lexicon, carrier)
        if noun.pos_ == "ADJ" and noun.lemma_.lower() in lexicon.governors:
            yield Reality(lexicon.governors[noun.lemma_.lower()], (noun.lower_,))
        yield from planned(ontology, carrier, past=past)
        yield from governed(ontology, carrier, past=past, awaited=awaited)


def _of_deadline(ontology: Ontology, trigger: Token, *, past: bool) -> Reality:
    """A deadline stands until it is met, passes, or gets another day; one that would come with a bill is proposed.

    A day that passed with the duty undone is over all the same: "should have been written into law by July".
    """
    lexicon = ontology.status
    if past and is_verb(trigger) and (ought := _ought_to_have(trigger)) is not None:
        return Reality(Status.OCCURRED, ought)
    if past and (gone := came_and_went(ontology, trigger)) is not None:
        return Reality(Status.OCCURRED, (gone.lower_,), settled=True)
    readings = (
        *(_ended(lexicon, trigger, past=past) if not is_verb(trigger) else unfulfilled(lexicon, trigger, past=past)),
        *_would_be(ontology, trigger, past=past),
    )
    return next(iter(readings), None) or Reality(Status.OCCURRED if past else Status.SCHEDULED)


def _ought_to_have(verb: Token) -> tuple[str, ...] | None:
    """The words of "should have been done" and "ought to have been done"."""
    words = tuple(t.lower_ for t in auxiliaries(verb))
    return words if "have" in words and ("should" in words or verb.head.lower_ == "ought") else None


def _would_be(ontology: Ontology, trigger: Token, *, past: bool) -> Iterator[Reality]:
    """A duty that does not bind, was not done, or is asked about: "would have to comply", "no bid was taken"."""
    lexicon = ontology.status
    carrier = carrier_of(trigger)
    if carrier is None:
        return
    yield from conditional(lexicon, carrier)
    yield from questioned(carrier)
    if past:
        yield from negated(lexicon, trigger, past=past) if is_verb(trigger) else ()
        return
    for reading in (*modal(lexicon, carrier), *governed(ontology, carrier, past=past)):
        if reading.status in (Status.PROPOSED, Status.HYPOTHETICAL) and _PERMITTING.isdisjoint(reading.cues):
            yield reading


def _as_rule(lexicon: StatusLexicon, trigger: Token, dating: Dating | None, told: Reality) -> Reality:
    """`told`, or what a rule lays down for a day to come: "from July shops may open", "none may be sold after May"."""
    verb = carrier_of(trigger)
    if dating is None or not dating.future or verb is None:
        return told
    leave = next((t.lower_ for t in auxiliaries(verb) if t.lower_ in _LEAVE), None)
    if leave is None or not (told.status is Status.DENIED or told.cues == (leave,)):
        return told
    opening = dating.word_before or dating.expression[0].lower_
    forbids = negation_of(lexicon, verb) is not None or is_no_longer(verb)
    ban = opening in _FORBIDDEN or (opening in _FORBIDDEN_TO and dating.interval.length == 1)
    rules = ban if forbids else opening == "from" and dating.start < verb.i
    return Reality(Status.SCHEDULED, (leave, opening)) if rules else told


def _hedged(lexicon: StatusLexicon, trigger: Token, dating: Dating | None, told: Reality) -> Reality:
    """`told`, less surely if an adverb beside the verb or the date says so: "ends, probably next week"."""
    if dating is None:
        doubtful = told.status is Status.OCCURRED and not told.cues and _is_present(trigger)
        near = 0
    else:
        doubtful, near = told.status is Status.SCHEDULED, max(dating.start - 2, trigger.sent.start)
    if not doubtful:
        return told
    doc = trigger.doc
    beside = (*(doc[near : dating.start] if dating else ()), *(t for t in trigger.children if t.dep_ == "advmod"))
    word = next((t.lower_ for t in beside if t.lower_ in lexicon.hedges), None)
    return told if word is None else Reality(lexicon.hedges[word], (word,))


def _is_present(verb: Token) -> bool:
    """True for "is banned" and "bans"."""
    return verb.tag_ in ("VBZ", "VBP") or any(t.lower_ in _PRESENT for t in auxiliaries(verb))


def _is_reduced(verb: Token) -> bool:
    """True for a participle without auxiliary or subject: "the bill signed in July"."""
    bare = verb.tag_ in ("VBN", "VBG") and not auxiliaries(verb)
    clause = verb.dep_ in ("acl", "advcl", "relcl", "amod", "ROOT", "conj", "prep", "nmod")
    return bare and clause and not any(t.dep_ in ANY_SUBJECT for t in verb.children)


def _none_of(noun: Token) -> Iterator[Reality]:
    """ "No decision is planned this month": there is none, whatever the verb."""
    none = next((t.lower_ for t in noun.children if t.dep_ == "det" and t.lower_ == "no"), None)
    if none is not None and noun.dep_ in PASSIVE_SUBJECTS:
        yield Reality(Status.DENIED, (none,))


def _modified(lexicon: StatusLexicon, noun: Token) -> Iterator[Reality]:
    """An adjective or adverb on the noun: "the planned talks", "no hearing", "the delivery originally due in May"."""
    for child in noun.children:
        if child.dep_ in ("acl", "amod", "relcl", "advcl"):
            yield from (Reality(Status.CANCELLED, (t.lower_,)) for t in child.children if t.lower_ in AT_FIRST)
    for child in noun.children:
        if child.dep_ in ("det", "amod", "advmod", "neg") and child.i < noun.i + 4:
            word = next((w for w in (child.lower_, child.lemma_.lower()) if w in lexicon.modifiers), None)
            if word is not None:
                yield Reality(lexicon.modifiers[word], (word,))
    if noun.dep_ == "pobj" and noun.head.lower_ == "without":
        yield Reality(Status.DENIED, ("without",))


def _ended(lexicon: StatusLexicon, noun: Token, *, past: bool) -> Iterator[Reality]:
    """What a verb does to the event: "the strike was called off", "postponed the vote", "the trip is off"."""
    head = noun.head
    if (undone := undone_by(lexicon, noun)) is not None:
        if not (past and lemma(undone, lexicon.repeals) in lexicon.repeals):
            yield Reality(ending_of(lexicon, undone) or Status.CANCELLED, (undone.lower_,))
    elif is_verb(head) and (noun.dep_ in OBJECTS or noun.dep_ in PASSIVE_SUBJECTS) and not past:
        status = ending_of(lexicon, head)
        open_ = is_unreal(lexicon, head) or next(conditional(lexicon, head), None) is not None
        if status is not None and status not in _UNDONE and not open_:
            yield Reality(status, (head.lower_,))
    if head.lemma_ == "be" and noun.dep_ == "nsubj" and any(t.lower_ == "off" for t in head.children):
        yield Reality(Status.CANCELLED, ("off",))
    for clause in noun.children:
        if clause.dep_ == "acl" and clause.tag_ == "VBN" and (status := ending_of(lexicon, clause)):
            yield Reality(status, (clause.lower_,))


def _under_way(lexicon: StatusLexicon, noun: Token, carrier: Token) -> Iterator[Reality]:
    """ "voting is under way": a complement of "be" that says that it goes on."""
    if (
        carrier.lemma_ not in ("be", "remain", "stay")
        or carrier.tag_ not in ("VBZ", "VBP")
        or noun.dep_ not in _CARRIED
    ):
        return
    for child in carrier.rights:
        words = (child.lower_, *(f"{child.lower_} {t.lower_}" for t in child.children))
        yield from (Reality(Status.ONGOING, (word,)) for word in words if word in lexicon.lasting)


def _wished(lexicon: StatusLexicon, noun: Token) -> Iterator[Reality]:
    """What is only asked for: "a proposal for a tariff", "sought a hearing"."""
    if noun.dep_ in ("pobj", "pcomp") and noun.head.lower_ in ("for", "of", "to", "on"):
        above = noun.head.head
        word = lemma(above, lexicon.governors)
        wishes = word in lexicon.governors and word not in lexicon.readying
        if wishes and (above.pos_ in ("NOUN", "ADJ") or noun.head.lower_ == "for"):
            yield Reality(lexicon.governors[word], (word,))
    if noun.dep_ in OBJECTS and is_verb(noun.head):
        word = lemma(noun.head, lexicon.governors)
        if word in lexicon.governors:
            yield Reality(lexicon.governors[word], (noun.head.lower_,))


def _is_in(noun: Token, carrier: Token) -> bool:
    """True for "would be in default": a state that "be" ascribes."""
    return noun.dep_ == "pobj" and carrier.lemma_ == "be" and noun.head.head.i == carrier.i


def _deemed(lexicon: StatusLexicon, noun: Token, carrier: Token) -> Iterator[Reality]:
    """What a complement says of its subject: "a vote this year seems unlikely"."""
    if noun.dep_ not in SUBJECTS or carrier.tag_ not in ("VBZ", "VBP") or carrier.lemma_ not in _SEEMING:
        return
    words = [t.lemma_.lower() for t in carrier.children if t.dep_ in ("acomp", "oprd", "attr")]
    yield from (Reality(lexicon.governors[word], (word,)) for word in words if word in lexicon.governors)


def _is_being_done(verb: Token) -> bool:
    """True for "is asking the court today"."""
    return verb.tag_ == "VBG" and is_verb(verb) and any(t.lower_ in _PRESENT for t in auxiliaries(verb))


def _by_tense(ontology: Ontology, trigger: Token, dating: Dating | None) -> Reality:
    verb = carrier_of(trigger)
    if dating is not None and (dating.past or _is_over(dating)):
        return Reality(Status.OCCURRED)
    if dating is not None and dating.future:
        if trigger.tag_ == "VBN" and _is_reduced(trigger) and (main := carrier_of(trigger.head)) is not None:
            mood = next(modal(ontology.status, main), None)
            if mood is not None and mood.status is not Status.SCHEDULED:
                return mood
        done = _is_done(ontology.status, trigger) and not _is_arranged(ontology, trigger, dating)
        return Reality(Status.OCCURRED if done else Status.SCHEDULED)
    if verb is not None and dating is not None and (now := _of_these_days(ontology, trigger, dating, verb)) is not None:
        return now
    if verb is not None and (is_verb(trigger) or trigger.pos_ == "ADJ"):
        return _now(ontology, verb, dated=dating is not None)
    return Reality(Status.OCCURRED)


def _of_these_days(ontology: Ontology, trigger: Token, dating: Dating, verb: Token) -> Reality | None:
    """What the words of a time around publication say: "applies from today", "this year's election is close"."""
    words = dating.expression.text.lower()
    if _applies_from_now(verb, dating):
        return Reality(Status.OCCURRED, ("from", words), settled=True)
    ahead = not is_verb(trigger) and _is_ahead_this_year(ontology, trigger, dating, verb)
    return Reality(Status.SCHEDULED, (words,)) if ahead else None


def _applies_from_now(verb: Token, dating: Dating) -> bool:
    """True for "the rule applies from today" and "imports are banned from today", said on the day itself."""
    now = dating.word_before == "from" and dating.around and dating.interval.length == 1
    return now and _is_present(verb) and verb.tag_ in ("VBZ", "VBP", "VBN")


def _is_ahead_this_year(ontology: Ontology, noun: Token, dating: Dating, verb: Token) -> bool:
    """True for "this year's election is too close to call": it is known long before, and told of in the present."""
    fixture = dating.around and dating.interval.length > 1 and noun.lemma_.lower() in ontology.words.fixtures
    told = verb.tag_ == "VBD" or any(t.lower_ in _OVER for t in auxiliaries(verb))
    return fixture and dating.start < noun.i and not told


def _now(ontology: Ontology, verb: Token, *, dated: bool) -> Reality:
    """The status of a verb that is told without a date, or with one around the publication day."""
    present = verb.tag_ in ("VBZ", "VBP") or any(t.lower_ in _PRESENT for t in auxiliaries(verb))
    said = lemma(verb, ontology.speech.verbs) in ontology.speech.verbs
    if present and verb.lemma_ in ontology.status.going_on:
        return Reality(Status.ONGOING, (verb.lower_,))
    if present and dated and said and verb.tag_ != "VBN":
        return Reality(Status.OCCURRED)
    lasting = verb.tag_ == "VBG" and [t.lower_ for t in auxiliaries(verb)][:2] in (["has", "been"], ["have", "been"])
    if not dated and _is_present(verb) and (opening := _awaits(verb)) is not None:
        return Reality(Status.SCHEDULED, (opening,))
    if (present and verb.tag_ == "VBG") or (lasting and dated):
        return Reality(Status.ONGOING, (verb.lower_,))
    if present and dated:
        state = verb.tag_ == "VBN" or verb.lemma_ in ("be", "remain")
        return Reality(Status.ONGOING if state else Status.SCHEDULED)
    return Reality(Status.PROPOSED if verb.tag_ == "VB" else Status.OCCURRED)


def _awaits(verb: Token) -> str | None:
    """The "before" of "is readying itself before the ban takes effect": what is awaited at the time of writing."""
    opening = next((t.lower_ for t in verb.lefts if t.dep_ in ("mark", "advmod") and t.lower_ in _AWAITING), None)
    above = verb.head
    ahead = _is_present(above) or any(t.lower_ in _PERMITTING for t in auxiliaries(above)) or above.tag_ == "VB"
    return opening if opening is not None and verb.dep_ == "advcl" and is_verb(above) and ahead else None


def _is_arranged(ontology: Ontology, verb: Token, dating: Dating) -> bool:
    """True for "has called the leaders together for Saturday": what it is for is to come."""
    name = lemma(verb, ontology.words.fixing)
    fixes = name in ontology.words.fixing or ontology.status.endings.get(name) is Status.SCHEDULED
    return fixes and dating.start > 0 and dating.expression.doc[dating.start - 1].lower_ == "for"


def _is_done(lexicon: StatusLexicon, trigger: Token) -> bool:
    """True for a finite past: "extended the licence to April 1" has happened, though the day is to come."""
    if not is_verb(trigger):
        return False
    words = {t.lower_ for t in auxiliaries(trigger)}
    moved = trigger.tag_ == "VBN" and not words.isdisjoint(_MOVED) and moves_day(lexicon, trigger)
    return trigger.tag_ == "VBD" or moved or not words.isdisjoint(PERFECT | {"had"})


def _is_over(dating: Dating) -> bool:
    """True for the morning in a line of a live blog ("09:45: The premier pleads this morning"), whatever the tense."""
    opening = dating.expression.sent[0].text
    words = [t.lower_ for t in dating.expression]
    return dating.around and words[-2:] == ["this", "morning"] and opening[0].isdigit() and not opening.isdigit()
