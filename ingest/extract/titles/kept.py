"""The words of a clause that a title keeps: the verb, its subject and auxiliaries, and what the verb needs besides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, takewhile

from ingest.extract.grammar import (
    ANY_SUBJECT,
    OBJECTS,
    SUBJECTS,
    TENSES,
    Reading,
    auxiliaries,
    has_to,
    is_passive,
    is_verb,
    own_subject,
)
from ingest.extract.titles.bounds import clause_start
from ingest.extract.titles.forms import first_of_row, goes_on_passive, having_of
from ingest.extract.titles.lexicon import title_lexicon
from ingest.extract.titles.phrase import phrase_of
from ingest.extract.titles.subjects import goes_on, is_duty_of, joined_to_day, outer_subject
from ingest.extract.titles.wanted import PARTS_OF_DAY, is_wanted, leads_to_time
from ingest.nlp.words import Token

_UNTIL = ("until", "till", "before")
_LIMITS = ("until", "till", "by")
_BARE_FORMS = ("VB", "VBN", "VBG")
_CLAUSE = ("ccomp", "parataxis")
_WAYS = ("prt", "advmod")


def kept_behind(reading: Reading, head: Token, start: int) -> Iterator[Token]:
    """What is kept from `start` on, and the real subject where the parser took the dateline or a clause for it."""
    outer = outer_subject(reading, head) if is_verb(head) and own_subject(head) is None else None
    clause = start if outer is not None else max(start, clause_start(head))
    for token in kept_of(reading, head):
        if token.i >= clause:
            yield token
        elif token.i < start:
            behind = (t for t in token.children if t.dep_ == "appos" and start <= t.i < head.i)
            yield from (t for real in behind for t in phrase_of(reading, real, depth=1) if t.i >= start)


def kept_of(reading: Reading, head: Token) -> Iterator[Token]:
    """`head` and what is kept with it, in no order; a word may come twice."""
    yield head
    subject = own_subject(head)
    outer = outer_subject(reading, head) if subject is None and is_verb(head) else None
    if is_verb(head):
        if outer is not None:
            clause = head.left_edge.i if head.dep_ in ("acl", "relcl") else head.i
            yield from (t for t in phrase_of(reading, outer, depth=1) if t.i < clause)
        for helping in _shared_auxiliaries(head):
            if helping.head.i != head.i:
                yield helping
                yield from (
                    t for t in helping.head.lefts if t.dep_ == "neg" and t.i == helping.i + 1
                )  # "wo" of "won't"
        if goes_on(head) or (is_verb(head.head) and head.dep_ == "xcomp" and _is_only_thought(head)):
            yield from _above(reading, head)
        elif is_verb(head.head) and outer is not None and is_duty_of(head, outer):
            yield head.head
    yield from _told_times(reading, head, subject)
    having, conditions = having_of(head), title_lexicon().conditions
    end = _other_clause(head)
    for child in head.children:
        if child.i > end:
            break
        opens = child is having or (child.dep_ == "mark" and (child.lower_ == "for" or child.lower_ not in conditions))
        opens = opens or (child.tag_ == "WRB" and child.i < head.i) or _is_of_another_day(reading, child)
        opens = opens or (child.dep_ in OBJECTS and _is_set_behind(child, head))
        if not opens and is_wanted(reading, child) and not _leads_in(reading, child, head, subject or outer):
            yield from phrase_of(reading, child, depth=0)
    yield from _second_verb(reading, head)
    if _gives_time(head):
        yield from _given_time(reading, head)


def _shared_auxiliaries(verb: Token) -> tuple[Token, ...]:
    """Its auxiliaries, and the "was" of "was robbed and beaten", the "to be" of "to be sold or shut down"."""
    own, first = auxiliaries(verb), verb.head
    if own or verb.dep_ != "conj":
        return own
    done_to = verb.tag_ == "VBN" or any(t.lower_ in ("by", "with") for t in verb.rights)
    if done_to and own_subject(verb) is None and goes_on_passive(verb):
        shared = auxiliaries(first_of_row(verb))
        return shared if all(t.is_alpha for t in shared) else ()
    if verb.lower_ != verb.lemma_ or own_subject(verb) is not None:
        return ()
    return auxiliaries(first) if is_verb(first) and has_to(first) else ()


def _second_verb(reading: Reading, head: Token) -> Iterator[Token]:
    """The "or cut costs" of "plans to raise or cut costs", which has the object of both."""
    if head.tag_ not in _BARE_FORMS:
        return
    joint, verb = next(((c, v) for c, v in pairwise(head.rights) if c.dep_ == "cc" and v.dep_ == "conj"), (head, head))
    if joint.i != head.i + 1 or verb.i != head.i + 2 or verb.tag_ != head.tag_:
        return
    if any(t.dep_ == "dobj" for t in verb.rights):
        yield joint
        yield from phrase_of(reading, verb, depth=0)


def _other_clause(head: Token) -> int:
    """Index of the "and" behind which another verb is joined to `head`, whose words the parser may give to `head`."""
    joint = next((t for t in head.rights if t.dep_ == "cc" and t.lower_ in ("and", "but")), None)
    joined = joint is not None and any(t.dep_ == "conj" and t.i > joint.i and is_verb(t) for t in head.rights)
    return joint.i if joint is not None and joined and is_verb(head) else len(head.doc)


def _told_times(reading: Reading, head: Token, subject: Token | None) -> Iterator[Token]:
    """Times that the clause cannot do without: "2016 saw the end", "called the future of the port into question"."""
    if not is_verb(head):
        return
    if subject is None and head.dep_ == "xcomp" and is_verb(head.head):
        subject = own_subject(head.head)
    alone = subject is not None and all(t.i == subject.i for t in head.lefts if t.dep_ in SUBJECTS)
    if subject is not None and alone and subject.i in reading.times:
        named = next((t for t in subject.rights if t.dep_ == "appos" and _does(reading, t, head)), None)
        if named is not None:
            yield from phrase_of(reading, named, depth=0)
        elif head.lemma_ != "be":
            yield from told_day(reading, subject, head)
    if head.lemma_ in title_lexicon().lasting:
        yield from _length_of_time(reading, head)
    limits = [t for t in head.children if t.lower_ in _UNTIL and t.i > head.i]
    if limits and any(t.dep_ == "neg" for t in head.lefts):
        yield from (t for limit in limits for t in _limit_of(reading, limit))
    words = title_lexicon()
    for told in head.children:
        if told.i < head.i or told.dep_ not in OBJECTS or told.i not in reading.times or told.lower_ in PARTS_OF_DAY:
            continue
        if told.lower_ in words.moments and any(t.dep_ in _WAYS and t.lower_ in words.ways for t in head.rights):
            yield from (t for t in (*told.lefts, told) if t.lower_ not in words.articles)  # "put that date off"
        if any(t.dep_ == "poss" or t.lower_ == "of" for t in told.children):
            yield from phrase_of(reading, told, depth=0)
            yield from (t for t in told.lefts if t.dep_ in ("compound", "nummod", "amod"))


def _does(reading: Reading, noun: Token, verb: Token) -> bool:
    """True for the bank of "that May the bank sold its mill", taken for an apposition to the time."""
    return noun.i < verb.i and noun.i not in reading.times and noun.pos_ in ("NOUN", "PROPN")


def _limit_of(reading: Reading, preposition: Token) -> Iterator[Token]:
    """The "until May" of "did not pay until May", which says without it that nobody paid."""
    if leads_to_time(reading, preposition):
        behind = preposition.doc[preposition.i + 1 : preposition.right_edge.i + 1]
        time = takewhile(lambda t: t.i in reading.times or t.text == "," or t.dep_ == "det", behind)
        yield from (preposition, *(t for t in time if t.i in reading.times))


def _length_of_time(reading: Reading, verb: Token) -> Iterator[Token]:
    """The "two weeks" of "spent two weeks training", the "for two weeks" of "lasted for two weeks"."""
    for told in verb.rights:
        object_ = told.dep_ in OBJECTS and told.i in reading.times
        if object_ or (told.lower_ == "for" and leads_to_time(reading, told)):
            timed = (t for t in told.subtree if t.i == told.i or t.i in reading.times or t.head.i == told.i)
            yield from (t for t in timed if t.lower_ not in title_lexicon().articles and not is_verb(t))


def told_day(reading: Reading, subject: Token, head: Token) -> list[Token]:
    """The words of the time that is the subject, without its article: "January 26, 2017 was chosen"."""
    sides = (range(subject.i, subject.sent.start - 1, -1), range(subject.i + 1, head.i))
    dated = (i for side in sides for i in takewhile(lambda i: subject.doc[i].ent_type_ == "DATE", side))
    joined = (t.i for t in subject.children if t.dep_ == "cc")
    told = {subject.i, *(t.i for t in subject.subtree), *dated} & reading.times | {*joined}
    words = (subject.doc[i] for i in sorted(told) if i < head.i)
    return [t for t in words if t.dep_ != "mark" and t.lower_ not in title_lexicon().articles]


def _above(reading: Reading, doing: Token) -> Iterator[Token]:
    """The "must go on" of "must go on doing so", the "spent a week" of "spent a week training"."""
    verb = doing.head if is_verb(doing.head) else doing.head.head
    if verb.lemma_ in title_lexicon().lasting:
        yield from _length_of_time(reading, verb)
    yield from auxiliaries(verb)
    yield from (t for t in verb.children if t.dep_ in ("neg", "prt") or (t.i == doing.i - 1 and t.dep_ == "prep"))
    yield verb


def _is_only_thought(verb: Token) -> bool:
    """True for "is thought to have entered": without "is thought" it would be a plan."""
    return is_passive(verb.head) and has_to(verb) and any(t.lower_ == "have" for t in auxiliaries(verb))


def _gives_time(verb: Token) -> bool:
    """True for "give" and the like, and for "need" without an object, which may have its length of time behind it."""
    words = title_lexicon()
    waits = verb.lemma_ in words.waiting and not any(t.dep_ in OBJECTS for t in verb.children)
    return verb.lemma_ in words.giving or waits


def _given_time(reading: Reading, giver: Token) -> Iterator[Token]:
    """The time and what it is for, of "gave them until Friday to reply"."""
    aim = next((t for t in giver.rights if t.dep_ in ("advcl", "xcomp") and has_to(t)), None)
    limit = next((t for t in giver.rights if t.lower_ in _LIMITS and leads_to_time(reading, t)), None)
    if aim is not None and limit is not None and limit.i < aim.i:
        yield from (t for t in limit.subtree if t.i == limit.i or t.i in reading.times)
        yield from phrase_of(reading, aim, depth=0)


def _leads_in(reading: Reading, child: Token, head: Token, subject: Token | None) -> bool:
    """True for what stands before the clause itself: "In New York, the governor …", a quotation before "she said"."""
    if child.dep_ in _CLAUSE and (child.i < head.i or _is_glued(reading, child, head)):
        return True
    if subject is not None and subject.i < child.i < head.i and child.lower_ in title_lexicon().settings:
        return child.left_edge.i > subject.i + 1 and child.left_edge.nbor(-1).text == ","
    if subject is not None and child.dep_ in ANY_SUBJECT and child.i != subject.i and child.i < head.i:
        return child.i < subject.i or _is_name_in_aside(child, subject)
    return subject is not None and child.i < subject.i and child.dep_ in ("prep", "advmod", "ccomp")


def _is_name_in_aside(name: Token, subject: Token) -> bool:
    """True for the "Lima" of "the toll of a fire near the capital Lima rose", taken for a second subject."""
    return bool(name.ent_type_) and not subject.ent_type_ and any(t.dep_ == "prep" for t in subject.rights)


def _is_set_behind(child: Token, head: Token) -> bool:
    """True for the "rise" of "drew a million people, a rise of 4 percent", taken for a second object."""
    if child.left_edge.i < head.i + 2 or child.left_edge.nbor(-1).text != ",":
        return False
    return any(t.dep_ == "dobj" and t.i < child.i for t in head.rights)


def _is_glued(reading: Reading, clause: Token, verb: Token) -> bool:
    """True for a full clause behind the object of a verb of no telling: "blocked it a month before it was to start"."""
    if is_verb(clause) and own_subject(clause) is None and joined_to_day(reading, clause) is not None:
        return True
    behind = any(t.dep_ == "dobj" and t.i < clause.i for t in verb.rights)
    full = own_subject(clause) is not None and clause.tag_ in TENSES
    return behind and full and verb.lemma_ not in title_lexicon().telling


def _is_of_another_day(reading: Reading, preposition: Token) -> bool:
    """True for the "by 149" of "was beaten by 230 votes on Monday and by 149 on Friday"."""
    if preposition.pos_ != "ADP" or preposition.i < preposition.head.i or not preposition.children:
        return False
    doc, noun = preposition.doc, preposition.children[0]
    if noun.dep_ != "pobj":
        return False
    if preposition.nbor(-1).lower_ != "and":
        return False
    behind = (t for t in doc[noun.right_edge.i + 1 : noun.right_edge.i + 3] if t.pos_ != "ADP")
    another = any(t.i in reading.times for t in doc[preposition.head.i : preposition.i])
    return another and any(t.i in reading.times for t in behind)
