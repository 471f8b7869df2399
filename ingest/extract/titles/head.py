"""The word that a title is built around: mostly the verb of the clause that the trigger stands in."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from ingest.extract.grammar import (
    ARGUMENTS,
    AUXILIARIES,
    OBJECTS,
    Reading,
    auxiliaries,
    has_to,
    is_passive,
    is_verb,
    own_subject,
)
from ingest.extract.naming import ORDINALS
from ingest.extract.titles.lexicon import title_lexicon
from ingest.extract.titles.subjects import any_subject, goes_on, has_nothing, is_duty_of
from ingest.extract.titles.wanted import is_aim
from ingest.extract.titles.wording import PRONOUNS, called
from ingest.nlp.words import Token

_INSIDE = frozenset("pobj pcomp prep compound amod conj dobj nsubj nsubjpass attr agent acomp npadvmod".split())
_WISHED = ("xcomp", "ccomp")
_CLIMB = 6
_WHO = frozenset((*PRONOUNS, "i", "we", "you", "this", "these", "that", "those"))
"""Pronouns that do not say who is meant."""
_PARTS = ARGUMENTS | {"acomp", "attr"}


def clause_head(trigger: Token) -> Token:
    """The verb whose subject, object or "into force" an event noun is; any other trigger itself."""
    if is_verb(trigger):
        return trigger
    if trigger.dep_ in _PARTS and is_verb(trigger.head):
        return trigger.head
    above, by = trigger.head.head, trigger.head.lower_
    in_phrase = trigger.dep_ == "pobj" and is_verb(above) and (by == "into" or (by == "in" and above.lemma_ == "be"))
    return above if in_phrase else trigger


def with_subject(reading: Reading, head: Token) -> Token:
    """`head`, or the verb above an infinitive of which only a pronoun is the subject: "(the court told) it to sell"."""
    if (letting := _letting(head)) is not None:
        return _with_wish(reading, letting)
    if (above := _asking(head) or _denying(head) or _saying_of_oneself(reading, head)) is not None:
        return above
    bare = head.dep_ == "ccomp" and head.tag_ == "VBN" and not auxiliaries(head)
    if bare and head.head.lemma_ in title_lexicon().wanting:
        head = head.head
    for _ in range(_CLIMB):
        subject = any_subject(reading, head) if is_verb(head) and has_to(head) else None
        above = clause_around(head) if subject is not None else None
        if subject is None or above is None or above.i > head.i or head.dep_ in ("ROOT", "conj", "relcl"):
            return _with_wish(reading, head)
        if called(reading, subject, head).lower() not in _WHO or is_duty_of(head, subject):
            return _with_wish(reading, head)
        head = above
    return head


def _with_wish(reading: Reading, head: Token) -> Token:
    """`head`, or the verb above an infinitive that would say more, or another thing, alone: "refused to sign"."""
    words = title_lexicon()
    for _ in range(_CLIMB):
        if (state := _state_above(head)) is not None:
            head = state
            continue
        above = head.head
        if head.dep_ == "ccomp" and is_verb(above) and above.i < head.i and head.left_edge.lower_ in ("whether", "if"):
            head = above
            continue
        if not has_to(head) or not is_verb(above) or above.i > head.i or above.lemma_ in words.giving:
            return head
        stands = above.lemma_ in words.standing - {"be"} and not has_nothing(above)
        if stands or not (head.dep_ in _WISHED or is_aim(reading, head) or _is_what_for(reading, head)):
            return head
        if head.dep_ in _WISHED and above.lemma_ == "be":
            return head
        head = above
    return head


def _state_above(infinitive: Token) -> Token | None:
    """The "is" of "is unlikely to sign", "is the first to sign": without it the infinitive says more, or less."""
    above = infinitive.head
    if above.i >= infinitive.i or not has_to(infinitive):
        return None
    if infinitive.dep_ in ("acl", "relcl") and above.dep_ == "attr":
        ranked = above.lower_ in ORDINALS or any(t.lower_ in ORDINALS or t.tag_ == "JJS" for t in above.lefts)
        return above.head if ranked and own_subject(above.head) is not None else None
    if is_verb(above):
        state = next((t for t in above.rights if t.dep_ == "acomp" and t.i < infinitive.i), None)
    else:
        state = above if above.dep_ == "acomp" else None
    if state is None or state.pos_ != "ADJ" or state.lower_ in title_lexicon().settled or not is_verb(state.head):
        return None
    return state.head


def _is_what_for(reading: Reading, infinitive: Token) -> bool:
    """True for the "protest" of "took to the streets to protest", told of who did something for it."""
    main = infinitive.head
    bound = infinitive.dep_ == "advcl" and own_subject(infinitive) is None and infinitive.left_edge.lower_ == "to"
    doer = any_subject(reading, main) if bound and main.lemma_ not in ("be", "have", "take") else None
    return doer is not None and main.sent.start <= doer.i < main.i


def clause_about(head: Token) -> Token | None:
    """The "voted" of "voted against joining", and the "called" of "called for a vote to be held".

    None for a gerund that is told of another time.
    """
    if head.dep_ in ("acl", "relcl") and has_to(head) and is_passive(head) and own_subject(head) is None:
        return clause_around(head.head)
    if head.dep_ != "pcomp" or head.tag_ != "VBG" or own_subject(head) is not None or auxiliaries(head):
        return None
    apart = head.head.lower_ in title_lexicon().apart_in_time or goes_on(head)
    return None if apart or head.head.i > head.i else clause_around(head)


def clause_of_participle(reading: Reading, head: Token) -> Token | None:
    """The "issued" of "issued a statement condemning the report", and what a quarter "ending in May" is the time of."""
    noun = head.head
    if head.tag_ != "VBG" or head.dep_ != "acl" or head.left_edge.i != noun.i + 1:
        return None
    above = clause_around(noun)
    if above is None or noun.i in reading.times or noun.ent_type_ == "DATE":
        return above
    subject = any_subject(reading, above)
    told = noun.dep_ in ("dobj", "attr") and noun.head.i == above.i
    return above if told and subject is not None and subject.pos_ != "PRON" else None


def clause_of_gerund(head: Token) -> Token | None:
    """The "died" of "died after being hit", of a gerund that says not who did or suffered it."""
    if head.dep_ != "pcomp" or own_subject(head) is not None:
        return None
    first = next(iter(auxiliaries(head)), head)
    return clause_around(head) if first.tag_ == "VBG" and head.head.i < head.i else None


def clause_of_text(reading: Reading, head: Token, saying: Container[str]) -> Token | None:
    """The "quotes" of "The report published on May 3 quotes him": what a text tells says more than that it is out."""
    noun, words = head.head, title_lexicon()
    if head.tag_ != "VBN" or head.dep_ != "acl" or head.lemma_ not in words.publishing:
        return None
    if noun.dep_ == "nsubj":
        says = noun.head.lemma_ in saying or noun.head.lemma_ in words.showing | words.finding
        return noun.head if says and is_verb(noun.head) else None
    verb = clause_around(noun) if noun.dep_ == "pobj" and noun.head.lower_ == "in" else None
    if verb is None or verb.dep_ == "relcl":
        return None
    subject = any_subject(reading, verb)
    return None if subject is None or subject.pos_ == "PRON" else verb


def text_told_by(reported: Token) -> tuple[Token, Token] | None:
    """The "report" and the "failed" of "executives failed, according to the report of an inquiry released in May"."""
    if reported.tag_ != "VBN" or reported.dep_ != "acl" or reported.lemma_ not in title_lexicon().publishing:
        return None
    text = reported.head
    if text.dep_ == "pobj" and text.head.lower_ == "of" and text.head.dep_ == "prep":
        text = text.head.head
    by = text.head.head if text.dep_ == "pobj" and text.head.lower_ == "to" else text
    told = by.head
    known = by.lower_ == "according" and is_verb(told) and told.i < by.i and own_subject(told) is not None
    return (text, told) if known else None


def claim_above(clause: Token) -> Token | None:
    """The "claims" of "claims that millions voted", without which the title would say that they did."""
    noun = clause.head
    finite = clause.dep_ in ("acl", "ccomp") and own_subject(clause) is not None and noun.pos_ == "NOUN"
    behind = finite and noun.i < clause.left_edge.i and noun.lemma_ in title_lexicon().claims
    return noun if behind and clause.tag_ != "VBG" else None


def clause_of_occasion(noun: Token) -> Token | None:
    """The "said" of "said at a rally in Leeds": a rally says little without what is said there."""
    led, verb = noun.head, noun.head.head
    if noun.lemma_ not in title_lexicon().occasions or noun.dep_ != "pobj" or led.lower_ not in ("in", "at", "during"):
        return None
    whose = any(t.dep_ in ("poss", "relcl", "acl") for t in noun.children)
    return verb if is_verb(verb) and own_subject(verb) is not None and not whose else None


def clause_of_incident(noun: Token) -> Token | None:
    """The "broke" of "In one incident in May, a man broke in", which the incident consists of."""
    led, verb = noun.head, noun.head.head
    if noun.lemma_ not in title_lexicon().incidents or noun.dep_ != "pobj" or led.lower_ != "in" or led.i > verb.i:
        return None
    subject = own_subject(verb) if is_verb(verb) else None
    return verb if subject is not None and subject.pos_ != "PRON" else None


def _letting(verb: Token) -> Token | None:
    """The "let" of "let the sale go ahead": a bare infinitive says by itself that something does not happen."""
    bare = verb.tag_ == "VB" and verb.dep_ in ("ccomp", "xcomp") and not auxiliaries(verb)
    return verb.head if bare and verb.head.lemma_ in title_lexicon().letting and verb.head.i < verb.i else None


def _asking(verb: Token) -> Token | None:
    """The "was" of "what he saw was a fire", and the "showed" of "showed what he saw"."""
    above = verb.head
    if verb.dep_ not in ("csubj", "ccomp") or not is_verb(above) or (verb.dep_ == "ccomp" and above.i > verb.i):
        return None
    told = any(t.lower_ in ("what", "whatever") for t in verb.lefts)
    return above if told and own_subject(above) is not None else None


def _saying_of_oneself(reading: Reading, verb: Token) -> Token | None:
    """The "said" of "the buyers said they had paid", and the "showed" of "showed them leaving".

    None where the pronoun has a name, and where a pronoun says it.
    """
    above, subject = verb.head, own_subject(verb)
    if verb.dep_ != "ccomp" or subject is None or not is_verb(above) or not above.i < subject.i < verb.i:
        return None
    sayer = any_subject(reading, above) if above.dep_ == "relcl" else own_subject(above)
    if subject.lower_ not in PRONOUNS or sayer is None or sayer.pos_ == "PRON" or sayer.i > above.i:
        return None
    return above if called(reading, subject, verb).lower() in PRONOUNS else None


def _denying(verb: Token) -> Token | None:
    """The "deny" of "denied that he had paid", and the "pretend" of "will not pretend that he has paid"."""
    above = verb.head
    if verb.dep_ != "ccomp" or not is_verb(above) or above.i > verb.i or own_subject(above) is None:
        return None
    denied = above.lemma_ in title_lexicon().denying or any(t.dep_ == "neg" for t in above.children)
    behind = any(t.dep_ in OBJECTS and t.i < verb.i for t in above.rights)
    return above if denied and not behind else None


def clause_around(noun: Token) -> Token | None:
    """The verb above an event noun that is only an adverbial ("In an order, the court blocked"), or an infinitive."""
    node = noun
    for _ in range(_CLIMB):
        if node.head.i == node.i or (node.dep_ not in _INSIDE and not (is_verb(node) and has_to(node))):
            return None
        node = node.head
        if is_verb(node):
            return None if node.dep_ == "prep" else node
    return None


def noun_before(reading: Reading, verb: Token) -> Token | None:
    """The noun right before a verb of which nothing else is known: "platforms, launched in December"."""
    at = verb.i - 1
    while at > verb.sent.start and (verb.doc[at].text == "," or verb.doc[at].dep_ in AUXILIARIES):
        at -= 1
    noun = verb.doc[at]
    known = is_verb(verb) and verb.sent.start <= at < verb.i and noun.i not in reading.times
    return noun if known and noun.pos_ in ("NOUN", "PROPN") else None


def without_clause(reading: Reading, trigger: Token) -> Reading:
    """`reading` as if an expression that `trigger` is part of were no time: "weeks after the parties offered them"."""
    if trigger.i not in reading.times:
        return reading
    clause = (t.i for t in trigger.subtree if t.ent_type_ not in ("DATE", "TIME") and t.pos_ not in ("ADP", "NUM"))
    return replace(reading, times=reading.times.difference(clause))
