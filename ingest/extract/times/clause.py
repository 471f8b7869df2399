"""What the clause around an expression says about it: told as past or as future, by which verb."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from typing import NamedTuple

from ingest.extract.participles import taken_for_participle
from ingest.extract.times.lexicon import Cues, lexicon
from ingest.extract.times.presents import is_hidden_present, is_present, is_verb_form
from ingest.nlp.words import Token

_STEPS = 20
"""Heads to climb; a parse is never that deep, except on text that is no prose."""
_PAST_HELPERS = frozenset({"had", "was", "were", "has", "have", "having", "'ve", "’ve", "did"})
_AT = frozenset({"at", "in", "on", "after", "during", "of", "from", "since", "by", "with"})
"""Prepositions behind which an event may be over: "at Friday's meeting", but "for Friday's meeting"."""
_SETTINGS = frozenset({"at", "in", "on", "after", "during"})
"""Those of them before what is the setting of what is told."""
_ENDS = frozenset({"to", "until", "till", "through", "for"})
"""Words before the new day of what was moved, granted or set."""
_LASTING = frozenset({"until", "till"})
_UP = frozenset({"up", "forward"})
"""Words behind a verb that moves a day to an earlier one."""
_AT_FIRST = frozenset({"first", "originally", "initially", "once", "previously", "formerly"})
_YEAR = 4
"""Digits of a year."""
_STOPS = frozenset({".", "!", "?", ";", ":", ",", '"', "”", "'", "’", ")"})
_HEADLINE = 20
"""Words of a headline."""
_LABEL = 8
"""Tokens of a date that labels a sentence, with the colon."""
_COMPLEMENTS = frozenset({"acomp", "attr", "oprd", "prep", "amod"})
_ATTRIBUTES = frozenset({"compound", "nmod", "npadvmod", "amod", "nummod", "poss"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_PRESENT_MODALS = frozenset({"may", "might", "can", "could", "must"})
"""Modals that speak of what is to come at the time of writing, whatever was told before."""
_SINGLED_OUT = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth last latest next only most least".split()
)
"""Words that pick out whoever something happened to: "the first minister to be tried"."""
_AWAITING = frozenset({"after", "once", "until", "till", "when", "before"})
"""Before a perfect under a present, they tell of what has to come first."""
_DUE = frozenset({"due", "effective"})


class Direction(IntEnum):
    """Which way from its anchor an incomplete date lies."""

    PAST = -1
    OPEN = 0
    FUTURE = 1


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause that an expression stands in."""

    direction: Direction = Direction.OPEN
    sure: bool = False
    """True if the tense says so plainly ("will", a past tense); false for a hint ("could", "to sell by")."""
    verb: str | None = None
    """Lemma of the governing verb."""
    obliging: bool = False
    """True under "must", "shall", "ordered to"."""
    pluperfect: bool = False
    """True for "had announced": before what the text speaks of."""
    will: bool = False
    """True under "will" and "shall"."""
    maybe: bool = False
    """True under "may", "could", "must", and in what the present has still to do ("has until May 3 to answer")."""
    present: bool = False
    """True for the simple present: "the deal goes down", which chronicles use of what is over."""
    of_noun: bool = False
    """True for "the bonds of 2019 fell": it dates a noun, and says nothing of when the verb happened."""
    onward: bool = False
    """True for a new last day in the past tense ("extended it until May 3"), and for the day of what is awaited
    ("the vote set for May 3", "ahead of elections in May"): rather ahead, if nothing else tells."""
    sooner: bool = False
    """True for a new day that lies before the old one: "was moved up to May 3"."""
    of_prospect: bool = False
    """True for "chose a candidate for the election on May 3": the day may be that of something that lay ahead."""

    @property
    def comes(self) -> bool:
        """True for what is to come at the time of writing: no tense of a story, no mere "to sell by"."""
        return self.direction is Direction.FUTURE and (self.sure or self.maybe or self.present)

    @property
    def leaning(self) -> Direction:
        """The direction to take where neither a story nor the sentence says which year is meant."""
        return Direction.FUTURE if self.onward else self.direction

    @property
    def against(self) -> float:
        """How many times farther away a date counts that lies against the direction."""
        if self.leaning is not self.direction:
            return 3
        return 200 if self.will else 20 if self.sure else 4


NO_CLAUSE = Clause()


class _Tense(NamedTuple):
    direction: Direction
    sure: bool = False


_TOLD = _Tense(Direction.PAST, sure=True)
_OPEN, _PAST, _FUTURE = _Tense(Direction.OPEN), _Tense(Direction.PAST), _Tense(Direction.FUTURE)


def read_clause(first: Token, last: Token, cues: Cues) -> Clause:
    """The clause of the expression from token `first` to token `last`."""
    verb = _governor(_root(first, last))
    before = first.nbor(-1).lower_ if first.i else ""
    if before in _ENDS and (mover := _mover_before(first, cues)) is not None:
        verb = mover
    elif verb is not None and (before in _ENDS or "from" in (before, first.lower_)):
        verb = _mover_over(verb, cues) or verb
    tense = _direction(first, last, verb, before, cues)
    if verb is None:
        return Clause(*tense)
    pluperfect = any(c.lower_ == "had" and c.dep_ == "aux" for c in verb.children)
    present = is_present(verb) and not any(child.dep_ in {"aux", "auxpass"} for child in verb.lefts)
    ahead = tense.direction is Direction.FUTURE
    will = ahead and any(c.lower_ in cues.future_modals for c in verb.lefts)
    maybe = ahead and _may_come(verb)
    ends = before in _ENDS and not any(c.lower_ in _AT_FIRST for c in verb.lefts)
    ends = ends or _is_of_deadline(first, last, before, cues)
    over = pluperfect or (verb.lemma_ == "have" and tense == _PAST)
    onward = ends and verb.lemma_ in cues.moving | cues.granting | cues.imposing and not over
    onward = onward or _is_ahead_of(first, last, cues)
    onward = onward or (tense == _OPEN and _is_awaited_on(verb, before, cues))
    onward = onward or (verb.lemma_ in cues.demanding and _is_promise(first, verb, before, cues))
    of_noun = _is_of_noun(first, last)
    end = before in _ENDS or "from" in (before, first.lower_)
    sooner = end and verb.lemma_ in cues.moving and any(c.lower_ in _UP for c in verb.rights)
    prospect = tense.direction is Direction.PAST and _is_of_prospect(first, last)
    obliging = _obliges(verb, cues)
    return Clause(
        *tense, verb.lemma_, obliging, pluperfect, will, maybe, present, of_noun, onward, sooner, of_prospect=prospect
    )


def _root(first: Token, last: Token) -> Token:
    """The token by which an expression hangs on its sentence: its first or its last."""
    return last if first.i <= first.head.i <= last.i else first


def _may_come(verb: Token) -> bool:
    """True under a modal of the present, and for an infinitive under a present: "lenders have until June to decide"."""
    if any(c.dep_ == "aux" and c.lower_ in _PRESENT_MODALS for c in verb.lefts):
        return not any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.lefts)
    above = _verb_above(verb) if any(c.tag_ == "TO" for c in verb.lefts) else None
    return above is not None and above.tag_ in {"VBZ", "VBP"}


def _is_of_deadline(first: Token, last: Token, before: str, cues: Cues) -> bool:
    """True for "a deadline of May 3" and "a May 3 deadline"."""
    root = _root(first, last)
    of = before == "of" and first.i > 1 and first.nbor(-2).lemma_ in cues.ahead
    return of or (root.head.i > last.i and root.head.lemma_ in cues.ahead and root.dep_ in _ATTRIBUTES)


def _mover_before(first: Token, cues: Cues) -> Token | None:
    """The "adjourned" of "adjourned until May 3 after the judge fell ill", where the parser hangs the day on "fell"."""
    verb = first.nbor(-2) if first.i > 1 else None
    return verb if verb is not None and is_verb_form(verb) and verb.lemma_ in cues.moving else None


def _mover_over(verb: Token, cues: Cues) -> Token | None:
    """The verb of "extended the deadline to sell the app to May 3", where the parser hangs the day on "sell".

    So for "moved the deadline for selling it to May 3".
    """
    asked = verb.tag_ == "VB" and verb.dep_ in {"acl", "relcl", "advcl"} and any(c.tag_ == "TO" for c in verb.lefts)
    if not asked and not (verb.tag_ == "VBG" and verb.dep_ == "pcomp" and verb.head.lower_ == "for"):
        return None
    above = _verb_above(verb)
    return above if above is not None and above.lemma_ in cues.moving | cues.granting else None


def _is_of_noun(first: Token, last: Token) -> bool:
    """True if an expression, or the preposition before it, belongs to a noun."""
    token = _root(first, last)
    head = token.head.head if token.head.pos_ == "ADP" else token.head
    return head.pos_ in {"NOUN", "PROPN"} and not first.i <= head.i <= last.i


def _direction(first: Token, last: Token, verb: Token | None, before: str, cues: Cues) -> _Tense:
    if (plain := _by_words_before(first, verb, before, cues)) is not None:
        return plain
    if verb is None:
        return _FUTURE if before in cues.ahead else _OPEN
    if (plain := _by_verb(first, last, verb, cues) or _of_noun(first, last, verb, cues)) is not None:
        return plain
    if before in {"for", "to"} and verb.lemma_ in cues.moving:
        told = _is_told(verb) and not _is_weekday(first) and not _awaits_now(verb)
        return _OPEN if told else _FUTURE
    if _is_told(verb) and verb.lemma_ in cues.imposing and _is_of_deadline(first, last, before, cues):
        return _OPEN
    if before in cues.due or (before in _AT and first.i > 1 and first.nbor(-2).lower_ in cues.due):
        return _Tense(Direction.FUTURE, sure=True)
    tense = _tense(verb, cues)
    if tense.direction is not Direction.PAST:
        tense = _made_then(first, last, verb, before, cues) or tense
    elif _is_promise(first, verb, before, cues):
        return _OPEN
    if verb.tag_ in {"VBZ", "VBP"} and before not in cues.ahead and _is_chronicled(verb):
        return _PAST
    if before in cues.ahead and tense == _OPEN and _told_above(verb, cues):
        return _OPEN
    return _towards(tense, verb, before, cues) if before in cues.ahead else tense


def _by_verb(first: Token, last: Token, verb: Token, cues: Cues) -> _Tense | None:
    """What a verb says by itself of a time that it tells of, whatever its tense."""
    if _is_told_of(first, last, verb, cues) or _is_followed(first, verb, cues):
        return _Tense(Direction.PAST, sure=True)
    return _FUTURE if _is_named_day(first, last, verb, cues) else None


def _by_words_before(first: Token, verb: Token | None, before: str, cues: Cues) -> _Tense | None:
    """What the words right before the expression say by themselves, whatever the tense."""
    if before == "of" and first.i > 1 and first.nbor(-2).lower_ == "as":
        return _OPEN
    dates_from = before == "from" and verb is not None and verb.lemma_ == "date"
    if dates_from or before in cues.behind or (first.i > 1 and before in _AT and first.nbor(-2).lower_ in cues.lately):
        return _Tense(Direction.PAST, sure=True)
    if before in _LASTING and first.i > 1 and first.nbor(-2).lower_ in {"has", "have"}:
        return _Tense(Direction.FUTURE, sure=True)
    if before in _LASTING and first.i > 1 and first.nbor(-2).lower_ == "had" and _is_own_past(first, verb):
        return _PAST
    return _due_before(first)


def _is_own_past(first: Token, verb: Token | None) -> bool:
    """True for "which had until March 15": not for what was said to be so, nor for a weekday, which is near anyway."""
    embedded = verb is None or verb.dep_ in {"ccomp", "xcomp"} or _is_awaited_by_second(verb)
    return not embedded and not _is_weekday(first)


def _is_awaited_by_second(verb: Token) -> bool:
    """True for the "had" of "opened it in May and had until October": its day comes after that of the first verb."""
    return verb.dep_ == "conj" and any(t.ent_type_ == "DATE" for t in verb.doc[verb.head.i : verb.i])


def _due_before(first: Token) -> _Tense | None:
    """What a "due" or "effective" beside a noun says of the day right behind it: "with comments due by June 24"."""
    start = first.i - 1 if first.i and first.nbor(-1).dep_ != "prep" else first.i - 2
    word = first.doc[start] if start >= first.sent.start else None
    if word is not None and start == first.i - 2 and word.lower_ not in _DUE:
        word = first.nbor(-1).head  # "due in Russia in May"
    if word is None or word.lower_ not in _DUE or word.dep_ in {"acomp", "ROOT", "conj"}:
        return None
    if any(c.lower_ in _AT_FIRST for c in word.lefts):
        return _OPEN
    with_ = word.head.dep_ == "pobj" and word.head.head.lower_ == "with"
    return _Tense(Direction.FUTURE, sure=True) if with_ or word.lower_ == "effective" else _OPEN


def _made_then(first: Token, last: Token, verb: Token, before: str, cues: Cues) -> _Tense | None:
    """Past, for what was made or said on the day: "the order of October 20 applies", "rules proposed in March".

    And for what something is due to: "will not run because of a ruling in March".
    """
    if before in {"in", "on"} and _is_of_cause(first, last, cues):
        return _PAST
    if before == "of" and first.i > 1 and first.nbor(-2).lemma_ in cues.issued:
        return _PAST
    said = verb.lemma_ in cues.promising or verb.lemma_ == "propose"
    return _said_then(verb) if said and before in {"in", "on"} else None


def _is_told_of(first: Token, last: Token, verb: Token, cues: Cues) -> bool:
    """True for "Monday's ruling means that" and "the filing Monday says": what was issued speaks on, in the present.

    Not for what is only expected: "Monday's ruling is likely to".
    """
    noun = last.nbor(2) if _is_owner(last) else first.nbor(-1) if first.i > first.sent.start else None
    while noun is not None and noun.i > last.i and noun.head.i > noun.i and noun.dep_ in {"compound", "amod"}:
        noun = noun.head
    if (
        noun is None
        or cues.issued.isdisjoint((noun.lemma_, noun.lower_))
        or not _is_weekday(first)
        or noun.head.i > verb.i
    ):
        return False
    plain = verb.tag_ in {"VBZ", "VBP"} and verb.i > last.i and not any(c.dep_ == "aux" for c in verb.lefts)
    return plain and cues.prospective.isdisjoint((verb.lemma_, *(c.lemma_ for c in verb.children)))


def _is_followed(first: Token, verb: Token, cues: Cues) -> bool:
    """True for the month of "follows a ruling in May" and "comes after a report in May", told in the present."""
    if verb.tag_ not in {"VBZ", "VBP", "VBG"} or verb.lemma_ not in cues.relating or first.i < verb.i:
        return False
    if any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.lefts):
        return False
    behind = [c for c in verb.rights if c.i < first.i - 1]
    if verb.lemma_ in cues.following and any(c.dep_ == "dobj" for c in behind):
        return True
    return any(c.lower_ in cues.following and c.dep_ in {"prep", "mark"} for c in behind)


def _is_named_day(first: Token, last: Token, verb: Token, cues: Cues) -> bool:
    """True for "has set May 29 as the date of the vote" and "picked May 29": who names a day, names one to come."""
    root = _root(first, last)
    beside = root.dep_ in {"dobj", "oprd", "npadvmod"} and root.head.i == verb.i == first.i - 1
    return beside and verb.lemma_ in cues.naming


def _is_owner(last: Token) -> bool:
    """True with a "'s" behind it and a word behind that."""
    return last.i + 2 < len(last.doc) and last.nbor(1).tag_ == "POS"


def _is_of_cause(first: Token, last: Token, cues: Cues) -> bool:
    """True for the month of "will not be allowed to run due to a ruling in February"."""
    root = _root(first, last)
    noun = root.head.head if root.head.pos_ == "ADP" else root.head
    return noun.dep_ == "pobj" and noun.head.lower_ in cues.causes


def _is_promise(first: Token, verb: Token, before: str, cues: Cues) -> bool:
    """True for "promised a bill in February", where the month may be that of the promise or of the bill.

    So it may in "called for a vote in May" and "ruled out a vote in May".
    """
    thing = any(c.dep_ == "dobj" and c.i < first.i for c in verb.rights)
    thing = thing or any(c.lower_ == "for" and any(verb.i < g.i < first.i for g in c.children) for c in verb.rights)
    return verb.lemma_ in cues.promising | cues.demanding and before in {"in", "by"} and thing


def _said_then(verb: Token) -> _Tense | None:
    """Past, for the participle of a verb of saying: not under "will", "is", "to be"."""
    helpers = {c.lower_ for c in verb.lefts if c.dep_ in {"aux", "auxpass"}}
    if verb.tag_ != "VBN" or not helpers <= _PAST_HELPERS | {"been"}:
        return None
    return _Tense(Direction.PAST, sure=bool(helpers))


def _is_chronicled(verb: Token) -> bool:
    """True behind a date that labels the sentence: "8 August: a court picks a model case" tells what is over."""
    start = verb.sent.start
    label = next((t.i for t in verb.doc[start : start + _LABEL] if t.text == ":"), start)
    before = verb.doc[start:label]
    dated = any(t.ent_type_ == "DATE" and (t.is_alpha or len(t.text) == _YEAR) for t in before)
    return dated and label < verb.i and all(t.ent_type_ in {"DATE", "TIME"} or not t.is_alpha for t in before)


def _of_noun(first: Token, last: Token, verb: Token, cues: Cues) -> _Tense | None:
    """The direction of a date before its noun: the verb's in "Friday's plunge was …", else open; None for others."""
    root = _root(first, last)
    noun = root.head
    if noun.i <= last.i or noun.pos_ != "NOUN" or root.dep_ not in {*_ATTRIBUTES, "det"}:
        return None
    if root.i != last.i and noun.lemma_ in cues.issued and root.dep_ != "det":
        return _of_month(noun, verb, _tense(verb, cues), cues)
    if root.i != last.i:
        told = root.dep_ != "det" or _tense(verb, cues).direction is Direction.PAST
        return _OPEN if told and _may_be_ahead(noun) else None
    if noun.lemma_ in cues.ahead:
        return _OPEN if _tense(verb, cues).direction is Direction.PAST else _FUTURE
    if noun.head.lower_ == "before" and any(c.lower_ == "had" and c.dep_ == "aux" for c in verb.lefts):
        return _PAST
    tense = _tense(verb, cues)
    if not _is_weekday(first):
        return _of_month(noun, verb, tense, cues)
    if _may_be_ahead(noun) or verb.lemma_ in cues.moving | cues.prospective:
        return _OPEN
    return _OPEN if tense.direction is Direction.FUTURE and _is_looked_back_on(first, noun, verb, cues) else tense


def _of_month(noun: Token, verb: Token, tense: _Tense, cues: Cues) -> _Tense:
    """The direction of "the June vote".

    What was issued lies behind, whatever is told of it ("the June ruling will be appealed"), what is told of as the
    setting of something past too ("lost in the June vote"); what is awaited lies ahead ("hopes to win the June vote").
    """
    if _may_be_ahead(noun):
        return _OPEN
    issued = noun.lemma_ in cues.issued and verb.lemma_ not in cues.prospective
    setting = noun.dep_ == "pobj" and noun.head.lower_ in _SETTINGS
    if tense.direction is Direction.PAST and (issued or setting):
        return _TOLD
    if issued:
        return _OPEN if noun.dep_ in _SUBJECTS and tense.direction is Direction.FUTURE else _PAST
    own = noun.dep_ == "dobj" or (noun.dep_ == "pobj" and noun.head.head.i == verb.i)
    return _FUTURE if own and tense.direction is Direction.FUTURE else _OPEN


def _may_be_ahead(noun: Token) -> bool:
    """True for what is spoken of and no setting: "plans for the April 23 election", not "at the April 23 meeting"."""
    before = noun.head
    ahead = before.lower_ == "of" and before.head.lower_ == "ahead"
    return noun.dep_ == "pobj" and (ahead or before.lower_ not in _AT)


def _is_of_prospect(first: Token, last: Token) -> bool:
    """True for a day of what is spoken of, or right behind it: "ahead of elections on May 3", "plans a vote on May 3".

    Not of what acts, nor of a setting: "in a speech on May 3".
    """
    beside = first.nbor(-2) if first.i > 1 and first.nbor(-1).pos_ == "ADP" else None
    if beside is not None and beside.pos_ == "NOUN" and _may_be_ahead(beside):
        return True
    if not _is_of_noun(first, last):
        return False
    token = _root(first, last)
    noun = token.head.head if token.head.pos_ == "ADP" else token.head
    return _may_be_ahead(noun) if noun.dep_ == "pobj" else noun.dep_ not in {"nsubj", "ROOT"}


def _is_looked_back_on(first: Token, noun: Token, verb: Token, cues: Cues) -> bool:
    """True for "Sunday's assault comes after …", told in the present whether it is over or not."""
    return verb.lemma_ in cues.relating and verb.tag_ == "VBZ" and noun.head.i == verb.i and first.nbor().tag_ == "POS"


def _is_weekday(token: Token) -> bool:
    return "weekday" in lexicon().words.get(token.lower_, {})


def _is_told(verb: Token) -> bool:
    """True for "moved", "was set", "first set for", not for "is planned", "has been postponed"."""
    helpers = {child.lower_ for child in verb.lefts if child.dep_ in {"aux", "auxpass"}}
    return verb.tag_ == "VBD" or bool(helpers & {"was", "were", "had"}) or (verb.tag_ == "VBN" and not helpers)


def _governor(token: Token) -> Token | None:
    """The nearest verb above, or the token itself; of a clause behind the token, the verb that it follows."""
    place = token.i
    for _ in range(_STEPS):
        if is_verb_form(token):
            return _before_clause(place, token) or token
        if token.head.i == token.i:
            return taken_for_participle(token)
        token = token.head
    return None


def _before_clause(place: int, verb: Token) -> Token | None:
    """The "said" of "said in September it would pay", and the "ratified" of "ratified it on June 19, takes it up".

    The parser hangs the day on the clause that follows it, or on a noun that it takes for the subject of that clause.
    """
    above = verb.head
    if verb.dep_ not in {"ccomp", "advcl"} or not above.i < place < verb.i or above.tag_ != "VBD":
        return None
    before = list(verb.lefts)
    opened = any(t.dep_ in {"mark", "advmod"} and above.i < t.i < place for t in before)
    return above if any(t.dep_ in _SUBJECTS for t in before) and not opened else None


def _verb_above(verb: Token) -> Token | None:
    return _governor(verb.head) if verb.head.i != verb.i else None


def _towards(tense: _Tense, verb: Token, before: str, cues: Cues) -> _Tense:
    """The direction behind "by" or "until": ahead, unless it had passed when it was told.

    "Lasted until March", "was not passed until March".
    """
    if tense.direction is not Direction.PAST:
        return _Tense(Direction.FUTURE, tense.sure)
    if before in _LASTING and any(c.dep_ == "neg" for c in verb.lefts):
        return tense
    awaiting = cues.prospective | cues.granting | cues.moving | cues.imposing | cues.persuading
    return _OPEN if verb.tag_ != "VBD" or verb.lemma_ in awaiting else tense


def _tense(verb: Token, cues: Cues) -> _Tense:
    """Direction of a verb, from its auxiliaries, its form, or the verb it depends on."""
    for _ in range(_STEPS):
        above = _verb_above(verb)
        own = None if above is not None and _is_completed(verb, above) else _own_tense(verb, cues)
        own = _FUTURE if above is not None and own == _TOLD and _is_awaited_clause(verb, above) else own
        if own and above and verb.tag_ == "VBN" and own in {_PAST, _FUTURE}:
            told = _own_tense(above, cues)
            if told == (Direction.PAST, True):  # "an order, signed on April 4, extended …" is past for sure
                return told if own == _PAST else _FUTURE if _is_perfect(above) else _OPEN
        if own:
            return own
        if above is None:
            return _FUTURE if verb.tag_ == "VB" else _OPEN
        if (to := next((c for c in verb.lefts if c.tag_ == "TO"), None)) is not None:
            return _FUTURE if _is_added(verb, to, cues) else _infinitive(above, cues)
        verb = above
    return _OPEN


def _is_awaited_on(verb: Token, before: str, cues: Cues) -> bool:
    """True for the "slated" of "met ahead of elections slated for May", which tells of its noun what is to come."""
    bare = verb.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass"} for c in verb.lefts)
    first = any(c.lower_ in _AT_FIRST for c in verb.lefts)
    return bare and not first and before == "for" and verb.dep_ == "acl" and verb.lemma_ in cues.prospective


def _is_ahead_of(first: Token, last: Token, cues: Cues) -> bool:
    """True for the month of "met ahead of elections in May and a vote in June", whatever the tense."""
    root = _root(first, last)
    noun = root.head.head if root.head.pos_ == "ADP" else root.head
    for _ in range(_STEPS):
        if noun.dep_ != "conj":
            break
        noun = noun.head
    return noun.dep_ == "pobj" and noun.i < first.i and noun.head.head.lower_ in cues.looking_ahead


def _awaits_now(verb: Token) -> bool:
    """True for the "slated" of "has grown ahead of elections slated for May"."""
    above = _verb_above(verb) if verb.dep_ == "acl" else None
    return above is not None and _is_perfect(above)


def _is_perfect(verb: Token) -> bool:
    """True for "has grown ahead of elections slated for May": what it tells of reaches to the time of writing."""
    return any(c.lower_ in {"has", "have", "'ve", "’ve"} and c.dep_ == "aux" for c in verb.lefts)


def _is_completed(verb: Token, above: Token) -> bool:
    """True for a participle that has no time of its own: "will stop being covered", "wants the text published"."""
    helpers = [c for c in verb.lefts if c.dep_ in {"aux", "auxpass"}]
    if verb.tag_ != "VBN" or any(h.lower_ != "being" for h in helpers):
        return False
    return bool(helpers) or (above.lemma_ in {"want", "need"} and above.i < verb.i and verb.dep_ != "relcl")


def _is_added(verb: Token, to: Token, cues: Cues) -> bool:
    """True for "a ban, to begin on Jan. 1", told in the past; also for "the cabinet to be sworn in on Friday"."""
    passive = any(c.dep_ == "auxpass" for c in verb.lefts)
    if verb.lemma_ not in cues.beginning and not passive:
        return False
    comma = to.i > to.sent.start and to.nbor(-1).text == ","
    return comma or (passive and _is_awaited(verb, to))


def _is_awaited(verb: Token, to: Token) -> bool:
    """True for a "to be …" right behind a noun that awaits it: not for "the first man to be hanged"."""
    if verb.dep_ not in {"relcl", "acl"} or to.i == to.sent.start or to.nbor(-1).pos_ not in {"NOUN", "PROPN"}:
        return False
    around = (verb.head, *verb.head.lefts, *to.nbor(-1).lefts)
    return not any(t.tag_ == "JJS" or t.lower_ in _SINGLED_OUT for t in around)


def _told_above(verb: Token, cues: Cues) -> bool:
    """True under a past tense: "were required to name them by 2 August" may lie on either side.

    What somebody "has called on" others to do by a day is still to be done.
    """
    above = _verb_above(verb)
    if above is None or any(t.lower_ in {"has", "have"} and t.dep_ == "aux" for t in above.lefts):
        return False
    return _own_tense(above, cues) == (Direction.PAST, True)


def _own_tense(verb: Token, cues: Cues) -> _Tense | None:
    """What the verb's own form says; None for infinitives and participles that follow another verb."""
    helpers = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if verb.tag_ == "VBP" and verb.dep_ == "ccomp" and verb.head.lemma_ in cues.causing and not helpers:
        return None
    if is_hidden_present(verb):
        return _Tense(Direction.FUTURE, sure=True)
    words, tags = {h.lower_ for h in helpers}, {h.tag_ for h in helpers}
    if words & cues.future_modals:
        return _Tense(Direction.FUTURE, sure=True)
    if tags & {"MD", "TO"}:
        unreal = "would" in words or "should" in words
        if "have" in words and not tags & {"MD"}:  # "is thought to have met", but "is expected to have met by then"
            if verb.head.lemma_ == "be":  # "was to have met"
                return _OPEN
            return _Tense(Direction.PAST, sure=verb.head.lemma_ not in cues.prospective)
        if "have" in words:
            return _OPEN if unreal else _PAST
        return _Tense(Direction.FUTURE, sure=_must_or_may(verb, words)) if "MD" in tags else None
    if verb.tag_ in {"VBD", "VBN"} and "had" not in words and _is_condition(verb):
        return _OPEN
    if words & _PAST_HELPERS or verb.tag_ == "VBD":
        planned = verb.lemma_ in cues.prospective and verb.tag_ == "VBN" and not words & {"has", "have", "had"}
        planned = planned or ("had" in words and verb.lemma_ == "be" and _is_fixed(verb, cues))
        return _OPEN if planned else _Tense(Direction.PAST, sure=True)
    if verb.tag_ in {"VBZ", "VBP"} or tags & {"VBZ", "VBP"}:
        return _Tense(Direction.FUTURE, sure=verb.lemma_ not in {"be", "have"} and not _is_in_headline(verb))
    if verb.tag_ == "VBN":
        return _FUTURE if verb.lemma_ in cues.prospective else _PAST
    return None


def _is_awaited_clause(verb: Token, above: Token) -> bool:
    """True for "takes effect after it has been published" and "will vote once the panel has met"."""
    marked = any(t.lower_ in _AWAITING and t.dep_ in {"mark", "advmod"} for t in verb.lefts)
    perfect = any(t.lower_ in {"has", "have"} and t.dep_ == "aux" for t in verb.lefts)
    if verb.dep_ != "advcl" or not marked or not perfect:
        return False
    helpers = {t.lower_ for t in above.lefts if t.dep_ in {"aux", "auxpass"}}
    return above.tag_ in {"VBZ", "VBP", "VB"} and helpers.isdisjoint(_PAST_HELPERS)


def _must_or_may(verb: Token, helpers: Collection[str]) -> bool:
    """True under a modal of the present; "could" may tell of the past, and a "May" over a past tense is a name."""
    return verb.tag_ != "VBD" and not _PRESENT_MODALS.isdisjoint(helpers) and "could" not in helpers


def _is_in_headline(verb: Token) -> bool:
    """True in a line without a full stop: its present may tell of yesterday, "Senate passes bill on Tuesday"."""
    words = list(islice((t for t in verb.sent if t.has_dep() and not t.is_space), _HEADLINE + 1))
    return len(words) <= _HEADLINE and words[-1].text not in _STOPS


def _infinitive(above: Token, cues: Cues) -> _Tense:
    """A "to" infinitive under `above`: "plans to", "was to", "agreed to", "told them to"."""
    tense, had = _tense(above, cues), any(t.lower_ == "had" for t in above.lefts)
    if had and above.lemma_ == "be" and _is_fixed(above, cues):
        return _OPEN
    if tense.direction is not Direction.PAST:
        return _Tense(Direction.FUTURE, tense.sure or (above.lemma_ == "be" and _is_to_be(above, cues)))
    if above.lemma_ in cues.persuading:
        return _OPEN
    ahead = above.lemma_ in cues.prospective if above.lemma_ != "be" else above.dep_ == "ccomp"
    return _FUTURE if ahead else _PAST


def _is_to_be(be: Token, cues: Cues) -> bool:
    """True for "is to", "is due to"."""
    return be.tag_ in {"VBZ", "VBP"} or _is_fixed(be, cues)


def _is_fixed(be: Token, cues: Cues) -> bool:
    """True for "had been due to", "was scheduled to": on which side of today that is, the tense does not say."""
    return any(t.lemma_ in cues.prospective for t in be.children if t.dep_ in _COMPLEMENTS)


def _is_condition(verb: Token) -> bool:
    """True for "if the deal were ratified" under a main clause that only may come: what is told has not happened."""
    main = any(t.tag_ == "MD" for t in verb.head.lefts)
    return main and verb.dep_ == "advcl" and any(t.lower_ in {"if", "unless"} and t.dep_ == "mark" for t in verb.lefts)


def _obliges(verb: Token, cues: Cues) -> bool:
    if any(c.dep_ == "aux" and c.lower_ in cues.obliging for c in verb.children):
        return True
    return verb.lemma_ in cues.obliging or verb.head.lemma_ in cues.obliging
