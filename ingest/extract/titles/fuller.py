"""Titles that say too little by themselves, and what is told around them in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile, islice

from ingest.extract.grammar import ANY_SUBJECT, TENSES, Reading, auxiliaries, has_to, is_verb, own_subject
from ingest.extract.titles.bounds import dateline_end
from ingest.extract.titles.forms import present_of
from ingest.extract.titles.lexicon import title_lexicon
from ingest.extract.titles.line import LONGEST
from ingest.extract.titles.phrase import short_phrase
from ingest.nlp.words import Token

_CLIMB = 6
_TELLING = 3
"""Words that a title needs besides little ones."""
_QUOTES = re.compile('[“”"]')
_BREAKS = frozenset((",", ";", ":", ".", "!", "?", "-", "--", "–", "—", "("))
_FINITE = frozenset("is are was were has have had does did being be been".split())
_HYPHENS = ("-", "--")
_BARE = frozenset(("he", "she", "it", "they", "this", "that"))
"""Pronouns that say nobody's name, as the first word of a title."""
_SPEAKERS = frozenset(("i", "we", "you"))


def says_too_little(line: str) -> bool:
    """True for a bare noun, "Census", "Court ruling", and for a clause of a pronoun, "It was likely"."""
    words = line.split()
    known = (word for word in words if word.lower().strip("\"',:") not in title_lexicon().loose_ends)
    return words[0].lower() in _BARE or sum(1 for _ in known) < _TELLING


def is_torn_off(reading: Reading, line: str, trigger: Token) -> bool:
    """True for a noun alone, and for a verb of which nobody is known who does or suffers it: "Known as Orania"."""
    first, _, rest = line.partition(" ")
    if not is_verb(trigger):
        return not rest
    helping = {t.lower_ for t in auxiliaries(trigger) if t.i not in reading.entities} | _FINITE  # a Ms May is none
    told = trigger.tag_ in TENSES or trigger.tag_ == "VBN"
    forms = {trigger.lower_, *(present_of(trigger, plural=plural) for plural in (False, True))} if told else set()
    return not first.isupper() and first.lower() in helping | forms


def clauses_above(trigger: Token) -> Iterator[Token]:
    """The verbs that a noun stands under, and those above a clause that is said, of which the subject is a noun.

    None where another time lies between: "killed after the ruling", "was started when the war began".
    """
    apart, node = title_lexicon().apart_in_time, trigger
    for above in islice(trigger.ancestors, _CLIMB):
        clause = is_verb(node) and node.dep_ != "prep"  # "according to"
        if node.dep_ in ANY_SUBJECT or node.lower_ in apart or (clause and not _is_said_behind(node)):
            return
        subject = own_subject(above) if is_verb(above) else None
        told = subject is not None and subject.pos_ in ("NOUN", "PROPN") and subject.i < above.i
        if told and not has_to(above):
            yield above
        node = above


def _is_said_behind(clause: Token) -> bool:
    return clause.dep_ == "ccomp" and clause.i > clause.head.i


def way_down(reading: Reading, verb: Token, trigger: Token) -> list[Token]:
    """The part of the clause of `verb` that `trigger` stands in, up to what belongs to it: "for failure"."""
    node = trigger
    while node.head.i != verb.i:
        node = node.head
    left_out = title_lexicon().articles
    led = [t for t in node.subtree if t.i < trigger.i and t.i not in reading.times and t.lower_ not in left_out]
    led = [t for t in led if not (t.tag_ == "POS" and t.head.i in reading.times)]
    return sorted({*led, *short_phrase(reading, trigger)}, key=lambda t: t.i)


def sentence_around(trigger: Token) -> str:
    """The sentence of the trigger, or its beginning up to a comma behind it or to another clause.

    Empty if that is too long, and if it begins with a pronoun that does something.
    Where the parse ties a noun to nothing that would say more, the sentence itself still does.
    """
    sentence = trigger.sent
    words = [*trigger.doc[dateline_end(trigger) : sentence.end]]
    words = [*dropwhile(lambda t: t.is_punct or t.is_space or t.dep_ == "cc", words)]
    doer = next((t for t in words if t.dep_ in ANY_SUBJECT and t.tag_ != "WDT"), None)
    if doer is not None and doer.lower_ in _BARE | _SPEAKERS:
        return ""
    told, start, end = False, words[0].idx if words else 0, 0
    for token in words:
        last = token.i == words[-1].i
        behind = token.idx + len(token) if last and token.text not in _BREAKS else token.idx
        if behind - start > LONGEST:
            break
        told = told or (token.i != trigger.i and (token.tag_ in TENSES or token.tag_ == "VBN"))
        if told and (last or (token.i > trigger.i and _opens_another(token))):
            end = behind
    text = _QUOTES.sub("", trigger.doc.text[start:end]).strip(" ,;:-–—")
    return text.removesuffix(".") if text.count(".") == 1 else text


def _opens_another(token: Token) -> bool:
    """True for a comma, a dash and the like, and for what opens another clause."""
    if token.text in _BREAKS:
        return token.text not in _HYPHENS or token.nbor(-1).whitespace_ != ""
    return token.dep_ == "mark" or token.tag_ in ("WDT", "WP", "WRB")
