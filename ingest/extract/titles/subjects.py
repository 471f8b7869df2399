"""Who does what a verb says, also where the subject stands outside the verb's own words."""

from __future__ import annotations

from ingest.extract.grammar import (
    ANY_SUBJECT,
    OBJECTS,
    TENSES,
    Reading,
    auxiliaries,
    has_to,
    is_passive,
    is_verb,
    object_of,
    own_subject,
    subject_of,
)
from ingest.extract.titles.lexicon import title_lexicon
from ingest.extract.titles.wanted import leads_to_time
from ingest.nlp.words import Token
from kb.model import EntityKind

_CLIMB = 6
_NEAR = 6
"""Tokens."""
_RELATIVES = ("that", "which", "who")
_NUMBERS = {"NN": False, "NNP": False, "NNS": True, "NNPS": True}
"""Tags of nouns -> whether they are plurals."""
_NOTHING = ("nowhere", "nothing", "nobody")


def any_subject(reading: Reading, verb: Token) -> Token | None:
    """Its own subject, or the one it shares: "they" of "they tried and succeeded", "rules" of "rules that ended it"."""
    return own_subject(verb) or outer_subject(reading, verb)


def outer_subject(reading: Reading, verb: Token) -> Token | None:
    """The subject where it stands outside the verb's own words."""
    found: Token | None
    if (joined := joined_to_day(reading, verb)) is not None:
        return joined
    if (receiver := _receiver(reading, verb)) is not None:
        return receiver
    if verb.dep_ in ("acl", "relcl"):
        found = _who_is_told_of(reading, verb)
    elif verb.dep_ in ("conj", "xcomp", "advcl"):
        found = object_of(verb) if is_passive(verb) else subject_of(verb)
    else:
        return _noun_before(reading, verb)
    if found is None and verb.dep_ == "conj":
        found = verb.head if verb.head.pos_ in ("NOUN", "PROPN") else _noun_before(reading, verb)
    if found is not None and found.i in reading.times:
        found = next((t for a in verb.ancestors if is_verb(a) and (t := own_subject(a)) is not None), None)
    if found is not None and found.head.i == verb.head.i and verb.dep_ == "xcomp":
        aside = found.dep_ in OBJECTS and (_is_set_apart(reading, verb) or verb.head.lemma_ in title_lexicon().parting)
        found = own_subject(verb.head) or found if aside or found.dep_ in ANY_SUBJECT else found
    if verb.dep_ == "conj" and (found is None or found.i > verb.i):
        found = _shared_subject(verb)
    if found is None and verb.dep_ == "xcomp":
        found = next((t for a in verb.ancestors if is_verb(a) and (t := own_subject(a)) is not None), None)
        found = found or _noun_before(reading, verb.head)
    return None if found is None or found.i > verb.i or found.i in reading.times else found


def _noun_before(reading: Reading, verb: Token) -> Token | None:
    """The noun right before a finite verb to which the parser gives no subject: "On May 3, by law, supplies are"."""
    helping = auxiliaries(verb)
    first = helping[0] if helping else verb
    if verb.dep_ not in ("ROOT", "ccomp", "conj", "parataxis") or first.tag_ not in TENSES or first.i > verb.i:
        return None
    if any(t.dep_ in ("attr", "expl", *ANY_SUBJECT) for t in verb.children):
        return None
    before = [*reversed(verb.doc[max(verb.sent.start, first.i - _NEAR) : first.i])]
    left = [t for t in before if not (t.i in reading.times or t.pos_ == "ADV")]
    noun = next(iter(left), None)
    if len(left) > 1 and left[0].text == "," and _is_named_apart(left[1]):
        noun = left[1]
    while noun is not None and noun.dep_ == "pobj" and noun.head.lower_ == "of":
        noun = noun.head.head
    known = noun is not None and noun.pos_ in ("NOUN", "PROPN") and noun.left_edge.i >= noun.i - _NEAR
    return noun if known else None


def _is_named_apart(noun: Token) -> bool:
    """True for the "Ada Roe" of "During the talks, the leader of the union, Ada Roe, claimed", taken for talks."""
    first = noun.left_edge
    return noun.dep_ == "appos" and noun.pos_ == "PROPN" and first.i > noun.sent.start and first.nbor(-1).text == ","


def _who_is_told_of(reading: Reading, clause: Token) -> Token:
    """What a relative clause hangs on; for "who", the person named: "Ann Roe, D-Ohio, who", "Ann Roe, a nurse who"."""
    noun = named = _whose_number(clause)
    unsure = any(t.dep_ == "prep" and t.i < clause.i for t in noun.rights)  # "the child of two nurses who left"
    if unsure or not any(t.lower_ == "who" for t in clause.lefts):
        return noun
    while named.pos_ != "PROPN" or reading.kind(named) is not EntityKind.PERSON:
        if named.dep_ not in ("appos", "conj"):
            return noun
        named = named.head
    return named


def _whose_number(clause: Token) -> Token:
    """What the clause hangs on, or the noun right before its "that", if only that one has the number of its verb.

    "The number of bonds that expire in May": the bonds do.
    """
    noun, relative = clause.head, clause.left_edge
    near = relative.nbor(-1) if relative.i else noun
    if relative.lower_ not in _RELATIVES or near.i == noun.i or any(t.dep_ == "conj" for t in noun.rights):
        return noun
    finite = next(iter(auxiliaries(clause)), clause)
    many = finite.tag_ == "VBP" or finite.lower_ == "were"
    if not many and finite.tag_ != "VBZ" and finite.lower_ != "was":
        return noun
    numbers = [_NUMBERS.get(t.tag_) for t in (noun, near)]
    return near if numbers == [not many, many] and near.dep_ == "pobj" else noun


def _shared_subject(verb: Token) -> Token | None:
    """The subject of the first verb of a row that has one: the form of "the form opened, drew many and was closed"."""
    node = verb
    for _ in range(_CLIMB):
        if node.dep_ != "conj":
            return None
        node = node.head
        if (found := own_subject(node)) is not None:
            return found
    return None


def _receiver(reading: Reading, verb: Token) -> Token | None:
    """Who is given time for the infinitive: the bank of "gave the bank until May to pay"."""
    timed = verb.head.i in reading.times
    giver = verb.head.head if timed else verb.head
    if verb.dep_ not in (("relcl", "acl") if timed else ("advcl", "xcomp")) or not has_to(verb):
        return None
    if giver.lemma_ not in title_lexicon().giving or is_passive(giver):
        return None
    if _is_set_apart(reading, verb) or (giver.lemma_ in title_lexicon().parting and not _is_given_time(reading, giver)):
        return None
    given = (t for t in giver.children if t.dep_ in OBJECTS and giver.i < t.i < verb.i and t.i not in reading.times)
    return next((t for t in given if not t.lower_.endswith(("self", "selves"))), None)


def _is_given_time(reading: Reading, giver: Token) -> bool:
    """True for "left the bank a week" and "left the bank until Friday", not for "left the bank after a week"."""
    limits = (t for t in giver.rights if t.lower_ in ("until", "till", "by", "with"))
    return any(t.i in reading.times for t in giver.rights) or any(leads_to_time(reading, t) for t in limits)


def _is_set_apart(reading: Reading, infinitive: Token) -> bool:
    """True for the aim behind a comma of "left the bank, where she ran sales, to join another"."""
    comma = infinitive.left_edge.nbor(-1) if infinitive.left_edge.i > 1 else infinitive
    return comma.text == "," and comma.i not in reading.times and comma.nbor(-1).i not in reading.times


def joined_to_day(reading: Reading, verb: Token) -> Token | None:
    """The "Bailey" of "one leaves on Sunday and Bailey takes over": joined to the day before it by the parser."""
    before = [t for t in verb.doc[max(verb.i - 3, verb.sent.start) : verb.i] if t.dep_ not in ("aux", "auxpass", "neg")]
    noun = before[-1] if before else None
    if noun is None or noun.dep_ != "conj" or noun.head.i not in reading.times or noun.i in reading.times:
        return None
    return noun if noun.pos_ in ("NOUN", "PROPN") else None


def is_duty_of(verb: Token, subject: Token) -> bool:
    """True for "has until May to sell": the duty is all that "has" says."""
    above = verb.head
    infinitive = has_to(verb) and verb.dep_ in ("xcomp", "advcl")
    return (
        not has_nothing(above)
        and infinitive
        and above.lemma_ == "have"
        and subject.i < above.i < verb.i
        and not auxiliaries(above)
    )


def has_nothing(verb: Token) -> bool:
    """True for "has nowhere (to go)": no duty, but the want of something."""
    return verb.lemma_ == "have" and any(t.lower_ in _NOTHING for t in verb.rights)


def goes_on(doing: Token) -> bool:
    """True for a gerund right under a verb, or behind its "on": "must stop issuing", "must go on doing so"."""
    if doing.tag_ != "VBG":
        return False
    if doing.dep_ == "xcomp":
        return is_verb(doing.head)
    on = doing.doc[doing.i - 1] if doing.i else doing
    verb = on.head.i if doing.dep_ == "advcl" else doing.head.head.i
    kept_up = on.lower_ == "on" and on.head.lemma_ in ("go", "keep", "carry")
    return kept_up and doing.dep_ in ("advcl", "pcomp") and on.head.i == verb
